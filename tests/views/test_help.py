"""Relayed messages fit into messages, in every language, whatever people are called."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.i18n import Locales
from bot.marks import Mark
from bot.programme.markup import plain_text
from bot.quoted import in_pieces
from bot.store.alert import AlertState
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage
from bot.store.relay_copy import Relayed
from bot.text import units
from bot.views import correction as correction_view
from bot.views import help as help_view
from bot.views import relay as relay_view
from tests.views.samples import SEMINAR

NAME = "<&>" * 21
NOON = datetime(2025, 8, 4, 3, tzinfo=UTC)
ALL = Locales.load().all()


def message(words: str) -> HelpMessage:
    return HelpMessage(1, 1, 1, NAME, 1, 7_100_000_001, 5, words, None, True)


def call(kind: HelpKind, state: AlertState) -> HelpCall:
    return HelpCall(1, 1, kind, state, NAME, 7_100_000_001, None, "a", NAME, 2, NOON, 1)


@pytest.mark.parametrize("words", ["x" * 10_000, "😀" * 4_000, "a b " * 2_000, "<" * 4_096, "\n" * 100 + "a", ""])
def test_every_part_of_a_letter_fits(words: str) -> None:
    marks = tuple(Mark("bold", n, 1) for n in range(0, len(words), 2))[:100]
    relayed = replace(message(words), earlier="😀" * 4_000, marks=marks)
    for _ in ALL:
        for part in range(len(in_pieces(relayed))):
            corrected = correction_view.corrected(_, relayed, part)
            assert corrected is not None
            for screen in (
                relay_view.from_person(_, SEMINAR, Relayed(relayed), part, NOON),
                relay_view.from_staff(_, SEMINAR, Relayed(relayed), part, NOON),
                corrected,
            ):
                assert screen.text.count("</") <= 100
                assert units(plain_text(screen.text)) <= 4_096
        for kind in HelpKind:
            for state in AlertState:
                screen = help_view.call(_, call(kind, state), SEMINAR, relayed, NOON)
                assert units(plain_text(screen.text)) <= 4_096
                assert NAME in plain_text(screen.text)
