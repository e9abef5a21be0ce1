"""What a message to many can be: anything that Telegram copies, as it was sent, with what was chosen under it."""

from rehearsal.telegram.account_media import picture
from tests.kit import System


async def test_pictures_files_voices_and_places_arrive_as_they_are(system: System) -> None:
    organizer, teacher = await system.organizer("Minji"), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_photo(picture(), "Gate <5")
    assert organizer.chat[-2].caption == "Gate <5"
    await organizer.presses("⬜ Signed")
    await organizer.presses("⬜ Without sound")
    await organizer.presses("⬜ “Got it” button")
    assert organizer.chat[-2].caption == "Gate <5\n\n— Minji", "the preview follows"
    assert organizer.chat[-2].labels == ["👍 Got it"]
    await organizer.presses("📣 Send to 1")
    photo = teacher.chat[-1]
    assert (photo.caption, photo.labels, photo.silent) == ("Gate <5\n\n— Minji", ["👍 Got it"], True)
    assert photo.files == organizer.chat[-2].files
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_document("plan.pdf", b"%PDF")
    await organizer.sends_voice()
    await organizer.sends_location(37.5, 127.0)
    await organizer.presses("⬜ Signed")
    await organizer.presses("📣 Send to 1")
    assert "location" in teacher.chat[-2].content
    assert teacher.chat[-1].words == "— Minji", "a place holds no words, so they follow it"
    assert not any("document" in one.content or "voice" in one.content for one in teacher.chat), "the last one counts"
    kinds = system.rows("SELECT kind, state FROM outbox WHERE event LIKE 'broadcast:2%' ORDER BY id")
    assert kinds == [{"kind": "broadcast.noted", "state": "sent"}, {"kind": "broadcast.note", "state": "sent"}]


async def test_an_album_goes_as_one_and_its_note_follows(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    first, *_others = await organizer.sends_album(picture(1), picture(2), picture(3), caption="Today")
    card = organizer.chat[-1]
    assert "🖼 An album of 3" in card.words
    await organizer.presses("⬜ “Got it” button", on=card)
    await organizer.presses("👁 Preview", on=card)
    *copies, note = organizer.chat[-4:]
    assert [one.caption for one in copies] == ["Today", "", ""]
    assert note.labels == ["👍 Got it"]
    await organizer.edits(first, "Yesterday")
    await organizer.presses("📣 Send to 1", on=card)
    *got, note = teacher.chat[-4:]
    assert [one.caption for one in got] == ["Yesterday", "", ""]
    assert len({one.extra["media_group_id"] for one in got}) == 1
    assert (note.words, note.labels) == ("⬆️ Have you seen this?", ["👍 Got it"])
    ids = system.value("SELECT album_ids FROM outbox WHERE kind = 'broadcast.noted'")
    assert ids == f"[{','.join(str(one.id) for one in got)}]"


async def test_a_caption_that_is_edited_changes_the_preview_and_what_goes(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    photo = await organizer.sends_photo(picture(1), "At nine")
    preview, card = organizer.chat[-2:]
    await organizer.edits(photo, "At ten")
    assert preview.caption == "At ten"
    await organizer.edits_photo(photo, picture(2))
    assert organizer.chat[-1].id != card.id
    await organizer.presses("📣 Send to 1", on=card)
    assert "newer preview" in (organizer.toast or ("",))[0]
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].files == organizer.chat[-2].files


async def test_what_telegram_does_not_copy_is_refused_in_one_sentence_and_the_draft_goes_on(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_quiz(known=True)
    assert "This cannot be sent to many" in organizer.chat[-1].words
    for kind in ("paid_media", "giveaway", "checklist"):
        await organizer.sends_uncopyable(kind)
        assert "This cannot be sent to many" in organizer.chat[-1].words
    await organizer.sends_dice()
    assert "This cannot be sent to many" in organizer.chat[-1].words
    await organizer.sends_photo(picture(), "x" * 1_020)
    await organizer.presses("⬜ Signed")
    assert organizer.toast == ("The text is too long to be signed.", True)
    await organizer.sends("Then text")
    await organizer.presses("⬜ Signed")
    answer = await organizer.asks("x" * 4_090)
    assert "That is 4090 characters, and one message holds 408" in answer.words
    await system.later(seconds=11)
    await organizer.sends("Then text")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "Then text\n\n— Minji"


async def test_a_forwarded_text_goes_in_the_organizers_name(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.forwards("The museum is closed")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "The museum is closed"
    assert "forward_origin" not in teacher.chat[-1].extra


async def test_what_was_deleted_before_it_went_is_named_as_the_reason(system: System) -> None:
    organizer, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    photo = await organizer.sends_photo(picture(), "Gate 5")
    card = organizer.chat[-1]
    organizer.remove(photo)
    await organizer.presses("📣 Send to 1", on=card)
    assert not ann.shows("Gate 5")
    assert "📣 Sent to nobody" in card.words
    assert "⚠️ 1 failed:\n1 × the message that was to be copied has been deleted" in card.words
    assert [one.description for one in system.world.violations] == ["Bad Request: message to copy not found"]
    system.world.violations.clear()
