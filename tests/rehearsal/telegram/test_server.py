import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from rehearsal.telegram import Account, BotApi, Fault, FaultKind, TelegramServer, World, serve
from tests.rehearsal.telegram.callers import png


@pytest.fixture
async def server(world: World) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(BotApi(world)) as running:
        yield running


@pytest.fixture
async def http(server: TelegramServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as session:
        yield session


async def test_every_encoding_of_a_call(http: aiohttp.ClientSession, sitora: Account) -> None:
    path, params = "/bot1:rehearsal/sendMessage", {"chat_id": str(sitora.id), "text": "ҳамроҳ +&="}
    form = aiohttp.FormData(params, default_to_multipart=True)
    for send in ({"params": params}, {"json": params}, {"data": params}, {"data": form}):
        async with http.post(path, **send) as answer:
            assert (answer.status, answer.content_type) == (200, "application/json")
            assert (await answer.json())["result"]["text"] == "ҳамроҳ +&="
    for send in ({"params": params}, {"data": params}):
        async with http.get(path, **send) as answer:  # type: ignore[arg-type]
            assert answer.status == 200
    assert len(sitora.chat) == 7


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot1:other/getMe", 401, "Unauthorized"),
        ("/bot1:rehearsal/getNothing", 404, "Not Found"),
        ("/file/bot1:other/documents/file_1.txt", 401, "Unauthorized"),
        ("/file/bot1:rehearsal/documents/file_9.txt", 404, "Not Found"),
    ],
)
async def test_wrong_addresses(path: str, status: int, description: str, http: aiohttp.ClientSession) -> None:
    async with http.get(path) as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize("body", ["{", "[1]", '{"chat_id": 1, "text": "\\ud83d"}'])
