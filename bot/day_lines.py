"""How a day's sessions are written in an agenda: short enough that a usual day is read without scrolling.

A place stands once above the sessions that follow each other there. Speakers and long notes are gathered in one folded
quotation at the end: of a folded one a phone shows three lines, so one for each session would save nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from functools import lru_cache
from html import escape

from bot.i18n import Html
from bot.programme.markup import fits_message, shortened, shown_text, utf16_length
from bot.programme.model import Session
from bot.session_lines import SIGNS, Reader, clock, home_hours, localized_html

_SHORT_NOTE = 60  # UTF-16 units: two lines of a phone; a longer note is folded
_SCREEN_LINES = 18  # of text on a phone of 360 × 640 px, above two rows of buttons and below what is pinned
_LINE_WIDTH = 39.0  # letters in such a line
_WIDE = 1.8  # how many letters a Korean syllable or an emoji is wide
_FIRST_WIDE = 0x25A0  # signs, Korean and emoji; before it are letters, dashes and quotation marks
_NO_WIDTH = "\ufe0f"  # makes an emoji of the sign before it
_FOLDED_LINES = 3  # that a phone shows of a folded quotation


class Mark(Enum):
    """What a session of today is at a moment."""

    OVER = auto()
    NOW = auto()
    NEXT = auto()


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said of each session; a day that is too long for one message says less of each.

    `beside`: short notes stand below their sessions, and not with the long ones in the quotation. `theme`: what the day
    is about is said. `apart`: an empty line stands after the head.
    """

    notes: bool
    where: bool
    groups: bool
    title: int
    beside: bool = False
    theme: bool = True
    apart: bool = True


# The first of these that a phone shows without scrolling; else the first of the others that one message carries.
_SHORT_DAYS = (
    _Detail(notes=True, where=True, groups=True, title=120, beside=True),
    _Detail(notes=True, where=True, groups=True, title=120),
    _Detail(notes=True, where=True, groups=True, title=120, theme=False),
    _Detail(notes=True, where=True, groups=True, title=120, theme=False, apart=False),
)
_LONG_DAYS = (
    _Detail(notes=True, where=True, groups=True, title=120),
    _Detail(notes=False, where=True, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=60),
    _Detail(notes=False, where=False, groups=False, title=40),
)


def day_text(
    reader: Reader, head: Sequence[str], sessions: Sequence[Session], *, theme: str | None, foot: Sequence[str] = ()
) -> str:
    """The head, what the day is about, the sessions and the foot, in as much detail as can be read without scrolling.

    A day that is too long for that is told as fully as one message carries.
    """
    for detail in _SHORT_DAYS:
        text = _text(reader, detail, head, sessions, theme=theme, foot=foot)
        if fits_screen(text) and fits_message(text):
            return text
    for detail in _LONG_DAYS:
        text = _text(reader, detail, head, sessions, theme=theme, foot=foot)
        if fits_message(text):
            break
    return text


def _text(
    reader: Reader,
    detail: _Detail,
    head: Sequence[str],
    sessions: Sequence[Session],
    *,
    theme: str | None,
    foot: Sequence[str],
) -> str:
    blocks = _blocks(reader, sessions, detail)
    lines = [*head, *([theme] if theme and detail.theme else []), *([""] if detail.apart else []), *blocks]
    if detail.notes:
        lines += _quotation(reader, sessions, detail)
    return "\n".join([*lines, *(["", *foot] if foot else [])])


def fits_screen(markup: str) -> bool:
    """Whether a phone of 360 × 640 px shows the text without scrolling, above two rows of buttons; an estimate."""
    before, quotes, after = markup.partition("<blockquote expandable>")
    folded, _, after = after.partition("</blockquote>")
    lines = _lines_on_phone(before.rstrip("\n")) + (_lines_on_phone(after) if after else 0)
    if quotes:
        lines += 1 + min(_FOLDED_LINES, _lines_on_phone(folded))  # one for the edges of the quotation
    return lines <= _SCREEN_LINES


def _lines_on_phone(markup: str) -> int:
    return sum(_wrapped(line) for line in shown_text(markup).split("\n"))


