"""What stands after the = of a setting, as people write it: the value, or what is wrong with it in plain words."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot import api_address
from bot.clock import read_date
from bot.redaction import looks_like_token

_TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_ODD: Final = re.compile(r"[^0-9A-Za-z:_-]")
_ID: Final = re.compile(r"[0-9]{1,16}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUOTES: Final = ('"', "'")
_MAY_BE_EMPTY: Final = frozenset({"token", "owners", "starts_on"})


def read(name: str, value: object) -> object:
    """The value of the setting `name` for the type that it has. What is no text was not typed, and stays.

    Raises ValueError with what is wrong; it quotes nothing of the value but a single sign.
    """
    if name == "starts_on" and not isinstance(value, str):
        return _first_day(value)
    if not isinstance(value, str):
        return value
    text = _bare(value)
    if name != "token" and looks_like_token(text):
        raise ValueError("this looks like the bot's token, which belongs after HAMROH_TOKEN= alone")
    if not text and name not in _MAY_BE_EMPTY:
        raise ValueError("it is empty")
    reader = _READERS.get(name)
    return text if reader is None else reader(text)


def _bare(text: str) -> str:
    """Without blanks and one pair of quotes: not every tool that sets the environment takes them off."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        text = text[1:-1].strip()
    return text


def _token(text: str) -> str:
    if not text or _TOKEN.fullmatch(text):
        return text
    odd = _ODD.search(text)
    raise ValueError(f"there is {_named(odd[0])} in it, which no token has" if odd else "this is no token")


def _named(sign: str) -> str:
    """A sign for whoever has to find it: an invisible one by its name."""
    if sign == " ":
        return "a blank"
    if sign.isascii() and sign.isprintable():
        return f"`{sign}`"
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a control character')})"


def _owners(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    numbers = [part for part in parts if part]
    if any(part.startswith("@") for part in numbers):
        raise ValueError("it has a name in it, and people are known by their numbers")
    if not all(_ID.fullmatch(part) and int(part) for part in numbers):
        raise ValueError("it has something in it that is no Telegram id")
    return frozenset(int(part) for part in numbers)


def _first_day(value: object) -> date | None:
    if not value:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = read_date(value) if isinstance(value, str) else None
    if day is None:
        raise ValueError("this is no day that a seminar can start on")
    return day


def _path(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("there is a sign in it that no path has")
    if not text.startswith("~"):
        return text
    try:
        return str(Path(text).expanduser())  # as a shell would: nobody means a folder that is called ~
    except RuntimeError:
        raise ValueError("nobody's home folder is known by the name at its beginning") from None


def _switch(text: str) -> bool:
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if text.lower() not in known:
        raise ValueError("this is neither yes nor no")
    return known[text.lower()]


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "token": _token,
    "owners": _owners,
    "starts_on": _first_day,
    "seminar": _path,
    "database": _path,
    "api_url": api_address.checked,
    "allow_paid_broadcast": _switch,
    "log_level": str.upper,
}
