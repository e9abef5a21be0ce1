"""What was sent as a picture, as an album or in two languages is corrected and taken back, as far as Telegram can."""

from rehearsal.telegram.account_media import picture
from tests.kit import System


async def test_a_picture_gets_other_words_and_another_picture_but_no_voice(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends_photo(picture(1), "Gate 5")
    await minji.presses("⬜ Signed")
    await minji.presses("📣 Send to 1")
    card, photo = minji.chat[-1], ann.chat[-1]
    before = photo.files
    await minji.presses("✏️ Correct", on=card)
    await minji.sends("Gate <7>")
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert (photo.caption, photo.files) == ("Gate <7>\n\n— Minji", before)
    await minji.presses("✏️ Correct", on=card)
    await minji.sends_voice()
    assert "Telegram cannot change the message into this" in minji.chat[-1].words
    await minji.sends_photo(picture(2), "Gate 8")
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert photo.caption == "Gate 8\n\n— Minji"
    assert photo.files != before


async def test_an_album_and_the_note_under_it_are_taken_back_whole(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends_album(picture(1), picture(2), caption="Today")
    await minji.presses("⬜ Signed")
    before = len(ann.chat)
    await minji.presses("📣 Send to 1")
    assert len(ann.chat) == before + 3, "two pictures and the note"
    card = minji.newest("📣 Sent")
    await minji.presses("🗑 Take back", on=card)
    await minji.presses("🗑 Yes, take it back", on=card)
    await system.later(minutes=1)
    assert len(ann.chat) == before
    assert "🗑 Deleted on 1 phone" in card.words


async def test_of_two_languages_the_one_that_was_not_corrected_is_called_older(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    cy = await system.teacher("Cy", language="ru")
    await minji.drafts_broadcast("Bus at nine", "Teachers")
    await minji.presses("🌐 Languages")
    await minji.presses("English")
    await minji.presses("✍️ Русский")
    await minji.sends("Автобус в девять")
    await minji.presses("📣 Send to 2", on=minji.chat[-1])
    card = minji.newest("📣 Sent")
    assert "Older than" not in card.words
    await minji.presses("✏️ Correct", on=card)
    await minji.presses("Русский", on=card)
    await minji.sends("Автобус в десять")
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert [one.chat[-1].words for one in (ann, cy)] == ["Bus at nine", "Автобус в десять"]
    assert "🕰 Older than the last change: English" in card.words
    assert "✏️ Corrected on 1 phone" in card.words
    await minji.presses("✏️ Correct", on=card)
    await minji.presses("English", on=card)
    await minji.sends("/today")
    assert minji.shows("nothing was changed")


async def test_new_words_that_are_edited_before_they_are_confirmed_go_as_they_stand(system: System) -> None:
    minji, bo = await system.organizer("Minji Kim"), await system.organizer("Bo")
    ann = await system.teacher("Ann")
    card = await minji.drafts_broadcast("Bus at nine", "Teachers (1)")
    await minji.presses("⬜ Signed", on=card)
    await minji.presses("📣 Send to 1", on=card)
    await minji.presses("✏️ Correct", on=card)
    asked = minji.newest("say instead")
    new = await minji.sends("Bus at ten")
    confirm = minji.chat[-1]
    await minji.edits(new, "Bus at " + "<b>1</b> " * 101)
    assert "That has 101 marked pieces" in minji.chat[-1].words
    await minji.presses("✏️ Change it on 1 phone", on=confirm)
    assert minji.toast == ("That is not possible any more. The card shows how it stands.", False)
    await minji.presses("✏️ Correct", on=card)
    new = await minji.sends("Bus at ten")
    await minji.edits(new, "Bus at eleven")
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert ann.chat[-1].words == "Bus at eleven\n\n— Minji Kim"
    await minji.presses("✖️ Cancel", on=asked)
    assert "It stays as it was." not in asked.words, "it was corrected"
    # Whoever corrects it, it is signed by its author: there is room for that name.
    listed = await bo.asks("/broadcasts")
    await bo.presses("1", on=listed)
    await bo.presses("✏️ Correct")
    assert "one message holds 4083" in (await bo.asks("x" * 4090)).words
    await system.later(minutes=1)  # not the rest of a text that the phone has cut
    await bo.sends("y" * 4083)
    await bo.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert ann.chat[-1].words == "y" * 4083 + "\n\n— Minji Kim"


async def test_an_album_whose_signature_stands_in_a_note_takes_a_full_caption(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends_album(*(picture(number) for number in range(10)), caption="Today")
    card = minji.chat[-1]
    await minji.presses("⬜ Signed", on=card)
    await minji.presses("⬜ “Got it” button", on=card)
    await minji.presses("📣 Send to 1", on=card)
    assert (ann.chat[-1].words, ann.chat[-1].labels) == ("— Minji", ["👍 Got it"])
    await minji.presses("✏️ Correct", on=card)
    assert "one message holds 1024" in (await minji.asks("x" * 1025)).words
    await minji.sends("y" * 1024)
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert ann.chat[-11].caption == "y" * 1024
