"""Alerts that somebody owns: one card on every phone, handed over, released, opened again; and `/open`."""

from tests.kit import System, User


def actions(system: System) -> list[str]:
    """What staff did with alerts, and the steps that the bot did."""
    rows = system.rows("SELECT action FROM audit WHERE action LIKE 'alert.%' ORDER BY id")
    return [str(row["action"]) for row in rows]


def loud(user: User, words: str) -> list[bool]:
    """Of each message with these words, whether it made a sound."""
    return [not one.silent for one in user.chat if words in one.words]


async def test_a_matter_goes_from_hand_to_hand_and_every_card_shows_it(system: System) -> None:
    ann, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await ann.calls_for_help("I am lost")
    card, other = minji.chat[-1], bora.chat[-1]
    assert card.labels == ["🙋 I'll take it", "✍️ Write back", "✅ Settled"]
    await minji.presses("I'll take it")
    for one in (card, other):
        assert one.words.endswith("🙋 Minji is on it.")
        assert one.labels == ["✍️ Write back", "✅ Settled", "🤝 Hand over", "🔓 Release"]

    # To whom? Nobody who calls, nor who has it already.
    await minji.presses("Hand over", on=card)
    assert card.labels == ["Bora", "‹ Back"]
    await minji.presses("‹ Back", on=card)
    await minji.presses("Hand over", on=card)
    await minji.presses("Bora", on=card)
    assert loud(bora, "Minji hands this over to you.") == [True]
    assert ann.count("Bora is taking care of it.") == 1
    assert card.words.endswith("🙋 Bora is on it.")
    assert other.words.endswith("🙋 Bora is on it.")
    await minji.taps_again()
    assert bora.count("hands this over to you") == 1

    # Back and forth: who called has read both names, and reads neither twice.
    await bora.presses("Hand over", on=other)
    await bora.presses("Minji", on=other)
    assert ann.count("Minji is taking care of it.") == 1
    await minji.presses("Release", on=card)
    assert bora.count("Nobody has this any more: please take it.") == 1
    assert minji.count("Nobody has this any more") == 0
    assert "🙋 I'll take it" in card.labels
    await bora.presses("I'll take it", on=other)
    assert ann.count("Bora is taking care of it.") == 1

    await bora.presses("Settled", on=other)
    assert ann.count("marked this as settled") >= 1
    assert card.words.endswith("✅ Settled by Bora.")
    assert card.labels == ["✍️ Write back", "↩️ Reopen"]
    await minji.presses("Reopen", on=card)
    assert bora.count("This is not settled after all.") == 1
    await bora.presses("I'll take it", on=other)
    assert ann.count("Bora is taking care of it.") == 2
    assert actions(system) == [
        "alert.taken",
        "alert.handed_over",
        "alert.handed_over",
        "alert.released",
        "alert.taken",
        "alert.settled",
        "alert.reopened",
        "alert.taken",
    ]


async def test_who_is_no_organizer_any_more_gets_nothing_and_has_nothing(system: System) -> None:
    ann, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await ann.calls_for_help("I am lost")
    card = minji.chat[-1]
    await minji.presses("I'll take it")
    await minji.presses("Hand over", on=card)
    await bora.blocks()
    await minji.presses_payload("algive1:1:3", on=card)
    assert minji.toast == ("This organizer cannot be reached here any more.", True)
    await bora.unblocks()
    await minji.erases_everything("Erase, and say that I left")
    assert bora.count("Nobody has this any more: please take it.") == 1
    assert system.value("SELECT state FROM alert") == "open"
    await ann.presses_payload("altake1:1", on=ann.chat[-1])
    assert ann.toast == ("Sorry, this is not for your role.", True)
    await bora.presses_payload("altake1:99", on=bora.chat[-1])
    assert bora.toast == ("That is no longer here.", False)


async def test_open_lists_what_nobody_has_settled_the_oldest_first(system: System) -> None:
    minji = await system.organizer("Minji")
    assert (await minji.asks("/open")).words == "✅ Nothing is open."
    teachers = [await system.teacher(f"Teacher {number}") for number in range(10)]
    for number, teacher in enumerate(teachers):
        await teacher.calls_for_help("I am lost")
        if number == 0:
            await minji.presses("I'll take it")
            await system.later(minutes=5)
    screen = await minji.asks("/open")
    assert screen.words.splitlines()[:3] == [
        "🔔 10 open · 9 that nobody has",
        "1. 🧭 lost · Teacher 0 · 5 min · 🙋 Minji",
        "2. 🧭 lost · Teacher 1 · 0 min",
    ]
    assert len(screen.words.splitlines()) == 9
    await minji.presses("2 of 2 ›", on=screen)
    assert screen.words.splitlines()[1:] == ["9. 🧭 lost · Teacher 8 · 0 min", "10. 🧭 lost · Teacher 9 · 0 min"]
    await minji.presses("10", on=screen)
    assert "Teacher 9" in screen.words
    assert "🙋 I'll take it" in screen.labels
    await minji.presses("Settled", on=screen)
    assert screen.words.endswith("✅ Settled by Minji.")
    assert system.value("SELECT count(*) FROM alert WHERE state = 'settled' AND settled_at >= opened_at") == 1


