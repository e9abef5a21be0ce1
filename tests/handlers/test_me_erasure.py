"""People erase what is stored about them."""

from bot.store.database import Database
from tests.kit import System


def everything(system: System) -> str:
    """All that the database holds, as text."""
    tables = [row["name"] for row in system.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [list(row.values()) for table in tables for row in system.rows(f"SELECT * FROM {table}")]
    return "\n".join(value.decode() if isinstance(value, bytes) else str(value) for row in rows for value in row)


async def test_erasing_leaves_no_trace_and_no_message_under_way(system: System) -> None:
    teacher = system.stranger("Zebulon", username="zebra_77")
    await teacher.asks_to_be_let_in()
    minji = await system.organizer()
    await minji.starts()
    await minji.presses_payload("admit1:1:teacher", on=next(one for one in minji.chat if one.from_bot))
    await teacher.presses("English")
    await teacher.presses("Zebulon")
    await teacher.presses(system.seminar.groups[0].title.get("en"))
    await teacher.presses("I agree")
    await teacher.calls_for_help("I feel unwell")
    await teacher.sends("secretwords")
    minji.chat.clear()
    await teacher.sends("/me")
    await teacher.presses("Erase my data")
    assert teacher.shows("This cannot be undone.")
    await teacher.presses("Erase without my name")
    assert teacher.shows("Everything about you is erased.")
    assert teacher.commands == system.stranger().commands
    kept = everything(system)
    for trace in ("Zebulon", "zebra_77", str(teacher.id), "secretwords"):
        assert trace not in kept
    shown = len(teacher.chat)
    await system.at("2025-08-05 20:00")
    assert len(teacher.chat) == shown
    await teacher.sends("/me")
    assert "This bot is for the people of a seminar" in teacher.chat[-1].words


async def test_erasure_can_be_thought_better_of(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.erases_everything("‹ Back")
    assert "👤 Ann" in teacher.chat[-1].words
    assert system.value("SELECT state FROM person") == "active"


async def test_an_organizer_can_be_erased_with_all_that_they_did(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minjeong")
    await minji.sends("/invite")
    await minji.presses("Teachers")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await minji.presses("Write back")
    await minji.sends("stay-there-words")
    await minji.erases_everything()
    kept = everything(system)
    assert "Minjeong" not in kept
    assert str(minji.id) not in kept
    assert system.value("SELECT count(*) FROM help") == 1


async def test_the_last_organizer_reads_that_nobody_is_left(system: System) -> None:
    minji, teacher = await system.organizer("Minji"), await system.teacher("Ann")
    for who, last in ((minji, True), (teacher, False)):
        await who.sends("/me")
        await who.presses("Erase my data")
        assert ("No other organizer can be reached here." in who.chat[-1].words) is last
        assert ("python -m bot invite owner" in who.chat[-1].words) is last
    await system.organizer("Bora")
    await minji.sends("/me")
    await minji.presses("Erase my data")
    assert "No other organizer" not in minji.chat[-1].words


async def test_the_database_is_whole_after_an_erasure(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.erases_everything()
    db: Database = system.app.runtime.db
    assert await db.read(lambda c: c.execute("PRAGMA foreign_key_check").fetchall()) == []
    person = system.rows("SELECT * FROM person")[0]
    assert (person["telegram_id"], person["name"], person["state"]) == (-person["id"], "", "left")
