"""What short typed words mean, in the four languages, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import phrases
from bot.phrases import asks, may_say_here, mood, number, says_here


@pytest.mark.parametrize(
    "text",
    ["Ман ҳозирам", "ман хозирам!", "МАН  ҲОЗИРАМ.", "Ҳозир", "I'm here", "i’m here!!", "Im here", "Here", "Я здесь",
     "я тут)", "여기 있어요", "여기 있어요!", "저는 여기 있습니다.", "+"],
)  # fmt: skip
def test_what_is_typed_in_place_of_a_press(text: str) -> None:
    assert says_here(text)
    assert not asks(text)


@pytest.mark.parametrize(
    "text",
    ["Да", "Yes!", "네", "5", "5️⃣", "4 из 5", "😄", "👍", "👍🏽", "✅", "Good morning!", "Субҳ ба хайр",
     "I'm here, in the lobby", "Я здесь, в холле", "Ман ҳозирам, дар автобус", "여기 있어요, 로비에요"],
)  # fmt: skip
def test_what_may_be_meant_for_a_check_in(text: str) -> None:
    assert may_say_here(text)
    assert not says_here(text)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "7", "0", "555", "?", "hello there", "I am not here", "Я не здесь", "Ман нестам", "Bus 5",
     "Where is here?", "Я здесь, а где автобус?", "here" + " and there" * 20],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    assert not says_here(text)
    assert not may_say_here(text)


def test_moods_and_numbers() -> None:
    typed = ["1", " 2 ", "3.", "4/5", "5 of 5", "5 аз 5", "😞", "🙂", "☺️", "6", "two"]
    assert [mood(text) for text in typed] == [1, 2, 3, 4, 5, 5, 1, 4, None, None, None]
    typed = ["2", "2.", "2)", "(2)", "№ 2", "№2", "#2", "2️⃣", "2!", "２", "12", "0", "4/5", "2 people", "", "x"]
    assert [number(text) for text in typed] == [2] * 10 + [12, None, None, None, None, None]


@pytest.mark.parametrize(
    "text",
    ["When is tomorrow's bus?", "when is the bus tomorrow", "It was good. Where do we meet", "Когда автобус",
     "Завтра во сколько выезд", "А где ужин", "Фардо автобус кай меравад", "Соати чанд меравем", "Оё фардо дарс ҳаст",
     "Автобус кучо", "버스는 언제 와요", "내일 몇 시에 출발합니까", "도와주세요", "помогите", "I am lost",
     "Where is everybody!", "Бус чӣ вақт？", "Я заболела"],
)  # fmt: skip
def test_what_asks_or_calls(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    ["A good day", "What a day!", "What a lovely day",
     "Какой хороший день!", "Устала, но довольна.", "Чӣ рӯзи хуб!", "Рӯзи хуб буд, ташаккур",
     "오늘 좋았어요", "재미있었습니다",
     "🙂", "The school visit, the lunch: all of it", "Спасибо"],
)  # fmt: skip
def test_what_is_plainly_about_a_day(text: str) -> None:
    assert not asks(text)


def test_the_lists_are_written_as_typed_words_are_folded() -> None:
    lists = (phrases._HERE, phrases._YES, phrases._BEGINS, phrases._BEGINS_OR_EXCLAIMS, phrases._ASKS, phrases._CALLS)
    assert [word for one in lists for word in one if phrases.normalized(word) != word] == []


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert (mood(text) or 1) in range(1, 6)
    assert (number(text) or 1) in range(1, 100)
    assert isinstance(may_say_here(text) or says_here(text) or asks(text), bool)
