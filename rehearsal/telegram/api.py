"""The path of a call: parameters are read, faults injected, limits checked, the method carried out, the call recorded.

It can be called directly, without HTTP; `server.py` puts it on a port.
"""

import asyncio
from collections.abc import Mapping

from rehearsal.telegram.calls import NO_FILES, ApiCall, Files
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation, bad_request, too_many
from rehearsal.telegram.faults import FaultKind
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.methods import METHODS
from rehearsal.telegram.model import Json
from rehearsal.telegram.spec import method_table
from rehearsal.telegram.world import World

Answer = tuple[int, Json]  # HTTP status, JSON envelope

UNSUPPORTED = ("business_connection_id", "direct_messages_topic_id", "suggested_post_parameters", "inline_message_id")
_BAD_GATEWAY: Json = {"ok": False, "error_code": 502, "description": "Bad Gateway"}
_UNFORESEEN = (
    "message is not modified", "query is too old", "VOICE_MESSAGES_FORBIDDEN", "can't be copied",
    "message to unpin not found", "file is temporarily unavailable", "QUOTE_TEXT_INVALID",
)  # fmt: skip


_UNFORESEEN_IN_GROUPS = ("message thread not found", "TOPIC_CLOSED", "not enough rights")


class BotApi:
    """The Bot API of one `World`: every call acts on it and is recorded in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._methods = method_table()

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """One Bot API call: HTTP status and the JSON envelope. Raises ConnectionLostError for that fault."""
        if self.world.faults.active:
            return await self._call_with_fault(method, params, files)
        if method.lower() == "getupdates":
            return await self._poll(params)
        return self.answer(method, params, files)

    def answer(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """The same without faults and without waiting; not for getUpdates."""
        try:
            spec = self._methods.method(method)
            call = ApiCall(spec.name, spec.read(params, files), files)
            if self.world.flood is not None:
                self.world.flood.check_call(spec.name, self.world.clock.monotonic())
            carry_out = METHODS.get(spec.name)
            if carry_out is None or any(name in call.params for name in UNSUPPORTED):
                raise bad_request(f"{spec.name} with these parameters is not played by this rehearsal")
            result = carry_out(self.world, call)
        except RefusedError as refusal:
            return self._refuse(refusal, method, params)
        self._accept(call, result)
        return 200, {"ok": True, "result": result}

    async def _poll(self, params: Mapping[str, object]) -> Answer:
        updates = self.world.updates
        try:
            call = ApiCall("getUpdates", self._methods.method("getUpdates").read(params), NO_FILES)
            if "allowed_updates" in call.params:
                updates.allow(str(kind) for kind in call.array("allowed_updates"))
            limit = call.number("limit")
            answered = await updates.poll(
                offset=call.number("offset") or 0,
                limit=100 if limit is None else limit,
                timeout=call.number("timeout") or 0,
            )
        except RefusedError as refusal:
            return self._refuse(refusal, "getUpdates", params)
        return 200, {"ok": True, "result": answered}

    async def _call_with_fault(self, method: str, params: Mapping[str, object], files: Files) -> Answer:
        fault = self.world.faults.next(method)
        await asyncio.sleep(fault.delay / 2)
        if fault.kind is FaultKind.CLOSED:
            raise ConnectionLostError(accepted=False)
        if fault.kind is FaultKind.ERROR_BEFORE:
            return 502, dict(_BAD_GATEWAY)
        if fault.kind is FaultKind.THROTTLED:
            return self._refuse(too_many(fault.retry_after), method, params)
        poll = method.lower() == "getupdates"
        answer = await self._poll(params) if poll else self.answer(method, params, files)
        await asyncio.sleep(fault.delay / 2)
        if fault.kind is FaultKind.LOST_ANSWER:
            raise ConnectionLostError(accepted=answer[0] == 200)
        return (502, dict(_BAD_GATEWAY)) if fault.kind is FaultKind.ERROR_AFTER else answer

    def _refuse(self, refusal: RefusedError, method: str, params: Mapping[str, object]) -> Answer:
        world = self.world
        if refusal.status == 429:
            world.throttled[method] += 1
        elif refusal.status in (403, 409) or self._unforeseen(refusal, params):
            world.refusals[method] += 1
        else:
            world.violations.append(Violation(world.clock.now(), method, refusal.description, dict(params)))
        return refusal.status, refusal.envelope()

    def _unforeseen(self, refusal: RefusedError, params: Mapping[str, object]) -> bool:
        """A 400 that no bot can foresee.

        A button pressed twice asks for what is shown, a tap can wait until it is old or be answered twice after a
        crash, and a message does not say that it deletes itself, nor a person that they accept no voice, or have
        unpinned it. Files are not kept for ever. People delete messages and topics, close them, let a group move, and
        take rights.
        """
        described, chat = refusal.description, _number(params, "from_chat_id") or _number(params, "chat_id")
        unforeseen = _UNFORESEEN_IN_GROUPS + _UNFORESEEN if _number(params, "chat_id") < 0 else _UNFORESEEN
        if "migrate_to_chat_id" in refusal.parameters or any(words in described for words in unforeseen):
            return True
        reply = params.get("reply_parameters")
        message = _number(params, "message_id") or (_number(reply, "message_id") if isinstance(reply, dict) else 0)
        return "not found" in described and (chat, message) in self.world.deleted

    def _accept(self, call: ApiCall, result: object) -> None:
        world = self.world
        world.accepted[call.method] += 1
        if world.on_accept:
            accepted = self._accepted_call(call, result)
            for listener in world.on_accept:
                listener(accepted)
        world.changed.notify()

    def _accepted_call(self, call: ApiCall, result: object) -> AcceptedCall:
        chat_id = call.params.get("chat_id")
        results = result if isinstance(result, list) else [result]
        made = [one.get("message_id") for one in results if isinstance(one, dict)]
        numbers = tuple(one for one in made if isinstance(one, int))
        return AcceptedCall(
            seq=self.world.accepted.total(),
            at=self.world.clock.now(),
            method=call.method,
            chat_id=chat_id if isinstance(chat_id, int) else None,
            message_id=numbers[0] if numbers else call.number("message_id"),
            params=call.params,
            others=numbers[1:],
        )


def _number(params: Mapping[str, object], name: str) -> int:
    try:
        return int(str(params.get(name, 0)))
    except ValueError:
        return 0
