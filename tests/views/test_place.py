"""Where a thing is: for a map, for a clipboard, for a driver."""

from bot.views import place
from tests.views.samples import HALL, data, labels, shown, words


def test_a_place_is_a_pin_in_the_readers_language() -> None:
    screen = place.pin(words("ru"), HALL)
    assert screen.method == "sendVenue"
    assert screen.venue == (36.48, 127.29, "City hall <3", "2130 Hannuri-daero")


def test_the_korean_address_is_copied_as_it_is() -> None:
    screen = place.pin(words(), HALL)
    [copying] = [button for row in screen.rows for button in row if button.copy_text]
    assert copying.text == "📋 Copy the Korean address"
    assert copying.copy_text is not None
    assert copying.copy_text.text == HALL.korean_address
    assert data(screen, "🚕 Show to a driver") == "driver1:hall"


def test_a_driver_reads_korean_and_little_else() -> None:
    screen = place.for_driver(words("tg"), words("ko"), HALL)
    assert shown(screen).endswith("\n\n시청\n\n세종 한누리대로 2130")
    assert "<b>세종 한누리대로 2130</b>" in screen.text
    assert len(labels(screen)) == 1
