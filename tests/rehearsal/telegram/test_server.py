import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
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
            await drive_group(http)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    lines = [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]
    assert [line["method"] for line in lines[:3]] == ["sendMessage", "sendMessage", "getMe"]
    assert {line["method"] for line in lines[3:]} == {"createForumTopic", "sendMessage"}


async def act_over(http: aiohttp.ClientSession, verb: str, answered: int = 200, /, **body: object) -> Any:
    async with http.post(f"/control/{verb}", json=body) as answer:
        assert answer.status == answered, await answer.text()
        return await answer.json()


async def drive_group(http: aiohttp.ClientSession) -> None:
    """A group with topics, and what people do in it."""
    act = partial(act_over, http)

    async def call(method: str, **params: object) -> Any:
        async with http.post(f"/bot2:alone/{method}", json=params) as answer:
            return await answer.json()

    person, other = [(await act("account", first_name=name))["id"] for name in ("Ситора", "Далер")]
    group = (await act("group", title="Гурӯҳ", members=[person], basic=True))["id"]
    group = (await act("group/forum", chat=group))["id"]
    await act("group/join", chat=group, member=other)
    topic = (await act("topic/open", chat=group, person=person, name="Автобус"))["topic"]
    place = {"chat": group, "topic": topic}
    said = await act("send", person=other, text="салом", **place)
    on = {"chat": group, "on": said["id"]}
    assert (said["topic"], said["sender"]) == (topic, other)
    assert (await act("edit", person=other, text="салом!", **on))[0]["edited"]
    [answer] = await act("reply", person=person, text="ва ба шумо", quote="салом", **on)
    assert (answer["answers"], answer["topic"]) == (said["id"], topic)
    await act("react", person=person, emoji=["👍"], **on)
    assert "nobody" in (await act("react", 400, person=person, emoji=["🚌"], **on))["error"]
    album = await act("album", person=other, count=3, caption="се", **place)
    assert len(await act("forward", person=person, chat=group, on=album[1]["id"])) == 3
    [live] = await act("live", person=other, latitude=1, longitude=2, **place)
    await act("move", person=other, chat=group, on=live["id"], latitude=3, longitude=4)
    [stopped] = await act("move", person=other, chat=group, on=live["id"], stop=True)
    assert stopped["content"]["location"] == {"latitude": 3, "longitude": 4}
    for verb in ("voice", "contact"):
        await act(verb, person=other, **place)
    await act("location", person=other, latitude=1, longitude=2, **place)
    await act("poll", person=other, question="?", options=["a", "b"], **place)
    await act("delete", person=other, **on)
    await act("privacy", person=other, refuses_voice=True)
    await act("topic/close", person=person, **place)
    await act("topic/close", person=person, closed=False, **place)
    made = (await call("createForumTopic", chat_id=group, name="Ситора"))["result"]["message_thread_id"]
    await act("topic/delete", chat=group, topic=made)
    await act("group/bot", chat=group, status="administrator", without=["can_manage_topics"])
    assert "not enough rights" in (await call("createForumTopic", chat_id=group, name="x"))["description"]
    for status in ("member", "restricted", "kicked"):
        await act("group/bot", chat=group, status=status)
    await act("group/bot", 400, chat=group, status="king")
    assert (await call("sendMessage", chat_id=group, text="x"))["error_code"] == 403
    await act("group/bot", chat=group, status="administrator")
    await act("group/leave", chat=group, member=other)
    moved = (await act("group/migrate", chat=group))["id"]
    assert (await call("sendMessage", chat_id=group, text="x"))["parameters"] == {"migrate_to_chat_id": moved}
    assert (await call("sendMessage", chat_id=moved, text="x"))["ok"]


async def drive(http: aiohttp.ClientSession) -> None:
    act = partial(act_over, http)

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
