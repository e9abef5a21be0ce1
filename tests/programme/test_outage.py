"""What could be pressed in vain while the bot was away."""

from datetime import timedelta

from bot.programme import outage
from bot.programme.checkin import Slot
from bot.programme.outage import Lost
from tests.views.samples import SEMINAR, at

# The sample's check-ins open at 08:00 and 20:00, remind at :30 and tell organizers an hour after they open.


def lost(began: str, ended: str) -> Lost:
    found = outage.lost(SEMINAR, at(f"2025-08-{began}"), at(f"2025-08-{ended}"))
    assert found is not None
    return found


def slots(found: Lost) -> list[tuple[int, str]]:
    return [(one.day, one.slot.value) for one in found.cards]


def test_a_restart_loses_nothing() -> None:
    began = at("2025-08-04 09:00")
    assert outage.lost(SEMINAR, began, began + timedelta(seconds=149)) is None
    assert outage.lost(SEMINAR, began, began + timedelta(seconds=150)) is not None
    assert outage.lost(SEMINAR, began, began - timedelta(hours=1)) is None, "a clock that was put back"


def test_before_and_after_the_seminar_nothing_is_lost() -> None:
    assert outage.lost(SEMINAR, at("2025-07-01 09:00"), at("2025-07-01 10:00")) is None
    assert outage.lost(SEMINAR, at("2025-08-30 09:00"), at("2025-08-30 10:00")) is None


def test_an_answer_can_be_lost_while_its_card_was_there() -> None:
    found = lost("04 08:40", "04 08:50").open
    assert found is not None
    assert found.slot is Slot.MORNING
    assert lost("04 07:50", "04 08:10").open is None, "the card comes after the return"
    assert lost("04 07:59", "04 08:10").open is not None, "the bot may have asked after it was last known to be there"
    assert lost("05 00:10", "05 00:40").open is None, "nobody is expected to answer the evening after midnight"
    assert lost("04 23:50", "05 00:40").open is not None


def test_who_is_reminded_at_once_or_soon_need_not_be_told() -> None:
    assert lost("04 08:05", "04 08:15").asked_again is False
    assert lost("04 08:05", "04 08:20").asked_again is True, "the reminder is ten minutes away"
    assert lost("04 08:25", "04 08:40").asked_again is True, "and here it goes out late"
    assert lost("04 08:35", "04 08:40").asked_again is False
    assert lost("04 08:25", "04 09:10").asked_again is False, "too late for a reminder"


def test_help_is_called_for_under_the_cards_of_the_last_day() -> None:
    assert slots(lost("04 15:00", "04 15:05")) == [(1, "morning")]
    assert slots(lost("04 07:00", "04 07:05")) == []
    assert slots(lost("04 22:00", "04 23:00")) == [(1, "morning"), (1, "evening")]
    assert slots(lost("04 15:00", "05 15:01")) == [], "who needed help then has found it"


def test_the_night_ends_with_the_agenda() -> None:
    assert lost("04 21:00", "04 21:59").night is False
    assert lost("04 21:00", "04 22:00").night is True
    assert lost("05 01:00", "05 06:59").night is True
    assert lost("05 01:00", "05 07:00").night is False
    assert outage.morning_after(SEMINAR, at("2025-08-04 22:30")) == at("2025-08-05 07:00")
    assert outage.morning_after(SEMINAR, at("2025-08-05 03:00")) == at("2025-08-05 07:00")
