"""Polls and quizzes."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.entities import utf16
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.posting import as_answer, post
from rehearsal.telegram.model import Json
from rehearsal.telegram.texts import formatted
from rehearsal.telegram.world import World

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12
MAX_EXPLANATION = 200


def send_poll(world: World, call: ApiCall) -> Json:
    """sendPoll, regular or quiz."""
    question = _text_within_limit(call, "question", MAX_QUESTION, "poll question")
    options = _options(call)
    kind = call.text("type", "regular")
    right = [number for number in call.array("correct_option_ids") if isinstance(number, int)]
    if kind == "quiz" and not right:
        raise bad_request("QUIZ_CORRECT_ANSWERS_EMPTY")
    if any(not 0 <= number < len(options) for number in right):
        raise bad_request("wrong correct option ID specified")
    world.polls += 1
    poll: Json = {
        "id": str(5_000_000_000_000_000_000 + world.polls),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": call.flag("is_closed"),
        "is_anonymous": call.flag("is_anonymous", default=True),
        "type": kind,
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": call.flag("allows_revoting", default=kind != "quiz"),
        "members_only": call.flag("members_only"),
    }
    if kind == "quiz":
        poll["correct_option_ids"] = right
        if "explanation" in call.params:
            poll["explanation"] = _text_within_limit(call, "explanation", MAX_EXPLANATION, "poll explanation")
    return as_answer(world, post(world, call, content={"poll": poll}))


def stop_poll(world: World, call: ApiCall) -> Json:
    """stopPoll: the final result."""
    message = world.chat_of(call).find(call.message_id(), "message with poll to stop not found")
    poll = message.poll
    if poll is None or not message.from_bot:
        raise bad_request("message is not a poll")
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    poll["is_closed"] = True
    return poll


def _options(call: ApiCall) -> list[Json]:
    options: list[Json] = []
    for number, given in enumerate(call.array("options")):
        assert isinstance(given, dict)
        part = call.within(given)
        text = _text_within_limit(part, "text", MAX_OPTION, "poll option", mode="text_parse_mode")
        options.append({"persistent_id": str(number), "text": text, "voter_count": 0})
    if not 1 <= len(options) <= MAX_OPTIONS:
        raise bad_request(f"poll must have 1 to {MAX_OPTIONS} options")
    return options


def _text_within_limit(call: ApiCall, field: str, limit: int, noun: str, mode: str = "") -> str:
    text, _, _ = formatted(call, field, f"{field}_entities", mode or f"{field}_parse_mode")
    if not text:
        raise bad_request(f"{noun} must be non-empty")
    if utf16(text) > limit:
        raise bad_request(f"{noun} length must not exceed {limit}")
    return text
