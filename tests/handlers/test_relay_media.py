"""What people and organizers send each other besides words: as one thing, with whose it is in its caption."""

from rehearsal.telegram.account_media import picture
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.model import Message
from tests.kit import System
from tests.kit.users import User


def album_of(user: User, message: Message) -> list[Message]:
    return [one for one in user.chat if one.extra.get("media_group_id") == message.extra["media_group_id"]]


def replied_to(message: Message) -> object:
    told = message.extra.get("reply_to_message")
    return told["message_id"] if isinstance(told, dict) else None


def reaction(system: System, message: Message) -> list[str]:
    return message.reactions_by.get(system.world.profile.id, [])


async def test_an_album_is_answered_by_a_voice_message_and_changed_afterwards(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await minji.drafts_broadcast("Where are you?", "Everyone")
    await minji.presses("Send to")
    sent = await ann.sends_album(picture(1), picture(2), picture(3), caption="At gate 3")
    await system.later(seconds=2)
    assert reaction(system, sent[0]) == ["👌"]

    # One album, whose it is under the first, and nothing around it.
    album = album_of(minji, minji.chat[-1])
    assert [one.photo for one in album] == [picture(1), picture(2), picture(3)]
    assert album[0].caption.startswith("↩️ Ann answers your broadcast “Where are you?”:\nAt gate 3")
    assert [one.caption for one in album[1:]] == ["", ""]
    assert minji.count("Ann answers") == 1

    # A swipe on any of its parts answers her: a voice, with a button to answer in turn.
    with minji.at(None, reply_to=album[1]):
        voice = await minji.sends_voice()
    heard = ann.chat[-1]
    assert "voice" in heard.content
    assert heard.caption.startswith("✉️ Minji, organizer, writes to you:")
    assert heard.labels == ["✍️ Answer"]
    assert replied_to(heard) == sent[1].id
    assert reaction(system, voice) == ["👌"]
    with ann.at(None, reply_to=heard):
        await ann.sends("Understood")
    assert replied_to(minji.newest("Understood")) == voice.id

    # She corrects the words under it, and another picture: both are read, old and new.
    await ann.edits(sent[0], "At gate 5")
    assert album[0].caption.startswith("↩️ Ann answers your broadcast “Where are you?”:\nAt gate 3\nAt gate 5")
    assert minji.shows("✏️ Ann has corrected this:\nAt gate 3\nAt gate 5")
    await system.later(seconds=2)
    await ann.edits(sent[1], "and gate 6")
    assert album[1].caption == "and gate 6"
    await system.later(seconds=2)
    await ann.edits_photo(sent[2], picture(9))
    assert minji.chat[-1].photo == picture(9)
    assert system.world.violations == []


async def test_an_album_that_waits_behind_a_card_comes_as_one(system: System) -> None:
    teachers, minji = [await system.teacher(f"T{number}") for number in range(5)], await system.organizer("Minji")
    await minji.drafts_broadcast("What do you see?", "Everyone")
    await minji.presses("Send to")
    for teacher in teachers[:3]:
        await teacher.sends("A lake")
    sent = await teachers[3].sends_album(picture(1), picture(2), caption="A hill")
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="setMessageReaction")])
    await teachers[4].sends("Fog")
    assert teachers[4].chat[-1].words == "✓ Your answer is kept for whoever wrote the broadcast."
    await system.later(seconds=2)
    assert not minji.shows("A hill")
    assert minji.shows("💬 2 more answers")
    await teachers[3].edits(sent[0], "A high hill")
    await teachers[3].edits_photo(sent[1], picture(8))
    await minji.presses("Show the next")
    await system.later(seconds=5)
    album = [one for one in minji.chat if "A high hill" in one.caption]
    assert [one.photo for one in album_of(minji, album[0])] == [picture(1), picture(8)]
    assert reaction(system, sent[0]) == ["👌"]
    assert minji.count("has corrected") == 0, "nobody had read what it said before"


