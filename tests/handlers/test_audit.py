"""/audit: what the staff did, in words, narrowed down, and as a file that no table program calculates."""

import csv
import io

from tests.kit import System


async def test_organizers_read_who_did_what_and_narrow_it_down(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("=Bora")
    await minji.sends("/audit")
    assert "Nothing was recorded." in minji.chat[-1].words
    await system.applicant("Karim")
    await minji.presses("✅ Let in as a teacher", on=minji.chat[-1])
    await bora.sends("/invite")
    await bora.presses("🎓 Teachers", on=bora.chat[-1])
    await bora.sends("/audit")
    page = bora.chat[-1]
    assert page.words.index("=Bora: Invitation link made · teacher") < page.words.index("Minji: Let in · … · teacher")
    await bora.presses("👤 By whom")
    await bora.presses("Minji", on=bora.chat[-1])
    assert "Let in" in page.words
    assert "Invitation" not in page.words
    await bora.presses("🔎 What")
    await bora.presses("Invitations")
    assert "Nothing was recorded." in page.words
    await bora.presses("✖️ Everything")
    await bora.presses("📅 Day")
    await bora.presses(page.labels[0])
    assert "Invitation link made" in page.words
    await bora.presses("📄 As a file")
    sent = bora.chat[-1].document
    assert sent is not None
    data = sent[1]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(row[1], row[5]) for row in rows[1:]] == [("'=Bora", "invite.made"), ("Minji", "admission.admitted")]


async def test_pages_and_old_buttons(system: System) -> None:
    minji = await system.organizer("Minji")
    for _ in range(16):
        await minji.sends("/invite")
        await minji.presses("🎓 Teachers", on=minji.chat[-1])
    await minji.sends("/audit")
    page = minji.chat[-1]
    assert page.words.count("Invitation link made") == 15
    await minji.presses("2 of 2 ›")
    assert page.words.count("Invitation link made") == 1
    await minji.presses_payload("audit1:0:0::yesterday:0", on=page)
    assert minji.toast is not None
    await minji.presses_payload("audit1:99:0:::7", on=page)
    assert "Nothing was recorded." in page.words
