"""Strangers get one kind refusal, once a minute."""

from tests.kit import System


async def test_strangers_hear_the_same_kind_refusal_whatever_they_say(system: System) -> None:
    someone = system.stranger()
    for words in ("/nonsense", "/today", "/me", "hello", "/help"):
        await someone.sends(words)
        assert len(someone.chat[-1].words.split("\n\n")) == 4
        await system.later(minutes=1)
    await someone.sends_sticker()
    assert len(someone.chat[-1].words.split("\n\n")) == 4
    assert system.rows("SELECT * FROM person") == []
    assert system.rows("SELECT * FROM help_message") == []


async def test_a_stranger_who_says_something_hears_that_nobody_has_read_it(system: System) -> None:
    someone = system.stranger("Daler")
    for words in ("I am Daler from Khujand, teacher of physics", "Where is it?"):
        await someone.sends(words)
        assert someone.chat[-1].words.startswith("✉️ I do not know you yet, so nobody has read this.")
        assert someone.chat[-1].labels == ["🙋 Ask an organizer"]
        await system.later(minutes=1)


async def test_a_stranger_who_writes_on_and_on_is_answered_once_a_minute(system: System) -> None:
    someone = system.stranger()
    for number in range(10):
        await someone.sends(f"hello {number}")
    assert len([message for message in someone.chat if message.from_bot]) == 1
    await system.later(minutes=1)
    await someone.sends("hello?")
    assert someone.chat[-1].from_bot
