"""What people change afterwards takes the place of what they wrote, wherever that is by then."""

from rehearsal.telegram import GroupChat, Message
from tests.clocks import eventually
from tests.kit import System, User
from tests.kit.media import PIXEL

OTHER = PIXEL[:-1] + b"\2"


def where(message: Message) -> tuple[object, object, float]:
    """A pin's place, and for how many seconds it moves, to half a minute."""
    place = message.location or {}
    period = place.get("live_period", 0)
    assert isinstance(period, int)
    return place["latitude"], place["longitude"], round(period / 30) * 30


async def lost(system: System) -> tuple[User, User]:
    """A teacher who has called, and the organizer who knows."""
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    return teacher, minji


async def test_a_correction_reaches_who_has_read_it_and_stands_beside_the_old(system: System) -> None:
    teacher, minji = await lost(system)
    written = await teacher.sends("I am at exit 3")
    relayed = minji.chat[-1]
    await teacher.edits(written, "I am at exit 5")
    assert minji.chat[-1].words == "✏️ Ann has corrected this:\nI am at exit 3\nI am at exit 5"
    assert not minji.chat[-1].silent
    assert relayed.words == "✉️ Ann writes:\nI am at exit 3\nI am at exit 5"
    assert [one["type"] for one in relayed.entities][1:] == ["strikethrough", "blockquote"]
    assert teacher.chat[-1].words == "✓ The correction has been passed on."
    shown = (len(minji.chat), len(teacher.chat))
    await teacher.edits(written, "I am at exit 5")
    assert (len(minji.chat), len(teacher.chat)) == shown
    await system.later(seconds=2)
    await teacher.edits(written, "I am at exit 7")
    assert minji.chat[-1].words.endswith("I am at exit 5\nI am at exit 7")
    await minji.presses("Write back")
    answer = await minji.sends("Stay at gate 1")
    await minji.edits(answer, "Stay at gate 2")
    assert teacher.chat[-1].words == "✏️ Minji has corrected this:\nStay at gate 1\nStay at gate 2"
    await teacher.sends("I stay", reply_to=teacher.chat[-1])
    assert minji.chat[-1].words.endswith("Ann writes:\nI stay")


async def test_what_was_not_read_yet_is_read_as_it_is_now(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    written = await teacher.sends("exit 3")
    await teacher.edits(written, "exit 4")
    async with system.sending_stopped():
        await teacher.presses("Yes, pass it on")
        await teacher.waits_for("Your words are kept")
        await teacher.edits(written, "exit 5 " + "жук " * 1_000 + "END")
        await eventually(lambda: system.value("SELECT count(*) FROM outbox") == 2)
    assert "writes:\nexit 5" in minji.chat[0].words
    assert minji.chat[-1].words.endswith("END")
    assert not any("exit 3" in one.words or "exit 4" in one.words for one in minji.chat)
    assert not minji.shows("corrected")
    await system.later(seconds=2)
    await teacher.edits(written, "exit 6")
    assert "exit 6" in minji.chat[0].words
    assert minji.chat[-1].words.startswith("✏️ Ann has corrected this:\nexit 5")
    assert minji.chat[-1].words.endswith("\nexit 6")


async def test_another_picture_or_caption_follows(system: System) -> None:
    teacher, minji = await lost(system)
    photo = await teacher.sends_photo(PIXEL, "gate 3")
    await teacher.edits(photo, "gate 5")
    copy = next(one for one in minji.chat if one.photo)
    assert copy.caption == "✉️ Ann writes:\ngate 3\ngate 5"
    assert minji.chat[-1].words == "✏️ Ann has corrected this:\ngate 3\ngate 5"
    await system.later(seconds=2)
    await teacher.edits_photo(photo, OTHER)
    assert minji.chat[-2].words.startswith("✏️ Ann has corrected this:")
    assert minji.chat[-1].photo == OTHER


async def test_a_preview_follows_its_text_and_a_broadcast_that_has_gone_does_not(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    confirm = await organizer.drafts_broadcast("Exit 3", "Teachers")
    written, preview = organizer.chat[-3:-1]
    await organizer.edits(written, "Exit 5 <&lt=5")
    assert preview.words == "Exit 5 <&lt=5"
    assert organizer.chat[-1] is confirm
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "Exit 5 <&lt=5"
    await organizer.edits(written, "Exit 7")
    assert "nobody sees this change" in organizer.chat[-1].words
    assert teacher.chat[-1].words == "Exit 5 <&lt=5"


async def test_changes_of_what_nobody_keeps_are_ignored(system: System) -> None:
    teacher, someone = await system.teacher("Ann"), system.stranger()
    minji = await system.organizer()
    group = GroupChat(system.world, "Bus", [teacher])
    for who, chat in ((teacher, None), (teacher, group), (someone, None)):
        message = await who.sends("/today", chat=chat)
        shown = len((chat or who).chat)
        await who.edits(message, "/help tomorrow")
        assert len((chat or who).chat) == shown
    dropped = await teacher.sends("never mind")
    await teacher.presses("No")
    shown = len(teacher.chat)
    await teacher.edits(dropped, "really")
    assert (len(teacher.chat), len(minji.chat)) == (shown, 0)
    assert system.rows("SELECT * FROM help_message") == []


async def test_a_place_that_moves_is_one_pin(system: System) -> None:
    teacher, minji = await lost(system)
    shared = await teacher.shares_location(36.50, 127.25)
    [pin] = [one for one in minji.chat if one.location]
    assert where(pin) == (36.50, 127.25, 900)
    shown = (len(minji.chat), len(teacher.chat))
    await teacher.moves(shared, 36.51, 127.26)
    assert where(pin) == (36.51, 127.26, 900)
    await teacher.moves(shared, 36.52, 127.27, stops=True)
    assert where(pin) == (36.52, 127.27, 0)
    # Only its end is told, to both.
    assert (len(minji.chat), len(teacher.chat)) == (shown[0] + 1, shown[1] + 1)
    assert minji.shows("the live location ended at 06:00.")


async def test_a_place_that_waits_for_a_yes_arrives_where_it_is_by_then(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    shared = await teacher.shares_location(36.50, 127.25, period=3_600)
    await system.later(minutes=10)
    await teacher.moves(shared, 36.51, 127.26)
    await teacher.presses("Yes, pass it on")
    assert where(minji.chat[-1]) == (36.51, 127.26, 3_000)
    async with system.without_waiting():
        ended = await teacher.shares_location(36.60, 127.30)
        await teacher.moves(ended, 36.61, 127.31, stops=True)
    assert where([one for one in minji.chat if one.location][-1]) == (36.61, 127.31, 0)
