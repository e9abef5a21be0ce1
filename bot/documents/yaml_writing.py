"""A programme as YAML, in the shape of a folder's `programme.yaml`: what is written can be put into a folder, too."""

import json
from collections.abc import Iterator

from bot.languages import Localized
from bot.programme.model import Seminar, Session
from bot.programme.table import FLAGS, TEXTS, Stamp


def write(seminar: Seminar, stamp: Stamp) -> bytes:
    """The file, in UTF-8."""
    lines = [f"# hamroh: {stamp.seminar}, version {stamp.version}, {stamp.digest}", "days:"]
    for day in seminar.days:
        lines.append(f"  - day: {day.number}  # {seminar.date_of(day.number)}")
        lines.append("    sessions:" if day.sessions else "    sessions: []")
        for session in day.sessions:
            lines += _session(session)
    return ("\n".join(lines) + "\n").encode()


def _session(session: Session) -> Iterator[str]:
    yield f"      - key: {session.key}"
    yield f'        start: "{session.start:%H:%M}"'
    yield f'        end: "{session.end:%H:%M}"'
    yield f"        kind: {session.kind.value}"
    if session.place is not None:
        yield f"        place: {session.place}"
    if session.groups:
        yield f"        groups: [{', '.join(session.groups)}]"
    for field in TEXTS:
        text: Localized | None = getattr(session, field)
        if text is not None:
            yield f"        {field}:"
            # Text in JSON's quotes is text in YAML, whatever it holds.
            yield from (f"          {code}: {json.dumps(one, ensure_ascii=False)}" for code, one in text.texts.items())
    yield from (f"        {flag}: true" for flag in FLAGS if getattr(session, flag))
