"""A bus is moved forward by an hour over real HTTP: two organizers, thirty phones, the list of who has not seen it."""

from rehearsal.telegram import Message
from tests.kit import System, User

NOTICE = "The programme has changed"
WALK = "A walk around the lake"


async def publishes(organizer: User, version: int, reason: str = "") -> None:
    """Publish the draft, and wait until it is published."""
    await organizer.presses("📝 Draft: 1 change")
    await organizer.waits_for(lambda: "📣 Publish …" in organizer.chat[-1].labels)
    await organizer.presses("📣 Publish …")
    await organizer.waits_for("Publish this?")
    if reason:
        await organizer.sends(reason)
        await organizer.waits_for(f"💬 {reason}")
    await organizer.presses("✅ Publish")
    await organizer.waits_for(f"Version {version} is published")


async def opens(organizer: User, session: str) -> None:
    """Open a session of today in /programme."""
    await organizer.sends("/programme")
    await organizer.waits_for(lambda: "• 4 August •" in organizer.chat[-1].labels)
    await organizer.presses("• 4 August •")
    await organizer.waits_for(lambda: session in organizer.chat[-1].labels)
    await organizer.presses(session)
    await organizer.waits_for(lambda: "❌ Cancel it" in organizer.chat[-1].labels)


def notices(who: User) -> list[Message]:
    return [message for message in who.chat if NOTICE in message.words and "Please look" not in message.words]


async def test_a_bus_is_moved_forward_by_an_hour(http_system: System) -> None:
    minji, yusuf = await http_system.organizer(), await http_system.organizer("Yusuf")
    teachers = [await http_system.teacher(f"Teacher {number:02}") for number in range(1, 9)]
    await http_system.at("2025-08-04 08:00")
    agendas = [teacher.newest("Good morning") for teacher in teachers]
    await opens(yusuf, f"17:00 {WALK}")
    await yusuf.presses("+15")
    await opens(minji, f"17:00 {WALK}")
    await minji.presses("−60")
    await publishes(minji, 2, "Rain at five")
    await http_system.wait_idle()

    # Everybody has one notice, and the agenda of this morning says what runs.
    for teacher, agenda in zip(teachers, agendas, strict=True):
        [notice] = notices(teacher)
        assert "16:00–17:00 (12:00–13:00) (it was 17:00–18:00)" in notice.words
        assert "💬 Rain at five" in notice.words
        assert "16:00–17:00" in agenda.words
        assert "Changed since this morning" in agenda.words

    # The second organizer sees what the first has published, and gives up the other time.
    await yusuf.presses("📝 Draft: 1 change")
    await yusuf.waits_for("Minji has published since you began")
    await yusuf.presses("🗑 Throw mine away")

    for teacher in teachers[2:]:
        await teacher.presses("👀 Seen", on=notices(teacher)[0])
    await http_system.wait_idle()
    await minji.presses("👀 Who has seen it", on=minji.newest("Version 2 is published"))
    shown = minji.newest("Who has seen version 2").words
    assert "Teacher 01" in shown
    assert "Teacher 02" in shown
    assert "Teacher 03" not in shown
    assert "Yusuf" in shown
    await http_system.at("2025-08-04 15:01")
    assert [teacher.count("Please look") for teacher in teachers] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert http_system.value("SELECT count(*) FROM programme_seen") == 6

    # It is cancelled, and brought back.
    await opens(minji, f"16:00 {WALK}")
    await minji.presses("❌ Cancel it")
    await publishes(minji, 3)
    await http_system.wait_idle()
    assert all("❌ cancelled (it was 16:00–17:00)" in notices(teacher)[-1].words for teacher in teachers)
    assert all("❌" in agenda.words for agenda in agendas)


async def test_a_session_is_cancelled_while_its_move_is_being_announced(http_system: System) -> None:
    organizer = await http_system.organizer()
    teachers = [await http_system.teacher(f"Teacher {number:02}") for number in range(1, 41)]
    await http_system.at("2025-08-04 06:30")
    async with http_system.without_waiting():
        await opens(organizer, f"17:00 {WALK}")
        await organizer.presses("−60")
        await organizer.waits_for(lambda: "📝 Draft: 1 change" in organizer.chat[-1].labels)
        await publishes(organizer, 2)
        await opens(organizer, f"16:00 {WALK}")
        await organizer.presses("❌ Cancel it")
        await organizer.waits_for(lambda: "📝 Draft: 1 change" in organizer.chat[-1].labels)
        await publishes(organizer, 3)
    for teacher in teachers:
        # Whoever was told of the move is told what was; whoever was not hears of one thing.
        *moved, cancelled = notices(teacher)
        was = "16:00–17:00" if moved else "17:00–18:00"
        assert f"❌ cancelled (it was {was})" in cancelled.words
    states = http_system.rows("SELECT state FROM outbox WHERE kind = 'programme.change'")
    assert {row["state"] for row in states} <= {"sent", "cancelled"}
