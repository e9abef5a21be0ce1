"""A few thousand hostile updates, and that the fuzzer reports and shrinks what breaks."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.intake import validation
from bot.payload import Payload
from bot.routing import ButtonRoute
from bot.store.inbox import REJECTED
from handlers import ROUTES
from tests.fuzz import junk
from tests.fuzz.fuzzer import run
from tests.fuzz.system import open_system

CHAT = {"id": 1, "type": "supergroup"}


def at(**location: object) -> dict[str, Any]:
    return {"message": {"message_id": 1, "date": 1, "chat": CHAT, "location": location}}


async def test_hostile_updates_break_nothing_and_the_next_good_one_is_answered(tmp_path: Path) -> None:
    result = await run(tmp_path, updates=2_000, seed=2025)
    assert result.findings == {}
    assert result.answered == 2
    assert result.lost == 0
    assert result.states["done"] > 500
    assert result.states[REJECTED] > 100


async def test_over_a_socket_as_well(tmp_path: Path) -> None:
    result = await run(tmp_path, updates=200, seed=2026, http=True)
    assert result.findings == {}
    assert result.answered == 1


async def test_what_breaks_is_reported_and_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: Any) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("bot.router.Router._press", breaks)
    result = await run(tmp_path, updates=300, seed=2027)
    [finding] = result.findings.values()
    assert finding.what == "ZeroDivisionError: on purpose"
    assert finding.update["callback_query"].keys() <= {"id", "from", "data", "message", "chat_instance"}


async def test_no_real_update_is_taken_for_a_malformed_one(tmp_path: Path) -> None:
    async with open_system(tmp_path, http=False) as system:
        samples = await system.samples()
    assert len(samples) > 500
    assert {what for update in samples if (what := validation.first_error(update))} == set()


@pytest.mark.parametrize(
    ("update", "what"),
    [
        ([], "update is no object"),
        ({"message": []}, "message is no object"),
        ({"message": {"message_id": 1, "date": 1}}, "message has no chat"),
        ({"message": {"message_id": 1, "date": 1, "chat": {"id": "1", "type": "private"}}}, "chat.id is no number"),
        ({"message": {"message_id": True, "date": 1, "chat": CHAT}}, "message.message_id is no number"),
        ({"message": {"message_id": 1, "date": 2**60, "chat": {"id": 1, "type": "x"}}}, "message.date is no number"),
        ({"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}, "message has no from"),
        ({"callback_query": {"id": 1, "from": {"id": 1, "first_name": "A"}}}, "callback_query.id is no text"),
        ({"message": {"message_id": 1, "date": 1, "chat": CHAT, "entities": {}}}, "message.entities is no list"),
        (at(latitude=[38.5], longitude=68.7), "location.latitude is no place on earth"),
        (at(latitude=38.5, longitude="68.7"), "location.longitude is no place on earth"),
        (at(latitude=38.5, longitude=-180.5), "location.longitude is no place on earth"),
    ],
)  # fmt: skip
def test_the_error_of_a_malformed_update_is_named(update: object, what: str) -> None:
    assert validation.first_error(update) == what


def test_what_is_nested_too_deep_is_no_update() -> None:
    nest: dict[str, Any] = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "x"}}
    for _ in range(50):
        nest = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "x"}, "reply_to_message": nest}
    assert validation.first_error({"message": nest}) == "it is nested too deep"


def test_every_button_that_the_bot_knows_is_forged() -> None:
    routed = {route.payload for route in ROUTES if isinstance(route, ButtonRoute)}
    assert routed <= set(junk.PAYLOADS)
    random = Random(2028)
    forged = {type(payload) for _ in range(5_000) if (payload := Payload.of(junk.payload(random))) is not None}
    assert forged == set(junk.PAYLOADS)


def test_the_same_seed_makes_the_same_junk() -> None:
    assert [junk.value(Random(5)) for _ in range(3)] == [junk.value(Random(5)) for _ in range(3)]
