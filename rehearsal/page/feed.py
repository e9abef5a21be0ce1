"""The changes that one open page has not been sent yet. Of a phone, only messages that changed are sent."""

from time import monotonic

import orjson

from rehearsal.page import render
from rehearsal.phones import Place
from rehearsal.session import RehearsalSession
from rehearsal.telegram.model import Json

_MAX_DRIFT_SECONDS = 0.4  # of the calendar; a page's own clock that is further off is set again


class Feed:
    """The changes for one page."""

    def __init__(self, session: RehearsalSession) -> None:
        self._session = session
        self._bubbles: dict[int, dict[int, bytes]] = {}
        self._places: dict[int, Place] = {}  # which chat is open on each phone
        self._toasts: dict[int, int] = {}
        self._sent: dict[str, bytes] = {}
        self._changed_phones: set[int] = set()
        self._clock = (0.0, 0.0, -1.0)  # real time, the calendar's time, speed, when last sent

    def mark_changed(self, phone_id: int) -> None:
        """Something may have changed on this phone."""
        self._changed_phones.add(phone_id)

    def take_changes(self) -> list[Json]:
        """Everything that differs from what was sent before."""
        events: list[Json] = []
        phones = self._session.phones
        for phone_id in [known for known in self._bubbles if known not in phones]:
            del self._bubbles[phone_id], self._places[phone_id]
            self._sent.pop(f"phone {phone_id}", None)
            events.append({"closed": phone_id})
        for phone_id in phones:
            if phone_id not in self._bubbles:
                self._bubbles[phone_id] = {}
                self._places[phone_id] = phones[phone_id].place
                self._toasts[phone_id] = len(phones[phone_id].account.toasts)
                self._changed_phones.add(phone_id)
        changed, self._changed_phones = self._changed_phones, set()
        for phone_id in phones:
            if phone_id in changed:
                events += self._phone(phone_id)
        events += self._clock_changes()
        for name, content in self._session.state().items():
            events += self._if_new(name, {name: content})
        return events

    def _phone(self, phone_id: int) -> list[Json]:
        phone = self._session.phones[phone_id]
        account = phone.account
        event: Json = {}
        phone.leaves_what_is_gone()
        drawn = render.bubbles(phone)
        if self._places.get(phone_id) != phone.place:  # another chat was opened: its messages have numbers of their own
            self._places[phone_id], self._bubbles[phone_id] = phone.place, {}
            event["opened"] = True
        head = {**render.phone(phone), **phone.label()}
        if self._if_new(f"phone {phone_id}", head):
            event["head"] = head
        known = self._bubbles[phone_id]
        packed = {number: orjson.dumps(bubble) for number, bubble in drawn.items()}
        changed = [drawn[number] for number, text in packed.items() if known.get(number) != text]
        gone = [number for number in known if number not in packed]
        self._bubbles[phone_id] = packed
        toasts = account.toasts[self._toasts[phone_id] :]
        self._toasts[phone_id] = len(account.toasts)
        event |= {name: value for name, value in (("bubbles", changed), ("gone", gone), ("toasts", toasts)) if value}
        return [{"phone": phone_id, **event}] if event else []

    def _clock_changes(self) -> list[Json]:
        clock = self._session.clock
        now, shown, speed = monotonic(), clock.now().timestamp(), clock.speed
        sent_at, sent, sent_speed = self._clock
        expected = sent + (now - sent_at) * sent_speed
        if speed == sent_speed and abs(shown - expected) < _MAX_DRIFT_SECONDS * max(1.0, speed):
            return []
        self._clock = (now, shown, speed)
        return [{"clock": {"now": round(shown * 1000), "speed": speed}}]

    def _if_new(self, name: str, content: Json) -> list[Json]:
        packed = orjson.dumps(content)
        if self._sent.get(name) == packed:
            return []
        self._sent[name] = packed
        return [content]
