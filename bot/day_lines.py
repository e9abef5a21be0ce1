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

# Of a phone of 360 × 640 px, in px: what a text may take above two rows of buttons and below what is pinned, how wide
# it may be, and how high its lines are. The rehearsal's page has the same measures.
_ROOM = 355
_WIDTH = 280
_LINE = 19
_FOLDED_LINE = 17
_FOLDED_LINES = 3  # that a phone shows of a folded quotation
_HIDDEN = 3 * _LINE  # that may be above the screen before a day is told as one that is read by scrolling
_EDGES = 16  # of a quotation
_HOUR = 108  # with the word that the message was edited; beside the end of the text, or below it
# How wide letters are in Telegram's font: digits and Latin, Cyrillic, Korean syllables and emoji.
_LATIN, _CYRILLIC, _KOREAN, _EMOJI = 9.0, 9.8, 15.0, 20.0
_SPACE = 4.0
_FIRST_CYRILLIC, _FIRST_EMOJI, _FIRST_KOREAN, _LAST_KOREAN = 0x400, 0x2600, 0x3000, 0xD7FF
_NARROW = frozenset(".,:;!?()'/·|ilI")
_NO_WIDTH = "\ufe0f"  # makes an emoji of the sign before it


class Mark(Enum):
    """What a session of today is at a moment."""

    OVER = auto()
    NOW = auto()
    NEXT = auto()


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said of each session; a day that is too long for one message says less of each.

    `beside`: short notes stand below their sessions, and not with the long ones in the quotation. `theme`: what the day
    is about is said. `apart`: an empty line stands after the head. `ended`: what is noted of sessions that are over is
    kept. `brief`: the short head is taken. Titles that are cut stand in full in the quotation.
    """

    notes: bool
    where: bool
    groups: bool
    title: int
    beside: bool = False
    theme: bool = True
    apart: bool = True
    ended: bool = True
    brief: bool = False


# The first of these that a phone shows without scrolling; else the first of the others that one message carries.
_SHORT_DAYS = (
    _Detail(notes=True, where=True, groups=True, title=120, beside=True),
    _Detail(notes=True, where=True, groups=True, title=120),
    _Detail(notes=True, where=True, groups=True, title=120, theme=False),
    _Detail(notes=True, where=True, groups=True, title=120, theme=False, apart=False),
    _Detail(notes=True, where=True, groups=True, title=120, theme=False, apart=False, ended=False),
    _Detail(notes=True, where=True, groups=True, title=44, theme=False, apart=False, ended=False),
    _Detail(notes=True, where=True, groups=True, title=44, theme=False, apart=False, ended=False, brief=True),
    _Detail(notes=True, where=True, groups=True, title=30, theme=False, apart=False, ended=False, brief=True),
)
_LONG_DAYS = (
    _Detail(notes=True, where=True, groups=True, title=120),
    _Detail(notes=False, where=True, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=60),
    _Detail(notes=False, where=False, groups=False, title=40),
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the sessions: the head and its short form, what the day is about, and the foot."""

    head: Sequence[str]
    brief: Sequence[str]
    theme: str | None
    foot: Sequence[str] = ()


def day_text(reader: Reader, around: Around, sessions: Sequence[Session]) -> str:
    """The sessions and what stands around them, in as much detail as can be read without scrolling.

    A day that is too long for that is told as fully as one message carries.
    """
    for detail in _SHORT_DAYS:
        text = _text(reader, detail, around, sessions)
        if fits_screen(text) and fits_message(text):
            return text
    if _height(text) <= _ROOM + _HIDDEN and fits_message(text):
        return text
    for detail in _LONG_DAYS:
        text = _text(reader, detail, around, sessions)
        if fits_message(text):
            break
    return text


def _text(reader: Reader, detail: _Detail, around: Around, sessions: Sequence[Session]) -> str:
    head, theme, foot = around.brief if detail.brief else around.head, around.theme, around.foot
    blocks = _blocks(reader, sessions, detail)
    lines = [*head, *([theme] if theme and detail.theme else []), *([""] if detail.apart else []), *blocks]
    quotation = _quotation(reader, sessions, detail) if detail.notes else []
    apart = [""] if foot and detail.apart and not quotation else []  # below a quotation there is room already
    return "\n".join([*lines, *quotation, *apart, *foot])


def fits_screen(markup: str) -> bool:
    """Whether a phone of 360 × 640 px shows the text without scrolling, above two rows of buttons; an estimate."""
    return _height(markup) <= _ROOM


def _height(markup: str) -> int:
    before, quotes, after = markup.partition("<blockquote expandable>")
    folded, _, after = after.partition("</blockquote>")
    height = sum(_wrapped(line)[0] for line in _shown_lines(before + after)) * _LINE
    if quotes:
        height += _EDGES + _FOLDED_LINE * min(_FOLDED_LINES, sum(_wrapped(line)[0] for line in _shown_lines(folded)))
    last = _WIDTH if quotes and not after.strip() else _wrapped(_shown_lines(before + after)[-1])[1]
    return height + (_LINE if last + _HOUR > _WIDTH else 0)


def _shown_lines(markup: str) -> list[str]:
    return shown_text(markup.rstrip("\n")).split("\n")


def _wrapped(line: str) -> tuple[int, float]:
    """Into how many lines a phone breaks one, between words, and how wide the last of them is."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = _width(word)
        if used and used + _SPACE + width > _WIDTH:
            lines, used = lines + 1, 0.0
        used += width + (_SPACE if used else 0.0)
    return lines, used


@lru_cache(maxsize=4096)  # a seminar's words come again with each card, each minute
def _width(word: str) -> float:
    """How many px a word is wide."""
    return sum(_letter_width(letter) for letter in word)


def _letter_width(letter: str) -> float:
    code = ord(letter)
    if letter in _NARROW:
        return _SPACE
    if code < _FIRST_CYRILLIC:
        return _LATIN
    if code < _FIRST_EMOJI:
        return _CYRILLIC
    if letter == _NO_WIDTH:
        return 0.0
    return _KOREAN if _FIRST_KOREAN <= code <= _LAST_KOREAN else _EMOJI


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
    lines, marks = [], marks_of(reader, sessions)
    for session in sessions:
        if session.cancelled or (not detail.ended and marks.get(session.key) is Mark.OVER):
            continue
        folded = session.note if not detail.beside or _is_long(reader, session) else None
        title = session.title.get(reader.locale.language)
        said = [escape(title, quote=False)] if shortened(title, detail.title) != title else []
        said += [localized_html(reader.locale, folded)] if folded else []
        said += [f"👤 {localized_html(reader.locale, session.speaker)}"] if session.speaker else []
        if said:
            lines.append(f"{clock(session.start)} · {' · '.join(said)}")
    return [f"<blockquote expandable>{chr(10).join(lines)}</blockquote>"] if lines else []


def _is_long(reader: Reader, session: Session) -> bool:
    note = session.note.get(reader.locale.language) if session.note else ""
    return utf16_length(shortened(note, 300)) > _SHORT_NOTE
