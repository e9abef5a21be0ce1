"""How organizers, coordinators and uninvited people behave when nobody plays them by hand."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.buttons.absence import AbsenceList, AccountFor
from bot.buttons.admission import AdmissionOpen, AnswerAdmission, AskAdmission
from bot.buttons.broadcast import BroadcastAudience, BroadcastSend
from bot.buttons.help import CloseHelp, TakeHelp, WriteTo
from bot.buttons.stats import StatsPage
from bot.languages import Language
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import hands
from rehearsal.habits import Habit, Teacher
from rehearsal.player import MINUTE, Do, Forged, Intention, Player
from rehearsal.saying import Say, Thing
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message

_CARE = {
    "tg": "Ассалому алейкум! Шумо хубед?",
    "ru": "Здравствуйте! У вас всё в порядке?",
    "en": "Hello! Are you all right?",
    "ko": "안녕하세요! 괜찮으세요?",
}
_MINUTES: dict[type[Payload], int] = {
    AbsenceList: 1,
    TakeHelp: 2,
    CloseHelp: 25,
    BroadcastSend: 1,
    AdmissionOpen: 4,
    AnswerAdmission: 5,
}
_NEWS = {
    Language.ENGLISH: "🚌 <The bus> leaves at 13:30 & not at 13:00.",
    Language.TAJIK: "🚌 <Автобус> соати 13:30 меравад & на соати 13:00.",
    Language.RUSSIAN: "🚌 <Автобус> отправляется в 13:30 & не в 13:00.",
    Language.KOREAN: "🚌 <버스>는 13:00가 아니라 & 13:30에 출발합니다.",
}


def news(languages: Sequence[Language]) -> str:
    """A change of the programme as an organizer types it: once in each language, with signs that HTML would misread."""
    return "\n".join(text for language, text in _NEWS.items() if language in languages)


class Organizer(Player):
    """Marks who is missing as accounted for, settles calls for help, lets strangers in, sends broadcasts.

    Only the organizer `on_duty` does so; the others read along.
    """

    habit = "organizer"

    def __init__(self, account: Account, seed: int, number: int, *, on_duty: bool, tells: str = "") -> None:
        super().__init__(account, seed, number)
        self.on_duty = on_duty
        self._tells = tells  # in broadcasts
        self._written: set[int] = set()
        self._sent = 0  # broadcasts

    def intends(self, bubble: Message) -> Iterable[Intention]:
        """Joins; on duty, does the next thing that an alert asks for."""
        if (joining := hands.joining_step(bubble, self.account.language_code, self.number)) is not None:
            return [Intention(4, joining)]
        return self._duty(list(hands.payloads(bubble))) if self.on_duty else []

    def _duty(self, offered: list[Payload]) -> list[Intention]:
        """One press at a time: the message changes after each, and is looked at again."""
        absent = next((one for one in offered if isinstance(one, AccountFor)), None)
        if absent is not None:
            return [*self._asks(absent, offered), Intention(4 * MINUTE, absent)]
        for payload in offered:
            match payload:
                case AbsenceList(page=0):
                    continue
                case BroadcastAudience(to="all"):
                    return [Intention(MINUTE / 2, payload), Intention(2 * MINUTE, self._news())]
                case AbsenceList() | TakeHelp() | CloseHelp() | BroadcastSend():
                    return [Intention(_MINUTES[type(payload)] * MINUTE, payload)]
                case AdmissionOpen() | AnswerAdmission(role="teacher"):
                    return [Intention(_MINUTES[type(payload)] * MINUTE, payload)]
        return []

    def _news(self) -> Do:
        """The first in plain words, the next as bold text, a link and pictures."""
        self._sent += 1
        thing = (Thing.BOLD, Thing.ALBUM, Thing.LINK)[self._sent % 3]
        return self._tells if self._sent == 1 else Say(thing, self._tells)

    def _asks(self, absent: AccountFor, offered: list[Payload]) -> list[Intention]:
        write = next((one for one in offered if isinstance(one, WriteTo) and one.person == absent.person), None)
        if write is None or write.person in self._written:
            return []
        self._written.add(write.person)
        return [Intention(MINUTE, write), Intention(2 * MINUTE, _CARE[self.account.language_code])]


class Coordinator(Player):
    """Joins, and turns one page back when the numbers come."""

    habit = "coordinator"

    def __init__(self, account: Account, seed: int, number: int) -> None:
        super().__init__(account, seed, number)
        self._turned: set[int] = set()  # messages

    def intends(self, bubble: Message) -> Iterable[Intention]:
        """Joins; turns the page once."""
        if (joining := hands.joining_step(bubble, self.account.language_code, self.number)) is not None:
            return [Intention(4, joining)]
        pages = [one for one in hands.payloads(bubble) if isinstance(one, StatsPage)]
        if pages and bubble.id not in self._turned:
            self._turned.add(bubble.id)
            return [Intention(MINUTE, pages[0])]
        return []


class Latecomer(Teacher):
    """Has no code, asks to be let in, and is a prompt teacher from then on."""

    def __init__(self, account: Account, seed: int, number: int, seminar: Seminar) -> None:
        super().__init__(account, Habit.PROMPT, seed, number, seminar)

    @property
    def always_there(self) -> bool:
        """Not from the beginning."""
        return False

    def intends(self, bubble: Message) -> Iterable[Intention]:
        """Asks for admission, then as any teacher."""
        ask = next((one for one in hands.payloads(bubble) if isinstance(one, AskAdmission)), None)
        return [Intention(MINUTE, ask)] if ask is not None else super().intends(bubble)


class Intruder(Player):
    """Was never let in, and taps what organizers have under their messages."""

    habit = "intruder"

    def intends(self, bubble: Message) -> Iterable[Intention]:
        """Forged taps, a minute apart."""
        if self.chance("again", bubble.date // 3600).random() < 0.5:
            return []
        today = datetime.fromtimestamp(bubble.date, UTC).date()
        wanted: tuple[Payload, ...] = (
            BroadcastSend(1, 1),
            AccountFor(today, "morning", 1, 0),
            AnswerAdmission(1, "organizer"),
            CloseHelp(1),
            StatsPage(today),
        )
        return [Intention(MINUTE * number, Forged(payload)) for number, payload in enumerate(wanted, 1)]
