"""What many people get alike is rendered once, of the seminar as it is at the moment."""

from datetime import timedelta
from itertools import count

from bot import arguments
from bot.delivery.message_types import MessageType, MessageTypes, Rendering, no_context
from bot.delivery.rendering import Loaded, Renderer
from bot.priority import Priority
from bot.screen import Screen
from bot.store.claims import Claim, Recipient, Row
from tests.delivery.conftest import START, Said, catalogues, sample, title


def test_a_shared_rendering_is_of_the_seminar_that_runs() -> None:
    seminar, rendered = sample(), count(1)

    def first_day(given: Rendering[Said, None]) -> Screen:
        return Screen(f"{given.seminar.first} {next(rendered)}")

    shared = MessageType("days", Said, no_context, first_day, priority=Priority.BROADCAST, title=title, shared=True)
    renderer = Renderer(MessageTypes([shared]), lambda: seminar, catalogues())
    row = Row(1, "days:person-1", "days", "days", 7, 1, arguments.write(Said("")), "2025-08-04T00:00:00.000Z", "", 1, 0)
    claim = Claim(row, Recipient(1, 7, "Ann", "en", "teacher", None), Loaded(Said(""), None))

    def text() -> bytes:
        message = renderer.render(claim, START)
        assert message is not None
        return message.params

    assert b"2025-08-04 1" in text()
    assert b"2025-08-04 1" in text()
    seminar = sample().moved(sample().first + timedelta(days=7))
    assert b"2025-08-11 2" in text()
    assert b"2025-08-11 2" in text()


def test_what_was_rewritten_goes_with_its_new_words_at_once() -> None:
    """Everybody of a language shares a rendering of the same minute, but not with the words of before."""
    rendered = count(1)

    def words(given: Rendering[Said, str]) -> Screen:
        return Screen(f"{given.context} {next(rendered)}")

    shared = MessageType("words", Said, lambda *_: "", words, priority=Priority.BROADCAST, title=title, shared=True)
    seminar = sample()
    renderer = Renderer(MessageTypes([shared]), lambda: seminar, catalogues())
    row = Row(1, "x:person-1", "x", "words", 7, 1, arguments.write(Said("")), "2025-08-04T00:00:00.000Z", "", 1, 0)

    def text(context: str) -> bytes:
        claim = Claim(row, Recipient(1, 7, "Ann", "en", "teacher", None), Loaded(Said(""), context))
        message = renderer.render(claim, START)
        assert message is not None
        return message.params

    assert b"old 1" in text("old")
    assert b"old 1" in text("old")
    assert b"new 2" in text("new")
    assert b"new 2" in text("new")
