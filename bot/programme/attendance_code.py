"""The codes of a session: four digits and a token for a link, both other ones every half minute. Pure rules.

They come from a secret of that session alone (HMAC-SHA256 of the window's number), so that they can be made without a
network, and nobody who has seen some of them knows the next one.
"""

import base64
import hmac
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

WINDOW_SECONDS: Final = 30
SECRET_BYTES: Final = 32
_DIGITS: Final = 4
_TOKEN_BYTES: Final = 16  # 22 characters of A-Z a-z 0-9 _ - ; Telegram takes up to 64 after /start
_LOOK_BACK: Final = 60  # windows: a code of the last half hour is old, any other one is none
_LOOK_AHEAD: Final = 20  # a projector's clock that is fast shows codes that are still to come


def window(at: datetime) -> int:
    """The number of the half minute of an aware moment."""
    return int(at.timestamp()) // WINDOW_SECONDS


def digits(secret: bytes, number: int) -> str:
    """The four digits of a window."""
    return f"{int.from_bytes(_mac(secret, 'digits', number)[:8]) % 10**_DIGITS:0{_DIGITS}}"


def token(secret: bytes, number: int) -> str:
    """What a link of that window has after `?start=`: nobody guesses it."""
    return base64.urlsafe_b64encode(_mac(secret, "link", number)[:_TOKEN_BYTES]).rstrip(b"=").decode()


def is_accepted(off: int) -> bool:
    """Whether a code of so many windows ago counts: that of now, or the one before, for who was still typing."""
    return off in {0, 1}


def nearest() -> Iterator[int]:
    """How many windows ago a code may have been: now first, then the last one, then the rest; negative: to come."""
    yield from range(_LOOK_BACK + 1)
    yield from range(-1, -_LOOK_AHEAD - 1, -1)


def windows(opens: datetime, ends: datetime) -> range:
    """The windows in which the code is shown."""
    return range(window(opens), window(ends) + 1)


def _mac(secret: bytes, what: str, number: int) -> bytes:
    return hmac.digest(secret, f"{what}:{number}".encode(), sha256)
