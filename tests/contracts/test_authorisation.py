"""Every button, command and awaited answer, tried by everyone who may not: nothing of others changes or is told.

Whatever the table of `bot.access` denies is tried, with the numbers of what is there; a new route is tried by itself.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import cycle, islice, product

import pytest

from bot.access import ChatKind, Role, allowed
from bot.buttons.relay import PassOn
from bot.clock import to_text
from bot.messages import upcoming as upcoming_messages
from bot.payload import Payload
from bot.routing import AnswerRoute, ButtonRoute, CommandRoute, Route, UnansweredRoute
from bot.store import staff_group as staff_group_store
from rehearsal.telegram import GroupChat
from tests.contracts.test_buttons import PAYLOADS
from tests.kit import System, User

_AWAIT = """
INSERT OR REPLACE INTO conversation (chat_id, waits_for, data, since, until, optional) VALUES (?, ?, ?, ?, ?, 0)
"""
SECRETS = ("Gulnora", "SECRET-MOOD", "SECRET-CALL", "SECRET-DRAFT", "SECRET-LETTER", "Karim", "Minji", "Bora")
TABLES = (
    *("help", "help_message", "admission", "broadcast", "invite", "invite_use", "checkin", "accounted", "person"),
    *("role_grant", "departure", "upcoming_override", "headcount", "live_card", "mark", "excuse", "accounted_undone"),
    *("attendance", "attendance_guess", "attendance_screen", "mark_reason"),
)
# The values of the fields of payloads: what exists, first of all.
TEXTS = {
    "role": ("organizer", "teacher", "no"),
    "to": ("all", "teachers"),
    "group": ("", "pamir"),
    "slot": ("morning", "evening"),
    "kind": ("unwell", "question"),
    "reason": ("ill",),
    "what": ("erase", "export"),
    "language": ("ru",),
    "code": ("x" * 22,),
    "on": ("2025-08-04",),
    "item": (upcoming_messages.token("lesson:2025-08-04"),),
}
SENSELESS = ("0", "-1", "9999999999999999", "١", "1_0", " 1", "1e3", "", "9" * 50)
PLACES = ("private", "staff group", "supergroup", "channel", "inline")  # the last names no chat at all


@dataclass
class Populated:
    """A system in which things belong to some, and users who have no business with them."""

    system: System
    gulnora: User
    minji: User
    bora: User
    actors: dict[User, Role]
    group: int
    staff: int

    def snapshot(self) -> dict[str, str]:
        return {one: json.dumps(self.system.rows(f"SELECT * FROM {one} ORDER BY 1, 2"), default=str) for one in TABLES}

    def told(self) -> list[tuple[int | None, str]]:
        """From here on: what is sent to whom."""
        heard: list[tuple[int | None, str]] = []
        self.system.world.on_accept.append(
            lambda entry: heard.append((entry.chat_id, json.dumps(entry.params, default=str, ensure_ascii=False)))
        )
        return heard

    def press(self, who: User, data: str, where: str) -> None:
        """A forged button: in the private chat, in a group or a channel, or in no chat."""
        world = self.system.world
        query = {"id": world.queries.open(who), "from": who.user, "chat_instance": "7", "data": data}
        if where == "inline":
            query["inline_message_id"] = "AAA"
        else:
            query["message"] = {"message_id": 77, "date": world.now(), "chat": self._chat(who, where), "text": "x"}
        world.push("callback_query", query)

    def say(self, who: User, text: str, where: str) -> None:
        """A command, in the private chat or in a group."""
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        content = {"message_id": 7_000, "from": who.user, "chat": self._chat(who, where), "text": text}
        self.system.world.push("message", {**content, "date": self.system.world.now(), "entities": [entity]})

    async def awaits(self, who: User, waits_for: str, data: dict[str, object]) -> None:
        """A chat that waits for an answer, as an earlier time or another role left it."""
        now = self.system.clock.now()
        values = (who.id, waits_for, json.dumps(data), to_text(now), to_text(now + timedelta(hours=1)))
        await self.system.app.runtime.db.write(lambda connection: connection.execute(_AWAIT, values).rowcount)

    def _chat(self, who: User, where: str) -> dict[str, object]:
        if where == "private":
            return dict(who.to_api())
        if where == "staff group":
            return {"id": self.staff, "title": "Staff", "type": "supergroup", "is_forum": True}
        return {"id": self.group, "title": "Everybody", "type": where}


@pytest.fixture
async def populated(system: System) -> Populated:
    system.passes("2025-08-04 20:31")
    gulnora, minji, bora = (
        await system.teacher("Gulnora"),
        await system.organizer("Minji"),
        await system.organizer("Bora"),
    )
    await gulnora.sends("/checkin")
    await gulnora.presses_payload("mood1:1:1", on=gulnora.chat[-1])
    await gulnora.sends("SECRET-MOOD")
    await gulnora.calls_for_help("I have a question")
    await gulnora.sends("SECRET-CALL")
    await minji.presses("Write back")
    await minji.sends("SECRET-LETTER")
    await bora.sends("/broadcast")
    await bora.presses("Teachers (1)")
    await bora.sends("SECRET-DRAFT")
    karim = system.stranger("Karim")
    await karim.asks_to_be_let_in()
    stranger, joining, erased = system.stranger("Nobody"), system.stranger("Halfway"), await system.teacher("Once")
    await stranger.starts()
    await joining.starts(await system.invitation())
    await erased.sends("/me")
    await erased.presses_payload("erase1", on=erased.chat[-1])
    actors = {
        stranger: Role.STRANGER,
        joining: Role.STRANGER,
        erased: Role.STRANGER,
        await system.teacher("Teacher"): Role.TEACHER,
        await system.coordinator("Coordinator"): Role.COORDINATOR,
        minji: Role.ORGANIZER,
    }
    group = GroupChat(system.world, "Everybody", [minji, bora, *actors])
    staff = await system.group("Staff", minji, bora)
    await system.write(
        lambda connection: staff_group_store.connect(connection, staff.id, "Staff", "en", system.clock.now())
    )
    await system.later(seconds=60)
    assert system.value("SELECT problem FROM staff_group") == ""
    return Populated(system, gulnora, minji, bora, actors, group.id, staff.id)


def values(kind: type[Payload]) -> Iterator[tuple[str, ...]]:
    """Some values for each field: numbers that exist, and all senseless ones in turn."""
    kinds = [(field.name, field.type is int) for field in fields(kind)]
    yield from list(product(*(("1", "2") if number else TEXTS.get(name, ("x",)) for name, number in kinds)))[:2]
    odd = cycle(SENSELESS)
    if any(number for _name, number in kinds):
        yield tuple(next(odd) if number else TEXTS.get(name, ("x",))[0] for name, number in kinds)


def forbidden(routes: Iterable[Route], role: Role, place: ChatKind) -> Iterator[Route]:
    """What is denied. What is said of an answer that did not come is asked for the answer's own action."""
    found = (route for route in routes if not isinstance(route, UnansweredRoute))
    return (route for route in found if not allowed(route.action, role, place))


