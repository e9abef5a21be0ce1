"""The card of a message to many: what became of every message, and what can be done."""

from dataclasses import replace
from datetime import timedelta

from bot.screen import Screen
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_progress import BroadcastProgress, ChangeProgress
from bot.store.broadcast_version import ContentKind, Version
from bot.views import broadcast_card as broadcast_card_view
from tests.clocks import START
from tests.views.samples import SEMINAR, labels, shown, words

_ = words()
VERSION = Version(7, "", 1, ContentKind.TEXT, "<b>hi</b>", 12, START)
SENT = Broadcast(
    7, 1, 1, Audience("all"), BroadcastState.SENDING, 10, 0, 99, ended=False, versions=(VERSION,), confirmed_at=START
)
PROGRESS = BroadcastProgress(total=10, sent=4, blocked=0, failed={}, stopped=0, waiting=6)


def card(broadcast: Broadcast, progress: BroadcastProgress, *, minutes: int = 0) -> Screen:
    return broadcast_card_view.card(_, SEMINAR, broadcast, progress, START + timedelta(minutes=minutes))


def test_a_card_says_what_became_of_every_message() -> None:
    progress = BroadcastProgress(
        total=100, sent=40, blocked=3, failed={"expired": 2, "Bad Request: x": 5}, stopped=50, waiting=0
    )
    screen = card(replace(SENT, state=BroadcastState.STOPPED, blocked=1), progress)
    assert shown(screen) == (
        "📣 Stopped\nEveryone\n▓▓▓▓▓▓▓▓▓▓ 100 of 100\n✅ 40 sent\n🚫 4 people have blocked the bot\n"
        "⚠️ 7 failed:\n5 × Bad Request: x\n2 × it took longer than a day\n⏹ 50 not sent: stopped in time"
    )
    assert labels(screen) == ["✏️ Correct", "🗑 Take back", "👁 What it says"]


def test_reasons_are_in_words_and_those_that_are_said_alike_together() -> None:
    failed = {"Bad Request: chat not found": 2, "Forbidden: user is deactivated": 3, "VOICE_MESSAGES_FORBIDDEN": 1}
    text = shown(card(SENT, replace(PROGRESS, failed=failed)))
    assert "⚠️ 6 failed:\n5 × the account is gone\n1 × takes no voice messages" in text


def test_what_can_be_done_depends_on_how_far_it_is() -> None:
    assert labels(card(SENT, PROGRESS))[:2] == ["⏸ Pause", "⏹ Stop"]
    assert labels(card(replace(SENT, paused_at=START), PROGRESS))[:2] == ["▶️ Go on", "⏹ Stop"]
    stopping = card(replace(SENT, state=BroadcastState.STOPPED), PROGRESS)
    assert "Stopping …\nEveryone\n▓▓▓▓░░░░░░ 4 of 10" in shown(stopping)
    assert labels(stopping)[0] == "✏️ Correct"
    assert "🗑 Take back" not in labels(card(SENT, PROGRESS, minutes=48 * 60))
    gone = replace(SENT, state=BroadcastState.TAKEN_BACK, taken_back_at=START)
    deletion = ChangeProgress(3, 0, {"can't be deleted": 1})
    screen = card(gone, replace(PROGRESS, deletion=deletion))
    assert "🗑 Deleted on 3 phones\n⚠️ 1 could not be deleted:\n1 × older than 48 hours" in shown(screen)
    assert labels(screen) == ["👁 What it says"]


def test_how_long_it_takes_is_said_while_messages_leave() -> None:
    progress = replace(PROGRESS, left=timedelta(minutes=77, seconds=20), last_sent=START)
    assert "⏳ About 77 minutes left" in shown(card(SENT, progress))
    assert "⏳" not in shown(card(SENT, progress, minutes=1)), "nothing has left for a minute"
    assert "⏳ Less than a minute left" in shown(card(SENT, replace(progress, left=timedelta(seconds=20))))


def test_languages_that_have_not_followed_a_correction_are_named() -> None:
    versions = (replace(VERSION, language="ru", edition=2), replace(VERSION, language="tg"))
    assert "🕰 Older than the last change: Тоҷикӣ" in shown(card(replace(SENT, versions=versions), PROGRESS))
