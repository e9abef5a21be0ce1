"""Where a thing is: for a map, for a clipboard, for a driver."""

from dataclasses import replace

from bot.programme.model import DriverRequest, MapProvider
from bot.views import place as place_view
from tests.views.samples import HALL, SEMINAR, data, labels, shown, text, words


def test_a_place_is_a_pin_in_the_readers_language() -> None:
    screen = place_view.pin(words("ru"), SEMINAR, HALL)
    assert screen.method == "sendVenue"
    assert screen.venue == (36.48, 127.29, "City hall <3", "2130 Hannuri-daero")


def test_the_local_address_is_copied_as_it_is() -> None:
    screen = place_view.pin(words(), SEMINAR, HALL)
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
    assert place_view.pin(words(), SEMINAR, replace(HALL, local_address=None)).rows == []


def test_the_maps_of_the_country_stand_beside_the_pin_and_know_the_place_by_its_local_name() -> None:
    maps = (
        MapProvider(
            text("Naver Map", ko="네이버 지도"), "https://map.example/?lng={longitude}&lat={latitude}&title={name}"
        ),
        MapProvider(text("Kakao"), "https://kakao.example/{name},{latitude},{longitude}"),
    )
    seminar = replace(SEMINAR, maps=maps, driver=DriverRequest("ko", "여기로:"))
    screen = place_view.pin(words("ru"), seminar, HALL)
    assert [button.text for button in screen.rows[0]] == ["🗺 Naver Map", "🗺 Kakao"]
    assert [button.url for button in screen.rows[0]] == [
        "https://map.example/?lng=127.29&lat=36.48&title=%EC%8B%9C%EC%B2%AD",
        "https://kakao.example/%EC%8B%9C%EC%B2%AD,36.48,127.29",
    ]
    assert labels(place_view.pin(words("ko"), seminar, HALL))[0] == "🗺 네이버 지도"


def test_a_map_reads_what_the_reader_reads_where_the_seminar_is_not_written_in_the_local_language() -> None:
    maps = (MapProvider(text("Map"), "https://map.example/{name}/{latitude}/{longitude}"),)
    seminar = replace(SEMINAR, maps=maps, driver=DriverRequest("ka", "აქ:"))
    [button] = place_view.pin(words(), seminar, HALL).rows[0]
    assert button.url == "https://map.example/City%20hall%20%3C3/36.48/127.29"


def test_a_map_reads_plain_degrees_also_beside_greenwich_and_on_the_equator() -> None:
    provider = MapProvider(text("Map"), "https://map.example/{latitude},{longitude}")
    link = provider.link(replace(HALL, latitude=-0.00001, longitude=0.00005), "Hall")
    assert link == "https://map.example/-0.000010,0.000050"
