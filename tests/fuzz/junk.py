"""Values that no well-meaning client sends, and what can be done with them to an update."""

import copy
import pkgutil
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from importlib import import_module
from random import Random
from typing import Any, Final

from bot import buttons
from bot.payload import Payload

Json = Any

MODULES: Final = sorted(module.name for module in pkgutil.iter_modules(buttons.__path__))
PAYLOADS: Final = [
    kind
    for module in MODULES
    for kind in vars(import_module(f"bot.buttons.{module}")).values()
    if isinstance(kind, type) and kind is not Payload and issubclass(kind, Payload)
]
_WORDS: Final = (
    "organizer", "teacher", "coordinator", "no", "morning", "evening", "unwell", "lost", "export", "erase", "en", "tg",
    "all", "pamir", "place", "",
)  # fmt: skip
_DATES: Final = (
    "2025-08-04",
    "2025-08-05",
    "2025-08-17",
    "2024-02-29",
    "0001-01-01",
    "9999-12-31",
    "20250804",
    "2025-13-01",
)
# Escapes, so that nobody who reads this file is misled by it.
_TEXTS: Final = (
    "", " ", "\x00", "\ud83d", "\udc00 half", "\u202edrow\u202c", "\u2066\u200b\u200c\u200d\ufeff", "\u115f\u3164",
    "\u00e9" * 50, "a\u0301\u0337\u031b" * 40, "\U0001f3f4\U000e0067\U000e007f" * 20, "\U0001f468\u200d\U0001f469" * 30,
    "'; DROP TABLE person; --", "1 OR 1=1", '"><script>alert(1)</script>', "<b>", "</b>", "<a href='tg://user?id=1'>x</a>",
    "&lt;&amp;&#0;&#x110000;", "{name} %s {0!r}", "${jndi:ldap://x}", "../../etc/passwd", "=1+1", "/", "/start",
    "/start " + "x" * 64, "/broadcast@", "/help@HamrohRehearsalBot", "/\n", "/ME now", "/stats\u00a0x",
    "\u202e/erase", "NaN",
    "null", "\u0442\u043e\u04b7\u0438\u043a\u04e3", "\ud55c\uad6d\uc5b4", "\n" * 200, "a\rb\x08c\x1b[31m",
    "0", "-1", "9" * 400,
    "/start ' OR 1=1 --",
)  # fmt: skip
_NUMBERS: Final = (
    0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**64), 10**30, 0.5, -0.0, 1e308, 7_100_000_001,
    -1_001_900_000_001, 253_402_300_800, -62_135_596_801,
)  # fmt: skip
_KEYS: Final = (
    "id",
    "text",
    "from",
    "chat",
    "type",
    "date",
    "entities",
    "data",
    "message",
    "",
    "\ud83d",
    "__class__",
    "update_id2",
)
_MARKS: Final = ("bot_command", "bold", "text_link", "text_mention", "mention", "nonsense", "custom_emoji", "pre")
_DEEP: Final = 900


def text(random: Random) -> str:
    """Something that stands where words are expected."""
    chance = random.random()
    if chance < 0.01:
        return random.choice(_TEXTS[4:]) * random.randint(1, 2000)
    if chance < 0.02:
        return random.choice("a\u04ef\ud55c\U0001f642\u202e") * 65_536
    if chance < 0.25:
        return "".join(chr(random.choice((random.randint(1, 0x2FF), random.randint(0, 0x10FFFF)))) for _ in range(8))
    return random.choice(_TEXTS)


def payload(random: Random) -> str:
    """A forged button: real codes, half of them with fields such as a button has, the others with anything."""
    kind = random.choice(PAYLOADS)
    if random.random() < 0.5:
        made = [_field(random, field.type) for field in fields(kind)]
    else:
        others = ("", "-1", "9" * 25, "x", text(random))
        made = [_field(random, random.choice((int, date, str, *others))) for _ in range(random.randint(0, 5))]
    return ":".join([kind.CODE, *made])


def _field(random: Random, kind: object) -> str:
    if kind is int:
        return str(random.randint(-1, 12))
    if kind is date:
        return random.choice(_DATES)
    return random.choice(_WORDS) if kind is str else str(kind)


def value(random: Random, depth: int = 0) -> Json:
    """Any JSON at all."""
    chance = random.random()
    if depth < 4 and chance < 0.15:
        return {random.choice(_KEYS): value(random, depth + 1) for _ in range(random.randint(0, 4))}
    if depth < 4 and chance < 0.25:
        return [value(random, depth + 1) for _ in range(random.randint(0, 4))]
    if chance < 0.26:
        return deep(random)
    if chance < 0.5:
        return random.choice(_NUMBERS)
    if chance < 0.6:
        return random.choice((None, True, False))
    return text(random)


def deep(random: Random) -> Json:
    """A list in a list in a list, or an object in an object."""
    nest: Json = 1
    key = random.choice(_KEYS)
    for _ in range(random.choice((20, 120, 300, _DEEP))):
        nest = {key: nest} if key else [nest]
    return nest


# --- what is done to an update --------------------------------------------------------------------------------------


def mutated(random: Random, update: Json) -> Json:
    """A copy with one to four things wrong in it."""
    changed = copy.deepcopy(update)
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        holder, key = _somewhere(random, changed)
        if holder is not None:
            random.choice(_CHANGES)(random, holder, key)
    return changed


def _somewhere(random: Random, tree: Json) -> tuple[Json, Any]:
    """A container of the tree and a key in it; deeper ones as likely as others."""
    places: list[tuple[Json, Any]] = []
    stack = [tree]
    while stack and len(places) < 400:
        node = stack.pop()
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, item in list(items):
            if key != "update_id":
                places.append((node, key))
                stack.append(item)
    return random.choice(places) if places else (None, None)


def _replace(random: Random, holder: Json, key: Any) -> None:
    holder[key] = value(random)


def _retype(random: Random, holder: Json, key: Any) -> None:
    old = holder[key]
    holder[key] = random.choice((str(old)[:50], [old], {"id": old}, None, not old, 17))


def _remove(_: Random, holder: Json, key: Any) -> None:
    del holder[key]


def _add(random: Random, holder: Json, _: Any) -> None:
    if isinstance(holder, dict):
        holder[
            random.choice((*_KEYS, "reply_to_message", "forward_origin", "sender_chat", "via_bot", "photo", "poll"))
        ] = value(random)
    else:
        holder.append(value(random))


def _say(random: Random, holder: Json, key: Any) -> None:
    if isinstance(holder[key], str):
        holder[key] = text(random)


def _count(random: Random, holder: Json, key: Any) -> None:
    if isinstance(holder[key], int):
        holder[key] = random.choice(_NUMBERS)


def _mark(random: Random, holder: Json, _: Any) -> None:
    if isinstance(holder, dict) and "text" in holder:
        holder["entities"] = [
            {
                "type": random.choice(_MARKS),
                "offset": random.choice((*_NUMBERS, 0, 1, 3)),
                "length": random.choice((*_NUMBERS, 1, 5)),
                **({"url": text(random)} if random.random() < 0.5 else {}),
            }
            for _ in range(random.randint(1, 5))
        ]  # fmt: skip


def _forge(random: Random, holder: Json, _: Any) -> None:
    if isinstance(holder, dict) and "data" in holder:
        holder["data"] = payload(random)


_CHANGES: Final[tuple[Callable[[Random, Json, Any], None], ...]] = (
    _replace, _retype, _remove, _add, *(_say,) * 4, _count, _mark, _mark, *(_forge,) * 4,
)  # fmt: skip
