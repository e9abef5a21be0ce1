"""What a file with data holds: each table and column declared once, with what it means and who may see it.

The workbook, the CSV files, the JSON Schema and the definitions follow from this page. A column is called as the query
of its table in `bot.store.export_rows` calls it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.access import ORGANIZERS, STAFF, Role
from bot.documents.export_table import CellKind
from bot.i18n import N_


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of a table. `words` names the words of its codes (`bot.export_words`); "" where it has none."""

    name: str
    kind: CellKind
    label: str
    definition: str
    words: str = ""
    seen_by: frozenset[Role] = STAFF
    withheld: str = ""  # why others do not see it


_NO_NAMES: Final = N_("Names, Telegram names and phone numbers: coordinators get the number of the person instead.")
_NO_MOOD: Final = N_("Mood and words: how one person feels is for the organizers alone.")
_NO_WORDS: Final = N_("What people asked, and who asked: it is between them and the organizers.")
_NO_CASES: Final = N_("What alerts are about, and whom: so nobody learns from a file who was unwell.")
_NO_TEXTS: Final = N_("The texts of broadcasts, and why a message was refused.")

_PERSON: Final = ExportColumn(
    "person", CellKind.NUMBER, N_("Person"), N_("A number for the person: the same in every table and every file.")
)
_NAME: Final = ExportColumn(
    "name", CellKind.TEXT, N_("Name"), N_("As the person wrote it."), seen_by=ORGANIZERS, withheld=_NO_NAMES
)
_GROUP: Final = ExportColumn(
    "group", CellKind.TEXT, N_("Group"), N_("The group that the person is in now."), words="group"
)
_WHO: Final = (_PERSON, _NAME, _GROUP)


def _of_names(name: str, label: str, definition: str) -> ExportColumn:
    return ExportColumn(name, CellKind.TEXT, label, definition, seen_by=ORGANIZERS, withheld=_NO_NAMES)


def _moment(name: str, label: str, definition: str) -> ExportColumn:
    return ExportColumn(name, CellKind.MOMENT, label, definition)


def _number(name: str, label: str, definition: str) -> ExportColumn:
    return ExportColumn(name, CellKind.NUMBER, label, definition)


def _hidden(column: ExportColumn, why: str) -> ExportColumn:
    """The same column, for organizers alone."""
    return ExportColumn(
        column.name, column.kind, column.label, column.definition, column.words, seen_by=ORGANIZERS, withheld=why
    )


_LESSON: Final = ExportColumn(
    "lesson", CellKind.TEXT, N_("Lesson"), N_("What the lesson is called now."), words="lesson"
)
_DATE: Final = ExportColumn("date", CellKind.DATE, N_("Date"), N_("The day, where the seminar is."))
_ALERT_STATE: Final = ExportColumn(
    "state", CellKind.TEXT, N_("State"), N_("Open: nobody has taken it; taken: somebody is on it."), words="alert_state"
)

