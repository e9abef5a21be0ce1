"""Organizers count heads: one card for all of them, which fills by itself, reminds, calls the roll and closes."""

import json

from rehearsal.telegram import Message
from tests.kit import System, User

HERE = "🙋 I am here"


async def counts(organizer: User, whom: str = "▶️ All teachers") -> Message:
    """Start a headcount, or join one; return its card."""
    await organizer.sends("/headcount")
    await organizer.presses(next(one for one in organizer.chat[-1].labels if one.startswith(whom)))
    return organizer.chat[-1]


def questions(who: User) -> list[Message]:
    return [message for message in who.chat if "Are you on the bus" in message.words]


async def test_the_card_fills_by_itself_while_teachers_tap(system: System) -> None:
    minji = await system.organizer()
    ann, bo, cy = [await system.teacher(name) for name in ("Ann", "Bo", "Cy")]
    await minji.sends("/headcount")
    assert minji.chat[-1].labels[:2] == ["▶️ All teachers: 3", "▶️ Pamir: 3"]
    await minji.presses("▶️ All teachers: 3")
    card = minji.chat[-1]
    assert "0 of 3 are here.\n\nMissing: 3\n1. Ann · Pamir\n2. Bo · Pamir\n3. Cy · Pamir" in card.words
    assert (
        questions(ann)[0].words
        == "🔢 Headcount · 06:00\nAre you on the bus, or where your group is? One tap is enough."
    )
    assert not questions(ann)[0].silent
    await ann.presses(HERE)
    assert "1 of 3 are here.\n👆 own tap: 1\n\nMissing: 2\n1. Bo" in card.words
    assert ann.chat[-1].words == "✅ You are counted: 06:00."
    await bo.presses(HERE)
    await cy.presses(HERE)
    assert "3 of 3 are here.\n👆 own tap: 3\n\n✅ Everybody is here." in card.words
    assert "🔔 Remind the missing" not in card.labels
    await minji.presses("✅ Who is here")
    assert "1. Ann · 06:00 · 👆" in card.words


