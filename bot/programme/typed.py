"""What an organizer types about the programme: times, and texts in one language or in several."""

import re
from collections.abc import Sequence
from datetime import time

from bot.languages import Language, Localized

_SPAN = re.compile(r"\s*(\d{1,2})[:.](\d{2})(?:\s*(?:-|–|—|to|до|то)\s*(\d{1,2})[:.](\d{2}))?\s*", re.IGNORECASE)
_LINE = re.compile(r"([a-z]{2})\s*[:：]\s*(.+)", re.IGNORECASE | re.DOTALL)


def read_span(text: str) -> tuple[time, time | None] | None:
    """A start, and an end where one is written: `9:30`, `09:30-11:00`; None for anything else."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    start, end = _time(found[1], found[2]), _time(found[3], found[4]) if found[3] else None
    if start is None or (found[3] and end is None):
        return None
    return start, end


def read_text(text: str, languages: Sequence[Language]) -> Localized:
    """A text in one language, which everybody reads as it is typed; or in several, a line each: `ru: ...`.

    A language whose line is missing reads the first that was typed.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [_LINE.fullmatch(line) for line in lines]
    typed = {one[1].lower(): one[2].strip() for one in found if one is not None}
    if len(typed) == len(lines) and set(typed) <= {language.value for language in languages}:
        return Localized(typed)
    return Localized({languages[0].value: " ".join(lines)})


def _time(hours: str, minutes: str) -> time | None:
    hour, minute = int(hours), int(minutes)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def of_minutes(minutes: int) -> time | None:
    """The time of day so many minutes after midnight; None for what is on no day."""
    return time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None
