"""The written lists of what the bot starts by itself: every kind of message, and every feature's planner."""

from collections.abc import Iterable

from bot.delivery.message_types import MessageTypes
from bot.delivery.planner import FeaturePlanner
from bot.messages import (
    absence,
    agenda,
    broadcast,
    catch_up,
    checkin,
    checkin_mood,
    departure,
    lesson,
    relay_copy,
    role,
    welcome,
)
from bot.messages import admission as admission_messages
from bot.messages import correction as correction_messages
from bot.messages import help as help_messages
from bot.messages import operator_alert as operator_alert_messages
from bot.messages import relay as relay_messages

MESSAGE_TYPES = MessageTypes(
    [
        *operator_alert_messages.MESSAGE_TYPES,
        *agenda.MESSAGE_TYPES,
        *welcome.MESSAGE_TYPES,
        *lesson.MESSAGE_TYPES,
        *help_messages.MESSAGE_TYPES,
        *relay_messages.MESSAGE_TYPES,
        *correction_messages.MESSAGE_TYPES,
        *relay_copy.MESSAGE_TYPES,
        *admission_messages.MESSAGE_TYPES,
        *checkin.MESSAGE_TYPES,
        *checkin_mood.MESSAGE_TYPES,
        *absence.MESSAGE_TYPES,
        *departure.MESSAGE_TYPES,
        *role.MESSAGE_TYPES,
        *catch_up.MESSAGE_TYPES,
        *broadcast.MESSAGE_TYPES,
    ]
)


def planners(owners: Iterable[int]) -> tuple[FeaturePlanner, ...]:
    """Every feature's planner; `owners` are the Telegram ids of who is alerted beside the organizers."""
    return (agenda.plan, lesson.plan, checkin.plan, absence.planner(owners))
