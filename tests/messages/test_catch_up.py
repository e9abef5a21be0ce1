"""Rows of the card after an outage, as former releases have written them."""

from bot import arguments as codec
from bot.clock import from_text
from bot.messages.catch_up import LostTaps, Outage
from bot.programme.checkin import Slot

BEGAN, ENDED = "2025-08-03T23:50:00.000Z", "2025-08-04T00:20:00.000Z"


def test_a_row_without_lost_taps_can_be_read() -> None:
    began, ended = from_text(BEGAN), from_text(ENDED)
    assert codec.read(Outage, f'{{"began":"{BEGAN}"}}') == Outage(began)
    row = f'{{"began":"{BEGAN}","ended":"{ENDED}","morning":false,"lost":{{}}}}'
    assert codec.read(Outage, row) == Outage(began, ended)


def test_a_row_with_a_check_in_that_was_open_can_be_read() -> None:
    row = (
        f'{{"began":"{BEGAN}","ended":"{ENDED}","morning":false,"lost":{{"night":false,'
        '"cards":["checkin:2025-08-04:morning"],"on":"2025-08-04","slot":"morning","seminar":"sample",'
        f'"opens":"{BEGAN}","asked":"checkin:2025-08-04:morning","again":false,"told":true}}}}'
    )
    lost = codec.read(Outage, row).lost
    assert lost is not None
    assert lost.checkin is not None
    assert (lost.checkin.seminar, lost.checkin.slot, lost.cards) == (
        "sample",
        Slot.MORNING,
        ("checkin:2025-08-04:morning",),
    )
    assert lost.told
    written = codec.write(Outage(from_text(BEGAN), from_text(ENDED), lost=lost))
    assert written == row


def test_no_lost_taps_are_not_lost_taps_of_no_check_in() -> None:
    outage = Outage(from_text(BEGAN), from_text(ENDED), lost=LostTaps(night=False, cards=()))
    assert codec.read(Outage, codec.write(outage)) == outage
