"""How teachers behave: the kinds of behaviour, how likely each makes what, and what they write."""

import random
from collections.abc import Iterator
from enum import StrEnum

from bot.languages import Language
from rehearsal.actions import HOUR
from rehearsal.message_content import ContentType


class Behaviour(StrEnum):
    """The behaviours of teachers."""

    PROMPT = "prompt"
    LATE = "late"
    ABSENT = "absent"
    STRUGGLING = "struggling"
    SILENT = "silent"
    BLOCKING = "blocking"


# Of thirty teachers, how many have which behaviour.
_OF_THIRTY = {
    Behaviour.PROMPT: 15,
    Behaviour.LATE: 6,
    Behaviour.ABSENT: 4,
    Behaviour.STRUGGLING: 3,
    Behaviour.SILENT: 1,
    Behaviour.BLOCKING: 1,
}

# Probabilities: answers the morning check-in, answers the evening check-in, begins the lesson.
PROBABILITIES = {
    Behaviour.PROMPT: (0.99, 0.98, 0.95),
    Behaviour.LATE: (0.97, 0.92, 0.75),
    Behaviour.ABSENT: (0.65, 0.60, 0.40),
    Behaviour.STRUGGLING: (0.95, 0.95, 0.80),
    Behaviour.SILENT: (0.0, 0.0, 0.0),
    Behaviour.BLOCKING: (0.98, 0.95, 0.85),
}
SEES_CHANGE_PROBABILITIES = {  # presses Seen below a notice that the programme has changed
    Behaviour.PROMPT: 0.95,
    Behaviour.LATE: 0.9,
    Behaviour.ABSENT: 0.5,
    Behaviour.STRUGGLING: 0.85,
    Behaviour.SILENT: 0.0,
    Behaviour.BLOCKING: 0.9,
}
SEES_REMINDER_PROBABILITY = 0.6  # presses it below a reminder, who has not done so before
READS_TODAY_PROBABILITY = 0.25  # writes /today after a notice
OPENS_PLACE_PROBABILITY = 0.08
SENDS_UNASKED_PROBABILITY = 0.08
VOUCHES_PROBABILITY = 0.15  # for somebody beside them, in a headcount
DENIES_BUDDY_PROBABILITY = 0.3
PLAIN_TEXT_PROBABILITY = 0.5  # where content of another type is possible, too
_CORRECT_ANSWER_PROBABILITY = {Behaviour.STRUGGLING: 0.45, Behaviour.ABSENT: 0.6}
_USUAL_CORRECT_ANSWER_PROBABILITY = 0.85

# Moods with their weights.
_MOODS = {
    Behaviour.STRUGGLING: ((1, 2, 3, 4), (1, 4, 4, 2)),
    Behaviour.ABSENT: ((2, 3, 4, 5), (1, 4, 4, 2)),
}
_USUAL_MOODS = ((2, 3, 4, 5), (1, 8, 40, 32))

FIRST_BLOCK_ON = 4  # the number of the day on which the first teacher blocks the bot
BLOCKED_FOR = 44 * HOUR

EVENING_COMMENTS = {
    Language.TAJIK: ("Рӯзи хуб буд, ташаккур.", "Барои ман тез буд, ӯ < ман.", "Ба ман мактаб хеле маъқул шуд!"),
    Language.RUSSIAN: ("Хороший день, спасибо.", "Было быстро, не всё успела записать.", "Очень понравилась школа!"),
    Language.ENGLISH: ("A good day, thank you.", "Too fast for me & my notes.", "I loved the school visit!"),
    Language.KOREAN: ("좋은 하루였어요. 감사합니다.", "조금 빨랐어요.", "학교 방문이 정말 좋았어요!"),
}
HELP_REQUESTS = {
    Language.TAJIK: "Ман дар назди даромадгоҳи қаторам, касе нест.",
    Language.RUSSIAN: "Я у входа в метро, никого не вижу.",
    Language.ENGLISH: "I am at the entrance & see nobody.",
    Language.KOREAN: "입구에 있는데 아무도 없어요.",
}
THANKS = {
    Language.TAJIK: "Ташаккур!",
    Language.RUSSIAN: "Спасибо!",
    Language.ENGLISH: "Thank you!",
    Language.KOREAN: "감사합니다!",
}
# What is sent instead of plain text: in a request for help, and unasked.
HELP_CONTENT = (
    ContentType.ALBUM,
    ContentType.PHOTO,
    ContentType.VIDEO,
    ContentType.VIDEO_NOTE,
    ContentType.VOICE,
    ContentType.LOCATION,
    ContentType.LIVE_LOCATION,
    ContentType.CONTACT,
    ContentType.BOLD,
)
UNASKED_CONTENT = (
    ContentType.DICE,
    ContentType.STICKER,
    ContentType.FORWARD,
    ContentType.LINK,
    ContentType.BOLD,
    ContentType.ALBUM,
    ContentType.VIDEO,
    ContentType.POLL,
)


def moods_of(behaviour: Behaviour) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The moods of an evening, and the weight of each."""
    return _MOODS.get(behaviour, _USUAL_MOODS)


def correct_answer_probability(behaviour: Behaviour) -> float:
    """How likely an answer to a quiz is right."""
    return _CORRECT_ANSWER_PROBABILITY.get(behaviour, _USUAL_CORRECT_ANSWER_PROBABILITY)


def behaviour_sequence(seed: int) -> Iterator[Behaviour]:
    """Behaviours without end: each thirty hold all of them in their proportions, shuffled."""
    # The text of the seed stays as it is: another would change what a seed stands for.
    source = random.Random(f"habits {seed}")  # noqa: S311 - repeatable, for no secrets
    while True:
        thirty = [behaviour for behaviour, count in _OF_THIRTY.items() for _ in range(count)]
        source.shuffle(thirty)
        yield from thirty
