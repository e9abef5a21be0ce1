import pytest

from bot.name_folding import folded, forms, parts


def finds(query: str, *names: str) -> bool:
    kept = forms(*names)
    return bool(parts(query)) and all(one in kept or other in kept for one, other in parts(query))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zarina", "Зарина Раҳимова"),
        ("зар", "Зарина Раҳимова"),
        ("рахим", "Зарина Раҳимова"),
        ("rahim", "Зарина Раҳимова"),
        ("rakhimova", "Зарина Рахимова"),
        ("раҳимова зарина", "Зарина Раҳимова"),
        ("Чамшед", "Ҷамшед"),
        ("Джамшед", "Ҷамшед"),
        ("jamsh", "Ҷамшед"),
        ("Ҷамшед", "Jamshed Karimov"),
        ("хучанд", "Хуҷандӣ"),
        ("Khujandi", "Хуҷандӣ"),
        ("гулру", "Гулрӯ"),
        ("qodir", "Қодиров"),
        ("кодиров", "Қодиров"),
        ("gafur", "Ғафуров"),
        ("Ghafurov", "Ғафуров"),
        ("Якуб", "Yakubov"),
        ("Yoqubov", "Ёқубов"),
        ("Екубов", "Ёқубов"),
        ("Федор", "Фёдор"),
        ("Zainab", "Зайнаб"),
        ("Zaynab", "Зайнаб"),
        ("Sayora", "Сайёра"),
        ("Sayyora", "Сайёра"),
        ("Maryam", "Мариям"),
        ("Мариам", "Мариям"),
        ("Tojiboev", "Тоҷибоев"),
        ("Tojiboyev", "Тоҷибоев"),
        ("Ismoil", "Исмоил"),
        ("saida", "Са'ида"),
        ("민지", "김민지"),
        ("ann", "Ann"),
        ("o brien", "O’Brien"),
        ("ДАВЛАТ", "давлатов"),
    ],
)
def test_a_part_of_a_name_finds_it_in_either_script(typed: str, name: str) -> None:
    assert finds(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"), [("Зарина", "Карина"), ("rahim", "Зарина"), ("ш", "Зарина"), ("민수", "김민지")]
)
def test_another_name_is_not_found(typed: str, name: str) -> None:
    assert not finds(typed, name)


@pytest.mark.parametrize("typed", ["", "  ", "🙂", "ъь", "%", "_", "'"])
def test_nothing_that_can_be_searched_finds_nothing(typed: str) -> None:
    assert parts(typed) == []


def test_any_part_of_a_cyrillic_name_is_found_and_folding_twice_changes_nothing() -> None:
    for name in ("Ҷаҳонгир", "Ёқубова", "Хуршеда", "Ғайрат", "Мариям", "Шӯҳрат", "Ҳоҷиматова"):
        assert folded(folded(name)) == folded(name)
        for begin in range(len(name)):
            for end in range(begin + 1, len(name) + 1):
                assert finds(name[begin:end], name), name[begin:end]


def test_a_username_and_a_second_name_count_too() -> None:
    assert finds("rahimova", "Зарина", "Zarina RAHIMOVA")
    assert finds("zari_07", "Зарина", "zari_07")
