"""/info: practical pages, and whom to call."""

from tests.kit import House


async def test_every_page_opens_and_leads_back(house: House) -> None:
    teacher = await house.teacher()
    await teacher.sends("/info")
    await house.wait_idle()
    message = teacher.chat[-1]
    assert house.seminar.about.get("en") in message.words
    for page in house.seminar.info:
        await house.later(seconds=2)  # nobody taps faster for long; the bot would slow them down
        await teacher.presses(page.title.get("en"), on=message)
        await house.wait_idle()
        assert f"ℹ️ {page.title.get('en')}" in message.words
        await teacher.presses("‹ All pages", on=message)
        await house.wait_idle()
    await teacher.presses("☎️ Contacts", on=message)
    await house.wait_idle()
    assert all(contact.phone in message.words for contact in house.seminar.contacts)
    assert teacher.chat[-1] is message


async def test_a_page_that_is_gone_is_answered_clearly(house: House) -> None:
    teacher = await house.teacher()
    await teacher.sends("/info")
    await house.wait_idle()
    await teacher.presses_payload("info1:atlantis", on=teacher.chat[-1])
    await house.wait_idle()
    assert teacher.toast == ("That page is not here any more. See /info for all of them.", False)
