"""A draft to many: whom it is for, and what is in its way."""

from dataclasses import replace

from bot.store.broadcast import Broadcast, BroadcastState, Options
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_draft import DraftCard
from bot.store.broadcast_version import ContentKind, Part, Version
from bot.views import broadcast_audience as broadcast_audience_view
from bot.views import broadcast_content as broadcast_content_view
from bot.views import broadcast_draft as broadcast_draft_view
from tests.clocks import START
from tests.views.samples import SEMINAR, labels, shown, words

_ = words()
TEXT = Version(7, "", 1, ContentKind.TEXT, "<b>hi</b>", 12, START, (Part(1, 11),))
DRAFT = Broadcast(7, 1, 1, Audience("all"), BroadcastState.DRAFT, 0, 0, 99, ended=False, versions=(TEXT,))
CARD = DraftCard(DRAFT, Audience("all"), Reach(3, 0, ("Ann", "Bo")), {"tg": 2, "en": 1}, "Minji")


def test_the_audiences_are_buttons_with_their_numbers() -> None:
    last = Audience("teachers", language="tg")
    reached = {
        Audience("all"): Reach(33, 0),
        Audience("teachers"): Reach(30, 1),
        Audience("group", "a"): Reach(1, 0),
        last: Reach(4, 0),
    }
    screen = broadcast_audience_view.audiences(_, SEMINAR, 7, reached, last)
    assert labels(screen) == [
        "Everyone (33)", "Teachers (30)", "Pamir (1)", "↩️ Teachers · Тоҷикӣ (4)", "👥 Others …", "✖️ Cancel",
    ]  # fmt: skip
    assert "To 1 person of Pamir." in shown(
        broadcast_draft_view.write(_, SEMINAR, 7, Audience("group", "a"), Reach(1, 0))
    )
    everyone = Reach(33, 0, ("Ann", "Bo", "<3"))
    asked = shown(broadcast_draft_view.write(_, SEMINAR, 7, Audience("all"), everyone))
    assert "To all 33 people.\n👥 Ann, Bo, <3 and 30 more" in asked


def test_too_many_marked_pieces_are_refused_in_one_sentence() -> None:
    assert "120 marked pieces" in shown(broadcast_draft_view.too_colourful(_, 7, 120, 100))


def test_readers_without_a_version_stand_in_the_way_until_another_is_accepted_for_them() -> None:
    russian, korean = replace(TEXT, language="ru"), replace(TEXT, language="ko", edition=2)
    split = replace(CARD, draft=replace(DRAFT, versions=(russian,)))
    screen = broadcast_draft_view.confirm(_, SEMINAR, split)
    assert "⚠️ Тоҷикӣ: 2 people have no version yet." in shown(screen)
    assert "⚠️ English: 1 person has no version yet." in shown(screen)
    assert "📣 Send to 3" not in labels(screen)
    assert labels(screen)[:4] == ["✍️ Тоҷикӣ", "Тоҷикӣ ← Русский", "✍️ English", "English ← Русский"]
    accepted = replace(split, draft=replace(split.draft, fallback=frozenset({"tg", "en"}), versions=(russian, korean)))
    screen = broadcast_draft_view.confirm(_, SEMINAR, accepted)
    assert "↪️ Тоҷикӣ: 2 people will get Русский." in shown(screen)
    assert "🕰 Older than the last change: Русский" in shown(screen)
    assert labels(screen)[:2] == ["🟰 They all say the same", "📣 Send to 3"]


def test_a_message_is_signed_where_there_is_room_and_a_note_follows_what_holds_no_words() -> None:
    signed = replace(DRAFT, options=Options(signed=True, confirmable=True, silent=True))
    text = broadcast_content_view.message(_, signed, TEXT, "Min <3")
    assert text is not None
    assert (text.text, labels(text), text.silent) == ("<b>hi</b>\n\n<i>— Min &lt;3</i>", ["👍 Got it"], True)
    assert broadcast_content_view.note(_, signed, TEXT, "Minji") is None
    album = replace(TEXT, kind=ContentKind.ALBUM, parts=(Part(1, 11), Part(1, 12)))
    copies, note = (
        make(_, signed, album, "Minji") for make in (broadcast_content_view.message, broadcast_content_view.note)
    )
    assert copies is not None
    assert (copies.method, copies.copies_of, labels(copies)) == ("copyMessages", (1, (11, 12)), [])
    assert note is not None
    assert (shown(note), labels(note)) == ("— Minji", ["👍 Got it"])
    place = replace(TEXT, kind=ContentKind.LOCATION, text="")
    unsigned = replace(signed, options=Options(confirmable=True))
    assert broadcast_content_view.note(_, unsigned, place, "Minji") is None, "the button is under the place itself"
    long = replace(signed, versions=(replace(TEXT, text=f"<b>{'x' * 4090}</b>"),))
    assert not broadcast_content_view.can_be_signed(long, "Minji")
    assert broadcast_content_view.can_be_signed(signed, "Minji")
