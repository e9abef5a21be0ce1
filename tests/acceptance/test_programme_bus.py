"""A bus leaves an hour later, and then at its hour after all, over real HTTP: every phone, the lists and the rows."""

from rehearsal.telegram import Message
from tests.acceptance.test_programme import notices
from tests.kit import System, User

BUS = "By bus to the schools"


async def opens_today(organizer: User, label: str) -> None:
    """Open a session of 6 August in /programme."""
    await organizer.sends("/programme")
    for press in ("• 6 August •", label):
        await organizer.waits_for(lambda press=press: press in organizer.chat[-1].labels)  # type: ignore[misc]
        await organizer.presses(press)
    await organizer.waits_for(lambda: "❌ Cancel it" in organizer.chat[-1].labels)


async def publishes(organizer: User, version: int) -> None:
    """Publish the draft that is shown."""
    for press in ("📣 Publish …", "✅ Publish"):
        await organizer.waits_for(lambda press=press: press in organizer.chat[-1].labels)  # type: ignore[misc]
        await organizer.presses(press)
    await organizer.waits_for(f"Version {version} is published")


def agenda(who: User) -> Message:
    return who.newest("Wednesday, 6 August")


def reminders(who: User) -> list[str]:
    return [message.words.splitlines()[0] for message in who.chat if message.words.startswith("🔔 Departure")]


def assert_rows(system: System) -> None:
    """Three versions, each told once to each of the three, and one reminder for everybody."""
    versions = system.rows("SELECT number, base, source, restores FROM programme_version ORDER BY number")
    assert [tuple(row.values()) for row in versions] == [
        (1, 0, "folder", None),
        (2, 1, "chat", None),
        (3, 2, "chat", 1),
    ]
    assert system.value("SELECT count(*) FROM programme_draft") == 0
    told = system.rows("SELECT event, count(*) AS n FROM outbox WHERE kind = 'programme.change' GROUP BY event, state")
    assert [tuple(row.values()) for row in told] == [(f"programme:sejong-2025:{pair}", 3) for pair in ("2:1", "3:2")]
    left = system.rows("SELECT key FROM outbox WHERE kind = 'reminder.departure' AND state = 'sent'")
    assert len(left) == 4  # the organizer goes by bus, too


async def test_a_bus_is_moved_forward_by_an_hour_and_brought_back(http_system: System) -> None:
    system = http_system
    minji = await system.organizer()
    ann = await system.teacher("Ann", group="pamir")
    bek, cho = await system.teacher("Bek", group="zarafshon"), await system.teacher("Cho", group="vakhsh")
    await system.at("2025-08-06 07:30")
    agendas = {who: agenda(who) for who in (ann, bek, cho)}
    await cho.blocks()
    await system.wait_idle()

    await opens_today(minji, f"08:45 {BUS}")
    await minji.presses("+60")
    await minji.waits_for(lambda: "📝 Draft: 1 change" in minji.chat[-1].labels)
    await minji.presses("📝 Draft: 1 change")
    await publishes(minji, 2)
    await system.wait_idle()
    assert "🚫 1 more has blocked the bot." in minji.newest("Version 2 is published").words
    for who in (ann, bek):
        [notice] = notices(who)
        assert "09:45–10:15 (05:45–06:15) (it was 08:45–09:15)" in notice.words
        assert "09:45" in agendas[who].words
        assert "08:45" not in agendas[who].words
    assert notices(cho) == []

    # Cho is back, and is told what the phone has missed; one has seen it, and two are on the list.
    await cho.unblocks()
    await ann.presses("👀 Seen", on=notices(ann)[0])
    await system.wait_idle()
    assert "(it was 08:45–09:15)" in notices(cho)[0].words
    await minji.presses("👀 Who has seen it", on=minji.newest("Version 2 is published"))
    shown = minji.newest("Who has seen version 2")
    assert "Told: 3 · seen: 1" in shown.words
    assert [name in shown.words for name in ("Ann", "Bek", "Cho")] == [False, True, True]
    await minji.presses("🔔 Remind them", on=shown)
    await system.wait_idle()
    assert [who.count("Please look") for who in (ann, bek, cho)] == [0, 1, 1]

    # Nothing is said half an hour before the old hour.
    await system.at("2025-08-06 08:20")
    assert [reminders(who) for who in (ann, bek, cho)] == [[], [], []]

    # The bus is there after all: what was is brought back, and the reminder of its hour comes at once.
    await minji.sends("/programme")
    for press in ("🕘 Versions", "1", "↩️ Bring it back"):
        await minji.waits_for(lambda press=press: press in minji.chat[-1].labels)  # type: ignore[misc]
        await minji.presses(press)
    await publishes(minji, 3)
    await system.wait_idle()
    await system.at("2025-08-06 10:30")
    for who in (ann, bek, cho):
        assert "08:45–09:15 (04:45–05:15) (it was 09:45–10:15)" in notices(who)[-1].words
        assert len(notices(who)) == 2
        assert reminders(who) == ["🔔 Departure at 08:45"]
    for who in (ann, bek):
        assert "08:45" in agendas[who].words
        assert "09:45" not in agendas[who].words
    assert_rows(system)
