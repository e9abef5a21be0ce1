"""The written lists of what the bot starts by itself: kinds of messages, live cards, and every feature's planner."""

from collections.abc import Iterable

from bot.delivery.message_types import MessageTypes
from bot.delivery.planner import FeaturePlanner
from bot.messages import absence as absence_messages
from bot.messages import absence_cards as absence_cards_messages
from bot.messages import admission as admission_messages
from bot.messages import agenda as agenda_messages
from bot.messages import alert as alert_messages
from bot.messages import alert_cards as alert_cards_messages
from bot.messages import attendance as attendance_messages
from bot.messages import attendance_cards as attendance_cards_messages
from bot.messages import broadcast as broadcast_messages
from bot.messages import broadcast_cards as broadcast_cards_messages
from bot.messages import broadcast_change as broadcast_change_messages
from bot.messages import care_cards as care_cards_messages
from bot.messages import catch_up as catch_up_messages
from bot.messages import certificate as certificate_messages
from bot.messages import checkin as checkin_messages
from bot.messages import checkin_mood as checkin_mood_messages
from bot.messages import correction as correction_messages
from bot.messages import departure as departure_messages
from bot.messages import duty as duty_messages
from bot.messages import headcount as headcount_messages
from bot.messages import headcount_cards as headcount_cards_messages
from bot.messages import help as help_messages
from bot.messages import lesson as lesson_messages
from bot.messages import operator_alert as operator_alert_messages
from bot.messages import people as people_messages
from bot.messages import programme_change as programme_change_messages
from bot.messages import relay as relay_messages
from bot.messages import relay_answer as relay_answer_messages
from bot.messages import relay_copy as relay_copy_messages
from bot.messages import reminder as reminder_messages
from bot.messages import role as role_messages
from bot.messages import scope as scope_messages
from bot.messages import self_rating as self_rating_messages
from bot.messages import sos as sos_messages
from bot.messages import staff_group as staff_group_messages
from bot.messages import staff_group_card as staff_group_card_messages
from bot.messages import staff_group_post as staff_group_post_messages
from bot.messages import welcome as welcome_messages

MESSAGE_TYPES = MessageTypes(
    [
        *operator_alert_messages.MESSAGE_TYPES,
        *agenda_messages.MESSAGE_TYPES,
        *reminder_messages.MESSAGE_TYPES,
        *programme_change_messages.MESSAGE_TYPES,
        *welcome_messages.MESSAGE_TYPES,
        *lesson_messages.MESSAGE_TYPES,
        *self_rating_messages.MESSAGE_TYPES,
        *help_messages.MESSAGE_TYPES,
        *alert_messages.MESSAGE_TYPES,
        *relay_messages.MESSAGE_TYPES,
        *sos_messages.MESSAGE_TYPES,
        *staff_group_messages.MESSAGE_TYPES,
        *staff_group_post_messages.MESSAGE_TYPES,
        *staff_group_card_messages.MESSAGE_TYPES,
        *correction_messages.MESSAGE_TYPES,
        *relay_copy_messages.MESSAGE_TYPES,
        *relay_answer_messages.MESSAGE_TYPES,
        *admission_messages.MESSAGE_TYPES,
        *checkin_messages.MESSAGE_TYPES,
        *checkin_mood_messages.MESSAGE_TYPES,
        *absence_messages.MESSAGE_TYPES,
        *headcount_messages.MESSAGE_TYPES,
        *attendance_messages.MESSAGE_TYPES,
        *certificate_messages.MESSAGE_TYPES,
        *departure_messages.MESSAGE_TYPES,
        *duty_messages.MESSAGE_TYPES,
        *role_messages.MESSAGE_TYPES,
        *people_messages.MESSAGE_TYPES,
        *scope_messages.MESSAGE_TYPES,
        *catch_up_messages.MESSAGE_TYPES,
        *broadcast_messages.MESSAGE_TYPES,
        *broadcast_change_messages.MESSAGE_TYPES,
    ]
)

LIVE_CARDS = (
    broadcast_cards_messages.CARDS,
    absence_cards_messages.CARDS,
    headcount_cards_messages.CARDS,
    attendance_cards_messages.CARDS,
    relay_answer_messages.CARDS,
    alert_cards_messages.CARDS,
    care_cards_messages.CARDS,
)


def planners(owners: Iterable[int]) -> tuple[FeaturePlanner, ...]:
    """Every feature's planner; `owners` are the Telegram ids of who is alerted beside the organizers."""
    return (
        agenda_messages.plan,
        reminder_messages.plan,
        lesson_messages.plan,
        self_rating_messages.plan,
        checkin_messages.plan,
        absence_messages.planner(owners),
        headcount_messages.planner(owners),
        attendance_messages.planner(owners),
    )
