"""What stands on an attendance sheet, in words: for the template of the PDF."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.i18n import Locale
from bot.mark_lines import mark_states
from bot.programme.model import Seminar
from bot.store.mark import MarkMethod
from bot.store.sheet import Sheet, SheetKind, SheetLine, SheetMark, SheetSession

_COLUMNS: Final = 6  # sessions beside each other; more of them make another table


def document_number(_: Locale, number: int) -> str:
    """What stands on each page, so that a picture of one finds its sheet."""
    return _.plain("No. {number}", number=number)


def told(_: Locale, seminar: Seminar, sheet: Sheet, lines: Sequence[SheetLine]) -> Mapping[str, Any]:
    """All that the template needs. What was kept when the sheet was made is what it says."""
    made = sheet.made_at.astimezone(seminar.zone)
    when = _.plain("made {day}, {time}", day=_.short_day(made.date()), time=f"{made:%H:%M}")
    version = _.plain("version {version}", version=sheet.version)
    sections = [one for key in _groups(seminar, lines) for one in _sections(_, seminar, sheet, lines, key)]
    return {
        "language": _.language,
        "color": seminar.look.color,
        "wide": sheet.of.kind is SheetKind.DAY and len(sheet.sessions) > 1,
        "seminar": seminar.title.get(_.language),
        "title": _.plain("Attendance sheet"),
        "lines": _below_title(_, seminar, sheet),
        "number": document_number(_, sheet.id),
        "version": f"{version}, {when}",
        "footer": f"{seminar.title.get(_.language)} · {_.short_day(sheet.of.date)} · {version}, {when}",
        "heads": {
            "name": _.plain("Name"),
            "school": _.plain("School"),
            "sign": _.plain("Signature"),
        },
        "sections": sections,
        "empty": "" if lines else _.plain("There is nobody on this sheet."),
        "notes": [_.plain("— means: no mark.")] if lines else [],
        "below": [_.plain("Responsible person"), _.plain("Signature"), _.plain("Date")],
        "stamp": _.plain("Place for the stamp"),
    }


def _below_title(_: Locale, seminar: Seminar, sheet: Sheet) -> list[str]:
    number = seminar.day_number_on(sheet.of.date)
    day = _.day(sheet.of.date)
    lines = [_.plain("Day {number} · {day}", number=number, day=day) if number is not None else day]
    if sheet.of.kind is SheetKind.SESSION and sheet.sessions:
        [session] = sheet.sessions
        place = _text(_, session.place)
        lines.append(f"{session.hours} {_text(_, session.title)}{f' · {place}' if place else ''}")
    if sheet.parts > 1:
        lines.append(_.plain("Part {part} of {parts}", part=sheet.of.part + 1, parts=sheet.parts))
    return lines


def _groups(seminar: Seminar, lines: Sequence[SheetLine]) -> list[str | None]:
    """The keys of the groups that have a section, in the seminar's order; None for all together."""
    if not seminar.has_groups:
        return [None] if lines else []
    known = [group.key for group in seminar.groups]
    there = dict.fromkeys(line.group for line in lines)
    return [*(key for key in known if key in there), *(key for key in there if key not in known)]


def _sections(
    _: Locale, seminar: Seminar, sheet: Sheet, lines: Sequence[SheetLine], key: str | None
) -> list[dict[str, Any]]:
    of_group = [line for line in lines if key is None or line.group == key]
    group = seminar.group(key)
    name = "" if key is None else group.title.get(_.language) if group is not None else _.plain("without a group")
    columns = [at for at, one in enumerate(sheet.sessions) if key is None or not one.groups or key in one.groups] or [
        *range(len(sheet.sessions))
    ]
    parts = [columns[first : first + _COLUMNS] for first in range(0, len(columns), _COLUMNS)] or [[]]
    return [
        {
            "title": name,
            "columns": [_column(_, sheet, sheet.sessions[at]) for at in some],
            "rows": [_row(_, seminar, line, some) for line in of_group],
        }
        for some in parts
    ]


def _column(_: Locale, sheet: Sheet, session: SheetSession) -> dict[str, str]:
    if sheet.of.kind is SheetKind.SESSION:
        return {"title": _.plain("Mark"), "hours": ""}
    return {"title": _text(_, session.title), "hours": session.hours}


def _row(_: Locale, seminar: Seminar, line: SheetLine, columns: Sequence[int]) -> dict[str, Any]:
    return {
        "number": str(line.number),
        "name": line.name,
        "latin": "" if line.latin_name == line.name else line.latin_name,
        "school": line.school,
        "marks": [_mark(_, seminar, line.marks[at]) for at in columns],
    }


def _mark(_: Locale, seminar: Seminar, mark: SheetMark | None) -> dict[str, str]:
    """The mark with how and when it was made. Why somebody is excused is not for paper."""
    if mark is None:
        return {"state": "—", "detail": ""}
    if mark.how is None or mark.at is None:
        return {"state": mark_states(_)[mark.state], "detail": ""}
    ways = {
        MarkMethod.TAP: _.plain("own tap"),
        MarkMethod.CODE: _.plain("code"),
        MarkMethod.BUDDY: _.plain("a buddy's word"),
        MarkMethod.ROLL_CALL: _.plain("roll call"),
    }
    return {"state": mark_states(_)[mark.state], "detail": f"{_.time(mark.at, seminar.zone)} · {ways[mark.how]}"}


def _text(_: Locale, texts: Mapping[str, str]) -> str:
    return texts.get(_.language) or next(iter(texts.values()), "")
