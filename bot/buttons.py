"""Every button's payload, typed and versioned, on one page.

A payload travels as `CODE:field:field` in at most 64 bytes of callback data. When the fields of one change, its code
gets a new number, and buttons that still hang in old messages are answered as old instead of being misread.
"""

from dataclasses import dataclass, fields
from typing import ClassVar, Self

from telegram import InlineKeyboardButton

_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Payload:
    """What a button carries. Fields are `int` or `str`; a `str` holds no colon."""

    CODE: ClassVar[str] = ""

    def pack(self) -> str:
        """The callback data. Raises ValueError when it would be longer than Telegram carries."""
        data = ":".join([self.CODE, *(str(getattr(self, field.name)) for field in fields(self))])
        if len(data.encode()) > _LIMIT:
            raise ValueError(f"callback data over {_LIMIT} bytes: {data}")
        return data

    @classmethod
    def _unpack(cls, parts: list[str]) -> Self:
        kinds = [field.type for field in fields(cls)]
        if len(parts) != len(kinds):
            raise ValueError("another number of fields")
        return cls(*(int(part) if kind is int else part for part, kind in zip(parts, kinds, strict=True)))

    def button(self, label: str) -> InlineKeyboardButton:
        """A button with this payload."""
        return InlineKeyboardButton(label, callback_data=self.pack())


# --- arriving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetLanguage(Payload):
    """Speak this language, the first step of joining."""

    CODE: ClassVar[str] = "lang1"
    language: str


@dataclass(frozen=True, slots=True)
class ChooseGroup(Payload):
    """This is my group."""

    CODE: ClassVar[str] = "group1"
    group: str


@dataclass(frozen=True, slots=True)
class Consent(Payload):
    """I have read what is stored about me: 1 agree, 0 do not."""

    CODE: ClassVar[str] = "consent1"
    agree: int


@dataclass(frozen=True, slots=True)
class KeepName(Payload):
    """The name on my account is the one to use."""

    CODE: ClassVar[str] = "name1"


@dataclass(frozen=True, slots=True)
class AskAdmission(Payload):
    """A stranger asks the organizers to be let in."""

    CODE: ClassVar[str] = "ask1"


@dataclass(frozen=True, slots=True)
class AnswerAdmission(Payload):
    """An organizer lets a stranger in as `role`, or not (`no`)."""

    CODE: ClassVar[str] = "admit1"
    admission: int
    role: str


@dataclass(frozen=True, slots=True)
class MakeInvite(Payload):
    """Make an invitation for this role."""

    CODE: ClassVar[str] = "invite1"
    role: str


@dataclass(frozen=True, slots=True)
class AcceptRole(Payload):
    """A member takes the role of the invitation with this code; without a code, stays what they are."""

    CODE: ClassVar[str] = "accept1"
    code: str


# --- me -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeLanguage(Payload):
    """A member: speak this language from now on."""

    CODE: ClassVar[str] = "speak1"
    language: str


@dataclass(frozen=True, slots=True)
class ChangeMe(Payload):
    """Change my `name`, `group` or `language`, `export` or `erase` my data, or go back to the `page`."""

    CODE: ClassVar[str] = "me1"
    what: str


@dataclass(frozen=True, slots=True)
class MoveGroup(Payload):
    """A member: this is my group from now on."""

    CODE: ClassVar[str] = "move1"
    group: str


@dataclass(frozen=True, slots=True)
class EraseMe(Payload):
    """Yes, erase everything about me."""

    CODE: ClassVar[str] = "erase1"


# --- agenda ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgendaDay(Payload):
    """Show the agenda of the day with this number."""

    CODE: ClassVar[str] = "day1"
    day: int


@dataclass(frozen=True, slots=True)
class AgendaEveryone(Payload):
    """Show the agenda of a day with the sessions of every group."""

    CODE: ClassVar[str] = "dayall1"
    day: int


@dataclass(frozen=True, slots=True)
class AgendaDays(Payload):
    """Show the list of days."""

    CODE: ClassVar[str] = "days1"


@dataclass(frozen=True, slots=True)
class ShowPlace(Payload):
    """Send the map pin and the Korean address of a place."""

    CODE: ClassVar[str] = "place1"
    place: str


@dataclass(frozen=True, slots=True)
class ShowDriver(Payload):
    """Send the Korean address of a place as a driver reads it."""

    CODE: ClassVar[str] = "driver1"
    place: str


# --- practical information ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InfoList(Payload):
    """Show the list of pages of practical information."""

    CODE: ClassVar[str] = "infos1"


@dataclass(frozen=True, slots=True)
class InfoOpen(Payload):
    """Show a page of practical information."""

    CODE: ClassVar[str] = "info1"
    page: str


@dataclass(frozen=True, slots=True)
class InfoContacts(Payload):
    """Show whom to call."""

    CODE: ClassVar[str] = "contacts1"


# --- lesson ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LessonList(Payload):
    """Show all lessons."""

    CODE: ClassVar[str] = "lessons1"


@dataclass(frozen=True, slots=True)
class LessonOpen(Payload):
    """Open a lesson where one left off."""

    CODE: ClassVar[str] = "lesson1"
    lesson: str


@dataclass(frozen=True, slots=True)
class LessonCard(Payload):
    """Show card number `card` (from 1) of a lesson."""

    CODE: ClassVar[str] = "card1"
    lesson: str
    card: int


