"""The staff group: connected by one button, a topic for each teacher, and one for alerts."""

from typing import Any

from rehearsal.telegram.account_media import picture
from rehearsal.telegram.model import Json
from tests.kit import Group, System, User


async def connects(minji: User) -> None:
    """Press the button for a group, and pick the newest that fits."""
    await minji.sends("/group")
    await minji.presses(minji.chat[-1].labels[0])
    [button] = minji.keyboard_buttons()
    await minji.uses_keyboard(button)


async def connected(system: System, minji: User, *others: User) -> Group:
    """A forum of these organizers, connected by the first."""
    staff = await system.group("Staff", minji, *others)
    await connects(minji)
    return staff


async def test_words_go_both_ways_through_a_topic_and_alerts_have_their_own(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    staff = await connected(system, minji, bora)
    assert "Everything works" in minji.chat[-1].words
    assert minji.chat[-2].words == "👥 I am looking at the group chat."
    ann = await system.teacher("Ann")
    await ann.calls_for_help("I have a question")
    await ann.sends("Where is the bus?")
    assert staff.topics == ["🆘 Alerts", "Ann"]
    assert staff.shows("Ann writes:\nWhere is the bus?", topic="Ann")
    card = staff.newest("asks:\nWhere is the bus?", topic="🆘 Alerts")

    await bora.presses("I'll take it", on=card, chat=staff.chat)
    assert staff.shows("Bora is on it", topic="🆘 Alerts")
    assert minji.shows("Bora is on it")
    assert ann.shows("Bora is taking care of it")
    await bora.presses("Write back", on=card, chat=staff.chat)
    assert bora.toast == ("Write in the topic of Ann here: it goes to them.", True)

    written = await bora.writes_in(staff, "Ann", "At gate two")
    assert ann.shows("Bora, organizer, writes to you:\nAt gate two")
    assert written.reactions
    await ann.sends("Thank you")
    await system.later(seconds=10)
    assert staff.shows("Thank you", topic="Ann")
    with bora.at(staff.chat, staff.topic("Ann").id):
        await bora.sends_photo(picture(1), caption="This gate")
    assert ann.shows("This gate")
    await ann.edits(ann.newest("Thank you"), "Thank you both")
    await system.later(seconds=10)
    assert staff.shows("Thank you both", topic="Ann")

    await ann.erases_everything()
    assert "Ann" not in staff.topics
    assert system.rows("SELECT * FROM forum_topic WHERE person_id IS NOT NULL") == []

    ann = await system.teacher("Anna")
    await ann.calls_for_help("I have a question")
    await ann.sends("In the group")
    await system.later(seconds=10)
    assert staff.shows("In the group", topic="Anna")
    await minji.sends("/group")
    await minji.presses("Disconnect")
    await minji.presses("Yes, disconnect")
    await ann.sends("Only in private")
    await system.later(seconds=10)
    assert not staff.shows("Only in private", topic="Anna")
    actions = [row["action"] for row in system.rows("SELECT action FROM audit WHERE action LIKE 'group.%' ORDER BY id")]
    assert actions == ["group.connected", "group.disconnected"]


async def test_a_group_that_lacks_something_is_told_so_and_works_once_it_has_it(system: System) -> None:
    minji = await system.organizer("Minji")
    staff = await connected(system, minji)
    ann = await system.teacher("Ann")
    await staff.loses_rights("can_manage_topics")
    assert "I may not manage topics" in minji.chat[-1].words
    await ann.calls_for_help("I feel unwell")
    assert minji.shows("Ann")
    assert staff.topics == []
    await staff.gives_rights()
    assert "works: names and words stand there again" in minji.chat[-1].words
    assert staff.shows("feels unwell", topic="🆘 Alerts")

    await staff.loses_topic("🆘 Alerts")
    bob = await system.teacher("Bob")
    await bob.calls_for_help("I feel unwell")
    assert staff.shows("Bob", topic="🆘 Alerts")
    await staff.closes_topic(minji, "🆘 Alerts")
    cyd = await system.teacher("Cyd")
    await cyd.calls_for_help("I feel unwell")
    assert staff.shows("Cyd", topic="🆘 Alerts")
    await bob.sends("My head")
    await staff.migrates()
    await system.later(seconds=20)
    assert staff.shows("My head", topic="Bob")
    await minji.writes_in(staff, "Bob", "I am coming")
    assert bob.shows("I am coming")

    await staff.loses_bot()
    assert "I am not in the group chat" in minji.chat[-1].words
    await bob.sends("Still here")
    assert minji.shows("Still here")


async def test_a_stranger_is_reported_once_and_nothing_is_said_before_them(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    staff = await connected(system, minji, bora)
    ann, farhod = await system.teacher("Ann"), await system.coordinator("Farhod")
    await ann.calls_for_help("I feel unwell")
    await system.later(seconds=10)
    await ann.sends("It is my head")
    await system.later(seconds=10)
    assert staff.shows("It is my head", topic="Ann")
    await staff.lets_in(farhod)
    for organizer in (minji, bora):
        assert organizer.count("In the group chat, but no organizer: Farhod.") == 1
    await system.later(minutes=30)
    assert minji.count("In the group chat, but no organizer: Farhod.") == 1
    await ann.sends("SECRET")
    card = staff.newest("feels unwell", topic="🆘 Alerts")
    await minji.presses_payload("takealert1:1", on=minji.chat[-1])
    await system.later(seconds=10)
    assert not staff.shows("SECRET", topic="Ann")
    assert minji.shows("SECRET")
    assert not staff.shows("Minji is on it", topic="🆘 Alerts")
    await bora.writes_in(staff, "Ann", "To her")
    assert not ann.shows("To her")
    assert staff.shows("Not passed on", topic="Ann")
    await farhod.presses_payload("takealert1:1", on=card)

    await staff.loses(farhod)
    assert "works: names and words stand there again" in minji.chat[-1].words
    await ann.sends("Better now")
    await system.later(seconds=20)
    assert staff.shows("Better now", topic="Ann")


async def test_sixty_words_in_a_minute_are_few_messages_and_alerts_come_between(system: System) -> None:
    minji = await system.organizer("Minji")
    staff = await connected(system, minji)
    people = [await system.teacher(f"Teacher {number}") for number in range(6)]
    for one in people:
        await one.calls_for_help("I have a question")
        await one.sends("First")
    sent: list[str] = []
    system.world.on_accept.append(
        lambda entry: (
            sent.append(entry.method) if entry.chat_id == staff.id and entry.method.startswith("send") else None
        )
    )
    start = system.clock.now()
    for number in range(10):
        async with system.without_waiting():
            for one in people:
                await one.sends(f"Word {number}.")
        await system.later(seconds=6)
    assert (system.clock.now() - start).total_seconds() <= 61
    assert len(sent) <= 20
    await people[0].calls_for_help("I feel unwell")
    assert staff.shows("feels unwell", topic="🆘 Alerts")
    await system.later(minutes=5)
    for one in people:
        shown = "\n".join(message.words for message in staff.messages(one.name))
        assert [number for number in range(10) if f"Word {number}." in shown] == [*range(10)], one.name


async def test_albums_pins_and_quotes_pass_through_a_topic(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    staff = await connected(system, minji, bora)
    ann = await system.teacher("Ann")
    await ann.calls_for_help("I have a question")
    async with system.without_waiting():
        await ann.sends("Which bus?")
        await ann.sends_album(picture(1), picture(2), caption="One of these?")
    await system.later(seconds=20)
    assert staff.topics == ["🆘 Alerts", "Ann"], "one topic, whatever comes at once"
    album = [one for one in staff.messages("Ann") if "media_group_id" in one.extra]
    assert [one.words.splitlines()[-1:] for one in album] == [["One of these?"], []]
    assert staff.newest("Which bus?", topic="Ann").words.endswith("To talk among staff, write in “General”.")

    asked = staff.newest("Which bus?", topic="Ann")
    with bora.at(staff.chat, staff.topic("Ann").id, reply_to=asked, quote="bus"):
        await bora.sends("The white one")
    answered: Any = ann.newest("The white one").extra["reply_to_message"]
    assert answered["message_id"] == ann.newest("Which bus?").id
    with bora.at(staff.chat, staff.topic("Ann").id):
        await bora.sends_album(picture(3), picture(4), caption="These two")
    await system.later(seconds=10)
    assert len([one for one in ann.chat if one.from_bot and "media_group_id" in one.extra]) == 2
    await bora.writes_in(staff, None, "Among us")
    await bora.writes_in(staff, "🆘 Alerts", "Here, too")
    assert not any(ann.shows(words) for words in ("Among us", "Here, too"))

    live = await ann.shares_location(36.50, 127.25)
    await system.later(seconds=10)

    def pin() -> Json:
        return next(one.location for one in reversed(staff.messages("Ann")) if one.location)

    assert "live_period" in pin()
    await ann.moves(live, 36.60, 127.30)
    assert pin()["latitude"] == 36.60
    karim = system.stranger("Karim")
    await staff.lets_in(karim)
    await ann.moves(live, 36.70, 127.35)
    assert pin()["latitude"] == 36.60, "not before somebody who is no organizer"
    await ann.sends_photo(picture(5), caption="SECRET picture")
    await ann.sends("SECRET words")
    await system.later(seconds=30)
    assert not staff.shows("SECRET", topic="Ann")
    await staff.loses(karim)
    await system.later(seconds=60)
    assert [staff.shows(words, topic="Ann") for words in ("SECRET picture", "SECRET words")] == [True, True]
    await ann.moves(live, 36.80, 127.40)
    assert pin()["latitude"] == 36.80


async def test_what_is_on_its_way_when_a_stranger_comes_stands_there_once_they_have_left(system: System) -> None:
    minji, karim = await system.organizer("Minji"), system.stranger("Karim")
    staff = await connected(system, minji)
    ann = await system.teacher("Ann")
    await ann.calls_for_help("I have a question")
    await ann.sends("First")
    await system.later(seconds=20)
    await ann.sends("Second")
    await ann.sends_photo(picture(1), caption="SECRET")
    await ann.sends_album(picture(2), picture(3), caption="SECRET album")
    assert system.value("SELECT count(*) FROM outbox WHERE kind LIKE 'group.%' AND state = 'due'") >= 2
    await staff.lets_in(karim)
    await system.later(seconds=30)
    assert not staff.shows("SECRET", topic="Ann")
    await staff.loses(karim)
    await system.later(seconds=60)
    shown = [one.words for one in staff.messages("Ann") if "SECRET" in one.words]
    assert len(shown) == 2
    rows = system.value("SELECT count(*) FROM outbox")
    await system.later(minutes=5)
    assert system.value("SELECT count(*) FROM outbox") == rows, "nothing is made again and again"


async def test_picking_the_group_says_nothing_in_it_and_something_else_is_no_place(system: System) -> None:
    minji = await system.organizer("Minji")
    staff = await system.group("Staff", minji)
    await staff.loses_bot()
    before = staff.messages()
    await minji.sends("/group")
    await minji.presses("Connect a group chat")
    await minji.sends("/open")
    assert minji.shows("No group chat was picked. To pick one: /group")
    assert not minji.shows("📎")
    await connects(minji)
    assert staff.messages() == before
    assert "I write there in English" in minji.chat[-1].words


async def test_a_topic_of_another_group_and_an_organizer_who_is_one_no_more(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    staff = await connected(system, minji, bora)
    ann = await system.teacher("Ann")
    await ann.calls_for_help("I have a question")
    await ann.sends("First")
    await system.later(seconds=10)
    taken = "UPDATE person SET role = 'teacher' WHERE name = 'Bora'"
    await system.write(lambda connection: connection.execute(taken).rowcount)
    await system.later(minutes=1)
    assert minji.count("In the group chat, but no organizer: Bora.") == 1
    await bora.writes_in(staff, "Ann", "Not mine to say")
    assert not ann.shows("Not mine to say")

    other = await connected(system, minji)
    await ann.sends("Second")
    await system.later(seconds=20)
    assert other.shows("Second", topic="Ann")
    assert other.shows("also an answer to a colleague", topic="Ann")
    assert not staff.shows("Second", topic="Ann")
    await minji.writes_in(staff, "Ann", "Into the old one")
    assert not ann.shows("Into the old one")
    assert staff.newest("Not passed on", topic="Ann").words.startswith("⚠️ Not passed on: this group chat is not")
    before = staff.messages("Ann")
    await bora.writes_in(staff, "Ann", "Hm")
    assert len(staff.messages("Ann")) == len(before) + 1
