"""`maps` of seminar.yaml: the maps that people use where the seminar is."""

import re
from typing import Final
from urllib.parse import urlsplit

from bot.programme.fields import Fields
from bot.programme.model import MapProvider
from bot.programme.values import is_public_page

NAME: Final = 20  # UTF-16 units: two stand beside each other on a button of a phone
_URL: Final = 300
_MOST: Final = 4
_FIELDS: Final = ("latitude", "longitude", "name")
_EXAMPLE: Final = "https://www.google.com/maps/search/?api=1&query={latitude}%2C{longitude}"


def read_maps(fields: Fields) -> tuple[MapProvider, ...]:
    """Read `maps`; empty where the key is missing: the pin of Telegram is then the only map."""
    if not fields.has("maps"):
        return ()
    return tuple(_read_map(item) for item in fields.children("maps", "map", 1, _MOST))


def _read_map(fields: Fields) -> MapProvider:
    provider = MapProvider(name=fields.localized("name", NAME), url=fields.text("url", _URL))
    if provider.url:
        _check(fields, provider.url)
    fields.finish()
    return provider


def _check(fields: Fields, url: str) -> None:
    unknown = [name for name in re.findall(r"{([^{}]*)}", url) if name not in _FIELDS]
    missing = [name for name in _FIELDS[:2] if f"{{{name}}}" not in url]
    filled = re.sub("{(?:latitude|longitude|name)}", "1", url)
    if not is_public_page(filled) or "{" in urlsplit(url).netloc:
        fields.wrong("url", f"`url: {url[:60]}` is not the https address of a map", f"write one like {_EXAMPLE}")
    elif unknown:
        what = f"`{{{unknown[0][:40]}}}` is nothing that a map is told"
        fields.wrong("url", what, "write {latitude}, {longitude} and, where the map shows a name, {name}")
    elif missing:
        what = f"`url` of {fields.name} has no {' and no '.join(f'{{{name}}}' for name in missing)}"
        fields.wrong("url", what, f"put them where the map expects them, like {_EXAMPLE}")
    elif set(filled) & set("{}"):
        fields.wrong("url", f"a brace is left over in `url` of {fields.name}", f"write one like {_EXAMPLE}")