async def test_two_organizers_see_the_same_headcount(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    ann, _bo = await system.teacher("Ann"), await system.teacher("Bo")
    first = await counts(minji)
    await bora.sends("/headcount")
    assert "👀 Under way already" in bora.chat[-1].words
    await bora.presses("👀 All teachers: 0 of 2")
    second = bora.chat[-1]
    await ann.presses(HERE)
    assert "1 of 2" in first.words
    assert "1 of 2" in second.words
    assert "▶️ Started at 06:00: Minji" in second.words
    await bora.presses("🏁 Close", on=second)
    assert "🏁 Closed at 06:00: Bora" in first.words
    assert first.labels == second.labels == ["✅ Who is here", "↩️ Open it again"]
    assert len(system.rows("SELECT * FROM headcount")) == 1


async def test_two_organizers_who_start_at_the_same_moment_start_one(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await minji.sends("/headcount")
    await bora.sends("/headcount")
    async with system.without_waiting():
        await minji.presses("▶️ All teachers: 1")
        await bora.presses("▶️ All teachers: 1")
        await bora.taps_again()
    assert len(system.rows("SELECT * FROM headcount")) == 1
    assert len(questions(ann)) == 1
    assert "0 of 1" in minji.chat[-1].words
    assert "0 of 1" in bora.chat[-1].words


async def test_a_tap_twice_is_one(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await counts(minji)
    await ann.presses(HERE)
    await ann.taps_again()
    await ann.presses_payload("counthere1:1", ann.chat[-1])
    assert ann.chat[-1].words == "✅ You are counted: 06:00."
    assert system.rows("SELECT state, how FROM mark") == [{"state": "present", "how": "tap"}]


async def test_the_missing_are_reminded_once_a_minute_at_most(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    card = await counts(minji)
    await ann.presses(HERE)
    await minji.presses("🔔 Remind the missing", on=card)
    assert minji.toast == ("They heard of it at 06:00. You can remind them again a minute later, at 06:01.", True)
    await system.later(minutes=1)
    await minji.presses("🔔 Remind the missing", on=card)
    assert minji.toast == ("🔔 1 person is being reminded.", False)
    assert "🔔 Reminded 1 time, at 06:01" in card.words
    assert len(questions(ann)) == 0
    reminder = questions(bo)[-1]
    assert reminder.words.startswith("🔔 You are not counted yet · 06:01")
    assert not reminder.silent
    await bo.presses(HERE, on=reminder)
    assert "2 of 2" in card.words


async def test_a_tap_after_the_end_reads_one_kind_sentence(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    await minji.presses("🏁 Close", on=card)
    await ann.presses(HERE)
    assert ann.chat[-1].words.startswith("🌿 This headcount is over already, thank you;")
    assert ann.chat[-1].labels == []
    assert system.rows("SELECT * FROM mark") == []


async def test_it_is_opened_again_within_an_hour(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    [question] = questions(ann)
    await minji.presses("🏁 Close", on=card)
    await system.later(minutes=59)
    await minji.presses("↩️ Open it again", on=card)
    assert "🏁 Close" in card.labels
    await ann.presses(HERE, on=question)
    assert "1 of 1" in card.words
    await minji.presses("🏁 Close", on=card)
    await system.later(minutes=61)
    assert card.labels == []
    await minji.presses_payload("countopen1:1", card)
    assert minji.toast == ("It was closed over an hour ago. Start a new one with /headcount.", True)
    assert system.rows("SELECT * FROM live_card") == []


async def test_a_headcount_that_nobody_closes_is_over_after_three_hours(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    await system.later(hours=3, minutes=1)
    assert "🏁 Closed by itself at 09:00." in card.words
    await ann.presses(HERE, on=questions(ann)[0])
    assert ann.shows("This headcount is over already")
    await counts(minji)
    assert len(system.rows("SELECT * FROM headcount WHERE closed_at IS NULL")) == 1


async def test_last_weeks_buttons_say_what_is_true(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    [question] = questions(ann)
    await system.jumps_to("2025-08-11 06:00")
    await ann.presses(HERE, on=question)
    assert question.words.startswith("🌿 This headcount is over already")
    for payload in ("countmark1:1:2:1:0", "countping1:1", "countclose1:1", "countlist1:1:roll:0", "countopen1:1"):
        await minji.presses_payload(payload, card)
        assert card.labels == []
    for payload in (
        "countlist1:77:roll:0",
        "countlist1:1:nothing:0",
        "countclose1:77",
        "countbus1:2025-08-04:no",
        "count1:no",
    ):
        await minji.presses_payload(payload, card)
        assert minji.toast is not None
    for payload in (
        "counthere1:77",
        "countwith1:77:1",
        "countnot1:77",
        "countwith1:1:1",
        "countwho1:1:0",
        "countnot1:1",
    ):
        await ann.presses_payload(payload, question)
    assert system.rows("SELECT * FROM mark") == []


async def test_who_moves_to_another_group_is_counted_there(system: System) -> None:
    minji = await system.organizer()
    ann, bo = await system.teacher("Ann", group="pamir"), await system.teacher("Bo", group="pamir")
    await system.teacher("Cy", group="zarafshon")
    card = await counts(minji, "▶️ Pamir")
    await ann.presses(HERE)
    assert "1 of 2" in card.words
    for who in (ann, bo):
        await who.sends("/me")
        await who.presses("👥 Group")
        await who.presses("Zarafshon")
    assert "Nobody is expected." in card.words
    await bo.presses(HERE, on=questions(bo)[0])
    assert bo.toast is not None
    assert bo.toast[0].startswith("🌿 This headcount is of another group than yours now")
    await counts(minji, "▶️ Zarafshon")
    assert len(questions(bo)) == 2  # the earlier one stays, for whoever comes back; either counts
    await bo.presses(HERE, on=questions(bo)[0])
    assert system.value("SELECT sum(people) FROM mark_tally WHERE group_key = 'zarafshon'") == 2  # Ann in Pamir's


async def test_who_comes_into_a_group_is_asked(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann", group="pamir")
    await system.teacher("Cy", group="zarafshon")
    card = await counts(minji, "▶️ Zarafshon")
    await ann.sends("/me")
    await ann.presses("👥 Group")
    await ann.presses("Zarafshon")
    await ann.presses(HERE)
    assert "1 of 2" in card.words


async def test_who_cannot_be_reached_is_named_apart_and_gets_nothing(system: System) -> None:
    minji, _ann, gone = await system.organizer(), await system.teacher("Ann"), await system.teacher("Gone")
    await gone.blocks()
    card = await counts(minji)
    assert (
        "Missing: 1\n1. Ann · Pamir\n\n🚫 1 cannot be reached by the bot, look for them yourself:\n2. Gone · Pamir"
        in card.words
    )
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'headcount.ask'") == 1
    await gone.unblocks()
    await gone.presses(HERE)
    assert "1 of 2" in card.words


async def test_a_long_list_is_paged(system: System) -> None:
    minji = await system.organizer()
    for number in range(1, 24):
        await system.teacher(f"Teacher {number:02d}")
    card = await counts(minji)
    assert "10. Teacher 10" in card.words
    assert "11." not in card.words
    await minji.presses("2 of 3 ›", on=card)
    assert "11. Teacher 11" in card.words
    await minji.presses("3 of 3 ›", on=card)
    assert "23. Teacher 23" in card.words
    await minji.presses("📋 Roll call", on=card)
    assert "⬜ Teacher 10" in card.labels


async def test_the_live_card_goes_on_after_a_restart(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    card = await counts(minji)
    async with system.without_bot():
        await ann.presses(HERE)
    assert "1 of 2" in card.words
    await bo.presses(HERE)
    assert "2 of 2" in card.words


async def test_an_erased_person_leaves_no_mark_and_takes_them_along(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    card = await counts(minji)
    await ann.presses(HERE)
    await bo.presses(HERE)
    data = await exported(ann)
    assert [mark["how"] for mark in data["mark"]] == ["tap"]
    await ann.erases_everything()
    assert "1 of 1" in card.words
    assert len(system.rows("SELECT * FROM mark")) == 1
    await minji.erases_everything()
    assert system.rows("SELECT * FROM live_card") == []


async def test_nobody_is_counted_where_nobody_is(system: System) -> None:
    minji = await system.organizer()
    await minji.sends("/headcount")
    await minji.presses("▶️ All teachers: 0")
    assert minji.toast == ("There is no teacher to count there.", True)
    assert system.rows("SELECT * FROM headcount") == []


async def exported(who: User) -> dict[str, list[dict[str, object]]]:
    """What somebody gets as a file in /me."""
    await who.sends("/me")
    await who.presses("Export my data")
    [file] = who.chat[-1].files
    data: dict[str, list[dict[str, object]]] = json.loads(file.content)
    return data
