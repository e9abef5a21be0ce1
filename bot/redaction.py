"""What looks like a bot's token is not shown, wherever somebody has put it: not in errors, not in the log."""

import re
from typing import Final

# A number, a colon (as addresses may write it, too) and about 35 letters and digits; or the part after the colon alone.
_TOKEN: Final = re.compile(
    r"[0-9]{1,20}(?::|%3[Aa])[A-Za-z0-9_-]{20,}|(?<![A-Za-z0-9_-])AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"
)
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,}")  # what may be a part of one
_INSTEAD: Final = "<token>"
_LONGEST: Final = 60


def looks_like_token(text: str) -> bool:
    """Whether there is something in it that has the shape of a token."""
    return _TOKEN.search(text) is not None


def redacted(text: str) -> str:
    """The text without what has the shape of a token."""
    return _TOKEN.sub(_INSTEAD, text)


def quotable(text: str) -> bool:
    """Whether a wrong value may be repeated to who wrote it: it is something, short, and no part of a token."""
    return 0 < len(text) <= _LONGEST and _SECRET.search(text) is None
