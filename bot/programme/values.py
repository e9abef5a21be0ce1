"""Single values as people write them: what they are, or None, and what to write instead."""

import re
from datetime import time
from difflib import get_close_matches
from urllib.parse import urlsplit

from babel import Locale, localedata

from bot.programme.look_alikes import in_latin

KEY_LENGTH = 20  # two keys, a verb and two numbers fit into the 64 bytes of a button
_KEY = re.compile(rf"[a-z][a-z0-9-]{{0,{KEY_LENGTH - 1}}}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
_NOT_TEXT = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]*)?|true|false|yes|no|on|off|null|~", re.IGNORECASE)


def is_key(text: str) -> bool:
    """Whether buttons and the database can name a thing so."""
    return _KEY.fullmatch(text) is not None


def is_ambiguous(text: str) -> bool:
    """Whether a text without quotes is a number, a truth value or nothing for some reader of YAML."""
    return _NOT_TEXT.fullmatch(text) is not None


def read_time(text: str) -> time | None:
    """A time of day written HH:MM."""
    return time.fromisoformat(text) if _TIME.fullmatch(text) else None


def time_hint(text: str) -> str:
    """What to write instead of something that is almost a time."""
    digits = re.fullmatch(r"([0-9]{1,2})[:.]?([0-5][0-9])", text)
    if digits and int(digits[1]) == 24 and digits[2] == "00":
        return "write 23:59 where something ends at midnight, and 00:00 of the next day where it begins then"
    if digits and 24 <= int(digits[1]) < 30:
        early = f"{int(digits[1]) - 24:02}:{digits[2]}"
        return f"write 23:59, and what goes on until {early} as a session of the next day that begins at 00:00"
    guess = f"{int(digits[1]):02}:{digits[2]}" if digits and int(digits[1]) < 24 else "09:00"
    return f"write HH:MM, like {guess}"


def read_degrees(text: str) -> float | None:
    """A coordinate in degrees with a decimal point."""
    return float(text) if _DEGREES.fullmatch(text) else None


def is_language(text: str) -> bool:
    """Whether a text is the ISO 639 code of a language: `ka`, not `ge`, which is a country."""
    if not _LANGUAGE.fullmatch(text):
        return False
    return localedata.exists(text) or text in Locale("en").languages  # the names are read for rare ones alone: 20 ms


def is_public_page(address: str) -> bool:
    """Whether it is an https address of a named host, as Telegram takes it in a link."""
    if not re.fullmatch(r"https://[!-~]+", address) or set(address) & set('<>"'):
        return False
    try:
        parts = urlsplit(address)
        return "@" not in parts.netloc and "." in (parts.hostname or "").strip(".") and parts.port != 0
    except ValueError:
        return False


def did_you_mean(word: str, known: list[str]) -> str:
    """What to write instead of an unknown word."""
    if (latin := in_latin(word)) != word and latin in known:
        return f"type `{latin}` again, a letter of it is of another alphabet"
    close = get_close_matches(word, known, n=1, cutoff=0.6) or get_close_matches(word.lower(), known, n=1, cutoff=0.9)
    if close:
        return f"did you mean `{close[0]}`?"
    return "use one of: " + ", ".join(known) if known else "remove it"
