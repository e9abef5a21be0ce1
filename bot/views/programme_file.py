"""The programme as a file: what its columns are, what is wrong with one, and what becomes of it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from bot.buttons.programme import ProgrammeDays, ProgrammeDraft, ProgrammeFile, ProgrammeReadFile
from bot.buttons.roster import RosterReadFile
from bot.documents.refusals import FileRefusal
from bot.i18n import N_, Html, Locale
from bot.languages import Language
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.programme.table import Column, ColumnType, TableError, TableProblem, columns
from bot.screen import Screen

_SHOWN: Final = 10  # mistakes; more are counted
_SAID, _MEANT, _NAMES = 40, 120, 200

_PROBLEMS: Final[Mapping[TableError, str]] = {
    TableError.MISSING: N_("nothing is here, write {instead}"),
    TableError.NOT_TIME: N_("write {instead}, not “{shown}”"),
    TableError.NOT_DATE: N_("write the date like this: {instead}, not “{shown}”"),
    TableError.OTHER_DATE: N_("“{shown}” is no day of the seminar ({instead})"),
    TableError.NOT_KEY: N_("“{shown}” is no key; leave it empty for a new session"),
    TableError.KEY_TWICE: N_("the key “{shown}” is in {instead} too; leave it empty for a new session"),
    TableError.UNKNOWN: N_("“{shown}” is not known here, write: {instead}"),
    TableError.NOT_FLAG: N_("write yes or leave it empty, not “{shown}”"),
    TableError.NOT_TEXT: N_("“{shown}” is kept as a number or date; write ' before it, so that it is text"),
    TableError.TOO_LONG: N_("the text is longer than {instead} characters"),
    TableError.END_FIRST: N_("the end must be later than the start ({instead})"),
    TableError.NO_PLACE: N_("a departure needs a place where people meet"),
    TableError.OVERLAPS: N_("at {shown} the same people are in {instead} too"),
    TableError.FULL_DAY: N_("one day holds at most {instead} sessions"),
    TableError.NO_VALUE: N_("the formula has no value, write the value itself"),
    TableError.CELL_ERROR: N_("the cell shows an error, write a value"),
    TableError.MERGED: N_("these cells are merged; split them and fill in each"),
    TableError.COLUMN_TWICE: N_("the column “{shown}” is there twice"),
    TableError.UNKNOWN_FIELD: N_("“{shown}” is nothing that a session has"),
    TableError.EACH_LANGUAGE: N_("write “{shown}” in a line for each language"),
    TableError.NOT_YAML: N_("this is not YAML; check the colons, the quotes and the indentation"),
}
_REFUSALS: Final[Mapping[FileRefusal, str]] = {
    FileRefusal.TOO_LARGE: N_(
        "The file is too large: I read at most 2 MB. Delete pictures and other sheets, and send it again."
    ),
    FileRefusal.GONE: N_("Telegram does not have this file any more. Please send it again."),
    FileRefusal.UNFINISHED: N_("The file did not arrive: the connection to Telegram broke. Please send it again."),
    FileRefusal.CSV: N_("A CSV file loses dates and letters. Open it in Excel or Google Sheets and save it as .xlsx."),
    FileRefusal.OLD_EXCEL: N_("This is an old Excel file (.xls). Open it and save it as .xlsx, then send that."),
    FileRefusal.ENCRYPTED: N_("The file is protected by a password. Remove the password, save it and send it again."),
    FileRefusal.MACROS: N_("The file holds macros, and I do not read such files. Save it as .xlsx without macros."),
    FileRefusal.OTHER_FORMAT: N_(
        "This is not an Excel file (.xlsx) inside, whatever its name says. Open it and save it as .xlsx."
    ),
    FileRefusal.DAMAGED: N_(
        "The file is damaged and cannot be read. Open it, save it as .xlsx once more and send that."
    ),
    FileRefusal.TOO_BIG_INSIDE: N_(
        "The file is far too large when it is unpacked. Copy the sessions alone into a new file."
    ),
    FileRefusal.TOO_MANY_ROWS: N_(
        "The sheet has more rows than a programme can have sessions. Delete those that are none."
    ),
    FileRefusal.NO_TABLE: N_(
        "I find no programme in the file: the row with the headings “key”, “date”, “start” … is missing."
    ),
    FileRefusal.NO_SESSIONS: N_("There is no session in the file, so I changed nothing."),
    FileRefusal.OTHER_PROGRAMME: N_(
        "The file was made from another programme than this one. Take a new file and change that."
    ),
    FileRefusal.TOO_SLOW: N_("Reading the file took too long. Copy the sessions alone into a new file."),
    FileRefusal.STOPPED: N_(
        "I had to stop before I had read the file; it changed nothing. Please send it again in a minute."
    ),
}


def labels(_: Locale, seminar: Seminar) -> Mapping[str, tuple[str, str]]:
    """What each column of the file holds, and what is said of a wrong value in it, by the column's name."""
    return {one.name: (_label(_, one), _hint(_, one)) for one in columns(seminar, _.language)}


def caption(_: Locale, version: int) -> str:
    """Under the file."""
    return _.plain(
        "The programme, version {n}: one row is one session. Change it and send the file back to me. Nobody sees it "
        "before you publish. A row that you delete is left out, a row without a key is a new session.",
        n=version,
    )


