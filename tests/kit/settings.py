"""Settings of the bots under test."""

from datetime import date
from pathlib import Path
from typing import Any

from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
SEMINAR = ROOT / "seminars" / "sejong-2025"
TOKEN = "1:rehearsal"
OWNER = 7_100_000_001  # the first account that a World makes


def settings(folder: Path, **changes: Any) -> Settings:
    """Settings for a bot whose files are in `folder`, untouched by the environment's own."""
    values: dict[str, Any] = {
        "token": TOKEN,
        "owners": frozenset({OWNER}),
        "seminar": SEMINAR,
        "starts_on": date(2025, 8, 4),
        "database": folder / "hamroh.db",
        "rate": 1000.0,
        **changes,
    }
    return Settings(_env_file=None, **values)
