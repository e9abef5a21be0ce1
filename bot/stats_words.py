"""The words by which people ask for numbers, in the four languages: topics, days, months, and what has a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.languages import Language
from bot.name_folding import folded


class Sort(StrEnum):
    """What words can name."""

    GROUP = "group"
    DISTRICT = "district"
    SCHOOL = "school"
    LANGUAGE = "language"
    DAY = "day"
    SESSION = "session"
    LESSON = "lesson"
    TOPIC = "topic"


class StatsTopic(StrEnum):
    """What numbers can be about. Buttons carry the value."""

    OVERVIEW = "all"
    DAYS = "days"
    GROUPS = "groups"
    SESSIONS = "sessions"
    LESSONS = "lessons"
    QUESTIONS = "questions"
    COMPETENCIES = "competencies"
    SCHOOLS = "schools"
    DISTRICTS = "districts"
    LANGUAGES = "languages"
    REACH = "reach"
    ALERTS = "alerts"
    PUNCTUALITY = "punctuality"


# Words before or after a number, a letter or a name: "lesson 3", "group B", "3강"; without one: a topic.
SORT_WORDS: Final[Mapping[Sort, str]] = {
    Sort.GROUP: "group groups группа группы группе группу групп группам гурӯҳ гурӯҳи гурӯҳҳо гурух 조 모둠 모둠별 그룹",
    Sort.LESSON: "lesson lessons урок урока уроки уроку уроков урокам дарс дарси дарсҳо 강 강의 과 수업 레슨",
    Sort.DAY: "day days день дня дни дней дням рӯз рӯзи рӯзҳо руз 일차 일째 날",
    Sort.SESSION: "session sessions attendance занятие занятия занятию занятий посещаемость машғулият машғулияти "
    "машғулиятҳо давомот давомоти 세션 출석",
    Sort.SCHOOL: "school schools школа школы школе школу школ мактаб мактаби мактабҳо 학교",
    Sort.DISTRICT: "district districts region область района район районы районе районов районам ноҳия ноҳияи "
    "ноҳияҳо вилоят 지역 구역",
    Sort.LANGUAGE: "language languages язык языка языки языкам забон забони забонҳо 언어",
}
SORT_TOPICS: Final[Mapping[Sort, StatsTopic]] = {
    Sort.GROUP: StatsTopic.GROUPS,
    Sort.LESSON: StatsTopic.LESSONS,
    Sort.DAY: StatsTopic.DAYS,
    Sort.SESSION: StatsTopic.SESSIONS,
    Sort.SCHOOL: StatsTopic.SCHOOLS,
    Sort.DISTRICT: StatsTopic.DISTRICTS,
    Sort.LANGUAGE: StatsTopic.LANGUAGES,
}
TOPIC_WORDS: Final[Mapping[StatsTopic, str]] = {
    StatsTopic.QUESTIONS: "question questions quiz вопрос вопроса вопросы вопросам викторина савол саволи саволҳо "
    "викторинаи 문제 문항 퀴즈",
    StatsTopic.COMPETENCIES: "competency competencies компетенция компетенции компетенциям салоҳият салоҳиятҳо "
    "маҳорат маҳоратҳо 역량",
    StatsTopic.DAYS: "checkin checkins mood перекличка ответы настроение аҳволпурсӣ аҳволпурсиҳо кайфият 안부 기분",
    StatsTopic.REACH: "reach delivered delivery silent blocked доставка охват молчат дастрасӣ хомӯш 전달 도달",
    StatsTopic.ALERTS: "alert alerts calls help оповещение оповещения вызовы огоҳӣ огоҳиҳо ёрӣ 알림 도움",
    StatsTopic.PUNCTUALITY: "punctuality punctual late пунктуальность опоздания бот дақиқӣ саривақт 정시 제시간",
    StatsTopic.OVERVIEW: "overview all everything всё все обзор ҳама 전체",
}
LANGUAGE_WORDS: Final[Mapping[Language, str]] = {
    Language.TAJIK: "tajik таджикский таджикском тоҷикӣ точики 타지크어",
    Language.RUSSIAN: "russian русский русском русӣ руси 러시아어",
    Language.ENGLISH: "english английский английском англисӣ англиси 영어",
    Language.KOREAN: "korean корейский корейском кореягӣ кореяги 한국어",
}
# How many days ago.
DAY_WORDS: Final[Mapping[int, str]] = {
    0: "today сегодня имрӯз имруз 오늘",
    1: "yesterday вчера дирӯз дируз 어제",
    2: "позавчера парерӯз 그저께 그제",
    -1: "tomorrow завтра фардо пагоҳ 내일",
}
# From Monday, 0, on.
WEEKDAY_WORDS: Final[Mapping[int, str]] = {
    0: "monday понедельник душанбе 월요일",
    1: "tuesday вторник сешанбе 화요일",
    2: "wednesday среда среду чоршанбе 수요일",
    3: "thursday четверг панҷшанбе 목요일",
    4: "friday пятница пятницу ҷумъа 금요일",
    5: "saturday суббота субботу шанбе 토요일",
    6: "sunday воскресенье якшанбе 일요일",
}
MONTH_WORDS: Final[Mapping[int, str]] = {
    1: "january jan января январь январ январи",
    2: "february feb февраля февраль феврал феврали",
    3: "march mar марта март марти",
    4: "april apr апреля апрель апрел апрели",
    5: "may мая май маи",
    6: "june jun июня июнь июн июни",
    7: "july jul июля июль июл июли",
    8: "august aug августа август августи",
    9: "september sep сентября сентябрь сентябр сентябри",
    10: "october oct октября октябрь октябр октябри",
    11: "november nov ноября ноябрь ноябр ноябри",
    12: "december dec декабря декабрь декабр декабри",
}
NOISE: Final = (
    "a an the in on of for by at to and from with numbers figures stats number please show me "
    "в во на по за из от для и с со у цифры числа покажи "
    "дар аз рӯи руи ба бо барои ва рақам рақамҳо то № no 의 에 에서 별 수치 통계 보여줘"
)
# The letters by which groups are counted, as people write them: "группа Б", "group B".
ALPHABETS: Final = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст")


@dataclass(frozen=True)
class Ago:
    """So many days ago."""

    days: int


@dataclass(frozen=True)
class Weekday:
    """A day of the week, from Monday, 0, on."""

    number: int


@dataclass(frozen=True)
class Month:
    """A month."""

    number: int


@dataclass(frozen=True)
class Noise:
    """A word that says nothing here."""


Keyword = Sort | StatsTopic | Language | Ago | Weekday | Month | Noise


def _keywords() -> dict[str, Keyword]:
    table: list[tuple[Keyword, str]] = [
        (Noise(), NOISE),
        *((Month(number), words) for number, words in MONTH_WORDS.items()),
        *((Weekday(number), words) for number, words in WEEKDAY_WORDS.items()),
        *((Ago(days), words) for days, words in DAY_WORDS.items()),
        *LANGUAGE_WORDS.items(),
        *TOPIC_WORDS.items(),
        *SORT_WORDS.items(),
    ]
    return {folded(word): keyword for keyword, words in table for word in words.split() if folded(word)}


KEYWORDS: Final[Mapping[str, Keyword]] = _keywords()
