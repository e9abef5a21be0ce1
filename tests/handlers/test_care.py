"""The care sheet: kept after its own consent, opened by organizers one at a time, counted without names, erased."""

from datetime import timedelta
from pathlib import Path

from tests.kit import ROOT, System, open_system
from tests.kit.media import PIXEL


async def test_a_card_is_filled_in_opened_once_at_a_time_counted_and_erased(system: System) -> None:
    ann, bob, minji = await system.teacher("Ann"), await system.teacher("Bob"), await system.organizer()
    for who in (ann, bob):
        await who.sends("/care")
        assert who.shows("The kitchen gets numbers only")
        await who.presses("I agree")
        assert who.shows("🍽 Food: –")
    await ann.presses("Food")
    await ann.presses("Halal")
    await ann.presses("Allergies")
    await ann.presses("Nuts")
    await ann.taps_again()  # twice is once
    await ann.presses("Milk")
    await ann.presses("✓ Milk")
    await ann.presses("Another allergy")
    await ann.sends("bee <stings>")
    assert ann.shows("🥜 Allergies: Nuts, bee <stings>")
    await ann.presses("Whom to call")
    await ann.sends("x" * 301)
    assert ann.shows("at most 300 fit")
    await ann.sends("Zarina, sister, +992 900 00 00 00")
    assert ann.shows("📞 Whom to call: Zarina, sister, +992 900 00 00 00")
    assert ann.shows("👀 No organizer has opened it.")

    await minji.sends("/meals")
    assert minji.shows("Meals: 2\n• Halal: 1\n• Not known: 1\nAllergies:\n• Nuts: 1\n• Something else (please ask): 1")
    assert minji.shows("할랄: 1")
    assert not minji.shows("Ann")

    number = {name: system.value("SELECT id FROM person WHERE name = ?", name) for name in ("Ann", "Bob", "Minji")}
    await minji.sends("/people Ann")
    await minji.presses("1")
    await minji.presses("Care sheet")
    anns = minji.chat[-1]
    assert "bee <stings>" in anns.words
    await minji.presses_payload(f"careof1:{number['Bob']}", on=anns)
    assert "🩺 Bob: care sheet" in minji.chat[-1].words
    assert anns.words == "🩺 The care sheet is closed."
    assert system.rows("SELECT by_id, person_id FROM audit WHERE action = 'care.opened' ORDER BY id") == [
        {"by_id": number["Minji"], "person_id": number["Ann"]},
        {"by_id": number["Minji"], "person_id": number["Bob"]},
    ]
    await ann.sends("/me")
    await ann.presses("Care sheet")
    assert ann.shows("👀 Opened by organizers: 1 ×, last by")

    await bob.sends("/care")
    await bob.presses("Erase the sheet")
    assert minji.chat[-1].words == "🩺 The care sheet is closed."
    await minji.presses_payload(f"careof1:{number['Bob']}", on=minji.chat[-1])
    assert minji.toast == ("Bob has no care sheet.", True)
    assert system.value("SELECT count(*) FROM care") == 1


async def test_cards_are_erased_a_week_after_the_end(system: System) -> None:
    ann = await system.teacher("Ann")
    await ann.sends("/care")
    await ann.presses("I agree")
    asked = ann.chat[-1]
    minji, end = await system.organizer(), system.seminar.last
    await system.jumps_to(f"{end + timedelta(days=7)} 23:00")
    assert system.value("SELECT count(*) FROM care") == 1
    await minji.sends("/people Ann")
    await minji.presses("1", on=minji.chat[-1])
    await minji.presses("Care sheet")
    sheet = minji.chat[-1]
    assert "🩺 Ann: care sheet" in sheet.words
    await system.at(f"{end + timedelta(days=8)} 01:00")
    assert system.value("SELECT count(*) FROM care") == 0
    assert sheet.words == "🩺 The care sheet is closed."
    await ann.sends("/care")
    assert ann.shows("The seminar is over: there are no care sheets any more")
    await ann.presses_payload("careyes1:1", on=asked)
    assert system.value("SELECT count(*) FROM care") == 0


async def test_an_open_sheet_shows_what_is_true_and_closes_when_it_is_erased_or_the_person_is_removed(
    system: System,
) -> None:
    ann, bob = await system.teacher("Ann"), await system.teacher("Bob")
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    for who in (ann, bob):
        await who.sends("/care")
        await who.presses("I agree")
    for organizer in (minji, bora):
        await organizer.sends("/people Ann")
        await organizer.presses("1", on=organizer.chat[-1])
        await organizer.presses("Care sheet")
    await ann.presses("Food")
    await ann.presses("Halal")
    sheets = [one.chat[-1] for one in (minji, bora)]
    assert all("🍽 Food: Halal" in one.words for one in sheets)
    await minji.presses("✖️ Close", on=sheets[0])
    await ann.presses("Food")
    await ann.presses("Vegan")
    assert [one.words for one in sheets] == ["🩺 The care sheet is closed.", sheets[1].words]
    assert "🍽 Food: Vegan" in sheets[1].words
    await minji.presses_payload("careof1:1", on=sheets[0])
    async with system.without_waiting():  # she erases it while it opens
        await minji.presses_payload("careof1:1", on=sheets[0])
        await ann.presses("Erase the sheet")
    assert {one.words for one in minji.chat if "care sheet" in one.words} == {"🩺 The care sheet is closed."}
    assert sheets[1].words == "🩺 The care sheet is closed."
    await bora.presses_payload("careof1:2", on=sheets[1])
    bobs = bora.chat[-1]
    assert "🩺 Bob: care sheet" in bobs.words
    await minji.sends("/people Bob")
    await minji.presses("1", on=minji.chat[-1])
    await minji.presses("🚪 Remove")
    await minji.presses("🚪 Yes, remove")
    assert bobs.words == "🩺 The care sheet is closed."
    assert system.value("SELECT count(*) FROM live_card WHERE feature = 'care'") == 0


async def test_words_that_come_too_late_are_not_taken_for_a_part_of_the_card(system: System) -> None:
    ann = await system.teacher("Ann")
    await ann.sends("/care")
    await ann.presses("I agree")
    await ann.presses("Medicine")
    await ann.sends_photo(PIXEL)
    assert ann.shows("Please write it as text")
    await ann.presses("‹ Back")
    await ann.sends("Not for the card")
    assert system.value("SELECT medicine FROM care") == ""


async def test_where_the_kitchen_speaks_none_of_the_bots_languages_it_gets_english(tmp_path: Path) -> None:
    folder = ROOT / "seminars" / "tbilisi-2027"
    async with open_system(tmp_path, "2027-05-01 08:00", seminar=folder) as system:
        minji = await system.organizer("Minji", language="ru")
        await minji.sends("/meals")
        assert "Питание сегодня" in minji.chat[-1].words
        assert "Meals: 0" in minji.chat[-1].words
