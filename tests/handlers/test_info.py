"""/info: practical pages, and whom to call."""

from tests.kit import System


async def test_every_page_opens_and_leads_back(system: System) -> None:
    teacher = await system.teacher()
    message = await teacher.asks("/info")
    assert system.seminar.about.get("en") in message.words
    for page in system.seminar.info:
        await system.later(seconds=2)  # nobody taps faster for long; the bot would slow them down
        await teacher.presses(page.title.get("en"), on=message)
        assert f"ℹ️ {page.title.get('en')}" in message.words
        await teacher.presses("‹ All pages", on=message)
    await teacher.presses("☎️ Contacts", on=message)
    assert all(contact.phone in message.words for contact in system.seminar.contacts)
    assert teacher.chat[-1] is message


async def test_a_page_that_is_gone_is_answered_clearly(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/info")
    await teacher.presses_payload("info1:atlantis", on=teacher.chat[-1])
    assert teacher.toast == ("That page is not here any more. See /info for all of them.", False)
