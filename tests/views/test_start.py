"""What people read before they agree."""

from dataclasses import replace

import pytest

from bot.views import start as start_view
from tests.views.samples import SEMINAR, shown, words


@pytest.mark.parametrize(
    ("language", "organizers", "coordinators", "host", "copies"),
    [
        ("tg", "• ташкилотчиён:", "• ҳамоҳангсозон: танҳо рақамҳоро", "• масъули компютери бот: ҳамаашро", "нусхаҳои"),
        (
            "ru",
            "• организаторы:",
            "• координаторы: только цифры",
            "• тот, кто обслуживает компьютер бота: всё",
            "копиях",
        ),
        ("en", "• organizers:", "• coordinators: numbers only", "• whoever looks after the computer", "safety copies"),
        ("ko", "• 담당자:", "• 코디네이터: 숫자만", "• 봇 컴퓨터 관리자: 메시지 기록과 백업까지 모두", "백업"),
    ],
)
def test_the_consent_says_who_can_read_what_and_how_long_it_stays(
    language: str, organizers: str, coordinators: str, host: str, copies: str
) -> None:
    lines = shown(start_view.consent(words(language), SEMINAR)).splitlines()
    for said in (organizers, coordinators, host):
        assert [line for line in lines if line.startswith(said)], said
    assert copies in next(line for line in lines if "/me" in line)


def test_the_consent_names_a_group_only_where_there_are_groups() -> None:
    assert "your name, language, group and Telegram account" in start_view.consent(words(), SEMINAR).text
    alone = replace(SEMINAR, groups=SEMINAR.groups[:1])
    assert "your name, language and Telegram account" in start_view.consent(words(), alone).text
