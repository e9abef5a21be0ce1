"""Every button, command and awaited answer, tried by everyone who may not: nothing of others changes or is told.

Whatever the table of `bot.access` denies is tried, with the numbers of what is there; a new route is tried by itself.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import cycle, islice, product

import pytest

from bot.access import Place, Role, allowed
from bot.buttons.help import PassOn
from bot.payload import Payload
from bot.routing import Answer, Button, Command, Route, Unanswered
from bot.store import conversation
from rehearsal.telegram import Account
from tests.contracts.test_buttons import PAYLOADS
from tests.handlers.arriving import link, opens, presses, says
from tests.kit import House

SECRETS = ("Gulnora", "SECRET-MOOD", "SECRET-CALL", "SECRET-DRAFT", "SECRET-LETTER", "Karim", "Minji", "Bora")
TABLES = (
    *("help", "help_message", "admission", "broadcast", "invite", "invite_use", "checkin", "accounted", "person"),
    *("role_grant", "departure"),
)
# The values of the fields of payloads: what exists, first of all.
TEXTS = {
    "role": ("organizer", "teacher", "no"),
    "to": ("all", "teachers"),
    "group": ("", "pamir"),
    "slot": ("morning", "evening"),
    "kind": ("unwell", "question"),
    "what": ("erase", "export"),
    "language": ("ru",),
    "code": ("x" * 22,),
    "on": ("2025-08-04",),
}
SENSELESS = ("0", "-1", "9999999999999999", "١", "1_0", " 1", "1e3", "", "9" * 50)
PLACES = ("private", "supergroup", "channel", "inline")  # the last names no chat at all


@dataclass
class Scene:
    """Things that belong to some, and people who have no business with them."""

    house: House
    gulnora: Account
    minji: Account
    bora: Account
    actors: dict[Account, Role]
    group: int

    def snapshot(self) -> dict[str, str]:
        return {one: json.dumps(self.house.rows(f"SELECT * FROM {one} ORDER BY 1, 2"), default=str) for one in TABLES}

    def told(self) -> list[tuple[int | None, str]]:
        """From here on: what is sent to whom."""
        heard: list[tuple[int | None, str]] = []
        self.house.world.on_accept.append(
            lambda entry: heard.append((entry.chat_id, json.dumps(entry.params, default=str, ensure_ascii=False)))
        )
        return heard

    def press(self, who: Account, data: str, where: str) -> None:
        """A forged button: in the private chat, in a group or a channel, or in no chat."""
        world = self.house.world
        query = {"id": world.queries.open(who), "from": who.user, "chat_instance": "7", "data": data}
        if where == "inline":
            query["inline_message_id"] = "AAA"
        else:
            query["message"] = {"message_id": 77, "date": world.now(), "chat": self._chat(who, where), "text": "x"}
        world.push("callback_query", query)

    def say(self, who: Account, text: str, where: str) -> None:
        """A command, in the private chat or in a group."""
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        content = {"message_id": 7_000, "from": who.user, "chat": self._chat(who, where), "text": text}
        self.house.world.push("message", {**content, "date": self.house.world.now(), "entities": [entity]})

    async def awaits(self, who: Account, waits_for: str, data: dict[str, object]) -> None:
        """A chat that waits for an answer, as an earlier time or another role left it."""
        now = self.house.clock.now()
        until = now + timedelta(hours=1)
        await self.house.app.services.db.write(
            lambda c: conversation.expect(c, who.id, waits_for, data, now, until=until)
        )

    def _chat(self, who: Account, where: str) -> dict[str, object]:
        if where == "private":
            return dict(who.object())
        return {"id": self.group, "title": "Everybody", "type": where}


@pytest.fixture
async def scene(house: House) -> Scene:
    house.passes("2025-08-04 20:31")
    gulnora, minji, bora = await house.teacher("Gulnora"), await house.organizer("Minji"), await house.organizer("Bora")
    await says(house, gulnora, "/checkin")
    await gulnora.presses_payload("mood1:1:1", on=gulnora.chat[-1])
    await house.wait_idle()
    await says(house, gulnora, "SECRET-MOOD")
    await says(house, gulnora, "/help")
    await presses(house, gulnora, "I have a question")
    await says(house, gulnora, "SECRET-CALL")
    await presses(house, minji, "Write back")
    await says(house, minji, "SECRET-LETTER")
    await says(house, bora, "/broadcast")
    await presses(house, bora, "Teachers (1)")
    await says(house, bora, "SECRET-DRAFT")
    karim = house.stranger("Karim")
    await opens(house, karim)
    await presses(house, karim, "Ask an organizer")
    stranger, joining, erased = house.stranger("Nobody"), house.stranger("Halfway"), await house.teacher("Once")
    await opens(house, stranger)
    await opens(house, joining, await link(house))
    await says(house, erased, "/me")
    await erased.presses_payload("erase1", on=erased.chat[-1])
    await house.wait_idle()
    actors = {
        stranger: Role.STRANGER,
        joining: Role.STRANGER,
        erased: Role.STRANGER,
        await house.teacher("Teacher"): Role.TEACHER,
        await house.coordinator("Coordinator"): Role.COORDINATOR,
        minji: Role.ORGANIZER,
    }
    group = house.world.group("Everybody", [minji, bora, *actors])
    await house.wait_idle()
    return Scene(house, gulnora, minji, bora, actors, group.id)


def values(kind: type[Payload]) -> Iterator[tuple[str, ...]]:
    """Some values for each field: numbers that exist, and all senseless ones in turn."""
    kinds = [(field.name, field.type is int) for field in fields(kind)]
    yield from list(product(*(("1", "2") if number else TEXTS.get(name, ("x",)) for name, number in kinds)))[:2]
    odd = cycle(SENSELESS)
    if any(number for _name, number in kinds):
        yield tuple(next(odd) if number else TEXTS.get(name, ("x",))[0] for name, number in kinds)


def forbidden(routes: Iterable[Route], role: Role, place: Place) -> Iterator[Route]:
    """What is denied. What is said of an answer that did not come is asked for the answer's own action."""
    found = (route for route in routes if not isinstance(route, Unanswered))
    return (route for route in found if not allowed(route.action, role, place))


