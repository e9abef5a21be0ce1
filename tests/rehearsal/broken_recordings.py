"""What breaks a recording: broadcasts that phones do not show as decided, alerts that did not come again."""

from dataclasses import replace
from datetime import timedelta

from bot.programme import load
from rehearsal.alert_queries import OpenedAlert
from rehearsal.clock import RehearsalClock
from rehearsal.recorder import Recording
from rehearsal.staff import Organizer
from rehearsal.telegram import Account, World
from tests.kit import SEMINAR


def broadcast_decided(recording: Recording, *, corrected: bool) -> None:
    """A broadcast that is on a phone as it was, though an organizer has corrected it, or taken it back."""
    world = World(RehearsalClock(recording.now, speed=0))
    organizer = Organizer(Account(world, "Minji"), 1, 3, load(SEMINAR), on_duty=True, announcement="13:30")
    (organizer.broadcasts.corrected if corrected else organizer.broadcasts.taken_back).add(1)
    recording.users.append(organizer)
    chat = recording.rows[0].chat_id
    recording.rows[0] = replace(recording.rows[0], kind="broadcast", event="broadcast:1", key="broadcast:1:person-1")
    recording.on_phones = frozenset({(chat, 101)})


def waited(recording: Recording, minutes: float, *again: float) -> None:
    """A call for help that somebody took after so many minutes, and that came again at these."""
    opened = recording.rows[0].due_at
    last = opened + timedelta(minutes=again[-1]) if again else None
    had_at = opened + timedelta(minutes=minutes)
    recording.stored.alerts.append(OpenedAlert(1, "lost", opened, had_at, 0, len(again), last))
