"""Who joins later, or comes back, gets the messages to many that still hold, each once."""

from rehearsal.telegram import Message
from tests.kit import System, User


async def sent(organizer: User, text: str, to: str, *, holds: bool = True) -> Message:
    card = await organizer.drafts_broadcast(text, to)
    if holds:
        await organizer.presses("🆕 Late joiners", on=card)
        await organizer.presses("Tomorrow", on=card)
    await organizer.presses("📣 Send to", on=card)
    return card


async def test_who_joins_later_gets_what_still_holds_and_is_for_them(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await sent(minji, "Bring your passport", "Teachers (1)")
    await sent(minji, "It is over", "Teachers (1)", holds=False)
    await sent(minji, "For Pamir alone", f"{system.seminar.groups[0].title.get('en')} (1)")
    stopped = await sent(minji, "Taken back", "Teachers (1)")
    await minji.presses("🗑 Take back", on=stopped)
    await minji.presses("🗑 Yes, take it back", on=stopped)
    late = system.stranger("Late")
    code = await system.invitation()
    await late.joins(code)
    await system.later(minutes=1)
    assert late.count("Bring your passport") == 1
    assert not late.shows("It is over")
    assert not late.shows("Taken back")
    assert late.count("For Pamir alone") == (1 if late_is_in_first_group(system) else 0)
    assert ann.count("Bring your passport") == 1
    # A phone that was off, and an account that blocks and comes back, get nothing twice.
    await late.blocks()
    await late.unblocks()
    await system.later(minutes=1)
    assert late.count("Bring your passport") == 1
    assert system.value("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0
    await system.at("2025-08-07 09:00")
    latest = system.stranger("Latest")
    await latest.joins(code)
    await system.later(minutes=1)
    assert not latest.shows("Bring your passport"), "it holds no longer"


def late_is_in_first_group(system: System) -> bool:
    key = system.value("SELECT group_key FROM person WHERE name LIKE 'Late%' ORDER BY id LIMIT 1")
    return bool(key == system.seminar.groups[0].key)


async def test_who_had_blocked_the_bot_gets_it_on_return(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    bek = await system.teacher("Bek")
    await bek.blocks()
    await sent(minji, "Bring your passport", "Teachers (1)")
    assert ann.shows("Bring your passport")
    await bek.unblocks()
    await system.later(minutes=1)
    assert bek.count("Bring your passport") == 1


async def test_many_that_are_for_others_do_not_hide_the_one_that_is_for_them(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.teacher("Ann", group="pamir")
    await system.teacher("Bek", group="vakhsh")
    await sent(minji, "For Vakhsh", "Vakhsh (1)")
    for number in range(5):
        await sent(minji, f"For Pamir {number}", "Pamir (1)")
    back = await system.teacher("Cy", group="vakhsh", language="ko")
    await back.blocks()
    await back.unblocks()
    await system.later(minutes=1)
    assert back.count("For Vakhsh") == 1
    assert not back.shows("For Pamir")
