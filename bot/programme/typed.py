"""What an organizer types about the programme: times, and texts in one language or in several."""

import re
from collections.abc import Sequence
from datetime import time

from bot.languages import Language, Localized

_AT = r"(\d{1,2})(?:\s*[:.：]\s*(\d{2})|\s*시(?:\s*(\d{1,2})\s*분)?)"  # 9:30, 9.30, 9시 30분, 9시
_TO = r"(?:[-‐-―−~～〜]|to|до|то|에서|부터)"  # the dashes of keyboards, and Korean's tilde
_SPAN = re.compile(rf"\s*(?:(?:from|с|аз)\s+)?{_AT}(?:\s*{_TO}\s*{_AT}\s*(?:까지)?)?\s*", re.IGNORECASE)
_LINE = re.compile(r"([a-z]{2})\s*[:：]\s*(.+)", re.IGNORECASE | re.DOTALL)


def read_span(text: str) -> tuple[time, time | None] | None:
    """A start, and an end where one is written: `9:30`, `09:30-11:00`, `с 9:30 до 11:00`; None for anything else.

    What ends at midnight ends at the day's last minute, 23:59.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    start = _time(found[1], found[2] or found[3])
    if start is None or not found[4]:
        return None if start is None else (start, None)
    end = _end(found[4], found[5] or found[6])
    return None if end is None else (start, end)


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


def _time(hours: str, minutes: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _end(hours: str, minutes: str | None) -> time | None:
    is_midnight = int(hours) in {0, 24} and int(minutes or 0) == 0
    return time(23, 59) if is_midnight else _time(hours, minutes)


def of_minutes(minutes: int) -> time | None:
    """The time of day so many minutes after midnight; None for what is on no day."""
    return time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None
