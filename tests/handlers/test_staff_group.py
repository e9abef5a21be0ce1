"""The staff group: connected by one button, a topic for each teacher, and one for alerts."""

from rehearsal.telegram.account_media import picture
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
