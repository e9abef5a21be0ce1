"""Every way to get a file wrong is answered with the line where it is wrong and what to write instead."""

import re
from pathlib import Path

import pytest

from bot.programme import SeminarError, load
from bot.programme.competency import Aspect, Level
from tests.programme import small

LONG = "x" * 121
ALL = "{tg: X, ru: X, en: X, ko: X}"
S, P, L, W, N = "seminar.yaml", "places.yaml", "programme.yaml", "lessons/01-words.yaml", "info.yaml"

# file, what is there, what is put instead, line of the problem, words of the message
BROKEN = [
    (N, "The <b>won</b>", "<b>w</b>" * 91, 4, "has 91 tags, leave 90 of them"),
    # time and order
    (L, "end: 10:30", "end: 08:30", 7, "ends at 08:30 but begins at 09:00, write a later end"),
    (L, "end: 10:30", "end: 09:00", 7, "ends at 09:00 but begins at 09:00"),
    (L, "start: 09:00", "start: 9:00", 6, "`start: 9:00` is not a time, write HH:MM, like 09:00"),
    (L, "start: 09:00", "start: 930", 6, "like 09:30"),
    (L, "end: 10:30", "end: 25:00", 7, "is not a time"),
    (L, "groups: [blue]", "groups: [red, blue]", 20, "overlaps with `visit` (11:00-12:00, line 13) for red"),
    (L, "        groups: [blue]\n", "", 20, "overlaps with `visit` (11:00-12:00, line 13) for red, change a time"),
    (S, "alert_after_minutes: 60", "alert_after_minutes: 30", 15, "alerted before the person is asked again"),
    (S, "evening: 20:30", "evening: 08:00", 13, "evening check-in is before the morning one"),
    (S, "nudge_after_minutes: 30", "nudge_after_minutes: soon", 14, "is not a whole number, write a whole"),
    (S, "nudge_after_minutes: 30", "nudge_after_minutes: 0", 14, "out of range, write a whole number from 1"),
    (S, "starts_on: 2025-08-04", "starts_on: 04.08.2025", 7, "is not a date, write YYYY-MM-DD"),
    (S, "starts_on: 2025-08-04", "starts_on: 2025-02-30", 7, "is not a date"),
    (S, "zone: Asia/Seoul", "zone: Asia/Seol", 5, "no time zone `Asia/Seol`, write a name like Asia/Seoul"),
    (S, "zone: Asia/Seoul", "zone: Asia", 5, "no time zone `Asia`"),
    (S, "zone: Asia/Seoul", "zone: ../../etc/passwd", 5, "no time zone"),
    (S, "zone: Asia/Seoul", "zone: asia/tbilisi", 5, "no time zone `asia/tbilisi`, write a name like Asia/Tbilisi"),
    (S, "zone: Asia/Seoul", "zone: localtime", 5, "no time zone `localtime`, write a name like Asia/Seoul"),
    (S, "zone: Asia/Seoul", "zone: right/Asia/Seoul", 5, "no time zone `right/Asia/Seoul`, write a name"),
    (S, "home_zone: Asia/Dushanbe", "home_zone: none", 6, "write a name like Asia/Seoul, or remove the line"),
    # midnight
    (L, "end: 10:30", "end: 24:00", 7, "`end: 24:00` is not a time, write 23:59 where something ends at midnight"),
    (L, "end: 10:30", 'end: "00:00"', 7, "ends at 00:00 but begins at 09:00, write 23:59 where it ends at midnight"),
    (L, "end: 10:30", "end: 25:30", 7, "is not a time, write 23:59, and what goes on until 01:30 as a session of the"),
    (L, "end: 10:30", "end: 01:30", 7, "write 23:59, and what goes on until 01:30 as a session of the next day"),
    (L, "start: 09:00", "start: 24:00", 6, "is not a time, write 23:59 where something ends at midnight, and 00:00 of"),
    (S, "evening: 20:30", "evening: 24:00", 13, "is not a time, write 23:59 where"),
    # what refers to something
    (L, "place: hall", "place: hal", 11, "no place `hal`, did you mean `hall`?"),
    (L, "groups: [red]", "groups: [green]", 17, "no group `green`, use one of: red, blue"),
    (L, "groups: [red]", "groups: red", 17, "is not a list, begin each entry below it with a hyphen"),
    (L, "groups: [red]", "groups: [{a: b}]", 17, "this is not the key of a group"),
    (L, "groups: [red]", "departure: true", 17, "is a departure, but does not say from where, add `place`"),
    (L, "groups: [red]", "departure: yes", 17, "`departure: yes` is not clear, write `true` or `false`"),
    # maps
    *[
        (S, "days: 3\n", f"days: 3\nmaps:\n  - name: {{tg: X, ru: X, en: X, ko: X}}\n    url: {url}\n", 11, words)
        for url, words in (
            ("http://a.org/{latitude},{longitude}", "is not the https address of a map, write one like https://www.go"),
            ("nmap://place?lat={latitude}&lng={longitude}", "is not the https address of a map"),
            ("https://{name}.org/{latitude},{longitude}", "is not the https address of a map"),
            ("https://a.org/{lat},{longitude}", "`{lat}` is nothing that a map is told, write {latitude}, {longitude}"),
            ("https://a.org/{name}", "has no {latitude} and no {longitude}, put them where the map expects them"),
            ("https://a.org/{latitude},{longitude}}", "a brace is left over"),
        )
    ],
    # shifts of duty
    *[
        (S, "days: 3\n", f"days: 3\nduty:\n  - key: night\n    title: {ALL}\n{rest}", line, words)
        for rest, line, words in (
            ('    from: "22"\n    to: 07:00\n', 12, "`from: 22` is not a time, write HH:MM"),
            ("    from: 22:00\n", 10, "shift `night` has no `to`, add a line `to: ...`"),
            ("    from: 22:00\n    to: 07:00\n    days: [1, 4]\n", 14, "`4` does not belong in `days` of shift"),
            ("    from: 22:00\n    to: 07:00\n    days: [1, 1]\n", 14, "write whole numbers from 1 to 3, each once"),
            ("    from: 22:00\n    t: 07:00\n", 13, "shift `night` has no `t`"),
        )
    ],
    (L, "kind: lecture", "kind: lectur", 8, "no kind `lectur`, did you mean `lecture`?"),
    (L, "- day: 3", "- day: 4", 27, "`day: 4` is out of range, write a whole number from 1 to 3"),
    (L, "- day: 3", "- day: 2", 27, "day 2 is here twice"),
    (L, "  - day: 3\n    sessions: []\n", "", 1, "day 3 is missing, add `- day: 3`, with `sessions: []`"),
    (L, "key: talk", "key: visit", 19, "the key `visit` is taken by "),
    (S, "key: blue", "key: red", 19, "the key `red` is taken by "),
    (W, "day: 1", "day: 7", 2, "from 1 to 3"),
    # languages
    (L, "en: Opening, ko: 이름", "en: Opening", 9, "has no Korean text, add a line `ko: ...`"),
    (S, "title: {tg: Ном, ru: Имя, en: Small seminar, ko: 이름}", "title: Small", 2, "language, write below it `en:"),
    (W, "en: Words,", 'en: "",', 4, "`en` of `title` of lesson `words` is empty"),
    (W, "en: Words,", "en: Words, de: Worte,", 4, "`title` of lesson `words` has no `de`"),
    (W, "en: Words,", "en: Words, and more,", 4, "put a text with a comma in quotes"),
    (W, "en: Words,", "en: Words, fr: Mots,", 4, "`title` of lesson `words` has no `fr`, use one of: en, ko, ru, tg"),
    (L, "groups: [red]", "groups: [red, red]", 17, "group `red` is here twice, name it once"),
    (S, "days: 3", "days: 3\nlanguages: [en, en]", 9, "language `en` is here twice, name it once"),
    (S, "days: 3", "days: 3\nlanguages: [EN]", 9, "there is no language `EN`, did you mean `en`?"),
    (S, "days: 3", "days: 3\nlanguages: []", 9, "has 0 entries, write 1 to 4 of them"),
    # keys
    (L, "kind: lecture", "kynd: lecture", 8, "session `opening` has no `kynd`, did you mean `kind`?"),
    (S, "phone:", "fone:", 25, "contact `duty` has no `fone`, did you mean `phone`?"),
    (S, "days: 3", "days: 3\ndays: 4", 9, "`days` is here twice (first in line 8), keep one of them"),
    (L, "key: opening", "key: Opening Day", 5, "is not a key, use at most 20 small letters"),
    (L, "key: opening", "key: a23456789-123456789-1", 5, "is not a key"),
    # texts
    (L, "en: Opening,", f"en: {LONG},", 9, "is 121 characters long, shorten it to 120"),
    (L, "en: Opening,", f"en: {'😀' * 61},", 9, "is 122 characters long, shorten it to 120"),
    (S, "en: Red,", f"en: {'x' * 31},", 18, "is 31 characters long, shorten it to 30"),
    (W, "en: Card one,", f"en: {'x' * 901},", 6, "is 901 characters long, shorten it to 900"),
    (W, "en: This,", f"en: {'x' * 101},", 17, "shorten it to 100"),
    (W, "en: So it is,", f"en: {'x' * 201},", 19, "shorten it to 200"),
    (L, "en: Opening,", "en: 2025,", 9, 'is not a text for YAML, put it in quotes: "2025"'),
    (L, "en: Opening,", "en: no,", 9, 'put it in quotes: "no"'),
    (L, "en: Opening,", "en: [a],", 9, "`en` of `title` of session `opening` is not one value"),
    (S, 'phone: "+82 10 0000 0001"', "phone: 112", 25, 'put it in quotes: "112"'),
    (S, "+82 10", "call", 25, "is not a phone number, write it like"),
    (S, "telegram: on_duty", 'telegram: "@duty"', 26, "is not a user name"),
    # what need not be there: nobody is to invent it
    (S, 'phone: "+82 10 0000 0001"', "phone:", 25, "is empty, write its value after the colon, or remove the line"),
    (S, "+82 10", "none", 25, 'write it like "+82 44 123 4567", or remove the line'),
    (S, "telegram: on_duty", "telegram: tg", 26, "or remove the line"),
    (S, "home_zone: Asia/Dushanbe", "home_zone:", 6, "is empty, write its value after the colon, or remove the line"),
    (P, "local_address: 세종시 한누리대로 1", "local_address:", 5, "after the colon, or remove the line"),
    (S, "groups:\n", "groups:\nmore:\n", 16, "begin each entry below it with a hyphen, `- `, or remove the line"),
    # places
    (P, "latitude: 36.48", "latitude: 127.29", 6, "is beyond 90 degrees, check whether the two are exchanged"),
    (P, "longitude: 127.29", "longitude: 227.29", 7, "is beyond 180 degrees"),
    (P, "latitude: 36.48", "latitude: 36,48", 6, "is not a coordinate, write degrees with a point"),
    (P, "latitude: 36.48", "latitude: N36", 6, "is not a coordinate"),
    (P, "latitude: 36.48\n", "latitude:\n", 6, "`latitude` of place `hall` is empty"),
    # lessons
    (W, "right: true", "right: false", 16, "question `first` has 0 right answers, write `right: true` at exactly"),
    (W, "en: It is not,", "en: No way, ko: 아니요}\n        right: true #", 16, "question `first` has 2 right answers"),
    (W, "right: true", "right: yes", 18, "is not clear, write `true` or `false`"),
    (W, "        explanation: {tg: Ном, ru: Имя, en: It is not, ko: 이름}\n", "", 20, "option has no `explanation`"),
    (W, "<b>line</b>", "<b>line", 11, "<b> is never closed, write </b> where it ends"),
    (W, "<b>line</b>", "<b>line</i>", 11, "</i> closes <b>, write </b> first"),
    (W, "<b>line</b>", "line</b>", 11, "</b> closes nothing"),
    (W, "<b>line</b>", "<b><b>line</b></b>", 11, "inside another <b>"),
    (W, "<b>line</b>", "<h1>line</h1>", 11, "<h1> is not a tag that can be shown, use <b>"),
    (W, "<b>line</b>", '<a href="javascript:x">line</a>', 11, "is not a tag that can be shown"),
    (W, "<b>line</b>", "2 < 3", 11, "a bare < is not allowed, write &lt;"),
    (W, "<b>line</b>", "3 > 2", 11, "a bare > is not allowed, write &gt;"),
    (W, "<b>line</b>", "A & B", 11, "a bare & is not allowed, write &amp;"),
    (N, "<b>won</b>", "<b>won", 4, "<b> is never closed"),
    (W, "    ko: 이름\nquiz", "    ko: 이름\n    photo: none.jpg\nquiz", 13, "no picture none.jpg, put it into"),
    (W, "    ko: 이름\nquiz", "    ko: 이름\n    photo: ../x.jpg\nquiz", 13, "is not a picture, write the name of"),
    (W, "key: words", "key: other", 1, "the file of this lesson is called 01-words.yaml, rename it to 01-other.yaml"),
    (W, "quiz:", "quis:", 13, "lesson `words` has no `quis`, did you mean `quiz`?"),
    (W, "https://example", "http://example", 24, "is not the address of a public page, copy it from a browser, like"),
    (W, "https://example.org", "https://example", 24, "`address: https://example/words` is not the address"),
    (W, "https://example", "https://user@example", 24, "is not the address of a public page"),
    (W, "example.org", "example.org:99999", 24, "is not the address of a public page"),
    (W, "example.org/words", "example.org/слово", 24, "is not the address of a public page"),
    (W, "    address:", "    adress:", 24, "did you mean `address`?"),
    (W, "title: A page", f"title: {LONG}", 23, "is 121 characters long, shorten it to 120"),
    (W, "sources:\n", "sources: []\nmore:\n", 22, "`sources` of lesson `words` has 0 entries, write 1 to 6 of them"),
    (W, "- text: {tg: Ном, ru: Имя, en: This,", "- key: A B\n        text: {en: This,", 17, "`A B` is not a key"),
    (W, "- text: {tg: Ном, ru: Имя, en: This,", "- key: 2\n        text: {en: This,", 17, "`2` is not a key"),
    (W, "- text: {tg: Ном, ru: Имя, en: This,", "- kee: a\n        text: {en: This,", 17, "did you mean `key`?"),
    # shapes
    (S, "hours:", "ours:", 1, "the seminar `small` has no `hours`, add a line `hours: ...`"),
    (S, "groups:\n", "groups: none\nmore:\n", 16, "`groups` of the seminar `small` is not a list"),
    (S, "contacts:\n", "contacts: []\nmore:\n", 21, "`contacts` of the seminar `small` has 0 entries, write 1 to"),
    (L, "days:\n", "- days\n- days:\n", 1, "the programme is not a group of `key: value` lines"),
    (L, "        kind: lecture", "        ? [kind]\n        : lecture", 8, "a list or mapping cannot be a key"),
    # signs that nobody sees
    (S, "en: Small seminar", "en: \u202eranimes llamS", 2, "U+202E (right-to-left override), which turns"),
    (S, "en: Small seminar", "en: Small sem\u200binar", 2, "which nobody sees, delete `seminar` and type it"),
    (S, "en: Red,", "en: \u2067Red\u2069,", 18, "U+2067 (right-to-left isolate), which turns"),
    (S, "en: Red,", "en: \u200fRed,", 18, "which turns the direction of the text, delete `Red`"),
    (S, "ko: 이름}\nabout", "ko: \u3164}\nabout", 2, "U+3164 (hangul filler), which nobody sees, delete it"),
    (S, "name: {tg: Ном, ru: Имя, en: Someone", 'name: {tg: Ном, ru: Имя, en: "\u2800"', 23, "U+2800 (braille"),
    (S, "en: Red,", 'en: "\u0301",', 18, "this text has no visible sign, write a text that people can read"),
    (S, "en: Red,", "en: Re\u200dd,", 18, "U+200D (zero width joiner), which nobody sees"),
    (S, "en: Red,", "en: Re\u00add,", 18, "U+00AD (soft hyphen)"),
    (S, "en: Red,", "en: Re\ue000d,", 18, "U+E000 (a sign without a name)"),
    (P, "en: Hall,", "en: Hall\u2060,", 3, "U+2060 (word joiner)"),
    (N, "en: Money,", "en: Mo\u202dney,", 3, "U+202D (left-to-right override), which turns the direction of the text"),
    (W, "Second <b>", "Second\ufeff <b>", 11, "U+FEFF (zero width no-break space)"),
    (W, "en: This,", "en: Th\u200eis,", 17, "U+200E (left-to-right mark), which turns"),
    (L, "kind: lecture", "ki\u200bnd: lecture", 8, "U+200B (zero width space)"),
    # YAML itself
    (L, "kind: lecture", "kind: &kind lecture", 8, "&kind is an anchor, write the value out"),
    (L, "kind: workshop", "kind: *kind", 22, "*kind is an alias, write the value out"),
    (L, "kind: lecture", "kind: !!str lecture", 8, "is a tag, remove it"),
    (L, "kind: lecture", "kind: !python/name:os lecture", 8, "is a tag, remove it"),
    (S, "key: small", "key: small: one", 1, "a second colon in this line, put the text in quotes"),
    (S, "key: small", "key small", 2, "there is a second colon in this line"),
    (L, "en: Opening,", "en: Day 1: Opening,", 9, "a bracket is not closed"),
    (L, "        kind: lecture", "\tkind: lecture", 8, "the line is indented with a tab, use spaces"),
    (L, "kind: lecture", "kind:\tlecture", 8, "there is a tab inside the line, use a space in its place"),
    (L, "- key: opening", "-\tkey: opening", 5, "there is a tab inside the line"),
    (L, "en: Opening,", 'en: "Opening\tday",', 9, "there is a tab inside the line"),
    (W, "First line", "First\tline", 10, "there is a tab inside the line"),
    (S, "days: 3", "days: 3\t# three", 8, "there is a tab inside the line"),
    (L, "        kind: lecture", "       kind: lecture", 8, "does not line up"),
    (L, "kind: lecture", "kind: @lecture", 8, "may not begin with this sign, put the text in quotes"),
    (L, "kind: lecture", 'kind: "lecture', 8, "a quote is not closed"),
    (L, "kind: lecture", 'kind: "lec\\ud800ture"', 8, "invisible control character"),
    (L, "kind: lecture", "kind: lec\x07ture", 8, "invisible control character"),
    (L, "kind: lecture", "kind: lec\u2028ture", 8, "invisible control character"),
    (L, "place: hall", 'place: "hall\n\n          way"', 11, "there is no place `hall way`, did you mean `hall`?"),
    (L, "days:\n", "days: {\n", 2, ""),
    (L, "days:\n", "%YAML 1.1\n---\ndays:\n", 2, "one document without % lines"),
    (L, "kind: lecture", "kind: " + "[" * 20, 8, "nested too deep"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, mistake: tuple[str, str, str, int, str]) -> None:
    file, old, new, line, words = mistake
    text = small.FILES[file]
    assert text.count(old) >= 1, "the test itself is out of date"
    folder = small.write(tmp_path, **{file: text.replace(old, new, 1)})
    with pytest.raises(SeminarError) as caught:
        load(folder)
    lines = str(caught.value).splitlines()
    begin = f"{folder / file}:{line}: "
    assert any(one.startswith(begin) and words in one for one in lines), str(caught.value)


def test_a_number_in_place_of_a_key_is_one_mistake(tmp_path: Path) -> None:
    with pytest.raises(SeminarError, match=r"\A\S+:5: `7` is not a key, use at most 20 .*\Z"):
        load(small.write(tmp_path, **{L: small.FILES[L].replace("key: opening", "key: 7")}))


def test_two_options_of_one_key_are_named_and_those_of_two_questions_are_not(tmp_path: Path) -> None:
    keyed = small.LESSON.replace("- text: ", "- key: same\n        text: ")
    with pytest.raises(
        SeminarError, match=r"words\.yaml:21: the key `same` is taken by .*words\.yaml:17, choose another"
    ):
        load(small.write(tmp_path, **{W: keyed}))
    other = small.LESSON.replace("en: This, ko: 이름}", "en: This, ko: 이름}\n        key: same")
    question = other[other.index("  - key: first") : other.index("sources:")]
    two = other.replace("sources:", question.replace("key: first", "key: second") + "sources:")
    lesson = load(small.write(tmp_path, **{W: two})).lessons[0]
    assert [[option.key for option in one.options] for one in lesson.quiz] == [["same", "2"], ["same", "2"]]


def test_two_lessons_of_one_day_are_named(tmp_path: Path) -> None:
    other = small.LESSON.replace("key: words", "key: more")
    folder = small.write(tmp_path, **{"lessons/01-zmore.yaml": other})
    with pytest.raises(SeminarError) as caught:
        load(folder)
    assert "01-zmore.yaml:2: day 1 has its lesson in 01-words.yaml, choose another day" in str(caught.value)
    assert "01-zmore.yaml:1: the file of this lesson is called 01-zmore.yaml" in str(caught.value)


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    folder = small.write(
        tmp_path,
        **{
            L: small.PROGRAMME.replace("place: hall", "place: moon").replace("09:00", "9:00"),
            W: small.LESSON.replace("right: true", "right: false"),
            P: small.PLACES.replace("latitude: 36.48", "latitude: north"),
        },
    )
    with pytest.raises(SeminarError) as caught:
        load(folder)
    where = [(Path(problem.file).name, problem.line) for problem in caught.value.problems]
    expected = [("01-words.yaml", 16), ("places.yaml", 6), ("programme.yaml", 6), ("programme.yaml", 11)]
    assert where == expected


def test_a_broken_file_causes_no_problems_in_those_that_refer_to_it(tmp_path: Path) -> None:
    folder = small.write(tmp_path, **{P: "places: [", S: "key: ["})
    with pytest.raises(SeminarError) as caught:
        load(folder)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"places.yaml", "seminar.yaml"}


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("[pedagogy/deepning]", "did you mean `pedagogy/deepening`?"),
        ("[a/b]", "`a/b` does not belong in `competencies` of lesson `words`, use one of: policy/acquisition, policy/"),
        ("[policy/creation, policy/creation]", "`policy/creation` stands twice in `competencies` of lesson `words`"),
        ("policy/creation", "`competencies` of lesson `words` is not a list"),
        ("[]", "`competencies` of lesson `words` has 0 entries, write 1 to 3 of them"),
    ],
)
def test_what_a_lesson_teaches_is_one_of_the_framework(tmp_path: Path, written: str, complaint: str) -> None:
    lesson = small.LESSON.replace("sources:\n", f"competencies: {written}\nsources:\n")
    with pytest.raises(SeminarError, match=f"01-words.yaml:22: .*{re.escape(complaint)}"):
        load(small.write(tmp_path, **{W: lesson}))
    lesson = small.LESSON.replace("sources:\n", "competencies: [policy/creation, pedagogy/deepening]\nsources:\n")
    read = load(small.write(tmp_path, **{W: lesson})).lessons[0].competencies
    assert read == ((Aspect.POLICY, Level.CREATION), (Aspect.PEDAGOGY, Level.DEEPENING))
