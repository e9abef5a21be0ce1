"""Signs that turn lines round, typed anywhere, are kept nowhere: not in a programme, a broadcast, a name or a call."""

import pytest

from tests.handlers.test_programme import notices, opens, publishes
from tests.kit import System, User

TURNED = "9 \u202eta sub\u2066"
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(*people: User) -> str:
    """What people's phones show of the bot's messages, and the labels below."""
    return "".join(
        message.words + "".join(message.labels) for one in people for message in one.chat if message.from_bot
    )


async def test_of_a_programme(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    for label in ("📝 Note", "👤 Speaker"):
        await organizer.presses(label)
        await organizer.sends(TURNED)
    await organizer.presses("‹ 4 August")
    await organizer.presses("➕ One more session")
    await organizer.sends(TURNED)
    await organizer.sends("18:15")
    await publishes(organizer, "2 changes", reason=TURNED)
    assert notices(teacher)[0].words.count("9 ta sub") == 4
    assert not TURNING & set(shown(organizer, teacher))


async def test_of_a_broadcast_also_where_it_was_edited(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses(next(label for label in organizer.chat[-1].labels if "Everyone" in label))
    await organizer.sends(TURNED)
    text = next(message for message in reversed(organizer.chat) if not message.from_bot)
    await organizer.edits(text, f"Soon {TURNED}")
    await organizer.presses(next(label for label in organizer.chat[-1].labels if "Send" in label))
    assert "Soon 9 ta sub" in teacher.chat[-1].words
    assert not TURNING & set(shown(organizer, teacher))


async def test_of_a_call_and_an_answer(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await teacher.sends("/help")
    await teacher.presses(next(label for label in teacher.chat[-1].labels if label.startswith("❓")))
    await teacher.sends(TURNED)
    assert "9 ta sub" in organizer.chat[-1].words
    assert not TURNING & set(shown(organizer, teacher))


@pytest.mark.parametrize("name", ["\u202eaDDa", "A\u2067dda"])
async def test_of_a_name(system: System, name: str) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses(next(label for label in teacher.chat[-1].labels if "ame" in label))
    await teacher.sends(name)
    assert system.value("SELECT name FROM person") == "".join(one for one in name if one not in TURNING)