def caption_of_text(_: Locale, version: int) -> str:
    """Under the file as YAML."""
    return _.plain(
        "The programme, version {n}, as YAML in the shape of programme.yaml. Change it and send the file back to me. "
        "Nobody sees it before you publish.",
        n=version,
    )


def offer(_: Locale, message: int) -> Screen:
    """A file came that may be the programme, or the roster."""
    programme = ProgrammeReadFile(message).button(_.plain("📄 Read as programme"))
    roster = RosterReadFile(message).button(_.plain("👥 Read as roster"))
    text = _("📄 Is this file the programme, or the list of people? I can read it; nothing changes before you say so.")
    return Screen(text, [[programme], [roster]])


def refused(_: Locale, refusal: FileRefusal) -> Screen:
    """The file as a whole is not read."""
    text = _REFUSALS.get(refusal, _REFUSALS[FileRefusal.DAMAGED])  # others are of other kinds of files
    return Screen(_(text), [[ProgrammeFile().button(_.plain("📄 A file to fill in"))]])


def not_made(_: Locale) -> Screen:
    """The file that was asked for could not be made."""
    again = ProgrammeFile().button(_.plain("📄 A file to fill in"))
    return Screen(
        _("I could not make the file just now. Please try again in a minute, or take it as text: /programme yaml"),
        [[again]],
    )


def problems(_: Locale, found: Sequence[TableProblem], count: int) -> Screen:
    """What is wrong in the file, each with its place; `count` is of all, which `found` may not hold."""
    lines: list[str] = [
        _("✋ <b>The file was not taken, and nothing has changed.</b>"),
        _.plural("{n} thing has to be corrected:", "{n} things have to be corrected:", count),
        "",
    ]
    lines += [f"• <b>{_where(_, one)}</b>: {_problem(_, one)}" for one in found[:_SHOWN]]
    if count > _SHOWN:
        lines.append(_.plural("… and {n} more.", "… and {n} more.", count - _SHOWN))
    lines += ["", _("Correct the file and send it again.")]
    return Screen("\n".join(lines))


def same(_: Locale, version: int) -> Screen:
    """The file changes nothing."""
    text = _("The file says the same as version {n} of the programme: there is nothing to publish.", n=version)
    return Screen(text, [[ProgrammeDays().button(_.plain("🛠 The programme"))]])


def draft_first(_: Locale) -> Screen:
    """There is a draft already, which the file would replace."""
    text = _(
        "You have a draft that is not published, and the file would replace it. Publish the draft or throw it away, "
        "then send the file again."
    )
    return Screen(text, [[ProgrammeDraft().button(_.plain("📝 Open the draft"))]])


def notes(_: Locale, *, version: int, is_told: bool, unread: Sequence[str]) -> Screen:
    """What to know of a file that was taken. `is_told`: it says which version it was made from."""
    lines: list[str] = []
    if not is_told:
        lines.append(
            _(
                "⚠️ The file does not say which version it was made from, so I compare it with version {n}. If somebody "
                "has published since you got it, look closely: their changes would be undone.",
                n=version,
            )
        )
    if unread:
        names = shortened(", ".join(unread), _NAMES)
        lines.append(_("Not read, because the programme has no such column: {names}.", names=names))
    return Screen("\n".join(lines) or _("The file was read."))


def forgotten(_: Locale) -> str:
    """The toast of a button about a file that is not known any more."""
    return _.plain("I do not know which file that was any more. Please send it again.")


def _where(_: Locale, problem: TableProblem) -> Html:
    """A cell, or a line of a text."""
    if problem.where.isdecimal():
        return _("line {n}", n=problem.where)
    return Html(escape(problem.where, quote=False))


def _label(_: Locale, column: Column) -> str:
    language = f" · {Language(column.language).own_name}" if column.language else ""
    said = {
        "key": _.plain("Key: leave it empty for a new session"),
        "date": _.plain("Date"),
        "start": _.plain("Start"),
        "end": _.plain("End"),
        "title": _.plain("Title"),
        "kind": _.plain("Kind"),
        "place": _.plain("Place"),
        "groups": _.plain("Groups, with commas; empty for everyone"),
        "speaker": _.plain("Speaker"),
        "note": _.plain("Note"),
        "cancelled": _.plain("Does not take place"),
        "departure": _.plain("A bus leaves and waits for nobody"),
        "attendance": _.plain("It is written down who is there"),
    }
    return f"{said[column.field]}{language}"


def _hint(_: Locale, column: Column) -> str:
    match column.type:
        case ColumnType.DATE:
            return _.plain("Write a date of the seminar.")
        case ColumnType.TIME:
            return _.plain("Write a time of day, like 09:30.")
        case ColumnType.CHOICE:
            return _.plain("Choose from the list.")
        case ColumnType.FLAG:
            return _.plain("Write yes, or leave it empty.")
    return ""


def _problem(_: Locale, problem: TableProblem) -> Html:
    """What to write, in a few words."""
    shown, instead = shortened(problem.shown, _SAID), shortened(problem.instead, _MEANT)
    if problem.error is TableError.MISSING and shown:
        missing = _("“{name}” is missing", name=shown)
        return _("{missing}, write {instead}", missing=missing, instead=instead) if instead else missing
    if problem.error is TableError.MISSING and not instead:
        return _("a text is missing here")
    return _(_PROBLEMS[problem.error], shown=shown, instead=instead)
