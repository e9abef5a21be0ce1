"""The written lists of what the bot starts by itself: every kind of message, and every feature's planner."""

from bot.delivery import admission, agenda, lesson, undelivered
from bot.delivery import help as calls
from bot.delivery.events import FeaturePlanner
from bot.delivery.kinds import Kinds

KINDS = Kinds([*undelivered.KINDS, *agenda.KINDS, *lesson.KINDS, *calls.KINDS, *admission.KINDS])
PLANNERS: tuple[FeaturePlanner, ...] = (agenda.plan, lesson.plan)
