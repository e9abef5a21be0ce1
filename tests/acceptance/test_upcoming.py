"""A late bus over real HTTP: two organizers, previews that are what arrives, and a bot that starts again."""

from rehearsal.telegram.model import Json
from tests.kit import System, User


class Requests:
    """What the bot asks Telegram to send, without the chat, by chat."""

    def __init__(self, system: System) -> None:
        self._sent: dict[int | None, list[Json]] = {}
        system.world.on_accept.append(
            lambda entry: self._sent.setdefault(entry.chat_id, []).append(
                {name: value for name, value in entry.params.items() if name != "chat_id"}
            )
        )

    def last(self, who: User) -> Json:
        """The last request to the person's chat that is a new message."""
        return next(one for one in reversed(self._sent[who.id]) if "text" in one and "message_id" not in one)


async def test_a_late_bus(http_system: System) -> None:
    system = http_system
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    ann = await system.teacher("Ann", language="ru", group="vakhsh")
    requests = Requests(system)

    card = await minji.asks("/upcoming")
    assert card.words.startswith("📬 What I will send on Monday, 4 August\n1. 07:00 · Agenda · 3 people")
    await minji.presses("1", on=card)
    await minji.presses("👁 Русский", on=card)
    await minji.presses("Vakhsh", on=card)
    agenda = requests.last(minji)
    await minji.presses("‹ Back", on=card)
    await minji.presses("⏰ +15 min", on=card)
    other = await bora.asks("/upcoming")
    assert "1. ⏰ 07:15 · Agenda · 3 people" in other.words
    await bora.presses("2", on=other)
    await bora.presses("👁 Русский", on=other)
    question = requests.last(bora)
    await bora.presses("⏰ +15 min", on=other)
    assert "⏰ Bora moved it from 08:15 to 08:30." in other.words

    await system.restarts("2025-08-04 07:14")
    assert not ann.chat
    await system.at("2025-08-04 07:15")
    assert requests.last(ann) == agenda
    await system.at("2025-08-04 08:29")
    assert len(ann.chat) == 1
    await system.at("2025-08-04 08:30")
    assert requests.last(ann) == question
    await ann.presses("✅ Я здесь")
    assert system.rows("SELECT late FROM checkin") == [{"late": 0}]
    await system.at("2025-08-04 12:00")
    assert ann.count("🌙") == 0
    assert not minji.shows("has not answered")
