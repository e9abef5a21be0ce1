"""The counts behind the rate limiter, told when each message was granted, arrived and was answered."""

import pytest

from bot.limits import SendWindow

# The grant, the arrival and the answer of messages of a process that has just started: a connection is made first.
COLD, WARM = (0.0, 0.029, 0.030), (0.050, 0.0505, 0.051)


def free_from(window: SendWindow, since: float) -> float:
    """The first millisecond from a moment on in which a place is free."""
    return next(at / 1_000 for at in range(int(since * 1_000), 5_000) if window.free(at / 1_000) > 0)


def test_what_took_long_at_the_start_is_no_measure_of_what_comes_a_second_later() -> None:
    window = SendWindow(2, slow=2.0)
    for granted, _, answered in (COLD, WARM):
        window.answered(window.take(granted), answered)
    arrives = free_from(window, 0.051) + 0.0005
    assert arrives >= COLD[1] + 1.0


def test_what_waits_for_the_processor_is_not_on_its_way() -> None:
    window = SendWindow(2, slow=2.0)
    for number, started in ((window.take(0.0), 0.018), (window.take(0.0), 0.019)):
        window.started(number, started)
        window.answered(number, started + 0.003)
    arrives = free_from(window, 0.022) + 0.0005
    assert arrives >= 0.018 + 0.002 + 1.0


def test_a_place_that_is_given_back_after_the_answer_takes_off_the_fastest_way() -> None:
    window = SendWindow(1, slow=2.0)
    window.answered(window.take(0.0), 0.2)
    assert window.next_free(0.2) == pytest.approx(0.2 + 1.0 - (0.2 - 0.01) - 0.2)
    assert free_from(window, 0.2) == pytest.approx(1.01, abs=0.002)


def test_what_an_earlier_process_may_have_sent_takes_every_place_for_a_whole_second() -> None:
    window = SendWindow(3, slow=2.0)
    window.fill(10.0)
    assert window.free(10.0) == 0
    assert window.next_free(10.0) == 1.0
    assert window.free(10.999) == 0
    assert window.free(11.0) == 3