async def test_what_the_table_denies_changes_nothing_and_tells_nothing(populated: Populated) -> None:
    system, routes = populated.system, populated.system.app.router.routes
    assert {route.payload for route in routes if isinstance(route, ButtonRoute)} == set(PAYLOADS)
    before, heard, tries = populated.snapshot(), populated.told(), 0
    for (who, role), where in product(populated.actors.items(), PLACES):
        if where in {"channel", "inline"} and who is not populated.minji:
            continue  # nobody may anything there; the organizer would have the most to lose
        place = {"private": ChatKind.PRIVATE, "staff group": ChatKind.STAFF_GROUP}.get(where, ChatKind.GROUP)
        for route in forbidden(routes, role, place):
            if isinstance(route, ButtonRoute):
                for packed in islice(values(route.payload), None if where == "private" else 1):
                    populated.press(who, ":".join([route.payload.CODE, *packed])[:64], where)
                    tries += 1
            elif isinstance(route, CommandRoute) and where in {"private", "staff group", "supergroup"}:
                populated.say(who, f"/{route.name} 1", where)
                tries += 1
    await system.wait_idle()
    assert tries > 600
    after = populated.snapshot()
    assert [table for table in TABLES if after[table] != before[table]] == []
    theirs = {*(who.id for who in populated.actors), populated.group}
    assert [(chat, said) for chat, said in heard if chat in theirs and any(one in said for one in SECRETS)] == []
    assert system.rows("SELECT error FROM inbox WHERE state IN ('failed', 'poisoned')") == []


