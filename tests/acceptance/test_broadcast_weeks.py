"""An organizer's two weeks of messages to many, over real HTTP, in four languages: every phone, and the rows.

One is written without a version in Korean and changed before it goes; one is stopped halfway; one is corrected days
later; one is taken back; and somebody joins late.
"""

from typing import Final

from rehearsal.telegram import Message
from rehearsal.telegram.journal import AcceptedCall
from tests.kit import System, User

LANGUAGES: Final = ("en", "tg", "ru", "ko")
WELCOME: Final = {
    "en": "Dinner is at 18:30, floor 2",
    "tg": "Хӯроки шом соати 18:30, ошёнаи 2",
    "ru": "Ужин в 18:30, этаж 2",
}
GOT_IT: Final = {"en": "👍 Got it", "tg": "👍 Фаҳмидам", "ru": "👍 Понятно", "ko": "👍 확인했습니다"}
HALTED: Final = "the test stops it halfway"

Teachers = dict[str, list[User]]


async def those_with(system: System, each: int) -> Teachers:
    """So many teachers who read each language."""
    return {
        language: [await system.teacher(f"{language}{number}", language=language) for number in range(1, each + 1)]
        for language in LANGUAGES
    }


def everybody(teachers: Teachers) -> list[User]:
    return [one for group in teachers.values() for one in group]


async def writes_in_four_languages(minji: User, teachers: Teachers) -> Message:
    """Nobody has written it in Korean, and another hour comes after all the others were written."""
    card = await minji.drafts_broadcast(WELCOME["en"].replace("18:30", "18:00"), "Teachers (24)")
    written = next(one for one in minji.chat if "Dinner is at 18:00" in one.words and not one.from_bot)
    await minji.presses("🌐 Languages", on=card)
    await minji.presses("English")
    for label, words in (("✍️ Тоҷикӣ", WELCOME["tg"]), ("✍️ Русский", WELCOME["ru"].replace("18:30", "18:00"))):
        await minji.presses(label)
        await minji.sends(words)
    card = minji.chat[-1]
    assert "⚠️ 한국어: 6 people have no version yet." in card.words
    assert not any(label.startswith("📣 Send") for label in card.labels)
    await minji.presses_payload("send2:1:9", card)  # a forged press
    assert not any(one.chat for one in everybody(teachers))

    # It is said by name who reads what; then the hour changes, and the other versions are called older.
    await minji.presses("한국어 ← English", on=card)
    assert "↪️ 한국어: 6 people will get English." in card.words
    await minji.edits(written, WELCOME["en"])
    assert "🕰 Older than the last change: Русский, Тоҷикӣ" in card.words
    await minji.presses("🌐 Languages", on=card)
    await minji.presses("✍️ Русский", on=card)
    await minji.sends(WELCOME["ru"])
    card = minji.chat[-1]
    assert "🕰 Older than the last change: Тоҷикӣ" in card.words
    await minji.presses("🟰 They all say the same", on=card)  # the Tajik one had the new hour already
    assert "Older than" not in card.words
    for label in ("⬜ “Got it” button", "🆕 Late joiners", "Seminar’s end"):
        await minji.presses(label, on=card)
    await minji.presses("📣 Send to 24", on=card)
    return card


def texts(someone: User, *parts: str) -> list[str]:
    """The messages on a phone that hold one of these words, as they stand there now."""
    return [one.words for one in someone.chat if any(part in one.words for part in parts)]


async def stops_halfway(system: System, minji: User, bora: User, teachers: Teachers) -> Message:
    """Bora sees that it is wrong when the tenth phone has it; return Minji's card."""
    arrived: list[int] = []

    def counts(call: AcceptedCall) -> None:
        if call.params.get("text") == "Breakfast is cancelled":
            arrived.append(call.chat_id or 0)
            if len(arrived) == 10:
                system.app.dispatcher.halt(HALTED)

    card = await minji.drafts_broadcast("Breakfast is cancelled", "Teachers (24)")
    before = len(system.world.on_accept)
    system.world.on_accept.append(counts)
    async with system.without_waiting():
        try:
            await minji.presses("📣 Send to 24", on=card)
            await minji.waits_for(lambda: len(arrived) >= 10, timeout=15)
            await bora.sends("/broadcasts")
            await bora.waits_for(lambda: bora.shows("📣 Broadcasts"))
            listed = bora.newest("📣 Broadcasts")
            await bora.presses("1", on=listed)
            await bora.waits_for(lambda: "⏹ Stop" in listed.labels)
            await bora.presses("⏹ Stop", on=listed)
            await bora.waits_for(lambda: "📣 Stop" in listed.words)
        finally:
            system.app.dispatcher.resume(HALTED)
    del system.world.on_accept[before:]
    await system.later(minutes=1)
    have = [one for one in everybody(teachers) if one.shows("Breakfast is cancelled")]
    assert sorted(one.id for one in have) == sorted(set(arrived))
    assert len(arrived) == len(have) < 24
    for one in (card, listed):
        assert "📣 Stopped" in one.words
        assert f"✅ {len(have)} sent" in one.words
        assert f"⏹ {24 - len(have)} not sent: stopped in time" in one.words
    assert minji.count("Bora has stopped your message to many.") == 1
    assert rows_of(system, 2) == {"sent": len(have), "cancelled": 24 - len(have)}
    return card