TABLES: Final[Mapping[str, tuple[ExportColumn, ...]]] = {
    "people": (
        *_WHO,
        _of_names("latin_name", N_("Name in Latin letters"), N_("From the roster.")),
        _of_names("username", N_("Telegram name"), N_("The name on Telegram, without @.")),
        _of_names(
            "telegram_id", N_("Telegram account"), N_("Its number, as text: spreadsheets round numbers this long.")
        ),
        _of_names("phone", N_("Phone"), N_("From the roster, as text.")),
        ExportColumn("district", CellKind.TEXT, N_("District"), N_("From the roster.")),
        ExportColumn("school", CellKind.TEXT, N_("School"), N_("From the roster.")),
        ExportColumn(
            "language", CellKind.TEXT, N_("Language"), N_("In which the bot writes to the person."), words="language"
        ),
        ExportColumn(
            "state", CellKind.TEXT, N_("State"), N_("Whether the person is in the seminar now."), words="person_state"
        ),
        ExportColumn(
            "reachable",
            CellKind.FLAG,
            N_("Can be reached"),
            N_("No: the person has blocked the bot, as far as it knows."),
        ),
        _moment("joined_at", N_("Joined"), N_("When the person joined first.")),
    ),
    "attendance": (
        *_WHO,
        _DATE,
        ExportColumn("session", CellKind.TEXT, N_("Session"), N_("What the session is called now."), words="session"),
        ExportColumn("begins", CellKind.TIME, N_("Begins"), N_("When the session begins by the programme of now.")),
        ExportColumn(
            "mark",
            CellKind.TEXT,
            N_("Mark"),
            N_("The newest mark. No mark: the person was expected, and nobody has said anything."),
            words="mark",
        ),
        ExportColumn("how", CellKind.TEXT, N_("How it is known"), N_("Who or what said so."), words="how"),
        _moment("marked_at", N_("Marked"), N_("When it was said.")),
    ),
    "checkins": (
        *_WHO,
        _DATE,
        ExportColumn("slot", CellKind.TEXT, N_("Check-in"), N_("Which one of the day."), words="slot"),
        _moment("answered_at", N_("Answered"), N_("When the first answer came.")),
        ExportColumn("late", CellKind.FLAG, N_("Late"), N_("The answer came after the organizers were told.")),
        _hidden(_number("mood", N_("Mood"), N_("From 1 to 5, the last answer of the evening.")), _NO_MOOD),
        _hidden(
            ExportColumn("words", CellKind.TEXT, N_("Words"), N_("What the person wrote about the day.")), _NO_MOOD
        ),
    ),
    "lessons": (
        *_WHO,
        _LESSON,
        _moment("begun_at", N_("Begun"), N_("When the first card was shown.")),
        _number("reached", N_("Cards"), N_("The furthest card that was shown; one more than there are: the quiz.")),
        _moment("done_at", N_("Done"), N_("When the last question was answered; empty: not done.")),
        _number("score", N_("Right answers"), N_("Of the first answers, when the lesson was done.")),
        _number("questions", N_("Questions"), N_("How many the quiz had then.")),
    ),
    "answers": (
        *_WHO,
        _LESSON,
        ExportColumn("question", CellKind.TEXT, N_("Question"), N_("Of the quiz, as it reads now."), words="question"),
        ExportColumn(
            "answer", CellKind.TEXT, N_("Answer"), N_("The first answer: it is the one that counts."), words="answer"
        ),
        ExportColumn("right", CellKind.FLAG, N_("Right"), N_("By the lesson as it is now.")),
        _moment("answered_at", N_("Answered"), N_("When the first answer came.")),
    ),
    "questions": (
        _number("number", N_("Number"), N_("Counts on from the first one.")),
        *(_hidden(one, _NO_WORDS) for one in _WHO),
        _moment("asked_at", N_("Asked"), N_("When the organizers were asked.")),
        _hidden(
            ExportColumn(
                "words", CellKind.TEXT, N_("Words"), N_("What the person wrote first; calls for help are not in it.")
            ),
            _NO_WORDS,
        ),
        _moment("answered_at", N_("Answered"), N_("When the first answer came.")),
        _ALERT_STATE,
        _moment("settled_at", N_("Settled"), N_("When it was settled last; empty: it is not.")),
    ),
    "alerts": (
        _number("number", N_("Number"), N_("Counts on from the first one.")),
        _hidden(
            ExportColumn("kind", CellKind.TEXT, N_("About"), N_("What the alert is about."), words="alert_kind"),
            _NO_CASES,
        ),
        *(_hidden(one, _NO_CASES) for one in _WHO),
        _moment("opened_at", N_("Opened"), N_("When the alert came up.")),
        _ALERT_STATE,
        _moment("taken_at", N_("Taken"), N_("When somebody took it first.")),
        _number("minutes_to_taken", N_("Minutes until taken"), N_("From when it came up.")),
        _moment("settled_at", N_("Settled"), N_("When it was settled last; empty: it is not.")),
        _number(
            "minutes_to_settled", N_("Minutes until settled"), N_("From when it came up until it was settled first.")
        ),
        _number("reopened", N_("Opened again"), N_("How often after it was settled.")),
    ),
    "broadcasts": (
        _number("number", N_("Number"), N_("Counts on from the first one.")),
        _hidden(
            ExportColumn("text", CellKind.TEXT, N_("Text"), N_("In one of its languages, without bold and links.")),
            _NO_TEXTS,
        ),
        ExportColumn("state", CellKind.TEXT, N_("State"), N_("How far it is."), words="broadcast_state"),
        _moment("sent_at", N_("Sent"), N_("When it was told to go, or is to go.")),
        _number("messages", N_("Messages"), N_("To the people whom this file is about.")),
        _number("delivered", N_("Delivered"), N_("Of these, how many Telegram has taken.")),
        _number("confirmed", N_("Confirmed"), N_("Of these people, how many pressed that they had read it.")),
    ),
    "deliveries": (
        _number("number", N_("Number"), N_("Counts on from the first one.")),
        *_WHO,
        ExportColumn("kind", CellKind.TEXT, N_("Message"), N_("What kind of message it is."), words="message_kind"),
        _moment("due_at", N_("Due"), N_("When it was to be sent.")),
        ExportColumn("state", CellKind.TEXT, N_("State"), N_("What became of it."), words="delivery_state"),
        _moment("done_at", N_("Ended"), N_("When that became certain.")),
        _number("attempts", N_("Attempts"), N_("Requests to Telegram that may have arrived.")),
        _hidden(ExportColumn("error", CellKind.TEXT, N_("Refused"), N_("Why, in Telegram's words.")), _NO_TEXTS),
    ),
}
LABELS: Final[Mapping[str, str]] = {
    "people": N_("People"),
    "attendance": N_("Attendance"),
    "checkins": N_("Check-ins"),
    "lessons": N_("Lessons"),
    "answers": N_("Answers"),
    "questions": N_("Questions to us"),
    "alerts": N_("Alerts"),
    "broadcasts": N_("Broadcasts"),
    "deliveries": N_("Deliveries"),
}
NEVER: Final = (
    N_("Care sheets, notes about people, and why somebody is excused: they are in no file."),
    N_("The words of calls for help: they are in no file."),
    N_("That somebody was unwell: such a call stands here as a call for help."),
    N_("Organizers and coordinators: the tables are about teachers."),
    N_("Whoever has erased their data."),
)


def seen(table: str, role: Role) -> tuple[ExportColumn, ...]:
    """The columns of a table that somebody of this role may see."""
    return tuple(one for one in TABLES[table] if role in one.seen_by)


def withheld(tables: tuple[str, ...], role: Role) -> tuple[str, ...]:
    """Why columns of these tables are not for this role, each reason once."""
    hidden = [one.withheld for name in tables for one in TABLES[name] if role not in one.seen_by]
    return tuple(dict.fromkeys(hidden))
