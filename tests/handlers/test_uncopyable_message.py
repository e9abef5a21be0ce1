"""What Telegram does not copy: its sender hears so at once, and is never left with "passed on"."""

from typing import Any

import pytest

from rehearsal.telegram import RefusedError
from rehearsal.telegram.methods import METHODS
from tests.clocks import eventually
from tests.kit import System, User
from tests.kit.media import PIXEL

FORBIDDEN = "VOICE_MESSAGES_FORBIDDEN"
QUIZ = {
    "id": "1", "question": "Which?", "options": [{"text": "a", "voter_count": 0, "persistent_id": "0"}],
    "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "quiz", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
NEVER: dict[str, dict[str, Any]] = {
    "quiz": {"poll": QUIZ},
    "paid media": {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 5, "height": 5}]}},
    "checklist": {"checklist": {"title": "to do", "tasks": [{"id": 1, "text": "I am at the market"}]}},
    "unknown": {"hologram": {"of": "me"}},
}


def refuses(monkeypatch: pytest.MonkeyPatch, words: str, readers: list[User]) -> None:
    """Telegram copies nothing to these people."""
    copy = METHODS["copyMessage"]

    def play(world: Any, call: Any) -> object:
        if call.params["chat_id"] in {reader.id for reader in readers}:
            raise RefusedError(400, f"Bad Request: {words}")
        return copy(world, call)

    monkeypatch.setitem(METHODS, "copyMessage", play)


def ignore_refusals(system: System) -> None:
    """These refusals cannot be foreseen; everything else still counts."""
    system.world.violations[:] = [one for one in system.world.violations if one.method != "copyMessage"]


@pytest.mark.parametrize("what", NEVER)
async def test_what_is_never_copied_is_said_before(system: System, what: str) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await teacher.sends_content(NEVER[what])
    assert teacher.chat[-1].words.startswith("⚠️ This was not passed on")
    assert system.seminar.contacts[0].phone in teacher.chat[-1].words
    await teacher.sends("I am at the market")
    assert minji.chat[-1].words.endswith("I am at the market")
    await teacher.sends("/me")
    await teacher.sends_content(NEVER[what])
    assert teacher.chat[-1].words.startswith("⚠️ This was not passed on")
    assert not any("poll" in one.content for one in minji.chat)


async def test_a_quiz_whose_answer_is_known_is_copied(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.sends_content({"poll": {**QUIZ, "correct_option_ids": [0]}})
    assert "Shall I pass" in teacher.chat[-1].words
    assert minji.chat == []


async def test_a_refusal_is_told_to_the_sender_in_their_language(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, minji = await system.teacher("Энн", language="ru"), await system.organizer()
    await teacher.sends("/help")
    await teacher.presses("Не знаю, где я")
    refuses(monkeypatch, "message can't be copied", [minji])
    await teacher.sends_photo(PIXEL)
    # The receipt changes first, and points to what comes below it.
    await eventually(lambda: system.seminar.contacts[0].phone in teacher.chat[-1].words)
    assert "не дошло" in teacher.chat[-1].words
    assert not teacher.shows("⏳")  # what was said before that, if anything was, points to it
    assert not teacher.shows("нет связи")
    told = "⚠️ Энн has sent something that Telegram does not bring to you. Please ask them to write it."
    assert minji.chat[-1].words == told  # a picture is nothing that settings refuse
    assert system.rows("SELECT * FROM outbox WHERE kind = 'undelivered'") == []
    # The words under it are there all the same.
    await teacher.sends_photo(PIXEL, "Выход 3")
    assert minji.chat[-1].words.endswith("Please ask them to write it.\nВыход 3")
    ignore_refusals(system)


async def test_who_refuses_voices_is_named_and_others_get_them(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    refuses(monkeypatch, FORBIDDEN, [minji])
    await teacher.sends_voice()
    assert "✓ Passed on" in teacher.chat[-1].words  # Bora has it
    assert "voice" in bora.chat[-1].content
    assert "your settings may refuse voice messages" in minji.chat[-1].words
    await bora.presses("Write back")
    refuses(monkeypatch, FORBIDDEN, [teacher])
    await bora.sends_voice()
    assert bora.chat[-1].words == "⚠️ Ann accepts no voice or video messages, so yours did not arrive. Please write it."
    assert "Bora has sent something" in teacher.chat[-1].words
    ignore_refusals(system)
