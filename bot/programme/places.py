"""`places.yaml`: where things happen."""

from bot.programme.fields import Fields
from bot.programme.keys import Keys
from bot.programme.model import Place
from bot.programme.parts import ADDRESS, NAME

_OLD = "korean_address"  # before there were seminars elsewhere


def read_places(fields: Fields, *, has_driver: bool) -> dict[str, Place]:
    """Read `places.yaml`. A local address needs the words for drivers of seminar.yaml; their lack is said once."""
    places, keys = {}, Keys()
    for item in fields.children("places", "place", 1, 200):
        key = keys.take(item)
        places[key] = Place(
            key=key,
            title=item.localized("title", NAME),
            address=item.localized("address", ADDRESS),
            local_address=item.optional_text("local_address", ADDRESS),
            latitude=item.degrees("latitude", 90),
            longitude=item.degrees("longitude", 180),
        )
        old = item.has(_OLD)
        if old:
            _note_old(item, has_driver=has_driver)
        elif item.has("local_address") and not has_driver:
            what = f"{item.name} has a `local_address`, but seminar.yaml has no words for its driver"
            item.wrong("local_address", what, f"add there {_block('ka', '...')}; ka is an example")
        has_driver = has_driver or old or item.has("local_address")
        item.finish()
    fields.finish()
    return places


def _note_old(item: Fields, *, has_driver: bool) -> None:
    what = "korean_address is now called local_address: rename the key in this line and leave its value"
    more = "" if has_driver else f", and add to seminar.yaml {_block('ko', '기사님, 이곳으로 가 주세요:')}"
    item.wrong(_OLD, what, f"`local_address: ...`{more}")


def _block(language: str, request: str) -> str:
    return f'a line `driver:` and below it, indented, `language: {language}` and `please_take_me: "{request}"`'
