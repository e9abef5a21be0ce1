"""What people do about a message that asks for no press: a reaction, a reply, a correction or deletion of that."""

import re
from collections.abc import Iterator, Mapping

from bot.languages import Language
from rehearsal.actions import MINUTE, PlannedAction
from rehearsal.message_content import Correction, Deletion, Reaction, Reply
from rehearsal.telegram.model import Message
from rehearsal.user import SimulatedUser

REACTS_PROBABILITY = 0.15
REPLIES_PROBABILITY = 0.06
CORRECTS_PROBABILITY = 0.4  # what was just answered
DELETES_PROBABILITY = 0.2  # the same, where it is not corrected
_EMOJI = ("👍", "❤", "🙏", "👌", "😁")
_CORRECTED = " 🙏"
_NUMBERS = re.compile(r"\d+")
_SAME_WORDS = 60  # characters by which messages are taken for the same


def after_reading(user: SimulatedUser, message: Message, answers: Mapping[Language, str]) -> Iterator[PlannedAction]:
    """At most once for the same words: nothing most times."""
    words = _NUMBERS.sub("", message.words)[:_SAME_WORDS]  # a minute more or less is another time, and no other message
    if not words.strip() or message.is_service or not user.reads_first(words):
        return
    rng = user.rng("reading", words)
    after = rng.uniform(1, 20) * MINUTE
    if rng.random() < REACTS_PROBABILITY:
        yield PlannedAction(after, Reaction(rng.choice(_EMOJI)))
    if rng.random() < REPLIES_PROBABILITY:
        answer = answers[Language(user.account.language_code)]
        yield PlannedAction(after + MINUTE, Reply(answer))
        if rng.random() < CORRECTS_PROBABILITY:
            yield PlannedAction(after + 2 * MINUTE, Correction(answer, answer + _CORRECTED))
        elif rng.random() < DELETES_PROBABILITY:
            yield PlannedAction(after + 2 * MINUTE, Deletion(answer))
