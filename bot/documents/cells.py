"""Cells as JSON, between the bot and the process that reads and writes files."""

from datetime import date, datetime, time


def encoded(value: object) -> list[str]:
    """What JSON has no type for, as a list of its type and its text. Raises TypeError for others."""
    match value:
        case datetime():
            return ["moment", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
    raise TypeError(f"no cell: {type(value).__name__}")


def decoded(value: object) -> str | float | bool | date | time | None:
    """A cell that was encoded. Raises ValueError for what is none."""
    match value:
        case None | str() | bool() | float():
            return value
        case int():
            return float(value)
        case ["moment", str() as text]:
            return datetime.fromisoformat(text)
        case ["date", str() as text]:
            return date.fromisoformat(text)
        case ["time", str() as text]:
            return time.fromisoformat(text)
    raise ValueError("no cell")
