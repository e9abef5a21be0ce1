"""How a simulated organizer decides in /upcoming: skips something and undoes it, postpones a lesson, sends one now."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import Enum, auto

from bot.buttons.upcoming import (
    UpcomingDay,
    UpcomingPostpone,
    UpcomingReader,
    UpcomingSend,
    UpcomingShow,
    UpcomingSkip,
    UpcomingUndo,
)
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import ui_driver
from rehearsal.actions import MINUTE, PlannedAction
from rehearsal.telegram.model import Message

_LINE = re.compile(r"^(\d+)\. .*?(\d\d:\d\d)", re.MULTILINE)
_STEP = MINUTE / 2


class Decide(Enum):
    """What is decided about a message."""

    SKIP_AND_UNDO = auto()
    POSTPONE = auto()
    SEND_NOW = auto()


@dataclass(frozen=True, slots=True)
class UpcomingVisit:
    """One look at /upcoming on a day: what is decided, and about the message of which hour."""

    day: int
    at: time
    decisions: tuple[tuple[Decide, time], ...]


_AFTERNOON = time(16, 20)


def visits(seminar: Seminar, days: int) -> tuple[UpcomingVisit, ...]:
    """The looks in so many days, in the order of time: on the first and the second of each week."""
    every = []
    for day in range(1, days + 1):
        hours = seminar.hours_of(day)
        match (day - 1) % 7:
            case 0:
                decisions = ((Decide.SKIP_AND_UNDO, hours.evening), (Decide.POSTPONE, hours.lesson))
                every.append(UpcomingVisit(day, _AFTERNOON, decisions))
            case 1:
                every.append(UpcomingVisit(day, _AFTERNOON, ((Decide.SEND_NOW, hours.lesson),)))
    return tuple(every)


class UpcomingDecisions:
    """Leads an organizer through the screens, one visit after the other; each begins with a written /upcoming."""

    def __init__(self, planned: Iterable[UpcomingVisit]) -> None:
        self.visits = tuple(planned)
        self._coming = iter(self.visits)
        self._visited: set[int] = set()  # messages with the list
        self._left: list[tuple[Decide, time]] = []
        self._pressed = False  # something was decided about the message that is shown

    def react_to(self, message: Message) -> list[PlannedAction]:
        """What is pressed on a screen of /upcoming; nothing on any other."""
        offered = list(ui_driver.payloads(message))
        kinds = {type(one) for one in offered}
        if kinds & {UpcomingReader, UpcomingUndo}:
            return self._on_item(offered)
        return self._on_list(message) if UpcomingDay in kinds else []

    def _on_list(self, message: Message) -> list[PlannedAction]:
        if message.id not in self._visited:
            self._visited.add(message.id)
            visit = next(self._coming, None)
            self._left = list(visit.decisions) if visit is not None else []
        numbers = {at: number for number, at in _LINE.findall(message.text)}
        while self._left:
            number = numbers.get(f"{self._left[0][1]:%H:%M}")
            for row in message.keyboard:
                for button in row:
                    payload = ui_driver.payload_of(button)
                    if isinstance(payload, UpcomingShow) and button.text == number:
                        self._pressed = False
                        return [PlannedAction(_STEP, payload)]
            self._left.pop(0)  # nothing is sent at that hour
        return []

    def _on_item(self, offered: list[Payload]) -> list[PlannedAction]:
        if not self._left:
            return []
        decision = self._left[0][0]
        for payload in offered:
            match payload:
                case UpcomingUndo() if decision is Decide.SKIP_AND_UNDO:
                    return [PlannedAction(_STEP, payload)]
                case UpcomingSkip() if decision is Decide.SKIP_AND_UNDO and not self._pressed:
                    return self._press(payload)
                case UpcomingPostpone(minutes=15) if decision is Decide.POSTPONE and not self._pressed:
                    return self._press(payload)
                case UpcomingSend() if decision is Decide.SEND_NOW and not self._pressed:
                    return self._press(payload)
        self._left.pop(0)
        return [PlannedAction(_STEP, one) for one in offered if isinstance(one, UpcomingDay)][:1]

    def _press(self, payload: Payload) -> list[PlannedAction]:
        self._pressed = True
        return [PlannedAction(_STEP, payload)]