async def test_words_and_buttons_are_in_the_caption_where_they_fit(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await ann.calls_for_help("I am lost")
    before = len(minji.chat)
    await ann.sends_photo(picture(1), "Is this the <gate>?")
    assert [one.photo for one in minji.chat[before:]] == [picture(1)]
    assert minji.chat[-1].caption.startswith("✉️ Ann writes:\nIs this the <gate>?")
    assert minji.chat[-1].labels == ["✍️ Write back"]
    await minji.presses("Write back", on=minji.chat[-1])
    await minji.sends_photo(picture(2), "No, this one")
    assert ann.newest("No, this one").photo == picture(2)
    assert ann.newest("No, this one").labels == ["✍️ Answer"]

    # Made longer than there is room, the words under it are cut, and come whole beside it.
    shown = minji.newest("Is this the <gate>?")
    await ann.edits(next(one for one in ann.chat if one.photo == picture(1)), f"Is this the right one? {'w' * 700}")
    assert shown.caption.startswith("✉️ Ann writes:\n")
    assert "w …" in shown.caption
    assert shown.labels == ["✍️ Write back"]
    assert "w" * 700 in minji.newest("Ann has corrected this").text

    # What has no room there, or takes no caption, has its words before it.
    before = len(minji.chat)
    await ann.sends_photo(picture(3), "w" * 900)
    await ann.sends_location(36.48, 127.28)
    words, photo, header, place = minji.chat[before:]
    assert (words.photo, photo.photo, place.location is not None) == (None, picture(3), True)
    assert "w" * 900 in words.text
    assert header.text.startswith("✉️ Ann writes:")

    # A late part of an album comes by itself.
    async with system.without_waiting():
        first, second = await ann.sends_album(picture(4), picture(5))
    await system.later(seconds=2)
    assert [one.photo for one in album_of(minji, minji.chat[-1])] == [picture(4), picture(5)]
    assert second.id > first.id

    # What follows an album does not overtake it.
    async with system.without_waiting():
        await ann.sends_album(picture(6), picture(7), caption="Here")
        await ann.sends("Can you see it?")
    await system.later(seconds=2)
    assert [one.photo for one in minji.chat[-3:]] == [picture(6), picture(7), None]


async def test_reactions_go_both_ways(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await minji.drafts_broadcast("Dinner at seven?", "Everyone")
    await minji.presses("Send to")
    said = await ann.sends("Yes please")
    shown = minji.newest("Yes please")
    await minji.reacts(shown, "❤")
    assert reaction(system, said) == ["❤"]
    await system.later(minutes=1)
    assert reaction(system, said) == ["❤"], "it is not replaced by what says that it has arrived"
    await minji.reacts(shown)
    assert reaction(system, said) == ["👌"]

    # Hers on what she was written appears on the organizer's own words, and hers on her own words on their copy.
    letter = await minji.sends("For how many?", reply_to=shown)
    await ann.reacts(ann.newest("For how many?"), "🤔")
    assert reaction(system, letter) == ["🤔"]
    await ann.reacts(said, "🙏")
    assert reaction(system, shown) == ["🙏"]

    # Under what nobody has passed on it means nothing to anybody.
    await ann.reacts(ann.newest("Dinner at seven?"), "👍")
    await ann.reacts(await ann.sends("/today"), "👍")
    assert system.rows("SELECT * FROM inbox WHERE state NOT IN ('new', 'done')") == []


async def test_a_reply_to_ones_own_words_goes_where_those_went(system: System) -> None:
    ann, minji, jisoo = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Jisoo")
    await minji.drafts_broadcast("Who is missing?", "Everyone")
    await minji.presses("Send to")
    first = await ann.sends("Two of us")
    await system.later(hours=3)
    await ann.sends("They are here now", reply_to=first)
    assert replied_to(minji.newest("They are here now")) == minji.newest("Two of us").id
    assert not jisoo.shows("They are here now")

    # An organizer's second thought follows the first, and a corrected word is read beside the old one.
    letter = await minji.sends("Godo", reply_to=minji.newest("They are here now"))
    await minji.edits(letter, "Good")
    assert ann.shows("Minji, organizer, writes to you:\nGodo\nGood")
    assert ann.shows("Minji has corrected this:\nGodo\nGood")
    await minji.sends("We leave at once", reply_to=letter)
    assert replied_to(ann.newest("We leave at once")) == ann.newest("Minji, organizer, writes to you:\nGodo").id

    # Words of a call stay with it.
    await ann.calls_for_help("I have a question")
    question = await ann.sends("Is there a pharmacy?")
    await system.later(hours=2)
    await ann.sends("I need plasters", reply_to=question)
    assert jisoo.shows("Ann writes:\nI need plasters")
    first = next(one for one in jisoo.chat if "Is there a pharmacy?" in one.words)
    assert replied_to(jisoo.newest("I need plasters")) == first.id
