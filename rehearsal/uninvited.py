"""How people without an invitation behave when they are simulated."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.buttons.absence import AccountFor, ExcusePerson
from bot.buttons.admission import AnswerAdmission, AskAdmission
from bot.buttons.broadcast import BroadcastSend
from bot.buttons.help import CloseHelp
from bot.buttons.stats import StatsPage
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import ui_driver
from rehearsal.actions import MINUTE, ForgedPress, PlannedAction
from rehearsal.behaviours import Behaviour
from rehearsal.teacher import Teacher
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message
from rehearsal.user import SimulatedUser


class Latecomer(Teacher):
    """Has no code, asks to be let in, and behaves as a prompt teacher from then on."""

    def __init__(self, account: Account, seed: int, number: int, seminar: Seminar) -> None:
        super().__init__(account, Behaviour.PROMPT, seed, number, seminar)

    @property
    def always_there(self) -> bool:
        """Not from the beginning."""
        return False

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """Asks for admission, then as any teacher."""
        ask = next((one for one in ui_driver.payloads(message) if isinstance(one, AskAdmission)), None)
        return [PlannedAction(MINUTE, ask)] if ask is not None else super().react_to(message)


class Intruder(SimulatedUser):
    """Was never admitted, and forges presses of the buttons that organizers have."""

    behaviour = "intruder"

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """Forged presses, a minute apart."""
        if self.rng("again", message.date // 3600).random() < 0.5:
            return []
        today = datetime.fromtimestamp(message.date, UTC).date()
        wanted: tuple[Payload, ...] = (
            BroadcastSend(1, 1),
            AccountFor(today, "morning", 1, 0),
            ExcusePerson(today, "morning", 1, "ill", 0),
            AnswerAdmission(1, "organizer"),
            CloseHelp(1),
            StatsPage(today),
        )
        return [PlannedAction(MINUTE * number, ForgedPress(payload)) for number, payload in enumerate(wanted, 1)]
