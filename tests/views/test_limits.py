"""Every view, found by looking for them, with the longest content in every language: Telegram takes what it makes.

Nor is a label that is ours cut beside others on a phone of 360 px.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, get_type_hints

import pytest

from bot import views
from bot.buttons.agenda import AgendaDays
from bot.i18n import Html
from bot.programme.markup import utf16_length
from bot.screen import Screen
from rehearsal.telegram.html import parse_html
from tests.views import longest
from tests.views.label_width import cut_labels, label_width

View = Callable[..., object]
TEXT, CAPTION, TOAST, BUTTONS, MARKED, DATA, LABEL = 4096, 1024, 200, 100, 100, 64, 100
# A number that does not exist in what it counts; an answer of the evening without a mood.
_REFUSED = (IndexError, AssertionError)


def every_view() -> Iterator[tuple[str, View]]:
    for module in pkgutil.iter_modules(views.__path__):
        found = importlib.import_module(f"{views.__name__}.{module.name}")
        for name, function in vars(found).items():
            if inspect.isfunction(function) and function.__module__ == found.__name__ and not name.startswith("_"):
                makes = str(get_type_hints(function)["return"])
                if any(kind in makes for kind in ("Screen", "str", "Html")):
                    yield f"{module.name}.{name}", function


VIEWS = dict(every_view())
# What is a caption, and what is no message of its own but read back or compared.
_CAPTIONS = {
    "audit.caption",
    "calendar.caption",
    "export.caption",
    "me.caption",
    "picture.caption",
    "programme_file.caption",
    "programme_file.caption_of_text",
    "relay.album_caption",
}
_NO_MESSAGE = {"start.group_named"}


def made(view: View) -> Iterator[object]:
    """What the view makes of every combination of samples."""
    hints = get_type_hints(view)
    del hints["return"]
    for chosen in product(*(longest.values(name, kind) for name, kind in hints.items())):
        arguments = dict(zip(hints, chosen, strict=True))
        positional = [
            arguments.pop(name)
            for name, parameter in inspect.signature(view).parameters.items()
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
        ]
        try:
            yield view(*positional, **arguments)
        except _REFUSED:
            continue


def faults(screen: Screen) -> Iterator[str]:
    captions = [caption for _kind, _file, caption in screen.album] or [screen.text if screen.copy_of else ""]
    for caption in captions:
        if (length := utf16_length(parse_html(caption)[0])) > CAPTION:
            yield f"a caption of {length} units"
    if (
        screen.venue is None
        and screen.copy_of is None
        and screen.pin is None
        and not (screen.album or screen.copies_of)
    ):
        text, entities = parse_html(screen.text)
        if not 0 < utf16_length(text) <= TEXT:
            yield f"a text of {utf16_length(text)} units"
        if len(entities) > MARKED:
            yield f"{len(entities)} marked pieces"
    buttons = [button for row in screen.rows for button in row]
    if len(buttons) > BUTTONS:
        yield f"{len(buttons)} buttons"
    for button in buttons:
        if not button.text.strip() or utf16_length(button.text) > LABEL:
            yield f"a label of {utf16_length(button.text)} units: {button.text[:20]}"
        if button.callback_data is not None and not 0 < len(str(button.callback_data).encode()) <= DATA:
            yield f"callback data {button.callback_data}"


@pytest.mark.parametrize("name", VIEWS)
def test_telegram_takes_the_longest_that_a_view_makes(name: str) -> None:
    tried = 0
    for one in made(VIEWS[name]):
        tried += 1
        match one:
            case Screen():
                assert [*faults(one), *cut_labels(one)] == []
            case Html() if name in _CAPTIONS:
                assert utf16_length(parse_html(one)[0]) <= CAPTION
            case str() if name in _CAPTIONS:
                assert utf16_length(one) <= CAPTION
            case str() if name not in _NO_MESSAGE:
                assert 0 < utf16_length(one) <= TOAST
    assert tried


def test_views_are_found_and_a_new_kind_of_content_needs_a_sample() -> None:
    assert len(VIEWS) > 100
    with pytest.raises(LookupError, match=r"tests/views/longest\.py"):
        longest.values("weather", Any)


def test_what_telegram_would_refuse_is_seen() -> None:
    assert list(faults(Screen("ҷ" * 4097))) == ["a text of 4097 units"]
    assert list(faults(Screen("<b>a</b> " * 101))) == ["101 marked pieces"]
    assert list(faults(Screen("&amp;" * 4096))) == []


def test_a_label_that_is_cut_beside_others_is_seen() -> None:
    button = AgendaDays().button
    wide = "🚀 Ҳозир фиристодани паём"
    assert list(cut_labels(Screen("?", [[button(wide)]]))) == [], "alone it has room"
    [what] = cut_labels(Screen("?", [[button(wide), button("✅")]]))
    assert what == f"'{wide}' takes {label_width(wide):.0f} px of 155"
    assert list(cut_labels(Screen("?", [[button("Ҷӯӣ" * 20), button("‹ 30 September")]]))) == []