async def test_who_has_not_answered_is_one_matter_with_the_list(system: System) -> None:
    minji, ann, bek = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Bek")
    await system.at("2025-08-04 08:15")
    await bek.presses("✅ I am here")
    await system.at("2025-08-04 09:30")
    card = minji.newest("Morning check-in")
    assert "🙋 I'll take it" in card.labels
    assert "👥 not checked in" in (await minji.asks("/open")).words
    await minji.presses("I'll take it", on=card)
    assert "🙋 Minji is on it." in card.words
    assert "1 person has not answered." in card.words
    await minji.presses("Who is missing", on=card)
    assert "🤝 Hand over or settle" in card.labels
    await system.later(hours=1)
    assert minji.count("Nobody has taken this") == 0
    await ann.presses("✅ I am here")
    assert system.value("SELECT state FROM alert") == "settled"


async def test_a_hard_day_and_a_message_that_was_refused_are_taken_too(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await system.at("2025-08-04 20:30")
    await ann.presses("😞")
    await minji.presses("I'll take it")
    assert "🙋 Minji is on it." in bora.newest("Ann had a hard day").words
    await system.later(minutes=40)
    assert minji.count("Nobody has taken this") == bora.count("Nobody has taken this") == 0


async def test_who_blocks_the_bot_is_told_of_without_a_sound_until_they_are_back(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await ann.blocks()
    assert loud(minji, "The bot cannot reach Ann any more") == [False]
    assert "📵 unreachable · Ann" in (await minji.asks("/open")).words
    await ann.unblocks()
    assert (await minji.asks("/open")).words == "✅ Nothing is open."
    assert system.value("SELECT settled_by FROM alert") is None

    # It happens again, and somebody opens what was settled: there is one matter still.
    old = minji.newest("The bot cannot reach Ann any more")
    await ann.blocks()
    await minji.presses("↩️ Reopen", on=old)
    assert minji.toast == ("It is open already: nobody has it.", False)
    await minji.presses("I'll take it", on=old)
    assert minji.newest("The bot cannot reach Ann any more").words.endswith("🙋 Minji is on it.")
    assert [row["state"] for row in system.rows("SELECT state FROM alert ORDER BY id")] == ["settled", "taken"]


async def test_how_long_people_waited_is_known_when_it_is_opened_again_and_when_they_are_erased(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Zebulon")
    await ann.calls_for_help("I am lost")
    card, other = minji.chat[-1], bora.chat[-1]
    await system.later(minutes=1)
    await minji.presses("I'll take it", on=card)
    await system.later(minutes=4)
    await minji.presses("✅ Settled", on=card)
    await system.later(minutes=10)
    await bora.presses("↩️ Reopen", on=other)
    await bora.presses("I'll take it", on=other)
    [times] = system.rows("SELECT opened_at, taken_at, first_settled_at, settled_at FROM alert")
    minutes = [str(times[name])[14:16] for name in ("opened_at", "taken_at", "first_settled_at")]
    assert minutes == ["00", "01", "05"]
    assert times["settled_at"] is None, "it is open again"
    kept = {name: value for name, value in times.items() if name != "settled_at"}
    await ann.erases_everything("Erase, and say that I left")
    [left] = system.rows("SELECT opened_at, taken_at, first_settled_at, settled_at, person_id, state FROM alert")
    assert {name: left[name] for name in kept} == kept
    assert (left["person_id"], left["state"], left["settled_at"] is not None) == (None, "settled", True)
    for one in (card, other):
        assert "Zebulon" not in one.words
        assert one.labels == []
    for pressed in ("alreopen1:1", "altake1:1", "alsettle1:1", "algive1:1:1"):
        await bora.presses_payload(pressed, on=other)
        assert bora.toast == ("That is no longer here.", False)
    assert system.value("SELECT state FROM alert") == "settled"
    assert (await minji.asks("/open")).words == "✅ Nothing is open."
