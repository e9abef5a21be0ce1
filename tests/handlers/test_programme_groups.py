"""A session is for other groups from now on: those who lose it and those who get it are told, others are not."""

from tests.handlers.test_programme import notices
from tests.handlers.test_programme_file import publishes_draft, takes_file
from tests.kit import System
from tests.kit.workbooks import changed, put


async def test_who_gets_or_loses_a_session_is_told(system: System) -> None:
    organizer = await system.organizer()
    pamir, vakhsh = await system.teacher("Ann", group="pamir"), await system.teacher("Bo", group="vakhsh")
    file = await takes_file(organizer)
    await organizer.sends_document("programme.xlsx", changed(file, put("opening", "groups", "Pamir")))
    assert "👥 Pamir (it was all groups)" in organizer.chat[-1].words
    await publishes_draft(organizer)
    assert notices(pamir) == []  # nothing is another for Pamir
    [lost] = notices(vakhsh)
    assert "❌ not in the programme any more (it was 10:00–11:00)" in lost.words

    file = await takes_file(organizer)
    await organizer.sends_document("programme.xlsx", changed(file, put("opening", "groups", "Vakhsh")))
    assert "👥 Vakhsh (it was Pamir)" in organizer.chat[-1].words
    await publishes_draft(organizer)
    [lost] = notices(pamir)
    assert "❌ not in the programme any more (it was 10:00–11:00)" in lost.words
    assert "🆕 new: 10:00–11:00" in notices(vakhsh)[-1].words
