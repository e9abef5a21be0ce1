"""What a teacher does about each message: joining, check-ins, lessons, calls for help."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.buttons.agenda import ShowPlace
from bot.buttons.attendance import AttendanceHere
from bot.buttons.broadcast import BroadcastGotIt
from bot.buttons.checkin import CheckinHere, CheckinMood, CheckinWords
from bot.buttons.headcount import HeadcountBuddies, HeadcountDeny, HeadcountHere, HeadcountVouch
from bot.buttons.help import AskHelp
from bot.buttons.lesson import LessonAnswer, LessonCard, LessonOpen, LessonQuestion
from bot.buttons.programme_change import ChangeSeen
from bot.buttons.relay import PassOn
from bot.languages import Language
from bot.learning.quiz import mark
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import behaviours, ui_driver
from rehearsal.actions import HOUR, MINUTE, AccountAction, Action, PlannedAction
from rehearsal.behaviours import Behaviour
from rehearsal.message_content import Content, ContentType
from rehearsal.reading import after_reading
from rehearsal.self_ratings import rates
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message
from rehearsal.user import SimulatedUser


class Teacher(SimulatedUser):
    """A teacher with a behaviour."""

    def __init__(self, account: Account, behaviour: Behaviour, seed: int, number: int, seminar: Seminar | None) -> None:
        super().__init__(account, seed, number)
        self.behaviour: Behaviour = behaviour
        self.here: set[date] = set()  # on which "I am here" was pressed
        self.moods: dict[date, int] = {}  # the last mood of each day
        self.answered: set[tuple[str, int]] = set()  # lesson and question number
        self.attended: set[tuple[date, str]] = set()  # sessions at which "I am here" was pressed
        self.seen: set[int] = set()  # versions of the programme of which Seen was pressed
        self.got_it: set[int] = set()  # broadcasts of which Got it was pressed
        self.joins_after = 2.0 + number * 0.7
        self._seminar = seminar
        self._reached: dict[str, int] = {}  # how far in each lesson: cards, then 1,000 and the question's number
        self._asked: set[tuple[str, int]] = set()  # slot and day
        self._places_opened: set[str] = set()

    @property
    def always_there(self) -> bool:
        """Whether the teacher joins before day 1 and can be reached all the time."""
        return self.behaviour != Behaviour.BLOCKING

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """At most one action for each kind of question, and for some the block on their day."""
        joining = ui_driver.joining_step(message, self.account.language_code, self.number)
        offered = list(ui_driver.payloads(message))
        if joining is not None and not any(isinstance(one, CheckinHere | CheckinMood) for one in offered):
            yield PlannedAction(self.rng("join", joining).uniform(3, 9), joining)
            return
        if not offered and self.behaviour != Behaviour.SILENT:
            yield from after_reading(self, message, behaviours.THANKS)
        yield from self._counted(offered)
        yield from self._told(offered)
        yield from self._got(offered)
        yield from rates(self, offered, behaviours.PROBABILITIES[self.behaviour][1])
        for payload in offered:
            match payload:
                case CheckinHere(on=on) if on not in self.here:
                    yield from self._morning(payload)
                    return
                case CheckinMood(on=on) if on not in self.moods:
                    yield from self._evening(payload)
                    return
                case CheckinWords(more=1):
                    yield from self._comment(payload)
                    return
                case PassOn(yes=1):
                    yield PlannedAction(MINUTE / 2, self.rng("pass", message.date).choice(_same_kind(payload, offered)))
                    return
                case AskHelp(kind=kind) if kind != "help":
                    yield from self._call_for_help(_same_kind(payload, offered), message.date // 3600)
                    return
        if (step := self._lesson_step(offered)) is not None:
            yield step
        yield from self._open_place(offered)

    def reset_record(self) -> None:
        """Start the record again."""
        self.here.clear()
        self.moods.clear()
        self.answered.clear()
        self.attended.clear()
        self.seen.clear()
        self.got_it.clear()

    def record(self, payload: Payload) -> None:
        """Record what was pressed, to compare it with what the bot has stored."""
        match payload:
            case CheckinHere(on=on):
                self.here.add(on)
            case CheckinMood(on=on, mood=mood):
                self.moods[on] = mood
            case LessonAnswer(lesson=lesson, question=question):
                self.answered.add((lesson, question))
            case AttendanceHere(on=on, session=session):
                self.attended.add((on, session))
            case BroadcastGotIt(broadcast=broadcast):
                self.got_it.add(broadcast)
            case ChangeSeen(version=version, told=told):
                self.seen.update(range(version - told + 1, version + 1))

    # --- help and unasked messages ----------------------------------------------------------------------------------

    def _call_for_help(self, kinds: list[Payload], hour: int) -> Iterator[PlannedAction]:
        yield PlannedAction(MINUTE / 2, self.rng("help", hour).choice(kinds))
        request = self._text_or_content(behaviours.HELP_REQUESTS, behaviours.HELP_CONTENT, "call", hour)
        yield PlannedAction(3 * MINUTE, request)
        if isinstance(request, Content) and request.type is ContentType.LIVE_LOCATION:
            yield PlannedAction(8 * MINUTE, AccountAction.MOVE)
            yield PlannedAction(20 * MINUTE, AccountAction.STOP_SHARING)

    def _text_or_content(self, texts: Mapping[Language, str], types: Sequence[ContentType], *about: object) -> Action:
        """The text in the teacher's language, or other content with it."""
        rng, text = self.rng("says", *about), texts[Language(self.account.language_code)]
        return text if rng.random() < behaviours.PLAIN_TEXT_PROBABILITY else Content(rng.choice(types), text)

    # --- check-ins --------------------------------------------------------------------------------------------------

    def _morning(self, here: CheckinHere) -> Iterator[PlannedAction]:
        day = self._day_number(here.on)
        rng = self.rng("morning", day)
        if not self._first_time("morning", day):
            yield from self._after_reminder(here)
            return
        if rng.random() < behaviours.PROBABILITIES[self.behaviour][0]:
            yield PlannedAction(self._delay(rng, day), here)
        if self.behaviour == Behaviour.BLOCKING and day == behaviours.FIRST_BLOCK_ON + self.number % 3:
            yield PlannedAction(5 * HOUR, AccountAction.BLOCK)
            yield PlannedAction(5 * HOUR + behaviours.BLOCKED_FOR, AccountAction.RETURN)
        if self.behaviour == Behaviour.STRUGGLING and rng.random() < 0.12:
            yield PlannedAction(4 * HOUR, "/help")
        elif rng.random() < behaviours.SENDS_UNASKED_PROBABILITY:
            thanks = self._text_or_content(behaviours.THANKS, behaviours.UNASKED_CONTENT, "thanks", day)
            yield PlannedAction(3 * HOUR, thanks)

    def _counted(self, offered: Sequence[Payload]) -> Iterator[PlannedAction]:
        """In a headcount and at a session: taps, once; sometimes speaks for a buddy, or denies what one has said."""
        for payload in offered:
            match payload:
                case HeadcountHere(headcount=number) if self._first_time("headcount", number):
                    yield from self._headcount(payload)
                case AttendanceHere(on=on, session=session) if self._first_time(
                    f"attendance {session}", on.toordinal()
                ):
                    rng = self.rng("attendance", self._day_number(on), session)
                    if rng.random() < behaviours.PROBABILITIES[self.behaviour][0]:
                        late = 12 * MINUTE if self.behaviour == Behaviour.LATE else 0
                        yield PlannedAction(late + rng.uniform(20, 12 * MINUTE), payload)
                case HeadcountVouch(headcount=number) if self._first_time("vouch", number):
                    yield PlannedAction(MINUTE / 4, payload)
                case HeadcountDeny(headcount=number) if self._first_time("buddy", number):
                    if self.rng("buddy", number).random() < behaviours.DENIES_BUDDY_PROBABILITY:
                        yield PlannedAction(MINUTE / 2, payload)

    def _headcount(self, here: HeadcountHere) -> Iterator[PlannedAction]:
        rng = self.rng("headcount", here.headcount)
        if rng.random() < behaviours.PROBABILITIES[self.behaviour][0]:
            after = rng.uniform(10, 4 * MINUTE)
            yield PlannedAction(after, here)
            if rng.random() < behaviours.VOUCHES_PROBABILITY:
                yield PlannedAction(after + MINUTE / 2, HeadcountBuddies(here.headcount, 0))

    def _got(self, offered: Sequence[Payload]) -> Iterator[PlannedAction]:
        """Of a message to many: most press that they have got it."""
        for payload in offered:
            if isinstance(payload, BroadcastGotIt) and self._first_time("got it", payload.broadcast):
                rng = self.rng("got it", payload.broadcast)
                if rng.random() < behaviours.SEES_CHANGE_PROBABILITIES[self.behaviour]:
                    yield PlannedAction(rng.uniform(MINUTE / 3, 4 * MINUTE), payload)

    def _told(self, offered: Sequence[Payload]) -> Iterator[PlannedAction]:
        """Of a change of the programme: presses Seen, soon or late or not; sometimes looks at today."""
        for payload in offered:
            if not isinstance(payload, ChangeSeen):
                continue
            first = self._first_time("seen", payload.version)
            rng = self.rng("seen", payload.version, first)
            sees = behaviours.SEES_CHANGE_PROBABILITIES[self.behaviour]
            if not first:
                sees = behaviours.SEES_REMINDER_PROBABILITY if sees and payload.version not in self.seen else 0.0
            if rng.random() < sees:
                late = self.behaviour == Behaviour.LATE and first
                yield PlannedAction(rng.uniform(75, 150) * MINUTE if late else rng.uniform(20, 9 * MINUTE), payload)
            if first and sees and rng.random() < behaviours.READS_TODAY_PROBABILITY:
                yield PlannedAction(rng.uniform(1, 30) * MINUTE, "/today")

    def _evening(self, mood: CheckinMood) -> Iterator[PlannedAction]:
        day = self._day_number(mood.on)
        rng = self.rng("evening", day)
        if not self._first_time("evening", day):
            yield from self._after_reminder(mood)
        elif rng.random() < behaviours.PROBABILITIES[self.behaviour][1]:
            moods, weights = behaviours.moods_of(self.behaviour)
            felt = rng.choices(moods, weights)[0]
            yield PlannedAction(self._delay(rng, day), CheckinMood(mood.on, felt))

    def _day_number(self, on: date) -> int:
        """The number of the day in the seminar: a seed decides the same whenever that begins."""
        return (on - self._seminar.first).days + 1 if self._seminar else on.toordinal()

    def _first_time(self, slot: str, day: int) -> bool:
        first = (slot, day) not in self._asked
        self._asked.add((slot, day))
        return first

    def _after_reminder(self, asked: CheckinHere | CheckinMood) -> Iterator[PlannedAction]:
        rng = self.rng("reminded", type(asked).__name__, self._day_number(asked.on))
        if self.behaviour == Behaviour.ABSENT and rng.random() < 0.4:
            yield PlannedAction(rng.uniform(3 * MINUTE, 20 * MINUTE), asked)

    def _comment(self, more: CheckinWords) -> Iterator[PlannedAction]:
        rng = self.rng("words", self._day_number(more.on))
        if rng.random() < 0.3:
            yield PlannedAction(20, more)
            text = rng.choice(behaviours.EVENING_COMMENTS[Language(self.account.language_code)])
            bold = rng.random() < behaviours.PLAIN_TEXT_PROBABILITY / 2
            yield PlannedAction(80, Content(ContentType.BOLD, text) if bold else text)
        else:
            yield PlannedAction(20, CheckinWords(more.on, 0))

    def _delay(self, rng: random.Random, day: int) -> float:
        if self.behaviour != Behaviour.LATE:
            return min(rng.expovariate(1 / (6 * MINUTE)), 27 * MINUTE) + 20
        hours = self._seminar.hours_of(day) if self._seminar else None
        nudge = hours.nudge_after.total_seconds() if hours else 30 * MINUTE
        alert = hours.alert_after.total_seconds() if hours else 60 * MINUTE
        # Most need the reminder; some answer only after the organizers were told.
        return rng.uniform(nudge + MINUTE, alert - MINUTE) if rng.random() < 0.7 else alert + 20 * MINUTE

    # --- lessons ----------------------------------------------------------------------------------------------------

    def _lesson_step(self, offered: list[Payload]) -> PlannedAction | None:
        if (question := next((one for one in offered if isinstance(one, LessonAnswer)), None)) is not None:
            return self._answer_question(question)
        steps = [one for one in offered if isinstance(one, LessonCard | LessonQuestion)]
        forward = max(steps, key=_position, default=None)
        if forward is not None:
            if _position(forward) <= self._reached.get(forward.lesson, 0):
                return None
            self._reached[forward.lesson] = _position(forward)
            return PlannedAction(self.rng("read", forward).choice((30, 60, 60, 90)), forward)
        for one in offered:
            if isinstance(one, LessonOpen) and one.lesson not in self._reached:
                return self._begin_lesson(one)
        return None

    def _begin_lesson(self, lesson: LessonOpen) -> PlannedAction | None:
        rng = self.rng("lesson", lesson.lesson)
        self._reached[lesson.lesson] = 1
        if rng.random() >= behaviours.PROBABILITIES[self.behaviour][2]:
            return None
        later = 2 * HOUR if self.behaviour == Behaviour.LATE else 0
        return PlannedAction(later + 5 * MINUTE * rng.randint(0, 9) + 30, lesson)

    def _answer_question(self, question: LessonAnswer) -> PlannedAction | None:
        if (question.lesson, question.question) in self.answered:
            return None
        rng = self.rng("answer", question.lesson, question.question)
        lesson = self._seminar.lesson(question.lesson) if self._seminar else None
        if lesson is None or question.question > len(lesson.quiz):
            return PlannedAction(MINUTE, question)
        asked = lesson.quiz[question.question - 1]
        right = rng.random() < behaviours.correct_answer_probability(self.behaviour)
        option = asked.right if right else rng.randrange(len(asked.options))
        meant = mark(asked, asked.options[option])
        pressed = LessonAnswer(question.seminar, question.lesson, question.question, option + 1, meant)
        return PlannedAction(MINUTE, pressed)

    def _open_place(self, offered: list[Payload]) -> Iterator[PlannedAction]:
        for payload in offered:
            if isinstance(payload, ShowPlace) and (about := payload.pack()) not in self._places_opened:
                self._places_opened.add(about)
                if self.rng("curious", about).random() < behaviours.OPENS_PLACE_PROBABILITY:
                    yield PlannedAction(2 * MINUTE, payload)
                    return


def _position(step: LessonCard | LessonQuestion) -> int:
    return step.card if isinstance(step, LessonCard) else 1_000 + step.question


def _same_kind(payload: Payload, offered: list[Payload]) -> list[Payload]:
    return [one for one in offered if type(one) is type(payload)]