async def test_what_the_table_denies_changes_nothing_and_tells_nothing(scene: Scene) -> None:
    house, routes = scene.house, scene.house.app.router.routes
    assert {route.payload for route in routes if isinstance(route, Button)} == set(PAYLOADS)
    before, heard, tries = scene.snapshot(), scene.told(), 0
    for (who, role), where in product(scene.actors.items(), PLACES):
        if where in {"channel", "inline"} and who is not scene.minji:
            continue  # nobody may anything there; the organizer would have the most to lose
        place = Place.PRIVATE if where == "private" else Place.GROUP
        for route in forbidden(routes, role, place):
            if isinstance(route, Button):
                for packed in islice(values(route.payload), None if where == "private" else 1):
                    scene.press(who, ":".join([route.payload.CODE, *packed])[:64], where)
                    tries += 1
            elif isinstance(route, Command) and where in {"private", "supergroup"}:
                scene.say(who, f"/{route.name} 1", where)
                tries += 1
    await house.wait_idle()
    assert tries > 600
    after = scene.snapshot()
    assert [table for table in TABLES if after[table] != before[table]] == []
    theirs = {*(who.id for who in scene.actors), scene.group}
    assert [(chat, said) for chat, said in heard if chat in theirs and any(one in said for one in SECRETS)] == []
    assert house.rows("SELECT error FROM inbox WHERE state IN ('failed', 'poisoned')") == []


async def test_an_answer_that_a_role_does_not_allow_any_more_is_not_taken(scene: Scene) -> None:
    house = scene.house
    data: dict[str, object] = {"broadcast": 1, "person": 1, "day": 1, "call": 1, "message": 1, "kind": "other"}
    before = scene.snapshot()
    for who, role in scene.actors.items():
        for route in forbidden(house.app.router.routes, role, Place.PRIVATE):
            if isinstance(route, Answer):
                await scene.awaits(who, route.waits_for, data)
                await says(house, who, "not for me to say")
    assert scene.snapshot() == before


async def test_members_cannot_touch_what_is_others(scene: Scene) -> None:
    house, mine = scene.house, next(who for who, role in scene.actors.items() if role is Role.TEACHER)
    me = house.value("SELECT id FROM person WHERE telegram_id = ?", mine.id)

    def others() -> list[object]:
        return [
            house.rows("SELECT * FROM help WHERE person_id <> ?", me),
            house.rows("SELECT * FROM help_message WHERE person_id <> ? OR help_id = 1", me),
            house.rows("SELECT * FROM checkin WHERE person_id <> ?", me),
        ]

    await says(house, scene.gulnora, "/today")
    await says(house, scene.gulnora, "SECRET-CALL, not passed on")
    await says(house, mine, "/me")
    page, hers = mine.chat[-1], scene.gulnora.chat[-2].id
    before, heard = others(), scene.told()
    for number in range(5):
        for data in (f"reply1:{number}", f"pass1:{number}:1", f"pass1:{number}:0", f"words1:{number}:1", "never1"):
            await mine.presses_payload(data, on=page)
        for data in (f"lateanswer1:{hers}:{number}", f"more1:{number}", f"aboutday2:2025-08-04:{hers}"):
            await mine.presses_payload(data, on=page)
        await mine.presses_payload(PassOn(hers, number % 2).pack(), on=page)
    await house.wait_idle()
    for waits, name, number in (
        ("help.words", "call", 1),
        ("help.answer", "message", 1),
        ("help.answer", "message", 2),
    ):
        await scene.awaits(mine, waits, {name: number})
        await says(house, mine, "not mine to say")
    assert others() == before
    assert [said for chat, said in heard if chat == mine.id and any(one in said for one in SECRETS)] == []


async def test_a_draft_is_its_writers_alone(scene: Scene) -> None:
    house, minji = scene.house, scene.minji
    before = house.rows("SELECT * FROM broadcast")
    shown = before[0]["preview_id"]
    await says(house, minji, "/start")
    for data in ("audience1:1:all:", f"send1:1:{shown}", "draft1:1", "stop1:1"):
        await minji.presses_payload(data, on=minji.chat[-1])
        await house.wait_idle()
        assert minji.toast == ("That is no longer here.", False)
    await scene.awaits(minji, "broadcast.text", {"broadcast": 1})
    await says(house, minji, "overwritten")
    assert minji.chat[-1].words == "That is no longer here."
    assert house.rows("SELECT * FROM broadcast") == before
    await presses(house, scene.bora, "Send to")
    before = house.rows("SELECT state, recipients FROM broadcast")
    await minji.presses_payload("stop1:1", on=minji.chat[-1])
    await house.wait_idle()
    assert house.rows("SELECT state, recipients FROM broadcast") == before
