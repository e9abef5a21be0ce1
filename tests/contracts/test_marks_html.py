"""What people write arrives as written: Telegram's own parser makes the text and the marks of it again."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram import Message, MessageEntity, User

from bot.inbound import marks, written
from bot.marks import Mark, cut, html
from bot.quoted import in_pieces
from bot.store.help_message import HelpMessage
from bot.text import clean_words, cuts, kept_places, units
from tests.contracts.test_standin_html import ARGUMENTS, NAMES, PIECES, execute

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"' \n🏟😀ҳ"), max_size=30)
ADDRESSES = st.text("abcд.:/?#@[]%&=-_ 0129!~*'();+$,\\^`{|}<>\"lt", max_size=25).map("https://a.tj/{}".format)
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")


def parsed(source: str) -> tuple[str, list[Mark]]:
    """Telegram's reading of HTML, as marks."""
    mode = {"@type": "textParseModeHTML"}
    answer = execute({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    assert answer["@type"] == "formattedText", (source, answer)
    return answer["text"], [_mark(entity) for entity in answer["entities"]]


def _mark(entity: dict[str, Any]) -> Mark:
    kind = entity["type"]
    name = NAMES[kind["@type"].removeprefix("textEntityType")]
    value = next((str(kind[key]) for key in ARGUMENTS if kind.get(key)), "")
    return Mark(name, entity["offset"], entity["length"], value)


def covered(marked: list[Mark]) -> set[tuple[str, str, int]]:
    """Each UTF-16 unit with each mark on it: Telegram may write two that touch as one, and one as two."""
    return {(mark.kind, mark.value, n) for mark in marked for n in range(mark.offset, mark.offset + mark.length)}


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text as Telegram passes it on: with any links, mentions, emoji and styles, one over another."""
    text = draw(TEXTS)
    places = [0]
    for char in text:
        places.append(places[-1] + units(char))
    found: list[Mark] = []
    for kind in draw(st.lists(st.sampled_from(STYLES), unique=True)):
        found += _span(draw, places, kind, "")
    alone = draw(st.sampled_from(["text_link", "text_mention", "custom_emoji", "code", "pre", "blockquote", ""]))
    value = {"text_link": draw(ADDRESSES), "text_mention": "77", "custom_emoji": "5368324170671202286"}.get(alone, "")
    if value.startswith("https:"):
        _, normal = parsed(html("x", [Mark("text_link", 0, 1, value)]))
        value = normal[0].value if normal else "https://a.tj/"
    return text, found + (_span(draw, places, alone, value) if alone else [])


def _span(draw: st.DrawFn, places: list[int], kind: str, value: str) -> list[Mark]:
    begin, end = sorted(draw(st.sampled_from(places)) for _ in range(2))
    return [Mark(kind, begin, end - begin, value)] if begin < end else []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(messages())
@example(("здесь", [Mark("text_link", 0, 5, 'https://a.tj/?a=1&lt=5&quot;x="y"')]))
@example(("a<b & c", []))
@example(("abcd", [Mark("bold", 0, 3), Mark("italic", 1, 3)]))
def test_telegram_reads_what_was_written(message: tuple[str, list[Mark]]) -> None:
    text, given_marks = message
    read, found = parsed(html(text, given_marks))
    assert read == text
    if not any(mark.kind in {"code", "pre"} for mark in given_marks):  # these tolerate no other mark beside them
        assert covered(found) == covered(given_marks)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example('<pre><code class="language-py">x</code></pre><tg-time unix="5" format="wDT">y</tg-time><i>z</i>')
@example("<blockquote expandable>a<b>b</b></blockquote>")
def test_what_telegram_made_once_it_makes_again(source: str) -> None:
    mode = {"@type": "textParseModeHTML"}
    answer = execute({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    if answer["@type"] == "formattedText":
        text, found = answer["text"], [_mark(entity) for entity in answer["entities"]]
        assert parsed(html(text, found)) == (text, found)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(messages())
def test_words_in_a_letter_are_quoted_as_they_were_written(message: tuple[str, list[Mark]]) -> None:
    text, given_marks = message
    kept = HelpMessage(1, 1, 1, "Ann", None, 1, 1, text, None, True, marks=tuple(given_marks))
    [quoted] = in_pieces(kept)
    read, found = parsed(f"<blockquote>{quoted}</blockquote>")
    assert read == text
    if not any(mark.kind in {"code", "pre", "blockquote"} for mark in given_marks):
        assert covered([one for one in found if one.kind != "blockquote"]) == covered(given_marks)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(messages(), st.integers(2, 12))
def test_pieces_keep_their_marks(message: tuple[str, list[Mark]], limit: int) -> None:
    text, given_marks = message
    for begin, end in cuts(text, limit):
        before = units(text[:begin])
        piece = {(kind, value, n + before) for kind, value, n in covered(cut(text, given_marks, begin, end))}
        assert piece == {one for one in covered(given_marks) if before <= one[2] < units(text[:end])}


def test_what_is_no_mark_of_a_writer_is_left_out_and_cleaned_words_keep_theirs() -> None:
    entities = [
        MessageEntity("url", 0, 4),
        MessageEntity("bold", 2, 4),
        MessageEntity("text_mention", 6, 2, user=User(77, "Ann", is_bot=False)),
    ]
    said = Message(1, None, None, text="\0 жук😀", entities=entities)  # type: ignore[arg-type]
    assert marks(said) == [Mark("bold", 2, 4), Mark("text_mention", 6, 2, "77")]
    assert clean_words("\0 жук😀\n") == "жук😀"
    assert kept_places("\0 жук😀\n") == [2, 3, 4, 5]


def test_bold_words_stay_bold_where_a_sign_that_turns_them_round_is_taken_out() -> None:
    said = Message(1, None, None, text="a\u202e b\u202cc", entities=[MessageEntity("bold", 3, 3)])  # type: ignore[arg-type]
    assert written(said) == "a <b>bc</b>"
