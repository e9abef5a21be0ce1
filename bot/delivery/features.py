"""The written lists of what the bot starts by itself: every kind of message, and every feature's planner."""

from collections.abc import Iterable

from bot.delivery import (
    absence,
    admission,
    agenda,
    broadcast,
    catch_up,
    checkin,
    correction,
    departure,
    lesson,
    operator_alert,
    refused,
    role,
    welcome,
)
from bot.delivery import help as calls
from bot.delivery.events import FeaturePlanner
from bot.delivery.kinds import Kinds

KINDS = Kinds(
    [
        *operator_alert.KINDS,
        *agenda.KINDS,
        *welcome.KINDS,
        *lesson.KINDS,
        *calls.KINDS,
        *correction.KINDS,
        *refused.KINDS,
        *admission.KINDS,
        *checkin.KINDS,
        *absence.KINDS,
        *departure.KINDS,
        *role.KINDS,
        *catch_up.KINDS,
        *broadcast.KINDS,
    ]
)


def planners(owners: Iterable[int]) -> tuple[FeaturePlanner, ...]:
    """Every feature's planner; `owners` are the Telegram ids of who is alerted beside the organizers."""
    return (agenda.plan, lesson.plan, checkin.plan, absence.planner(owners))
