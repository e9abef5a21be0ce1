"""A staff group that loses a topic, loses the bot's rights and migrates, and a stranger in it, over real HTTP."""

from tests.kit import System


async def test_a_staff_group_goes_through_all_that_can_happen_to_it(http_system: System) -> None:
    system = http_system
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora", language="ru")
    ann, karim = await system.teacher("Ann"), system.stranger("Karim")
    staff = await system.group("Staff", minji, bora)
    await minji.sends("/group")
    await minji.presses("Connect a group chat")
    [button] = minji.keyboard_buttons()
    await minji.uses_keyboard(button)
    await ann.calls_for_help("I have a question")
    await ann.sends("Where is the bus?")
    await staff.loses_topic("Ann")
    await ann.sends("It is cold")
    await system.later(seconds=10)
    assert staff.shows("It is cold", topic="Ann")
    assert len([one for one in staff.topics if one == "Ann"]) == 1

    await staff.loses_rights()
    assert "I am not an administrator" in minji.chat[-1].words
    assert "Я не администратор" in bora.chat[-1].words
    await ann.sends("Hello?")
    assert minji.shows("Hello?")
    assert not staff.shows("Hello?", topic="Ann")
    await staff.gives_rights()
    await staff.migrates()
    await bora.writes_in(staff, "Ann", "Two minutes")
    assert ann.shows("Bora, organizer, writes to you:\nTwo minutes")

    await staff.lets_in(karim)
    assert minji.shows("In the group chat, but no organizer: Karim.")
    await ann.sends("SECRET")
    await system.later(seconds=20)
    assert not staff.shows("SECRET", topic="Ann")
    assert bora.shows("SECRET")
    umed = await system.teacher("Umed <3")
    await umed.calls_for_help("I am lost")
    await system.later(seconds=20)
    assert minji.shows("Umed <3")
    everything = [one.words for topic in (None, *staff.topics) for one in staff.messages(topic)]
    assert not any("Umed" in words for words in everything), "neither in an alert nor as the name of a topic"
    assert "Umed <3" not in staff.topics
    await staff.loses(karim)
    await ann.sends("There it is")
    await system.later(seconds=20)
    assert staff.shows("There it is", topic="Ann")
    assert staff.shows("Umed <3 (Pamir) is lost.", topic="🆘 Alerts"), "what is still open follows"
    assert system.value("SELECT count(*) FROM staff_group_stranger") == 0
    topics = system.rows("SELECT group_id, subject FROM forum_topic ORDER BY subject")
    assert topics == [{"group_id": staff.id, "subject": "alerts"}, {"group_id": staff.id, "subject": "person-3"}]
    audited = [row["action"] for row in system.rows("SELECT action FROM audit ORDER BY id")]
    assert audited == ["group.connected", "relay.written"]
    assert system.rows("SELECT kind, error FROM outbox WHERE state IN ('dead', 'unknown')") == []
