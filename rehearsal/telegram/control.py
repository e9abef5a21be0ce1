"""Acting for people from another process: JSON over HTTP under `/control/`; more of it is in `control_verbs`.

POST bodies are JSON objects. `person` and `chat` are ids, `on` a message id. Errors are 400 with {"error"}.
"""

import re
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from rehearsal.telegram.account import Account
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.control_verbs import GroupVerbs, PeopleVerbs, chat_of, number_of, person_of, place_of
from rehearsal.telegram.errors import RefusedError, describe_error
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.world import World

MAX_NAME = 128  # characters of a group's title; of other names, what Telegram lets people have:
_NAMES = {"first_name": 64, "last_name": 64, "language_code": 35, "username": 32, "code": 64}
_ACCOUNT = ("first_name", "last_name", "language_code", "username")
_LONGEST_SECONDS = 24 * 3600.0  # seconds
_CHAT = re.compile(r"-?[0-9]{1,18}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Action = Callable[[Json], Awaitable[object]]


def add_control(app: web.Application, world: World) -> None:
    """Add the control routes to the server."""
    control = Control(world)
    actions: dict[str, Action] = {
        "account": control.account,
        "group": control.group,
        "start": control.start,
        "send": control.send,
        "press": control.press,
        "tap": control.tap,
        "again": control.again,
        "block": control.block,
        "unblock": control.unblock,
        "update": control.update,
        "faults": control.faults,
        "clear": control.clear,
    }
    for name, verb in (PeopleVerbs(world).actions | GroupVerbs(world).actions).items():
        actions[name] = _answered(verb)
    for name, action in actions.items():
        app.router.add_post(f"/control/{name}", _handler(action))
    app.router.add_get("/control/chat/{chat}", control.chat)
    app.router.add_get("/control/counters", control.counters)
    app.router.add_get("/control/violations", control.violations)


class Control:
    """The actions, each on a JSON object."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def account(self, body: Json) -> object:
        """A new person: first_name, last_name, language_code, username -> {"id"}."""
        return {"id": Account(self._world, **{name: _name(body, name) for name in _ACCOUNT if name in body}).id}

    async def group(self, body: Json) -> object:
        """A new group: title, members (ids), forum, basic, without_bot -> {"id"}."""
        members = body.get("members")
        people = [self._world.accounts[number] for number in members] if isinstance(members, list) else []
        kind = {"forum": bool(body.get("forum")), "basic": bool(body.get("basic"))}
        return {
            "id": GroupChat(self._world, _name(body, "title"), people, **kind, with_bot=not body.get("without_bot")).id
        }

    async def start(self, body: Json) -> object:
        """Press Start: person, code."""
        return _message(await self._person(body).starts(_name(body, "code") if "code" in body else ""))

    async def send(self, body: Json) -> object:
        """Send a text: person, text, chat, topic."""
        with place_of(self._world, body) as person:
            return _message(await person.sends(str(body["text"])))

    async def press(self, body: Json) -> object:
        """Press a button by its label: person, label, on, chat."""
        chat = self._chat(body)
        return await self._person(body).presses(str(body["label"]), on=self._message_of(body), chat=chat)

    async def tap(self, body: Json) -> object:
        """Send a payload: person, payload, on."""
        message = self._message_of(body)
        if message is None:
            raise LookupError("on: no such message")
        return await self._person(body).presses_payload(str(body["payload"]), message)

    async def again(self, body: Json) -> object:
        """Send the last tap or message again: person."""
        return await self._person(body).taps_again()

    async def block(self, body: Json) -> object:
        """Block the bot: person."""
        await self._person(body).blocks()
        return {}

    async def unblock(self, body: Json) -> object:
        """Unblock the bot: person."""
        await self._person(body).unblocks()
        return {}

    async def update(self, body: Json) -> object:
        """Queue a raw update."""
        return self._world.raw_update(body)

    async def faults(self, body: Json) -> object:
        """Set the faults: chances {kind: probability}, methods, latency [low, high], retry_after, seed, script.

        `script` is a list of {kind, method, retry_after, delay}. What is not named stays as it is.
        """
        faults = self._world.faults
        if isinstance(chances := body.get("chances"), dict):
            faults.chances = {FaultKind(kind): _within(chance, 1) for kind, chance in chances.items()}
        if isinstance(methods := body.get("methods"), list):
            faults.methods = frozenset(str(method) for method in methods)
        if isinstance(latency := body.get("latency"), list):
            faults.latency = _within(latency[0], _LONGEST_SECONDS), _within(latency[1], _LONGEST_SECONDS)
        if isinstance(seed := body.get("seed"), int):
            faults.seed(seed)
        if "retry_after" in body:
            faults.retry_after = int(_within(body["retry_after"], _LONGEST_SECONDS))
        if isinstance(script := body.get("script"), list):
            faults.script(_fault(item) for item in script)
        return {}

    async def clear(self, _: Json) -> object:
        """Inject no more faults."""
        self._world.faults.clear()
        return {}

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """The messages of a chat, oldest first; `?last=N` for the newest N."""
        number, last = request.match_info["chat"], request.query.get("last", "0")
        chat = self._world.chats.get(int(number)) if _CHAT.fullmatch(number) else None
        if chat is None:
            return _json({"error": "no such chat"}, 404)
        if not _CHAT.fullmatch(last):
            return _json({"error": "last must be a number"}, 400)
        return _json([_message(message) for message in chat.chat[-int(last) :]])

    async def counters(self, _: web.Request) -> web.StreamResponse:
        """What was accepted, refused (403, 409) and throttled by method, and what waits for the bot or was lost."""
        world = self._world
        return _json({
            "accepted": world.accepted,
            "refusals": world.refusals,
            "floods": world.throttled,
            "violations": len(world.violations),
            "faults": world.faults.injected,
            "updates_waiting": len(world.updates),
            "updates_lost": world.updates.lost,
        })  # fmt: skip

    async def violations(self, _: web.Request) -> web.StreamResponse:
        """Every violation, oldest first."""
        return _json(self._world.violations)

    def _person(self, body: Json) -> Account:
        return person_of(self._world, body)

    def _chat(self, body: Json) -> Chat | None:
        return chat_of(self._world, body)

    def _message_of(self, body: Json) -> Message | None:
        chat = self._chat(body) or self._person(body)
        return chat.messages.get(number_of(body, "on")) if "on" in body else None


def _name(body: Json, name: str) -> str:
    value, most = str(body[name]), _NAMES.get(name, MAX_NAME)
    if len(value) > most:
        raise ValueError(f"{name} has at most {most} letters")
    return value


def _within(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"{value!r} must be a number from 0 to {most:g}")
    return float(value)


def _fault(item: object) -> Fault:
    if not isinstance(item, dict):
        raise TypeError("a fault is an object")
    kind, method = item.get("kind"), item.get("method")
    return Fault(
        FaultKind(str(kind)) if kind else None,
        int(_within(item.get("retry_after", 1), _LONGEST_SECONDS)),
        _within(item.get("delay", 0), _LONGEST_SECONDS),
        str(method) if method else None,
    )


def _message(message: Message) -> Json:
    answered = message.extra.get("reply_to_message")
    return {
        "id": message.id,
        "chat_id": message.chat_id,
        "date": message.date,
        "from_bot": message.from_bot,
        "text": message.text,
        "caption": message.caption,
        "words": message.words,
        "entities": message.entities,
        "keyboard": [
            [{"text": button.text, "payload": button.payload, "url": button.url} for button in row]
            for row in message.keyboard
        ],
        "edited": message.edited,
        "pinned": message.pinned,
        "silent": message.silent,
        "files": [file.name for file in message.files],
        "sender": (message.sender or {}).get("id"),
        "topic": message.thread_id,
        "reactions": message.reactions,
        "content": message.content,
        "answers": answered.get("message_id") if isinstance(answered, dict) else None,
        "album": message.extra.get("media_group_id"),
    }


def _answered(verb: Callable[[Json], Awaitable[list[Message] | Json]]) -> Action:
    async def act(body: Json) -> object:
        done = await verb(body)
        return [_message(message) for message in done] if isinstance(done, list) else done

    return act


def _handler(action: Action) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body = orjson.loads(await request.read() or b"{}")
            if not isinstance(body, dict):
                raise TypeError("an object is expected")
            return _json(await action(body))
        except (LookupError, ValueError, TypeError, RuntimeError, RefusedError) as error:
            return _json({"error": describe_error(error)}, 400)

    return handle


def _json(answer: object, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(answer, default=repr), content_type="application/json")