async def is_corrected(system: System, bora: User, teachers: Teachers) -> None:
    """On the fifth day Bora changes what stands on the phones of those who read Russian; one has gone meanwhile."""
    gone, *others = teachers["ru"]
    before = {one.id: len(one.chat) for one in others}
    await gone.blocks()
    listed = await bora.asks("/broadcasts")
    await bora.presses("2", on=listed)
    assert "🗑 Take back" not in listed.labels  # it is older than Telegram deletes
    await bora.presses("✏️ Correct", on=listed)
    await bora.presses("Русский", on=listed)
    await bora.sends(WELCOME["ru"].replace("этаж 2", "<этаж 3>"))
    await bora.presses("✏️ Change it on 6 phones")
    await system.later(minutes=1)
    for one in others:
        assert texts(one, "18:30") == ["Ужин в 18:30, <этаж 3>"]
        assert one.newest("18:30").labels == [GOT_IT["ru"]]
        assert len(one.chat) == before[one.id], "no message comes, one changes"
    assert texts(gone, "18:30") == [WELCOME["ru"]]
    for language in ("en", "tg", "ko"):
        for one in teachers[language]:
            assert texts(one, "18:30") == [WELCOME.get(language, WELCOME["en"])]
    corrected = bora.chat[-1]  # what she pressed on became the card
    assert "👍 Got it: 3 of 24\n✏️ Corrected on 5 phones" in corrected.words, "who reads Russian is asked again"
    assert "🕰 Older than the last change: English, Тоҷикӣ" in corrected.words


async def joins_late(system: System) -> tuple[User, User]:
    """Who joins in the second week reads what still holds, as it reads now, once; not what was stopped."""
    code = await system.invitation()
    russian, korean = system.stranger("Поздний"), system.stranger("Late")
    for who, language, agree in ((russian, "Русский", "Даю согласие"), (korean, "한국어", "동의합니다")):
        await who.starts(code)
        await who.presses(language)
        await who.presses(who.name)
        await who.presses(who.chat[-1].labels[0])
        await who.presses(agree)
    await system.later(minutes=1)
    async with system.without_bot():
        await korean.sends("/today")  # a phone that was off, and a bot: nothing comes twice
    assert texts(russian, "18:30") == ["Ужин в 18:30, <этаж 3>"]
    assert texts(korean, "18:30") == [WELCOME["en"]]
    for who in (russian, korean):
        assert not who.shows("Breakfast")
    await korean.presses(GOT_IT["ko"], on=korean.newest("18:30"))
    return russian, korean


async def is_taken_back(system: System, minji: User, people: list[User]) -> None:
    """Minji has named the wrong gate; of those who have it one blocks the bot before it is taken back."""
    card = await minji.drafts_broadcast("Gate <12>, at six", "Teachers")
    await minji.presses("⬜ Signed", on=card)
    await minji.presses("📣 Send to 25", on=card)
    have = [one for one in people if one.shows("Gate <12>")]
    assert len(have) == 25
    assert {one.chat[-1].words for one in have} == {"Gate <12>, at six\n\n— Minji"}
    blocked, *others = have
    await blocked.blocks()
    await minji.presses("🗑 Take back", on=card)
    assert "disappear from 25 phones" in card.words
    await minji.presses("🗑 Yes, take it back", on=card)
    await system.later(minutes=1)
    assert blocked.shows("Gate <12>")
    assert not any(one.shows("Gate <12>") for one in others)
    assert "📣 Taken back" in card.words
    assert "🗑 Deleted on 24 phones" in card.words
    assert "⚠️ 1 could not be deleted:\n1 × has blocked the bot" in card.words


def rows_of(system: System, number: int) -> dict[str, int]:
    """How many messages of a broadcast are in which state."""
    sql = "SELECT state, count(*) AS n FROM outbox WHERE event = ? GROUP BY state"
    return {row["state"]: row["n"] for row in system.rows(sql, f"broadcast:{number}")}


def assert_rows(system: System) -> None:
    """What the database says of the two weeks."""
    said = system.rows("SELECT id, state, recipients FROM broadcast ORDER BY id")
    assert [tuple(row.values()) for row in said] == [
        (1, "finished", 24),
        (2, "stopped", 24),
        (3, "taken_back", 25),
    ]
    versions = system.rows("SELECT language, text FROM broadcast_version WHERE broadcast_id = 1 ORDER BY edition")
    assert versions[-1] == {"language": "ru", "text": "Ужин в 18:30, &lt;этаж 3&gt;"}
    assert rows_of(system, 1) == {"sent": 26}
    assert rows_of(system, 3) == {"sent": 25}
    audited = [row["action"] for row in system.rows("SELECT action FROM audit ORDER BY id")]
    assert audited == [
        "broadcast.sent",
        "broadcast.sent",
        "broadcast.stopped",
        "broadcast.corrected",
        "broadcast.sent",
        "broadcast.taken_back",
    ]
    assert system.rows("SELECT * FROM inbox WHERE state NOT IN ('done')") == []
    changes = (
        "SELECT event, count(*) AS n FROM outbox WHERE kind IN ('broadcast.edit', 'broadcast.deletion') GROUP BY event"
    )
    assert [tuple(row.values()) for row in system.rows(changes)] == [
        ("broadcast:1:edit:ru:3", 5),
        ("broadcast:3:deletion", 24),
    ]


async def test_two_weeks(http_system: System) -> None:
    system = http_system
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    teachers = await those_with(system, 6)
    card = await writes_in_four_languages(minji, teachers)
    assert "✅ 24 sent" in card.words
    for language, people in teachers.items():
        for one in people:
            assert texts(one, "18:30", "18:00") == [WELCOME.get(language, WELCOME["en"])]
            assert one.chat[-1].labels == [GOT_IT[language]]
        await people[1].presses(GOT_IT[language])
    await stops_halfway(system, minji, bora, teachers)
    await system.jumps_to("2025-08-08 12:00")
    await is_corrected(system, bora, teachers)
    await system.jumps_to("2025-08-11 15:00")
    late = await joins_late(system)
    await is_taken_back(system, minji, [*everybody(teachers), *late])
    assert_rows(system)
