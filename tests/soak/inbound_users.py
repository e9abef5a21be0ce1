"""The people of an inbound soak, and what the database has to hold when all that they did is handled, once."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from bot.buttons.checkin import CheckinHere, CheckinMood
from bot.buttons.help import AskHelp
from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from bot.programme import Seminar
from rehearsal.telegram import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Message
from tests.soak.telegram import SoakTelegram

_RESENT: Final = 0.15  # of what people do comes a second time, under another update_id
_DUPLICATED: Final = 0.02  # ... and some under the very same one
_CALLS: Final = 4  # that one person may make: organizers get one alert a second


@dataclass(slots=True)
class Expected:
    """What people did and the bot could receive, by Telegram id: what the database has to hold."""

    here: set[int] = field(default_factory=set)
    moods: dict[int, int] = field(default_factory=dict)
    low: set[int] = field(default_factory=set)
    answers: dict[tuple[int, str, int], int] = field(default_factory=dict)  # the first option, counted from 0
    calls: set[tuple[int, int]] = field(default_factory=set)  # person, message whose button was pressed
    texts: set[tuple[int, int]] = field(default_factory=set)
    offered: set[int] = field(default_factory=set)  # texts that were answered
    updates: set[int] = field(default_factory=set)
    resent: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


Recorder = Callable[[Expected], None]
"""Adds one action to what is expected."""


class InboundUsers:
    """A quarter only writes, a few only call for help, the others check in, choose moods and answer quizzes.

    Each keeps to one conversation, so that what a text means is known without playing the bot. A tap that nobody
    fetches in its time is lost by Telegram, and was not done.
    """

    def __init__(self, telegram: SoakTelegram, seminar: Seminar, people: list[Account], *, seed: int) -> None:
        self._telegram = telegram
        self._seminar = seminar
        self._random = random.Random(seed)
        self._people = people
        self._messages: dict[int, list[Message]] = {}
        self._actions: dict[int, Recorder] = {}  # by the number of their update
        self._copies: Counter[int] = Counter()  # of an update that can still reach the bot, or has
        self._offered: set[int] = set()
        self._resent = 0
        self._kinds: Counter[str] = Counter()
        telegram.world.updates.listeners.append(self._sent)
        telegram.world.updates.losses.append(self._lost)
        telegram.message_listeners.append(self._answered)

    def prepare_chats(self) -> None:
        """Put the messages into the chats whose buttons will be pressed."""
        for number, account in enumerate(self._people):
            for _ in range(_CALLS if self._calls(number) else 1):
                self._telegram.answer("sendMessage", {"chat_id": account.id, "text": "An earlier message"})
            self._messages[account.id] = list(account.messages.values())

    @property
    def expected(self) -> Expected:
        """What the database has to hold for all that was done so far."""
        expected = Expected(offered=self._offered, updates=set(self._copies), resent=self._resent, kinds=self._kinds)
        for record in self._actions.values():
            record(expected)
        return expected

    @property
    def updates(self) -> int:
        """How many updates people have made."""
        return len(self._copies)

    async def perform(self, updates: int) -> None:
        """Let people make at least so many updates."""
        target = self.updates + updates
        while self.updates < target:
            number = self._random.randrange(len(self._people))
            account = self._people[number]
            if number % 4 == 0:
                record = await self._writes(account)
            elif self._calls(number):
                record = await self._calls_for_help(account)
            else:
                record = await self._taps(account)
            self._actions[_number(account.last)] = record
            if self._random.random() < _RESENT:
                self._resent += 1
                self._actions[_number(await account.taps_again())] = record
            if self._random.random() < _DUPLICATED:
                self._telegram.world.raw_update(account.last)

    @staticmethod
    def _calls(number: int) -> bool:
        return number % 40 == 1

    async def _writes(self, account: Account) -> Recorder:
        message = await account.sends(f"Салом! {self._random.random():.6f} 🙂")
        self._kinds["texts"] += 1
        return lambda expected: expected.texts.add((account.id, message.id))

    async def _calls_for_help(self, account: Account) -> Recorder:
        message = self._random.choice(self._messages[account.id])
        await account.presses_payload(AskHelp(self._random.choice(["unwell", "lost"])).pack(), on=message)
        self._kinds["calls for help"] += 1
        return lambda expected: expected.calls.add((account.id, message.id))

    async def _taps(self, account: Account) -> Recorder:
        message = self._messages[account.id][0]
        chance = self._random.random()
        if chance < 0.2:
            self._kinds["check-ins"] += 1
            await account.presses_payload(CheckinHere(self._seminar.first).pack(), on=message)
            return lambda expected: expected.here.add(account.id)
        if chance < 0.6:
            mood = self._random.randint(1 if account.id % 20 == 3 else 3, 5)
            self._kinds["moods"] += 1
            await account.presses_payload(CheckinMood(self._seminar.first, mood).pack(), on=message)
            return partial(_chose, who=account.id, mood=mood)
        lesson = self._random.choice(self._seminar.lessons)
        number = self._random.randrange(len(lesson.quiz))
        option = self._random.randrange(len(lesson.quiz[number].options))
        self._kinds["quiz answers"] += 1
        asked = lesson.quiz[number]
        meant = mark(asked, asked.options[option])
        chosen = LessonAnswer(self._seminar.key, lesson.key, number + 1, option + 1, meant)
        await account.presses_payload(chosen.pack(), on=message)
        return partial(_answered, about=(account.id, lesson.key, number), option=option)

    def _sent(self, update: Mapping[str, Any]) -> None:
        self._copies[_number(update)] += 1

    def _lost(self, update: Mapping[str, Any]) -> None:
        number = _number(update)
        self._copies[number] -= 1
        if not self._copies[number]:
            del self._copies[number]
            self._actions.pop(number, None)

    def _answered(self, entry: AcceptedCall, _what: str) -> None:
        markup = entry.params.get("reply_markup")
        for row in markup.get("inline_keyboard", []) if isinstance(markup, dict) else []:
            for button in row:
                code, _, about = str(button.get("callback_data", "")).partition(":")
                if code == "pass1":
                    self._offered.add(int(about.split(":")[0]))


def _chose(expected: Expected, who: int, mood: int) -> None:
    expected.moods[who] = mood
    if mood <= 2:
        expected.low.add(who)


def _answered(expected: Expected, about: tuple[int, str, int], option: int) -> None:
    expected.answers.setdefault(about, option)


def _number(update: Mapping[str, Any]) -> int:
    return int(update["update_id"])
