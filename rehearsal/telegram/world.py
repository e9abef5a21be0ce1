"""Telegram in memory: people, groups, the bot's queue of updates, and the judge of every call.

It can be called directly, without HTTP; `server.py` is the shell that puts it on a port.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from bot.clock import Clock
from rehearsal.telegram.account import Account
from rehearsal.telegram.calls import Call, Files
from rehearsal.telegram.changes import Changes
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation, bad_request
from rehearsal.telegram.faults import Faults, Kind
from rehearsal.telegram.files import FileStore
from rehearsal.telegram.flood import FloodControl, FloodLimits
from rehearsal.telegram.group import Group
from rehearsal.telegram.journal import Entry
from rehearsal.telegram.methods import PLAYED
from rehearsal.telegram.model import Json
from rehearsal.telegram.profile import Profile
from rehearsal.telegram.queries import Queries
from rehearsal.telegram.spec import bot_api
from rehearsal.telegram.updates import Update, Updates

Answer = tuple[int, Json]

NO_FILES: Files = MappingProxyType({})
DEFAULT_FLOOD = FloodLimits()
NOT_PLAYED = ("business_connection_id", "direct_messages_topic_id", "suggested_post_parameters", "inline_message_id")
FIRST_USER = 7_100_000_001
FIRST_GROUP = -1_001_900_000_001
FIRST_SUPERGROUP = -1_002_900_000_001  # where a migrated group goes
_BAD_GATEWAY: Json = {"ok": False, "error_code": 502, "description": "Bad Gateway"}


class World:
    """Everything that Telegram knows. One event loop, no threads: messages stand in the order of acceptance.

    `violations` are calls that a correct bot does not make (400, 404, 413); `refusals` counts what it cannot foresee
    (403, and a few 400), `floods` 429.
    `on_accept` is called for every accepted call before it is answered; `updates.listeners` for every update.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        token: str = "1:rehearsal",  # noqa: S107 - of a bot that exists nowhere else
        username: str = "HamrohRehearsalBot",
        flood: FloodLimits | None = DEFAULT_FLOOD,
        seed: int = 0,
    ) -> None:
        self.clock = clock
        self.token = token
        self.profile = Profile(int(token.partition(":")[0]), username)
        self.updates = Updates(clock, seed=seed)
        self.files = FileStore()
        self.queries = Queries(clock)
        self.faults = Faults(seed)
        self.flood = None if flood is None else FloodControl(flood)
        self.changed = Changes()
        self.random = random.Random(seed)  # noqa: S311 - ids that can be repeated, not secrets
        self.chats: dict[int, Chat] = {}
        self.accounts: dict[int, Account] = {}
        self.groups: dict[int, Group] = {}
        self.migrated: dict[int, int] = {}
        self.polls = 0
        self.privacy = True  # in groups where it is no administrator the bot hears only what is meant for it
        self.votes_cast: dict[tuple[str, int], list[int]] = {}  # (poll id, user id) -> options
        self.violations: list[Violation] = []
        self.refusals: Counter[str] = Counter()
        self.floods: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.on_accept: list[Callable[[Entry], None]] = []
        self._message_id = 0
        self._seq = 0
        self._api = bot_api()

    def account(
        self, first_name: str, last_name: str = "", language_code: str = "tg", *, username: str = ""
    ) -> Account:
        """A person with a phone, who has not pressed Start yet."""
        number = FIRST_USER + len(self.accounts)
        account = Account(self, number, first_name, last_name=last_name, language_code=language_code, username=username)
        self.chats[number] = self.accounts[number] = account
        return account

    def group(self, title: str, members: Iterable[Account] = (), *, forum: bool = False, admin: bool = True) -> Group:
        """A supergroup with the bot in it (as an administrator unless told otherwise); the first member owns it."""
        number = FIRST_GROUP - len(self.groups) - len(self.migrated)
        group = Group(self, number, title, list(members), forum=forum, bot_is_admin=admin)
        self.chats[number] = self.groups[number] = group
        group.bot_joins()
        return group

    def migrates(self, group: Group) -> Group:
        """The group becomes a supergroup under a new id; the old id only says where it went."""
        old, new = group.id, FIRST_SUPERGROUP - len(self.migrated)
        group.announce({"migrate_to_chat_id": new})
        self.migrated[old] = new
        del self.chats[old], self.groups[old]
        group.moves_to(new)
        self.chats[new] = self.groups[new] = group
        group.announce({"migrate_from_chat_id": old})
        return group

    @property
    def me(self) -> Json:
        """The bot as a User."""
        return self.profile.user

    def now(self) -> int:
        """The clock's moment in Unix seconds."""
        return int(self.clock.now().timestamp())

    def next_message_id(self) -> int:
        """Ids of messages in private chats: one sequence for all of them, as Telegram has it."""
        self._message_id += 1
        return self._message_id

    def push(self, kind: str, content: object) -> Update:
        """Send the bot an update; it is returned also when the bot did not ask for its kind."""
        update = self.updates.push(kind, content)
        self.changed.happened()
        return update if update is not None else {"update_id": 0, kind: content}

    def raw_update(self, update: Mapping[str, object]) -> Update:
        """Put anything at all into the queue: hostile text, unknown kinds, no kind."""
        queued = self.updates.push_raw(dict(update))
        self.changed.happened()
        return queued

    def chat_of(self, call: Call, name: str = "chat_id") -> Chat:
        """The chat that a call names. Raises a 400 for an unknown or migrated one."""
        number = call.params.get(name)
        chat = self.chats.get(number) if isinstance(number, int) else None
        if chat is not None and chat.known:
            return chat
        if isinstance(number, int) and number in self.migrated:
            raise RefusedError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated[number],
            )
        raise bad_request("chat not found")

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """One Bot API call: HTTP status and the JSON envelope. Raises ConnectionLostError for that fault."""
        if self.faults.active:
            return await self._call_in_trouble(method, params, files)
        if method.lower() == "getupdates":
            return await self._poll(params)
        return self.answer(method, params, files)

    def answer(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """The same without faults and without waiting; not for getUpdates."""
        try:
            spec = self._api.method(method)
            call = Call(spec.name, spec.read(params, files), files)
            if self.flood is not None:
                self.flood.call(spec.name, self.clock.monotonic())
            played = PLAYED.get(spec.name)
            if played is None or any(name in call.params for name in NOT_PLAYED):
                raise bad_request(f"{spec.name} with these parameters is not played by this rehearsal")
            result = played(self, call)
        except RefusedError as refusal:
            return self._refuse(refusal, method, params)
        self._accept(call, result)
        return 200, {"ok": True, "result": result}

    async def _poll(self, params: Mapping[str, object]) -> Answer:
        try:
            call = Call("getUpdates", self._api.method("getUpdates").read(params), NO_FILES)
            if "allowed_updates" in call.params:
                self.updates.allow(str(kind) for kind in call.array("allowed_updates"))
            limit = call.number("limit")
            updates = await self.updates.poll(
                offset=call.number("offset") or 0,
                limit=100 if limit is None else limit,
                timeout=call.number("timeout") or 0,
            )
        except RefusedError as refusal:
            return self._refuse(refusal, "getUpdates", params)
        return 200, {"ok": True, "result": updates}

    async def _call_in_trouble(self, method: str, params: Mapping[str, object], files: Files) -> Answer:
        fault = self.faults.next(method)
        await asyncio.sleep(fault.delay / 2)
        if fault.kind is Kind.CLOSED:
            raise ConnectionLostError(accepted=False)
        if fault.kind is Kind.ERROR_BEFORE:
            return 502, dict(_BAD_GATEWAY)
        if fault.kind is Kind.THROTTLED:
            from_telegram = RefusedError(
                429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
            )
            return self._refuse(from_telegram, method, params)
        poll = method.lower() == "getupdates"
        answer = await self._poll(params) if poll else self.answer(method, params, files)
        await asyncio.sleep(fault.delay / 2)
        if fault.kind is Kind.LOST_ANSWER:
            raise ConnectionLostError(accepted=answer[0] == 200)
        return (502, dict(_BAD_GATEWAY)) if fault.kind is Kind.ERROR_AFTER else answer

    def _refuse(self, refusal: RefusedError, method: str, params: Mapping[str, object]) -> Answer:
        if refusal.status == 429:
            self.floods[method] += 1
        elif refusal.status in (403, 409) or "migrate_to_chat_id" in refusal.parameters or _unforeseen(refusal):
            self.refusals[method] += 1
        else:
            self.violations.append(Violation(self.clock.now(), method, refusal.description, dict(params)))
        return refusal.status, refusal.envelope()

    def _accept(self, call: Call, result: object) -> None:
        self.accepted[call.method] += 1
        self._seq += 1
        if self.on_accept:
            chat_id = call.params.get("chat_id")
            made = result.get("message_id") if isinstance(result, dict) else None
            entry = Entry(
                seq=self._seq,
                at=self.clock.now(),
                method=call.method,
                chat_id=chat_id if isinstance(chat_id, int) else None,
                message_id=made if isinstance(made, int) else call.number("message_id"),
                params=call.params,
            )
            for listener in self.on_accept:
                listener(entry)
        self.changed.happened()


_UNFORESEEN = ("message is not modified", "query is too old", "VOICE_MESSAGES_FORBIDDEN", "can't be copied")


def _unforeseen(refusal: RefusedError) -> bool:
    """A 400 that no bot can foresee.

    A button pressed twice asks for what is shown, a tap can wait until it is old or be answered twice after a crash,
    and a message does not say that it destroys itself, nor a reader that they take no voice.
    """
    return any(words in refusal.description for words in _UNFORESEEN)