@dataclass(frozen=True, slots=True)
class LessonPhoto(Payload):
    """Send the picture of card number `card` (from 1) of a lesson."""

    CODE: ClassVar[str] = "photo1"
    lesson: str
    card: int


@dataclass(frozen=True, slots=True)
class LessonQuestion(Payload):
    """Show question number `question` (from 1) of a lesson's quiz; one past the last shows the result."""

    CODE: ClassVar[str] = "quiz1"
    lesson: str
    question: int


@dataclass(frozen=True, slots=True)
class LessonAnswer(Payload):
    """Answer question number `question` with option number `option` (both from 1)."""

    CODE: ClassVar[str] = "answer1"
    lesson: str
    question: int
    option: int


# --- checkin --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckinHere(Payload):
    """I am here this morning (day number)."""

    CODE: ClassVar[str] = "here1"
    day: int


@dataclass(frozen=True, slots=True)
class CheckinMood(Payload):
    """How the day was, 1 (hard) to 5 (wonderful)."""

    CODE: ClassVar[str] = "mood1"
    day: int
    mood: int


@dataclass(frozen=True, slots=True)
class CheckinWords(Payload):
    """I want to say (1) or would rather not say (0) more about the day."""

    CODE: ClassVar[str] = "words1"
    day: int
    more: int


@dataclass(frozen=True, slots=True)
class MissingList(Payload):
    """Show who has not answered the check-in of a day (`morning` or `evening`), from page 0 on."""

    CODE: ClassVar[str] = "missing1"
    day: int
    slot: str
    page: int


@dataclass(frozen=True, slots=True)
class AccountFor(Payload):
    """Mark a missing person as accounted for, and show the page of the list again."""

    CODE: ClassVar[str] = "found1"
    day: int
    slot: str
    person: int
    page: int


# --- help -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskHelp(Payload):
    """I need help: `help` (at once, from a check-in), `unwell`, `lost`, `question` or `other`."""

    CODE: ClassVar[str] = "help1"
    kind: str


@dataclass(frozen=True, slots=True)
class TakeHelp(Payload):
    """An organizer takes a call for help."""

    CODE: ClassVar[str] = "take1"
    call: int


@dataclass(frozen=True, slots=True)
class CloseHelp(Payload):
    """A call for help is settled."""

    CODE: ClassVar[str] = "close1"
    call: int


@dataclass(frozen=True, slots=True)
class PassOn(Payload):
    """Pass the text that I just wrote (message id) on to the organizers: 1 yes, 0 no."""

    CODE: ClassVar[str] = "pass1"
    message: int
    yes: int


@dataclass(frozen=True, slots=True)
class AnswerStaff(Payload):
    """I answer what an organizer wrote to me (the number of that message)."""

    CODE: ClassVar[str] = "reply1"
    message: int


@dataclass(frozen=True, slots=True)
class WriteTo(Payload):
    """An organizer writes to a person through the bot."""

    CODE: ClassVar[str] = "write1"
    person: int


# --- broadcast and stats --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BroadcastAudience(Payload):
    """Send to all members (`all`), all teachers (`teachers`), or those of a group (`group`, and its key)."""

    CODE: ClassVar[str] = "audience1"
    broadcast: int
    to: str
    group: str


@dataclass(frozen=True, slots=True)
class BroadcastSend(Payload):
    """Send the previewed broadcast, if its text is still the one of message `text`."""

    CODE: ClassVar[str] = "send1"
    broadcast: int
    text: int


@dataclass(frozen=True, slots=True)
class BroadcastDrop(Payload):
    """Throw the preview away, or stop what has not been sent yet."""

    CODE: ClassVar[str] = "stop1"
    broadcast: int


@dataclass(frozen=True, slots=True)
class StatsPage(Payload):
    """Show the numbers of a day anew (0: of today)."""

    CODE: ClassVar[str] = "stats1"
    day: int


_KINDS: tuple[type[Payload], ...] = (
    SetLanguage,
    ChooseGroup,
    Consent,
    KeepName,
    AskAdmission,
    AnswerAdmission,
    MakeInvite,
    AcceptRole,
    ChangeLanguage,
    ChangeMe,
    MoveGroup,
    EraseMe,
    AgendaDay,
    AgendaEveryone,
    AgendaDays,
    ShowPlace,
    ShowDriver,
    InfoList,
    InfoOpen,
    InfoContacts,
    LessonList,
    LessonOpen,
    LessonCard,
    LessonPhoto,
    LessonQuestion,
    LessonAnswer,
    CheckinHere,
    CheckinMood,
    CheckinWords,
    MissingList,
    AccountFor,
    AskHelp,
    TakeHelp,
    CloseHelp,
    PassOn,
    AnswerStaff,
    WriteTo,
    BroadcastAudience,
    BroadcastSend,
    BroadcastDrop,
    StatsPage,
)
_KNOWN = {kind.CODE: kind for kind in _KINDS}


def unpack(data: str) -> Payload | None:
    """The payload in callback data; None for one that this version does not know (an old or a forged button)."""
    code, *parts = data.split(":")
    kind = _KNOWN.get(code)
    try:
        return kind._unpack(parts) if kind else None  # noqa: SLF001 - same page
    except ValueError:
        return None
