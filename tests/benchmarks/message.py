"""The message that everybody sends: 600 Cyrillic letters and four buttons."""

from datetime import date
from typing import Final

TODAY: Final = date(2025, 8, 6)  # the sample's third day, while the morning check-in is open
TOKEN: Final = "123456789:benchmark"
FIRST_CHAT: Final = 1_000_000_000  # recipients of a broadcast are numbered from here
FIRST_TAPPER: Final = 2_000_000_000  # and people who press buttons from here
_SENTENCE: Final = "Ҳамкорони азиз, имрӯз барномаи мо дар толори калон оғоз мешавад ва баъд ба мактаб меравем. "
TEXT: Final = (_SENTENCE * 10)[:600]
BUTTONS: Final = (
    (("Барнома", "bench:agenda"), ("Дарс", "bench:lesson")),
    (("Ман ҳозирам", "bench:here"), ("Кумак", "bench:help")),
)
ANSWER: Final = "Навишта шуд, ташаккур!"


def chats(count: int) -> range:
    """The chats of so many recipients."""
    return range(FIRST_CHAT, FIRST_CHAT + count)


def markup() -> dict[str, object]:
    """The buttons as the Bot API takes them."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in BUTTONS]}


def params() -> dict[str, object]:
    """What sendMessage gets, without the chat."""
    return {
        "text": TEXT,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": markup(),
    }
