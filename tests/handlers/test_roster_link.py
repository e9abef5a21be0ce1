"""People of the roster come by a link of their own, printed or forwarded; and those who came by another are found."""

import re
import sys
from datetime import timedelta

import pytest

from tests.handlers.test_roster import ZARINA, imports
from tests.kit import System, User

FARHOD = ("Фарҳод Назаров", "Farhod Nazarov", "Мактаби №7", None, None, "415", "+992907654321")
_LINK = re.compile(r"https://t\.me/\S+\?start=\S+")


async def link_for(organizer: User, name: str) -> str:
    """Make a link for somebody, as the message to forward has it."""
    await organizer.asks("/roster")
    await organizer.presses("⏳ Not joined")
    await organizer.presses(name)
    await organizer.presses("🔗 Make a new link")
    found = _LINK.search(organizer.chat[-1].words)
    assert found is not None
    return found[0]


async def test_whoever_comes_by_their_link_is_asked_nothing_but_consent(system: System) -> None:
    minji, zarina, other = await system.organizer("Minji"), system.stranger("Zed"), system.stranger("Other")
    await imports(minji, ZARINA, FARHOD)
    before = await link_for(minji, "Зарина")
    assert "Зарина Раҳимова, пайвандро кушоед" in minji.chat[-1].words  # in the language of its reader
    link = await link_for(minji, "Зарина")
    await other.opens(before)
    assert other.shows("The organizers have withdrawn this invitation.")
    await zarina.opens(link)
    asked = zarina.chat[-1]
    assert "Зарина Раҳимова, ин пайванд барои шумо сохта шудааст" in asked.words
    assert "Гурӯҳи шумо: Помир." in asked.words
    await zarina.presses("🌐 English")
    assert "Зарина Раҳимова, this link was made for you." in asked.words
    third = system.stranger("Third")
    await third.opens(link)
    assert third.shows("This invitation has been used already.")
    await zarina.presses("I agree")
    [person] = system.rows("SELECT id, name, group_key, language FROM person WHERE telegram_id = ?", zarina.id)
    assert (person["name"], person["group_key"], person["language"]) == ("Зарина Раҳимова", "pamir", "en")
    assert system.value("SELECT person_id FROM roster WHERE name = 'Зарина Раҳимова'") == person["id"]
    assert "1 has joined.\n1 has not joined." in (await minji.asks("/roster")).words
    await imports_again(minji)
    assert system.value("SELECT room FROM roster WHERE person_id = ?", person["id"]) == "777"
    await zarina.asks("/me")
    assert "the organizers' list says about you" in zarina.chat[-1].words
    await zarina.presses("Export my data")
    assert b"+992901234567" in zarina.chat[-1].files[0].content
    await zarina.erases_everything()
    assert [row["name"] for row in system.rows("SELECT name FROM roster")] == ["Фарҳод Назаров"]


async def imports_again(organizer: User) -> None:
    """The hotel's list: names and rooms alone."""
    await organizer.asks("/roster")
    await organizer.sends_document("hotel.csv", "Имя;Комната\nзарина раҳимова;777\n".encode("utf-8-sig"))
    await organizer.presses("👥 Read as roster")
    await organizer.presses("✅ Take it")


async def test_who_does_not_agree_or_is_somebody_else_takes_nothing_from_the_roster(system: System) -> None:
    minji, guest = await system.organizer("Minji"), system.stranger("Guest")
    await imports(minji, FARHOD)
    link = await link_for(minji, "Фарҳод")
    await guest.opens(link)
    assert guest.shows("In which language shall we speak?")  # the list does not say
    await guest.presses("English")
    assert "Which group are you in?" in guest.chat[-1].words  # the name is known
    await guest.presses("Pamir")
    assert "Фарҳод Назаров, this link was made for you" in guest.chat[-1].words
    await guest.presses("Not now")
    assert system.value("SELECT count(*) FROM roster WHERE person_id IS NULL") == 1
    farhod = system.stranger("Farhod")
    await farhod.opens(link)
    assert farhod.shows("In which language shall we speak?")
    await minji.asks("/roster")
    await minji.presses("⏳ Not joined")
    await minji.presses("Фарҳод")
    await minji.presses("✖️ Withdraw the link")
    assert minji.toast == ("✓ 1 link withdrawn.", False)
    await farhod.presses("English")
    assert farhod.toast is not None
    assert "Please open your invitation link again." in farhod.toast[0]
    await minji.presses("🗑 Take off the roster")
    await minji.presses("🗑 Yes")
    assert minji.chat[-1].words == "✓ Everybody on the roster has joined."
    actions = [row["action"] for row in system.rows("SELECT action FROM audit ORDER BY id")]
    assert actions == ["roster.imported", "roster.links_made", "roster.link_revoked", "roster.entry_removed"]


