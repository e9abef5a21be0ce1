"""Checks that people read the newest published programme, or were told; and that nothing else was announced.

It judges what phones showed by the documents of the versions, in code of its own: the hours and the title of each
session, and whether it is crossed out.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from rehearsal.queries import OutboxRow, PublishedSession, PublishedVersion, ReaderOfProgramme
from rehearsal.recorder import ProgrammeRecord, Recording, Shown

_WITHIN = timedelta(seconds=60)
_FOLLOWED = timedelta(seconds=5)  # what is rendered while a version is published may be of the one before
_ANSWERS = 3  # messages after /today, one of which is its answer: others may come between
_TITLE = 20  # letters by which a title is known; a long day shows less of it
_BESIDE = 80  # letters between a session's hours and its title, at most


def check(recording: Recording) -> tuple[list[str], str]:
    """What broke it, and what was checked."""
    check_ = _Check(recording)
    broken = [
        *check_.unpublished(),
        *check_.agendas(),
        *(line for version in recording.programme.versions[1:] for line in check_.followed(version)),
        *check_.answers(),
    ]
    return broken, check_.summary()


def says(text: str, sessions: Sequence[PublishedSession], reader: ReaderOfProgramme) -> bool:
    """Whether a text is an agenda of these sessions for the reader: each with its hours, crossed out if cancelled."""
    return all(_says_session(text, one, reader.language) for one in sessions if one.is_for(reader.group))


def _says_session(text: str, session: PublishedSession, language: str) -> bool:
    title = _title(session, language)
    hours = f"{session.start}–{session.end}"
    found = text.find(hours)
    while found >= 0:
        after = found + len(hours)
        beside = text[after : after + _BESIDE + len(title)]
        if title in beside:
            return ("❌" in text[max(0, found - 3) : found]) == session.cancelled
        found = text.find(hours, after)
    return False


def _title(session: PublishedSession, language: str) -> str:
    return (session.title.get(language) or next(iter(session.title.values())))[:_TITLE]


class _Check:
    def __init__(self, recording: Recording) -> None:
        self._record: ProgrammeRecord = recording.programme
        self._versions = {one.number: one for one in self._record.versions}
        self._moments = [one.at for one in self._record.versions]
        self._rows = recording.sent()
        self._always = {one.account.id for one in recording.teachers if one.always_there}
        self._shown: dict[tuple[int, int], list[Shown]] = defaultdict(list)
        self._of_chat: dict[int, list[Shown]] = defaultdict(list)
        for one in self._record.shown:
            self._shown[one.chat_id, one.message_id].append(one)
            self._of_chat[one.chat_id].append(one)
        self._agendas: dict[tuple[int, date], OutboxRow] = {}
        self._told: dict[int, list[tuple[datetime, int]]] = defaultdict(list)  # chat -> when, of which version
        for row, message in self._rows:
            if row.kind == "agenda":
                self._agendas[row.chat_id, date.fromisoformat(row.event.rpartition(":")[2])] = row
            elif row.kind == "programme.change":
                self._told[row.chat_id].append((message.at, _version_of(row)))
        self._checked = 0
        self._touched = 0

    def summary(self) -> str:
        return (
            f"{len(self._versions)} versions, {self._touched} days changed for somebody,"
            f" {sum(map(len, self._told.values()))} notices, {self._checked} agendas as published"
        )

    def unpublished(self) -> Iterator[str]:
        """Notices of versions that there are not, or were not yet."""
        for row, message in self._rows:
            if row.kind in ("programme.change", "programme.reminder"):
                version = self._versions.get(_version_of(row))
                if version is None or message.at < version.at:
                    yield f"{row.key} tells of what was not published"
                elif (reader := self._record.readers.get(row.chat_id)) is not None:
                    yield from self._names_a_change(row, version, reader)

    def _names_a_change(self, row: OutboxRow, version: PublishedVersion, reader: ReaderOfProgramme) -> Iterator[str]:
        """A notice names a session that is another than in the version with which it compares."""
        shown = self._shown[row.chat_id, row.message_id or 0]
        before = self._versions.get(int(row.event.split(":")[3]))
        if before is not None and shown:
            changed = [one for day in version.days for one in _changed(before, version, day, reader)]
            if not any(_title(one, reader.language) in shown[0].text for one in changed):
                yield f"{row.key} names nothing that has changed"

    def agendas(self) -> Iterator[str]:
        """What an agenda said at any moment is what ran then; a draft is nowhere, and the last word is the newest."""
        for (chat, day), row in self._agendas.items():
            reader = self._record.readers.get(chat)
            shown = self._shown[chat, row.message_id or 0]
            if reader is None or not shown:
                continue
            midnight = datetime.combine(day + timedelta(days=1), time(), self._record.zone)
            for one in (one for one in shown if one.at < midnight):
                self._checked += 1
                if not any(self._says(one, version, day, reader) for version in self._running(one.at, _FOLLOWED)):
                    yield f"the agenda of {day} in chat {chat} said at {one.at:%H:%M:%S} what was not published"
            last = [one for one in shown if one.at < midnight][-1]
            if chat in self._always and not any(
                self._says(last, version, day, reader) for version in self._running(midnight, _WITHIN)
            ):
                yield f"the agenda of {day} in chat {chat} ended as what did not run any more"

    def followed(self, version: PublishedVersion) -> Iterator[str]:
        """A minute after a version: whose today it changed reads it in today's agenda, or was told of it."""
        before, until = self._versions[version.number - 1], version.at + _WITHIN
        day = version.at.astimezone(self._record.zone).date()
        number = (day - self._record.first).days + 1
        for chat in sorted(self._always & self._record.readers.keys()):
            reader, row = self._record.readers[chat], self._agendas.get((chat, day))
            coming = [one for one in _changed(before, version, number, reader) if self._is_coming(one, version.at)]
            if not coming or row is None or (shown := self._at(chat, row, until)) is None:
                continue
            self._touched += 1
            newest = self._running(until, timedelta())[-1]
            told = any(version.at <= at <= until and of >= version.number for at, of in self._told[chat])
            if not told and not self._says(shown, newest, day, reader):
                yield f"version {version.number} did not reach chat {chat} within a minute"

    def answers(self) -> Iterator[str]:
        """The answer to /today says what runs."""
        for chat, at, text in self._record.asked:
            reader = self._record.readers.get(chat)
            day = at.astimezone(self._record.zone).date()
            if text != "/today" or reader is None or (day - self._record.first).days + 1 not in self._newest.days:
                continue
            later = [one for one in self._of_chat[chat] if one.at >= at][:_ANSWERS]
            running = self._running(at, timedelta())
            self._checked += 1
            if later and not any(self._says(one, version, day, reader) for one in later for version in running):
                yield f"/today in chat {chat} at {at:%H:%M:%S} was not answered with what runs"

    @property
    def _newest(self) -> PublishedVersion:
        return self._record.versions[-1]

    def _running(self, at: datetime, before: timedelta) -> Sequence[PublishedVersion]:
        """The versions that ran at a moment or shortly before it, the newest last."""
        first, last = (bisect_right(self._moments, moment) for moment in (at - before, at))
        return self._record.versions[max(0, first - 1) : last]

    def _says(self, shown: Shown, version: PublishedVersion, day: date, reader: ReaderOfProgramme) -> bool:
        return says(shown.text, version.days.get((day - self._record.first).days + 1, ()), reader)

    def _at(self, chat: int, row: OutboxRow, at: datetime) -> Shown | None:
        """What a message showed at a moment; None before it came."""
        return next((one for one in reversed(self._shown[chat, row.message_id or 0]) if one.at <= at), None)

    def _is_coming(self, session: PublishedSession, now: datetime) -> bool:
        local = now.astimezone(self._record.zone)
        return f"{local:%H:%M}" < session.end


def _changed(
    before: PublishedVersion, after: PublishedVersion, day: int, reader: ReaderOfProgramme
) -> Iterator[PublishedSession]:
    """The sessions of a day that somebody reads differently; as they are, or as they were where they are gone."""
    old = {one.key: one for one in before.days.get(day, ()) if one.is_for(reader.group)}
    new = {one.key: one for one in after.days.get(day, ()) if one.is_for(reader.group)}
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if was is None or now is None or was.told != now.told:
            one = now or was
            assert one is not None
            yield one


def _version_of(row: OutboxRow) -> int:
    """programme:<seminar>:<version>:<was>, and what a reminder adds to it."""
    return int(row.event.split(":")[2])
