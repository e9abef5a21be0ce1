"""Charts with the longest that can be on them, in every language, for 30 people and for 300."""

from collections.abc import Iterator
from random import Random
from typing import Final

from bot.charts.model import (
    Bar,
    BarChart,
    Cell,
    Chart,
    Column,
    Day,
    DayChart,
    Head,
    HeatMap,
    Pair,
    PairChart,
    Row,
    Shade,
    Share,
)

NAMES: Final = {
    "tg": "Абдураҳмонзода Муҳаммадшариф Ғаффорқул Ҷӯрабоевич Қӯрғонтеппагӣ",
    "ru": "Константинопольская-Преображенская Александра Владиславовна",
    "ko": "남궁황보제갈선우독고동방사공서문",
    "en": "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Featherstonehaugh",
}
_WORDS: Final = {
    "tg": "Зеҳни сунъӣ дар таълим: ғояҳо, қоидаҳо ва ҷустуҷӯи роҳҳои нав барои омӯзгорони синфҳои ибтидоӣ ва миёна",
    "ru": "Искусственный интеллект в обучении: идеи, правила и поиск новых путей для учителей младших классов",
    "ko": "교육 속의 인공지능: 초등학교와 중학교 교사를 위한 아이디어와 규칙, 그리고 새로운 길 찾기",
    "en": "Artificial intelligence in teaching: ideas, rules and the search for new ways for teachers of all classes",
}
DAYS: Final = {"tg": "Чоршанбе, 4 август", "ru": "Ср, 4 августа", "ko": "8월 4일 수요일", "en": "Wed, 4 August"}


def head(language: str) -> Head:
    words = _WORDS[language]
    return Head(words, f"{words} · {words}", f"{words} {words} {words}")


def heat_map(language: str, people: int, sessions: int = 40) -> HeatMap:
    chance, words = Random(people), _WORDS[language]
    shades: list[Cell] = [*Shade, None]
    rows = tuple(
        Row(NAMES[language] if people <= 36 else "", words if at % 3 else "", tuple(chance.choices(shades, k=sessions)))
        for at in sorted(range(people), key=lambda one: one % 3)
    )
    columns = tuple(Column(f"{DAYS[language]} {at // 3}", "09:00") for at in range(sessions))
    return HeatMap(
        head(language),
        columns,
        rows,
        tuple((shade, words[:20]) for shade in Shade),
        (words,) * 6 if sessions <= 6 else (),
    )


def shares(language: str, groups: int = 20, days: int = 14) -> HeatMap:
    rows = tuple(
        Row(
            _WORDS[language],
            "",
            tuple(Share(at * day * 300, 130_000) if day % 5 else Share(3, 0) for day in range(days)),
        )
        for at in range(groups)
    )
    return HeatMap(head(language), tuple(Column(f"{DAYS[language]} {at}") for at in range(days)), rows)


def days(language: str, number: int = 14, whole: int = 130_000) -> DayChart:
    told = tuple(
        Day(
            f"{DAYS[language]} {at}",
            (Share(whole * at // number, whole), Share(whole, whole) if at % 4 else None),
            None if at % 5 == 3 else 1 + at % 5,
            "4,9",
        )
        for at in range(number)
    )
    return DayChart(head(language), told, (_WORDS[language][:40], _WORDS[language][:40]), _WORDS[language][:60])


def bars(language: str, number: int = 14) -> BarChart:
    words = _WORDS[language]
    each = tuple(
        Bar(words if at % 2 else words[:20], (130_000 - at, 90_000, 3), 130_000, "130 000 · 130 000 · 100 %")
        for at in range(number)
    )
    return BarChart(head(language), each, (words[:40],) * 3)


def pairs(language: str, number: int = 8) -> PairChart:
    words = _WORDS[language]
    each = tuple(Pair(words if at % 2 else words[:20], 1.0, 5.0, "1,0 – 5,0 · 130 000") for at in range(number))
    return PairChart(head(language), each, 5, (words, words), (words[:40], words[:40]))


def every(language: str) -> Iterator[Chart]:
    """The largest of each kind in the languages with the longest words and the most letters; one in the others."""
    yield heat_map(language, 30)
    if language not in {"tg", "ko"}:
        return
    if language == "tg":
        yield heat_map(language, 300)
        yield heat_map(language, 1, sessions=1)
        yield days(language, 1, 1)
        yield bars(language, 1)
    yield heat_map(language, 36, sessions=6)
    yield shares(language)
    yield days(language)
    yield bars(language)
    yield bars(language, 8)
    yield pairs(language)
