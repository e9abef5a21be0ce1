"""Answers go home: what is written after an organizer's letter or broadcast goes to its author, without a question."""

from rehearsal.telegram.account_media import picture
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.model import Message
from tests.kit import System
from tests.kit.users import User


async def broadcasts(organizer: User, text: str, to: str = "Everyone") -> None:
    await organizer.drafts_broadcast(text, to)
    await organizer.presses("Send to")


def reaction(system: System, message: Message) -> list[str]:
    return message.reactions_by.get(system.world.profile.id, [])


def replied_to(message: Message) -> object:
    told = message.extra.get("reply_to_message")
    return told["message_id"] if isinstance(told, dict) else None


async def test_an_answer_within_the_hour_goes_to_the_author_and_is_acknowledged_by_a_reaction(system: System) -> None:
    ann, minji, jisoo = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Jisoo")
    await broadcasts(minji, "The bus leaves at <b>9</b>: be at the gate")
    before = len(ann.chat)
    said = await ann.sends("We are nine at the hotel")
    assert minji.shows("Ann answers your broadcast “The bus leaves at")
    assert minji.shows("We are nine at the hotel")
    assert not jisoo.shows("We are nine")
    assert reaction(system, said) == ["👌"]
    assert len(ann.chat) == before + 1, "nothing but what she wrote herself"

    # Her author answers by a swipe, and she reads it as a reply to her own words.
    answer = await minji.sends("I wait for you", reply_to=minji.newest("We are nine"))
    assert ann.shows("Minji, organizer, writes to you:\nI wait for you")
    assert replied_to(ann.chat[-1]) == said.id
    assert reaction(system, answer) == ["👌"]
    assert "relay.written" in [row["action"] for row in system.rows("SELECT action FROM audit")]

    # The newest letter wins: Jisoo's broadcast is older than Minji's letter of a moment ago.
    await system.later(minutes=20)
    await broadcasts(jisoo, "Dinner is at seven")
    await system.later(minutes=20)
    await minji.sends("Are you all in?", reply_to=minji.newest("We are nine"))
    await ann.sends("All in")
    assert minji.shows("Ann writes:\nAll in")
    assert not jisoo.shows("All in")

    # An hour after the last of them nobody knows whom she means; a reply does say so, at any time.
    await system.later(minutes=61)
    await ann.sends("Nice weather")
    assert "Shall I pass this on" in ann.chat[-1].words
    late = await ann.sends("I do not eat meat", reply_to=ann.newest("Dinner is at seven"))
    assert jisoo.shows("Ann answers your broadcast “Dinner is at seven”")
    assert not minji.shows("I do not eat meat")
    assert reaction(system, late) == ["👌"]


async def test_many_answers_to_one_broadcast_wait_behind_a_card(system: System) -> None:
    teachers = [await system.teacher(f"T{number:02}") for number in range(1, 31)]
    minji, jisoo = await system.organizer("Minji"), await system.organizer("Jisoo")
    await broadcasts(minji, "Who needs a new room card?")
    await teachers[0].sends("Not me, T01")
    async with system.without_waiting():
        for number, teacher in enumerate(teachers[1:], 1):
            await teacher.sends("Where do I get one, is that far?" if number == 20 else f"Not me, {teacher.name}")
    await system.wait_idle()
    assert minji.count("answers your broadcast") == 3
    assert not jisoo.shows("answers")
    cards = [one for one in minji.chat if "📬 Show the next" in one.labels]
    assert [one.words.splitlines()[0] for one in cards] == ["💬 27 more answers to this broadcast wait here:"]
    assert "❓ 1 of them asks something." in cards[0].words

    # Whose answer has come goes on like that, and who may need help does not wait.
    await teachers[0].sends("Sorry, me too")
    await teachers[9].sends("I am lost")
    assert minji.shows("Sorry, me too")
    assert minji.shows("I am lost")
    assert teachers[9].shows("If you need help now")

    # A press brings the next five, the question first; who wrote them sees that they have arrived.
    await minji.presses("Show the next")
    assert minji.count("answers your broadcast") == 3 + 2 + 5
    assert minji.shows("is that far?")
    asked = next(one for one in teachers[20].chat if "is that far?" in one.words)
    waits = next(one for one in teachers[29].chat if "Not me" in one.words)
    await system.later(seconds=5)
    assert (reaction(system, asked), reaction(system, waits)) == (["👌"], ["👀"])
    assert "22 more answers" in cards[0].words

    # Their author goes: nothing of it is lost, the others have the card.
    await minji.blocks()
    await system.later(minutes=10)
    assert jisoo.shows("22 more answers to this broadcast wait here:")
    for _press in range(5):
        await jisoo.presses("Show the next")
    assert jisoo.count("answers the broadcast “Who needs a new room card?” of Minji:") == 22
    assert jisoo.count("✓ All answers to this broadcast have been shown:") == 1


async def test_what_has_a_meaning_of_its_own_keeps_it(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-05 08:45")
    await broadcasts(minji, "The bus leaves at nine")
    for words in ("I am here", "+"):
        await ann.sends(words)
        assert "Just one tap more" in ann.chat[-1].words
    await ann.presses("I am here", on=ann.chat[-1])
    assert minji.count("Ann answers") == 0
    await ann.sends("I am here")
    assert minji.shows("Ann answers your broadcast “The bus leaves at nine”:\nI am here")

    # What a button has asked for goes there.
    await ann.calls_for_help("I have a question")
    await ann.sends("Is there wifi?")
    assert "asks:\nIs there wifi?" in minji.chat[-1].words

    # Nobody answers themselves.
    await minji.sends("Good, nine it is")
    assert "Shall I pass this on" in minji.chat[-1].words
    own = next(one for one in reversed(minji.chat) if one.from_bot and one.words == "The bus leaves at nine")
    await minji.sends("Or ten", reply_to=own)
    assert "Shall I pass this on" in minji.chat[-1].words


async def test_the_words_are_told_where_a_reaction_is_not_taken_or_says_too_little(system: System) -> None:
    ann, minji, jisoo = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Jisoo")
    await broadcasts(minji, "The bus leaves at nine")
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="setMessageReaction")])
    await ann.sends("We come")
    assert ann.chat[-1].words == "✓ Passed on to Minji."
    await minji.blocks()
    await ann.sends("One is missing")
    assert ann.shows("✓ Passed on to the organizers.")
    assert jisoo.shows("One is missing")


async def test_a_reply_to_any_part_of_an_album_for_many_goes_home(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends_album(picture(1), picture(2), caption="Which <gate>?")
    await minji.presses("📣 Send to 1")
    part = ann.chat[-1]
    assert part.photo == picture(2)
    await system.later(hours=3)
    said = await ann.sends("The second", reply_to=part)
    assert minji.shows("Ann answers your broadcast “Which <gate>?”:\nThe second")
    assert reaction(system, said) == ["👌"]
