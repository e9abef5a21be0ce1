"""What the locale lint holds translations to: one word for one thing, and words that are not used.

`docs/glossary.md` says the words to people. A term is checked where its English stands in the source: the translation
then holds one of the term's stems, so that endings are free. A message that rightly says it otherwise is in `WITHOUT`,
with the reason. `EVERYWHERE` and `MESSAGES` are words and forms to avoid, each with what to write instead.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GLOSSARY: Final = Path(__file__).parent.parent / "docs" / "glossary.md"
LANGUAGES: Final = ("en", "tg", "ru", "ko")  # the columns of the glossary


@dataclass(frozen=True, slots=True)
class Term:
    """What the glossary calls `name`: where `english` (a pattern) stands, one of the stems of each language stands."""

    name: str
    english: str
    tg: tuple[str, ...]
    ru: tuple[str, ...]
    ko: tuple[str, ...]

    def stems(self, language: str) -> tuple[str, ...]:
        """Beginnings of the words that a language has for it."""
        return {"tg": self.tg, "ru": self.ru, "ko": self.ko}[language]


TERMS: Final = (
    Term("seminar", r"seminars?", ("семинар",), ("семинар",), ("세미나",)),
    Term("agenda", r"agendas?", ("барнома",), ("программ",), ("일정",)),
    Term("check-in, morning", r"morning check-ins?", ("аҳволпурсии субҳ",), ("утренняя переклич",), ("아침 안부",)),
    Term("check-in, evening", r"evening check-ins?", ("аҳволпурсии шом",), ("вечерн",), ("저녁 안부",)),
    Term("lesson", r"lessons?", ("дарс",), ("урок",), ("강의", "퀴즈")),
    Term("card", r"cards?(?=[ :;.])", ("саҳифа",), ("карточ",), ("카드",)),
    Term("care sheet", r"care sheets?", ("варақа",), ("памят",), ("건강 카드", "카드")),
    Term("teacher", r"teachers?", ("омӯзгор",), ("учител",), ("선생님",)),
    Term("organizer", r"organizers?", ("ташкилотчи", "ташкилотчӣ"), ("организатор",), ("담당자",)),
    Term("coordinator", r"coordinators?", ("ҳамоҳангсоз",), ("координатор",), ("코디네이터",)),
    Term("broadcast, a message to many", r"messages? to many", ("паёми умум",), ("рассылк",), ("단체 메시지",)),
    Term("alert", r"alerts?", ("хабар", "огоҳӣ"), ("оповещени",), ("긴급 알림",)),
    Term("invitation link", r"invitation links?", ("пайванди даъват",), ("ссылк",), ("초대 링크",)),
    Term("staff group (on Telegram)", r"staff group", ("гурӯҳи ташкилотчи",), ("организатор",), ("담당자 대화방",)),
    Term("group", r"(?<!staff )groups?(?! chat)", ("гурӯҳ",), ("групп",), ("모둠",)),
    Term("group chat (of Telegram)", r"group chats?", ("гурӯҳ",), ("групп",), ("대화방",)),
    Term("headcount", r"headcounts?", ("шумор", "шумурдан"), ("пересчёт",), ("인원 확인",)),
    Term("accounted for", r"accounted for", ("огоҳем",), ("всё в порядке",), ("따로 확인",)),
    Term("help (SOS)", r"calls? for help", ("ёрӣ", "ёри"), ("помощ",), ("도움 요청",)),
    Term("account", r"accounts?(?! of| for)", ("ҳисоб",), ("аккаунт",), ("계정",)),
)  # fmt: skip

# Messages that say a thing without its word, by language, with the reason.
WITHOUT: Final[Mapping[str, Mapping[str, str]]] = {
    "tg": {},
    "ru": {"🙋 Ask an organizer": "the button says what is asked for: Попросить доступ"},
    "ko": {},
}

_NO_WORDS: Final = re.compile(r"\{\w*\}|/\w+")  # values that are put in, and commands

Avoided = Mapping[str, tuple[tuple[str, str], ...]]
_HOUR: Final = (r"(?<![\d:])\d:\d\d", "write hours with two digits: 09:15")
_SPAN: Final = (r"\d\d:\d\d ?- ?\d\d:\d\d", "write a dash between hours: 08:00–22:00")
# In messages, the samples' folders and the guides.
EVERYWHERE: Final[Avoided] = {
    "en": ((r"\banew\b", "write again"), (r"\bwho shall\b", "write who should"), _HOUR, _SPAN),
    "tg": (
        (r"\bҳама маълумот", "write Ҳамаи маълумот"),
        (r"\bяк пахш\b|\bпахши тугма", "say пахш кардан: пахш alone is no noun"),
        (r"дар алоқа", "write дастрас"),
        _HOUR,
        _SPAN,
    ),
    "ru": (
        (r"вечерн\w+ переклич", "say вечерний вопрос: it asks how the day was"),
        (r"\bвсё о вас\b", "write все ваши данные"),
        (r"заглян", "promise no visit: write узнают, как вы"),
        _HOUR,
        _SPAN,
    ),
    "ko": (
        (r"강좌", "say 짧은 강의: 강좌 is a whole course"),
        (r"고마워요", "write 감사합니다"),
        (r"들어와 계", "write 참가 중이십니다"),
        _HOUR,
        _SPAN,
    ),
}  # fmt: skip
# In messages alone: elsewhere people are quoted, menus of other programs are named, and offices have hosts.
MESSAGES: Final[Avoided] = {
    "en": ((r"\bshall (?!(I|we)\b)", "write should or will"),),
    "tg": (
        (r"мизбон", "say ташкилотчӣ: one name for whom to ask"),
        (r"\bпахш(и|ҳо|ҳои|е)?\b(?! (карда|кард|кун|ме|на|шав|шуд|бик))", "say пахш кардан: пахш alone is no noun"),
        (r"истинод", "say пайванд"),
        (r"[щыьц]", "write it without щ, ы, ь, ц: the Tajik alphabet has none"),
    ),
    "ru": ((r"[ғӣқӯҳҷ]", "write Russian letters: Хамрох"),),
    "ko": (
        (r"Telegram", "write 텔레그램"),
        (r"(?<![세까니필중주금])요(?=[^가-힣]|$)", "end it in -ㅂ니다, a question in -까, a request in -세요"),
        (r"(?<!안녕)(어떠|되|계|있|하)(셨어|시나|신가|세)요\?", "end questions in -ㅂ니까 or -까요"),
    ),
}  # fmt: skip


def avoided(language: str, text: str, *, message: bool = True) -> Iterator[str]:
    """What a text of a language has and should not have, each with what to write instead."""
    for pattern, instead in (*EVERYWHERE[language], *(MESSAGES[language] if message else ())):
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            yield f"has {found[0].strip()!r}; {instead}"


def strayed(language: str, english: str, text: str) -> Iterator[str]:
    """Each term of an English source that its translation does not call by the glossary's word."""
    if english not in WITHOUT[language]:
        yield from astray(language, english, text)


def astray(language: str, english: str, text: str) -> Iterator[str]:
    """The same, also of a message that may say it otherwise."""
    for term in TERMS:
        stems = term.stems(language)
        said = re.search(rf"\b({term.english})(?!\w)", _NO_WORDS.sub(" ", english), re.IGNORECASE)
        if said and not any(stem in text.lower() for stem in stems):
            yield f"has {said[0]!r} without {' or '.join(stems)}; use the word of docs/glossary.md"


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the glossary's table: English, Tajik, Russian, Korean."""
    for line in GLOSSARY.read_text("utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if line.startswith("|") and len(cells) >= len(LANGUAGES) and not set(line) <= set("|- :"):
            yield cells[: len(LANGUAGES)]
