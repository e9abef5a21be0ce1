"""A message to many, from its audience to its card."""

from dataclasses import replace

from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_progress import BroadcastProgress
from bot.store.broadcast_version import ContentKind, Version
from bot.views import broadcast as broadcast_view
from tests.clocks import START
from tests.views.samples import SEMINAR, labels, shown, words

_ = words()
VERSION = Version(7, "", 1, ContentKind.TEXT, "<b>hi</b>", 12, START)
DRAFT = Broadcast(7, 1, 1, Audience("all"), BroadcastState.SENDING, 10, 0, 99, ended=False, versions=(VERSION,))


def test_a_card_says_what_became_of_every_message() -> None:
    progress = BroadcastProgress(
        total=100, sent=40, blocked=3, failed={"expired": 2, "Bad Request: x": 5}, stopped=50, waiting=0
    )
    screen = broadcast_view.card(_, replace(DRAFT, state=BroadcastState.STOPPED, blocked=1), progress)
    assert shown(screen) == (
        "📣 Stopped\n▓▓▓▓▓▓▓▓▓▓ 100 of 100\n✅ 40 sent\n🚫 4 people have blocked the bot\n"
        "⚠️ 7 failed:\n5 × Bad Request: x\n2 × it took longer than a day\n⏹ 50 not sent: stopped in time"
    )
    assert labels(screen) == []


def test_a_card_under_way_can_be_stopped() -> None:
    progress = BroadcastProgress(total=10, sent=4, blocked=0, failed={}, stopped=0, waiting=6)
    assert labels(broadcast_view.card(_, DRAFT, progress)) == ["⏹ Stop"]
    stopping = broadcast_view.card(_, replace(DRAFT, state=BroadcastState.STOPPED), progress)
    assert "Stopping …\n▓▓▓▓░░░░░░ 4 of 10" in shown(stopping)
    assert labels(stopping) == []


def test_the_audiences_are_buttons_with_their_numbers() -> None:
    reached = {
        Audience("all"): Reach(33, 0),
        Audience("teachers"): Reach(30, 1),
        Audience("group", "a"): Reach(1, 0),
    }
    screen = broadcast_view.audiences(_, SEMINAR, 7, reached)
    assert labels(screen) == ["Everyone (33)", "Teachers (30)", "Pamir (1)", "✖️ Cancel"]
    assert "To 1 person of Pamir." in shown(broadcast_view.write(_, SEMINAR, 7, Audience("group", "a"), Reach(1, 0)))
    assert "To all 33 people." in shown(broadcast_view.write(_, SEMINAR, 7, Audience("all"), Reach(33, 0)))


def test_too_many_marked_pieces_are_refused_in_one_sentence() -> None:
    assert "120 marked pieces" in shown(broadcast_view.too_colourful(_, 7, 120, 100))
