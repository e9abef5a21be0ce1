"""Codes that cross something else: words that are awaited, an answer to an organizer, other roles, a moved session."""

from bot.programme import attendance_code
from bot.programme.edits import Cancelled, Moved
from rehearsal.telegram.faults import Fault, FaultKind
from tests.handlers.test_attendance import HERE, marks
from tests.handlers.test_attendance_code import OLD, digits, shows, token
from tests.kit import System


def no_code(system: System) -> str:
    """Four digits that are none of the session's codes for a long time."""
    secret, now = system.value("SELECT secret FROM attendance"), attendance_code.window(system.clock.now())
    known = {attendance_code.digits(secret, now + n) for n in range(-200, 200)}
    return next(code for code in (f"{n:04}" for n in range(1204, 10_000)) if code not in known)


async def test_the_number_of_a_room_in_an_answer_to_an_organizer_arrives(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await ann.calls_for_help("🧭 I am lost")
    await minji.sends("Which room are you at?", reply_to=minji.newest("Ann"))
    await system.at("2025-08-04 11:16")
    await shows(minji)
    room = no_code(system)
    await ann.sends(room, reply_to=ann.newest("Which room"))
    assert minji.shows(room)
    assert not ann.shows("That is not the code")
    assert system.rows("SELECT * FROM attendance_guess") == []


async def test_the_code_in_an_answer_counts_and_an_old_one_is_told_to_be_old(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    asked, old = ann.newest_with(HERE), digits(screen)
    await system.later(minutes=2)
    await ann.sends(old, reply_to=asked)
    assert OLD in ann.chat[-1].words
    await ann.sends(digits(screen), reply_to=asked)
    assert "You are marked as present: 11:18." in ann.chat[-1].words


async def test_four_digits_that_are_awaited_as_words_are_words(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    await ann.calls_for_help("🆘 I need help")
    await ann.sends(digits(screen))
    assert minji.shows(digits(screen))
    await minji.drafts_broadcast("2025")
    await minji.presses("📣 Send to 2")
    assert "2025" in ann.chat[-1].words
    assert marks(system) == []
    assert system.rows("SELECT * FROM attendance_guess") == []


async def test_others_than_teachers_and_groups_are_not_marked(system: System) -> None:
    minji, farhod = await system.organizer(), await system.coordinator()
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    for one in (minji, farhod):
        await one.sends(digits(screen))
        assert not one.shows("You are marked")
    await farhod.starts(token(system, system.clock.now()))
    assert "This session is for others than you" in farhod.chat[-1].words
    assert marks(system) == []


async def test_who_scans_the_code_while_joining_joins_and_scans_again(system: System) -> None:
    minji = await system.organizer()
    await system.at("2025-08-04 11:16")
    await shows(minji)
    new = system.stranger("New")
    await new.starts(await system.invitation())
    await new.starts(token(system, system.clock.now()))
    assert "you have not joined it in this bot" in new.chat[-1].words
    await new.joins()
    await new.starts(token(system, system.clock.now()))
    assert "You are marked as present: 11:16." in new.chat[-1].words


async def test_the_last_second_counts_and_the_first_one_after_it_does_not(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 12:14:59")
    screen = await shows(minji)
    last = digits(screen)
    await ann.sends(last)
    assert "You are marked as late: 12:14." in ann.chat[-1].words
    await system.later(minutes=1, seconds=1)
    await bo.sends(last)
    assert "is over; nothing can be marked here any more" in bo.chat[-1].words


async def test_the_link_of_a_session_that_was_moved_or_cancelled_is_no_bad_invitation(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    await shows(minji)
    scanned = token(system, system.clock.now())
    await system.publishes(minji, Moved("korea-story", 60))
    await ann.starts(scanned)
    assert "nvitation" not in ann.chat[-1].words
    await system.publishes(minji, Cancelled("korea-story"))
    await ann.starts(scanned)
    assert "nvitation" not in ann.chat[-1].words


async def test_a_chat_that_answers_slowly_leaves_no_old_code_on_another_phone(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.at("2025-08-04 11:16")
    screens = await shows(minji), await shows(bora)
    system.world.faults.script([Fault(delay=3.0, method="editMessageMedia")])  # either phone's
    async with system.without_waiting():
        for moment in ("11:16:30", "11:17:00"):
            system.passes(f"2025-08-04 {moment}")
            await bora.waits_for(lambda: _code(system) in {digits(one) for one in screens}, timeout=1.0)
    assert [digits(one) for one in screens] == [_code(system)] * 2


async def test_a_picture_that_telegram_refuses_for_a_while_is_replaced_soon(system: System) -> None:
    minji = await system.organizer()
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    system.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=70, method="editMessageMedia")])
    await system.later(seconds=30)
    await system.later(minutes=2)
    assert digits(screen) == _code(system)


def _code(system: System) -> str:
    secret = system.value("SELECT secret FROM attendance")
    return attendance_code.digits(secret, attendance_code.window(system.clock.now()))


async def test_a_picture_that_its_reader_has_deleted_is_replaced_no_more(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.at("2025-08-04 11:16")
    first, second = await shows(minji), await shows(bora)
    system.world.chats[minji.id].messages.pop(first.id)
    await system.later(seconds=30)
    assert digits(second) == _code(system)
    system.world.violations.clear()  # Telegram has said once that it is gone
    assert [row["chat_id"] for row in system.rows("SELECT chat_id FROM attendance_screen")] == [bora.id]


async def test_a_picture_that_was_sent_right_before_a_kill_can_be_ended(system: System) -> None:
    minji = await system.organizer()
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    await system.write(lambda connection: connection.execute("DELETE FROM attendance_screen"))
    await system.later(seconds=30)
    assert digits(screen) != _code(system)
    await minji.presses("⏹ Show no code any more", on=screen)
    assert "No code is shown here any more" in screen.words
    assert system.rows("SELECT * FROM attendance_screen") == []