async def test_a_colleagues_code_opened_by_mistake_stays_the_colleagues(system: System) -> None:
    minji, zarina, farhod = await system.organizer("Minji"), system.stranger("Zed"), system.stranger("Farhod")
    await imports(minji, ZARINA, FARHOD)
    farhods, zarinas = await link_for(minji, "Фарҳод"), await link_for(minji, "Зарина")
    await zarina.opens(farhods)
    await zarina.presses("English")
    await zarina.opens(zarinas)
    assert "Зарина Раҳимова, ин пайванд барои шумо сохта шудааст" in zarina.chat[-1].words
    await farhod.opens(farhods)
    assert farhod.shows("In which language shall we speak?")
    await zarina.opens(farhods)  # once more: it is Farhod's by now
    await zarina.presses("🌐 English")
    await zarina.presses("I agree")
    assert system.rows("SELECT name, group_key FROM person WHERE state = 'active' AND role = 'teacher'") == [
        {"name": "Зарина Раҳимова", "group_key": "pamir"}
    ]
    await minji.sends("/people зарина")  # and an organizer can undo what a wrong code has joined
    await minji.presses("1", on=minji.chat[-1])
    await minji.presses("🧩 On the roster")
    assert "is Зарина Раҳимова · Zarina Rahimova" in minji.chat[-1].words
    await minji.presses("↩️ Not the same")
    assert minji.chat[-1].labels == ["Зарина Раҳимова · Мактаби №5", "‹ Back"]
    assert system.value("SELECT count(*) FROM roster WHERE person_id IS NOT NULL") == 0


