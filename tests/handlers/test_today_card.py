"""The agenda of the day is pinned in each chat, one at a time, and stays true by editing itself without a sound."""

import pytest

from bot.messages import today_card_screens as today_card_screens_messages
from bot.programme.edits import Cancelled
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.model import Message
from tests.kit import System, User

LINES = "SELECT count(*) FROM today_card"


def card_of(teacher: User) -> Message:
    """The one message that is pinned."""
    [card] = teacher.pinned
    return card


def notes_of_pins(teacher: User) -> int:
    return sum("pinned_message" in message.content for message in teacher.messages.values())


async def test_the_mornings_agenda_is_pinned_and_yesterdays_is_not_any_more(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 07:00")
    monday = card_of(teacher)
    assert monday.words.startswith("☀️ Good morning! Monday, 4 August")
    await system.at("2025-08-05 06:59")
    assert card_of(teacher) is monday
    await system.at("2025-08-05 07:00")
    tuesday = card_of(teacher)
    assert tuesday.words.startswith("☀️ Good morning! Tuesday, 5 August")
    assert "This day is over. Next: Tuesday, 5 August, 09:30 · Internet" in monday.words
    assert system.value(LINES) == 1


async def test_the_card_says_what_is_over_what_is_now_and_what_is_next(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    card, sent = card_of(teacher), card_of(teacher).words
    await system.at("2025-08-04 09:59")
    assert card.words == sent
    await system.at("2025-08-04 10:00")
    assert card.words.startswith("📌 Monday, 4 August")
    assert "▶️ 10:00–11:00 · now · Opening ceremony" in card.words
    assert "🎓 11:15–12:15 · next · Korea's path" in card.words
    await system.at("2025-08-04 11:00")
    assert "✓ 10:00–11:00 Opening ceremony" in card.words
    assert "· now" not in card.words
    await system.at("2025-08-04 18:00")
    assert (
        "🌙 This day is over. Next: Tuesday, 5 August, 09:30 · Internet, devices and support in every school"
        in card.words
    )
    assert teacher.count("Opening ceremony") == 1


async def test_what_is_published_is_on_the_card_with_what_is_over(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 11:00")
    card = card_of(teacher)
    await system.publishes(organizer, Cancelled("lake-walk"))
    await system.wait_idle()
    assert card.words.startswith("✏️ Changed since this morning: Monday, 4 August")
    assert "✓ 10:00–11:00 Opening ceremony" in card.words
    assert "❌ 17:00–18:00 A walk around the lake · cancelled" in card.words
    await system.at("2025-08-04 15:30")
    assert "🌙 This day is over." in card.words


async def test_the_card_speaks_the_language_of_its_reader_as_it_is_now(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    await teacher.sends("/language")
    await teacher.presses("Русский")
    assert card_of(teacher).words.startswith("☀️ Доброе утро! понедельник, 4 августа")


async def test_who_takes_the_card_off_is_not_given_it_again_that_day(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    card = card_of(teacher)
    await teacher.unpins(card)
    await system.at("2025-08-04 10:30")
    assert "now" in card.words
    await teacher.asks("/today")
    await system.restarts()
    assert teacher.pinned == []
    await system.at("2025-08-05 07:00")
    assert "Tuesday, 5 August" in card_of(teacher).words


@pytest.mark.parametrize("pinned", [True, False], ids=["after the pin", "before the pin"])
async def test_a_kill_between_the_message_and_the_note_of_its_pin_pins_it_once(system: System, *, pinned: bool) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 07:00")
    card = card_of(teacher)
    if not pinned:
        await teacher.unpins(card)
    notes = notes_of_pins(teacher)
    await system.write(lambda connection: connection.execute("UPDATE today_card SET pin = 'wanted'"))
    await system.restarts()
    assert card_of(teacher) is card
    assert notes_of_pins(teacher) == notes + (not pinned)
    assert system.value("SELECT pin FROM today_card") == "pinned"


async def test_a_pin_that_fails_is_tried_again(system: System) -> None:
    teacher = await system.teacher()
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="pinChatMessage")])
    await system.at("2025-08-04 07:00")
    await system.later(minutes=1)
    assert card_of(teacher).words.startswith("☀️ Good morning!")
    assert system.value("SELECT pin FROM today_card") == "pinned"


async def test_a_restart_edits_nothing_twice(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 10:30")
    edited = card_of(teacher).edit_date
    assert edited
    await system.at("2025-08-04 10:50")
    await system.restarts()
    assert card_of(teacher).edit_date == edited
    assert not system.world.refusals["editMessageText"]


async def test_who_joins_during_the_day_has_a_card_too(system: System) -> None:
    await system.at("2025-08-04 10:30")
    teacher = system.stranger("Ann")
    await teacher.joins(await system.invitation())
    assert "▶️ 10:00–11:00 · now" in card_of(teacher).words
    await system.at("2025-08-04 11:00")
    assert "✓ 10:00–11:00" in card_of(teacher).words


async def test_today_asked_for_is_the_card_where_there_is_none(system: System) -> None:
    await system.at("2025-08-04 10:30")
    teacher = await system.teacher()
    answer = await teacher.asks("/today")
    assert card_of(teacher) is answer
    another = await teacher.asks("/today")
    assert "now" in another.words
    assert card_of(teacher) is answer
    await system.at("2025-08-04 11:00")
    assert "✓ 10:00–11:00" in answer.words


async def test_today_asked_for_before_the_agenda_is_no_card(system: System) -> None:
    teacher = await system.teacher()
    await teacher.asks("/today")
    assert teacher.pinned == []


async def test_other_days_are_shown_below_the_card_and_not_on_it(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    card = card_of(teacher)
    await teacher.presses("5 August ›", on=card)
    assert "Monday, 4 August" in card.words
    other = teacher.chat[-1]
    assert "Tuesday, 5 August" in other.words
    await teacher.presses("6 August ›", on=other)
    assert "Wednesday, 6 August" in other.words


async def test_after_the_last_day_nothing_is_pinned(system: System) -> None:
    teacher = await system.teacher()
    await system.jumps_to("2025-08-16 22:00")
    await system.at("2025-08-17 12:00")
    assert "Sunday, 17 August" in card_of(teacher).words
    await system.at("2025-08-18 07:01")
    assert teacher.pinned == []
    assert system.value(LINES) == 0


async def test_nothing_is_edited_for_who_has_left_and_nothing_is_kept_of_who_is_erased(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bora")
    await system.at("2025-08-04 08:30")
    card, kept = card_of(teacher), card_of(other)
    await teacher.erases_everything()
    await other.blocks()
    before = card.words, kept.words
    await system.at("2025-08-04 10:30")
    assert (card.words, kept.words) == before
    assert system.rows("SELECT person_id FROM today_card WHERE chat_id = ?", teacher.id) == []


class TestWhereThereAreTooManyForEachHour:
    @pytest.fixture(autouse=True)
    def too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(today_card_screens_messages, "_MOST_KEPT", 0)

    async def test_a_card_changes_when_its_reader_does_something_and_says_of_which_moment_it_is(
        self, system: System
    ) -> None:
        teacher, other = await system.teacher("Ann"), await system.teacher("Bora")
        await system.at("2025-08-04 10:40")
        assert "· now" not in card_of(teacher).words
        assert "🔄 What is now?" in card_of(other).labels
        await teacher.sends("/info")
        assert "▶️ 10:00–11:00 · now" in card_of(teacher).words
        assert card_of(teacher).words.endswith("As of 10:40.")
        assert card_of(other).words.startswith("☀️ Good morning!")
        await system.at("2025-08-04 11:05")
        assert card_of(teacher).words.endswith("As of 10:40.")
        await teacher.presses("🔄 What is now?", on=card_of(teacher))
        assert "✓ 10:00–11:00" in card_of(teacher).words
        assert card_of(teacher).words.endswith("As of 11:05.")

    async def test_what_is_published_reaches_every_card(self, system: System) -> None:
        organizer, teacher = await system.organizer(), await system.teacher()
        await system.at("2025-08-04 10:40")
        await system.publishes(organizer, Cancelled("lake-walk"))
        await system.wait_idle()
        assert "❌ 17:00–18:00 A walk around the lake · cancelled" in card_of(teacher).words
        assert "As of 10:40." in card_of(teacher).words
