"""Practical information as people read it."""

from dataclasses import replace

from bot.views import info as info_view
from tests.views.samples import SEMINAR, data, labels, shown, text, units, words

EN = words()


def test_the_list_has_every_page_and_the_contacts() -> None:
    screen = info_view.overview(EN, SEMINAR)
    assert shown(screen) == "ℹ️ Digital & kind\n\nTwo days <together>."
    assert labels(screen) == ["Money", "☎️ Contacts"]
    assert data(screen, "Money") == "info1:money"
    assert labels(info_view.overview(EN, replace(SEMINAR, contacts=()))) == ["Money"]


def test_a_page_keeps_its_markup_and_leads_back() -> None:
    screen = info_view.page(EN, SEMINAR.info[0])
    assert screen.text.endswith("\n\nCards work <b>everywhere</b>.")
    assert data(screen, "‹ All pages") == "infos1"


def test_contacts_say_whom_to_call() -> None:
    screen = info_view.contacts(EN, SEMINAR.contacts)
    assert shown(screen).endswith("Minji <on duty>\nDay and night\n+82 10 0000 0001\n@hamroh_duty")
    assert 'href="https://t.me/hamroh_duty"' in screen.text
    assert "🆘 I need help" in labels(screen)
    without = replace(SEMINAR.contacts[0], telegram=None)
    assert shown(info_view.contacts(EN, [without])).endswith("+82 10 0000 0001")


def test_twenty_long_contacts_fit_one_message() -> None:
    long = replace(SEMINAR.contacts[0], name=text("N" * 60), role=text("R" * 120), telegram="t" * 32)
    screen = info_view.contacts(EN, [long] * 20)
    assert units(screen) <= 4096
    assert shown(screen).count("+82 10 0000 0001") == 20
