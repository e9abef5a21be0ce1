"""The state of the stand-in: chats, files, the bot's queue of updates, and the record of its calls.

It knows neither the Bot API's methods, which `api.py` calls on it, nor the people and groups that are added to it.
"""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Mapping

from bot.clock import Clock
from rehearsal.telegram.callback_queries import CallbackQueries
from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat, PrivateChat
from rehearsal.telegram.errors import RefusedError, Violation, bad_request
from rehearsal.telegram.faults import Faults
from rehearsal.telegram.files import FileStore
from rehearsal.telegram.flood import FloodControl, FloodLimits
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.notifier import Notifier
from rehearsal.telegram.profile import Profile
from rehearsal.telegram.updates import Update, Updates

DEFAULT_FLOOD = FloodLimits()
FIRST_GROUP = -1_001_900_000_001


class World:
    """Everything that Telegram knows. One event loop, no threads: messages stand in the order of acceptance.

    `violations` are calls that a correct bot does not make (400, 404, 413); `refusals` counts what it cannot foresee
    (403, and a few 400), `throttled` 429.
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
        self.queries = CallbackQueries(clock)
        self.faults = Faults(seed)
        self.flood = None if flood is None else FloodControl(flood)
        self.changed = Notifier()
        self.random = random.Random(seed)  # noqa: S311 - ids that can be repeated, not secrets
        self.chats: dict[int, Chat] = {}
        self.accounts: dict[int, PrivateChat] = {}
        self.migrated: dict[int, int] = {}  # a group's former id -> its present one
        self.message_ids = itertools.count(1)  # of private chats: one sequence for all of them, as Telegram has it
        self.group_ids = itertools.count(FIRST_GROUP, -1)
        self.polls = 0
        self.deleted: set[tuple[int, int]] = (
            set()
        )  # (chat, message) that people took away without the bot hearing of it
        self.privacy = True  # in groups where it is no administrator the bot hears only what is meant for it
        self.votes_cast: dict[tuple[str, int], list[int]] = {}  # (poll id, user id) -> options
        self.violations: list[Violation] = []
        self.refusals: Counter[str] = Counter()
        self.throttled: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.on_accept: list[Callable[[AcceptedCall], None]] = []

    @property
    def me(self) -> Json:
        """The bot as a User."""
        return self.profile.user

    def now(self) -> int:
        """The clock's moment in Unix seconds."""
        return int(self.clock.now().timestamp())

    def push(self, kind: str, content: object) -> Update:
        """Send the bot an update; it is returned also when the bot did not ask for its kind."""
        update = self.updates.push(kind, content)
        self.changed.notify()
        return update if update is not None else {"update_id": 0, kind: content}

    def raw_update(self, update: Mapping[str, object]) -> Update:
        """Put anything at all into the queue: hostile text, unknown kinds, no kind."""
        queued = self.updates.push_raw(dict(update))
        self.changed.notify()
        return queued

    def origin_of(self, message: Message) -> Json:
        """The MessageOrigin of what is forwarded; who hides it is only named."""
        known = message.extra.get("forward_origin")
        if isinstance(known, dict):
            return known
        account = self.accounts.get(int(str((message.sender or {}).get("id", 0))))
        if account is not None and account.hides_forwards:
            return {"type": "hidden_user", "sender_user_name": account.name, "date": message.date}
        return {"type": "user", "sender_user": message.sender, "date": message.date}

    def chat_of(self, call: ApiCall, name: str = "chat_id") -> Chat:
        """The chat that a call names. Raises a 400 for an unknown or migrated one."""
        number = call.params.get(name)
        chat = self.chats.get(number) if isinstance(number, int) else None
        if chat is not None and chat.known_to_bot:
            return chat
        if isinstance(number, int) and number in self.migrated:
            raise RefusedError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated[number],
            )
        raise bad_request("chat not found")
