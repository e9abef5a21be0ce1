"""Where a thing is: for a map, for a clipboard, for a driver."""

from dataclasses import replace

from bot.programme.model import DriverRequest
from bot.views import place as place_view
from tests.views.samples import HALL, data, labels, shown, words


def test_a_place_is_a_pin_in_the_readers_language() -> None:
    screen = place_view.pin(words("ru"), HALL)
    assert screen.method == "sendVenue"
    assert screen.venue == (36.48, 127.29, "City hall <3", "2130 Hannuri-daero")


def test_the_local_address_is_copied_as_it_is() -> None:
    screen = place_view.pin(words(), HALL)
    [copying] = [button for row in screen.rows for button in row if button.copy_text]
    assert copying.text == "📋 Copy the local address"
    assert copying.copy_text is not None
    assert copying.copy_text.text == HALL.local_address
    assert data(screen, "🚕 Show to a driver") == "driver1:hall"


def test_a_driver_reads_the_seminars_words_and_little_else() -> None:
    screen = place_view.for_driver(
        words("tg"), DriverRequest("ko", "여기로 <가> 주세요:"), HALL, "세종 한누리대로 2130"
    )
    assert shown(screen) == "🚕 여기로 <가> 주세요:\n\n시청\n\n세종 한누리대로 2130"
    assert "<b>세종 한누리대로 2130</b>" in screen.text
    assert labels(screen) == ["📋 Нусхаи суроғаи маҳаллӣ"]


def test_a_driver_whose_language_the_seminar_does_not_speak_reads_the_address_alone() -> None:
    screen = place_view.for_driver(words(), DriverRequest("ka", "აქ მიმიყვანეთ:"), HALL, "რუსთაველის 1")
    assert shown(screen) == "🚕 აქ მიმიყვანეთ:\n\nრუსთაველის 1"


def test_a_place_without_a_local_address_is_a_pin_alone() -> None:
    assert place_view.pin(words(), replace(HALL, local_address=None)).rows == []
