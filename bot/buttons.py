"""Every button's payload, typed and versioned, on one page.

A payload travels as `code:field:field` in at most 64 bytes of callback data. When the fields of one change, its code
gets a new number, and buttons that still hang in old messages are answered as old instead of being misread.
Those under what people typed are in `bot.buttons_typed`, those for organizers alone in `bot.buttons_staff`,
old ones that still count in `bot.buttons_old`.
"""

from datetime import date

from bot.payload import Payload

# --- arriving -------------------------------------------------------------------------------------------------------


class SetLanguage(Payload, code="lang1"):
    """Speak this language, the first step of joining."""

    language: str


class ChooseGroup(Payload, code="group1"):
    """This is my group."""

    group: str


class Consent(Payload, code="consent1"):
    """I have read what is stored about me: 1 agree, 0 do not."""

    agree: int


class KeepName(Payload, code="name1"):
    """The name on my account is the one to use."""


class AskAdmission(Payload, code="ask1"):
    """A stranger asks the organizers to be let in."""


class AnswerAdmission(Payload, code="admit1"):
    """An organizer lets a stranger in as `role`, or not (`no`). For a role of the staff it asks first."""

    admission: int
    role: str


class MakeInvite(Payload, code="invite1"):
    """Make an invitation for this role."""

    role: str


class AcceptRole(Payload, code="accept1"):
    """A member takes the role of the invitation of this ticket (in old buttons: of this code); "": as before."""

    code: str


# --- me -------------------------------------------------------------------------------------------------------------


class ChangeLanguage(Payload, code="speak1"):
    """A member: speak this language from now on."""

    language: str


class ChangeMe(Payload, code="me1"):
    """Change my `name`, `group` or `language`, `export` or `erase` my data, or go back to the `page`."""

    what: str


class MoveGroup(Payload, code="move1"):
    """A member: this is my group from now on."""

    group: str


class EraseMe(Payload, code="erase1"):
    """Yes, erase everything about me; organizers hear that someone left, not who."""


class EraseAndTell(Payload, code="leave1"):
    """Yes, erase everything about me, and tell the organizers by name that I left."""


# --- agenda ---------------------------------------------------------------------------------------------------------


class AgendaDay(Payload, code="day2"):
    """Show the agenda of this date."""

    on: date


class AgendaEveryone(Payload, code="dayall2"):
    """Show the agenda of a date with the sessions of every group."""

    on: date


class AgendaDays(Payload, code="days1"):
    """Show the list of days."""


class ShowPlace(Payload, code="place1"):
    """Send the map pin and the local address of a place."""

    place: str


class ShowDriver(Payload, code="driver1"):
    """Send the local address of a place as a driver reads it."""

    place: str


# --- practical information ------------------------------------------------------------------------------------------


class InfoList(Payload, code="infos1"):
    """Show the list of pages of practical information."""


class InfoOpen(Payload, code="info1"):
    """Show a page of practical information."""

    page: str


class InfoContacts(Payload, code="contacts1"):
    """Show whom to call."""


# --- lesson ---------------------------------------------------------------------------------------------------------


class LessonList(Payload, code="lessons1"):
    """Show all lessons."""


class LessonOpen(Payload, code="lesson1"):
    """Open a lesson where one left off."""

    lesson: str


class LessonCard(Payload, code="card1"):
    """Show card number `card` (from 1) of a lesson."""

    lesson: str
    card: int


class LessonPhoto(Payload, code="photo1"):
    """Send the picture of card number `card` (from 1) of a lesson."""

    lesson: str
    card: int


class LessonQuestion(Payload, code="quiz1"):
    """Show question number `question` (from 1) of a lesson's quiz; one past the last shows the result."""

    lesson: str
    question: int


class LessonAnswer(Payload, code="answer3"):
    """Answer question `question` of a lesson with its option `option` (from 1), or with where its `mark` is by now."""

    seminar: str
    lesson: str
    question: int
    option: int
    mark: str


# --- checkin --------------------------------------------------------------------------------------------------------


class CheckinHere(Payload, code="here2"):
    """I am here on the morning of this date."""

    on: date


class CheckinMood(Payload, code="mood2"):
    """How the day was, 1 (hard) to 5 (wonderful)."""

    on: date
    mood: int


class CheckinWords(Payload, code="words2"):
    """I want to say (1) or would rather not say (0) more about the day."""

    on: date
    more: int


class AbsenceList(Payload, code="missing2"):
    """Show who has not answered the check-in of a date (`morning` or `evening`), from page 0 on."""

    on: date
    slot: str
    page: int


class AccountFor(Payload, code="found2"):
    """Mark a missing person as accounted for, and show the page of the list again."""

    on: date
    slot: str
    person: int
    page: int


# --- help -----------------------------------------------------------------------------------------------------------


class AskHelp(Payload, code="help1"):
    """I need help: `help` (at once, from a check-in), `unwell`, `lost`, `question` or `other`."""

    kind: str


class TakeHelp(Payload, code="take1"):
    """An organizer takes a call for help."""

    call: int


class CloseHelp(Payload, code="close1"):
    """A call for help is settled."""

    call: int


class PassOn(Payload, code="pass1"):
    """Pass the text that I just wrote (message id) on to the organizers: 1 yes, 0 no."""

    message: int
    yes: int


class AnswerStaff(Payload, code="reply1"):
    """I answer what an organizer wrote to me (the number of that message)."""

    message: int


class NeverMind(Payload, code="never1"):
    """What I was about to write to someone is not wanted after all."""


class WriteTo(Payload, code="write1"):
    """An organizer writes to a person through the bot."""

    person: int


# --- broadcast and stats --------------------------------------------------------------------------------------------


class BroadcastAudience(Payload, code="audience1"):
    """Send to all members (`all`), all teachers (`teachers`), or those of a group (`group`, and its key)."""

    broadcast: int
    to: str
    group: str


class BroadcastSend(Payload, code="send1"):
    """Send the previewed broadcast, if its text is the one that message `text` shows."""

    broadcast: int
    text: int


class BroadcastDrop(Payload, code="stop1"):
    """Throw the preview away, or stop what has not been sent yet."""

    broadcast: int


class StatsPage(Payload, code="stats2"):
    """Show the numbers of a date as they are now."""

    on: date


def unpack(data: str) -> Payload | None:
    """The payload in callback data; None for one that this page does not know (an old or a forged button)."""
    return Payload.of(data)