async def test_a_link_that_is_too_old_is_none_and_a_sheet_that_fails_ends_none(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    minji, guest = await system.organizer("Minji"), system.stranger("Guest")
    await imports(minji, ZARINA, FARHOD)
    link = await link_for(minji, "Фарҳод")
    assert "1 link is not used yet." in (await minji.asks("/roster")).words
    await minji.presses("🖨 QR codes to print")
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", "/nowhere")  # no process that makes files can be started
        await minji.presses("🖨 Make it")
    assert "I could not make the file just now" in minji.chat[-1].words
    assert [row["action"] for row in system.rows("SELECT action FROM audit")] == [
        "roster.imported",
        "roster.links_made",
    ]
    await system.jumps_to(f"{system.seminar.first + timedelta(days=60)} 12:00")
    assert "link" not in (await minji.asks("/roster")).words
    await minji.presses("⏳ Not joined")
    assert "№7 🔗" not in minji.chat[-1].words
    await minji.presses("Фарҳод")
    assert "Has no link that works." in minji.chat[-1].words
    await guest.opens(link)
    assert guest.shows("expired")


async def test_who_came_by_a_general_link_is_found_on_the_roster(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.teacher("Farhod Nazarov")
    namesake = await system.teacher("Somebody Else")
    await imports(minji, ZARINA, FARHOD)
    link = await link_for(minji, "Фарҳод")
    home = await minji.asks("/roster")
    assert "2 teachers came by another link" in home.words
    await minji.presses("🧩 Who is who")
    await minji.presses("Somebody Else")
    assert "Nobody on the roster who has not joined is called like Somebody Else" in home.words
    await minji.presses("‹ Back")
    await minji.presses("Farhod Nazarov")
    assert home.labels == ["Фарҳод Назаров · Мактаби №7", "‹ Back"]
    await minji.presses("Фарҳод Назаров")
    assert "✓ Farhod Nazarov is Фарҳод Назаров" in home.words
    await minji.presses("↩️ Not the same")
    assert system.value("SELECT count(*) FROM roster WHERE person_id IS NOT NULL") == 0
    await minji.presses("Фарҳод Назаров")
    await namesake.opens(link)
    assert namesake.shows("The organizers have withdrawn this invitation.")
    link = await link_for(minji, "Зарина")
    for who in (minji, namesake):  # a code of somebody else, tried or scanned by mistake, stays that person's
        await who.opens(link)
    assert minji.shows("This invitation is for teachers")
    zarina = await system.teacher("Rahimova Zarina")
    await zarina.opens(link)  # a member opens a link of their own: it is theirs
    rows = system.rows(
        "SELECT r.name, p.name AS who FROM roster AS r JOIN person AS p ON p.id = r.person_id ORDER BY r.id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Зарина Раҳимова", "Rahimova Zarina"),
        ("Фарҳод Назаров", "Farhod Nazarov"),
    ]


async def test_a_sheet_of_codes_is_printed_and_ends_what_was_printed_before(system: System) -> None:
    minji, guest = await system.organizer("Minji"), system.stranger("Guest")
    await imports(minji, ZARINA, FARHOD)
    old = await link_for(minji, "Зарина")
    farhod = system.stranger("Farhod")
    await farhod.opens(await link_for(minji, "Фарҳод"))
    await minji.asks("/roster")
    await minji.presses("🖨 QR codes to print")
    assert "sheets and links made for them before stop working" in minji.chat[-1].words
    await minji.presses("🖨 Make it")
    [sheet] = minji.chat[-1].files
    assert sheet.name == "sejong-2025-invitations.pdf"
    assert sheet.content.startswith(b"%PDF-")
    assert "QR codes for 2 people." in minji.chat[-1].words
    assert system.value("SELECT count(*) FROM invite WHERE revoked_at IS NULL AND uses_left = 1") == 2
    await guest.opens(old)
    assert guest.shows("The organizers have withdrawn this invitation.")
    for answer in ("English", "Vakhsh", "I agree"):  # who had opened an earlier link goes on
        await farhod.presses(answer)
    assert system.value("SELECT count(*) FROM roster WHERE person_id IS NOT NULL") == 1
    assert system.value("SELECT count(*) FROM invite WHERE revoked_at IS NULL AND uses_left = 1") == 1
    assert "Links that work now" not in (await minji.asks("/invite")).words  # they are not the links of all
    await minji.asks("/roster")
    await minji.presses("⏳ Not joined")
    await minji.presses("📋 As a text to copy")
    copied = minji.chat[-1].words
    assert "Зарина Раҳимова · Zarina Rahimova · +992901234567 · Мактаби №5" in copied
    assert minji.chat[-1].labels == []
    await minji.asks("/roster")
    await minji.presses("✖️ Withdraw all links")
    await minji.presses("✖️ Yes, withdraw all")
    assert minji.toast == ("✓ 1 link withdrawn.", False)


async def test_phone_numbers_stand_beside_the_names_of_who_is_missing(system: System) -> None:
    minji, zarina = await system.organizer("Minji"), system.stranger("Zarina")
    await imports(minji, ZARINA, FARHOD)
    await zarina.opens(await link_for(minji, "Зарина"))
    await zarina.presses("🌐 English")
    await zarina.presses("I agree")
    await system.teacher("Ann")
    await system.at("2025-08-04 09:30")
    missing = (await minji.asks("/missing")).words
    assert "Зарина Раҳимова · Pamir · +992901234567" in missing
    assert "Ann · Pamir\n" in f"{missing}\n"
    await minji.asks("/headcount")
    await minji.presses("▶️ All teachers: 2")
    assert "Зарина Раҳимова · Pamir · +992901234567" in minji.chat[-1].words
