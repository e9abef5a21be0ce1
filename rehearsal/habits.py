"""How people behave: what someone with a habit will do about a message that has just come."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from bot.buttons.agenda import ShowPlace
from bot.buttons.checkin import CheckinHere, CheckinMood, CheckinWords
from bot.buttons.help import AskHelp, PassOn
from bot.buttons.lesson import LessonAnswer, LessonCard, LessonOpen, LessonQuestion
from bot.learning.quiz import mark
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import hands
from rehearsal.player import HOUR, MINUTE, Deed, Do, Intention, Player
from rehearsal.saying import Say, Thing
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message


class Habit(StrEnum):
    """The habits of teachers."""

    PROMPT = "prompt"
    LATE = "late"
    ABSENT = "absent"
    STRUGGLING = "struggling"
    SILENT = "silent"
    BLOCKING = "blocking"


# Of thirty teachers, how many have which habit.
_OF_THIRTY = {
    Habit.PROMPT: 15,
    Habit.LATE: 6,
    Habit.ABSENT: 4,
    Habit.STRUGGLING: 3,
    Habit.SILENT: 1,
    Habit.BLOCKING: 1,
}
_BLOCKS_ON = 4  # the day number on which the first one blocks the bot
_AWAY = 44 * HOUR
_CURIOUS = 0.08
_CHATTY = 0.08

# (answers the morning, answers the evening, begins the lesson), chances from 0 to 1.
_CHANCES = {
    Habit.PROMPT: (0.99, 0.98, 0.95),
    Habit.LATE: (0.97, 0.92, 0.75),
    Habit.ABSENT: (0.65, 0.60, 0.40),
    Habit.STRUGGLING: (0.95, 0.95, 0.80),
    Habit.SILENT: (0.0, 0.0, 0.0),
    Habit.BLOCKING: (0.98, 0.95, 0.85),
}
_MOODS = {
    Habit.STRUGGLING: ((1, 2, 3, 4), (1, 4, 4, 2)),
    Habit.ABSENT: ((2, 3, 4, 5), (1, 4, 4, 2)),
}
_USUAL_MOODS = ((2, 3, 4, 5), (1, 8, 40, 32))
_KNOWS = {Habit.STRUGGLING: 0.45, Habit.ABSENT: 0.6}

_WORDS = {
    "tg": ("Рӯзи хуб буд, ташаккур.", "Барои ман тез буд, ӯ < ман.", "Ба ман мактаб хеле маъқул шуд!"),
    "ru": ("Хороший день, спасибо.", "Было быстро, не всё успела записать.", "Очень понравилась школа!"),
    "en": ("A good day, thank you.", "Too fast for me & my notes.", "I loved the school visit!"),
    "ko": ("좋은 하루였어요. 감사합니다.", "조금 빨랐어요.", "학교 방문이 정말 좋았어요!"),
}
_CALLS = {
    "tg": "Ман дар назди даромадгоҳи қаторам, касе нест.",
    "ru": "Я у входа в метро, никого не вижу.",
    "en": "I am at the entrance & see nobody.",
    "ko": "입구에 있는데 아무도 없어요.",
}
_THANKS = {"tg": "Ташаккур!", "ru": "Спасибо!", "en": "Thank you!", "ko": "감사합니다!"}
# What comes instead of words: in a call for help, and just so.
_SHOWN = (Thing.ALBUM, Thing.PHOTO, Thing.VIDEO, Thing.ROUND, Thing.VOICE, Thing.PLACE, Thing.BOLD)
_SHARED = (Thing.DICE, Thing.STICKER, Thing.FORWARD, Thing.LINK, Thing.BOLD, Thing.ALBUM, Thing.VIDEO)
_IN_PLAIN_WORDS = 0.5


class Teacher(Player):
    """A teacher with a habit."""

    def __init__(self, account: Account, habit: Habit, seed: int, number: int, seminar: Seminar | None) -> None:
        super().__init__(account, seed, number)
        self.habit = habit
        self.here: set[date] = set()  # on which "I am here" was pressed
        self.moods: dict[date, int] = {}  # the last mood of each day
        self.answered: set[tuple[str, int]] = set()  # lesson and question number
        self.arrives_after = 2.0 + number * 0.7
        self._seminar = seminar
        self._reached: dict[str, int] = {}  # how far in each lesson: cards, then 1,000 and the question's number
        self._asked: set[tuple[str, int]] = set()  # slot and day
        self._looked: set[str] = set()

    @property
    def always_there(self) -> bool:
        """Whether the teacher is in from the eve on and can be reached all the time."""
        return self.habit != Habit.BLOCKING

    def intends(self, bubble: Message) -> Iterable[Intention]:
        """One thing at most about each kind of question, and for some a deed on their day."""
        joining = hands.joining_step(bubble, self.account.language_code, self.number)
        offered = list(hands.payloads(bubble))
        if joining is not None and not any(isinstance(one, CheckinHere | CheckinMood) for one in offered):
            yield Intention(self.chance("join", joining).uniform(3, 9), joining)
            return
        for payload in offered:
            match payload:
                case CheckinHere(on=on) if on not in self.here:
                    yield from self._morning(payload)
                    return
                case CheckinMood(on=on) if on not in self.moods:
                    yield from self._evening(payload)
                    return
                case CheckinWords(more=1):
                    yield from self._words(payload)
                    return
                case PassOn(yes=1):
                    yield Intention(MINUTE / 2, self.chance("pass", bubble.date).choice(_like(payload, offered)))
                    return
                case AskHelp(kind=kind) if kind != "help":
                    yield Intention(
                        MINUTE / 2, self.chance("help", bubble.date // 3600).choice(_like(payload, offered))
                    )
                    yield Intention(3 * MINUTE, self._says(_CALLS, _SHOWN, "call", bubble.date // 3600))
                    return
        if (step := self._lesson(offered)) is not None:
            yield step
        yield from self._curious(offered)

    def forgets(self) -> None:
        """Begin the notes anew."""
        self.here.clear()
        self.moods.clear()
        self.answered.clear()

    def remembers(self, payload: Payload) -> None:
        """Note what was said, to compare it with what the bot has kept."""
        match payload:
            case CheckinHere(on=on):
                self.here.add(on)
            case CheckinMood(on=on, mood=mood):
                self.moods[on] = mood
            case LessonAnswer(lesson=lesson, question=question):
                self.answered.add((lesson, question))

    # --- check-ins --------------------------------------------------------------------------------------------------

    def _morning(self, here: CheckinHere) -> Iterator[Intention]:
        day = self._number(here.on)
        chance = self.chance("morning", day)
        if not self._first_sight("morning", day):
            yield from self._reminded(here)
            return
        if chance.random() < _CHANCES[Habit(self.habit)][0]:
            yield Intention(self._delay(chance, day), here)
        if self.habit == Habit.BLOCKING and day == _BLOCKS_ON + self.number % 3:
            yield Intention(5 * HOUR, Deed.BLOCK)
            yield Intention(5 * HOUR + _AWAY, Deed.RETURN)
        if self.habit == Habit.STRUGGLING and chance.random() < 0.12:
            yield Intention(4 * HOUR, "/help")
        elif chance.random() < _CHATTY:
            yield Intention(3 * HOUR, self._says(_THANKS, _SHARED, "thanks", day))

    def _evening(self, mood: CheckinMood) -> Iterator[Intention]:
        day = self._number(mood.on)
        chance = self.chance("evening", day)
        if not self._first_sight("evening", day):
            yield from self._reminded(mood)
        elif chance.random() < _CHANCES[Habit(self.habit)][1]:
            moods, weights = _MOODS.get(Habit(self.habit), _USUAL_MOODS)
            felt = chance.choices(moods, weights)[0]
            yield Intention(self._delay(chance, day), CheckinMood(mood.on, felt))

    def _number(self, on: date) -> int:
        """Which day of the seminar a date is: the same seed plays the same whenever that begins."""
        return (on - self._seminar.first).days + 1 if self._seminar else on.toordinal()

    def _first_sight(self, slot: str, day: int) -> bool:
        first = (slot, day) not in self._asked
        self._asked.add((slot, day))
        return first

    def _reminded(self, asked: CheckinHere | CheckinMood) -> Iterator[Intention]:
        chance = self.chance("reminded", type(asked).__name__, self._number(asked.on))
        if self.habit == Habit.ABSENT and chance.random() < 0.4:
            yield Intention(chance.uniform(3 * MINUTE, 20 * MINUTE), asked)

    def _words(self, more: CheckinWords) -> Iterator[Intention]:
        chance = self.chance("words", self._number(more.on))
        if chance.random() < 0.3:
            yield Intention(20, more)
            words = chance.choice(_WORDS[self.account.language_code])
            marked = chance.random() < _IN_PLAIN_WORDS / 2
            yield Intention(80, Say(Thing.BOLD, words) if marked else words)
        else:
            yield Intention(20, CheckinWords(more.on, 0))

    def _says(self, words: Mapping[str, str], things: Sequence[Thing], *about: object) -> Do:
        """The words in the person's language, or something else with them."""
        chance, text = self.chance("says", *about), words[self.account.language_code]
        return text if chance.random() < _IN_PLAIN_WORDS else Say(chance.choice(things), text)

    def _delay(self, chance: random.Random, day: int) -> float:
        if self.habit != Habit.LATE:
            return min(chance.expovariate(1 / (6 * MINUTE)), 27 * MINUTE) + 20
        hours = self._seminar.hours_of(day) if self._seminar else None
        nudge = hours.nudge_after.total_seconds() if hours else 30 * MINUTE
        alert = hours.alert_after.total_seconds() if hours else 60 * MINUTE
        # Most need the reminder; some answer only after the organizers were told.
        return chance.uniform(nudge + MINUTE, alert - MINUTE) if chance.random() < 0.7 else alert + 20 * MINUTE

    # --- lessons ----------------------------------------------------------------------------------------------------

    def _lesson(self, offered: list[Payload]) -> Intention | None:
        if (question := next((one for one in offered if isinstance(one, LessonAnswer)), None)) is not None:
            return self._answer(question)
        steps = [one for one in offered if isinstance(one, LessonCard | LessonQuestion)]
        forward = max(steps, key=_place, default=None)
        if forward is not None:
            if _place(forward) <= self._reached.get(forward.lesson, 0):
                return None
            self._reached[forward.lesson] = _place(forward)
            return Intention(self.chance("read", forward).choice((30, 60, 60, 90)), forward)
        for one in offered:
            if isinstance(one, LessonOpen) and one.lesson not in self._reached:
                return self._begin(one)
        return None

    def _begin(self, lesson: LessonOpen) -> Intention | None:
        chance = self.chance("lesson", lesson.lesson)
        self._reached[lesson.lesson] = 1
        if chance.random() >= _CHANCES[Habit(self.habit)][2]:
            return None
        later = 2 * HOUR if self.habit == Habit.LATE else 0
        return Intention(later + 5 * MINUTE * chance.randint(0, 9) + 30, lesson)

    def _answer(self, question: LessonAnswer) -> Intention | None:
        if (question.lesson, question.question) in self.answered:
            return None
        chance = self.chance("answer", question.lesson, question.question)
        lesson = self._seminar.lesson(question.lesson) if self._seminar else None
        if lesson is None or question.question > len(lesson.quiz):
            return Intention(MINUTE, question)
        asked = lesson.quiz[question.question - 1]
        right = chance.random() < _KNOWS.get(Habit(self.habit), 0.85)
        option = asked.right if right else chance.randrange(len(asked.options))
        meant = mark(asked, asked.options[option])
        pressed = LessonAnswer(question.seminar, question.lesson, question.question, option + 1, meant)
        return Intention(MINUTE, pressed)

    def _curious(self, offered: list[Payload]) -> Iterator[Intention]:
        for payload in offered:
            if isinstance(payload, ShowPlace) and (about := payload.pack()) not in self._looked:
                self._looked.add(about)
                if self.chance("curious", about).random() < _CURIOUS:
                    yield Intention(2 * MINUTE, payload)
                    return


def mixture(seed: int) -> Iterator[Habit]:
    """Habits without end: each thirty hold all of them in their proportions, shuffled."""
    source = random.Random(f"habits {seed}")  # noqa: S311 - chance that can be repeated, not secrets
    while True:
        thirty = [habit for habit, count in _OF_THIRTY.items() for _ in range(count)]
        source.shuffle(thirty)
        yield from thirty


def _place(step: LessonCard | LessonQuestion) -> int:
    return step.card if isinstance(step, LessonCard) else 1_000 + step.question


def _like(payload: Payload, offered: list[Payload]) -> list[Payload]:
    return [one for one in offered if type(one) is type(payload)]
