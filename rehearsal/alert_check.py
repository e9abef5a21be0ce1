"""Whether alerts that nobody took came again, in time, and none came again once somebody had it."""

from datetime import timedelta
from typing import Final

from rehearsal.recorder import Recording

# From the opening to each time that the card comes again, as docs/organizers.md promises; written down a second time.
_SOS: Final = (timedelta(minutes=3), timedelta(minutes=6))
_OTHERS: Final = (timedelta(minutes=15), timedelta(minutes=30))
_PROMISED: Final = {
    "help": _SOS,
    "unwell": _SOS,
    "lost": _SOS,
    "question": _OTHERS,
    "other": _OTHERS,
    "mood": _OTHERS,
}
_GRACE: Final = timedelta(minutes=1)


def check(recording: Recording) -> tuple[list[str], str]:
    """Each alert that waited longer than promised came again, once for each step; none after it was taken."""
    broken, again = [], 0
    for one in recording.stored.alerts:
        again += one.came_again
        if one.kind not in _PROMISED or one.rounds:
            continue
        waited = (one.had_at or recording.now) - one.opened_at
        least = sum(waited > span + _GRACE for span in _PROMISED[one.kind])
        most = sum(waited > span - _GRACE for span in _PROMISED[one.kind])
        if not least <= one.came_again <= most:
            broken.append(f"alert {one.id} ({one.kind}) waited {waited} and came again {one.came_again} times")
        if one.had_at is not None and one.again_at is not None and one.again_at > one.had_at + _GRACE:
            broken.append(f"alert {one.id} came again after somebody had it")
    return broken, f"{len(recording.stored.alerts)} alerts, came again {again} times"
