"""How wide a button's label is on a phone of 360 px, and how much room it has beside others.

The widths are those of Roboto Medium, in which Telegram for Android writes labels, as Chromium measures them: written
down here, so that no font has to be installed.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.screen import Screen

LETTER_SIZE, KEYBOARD, GAP, PADDING = 15, 345, 5, 15  # px: of letters, of all buttons of a row, between two, on one

_HUNDREDTHS: Final = {  # of an em -> the letters that are so wide
    16: "'",
    22: ",",
    24: " ;",
    26: "!:ijl|",
    28: ".I[]",
    30: "‹›",
    32: '"-`',
    34: "(t{}•",
    36: ")fr",
    40: "/",
    42: "\\^гғ",
    44: "*",
    46: "_",
    48: "?y«уӯ",
    50: "<vxzтх",
    52: ">cksзсэ",
    54: "FLaeаечёҳ",
    56: "$+0123456789=EJbdghnopquЁГЕбкорьяҒ−",
    58: "вийлнпӣ",
    60: "STYZЗТцҷ",
    62: "#RБУЬЯдқӮ",
    64: "&BKPVXВКРХъ",
    66: "ACDU~АСЭҲ",
    68: "G",
    70: "OQИЙЛОЧӢ…",
    72: "HNНПфҚ",
    74: "%wЦҶ",
    76: "ДЪм",
    80: "Фжы",
    82: "шю",
    86: "щ",
    88: "MWmМЫ",
    90: "@",
    92: "Ю",
    96: "ЖШ",
    100: "Щ",
}
_WIDTH: Final = {letter: width / 100 for width, letters in _HUNDREDTHS.items() for letter in letters}
_HANGUL, _PICTURE = (
    0.92,
    1.17,
)  # em; Telegram draws its pictures as high as a line; whatever has no width of its own is taken for a picture
_NOTHING: Final = frozenset("\ufe0f\u200d")

# What a seminar or a person has written may be cut, for the message above says it whole; of the longest sample's words.
_CONTENT: Final = re.compile(r"Ҷӯӣ|ҷҷ|xx|aaaa")
_HUGE: Final = re.compile(r"\d{1,3}([\u00a0\u202f ,.]\d{3})+|\d{4,}")  # the samples' numbers; two digits are usual
_DATE: Final = re.compile(r"^‹ .*\d|\d.* ›$")  # the day before and after; "‹ 30 September" loses its last letters


def label_width(label: str) -> float:
    """The width of a label in px."""
    return LETTER_SIZE * sum(_em(letter) for letter in label)


def room_for(buttons: int) -> float:
    """The px that each label has in a row of so many buttons."""
    return (KEYBOARD - GAP * (buttons - 1)) / buttons - PADDING


def cut_labels(screen: Screen) -> Iterator[str]:
    """The labels that are cut beside others where what they hold is usual, and by how much."""
    for row in screen.rows:
        for button in row if len(row) > 1 else []:
            label, room = _HUGE.sub("30", button.text), room_for(len(row))
            if not _CONTENT.search(label) and not _DATE.search(label) and label_width(label) > room:
                yield f"{label!r} takes {label_width(label):.0f} px of {room:.0f}"


def _em(letter: str) -> float:
    if letter in _NOTHING:
        return 0.0
    return _HANGUL if "\uac00" <= letter <= "\ud7a3" else _WIDTH.get(letter, _PICTURE)
