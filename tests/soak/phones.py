"""The people of an inbound soak, and what the database has to hold when all that they did is handled, once."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.buttons import AskHelp, CheckinHere, CheckinMood, LessonAnswer
from bot.programme import Seminar
from bot.rehearsal.telegram import Account
from bot.rehearsal.telegram.journal import Entry
from bot.rehearsal.telegram.model import Bubble
from tests.soak.stand import Stand

_AGAIN: Final = 0.15  # of what people do comes a second time, under another update_id
_OLD_ID: Final = 0.02  # ... and some under the very same one
_CALLS: Final = 4  # that one person may make: organizers get one alert a second


@dataclass(slots=True)
class Done:
    """What people did, by Telegram id."""

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


class Phones:
    """A quarter only writes, a few only call for help, the others check in, choose moods and answer quizzes.

    Each keeps to one conversation, so that what a text means is known without playing the bot.
    """

    def __init__(self, stand: Stand, seminar: Seminar, people: list[Account], *, seed: int) -> None:
        self._stand = stand
        self._seminar = seminar
        self._random = random.Random(seed)
        self._people = people
        self._bubbles: dict[int, list[Bubble]] = {}
        self.done = Done()
        stand.updates.listeners.append(self._sent)
        stand.heard.append(self._answered)

    def settle_in(self) -> None:
        """Put the messages into the chats whose buttons will be pressed."""
        for number, account in enumerate(self._people):
            for _ in range(_CALLS if self._calls(number) else 1):
                self._stand.answer("sendMessage", {"chat_id": account.id, "text": "An earlier message"})
            self._bubbles[account.id] = list(account.bubbles.values())

    async def act(self, updates: int) -> None:
        """Let people make at least so many updates."""
        target = len(self.done.updates) + updates
        while len(self.done.updates) < target:
            number = self._random.randrange(len(self._people))
            account = self._people[number]
            if number % 4 == 0:
                await self._writes(account)
            elif self._calls(number):
                await self._calls_for_help(account)
            else:
                await self._taps(account)
            if self._random.random() < _AGAIN:
                self.done.resent += 1
                account.taps_again()
            if self._random.random() < _OLD_ID:
                self._stand.raw_update(account.last)

    @staticmethod
    def _calls(number: int) -> bool:
        return number % 40 == 1

    async def _writes(self, account: Account) -> None:
        bubble = await account.sends(f"Салом! {self._random.random():.6f} 🙂")
        self.done.texts.add((account.id, bubble.id))
        self.done.kinds["texts"] += 1

    async def _calls_for_help(self, account: Account) -> None:
        bubble = self._random.choice(self._bubbles[account.id])
        await account.presses_payload(AskHelp(self._random.choice(["unwell", "lost"])).pack(), on=bubble)
        self.done.calls.add((account.id, bubble.id))
        self.done.kinds["calls for help"] += 1

    async def _taps(self, account: Account) -> None:
        bubble = self._bubbles[account.id][0]
        chance = self._random.random()
        if chance < 0.2:
            self.done.here.add(account.id)
            self.done.kinds["check-ins"] += 1
            await account.presses_payload(CheckinHere(1).pack(), on=bubble)
        elif chance < 0.6:
            mood = self._random.randint(1 if account.id % 20 == 3 else 3, 5)
            self.done.moods[account.id] = mood
            if mood <= 2:
                self.done.low.add(account.id)
            self.done.kinds["moods"] += 1
            await account.presses_payload(CheckinMood(1, mood).pack(), on=bubble)
        else:
            lesson = self._random.choice(self._seminar.lessons)
            number = self._random.randrange(len(lesson.quiz))
            option = self._random.randrange(len(lesson.quiz[number].options))
            self.done.answers.setdefault((account.id, lesson.key, number), option)
            self.done.kinds["quiz answers"] += 1
            await account.presses_payload(LessonAnswer(lesson.key, number + 1, option + 1).pack(), on=bubble)

    def _sent(self, update: Mapping[str, Any]) -> None:
        self.done.updates.add(update["update_id"])

    def _answered(self, entry: Entry, _what: str) -> None:
        markup = entry.params.get("reply_markup")
        for row in markup.get("inline_keyboard", []) if isinstance(markup, dict) else []:
            for button in row:
                code, _, about = str(button.get("callback_data", "")).partition(":")
                if code == "pass1":
                    self.done.offered.add(int(about.split(":")[0]))
