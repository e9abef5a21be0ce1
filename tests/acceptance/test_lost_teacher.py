"""Nobody answers a lost teacher for ten minutes while another takes over duty; then an album, and a voice."""

from rehearsal.telegram.account_media import picture
from tests.handlers.test_alert_escalation import night_shift
from tests.kit import System, User

AGAIN = "Nobody has taken this for"


def audible(who: User, words: str) -> list[bool]:
    """Of each message with these words, whether it made a sound."""
    return [not one.silent for one in who.chat if words in one.words]


async def test_nobody_answers_for_ten_minutes(http_system: System) -> None:
    system = http_system
    minji, bora, jun = [await system.organizer(name) for name in ("Minji", "Bora", "Jun")]
    sitora, umed = await system.teacher("Ситора", language="tg"), await system.teacher("Umed")
    await system.jumps_to("2025-08-04 21:50")
    await night_shift(minji, bora)
    await minji.asks("/duty")
    await minji.presses("📝 Note for the next")
    await minji.sends("Room <12> has a fever")
    await system.at("2025-08-04 21:58")

    # She is lost: it rings for who is on duty, and she reads at once whom to call and is asked where she is.
    await sitora.sends("/help")
    await sitora.presses("Роҳро гум кардам")
    assert audible(minji, "is lost") == [True]
    assert audible(bora, "is lost") == audible(jun, "is lost") == [False]
    assert any("📋 119" in one.labels for one in sitora.chat)
    shared = await sitora.shares_location(36.48, 127.28, 900)
    for latitude in (36.49, 36.50):
        await sitora.moves(shared, latitude, 127.29)
    for one in (minji, bora, jun):
        [pin] = [message for message in one.chat if message.location]
        assert pin.location is not None
        assert pin.location["latitude"] == 36.50

    # At ten the night begins, with the note and the open call; a minute later it rings for the night.
    await system.at("2025-08-04 22:00")
    word = bora.newest("You are on duty now")
    assert "Minji leaves you this:\nRoom <12> has a fever" in word.words
    assert "1 call for help is open" in word.words
    await system.at("2025-08-04 22:01")
    assert audible(bora, f"{AGAIN} 3 minutes.") == [True]
    assert not jun.shows(AGAIN)

    # The bot is killed over the next step, and does it once; then it says no more.
    async with system.without_bot():
        system.passes("2025-08-04 22:05")
    for one in (minji, bora, jun):
        assert audible(one, f"{AGAIN} 7 minutes.") == [True]
        assert system.seminar.contacts[0].phone in one.newest(AGAIN).words
    before = [len(one.chat) for one in (minji, bora, jun, sitora, umed)]
    await system.at("2025-08-04 22:08")
    assert [len(one.chat) for one in (minji, bora, jun, sitora, umed)] == before

    # Two take it at the same moment: one has it, on every phone, and she reads one name.
    cards = {one: one.newest(AGAIN) for one in (bora, jun)}
    async with system.without_waiting():
        for one, card in cards.items():
            await one.presses("I'll take it", on=card)
    [row] = system.rows("SELECT p.name FROM alert AS a JOIN person AS p ON p.id = a.taken_by")
    assert [sitora.shows(name) for name in ("Bora", "Jun")] == [row["name"] == name for name in ("Bora", "Jun")]
    for one in (minji, bora, jun):
        told = [message for message in one.chat if "is lost." in message.words]
        assert told
        for card in told:
            assert f"🙋 {row['name']} is on it." in card.words
    steps = [r["action"] for r in system.rows("SELECT action FROM audit WHERE action LIKE 'alert.%' ORDER BY id")]
    assert steps == ["alert.escalated", "alert.escalated", "alert.taken"]
    assert system.rows("SELECT kind, state, level, due_at FROM alert WHERE kind = 'lost'") == [
        {"kind": "lost", "state": "taken", "level": 2, "due_at": None}
    ]
    assert sitora.count("То ҳол ба шумо касе ҷавоб надодааст") == 1
    assert system.rows("SELECT kind, error FROM outbox WHERE state IN ('dead', 'unknown')") == []
    await asks_with_an_album(system, minji, jun, umed)


async def asks_with_an_album(system: System, minji: User, jun: User, umed: User) -> None:
    """Umed asks with an album, and one organizer's voice is the answer: a reply on both sides."""
    await umed.calls_for_help("I have a question")
    sent = await umed.sends_album(picture(1), picture(2), picture(3), caption="Which <gate> is it?")
    await system.later(seconds=5)
    for one in (minji, jun):
        album = [message for message in one.chat if "media_group_id" in message.extra]
        assert [message.photo for message in album] == [picture(1), picture(2), picture(3)]
        assert "Which <gate> is it?" in album[0].caption
    second = next(message for message in minji.chat if message.photo == picture(2))
    with minji.at(None, reply_to=second):
        voice = await minji.sends_voice()
    heard = umed.chat[-1]
    assert "voice" in heard.content
    assert heard.caption.startswith("✉️ Minji, organizer, writes to you:")
    assert heard.extra["reply_to_message"]["message_id"] == sent[1].id  # type: ignore[index]
    with umed.at(None, reply_to=heard):
        await umed.sends("Understood")
    answered = minji.newest("Understood").extra["reply_to_message"]
    assert answered["message_id"] == voice.id  # type: ignore[index]
    assert not jun.shows("Understood"), "it answers Minji"
