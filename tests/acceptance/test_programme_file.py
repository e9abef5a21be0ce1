"""The programme as a file, over real HTTP: two organizers at two computers, and a teacher who is told of both."""

from datetime import time

from tests.handlers.test_programme import notices
from tests.kit import System
from tests.kit.workbooks import changed, content, put


async def test_two_organizers_collide_through_files_and_nothing_is_lost(http_system: System) -> None:
    minji, yusuf = await http_system.organizer(), await http_system.organizer("Yusuf")
    teacher = await http_system.teacher()
    for who in (minji, yusuf):
        await who.sends("/programme file")
    first = changed(content(minji.chat[-1]), put("opening", "start", time(9, 30)))
    second = changed(content(yusuf.chat[-1]), put("opening", "note en", "Bring your badge"))
    await minji.sends_document("minji.xlsx", first)
    await yusuf.sends_document("yusuf.xlsx", second)
    for who in (minji, yusuf):
        assert "Your draft" in who.chat[-1].words
        await who.presses("📣 Publish …")
    await minji.presses("✅ Publish")
    await yusuf.presses("✅ Publish")
    assert yusuf.count("Minji has published since you began") == 1
    await yusuf.presses("⤴️ Put mine on top")
    await yusuf.presses("📣 Publish …")
    await yusuf.presses("✅ Publish")
    await http_system.at("2025-08-04 07:00")
    agenda = (await teacher.asks("/today")).words
    assert "09:30–11:00" in agenda
    assert "Bring your badge" in agenda
    assert "09:30–11:00" in notices(teacher)[0].words
    sources = http_system.rows("SELECT number, source FROM programme_version ORDER BY number")
    assert [(one["number"], one["source"]) for one in sources] == [(1, "folder"), (2, "file"), (3, "file")]
