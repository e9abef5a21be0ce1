"""Whether people can be let into a seminar: it is not over, and its phone numbers are somebody's."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.programme.locate import line_of
from bot.programme.model import Seminar

# Numbers that can be nobody's, digits alone: Korean mobiles that begin with 0000, and what the authorities of North
# America and the United Kingdom keep free for films. Samples have no others.
_INVENTED: Final = re.compile(r"(82|0)100000\d{4}|1?\d{3}55501\d{2}|(44|0)7700900\d{3}")


def is_over(seminar: Seminar, today: date) -> bool:
    """Whether its last day is past, where it is held."""
    return today > seminar.last


def first_day_wanted(seminar: Seminar, today: date) -> str:
    """When it ended and how it gets another first day, without a full stop. For a seminar that is over."""
    monday = today + timedelta(days=14 - today.weekday())
    ended = f"{seminar.last.day} {seminar.last:%B %Y}"
    return (
        f"the seminar {seminar.key} ended on {ended}; give it a first day that is still to come, "
        f"like HAMROH_STARTS_ON={monday} in .env"
    )


def warnings(seminar: Seminar, today: date, folder: Path | None = None) -> list[str]:
    """What must be put right before people come, one line each: a seminar that is over, numbers of a sample.

    With the `folder` that it was read from, each line begins with the file and the line of it.
    """
    notes: list[tuple[str, tuple[str, ...]]] = []
    if is_over(seminar, today):
        notes.append((first_day_wanted(seminar, today), ("starts_on",)))
    for contact in seminar.contacts:
        if contact.phone and _INVENTED.fullmatch(re.sub(r"\D", "", contact.phone)):
            what = f"the phone number {contact.phone} of the contact `{contact.key}` is a sample's: nobody answers it"
            what = f"{what}; write the real one in seminar.yaml, or leave `phone` out"
            notes.append((what, ("contacts", contact.key, "phone")))
    path = folder / "seminar.yaml" if folder else None
    return [f"{path}:{line_of(path, *steps)}: warning: {what}" if path else what for what, steps in notes]