async def test_an_answer_that_a_role_does_not_allow_any_more_is_not_taken(populated: Populated) -> None:
    system = populated.system
    data: dict[str, object] = {"broadcast": 1, "person": 1, "day": 1, "call": 1, "message": 1, "kind": "other"}
    before = populated.snapshot()
    for who, role in populated.actors.items():
        for route in forbidden(system.app.router.routes, role, ChatKind.PRIVATE):
            if isinstance(route, AnswerRoute):
                await populated.awaits(who, route.waits_for, data)
                if route.text_only:
                    await who.sends("not for me to say")
                else:
                    await who.sends_document("not-for-me.xlsx", b"PK")
    assert populated.snapshot() == before


async def test_members_cannot_touch_what_is_others(populated: Populated) -> None:
    system, mine = populated.system, next(who for who, role in populated.actors.items() if role is Role.TEACHER)
    me = system.value("SELECT id FROM person WHERE telegram_id = ?", mine.id)

    def others() -> list[object]:
        return [
            system.rows("SELECT * FROM help WHERE person_id <> ?", me),
            system.rows("SELECT * FROM help_message WHERE person_id <> ? OR help_id = 1", me),
            system.rows("SELECT * FROM checkin WHERE person_id <> ?", me),
        ]

    await populated.gulnora.sends("/today")
    await populated.gulnora.sends("SECRET-CALL, not passed on")
    await mine.sends("/me")
    page, hers = mine.chat[-1], populated.gulnora.chat[-2].id
    before, heard = others(), populated.told()
    async with system.without_waiting():
        for number in range(5):
            for data in (f"reply1:{number}", f"pass1:{number}:1", f"pass1:{number}:0", f"words1:{number}:1", "never1"):
                await mine.presses_payload(data, on=page)
            for data in (f"lateanswer1:{hers}:{number}", f"more1:{number}", f"aboutday2:2025-08-04:{hers}"):
                await mine.presses_payload(data, on=page)
            await mine.presses_payload(PassOn(hers, number % 2).pack(), on=page)
    for waits, name, number in (
        ("help.words", "call", 1),
        ("help.answer", "message", 1),
        ("help.answer", "message", 2),
    ):
        await populated.awaits(mine, waits, {name: number})
        await mine.sends("not mine to say")
    assert others() == before
    assert [said for chat, said in heard if chat == mine.id and any(one in said for one in SECRETS)] == []


async def test_a_draft_is_its_writers_alone(populated: Populated) -> None:
    system, minji = populated.system, populated.minji
    before = system.rows("SELECT * FROM broadcast")
    shown = system.value("SELECT preview_id FROM broadcast_version")
    await minji.sends("/start")
    for data in ("audience1:1:all:", f"send2:1:{shown}", "draft1:1", "stop1:1"):
        await minji.presses_payload(data, on=minji.chat[-1])
        assert minji.toast == ("That is no longer here.", False)
    await populated.awaits(minji, "broadcast.text", {"broadcast": 1})
    await minji.sends("overwritten")
    assert minji.chat[-1].words == "That is no longer here."
    assert system.rows("SELECT * FROM broadcast") == before
    await populated.bora.presses("Send to")
    before = system.rows("SELECT state, recipients FROM broadcast")
    await minji.presses_payload("stop1:1", on=minji.chat[-1])
    assert system.rows("SELECT state, recipients FROM broadcast") == before
