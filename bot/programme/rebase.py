"""Somebody's edits of a programme on top of what others have published meanwhile."""

from dataclasses import fields, replace

from bot.programme.model import Day, Seminar, Session


def rebased(base: Seminar, mine: Seminar, newest: Seminar) -> Seminar:
    """The newest programme with everything in which `mine` differs from `base`, which both began with.

    Of a session that both changed, each part is mine where I changed it and theirs elsewhere. What they took away
    stays away; what I added is there.
    """
    was, now = _sessions(base), _sessions(mine)
    sessions = {key: _merged(was.get(key), now.get(key), theirs) for key, theirs in _sessions(newest).items()}
    sessions |= {key: one for key, one in now.items() if key not in was and key not in sessions}
    kept = [one for one in sessions.values() if one is not None]
    days = tuple(_day(base.day(day.number), mine.day(day.number), day, kept) for day in newest.days)
    return replace(newest, days=days)


def _sessions(seminar: Seminar) -> dict[str, Session]:
    return {session.key: session for day in seminar.days for session in day.sessions}


def _merged(was: Session | None, mine: Session | None, theirs: Session) -> Session | None:
    if was is None:
        return theirs if mine is None else mine
    if mine is None:
        return None  # a file of mine takes it away
    changed = {one.name: getattr(mine, one.name) for one in fields(Session) if _differs(was, mine, one.name)}
    merged = replace(theirs, **changed)
    if merged.departure and merged.place is None:  # half mine, half theirs: what leaves has to leave from somewhere
        merged = replace(merged, place=mine.place or theirs.place)
    # Half of my time and half of theirs may be no time at all.
    return merged if merged.start < merged.end else replace(merged, start=mine.start, end=mine.end)


def _differs(one: Session, other: Session, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _day(was: Day | None, mine: Day | None, theirs: Day, sessions: list[Session]) -> Day:
    if was is not None and mine is not None:
        hours = theirs.hours if mine.hours == was.hours else mine.hours
        theme = theirs.theme if mine.theme == was.theme else mine.theme
        theirs = replace(theirs, hours=hours, theme=theme)
    its = (one for one in sessions if one.day == theirs.number)
    return replace(theirs, sessions=tuple(sorted(its, key=lambda one: (one.start, one.end))))
