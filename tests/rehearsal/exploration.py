"""Collects every text that a rehearsal shows, and explores it: chats, files, menus, names, and the page."""

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from zipfile import ZipFile, is_zipfile

import aiohttp
from pypdf import PdfReader

from bot.buttons.me import EraseAndTell, EraseMe
from bot.payload import Payload
from rehearsal import ui_driver
from rehearsal.page.server import FILES
from rehearsal.session import RehearsalSession
from rehearsal.telegram import World
from rehearsal.telegram.account import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Message

_LEAVING = (EraseMe, EraseAndTell)
_MAX_SENDS = 2  # of each command
_MAX_PRESSES = 4  # of the buttons of one kind
_STEP = timedelta(seconds=3)
_NEWEST = 12  # messages in which new buttons are looked for


class TextCollector:
    """Keeps every text of every accepted call, with the method and the chat."""

    def __init__(self, world: World) -> None:
        self.texts: list[tuple[str, str]] = []
        world.on_accept.append(self._on_accepted)

    def _on_accepted(self, call: AcceptedCall) -> None:
        self.texts += [(f"{call.method} to {call.chat_id}", text) for text in strings(call.params)]


def strings(value: object) -> Iterator[str]:
    """Every string anywhere in a value, keys of mappings too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from strings(key)
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def shown(world: World) -> Iterator[tuple[str, str]]:
    """What phones show at the end: messages, files, menus, the bot's name and descriptions, people's names."""
    for account in world.accounts.values():
        yield "a name", account.name
        for message in account.messages.values():
            labels = [button.text for row in message.keyboard for button in row]
            yield from ((f"the phone of {account.name}", text) for text in [message.words, *labels])
            for file in message.files:
                yield f"the file {file.name}", f"{file.name} {_written_in(file.content)}"
    for (scope, language), commands in world.profile.commands.items():
        yield f"the menu {scope} in {language!r}", repr(commands)
    for about, text in world.profile.texts.items():
        yield f"the bot's {about}", text


def _written_in(content: bytes) -> str:
    """The text of a file; of a workbook, that of its packed parts, but the theme, which lists fonts of the world."""
    if content.startswith(b"\x89PNG"):
        return ""  # its bytes may look like any letter
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if not is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with ZipFile(io.BytesIO(content)) as packed:
        parts = [name for name in packed.namelist() if "/theme/" not in name]
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in parts)


async def page(http: aiohttp.ClientSession, address: str, session: RehearsalSession) -> Iterator[tuple[str, str]]:
    """The page as it is served: HTML, scripts, styles, words in each language that it offers, and its changes."""
    languages = json.loads(await _get(http, f"{address}/languages"))["languages"]
    paths = ["/", "/languages", *_static(), *(f"/labels/{language}" for language in languages)]
    found = [(path, await _get(http, address + path)) for path in paths]
    async with http.get(f"{address}/feed") as feed:
        found.append(("/feed", (await feed.content.readline()).decode()))
    found.append(("the panel", repr(session.state())))
    return iter(found)


def _static() -> list[str]:
    return [f"/static/{name}" for name in sorted(FILES)]


async def _get(http: aiohttp.ClientSession, url: str) -> str:
    async with http.get(url) as answer:
        assert answer.status == 200, url
        return await answer.text()


class Explorer:
    """Presses new buttons, a few of each kind, and sends every command of the menu, twice."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._sent: Counter[str] = Counter()
        self._pressed: set[str] = set()
        self._kinds: Counter[tuple[str, ...]] = Counter()

    async def explore_step(self) -> bool:
        """Press a new button, or else send a command; False when there is neither."""
        if (found := next(self._new(), None)) is not None:
            message, payload = found
            self._pressed.add(payload.pack())
            self._kinds[_kind(payload)] += 1
            await self._account.presses_payload(payload.pack(), on=message)
            return True
        command = min((name for name, _ in self._account.commands), key=self._sent.__getitem__, default="start")
        if self._sent[command] >= _MAX_SENDS:
            return False
        self._sent[command] += 1
        await self._account.sends(f"/{command}")
        return True

    def _new(self) -> Iterator[tuple[Message, Payload]]:
        for message in reversed(self._account.recent(_NEWEST)):
            for payload in ui_driver.payloads(message):
                known = payload.pack() in self._pressed or self._kinds[_kind(payload)] >= _MAX_PRESSES
                if not known and not isinstance(payload, _LEAVING):
                    yield message, payload


def _kind(payload: Payload) -> tuple[str, ...]:
    """What a button does: its class, and the words in it, such as `export`; not its numbers and days."""
    return (type(payload).__name__, *(one for one in vars(payload).values() if isinstance(one, str)))


async def explore_all(explorers: Sequence[Explorer], session: RehearsalSession) -> None:
    """Let all explore side by side until nobody finds anything new."""
    while any([await one.explore_step() for one in explorers]):
        await session.simulation.advance_to(session.clock.now() + _STEP)
