from pathlib import Path

import orjson
import pytest

from rehearsal.telegram import AcceptedCall, Account, BotApi, ConnectionLostError, Fault, FaultKind, Journal, World
from tests.rehearsal.telegram.callers import Caller


async def test_scripted_faults_are_injected_in_order(bot: Caller, sitora: Account, world: World) -> None:
    world.faults.script([
        Fault(FaultKind.ERROR_BEFORE, method="sendMessage"),
        Fault(FaultKind.ERROR_AFTER, method="sendMessage"),
        Fault(FaultKind.THROTTLED, retry_after=7, method="sendMessage"),
        Fault(delay=0.001, method="sendMessage"),
    ])  # fmt: skip
    assert await bot("getMe"), "the script is for sendMessage"
    said = {"chat_id": sitora.id, "text": "x"}
    assert await bot.refused("sendMessage", **said) == "502 Bad Gateway"
    assert len(sitora.chat) == 1
    assert await bot.refused("sendMessage", **said) == "502 Bad Gateway"
    assert len(sitora.chat) == 2, "accepted, although the answer was an error"
    assert await bot.refused("sendMessage", **said) == "429 Too Many Requests: retry after 7"
    await bot("sendMessage", **said)
    assert not world.faults.active
    assert world.faults.injected == 3
    assert world.violations == []


@pytest.mark.parametrize(("kind", "messages"), [(FaultKind.LOST_ANSWER, 2), (FaultKind.CLOSED, 1)])
async def test_connections_break(kind: FaultKind, messages: int, sitora: Account, world: World) -> None:
    world.faults.script([Fault(kind)])
    with pytest.raises(ConnectionLostError):
        await BotApi(world).call("sendMessage", {"chat_id": sitora.id, "text": "x"})
    assert len(sitora.chat) == messages


async def test_chance_is_seeded_and_keeps_to_its_methods(sitora: Account, world: World) -> None:
    async def send_thirty() -> list[int]:
        world.faults.seed(7)
        world.faults.chances = {FaultKind.ERROR_BEFORE: 0.3}
        world.faults.methods = frozenset({"sendMessage"})
        return [(await BotApi(world).call("sendMessage", {"chat_id": sitora.id, "text": "x"}))[0] for _ in range(30)]

    first = await send_thirty()
    assert set(first) == {200, 502}
    assert await send_thirty() == first
    assert {(await BotApi(world).call("getMe", {}))[0] for _ in range(30)} == {200}
    world.faults.clear()
    assert not world.faults.active


@pytest.mark.usefixtures("sitora")
async def test_polls_get_only_the_faults_that_name_them(bot: Caller, world: World) -> None:
    world.faults.chances = {FaultKind.ERROR_BEFORE: 1.0}
    world.faults.script([Fault(FaultKind.CLOSED)])
    assert await bot.updates() == []
    with pytest.raises(ConnectionLostError):
        await BotApi(world).call("getMe", {})
    world.faults.methods = frozenset({"getUpdates"})
    assert await bot.refused("getUpdates") == "502 Bad Gateway"


async def test_the_journal_holds_what_was_accepted_before_it_is_answered(
    bot: Caller, sitora: Account, world: World, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "journal", fsync=True)
    seen: list[AcceptedCall] = []
    world.on_accept += [journal, seen.append]
    world.faults.script([Fault(FaultKind.LOST_ANSWER)])
    with pytest.raises(ConnectionLostError):
        await BotApi(world).call("sendMessage", {"chat_id": str(sitora.id), "text": "lost"})
    await bot.refused("sendMessage", chat_id=sitora.id, text="")
    await bot.updates()
    await bot("editMessageText", chat_id=sitora.id, message_id=2, text="found")
    lines = [orjson.loads(line) for line in (tmp_path / "journal").read_bytes().splitlines()]
    assert [(line["method"], line["chat_id"], line["message_id"], line["params"]["text"]) for line in lines] == [
        ("sendMessage", sitora.id, 2, "lost"),
        ("editMessageText", sitora.id, 2, "found"),
    ]
    journal.close()
    assert [entry.seq for entry in seen] == [line["seq"] for line in lines] == [1, 2]
    assert world.accepted == {"sendMessage": 1, "editMessageText": 1}
