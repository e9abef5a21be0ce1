"""Files that are no programme, in the conversation: one clear sentence in the organizer's language, nothing taken."""

from pathlib import Path

import pytest

from rehearsal.telegram.faults import Fault, FaultKind
from tests.documents.files import repacked, same
from tests.documents.test_process import stands_in
from tests.handlers.test_programme_file import takes_file
from tests.kit import System, User
from tests.kit.workbooks import changed, put


async def hears(organizer: User, name: str, data: bytes) -> str:
    """What the bot answers to a file that it asked for."""
    await organizer.sends_document(name, data)
    return organizer.chat[-1].words


async def test_each_file_that_is_no_programme_gets_its_sentence(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    assert "save it as .xlsx" in await hears(organizer, "a.csv", b"key,date")
    assert "holds macros" in await hears(organizer, "a.xlsx", repacked(file, same, [("xl/vbaProject.bin", b"")]))
    assert "far too large when it is unpacked" in await hears(
        organizer, "a.xlsx", repacked(file, same, [("xl/worksheets/sheet9.xml", b"\0" * 60_000_000)])
    )
    assert "not an Excel file (.xlsx) inside" in await hears(organizer, "a.xlsx", b"%PDF-1.7")
    assert "at most 2 MB" in await hears(organizer, "a.xlsx", b"x" * (2 * 1024 * 1024 + 1))
    assert "no session in the file" in await hears(
        organizer, "a.xlsx", changed(file, lambda sheet: sheet.delete_rows(3, 500))
    )
    assert organizer.chat[-1].labels == ["📄 A file to fill in"]
    assert system.value("SELECT count(*) FROM programme_draft") == 0


async def test_a_file_of_another_seminar_or_version_is_not_compared_with_this_one(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    other = repacked(file, lambda _name, content: content.replace(b">sejong-2025<", b">tbilisi-2027<"))
    assert "made from another programme" in await hears(organizer, "a.xlsx", other)
    digest = system.value("SELECT digest FROM programme_version")[:8].encode()
    assert "made from another programme" in await hears(
        organizer, "a.xlsx", repacked(file, lambda _name, content: content.replace(digest, b"00000000"))
    )


async def test_the_reader_is_told_in_their_language(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    await organizer.sends("/language")
    await organizer.presses("Русский")
    await organizer.sends_document("a.xlsx", changed(file, put("opening", "start", "9.5")))
    await organizer.presses("📄 Прочитать как программу")
    assert "Programme!C3: напишите 09:30, а не «9.5»" in organizer.chat[-1].words
    assert "строка 3" in await hears(organizer, "a.yaml", b"days:\n  - day: 1\n    sessions: {}\n")


async def test_ten_mistakes_are_told_and_the_others_counted(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)

    def spoil(sheet: object) -> None:
        for row in range(3, 30):
            sheet.cell(row, 3, "soon")  # type: ignore[attr-defined]

    told = await hears(organizer, "a.xlsx", changed(file, spoil))
    assert "27 things have to be corrected" in told
    assert told.count("Programme!C") == 10
    assert "… and 17 more." in told


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    async with system.without_bot():
        sent = await organizer.sends_document("a.xlsx", file)
        system.world.files.forget(sent.files[0])
    assert "does not have this file any more" in organizer.chat[-1].words
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="getFile")])
    assert "the connection to Telegram broke" in await hears(organizer, "a.xlsx", file)
    assert "says the same as version 1" in await hears(organizer, "a.xlsx", file)


async def test_a_file_that_is_read_twice_makes_one_draft(system: System) -> None:
    organizer = await system.organizer()
    file = changed(await takes_file(organizer), put("opening", "note en", "Bring your badge"))
    await organizer.sends_document("a.xlsx", file)
    await organizer.taps_again()
    assert "Your draft" in organizer.chat[-1].words
    assert system.value("SELECT count(*) FROM programme_draft") == 1


async def test_the_programme_comes_and_goes_as_yaml_too(system: System) -> None:
    organizer = await system.organizer()
    sent = await organizer.asks("/programme yaml")
    text = sent.files[0].content.decode()
    assert sent.files[0].name == "sejong-2025-1.yaml"
    await organizer.sends_document("a.yaml", text.replace('start: "10:00"', 'start: "09:30"', 1).encode())
    assert "09:30–11:00 (05:30–07:00) (it was 10:00–11:00)" in organizer.chat[-1].words


async def test_a_file_that_does_not_say_its_version_is_compared_with_the_newest(
    system: System,
) -> None:
    organizer = await system.organizer()
    text = (await organizer.asks("/programme yaml")).files[0].content.decode()
    changed_text = text.partition("\n")[2].replace('start: "10:00"', 'start: "09:30"', 1)
    await organizer.sends_document("a.yaml", changed_text.encode())
    assert "does not say which version" in organizer.chat[-2].words
    assert "Your draft" in organizer.chat[-1].words


async def test_another_kind_of_file_is_passed_on_as_ever_while_one_is_awaited(system: System) -> None:
    organizer = await system.organizer()
    await takes_file(organizer)
    await organizer.sends_document("bus.pdf", b"%PDF-1.7")
    assert organizer.chat[-1].labels == ["Yes, pass it on", "No"]


async def test_a_reader_that_is_killed_is_no_mistake_of_the_file(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer = await system.organizer()
    file = changed(await takes_file(organizer), put("opening", "note en", "Bring your badge"))
    with monkeypatch.context() as patched:
        stands_in(tmp_path, patched, "kill -9 $$")
        assert "Please send it again in a minute" in await hears(organizer, "a.xlsx", file)
        assert "or take it as text: /programme yaml" in (await organizer.asks("/programme file")).words
    await organizer.sends_document("a.xlsx", file)
    assert "Your draft" in organizer.chat[-1].words
