"""The stand-in parses HTML and links as Telegram's own library does: same result, text, entities, error text."""

import json
from typing import Any

import pytest
import tdjson
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rehearsal.telegram import RefusedError
from rehearsal.telegram.html import parse_html

Judged = tuple[str, list[tuple[object, ...]]] | str

NAMES = {
    "Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough",
    "Spoiler": "spoiler", "Code": "code", "Pre": "pre", "PreCode": "pre", "TextUrl": "text_link",
    "MentionName": "text_mention", "BlockQuote": "blockquote", "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji", "DateTime": "date_time",
}  # fmt: skip
ARGUMENTS = ("url", "language", "custom_emoji_id", "user_id", "unix_time")

GOOD = (
    "", " ", "салом", "<b>a</b>", "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>",
    "<b><i><u><s>x</s></u></i></b>", "<b>a<b>c</b>d</b>", "  <b> x </b> ", "<b></b>", "<B>x</b >", "<b>x</>",
    "<tg-spoiler>x</tg-spoiler><span class='tg-spoiler'>y</span>", "<code class='language-py'>x</code>",
    "<pre><code class='language-py'>x</code></pre>", "<code class='language-py'><pre>x</pre></code>",
    "<pre><code class='language-py'>x</code> </pre>", "<blockquote>a<blockquote expandable>b</blockquote></blockquote>",
    "<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>", "<tg-time unix='5' format='wDT'>x</tg-time>",
    "<tg-time unix=99999999999>x</tg-time>", "<tg-time unix='x'>x</tg-time>",
    "<tg-time unix='1' format='R'>x</tg-time>",
    "<a href='https://a.tj/?x=1&amp;y=2'>x</a>", "<a href='tg://user?id=77'>x</a>", "<a>http://a.b</a>", "<a>x</a>",
    "<b>тест 🏟 <i>ҳа</i></b>", "&lt;&gt;&amp;&quot;&nbsp;&laquo;", "&lt &ltx &#65 &#x41; &#1179; &#0; &#x110000;",
    "a & b && c &", "<b x>a</b>", "<b x y='1' z=2>a</b>", "<b a= >x</b>", "<b ҳ>x</b>", "\x01\r\x0b",
    "<i>a</i> <i>b</i>",
)  # fmt: skip
BAD = (
    "<", "</", "<>", "< b>", "a < b", "<b", "<b ", "<b x", "<b x=", "<b x=y", "<b x='y'", "<b =x>", "<b />", "<b/>",
    "<br>", "<p>x</p>", "<b", "<b>", "<b>x</i>", "</b>", "<b>x</ b>", "<b>x</b", "<b>x</b ", "<span>x</span>",
    "<span class='x'>y</span>", "<ҲА>", "<img src='x'>", "<b a='1>x</b>", "<b x=y=z>q</b>", "&#xD83D;",
    "<b>&#xD83D;</b>", "<tg-emoji>x</tg-emoji>", "<tg-emoji emoji-id='0'>x</tg-emoji>",
    "<tg-time unix='1' format='rw'>x</tg-time>", "<!-- x -->", "<3", "ҳамроҳ 🏟 <x>", "<b><i>x</b></i>",
)  # fmt: skip
LINKS = (
    "http://a.b", "a.b", "A.Б/П", "ftp://a.b", "mailto:a@b.c", "tel:+1", "a.b:80/x?y#z", "http://localhost",
    "http://127.0.0.1:80/x", "//a.b", "javascript:1", "a.b?x", "http://a.b:99999", "http://a.b:0", "http://a.b:/x",
    "http://u:p@a.b/", "http://a..b", "http://.a.b", "http://a.b.", "http://a b.c", "http://a.b/ x", " http://a.b ",
    "http://a.b\n", "http://[::1]/", "http://[::x]/", "http://a%20b.com", "http://a.com%", "http://a,b.com", "a",
    "http://", "tg://", "tg:resolve", "tg:///x", "tg://user?id=5", "tg://user/?id=5", "tg:user?id=5&id=6",
    "TG://USER?x=1&ID=6#y", "tg://user?id=99999999999999", "tg://user?id=x", "tg://a_b-c/d?e", "tg://a.b", "ton://x",
    "tg:https://a.b", "tonsite://x.y", "https:///a.b", "http:a.b", "https://мактаб.тҷ/x", "https://t.me/bot?start=x",
)  # fmt: skip
PIECES = (
    *(f"<{name}>" for name in ("b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "x", "B", "br")),
    *(f"</{name}>" for name in ("b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "")),
    "</span>", "</tg-time>",
    '<code class="language-py">', '<pre><code class="language-c">', "</code></pre>", '<span class="tg-spoiler">',
    '<a href="https://a.tj/x?y=1&amp;z=2">', "<a href='tg://user?id=77'>", "<blockquote expandable>",
    '<tg-emoji emoji-id="123">', "</tg-emoji>", '<tg-time unix="5">', '<tg-time unix=5 format="x">',
    "&lt;", "&gt", "&amp;", "&#x41;", "&#xD83D;", "&#", "&", "<", ">", '"', "'", "=", " ", "\n", "\t", "/", "-", ".",
    "ҳамроҳ", "🏟", "한국", "a", "<b ", "<b a='1", "</b ", "class=", "expandable",
)  # fmt: skip


def execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    read = json.loads(answer)
    assert isinstance(read, dict)
    return read


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> None:
    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def telegram(text: str) -> Judged:
    mode = {"@type": "textParseModeHTML"}
    answer = execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        return f"Bad Request: {answer['message'][0].lower()}{answer['message'][1:]}"
    entities: list[tuple[object, ...]] = []
    for entity in answer["entities"]:
        kind = entity["type"]
        name = NAMES[kind["@type"].removeprefix("textEntityType")]
        argument = next((kind[key] for key in ARGUMENTS if kind.get(key)), "")
        entities.append((entity["offset"], entity["length"], name, argument))
    return str(answer["text"]), entities


def stand_in(text: str) -> Judged:
    try:
        plain, found = parse_html(text)
    except RefusedError as refusal:
        return refusal.description
    entities: list[tuple[object, ...]] = []
    for entity in found:
        user = entity.get("user")
        flat = {**entity, "user_id": user["id"]} if isinstance(user, dict) else entity
        argument = next((flat[key] for key in ARGUMENTS if flat.get(key)), "")
        entities.append((entity["offset"], entity["length"], entity["type"], argument))
    return plain, entities


@pytest.mark.parametrize("text", GOOD)
def test_good_texts(text: str) -> None:
    assert isinstance(stand_in(text), tuple)
    assert stand_in(text) == telegram(text)


@pytest.mark.parametrize("text", BAD)
def test_broken_texts(text: str) -> None:
    assert isinstance(stand_in(text), str)
    assert stand_in(text) == telegram(text)


@pytest.mark.parametrize("link", LINKS)
def test_links(link: str) -> None:
    text = f'<a href="{link}">x</a>'
    assert stand_in(text) == telegram(text)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("<b><i>x</i></b>")
def test_any_mixture_of_pieces(text: str) -> None:
    assert stand_in(text) == telegram(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_any_text_in_bold(text: str) -> None:
    assert stand_in(f"<b>{text}</b>") == telegram(f"<b>{text}</b>")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("abcд.:/?#@[]%&=-_ 0129!~*'();+$,\\^`{|}", max_size=20))
def test_any_link(link: str) -> None:
    text = f'<a href="http://{link}">x</a><a href="{link}">y</a><a href="tg:{link}">z</a>'
    assert stand_in(text) == telegram(text)
