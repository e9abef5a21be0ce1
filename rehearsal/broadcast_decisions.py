"""What a simulated organizer does about broadcasts that have gone: corrects one, takes another back."""

from collections.abc import Iterable, Sequence

from bot.buttons.broadcast import BroadcastOption
from bot.buttons.broadcast_card import BroadcastAct, BroadcastCorrect, BroadcastCorrectSure, BroadcastShow
from bot.payload import Payload
from rehearsal.actions import MINUTE, PlannedAction


class BroadcastDecisions:
    """Asks for *Got it* under the first broadcast and corrects it, and takes the second one back.

    `words` is what the first one should say; each is done once. Whatever is pressed is what the phone shows.
    """

    def __init__(self, words: str) -> None:
        self.words = words
        self._rewriting = PlannedAction(8 * MINUTE, words)
        self.corrected: set[int] = set()  # broadcasts that say something else now
        self.taken_back: set[int] = set()
        self._known: list[int] = []  # broadcasts, the oldest first
        self._done: set[tuple[int, str]] = set()

    def react_to(self, offered: Sequence[Payload]) -> Iterable[PlannedAction]:
        """The next step towards what was decided about the broadcast of this card; nothing for other messages."""
        for payload in offered:
            if (step := self._step(payload)) is not None and step not in self._done:
                self._done.add(step)
                what = step[1]
                after = 6 * MINUTE if what in {"correct", "sure"} else MINUTE / 2
                planned = [PlannedAction(after, payload)]
                return [*planned, self._rewriting] if what == "correct" else planned
        return []

    def _step(self, payload: Payload) -> tuple[int, str] | None:
        """Which broadcast, and what of it is decided by this button; None for other buttons."""
        match payload:
            case BroadcastOption(broadcast=number, option="confirmable", value="1"):
                place, what = 0, "got it"
            case BroadcastShow(broadcast=number, shown="correct"):
                place, what = 0, "correct"
            case BroadcastCorrect(broadcast=number):
                place, what = 0, "version"
            case BroadcastCorrectSure(broadcast=number):
                place, what = 0, "corrected"
            case BroadcastShow(broadcast=number, shown="sure"):
                place, what = 1, "sure"
            case BroadcastAct(broadcast=number, act="delete"):
                place, what = 1, "taken back"
            case _:
                return None
        return (number, what) if self._is(number, place) else None

    def record(self, payload: Payload) -> None:
        """Record what was pressed, to compare it with what phones show."""
        match payload:
            case BroadcastCorrectSure(broadcast=number):
                self.corrected.add(number)
            case BroadcastAct(broadcast=number, act="delete"):
                self.taken_back.add(number)

    def _is(self, number: int, place: int) -> bool:
        """Whether the broadcast is the one of that place, counted from 0."""
        if number not in self._known:
            self._known.append(number)
        return self._known.index(number) == place
