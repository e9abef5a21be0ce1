"""How organizers and coordinators behave when they are simulated."""

from collections.abc import Iterable, Sequence

from bot.buttons.absence import AbsenceShow, AccountFor
from bot.buttons.admission import AdmissionOpen, AnswerAdmission
from bot.buttons.alert import ReopenAlert, SettleAlert, TakeAlert
from bot.buttons.broadcast import BroadcastAudience, BroadcastSend
from bot.buttons.export import ExportMake
from bot.buttons.headcount import HeadcountBefore, HeadcountClose, HeadcountMark, HeadcountPing, HeadcountShow
from bot.buttons.programme import ProgrammeDays
from bot.buttons.programme_change import ChangeRemind, ChangeUnseen
from bot.buttons.relay import WriteTo
from bot.buttons.stats import StatsMeaning, StatsOf, StatsPage
from bot.languages import Language
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import ui_driver
from rehearsal.actions import MINUTE, Action, PlannedAction
from rehearsal.behaviours import THANKS
from rehearsal.broadcast_decisions import BroadcastDecisions
from rehearsal.message_content import Content, ContentType
from rehearsal.programme_changes import ProgrammeChange, ProgrammeEditor
from rehearsal.reading import after_reading
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message
from rehearsal.upcoming_decisions import UpcomingDecisions, UpcomingVisit
from rehearsal.user import SimulatedUser

QUESTIONS_TO_ABSENT = {
    Language.TAJIK: "Ассалому алейкум! Шумо хубед?",
    Language.RUSSIAN: "Здравствуйте! У вас всё в порядке?",
    Language.ENGLISH: "Hello! Are you all right?",
    Language.KOREAN: "안녕하세요! 괜찮으세요?",
}
_DELAYS_MINUTES: dict[type[Payload], int] = {
    AbsenceShow: 1,
    SettleAlert: 25,
    BroadcastSend: 1,
    AdmissionOpen: 4,
    AnswerAdmission: 5,
}
_OF_CARDS = (AccountFor, TakeAlert, SettleAlert, ReopenAlert)  # what is on a card besides somebody's words
# Most alerts are taken at once; some wait past all steps of a call for help, some past the first of others.
_TAKEN_AFTER_MINUTES = (2, 8, 2, 2, 20)
_PROGRAMME_CHANGES = {
    Language.ENGLISH: "🚌 <The bus> leaves at 13:30 & not at 13:00.",
    Language.TAJIK: "🚌 <Автобус> соати 13:30 меравад & на соати 13:00.",
    Language.RUSSIAN: "🚌 <Автобус> отправляется в 13:30 & не в 13:00.",
    Language.KOREAN: "🚌 <버스>는 13:00가 아니라 & 13:30에 출발합니다.",
}


def programme_change(languages: Sequence[Language]) -> str:
    """A change of the programme as an organizer types it: once in each language, with signs that HTML would misread."""
    return "\n".join(text for language, text in _PROGRAMME_CHANGES.items() if language in languages)


