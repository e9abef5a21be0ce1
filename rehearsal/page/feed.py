"""What one open page has not been told yet. Only what changed travels: a phone's bubbles one by one."""

from time import monotonic
from typing import TYPE_CHECKING

import orjson

from rehearsal.page import render
from rehearsal.telegram.model import Json

if TYPE_CHECKING:
    from rehearsal.scene import Scene

_DRIFT = 0.4  # seconds of the calendar that a page's own clock may be off before it is set again


class Feed:
    """The news for one page. `news()` empties it."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._bubbles: dict[int, dict[int, bytes]] = {}
        self._toasts: dict[int, int] = {}
        self._told: dict[str, bytes] = {}
        self._touched: set[int] = set()
        self._clock = (0.0, 0.0, -1.0)  # machine's seconds, calendar's seconds, speed, when last told

    def touch(self, phone_id: int) -> None:
        """Something may have changed on this phone."""
        self._touched.add(phone_id)

    def news(self) -> list[Json]:
        """Everything that differs from what was told before."""
        events: list[Json] = []
        shown = self._scene.shown
        for phone_id in [known for known in self._bubbles if known not in shown]:
            del self._bubbles[phone_id]
            self._told.pop(f"phone {phone_id}", None)
            events.append({"closed": phone_id})
        for phone_id in shown:
            if phone_id not in self._bubbles:
                self._bubbles[phone_id] = {}
                self._toasts[phone_id] = len(shown[phone_id].account.toasts)
                self._touched.add(phone_id)
        touched, self._touched = self._touched, set()
        for phone_id in shown:
            if phone_id in touched:
                events += self._phone(phone_id)
        events += self._clock_news()
        for name, content in self._scene.signs().items():
            events += self._if_new(name, {name: content})
        return events

    def _phone(self, phone_id: int) -> list[Json]:
        shown = self._scene.shown[phone_id]
        account = shown.account
        event: Json = {}
        head = {**render.phone(account), **shown.about()}
        if self._if_new(f"phone {phone_id}", head):
            event["head"] = head
        drawn = render.bubbles(account)
        known = self._bubbles[phone_id]
        packed = {number: orjson.dumps(bubble) for number, bubble in drawn.items()}
        changed = [drawn[number] for number, text in packed.items() if known.get(number) != text]
        gone = [number for number in known if number not in packed]
        self._bubbles[phone_id] = packed
        toasts = account.toasts[self._toasts[phone_id] :]
        self._toasts[phone_id] = len(account.toasts)
        event |= {name: value for name, value in (("bubbles", changed), ("gone", gone), ("toasts", toasts)) if value}
        return [{"phone": phone_id, **event}] if event else []

    def _clock_news(self) -> list[Json]:
        clock = self._scene.clock
        here, shown, speed = monotonic(), clock.now().timestamp(), clock.speed
        then, told, pace = self._clock
        expected = told + (here - then) * pace
        if speed == pace and abs(shown - expected) < _DRIFT * max(1.0, speed):
            return []
        self._clock = (here, shown, speed)
        return [{"clock": {"now": round(shown * 1000), "speed": speed}}]

    def _if_new(self, name: str, content: Json) -> list[Json]:
        packed = orjson.dumps(content)
        if self._told.get(name) == packed:
            return []
        self._told[name] = packed
        return [content]
