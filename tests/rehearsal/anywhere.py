"""Everything that a rehearsal shows, in one place: what the bot said, the files, menus and names, and the page."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import aiohttp

from bot.buttons.me import EraseAndTell, EraseMe
from bot.payload import Payload
from rehearsal import ui_driver
from rehearsal.page.server import FILES
from rehearsal.session import Session
from rehearsal.telegram import World
from rehearsal.telegram.account import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Message

_LEAVES = (EraseMe, EraseAndTell)
_TWICE = 2
_OF_A_KIND = 4  # buttons that say the same, of which somebody presses so many
_A_MOMENT = timedelta(seconds=3)
_LOOKED_AT = 12  # bubbles


class Listener:
    """Keeps every text of every accepted call, with where it was said."""

    def __init__(self, world: World) -> None:
        self.said: list[tuple[str, str]] = []
        world.on_accept.append(self._heard)

    def _heard(self, entry: AcceptedCall) -> None:
        self.said += [(f"{entry.method} to {entry.chat_id}", text) for text in strings(entry.params)]


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
    """What phones show at the end: bubbles, files, menus, the bot's name and descriptions, people's names."""
    for account in world.accounts.values():
        yield "a name", account.name
        for bubble in account.messages.values():
            labels = [button.text for row in bubble.keyboard for button in row]
            yield from ((f"the phone of {account.name}", text) for text in [bubble.words, *labels])
            for file in bubble.files:
                yield f"the file {file.name}", f"{file.name} {file.content.decode('utf-8', 'replace')}"
    for (scope, language), commands in world.profile.commands.items():
        yield f"the menu {scope} in {language!r}", repr(commands)
    for about, text in world.profile.texts.items():
        yield f"the bot's {about}", text


async def page(http: aiohttp.ClientSession, address: str, session: Session) -> Iterator[tuple[str, str]]:
    """The page as it is served: HTML, scripts, styles, words in each language that it offers, and its news."""
    languages = json.loads(await _get(http, f"{address}/languages"))["languages"]
    paths = ["/", "/languages", *_static(), *(f"/words/{language}" for language in languages)]
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


class Tries:
    """Somebody who presses what is new, a few buttons of each kind, and sends every command of the menu, twice."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._sent: Counter[str] = Counter()
        self._pressed: set[str] = set()
        self._kinds: Counter[tuple[str, ...]] = Counter()

    async def goes_on(self) -> bool:
        """Press a new button, or else send a command; False when there is neither."""
        if (found := next(self._new(), None)) is not None:
            bubble, payload = found
            self._pressed.add(payload.pack())
            self._kinds[_kind(payload)] += 1
            await self._account.presses_payload(payload.pack(), on=bubble)
            return True
        command = min((name for name, _ in self._account.commands), key=self._sent.__getitem__, default="start")
        if self._sent[command] >= _TWICE:
            return False
        self._sent[command] += 1
        await self._account.sends(f"/{command}")
        return True

    def _new(self) -> Iterator[tuple[Message, Payload]]:
        for bubble in reversed(self._account.recent(_LOOKED_AT)):
            for payload in ui_driver.payloads(bubble):
                known = payload.pack() in self._pressed or self._kinds[_kind(payload)] >= _OF_A_KIND
                if not known and not isinstance(payload, _LEAVES):
                    yield bubble, payload


def _kind(payload: Payload) -> tuple[str, ...]:
    """What a button does: its class, and the words in it, such as `export`; not its numbers and days."""
    return (type(payload).__name__, *(one for one in vars(payload).values() if isinstance(one, str)))


async def try_everything(people: Sequence[Tries], session: Session) -> None:
    """Let everybody go on side by side until nobody finds anything new."""
    while any([await one.goes_on() for one in people]):
        await session.simulation.advance_to(session.clock.now() + _A_MOMENT)
