"""Signs that look like those of YAML and are others: what phones, office programs and Korean keyboards write."""

import re

_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_KEY = r"^ *(?:- +)?[A-Za-z_]+"
_LOOK_ALIKES = (
    (
        re.compile(f"^ *(?:- *)?[{_SPACES}]"),
        "the line is indented with spaces of another kind",
        "delete them and type them again with the space bar",
    ),
    (
        re.compile(f"{_KEY} *[\uff1a\ufe55\ua789\u02d0]"),
        "the colon in this line is another sign",
        "write `:` and a space",
    ),
    (
        re.compile(f"{_KEY} *:[{_SPACES}]"),
        "the space after the colon is of another kind",
        "delete it and type it again with the space bar",
    ),
    (re.compile(rf"{_KEY}:[^\s/]"), "there is no space after the colon", "write one"),
)


# Cyrillic letters that are drawn like Latin ones.
_LATIN = str.maketrans("аеорсухіјѕһ", "aeopcyxijsh")


def in_latin(word: str) -> str:
    """A word with Latin letters in place of those that only look so."""
    return word.translate(_LATIN)


def look_alike(text: str, line: int) -> tuple[int, str, str] | None:
    """The line, what is wrong and what to write instead, at or beside a line that no parser can read; else None."""
    lines = text.split("\n")
    for number in (line, line - 1, line + 1):
        written = lines[number - 1] if 1 <= number <= len(lines) else ""
        for pattern, what, instead in _LOOK_ALIKES:
            if pattern.search(written):
                return number, what, instead
    return None