def _wrapped(line: str) -> int:
    """Into how many lines a phone breaks one, between words."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = _width(word)
        if used and used + 1 + width > _LINE_WIDTH:
            lines, used = lines + 1, 0.0
        used += width + (1 if used else 0)
    return lines


@lru_cache(maxsize=4096)  # a seminar's words come again with each card, each minute
def _width(word: str) -> float:
    """As how many letters a word is wide."""
    return sum(_WIDE if ord(letter) >= _FIRST_WIDE else 1 for letter in word if letter != _NO_WIDTH)


def marks_of(reader: Reader, sessions: Iterable[Session]) -> dict[str, Mark]:
    """What is over, runs, or comes next at the reader's moment, by the session's key; nothing of another day."""
    seminar, now = reader.seminar, reader.now
    if now is None:
        return {}
    marks: dict[str, Mark] = {}
    coming = []
    for session in sessions:
        if session.cancelled or seminar.today(now) != seminar.date_of(session.day):
            continue
        start, end = seminar.moment(session.day, session.start), seminar.moment(session.day, session.end)
        if now < start:
            coming.append(session)
        else:
            marks[session.key] = Mark.NOW if now < end else Mark.OVER
    following = [session.key for session in coming if session.start == coming[0].start]
    return marks | dict.fromkeys(following, Mark.NEXT)


def home_offset(reader: Reader, sessions: Iterable[Session]) -> timedelta | None:
    """By how much the clocks at home differ, where that is the same all day; else None."""
    seminar = reader.seminar
    if seminar.home_zone is None:
        return None
    offsets = set()
    for session in sessions:
        if session.cancelled:
            continue
        for at in (session.start, session.end):
            here = seminar.moment(session.day, at).astimezone(seminar.zone)
            home = here.astimezone(seminar.home_zone).utcoffset()
            offsets.add((home or timedelta()) - (here.utcoffset() or timedelta()))
    return offsets.pop() if len(offsets) == 1 else None


def _blocks(reader: Reader, sessions: Sequence[Session], detail: _Detail) -> list[str]:
    """Sessions that follow each other at one place, below its name; an empty line before those that have none.

    What is cancelled is nowhere.
    """
    marks, told = marks_of(reader, sessions), home_offset(reader, sessions) is not None
    blocks: list[list[str]] = []
    place: str | None = None
    for session in sessions:
        if not blocks or (detail.where and not session.cancelled and session.place != place):
            place = session.place
            known = reader.seminar.places.get(place) if place and detail.where and not session.cancelled else None
            named = [f"📍 {localized_html(reader.locale, known.title)}"] if known else []
            blocks.append(named or ([""] if blocks else []))
        blocks[-1] += _lines(reader, session, marks.get(session.key), detail, told=told)
    return ["\n".join(block) for block in blocks]


def _lines(reader: Reader, session: Session, mark: Mark | None, detail: _Detail, *, told: bool) -> list[str]:
    _, seminar = reader.locale, reader.seminar
    hours = f"{clock(session.start)}–{clock(session.end)}"
    title = localized_html(_, session.title, detail.title)
    if session.cancelled:
        return [_("❌ <s>{hours} {title}</s> · <b>cancelled</b>", hours=hours, title=Html(title))]
    at_home = home_hours(reader, session, only_other_date=told)
    now, following = _("<b>now</b>"), _("<b>next</b>")
    match mark:
        case Mark.OVER:
            line = f"✓ {hours}{at_home} {title}"
        case Mark.NOW:
            line = f"▶️ <b>{hours}</b>{at_home} · {now} · {title}"
        case Mark.NEXT:
            line = f"{SIGNS[session.kind]} <b>{hours}</b>{at_home} · {following} · {title}"
        case None:
            line = f"{SIGNS[session.kind]} <b>{hours}</b>{at_home} {title}"
    lines = [line]
    if detail.groups and seminar.has_groups and session.groups and (reader.everyone or reader.group is None):
        titles = [group.title.get(_.language) for group in seminar.groups if group.key in session.groups]
        if titles:  # none for people of a group that is gone
            lines.append(f"👥 {escape(', '.join(titles), quote=False)}")
    if detail.beside and session.note and not _is_long(reader, session):
        lines.append(f"<i>{localized_html(_, session.note)}</i>")
    return lines


def _quotation(reader: Reader, sessions: Iterable[Session], detail: _Detail) -> list[str]:
    """What is noted and who speaks, in a quotation that unfolds; nothing where there is neither."""
    lines = []
    for session in sessions:
        if session.cancelled:
            continue
        folded = session.note if not detail.beside or _is_long(reader, session) else None
        said = [localized_html(reader.locale, folded)] if folded else []
        said += [f"👤 {localized_html(reader.locale, session.speaker)}"] if session.speaker else []
        if said:
            lines.append(f"{clock(session.start)} · {' · '.join(said)}")
    return [f"<blockquote expandable>{chr(10).join(lines)}</blockquote>"] if lines else []


def _is_long(reader: Reader, session: Session) -> bool:
    note = session.note.get(reader.locale.language) if session.note else ""
    return utf16_length(shortened(note, 300)) > _SHORT_NOTE
