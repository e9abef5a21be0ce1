"""The longest that the roster can bring."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.documents.roster_table import COLUMNS, LIMITS, RosterError, RosterFacts, RosterFile, RosterProblem
from bot.store.roster import PAGE, RosterCounts, RosterEntry
from bot.store.roster_import import RosterChange, RosterPlan, RosterTaken
from tests.views.longest_seminar import plain

_FULL = 10_000_000
_EVER = datetime(9999, 12, 31, tzinfo=UTC)
_SAID = {name: plain(limit) for name, limit in LIMITS.items()}


def by_type(group: str) -> Mapping[object, Sequence[object]]:
    """The samples, of people who are in this group."""
    facts = RosterFacts(**_SAID, group_key=group, language="tg", phone="+999999999999999")
    entry = RosterEntry(
        **_SAID, id=_FULL, group_key=group, language="tg", phone=facts.phone, person_id=None, link_until=_EVER
    )
    joined = RosterEntry(
        **_SAID, id=_FULL, group_key=group, language="tg", phone=facts.phone, person_id=_FULL, link_until=None
    )
    problems = tuple(
        RosterProblem("DP99999", column, error, plain(40), "+992 90 123 45 67")
        for error, column in zip(RosterError, (*COLUMNS, *COLUMNS), strict=False)
    )
    other = RosterFacts("x", language="ru")
    change = RosterChange(entry, other)
    plan = RosterPlan((facts,) * 20, (change,) * 20, _FULL, _FULL, (plain(64),) * 10, 4_999, problems[:2])
    return {
        RosterEntry: (entry, joined),
        Sequence[RosterEntry]: ([entry] * PAGE * 4, []),
        RosterCounts: (RosterCounts(_FULL, 1, _FULL), RosterCounts(0, 0, 0)),
        RosterFile: (
            RosterFile((), problems, _FULL, _FULL, (plain(40),) * 20),
            RosterFile(()),
        ),
        RosterPlan: (plan, RosterPlan((), (), 0, 0, (), 0)),
        RosterTaken: (RosterTaken(_FULL, _FULL, _FULL), RosterTaken(0, 0, 0)),
    }
