"""A message to many, from its audience to its card."""

from dataclasses import replace

from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_progress import BroadcastProgress
from bot.store.broadcast_version import ContentKind, Version
from bot.views import broadcast as broadcast_view
from tests.clocks import START
from tests.views.samples import labels, shown, words

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
