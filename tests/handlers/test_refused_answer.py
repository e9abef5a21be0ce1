"""Telegram refuses an answer: nobody is alerted, and what was done stays done."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from telegram.error import RetryAfter
from telegram.request import RequestData

from bot.context import Context
from rehearsal.telegram import GroupChat
from tests.kit import Direct, System, judged

SORRY = "something went wrong"
# Telegram's words for places where the bot may not write.
SHUT = (
    "not enough rights to send text messages to the chat",
    "have no rights to send a message",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "CHAT_RESTRICTED",
    "TOPIC_CLOSED",
    "message thread not found",
    "chat not found",
)


class Answers:
    """Answers of Telegram that tests choose: to a method, for as long as they are there."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.of: dict[str, tuple[int, object]] = {}
        real = Direct.do_request

        async def do_request(
            request: Direct, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
        ) -> tuple[int, bytes]:
            chosen = self.of.get(url.rsplit("/", 1)[1])
            return judged(*chosen) if chosen else await real(request, url, method, request_data)

        patch.setattr(Direct, "do_request", do_request)

    def refuse(self, method: str, description: str, status: int = 400) -> None:
        self.of[method] = status, {"ok": False, "error_code": status, "description": description}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(monkeypatch)


def ended_well(system: System, log: pytest.LogCaptureFixture) -> bool:
    """Whether every update has ended well, nobody is alerted, and no traceback was written."""
    return (
        system.value("SELECT count(*) FROM inbox WHERE state <> 'done' OR attempts > 1") == 0
        and system.value("SELECT count(*) FROM outbox WHERE kind = 'unhandled'") == 0
        and not [record for record in log.records if record.exc_info]
    )


async def test_a_group_where_the_bot_may_not_write_alerts_nobody(
    system: System, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    await system.organizer()
    someone, teacher = system.stranger(), await system.teacher()
    group = GroupChat(system.world, "Bus", [someone, teacher])
    await system.wait_idle()
    for words in SHUT:
        answers.refuse("sendMessage", f"Bad Request: {words}")
        await someone.sends("/start", chat=group)
        await teacher.sends("/start", chat=group)
    answers.refuse("sendMessage", "Forbidden: bot is not a member of the supergroup chat", 403)
    await teacher.sends("/start", chat=group)
    assert ended_well(system, caplog)
    assert system.value("SELECT count(*) FROM person WHERE reachable = 0") == 0


@pytest.mark.parametrize(
    ("status", "description"),
    [(429, "Too Many Requests"), (400, "Bad Request: query is too old"), (403, "Forbidden"), (502, "Bad Gateway")],
)
async def test_who_pressed_hears_no_apology_for_a_toast(
    system: System, answers: Answers, caplog: pytest.LogCaptureFixture, status: int, description: str
) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:20")
    answers.refuse("answerCallbackQuery", description, status)
    async with system.without_waiting():
        await teacher.presses("✅ I am here")
    assert system.value("SELECT count(*) FROM checkin") == 1
    assert teacher.shows("You are here")
    assert not teacher.shows(SORRY)
    assert ended_well(system, caplog)


async def test_what_a_toast_was_to_say_is_said_in_the_chat(system: System, answers: Answers) -> None:
    owner = system.owner_account
    await owner.starts()
    answers.refuse("answerCallbackQuery", "Bad Request: query is too old and response timeout expired")
    await owner.presses_payload("day2:2025-08-04", on=owner.chat[-1])
    assert owner.chat[-1].words == "Press /start to go on where we were."
    answers.of.clear()


async def test_a_menu_that_cannot_be_set_is_no_mistake(
    system: System, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    teacher, code = system.stranger("Ann"), await system.invitation()
    answers.refuse("setMyCommands", "Too Many Requests", 429)
    await teacher.starts(code)
    for label in ("English", "Ann", system.seminar.groups[0].title.get("en"), "I agree"):
        await teacher.presses(label)
    assert not teacher.shows(SORRY)
    assert ended_well(system, caplog)


@pytest.mark.parametrize("result", [True, None, 5, "x", {}, {"message_id": "x"}])
async def test_an_accepted_answer_with_an_odd_result_is_an_answer(
    system: System, answers: Answers, caplog: pytest.LogCaptureFixture, result: object
) -> None:
    teacher = await system.teacher()
    answers.of["sendMessage"] = 200, {"ok": True, "result": result}
    await teacher.sends("/me")
    assert ended_well(system, caplog)


async def test_a_throttled_answer_is_tried_again_and_not_apologized_for(
    system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    async def throttled(_context: Context, _arguments: str) -> None:
        nonlocal tries
        tries += 1
        raise RetryAfter(0)

    teacher, router = await system.teacher(), system.app.router
    monkeypatch.setitem(router._commands, "me", replace(router._commands["me"], handle=throttled))
    with caplog.at_level(logging.WARNING):
        await teacher.sends("/me")
    assert tries == 3
    assert len(teacher.chat) == 1
    assert not [record for record in caplog.records if record.exc_info]