class Organizer(SimulatedUser):
    """Accounts for absent people, closes calls for help, admits people who ask, sends broadcasts, counts heads.

    Corrects and takes back a broadcast; some alerts wait until they come again.

    Only the organizer `on_duty` does so, and looks who has not seen what has changed; the others only read. Each makes
    the given `changes` of the programme and `visits` to /upcoming, when these commands are written for them.
    """

    behaviour = "organizer"

    def __init__(
        self,
        account: Account,
        seed: int,
        number: int,
        seminar: Seminar,
        *,
        on_duty: bool,
        announcement: str = "",
        changes: Iterable[ProgrammeChange] = (),
        visits: Iterable[UpcomingVisit] = (),
    ) -> None:
        super().__init__(account, seed, number)
        self.on_duty = on_duty
        self._announcement = announcement
        self.programme = ProgrammeEditor(self, seminar, changes)
        self.upcoming = UpcomingDecisions(visits)
        self.broadcasts = BroadcastDecisions(announcement.replace("13:30", "14:00"))
        self._minute = 0  # of the message that is being read
        self._reminded_of: set[int] = set()  # versions of the programme
        self._written_to: set[int] = set()
        self._broadcasts_sent = 0
        self._headcounts: set[int] = set()

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """Joins; on duty, does the next thing that an alert asks for."""
        if (joining := ui_driver.joining_step(message, self.account.language_code, self.number)) is not None:
            return [PlannedAction(4, joining)]
        if deciding := self.programme.react_to(message) or self.upcoming.react_to(message):
            return deciding
        offered = list(ui_driver.payloads(message))
        if not self.on_duty:
            return []
        if deciding := list(self.broadcasts.react_to(offered)):
            return deciding
        passed_on = any(isinstance(one, WriteTo) for one in offered)
        if passed_on and not any(
            isinstance(one, AccountFor | TakeAlert | SettleAlert | ReopenAlert) for one in offered
        ):
            return [*self._next_actions(offered), *after_reading(self, message, THANKS)]
        return self._next_actions(offered)

    def record(self, payload: Payload) -> None:
        """Record what was decided about broadcasts."""
        self.broadcasts.record(payload)

    def _next_actions(self, offered: list[Payload]) -> list[PlannedAction]:
        """One press at a time: the message changes after each, and is looked at again."""
        absent = next((one for one in offered if isinstance(one, AccountFor)), None)
        if absent is not None:
            return [*self._write_first(absent, offered), PlannedAction(4 * MINUTE, absent)]
        if following := self._count(offered) or self._follow_version(offered):
            return following
        for payload in offered:
            match payload:
                case AbsenceShow(page=0) | AbsenceShow(shown="excuse") | AbsenceShow(shown="excused"):
                    continue
                case BroadcastAudience(to="all"):
                    return [PlannedAction(MINUTE / 2, payload), PlannedAction(2 * MINUTE, self._announcement_content())]
                case AbsenceShow() | TakeAlert() | SettleAlert() | BroadcastSend():
                    return [PlannedAction(self._delay(payload), payload)]
                case AdmissionOpen() | AnswerAdmission(role="teacher"):
                    return [PlannedAction(self._delay(payload), payload)]
        return []

    def _delay(self, payload: Payload) -> float:
        """Seconds until it is pressed. Numbers of alerts follow no seed; the minute of their message does."""
        if isinstance(payload, TakeAlert):
            return self.rng("take", self._minute).choice(_TAKEN_AFTER_MINUTES) * MINUTE
        return _DELAYS_MINUTES[type(payload)] * MINUTE

    def _count(self, offered: list[Payload]) -> list[PlannedAction]:
        """Before a departure: starts, reminds once, calls the roll of who is still missing, and closes."""
        for payload in offered:
            match payload:
                case HeadcountPing(headcount=number) if number not in self._headcounts:
                    self._headcounts.add(number)
                    roll_call = HeadcountShow(number, "roll", 0)
                    later = ((3, payload), (8, roll_call), (12, HeadcountClose(number)))
                    return [PlannedAction(minutes * MINUTE, one) for minutes, one in later]
                case HeadcountMark(here=1):
                    return [PlannedAction(MINUTE / 4, payload)]
                case HeadcountBefore():
                    return [PlannedAction(MINUTE / 2, payload)]
        return []

    def _follow_version(self, offered: list[Payload]) -> list[PlannedAction]:
        """An hour after publishing: looks who has not seen the version, and reminds them once."""
        for payload in offered:
            match payload:
                case ChangeRemind(version=version) if version not in self._reminded_of:
                    self._reminded_of.add(version)
                    return [PlannedAction(MINUTE, payload)]
                case ChangeUnseen() if any(isinstance(one, ProgrammeDays) for one in offered):
                    return [PlannedAction(60 * MINUTE, payload)]
        return []

    def _announcement_content(self) -> Action:
        """First as plain text, later as bold text, a link and pictures."""
        self._broadcasts_sent += 1
        content_type = (ContentType.BOLD, ContentType.ALBUM, ContentType.LINK)[self._broadcasts_sent % 3]
        return self._announcement if self._broadcasts_sent == 1 else Content(content_type, self._announcement)

    def _write_first(self, absent: AccountFor, offered: list[Payload]) -> list[PlannedAction]:
        write = next((one for one in offered if isinstance(one, WriteTo) and one.person == absent.person), None)
        if write is None or write.person in self._written_to:
            return []
        self._written_to.add(write.person)
        question = QUESTIONS_TO_ABSENT[Language(self.account.language_code)]
        return [PlannedAction(MINUTE, write), PlannedAction(2 * MINUTE, question)]


class Coordinator(SimulatedUser):
    """Joins, turns one page back when the numbers come, walks through their topics once, and takes a file home once."""

    behaviour = "coordinator"

    def __init__(self, account: Account, seed: int, number: int) -> None:
        super().__init__(account, seed, number)
        self._answered: set[int] = set()  # messages
        self._exports = False
        self._topics: set[str] = set()  # whose numbers were looked at

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """Joins; turns the page once; asks for one file."""
        if (joining := ui_driver.joining_step(message, self.account.language_code, self.number)) is not None:
            return [PlannedAction(4, joining)]
        pages = [one for one in ui_driver.payloads(message) if isinstance(one, StatsPage)]
        if pages and message.id not in self._answered:
            self._answered.add(message.id)
            return [PlannedAction(MINUTE, pages[0]), *self._next_topic(message, 2 * MINUTE), *self._asks_for_file()]
        if any(isinstance(one, StatsMeaning) for one in ui_driver.payloads(message)):
            return self._next_topic(message, MINUTE)
        files = [one for one in ui_driver.payloads(message) if isinstance(one, ExportMake)]
        if files and message.id not in self._answered:
            self._answered.add(message.id)
            return [PlannedAction(MINUTE, files[0])]
        return []

    def _next_topic(self, message: Message, after: float) -> list[PlannedAction]:
        """Go on to the first topic that was not looked at yet."""
        topics = [one for one in ui_driver.payloads(message) if isinstance(one, StatsOf)]
        new = next((one for one in topics if one.topic not in self._topics), None)
        if new is None:
            return []
        self._topics.add(new.topic)
        return [PlannedAction(after, new)]

    def _asks_for_file(self) -> list[PlannedAction]:
        if self._exports:
            return []
        self._exports = True
        return [PlannedAction(3 * MINUTE, "/export")]