async def test_bodies_that_cannot_be_read(body: str, http: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post("/bot1:rehearsal/sendMessage", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert "Bad Request" in (await answer.json())["description"]


async def test_files_up_and_down(http: aiohttp.ClientSession, sitora: Account) -> None:
    form = aiohttp.FormData({"chat_id": str(sitora.id)}, quote_fields=False)
    form.add_field("media", json.dumps([{"type": "document", "media": f"attach://{name}"} for name in "ab"]))
    form.add_field("a", png(), filename="ҳ.png")
    form.add_field("b", b"%PDF", filename="b.pdf")
    async with http.post("/bot1:rehearsal/sendMediaGroup", data=form) as answer:
        sent = (await answer.json())["result"]
    assert [message["document"]["file_name"] for message in sent] == ["ҳ.png", "b.pdf"]
    async with http.post("/bot1:rehearsal/getFile", data={"file_id": sent[0]["document"]["file_id"]}) as answer:
        path = (await answer.json())["result"]["file_path"]
    async with http.get(f"/file/bot1:rehearsal/{path}") as answer:
        assert await answer.read() == png()


@pytest.mark.parametrize(("kind", "messages"), [(FaultKind.LOST_ANSWER, 2), (FaultKind.CLOSED, 1)])
async def test_a_broken_connection_is_broken(
    kind: FaultKind, messages: int, http: aiohttp.ClientSession, sitora: Account, world: World
) -> None:
    world.faults.script([Fault(kind)])
    said = {"chat_id": sitora.id, "text": "x"}
    with pytest.raises(aiohttp.ClientError):
        await http.post("/bot1:rehearsal/sendMessage", json=said)
    assert len(sitora.chat) == messages


async def test_a_lone_surrogate_arrives_at_the_bot(http: aiohttp.ClientSession, world: World) -> None:
    world.raw_update({"message": {"text": "\ud83d"}})
    async with http.get("/bot1:rehearsal/getUpdates") as answer:
        assert (await answer.json())["result"][0]["message"]["text"] == "\ud83d"


async def test_a_poll_that_was_given_up_is_forgotten(server: TelegramServer, sitora: Account) -> None:
    async with aiohttp.ClientSession(server.url) as http:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await http.get("/bot1:rehearsal/getUpdates", params={"timeout": 30})
    await sitora.sends("салом")
    async with aiohttp.ClientSession(server.url) as http, http.get("/bot1:rehearsal/getUpdates") as answer:
        assert len((await answer.json())["result"]) == 1


async def test_a_taken_port_is_told_in_one_sentence(server: TelegramServer, world: World) -> None:
    other = TelegramServer(BotApi(world), port=server.port)
    with pytest.raises(OSError, match=f"cannot listen on 127.0.0.1:{server.port}: another program has it already"):
        await other.start()
    await other.stop()


async def test_a_webhook_gets_each_update_once_and_in_order(http: aiohttp.ClientSession, sitora: Account) -> None:
    got: list[tuple[str | None, str]] = []

    async def receive(request: web.Request) -> web.StreamResponse:
        update = await request.json()
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        if len(got) == 1:
            return web.Response(status=500)
        return web.json_response({"method": "sendMessage", "chat_id": sitora.id, "text": f"посух {len(got)}"})

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await sitora.sends("пеш")
        await sitora.sends("дар миён")
        async with http.post("/bot1:rehearsal/setWebhook", json={"url": url, "secret_token": "махфӣ"}) as answer:
            assert answer.status == 400, "a secret is ASCII"
        async with http.post("/bot1:rehearsal/setWebhook", json={"url": url, "secret_token": "S-1"}) as answer:
            assert answer.status == 200
        await sitora.waits_for("посух 3")
        await sitora.sends("баъд")
        await sitora.waits_for("посух 4")
    finally:
        await runner.cleanup()
    assert got == [("S-1", text) for text in ("пеш", "пеш", "дар миён", "баъд")]


async def test_it_runs_alone_with_a_journal_and_people_from_outside(tmp_path: Path) -> None:
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve("127.0.0.1", 0, "2:alone", tmp_path / "journal", flood=None, announce=address.set_result)
    )
    async with asyncio.timeout(5):
        url = await address
    try:
        async with aiohttp.ClientSession(url) as http:
            await drive(http)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    lines = [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]
    assert [line["method"] for line in lines] == ["sendMessage", "sendMessage", "getMe"]


async def drive(http: aiohttp.ClientSession) -> None:
    async def act(name: str, status: int = 200, **body: object) -> Any:
        async with http.post(f"/control/{name}", json=body) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json()

    async def look(path: str) -> Any:
        async with http.get(f"/control/{path}") as answer:
            return await answer.json()

    async def call(method: str, **params: object) -> int:
        async with http.post(f"/bot2:alone/{method}", json=params) as answer:
            return answer.status

    person = (await act("account", first_name="Ситора", language_code="tg"))["id"]
    assert (await act("start", person=person, code="C"))["text"] == "/start C"
    markup = {"inline_keyboard": [[{"text": "Ҳа", "callback_data": "y"}]]}
    assert await call("sendMessage", chat_id=person, text="Салом", reply_markup=markup) == 200
    message = (await look(f"chat/{person}?last=1"))[0]
    assert (message["text"], message["keyboard"][0][0]["payload"]) == ("Салом", "y")
    assert (await act("press", person=person, label="Ҳа"))["callback_query"]["data"] == "y"
    tap = await act("tap", person=person, payload="кӯҳна", on=message["id"])
    assert (await act("again", person=person))["update_id"] == tap["update_id"] + 1
    assert "there are ['Ҳа']" in (await act("press", 400, person=person, label="Не"))["error"]
    assert "no such message" in (await act("tap", 400, person=person, payload="x", on=99))["error"]
    await act("press", 400, person="x", label="Ҳа")
    group = (await act("group", title="Гурӯҳ", members=[person]))["id"]
    assert (await act("send", person=person, text="ба гурӯҳ", chat=group))["chat_id"] == group
    assert await call("sendMessage", chat_id=group, text="x") == 200
    await act("block", person=person)
    assert await call("sendMessage", chat_id=person, text="x") == 403
    await act("unblock", person=person)
    await act("update", unheard_of=1)
    await act(
        "faults", chances={"error_before": 1}, methods=["getMe"], latency=[0, 0.001], seed=3, retry_after=2,
        script=[{"kind": "error_after", "method": "getMe"}],
    )  # fmt: skip
    assert [await call("getMe"), await call("getMe")] == [502, 502]
    await act("clear")
    assert await call("sendMessage", chat_id=5, text="x") == 400
    counters = await look("counters")
    assert counters["accepted"] == {"sendMessage": 2, "getMe": 1}
    assert (counters["refusals"], counters["violations"], counters["faults"]) == ({"sendMessage": 1}, 1, 2)
    assert counters["updates_waiting"] > 5
    assert (await look("violations"))[0]["description"] == "Bad Request: chat not found"
    assert "error" in await look("chat/5")
