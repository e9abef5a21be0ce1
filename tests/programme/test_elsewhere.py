"""A seminar of any country: in fewer languages, on one clock, without groups, with its own drivers' words."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.languages import DEFAULT_LANGUAGES, Language
from bot.programme import Seminar, SeminarError, load, summary
from tests.programme import small
from tests.programme.test_calendar import events_of

S, P, L, N, W = "seminar.yaml", "places.yaml", "programme.yaml", "info.yaml", "lessons/01-words.yaml"
DRIVER = 'driver: {language: ko, please_take_me: "여기로 가 주세요:"}\n'


def problems(folder: Path, **files: str) -> list[str]:
    """What is said of the small seminar with other files, from the file's name on."""
    small.write(folder, **files)
    with pytest.raises(SeminarError) as caught:
        load(folder)
    return [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]


def test_a_folder_that_names_no_languages_is_in_all_of_them_and_falls_back_to_english(tmp_path: Path) -> None:
    seminar = load(small.write(tmp_path))
    assert seminar.languages == DEFAULT_LANGUAGES
    assert seminar.title.get("de") == "Small seminar"


@pytest.mark.parametrize(("languages", "fallback"), [(("en", "ru"), "Small seminar"), (("ru", "en"), "Имя")])
def test_the_first_language_is_for_everybody_whose_own_is_not_there(
    tmp_path: Path, languages: tuple[str, ...], fallback: str
) -> None:
    seminar = load(small.write(tmp_path, **small.written_in(*languages)))
    assert seminar.languages == languages
    assert [seminar.title.get(one) for one in ("en", "ru", "tg", "ko")] == ["Small seminar", "Имя", fallback, fallback]


def test_all_that_a_seminar_need_not_have(tmp_path: Path) -> None:
    seminar = load(small.write(tmp_path, **small.bare("en")))
    assert (seminar.languages, seminar.home_zone, seminar.driver) == ((Language.ENGLISH,), None, None)
    assert (seminar.groups, seminar.has_groups, seminar.group("red")) == ((), False, None)
    assert [(one.phone, one.telegram) for one in seminar.contacts] == [("", None)]
    assert seminar.places["hall"].local_address is None
    said = summary(seminar)
    assert "languages: English\nclock: Asia/Seoul\n" in said
    assert "groups: none, everybody is together\n" in said
    assert "drivers" not in said
    assert "  11:00-12:00  school_visit Visit\n" in said
    assert events_of(seminar, language="tg")[0]["DESCRIPTION"] == "A teacher\nBring a pen"


def test_one_group_is_everybody(tmp_path: Path) -> None:
    files = small.bare("en")
    files[S] += "groups:\n  - key: all\n    title: {en: All of us}\n"
    files[L] = files[L].replace("kind: workshop", "kind: workshop\n        groups: [all]")
    seminar = load(small.write(tmp_path, **files))
    assert not seminar.has_groups
    assert seminar.group("all") is None
    first = seminar.day(1)
    assert first is not None
    assert [one.key for one in first.sessions_for(None)] == ["opening", "visit", "talk"]
    assert "groups: none, everybody is together" in summary(seminar)


def test_the_summary_names_languages_and_the_words_for_drivers(tmp_path: Path) -> None:
    said = summary(load(small.write(tmp_path)), "ko")
    assert "languages: English, Tajik, Russian, Korean\nclocks: Asia/Seoul, at home Asia/Dushanbe\n" in said
    assert "drivers read: 여기로 가 주세요: (ko)\n" in said


def test_a_folder_that_does_not_say_which_languages_it_is_in_is_told_in_one_line(tmp_path: Path) -> None:
    files = small.written_in("ru", "en")
    files[S] = files[S].replace("languages: [ru, en]\n", "")
    assert problems(tmp_path, **files) == [
        (
            "seminar.yaml:1: no text of this folder is in Tajik or Korean, name the languages that it is in with a "
            "line `languages: [en, ru]`"
        )
    ]


def test_a_language_that_some_texts_have_is_missed_in_each_of_the_others(tmp_path: Path) -> None:
    files = {**small.written_in("en"), S: small.SEMINAR}
    said = problems(tmp_path, **files)
    assert said[0] == "info.yaml:3: `title` of page `money` has no Korean text, add a line `ko: ...`"
    assert len(said) == 3 * 18


def test_a_text_that_a_named_language_lacks_is_one_to_write(tmp_path: Path) -> None:
    files = small.written_in("en", "ru")
    files[N] = files[N].replace("en: Money, ru: Имя", "en: Money")
    assert problems(tmp_path, **files) == [
        "info.yaml:3: `title` of page `money` has no Russian text, add a line `ru: ...`"
    ]
    nowhere = small.written_in("en")
    nowhere[S] = nowhere[S].replace("languages: [en]", "languages: [en, tg]")
    assert "seminar.yaml:2: `title` of the seminar `small` has no Tajik text, add a line `tg: ...`" in problems(
        tmp_path, **nowhere
    )


def test_texts_in_one_language_more_are_refused_once_a_file_with_the_way_out(tmp_path: Path) -> None:
    files = small.written_in("en", "ru")
    files[W] = files[W].replace("{en: Words, ru: Имя}", "\n  en: Words\n  ru: Имя\n  ko: 이름")
    files[L] = files[L].replace("ru: Имя}", "ru: Имя, tg: Ном}")
    assert problems(tmp_path, **files) == [
        (
            "lessons/01-words.yaml:7: `title` of lesson `words` is written in Korean, but `languages` in "
            "seminar.yaml are en, ru, remove each text that begins with `ko:`, or add ko to `languages`"
        ),
        (
            "programme.yaml:3: `theme` of day 1 is written in Tajik, as 5 more texts of this file, but `languages` in "
            "seminar.yaml are en, ru, remove each text that begins with `tg:`, or add tg to `languages`"
        ),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("languages: [en, ka]", "28: there is no language `ka`, use one of: tg, ru, en, ko"),
        ("languages: en", "28: `languages` of the seminar is not a list, begin each entry below it with a hyphen"),
        ("languages: []", "28: `languages` of the seminar has 0 entries, write 1 to"),
    ],
)
def test_languages_that_cannot_be_read_cause_no_problem_elsewhere(tmp_path: Path, line: str, said: str) -> None:
    [only] = problems(tmp_path, **{**small.written_in("en"), S: f"{small.SEMINAR}{line}\n"})
    assert only.startswith(f"seminar.yaml:{said}")


def test_the_old_name_of_a_local_address_is_refused_with_all_there_is_to_change(tmp_path: Path) -> None:
    old = small.PLACES.replace("local_address", "korean_address")
    two = old + old.removeprefix("places:\n").replace("key: hall", "key: room")
    assert problems(tmp_path, **{S: small.SEMINAR.replace(DRIVER, ""), P: two}) == [
        (
            "places.yaml:5: korean_address is now called local_address: rename the key in this line and leave "
            "its value, `local_address: ...`, and add to seminar.yaml a line `driver:` and below it, "
            'indented, `language: ko` and `please_take_me: "기사님, 이곳으로 가 주세요:"`'
        ),
        (
            "places.yaml:11: korean_address is now called local_address: rename the key in this line and leave "
            "its value, `local_address: ...`"
        ),
    ]


def test_what_the_refusal_of_an_old_folder_says_mends_it(tmp_path: Path) -> None:
    old = small.PLACES.replace("local_address", "korean_address")
    [only] = problems(tmp_path, **{P: old})
    assert only.endswith("`local_address: ...`")
    assert load(small.write(tmp_path, **{P: old.replace("korean_address", "local_address")})).driver is not None


def test_a_local_address_needs_words_for_its_driver_which_is_said_once(tmp_path: Path) -> None:
    two = small.PLACES + small.PLACES.removeprefix("places:\n").replace("key: hall", "key: room")
    assert problems(tmp_path, **{S: small.SEMINAR.replace(DRIVER, ""), P: two}) == [
        (
            "places.yaml:5: place `hall` has a `local_address`, but seminar.yaml has no words for its "
            "driver, add there a line `driver:` and below it, indented, `language: ka` and "
            '`please_take_me: "..."`; ka is an example'
        )
    ]


@pytest.mark.parametrize(
    ("driver", "said"),
    [
        ("{language: ge, please_take_me: Here}", "there is no language `ge`, write its ISO 639 code, like ka for"),
        ("{language: georgian, please_take_me: Here}", "there is no language `georgian`"),
        ("{language: KA, please_take_me: Here}", "there is no language `KA`"),
        ("{language: ka}", "`driver` has no `please_take_me`, add a line"),
        ("ka", "`driver` is not a group of `key: value` lines"),
        ("{language: ka, please_take_me: Here, speed: 9}", "`driver` has no `speed`"),
    ],
)
def test_words_for_drivers_that_cannot_be_used_are_named(tmp_path: Path, driver: str, said: str) -> None:
    found = problems(tmp_path, **{S: small.SEMINAR.replace(DRIVER, f"driver: {driver}\n")})
    assert any(line.startswith(f"seminar.yaml:27: {said}") for line in found), found


@pytest.mark.parametrize("code", ["ka", "ko", "ab", "rom"])
def test_every_language_of_iso_639_may_be_a_drivers(tmp_path: Path, code: str) -> None:
    driver = f"driver: {{language: {code}, please_take_me: Here}}\n"
    found = load(small.write(tmp_path, **{S: small.SEMINAR.replace(DRIVER, driver)})).driver
    assert found is not None
    assert found.language == code


@pytest.fixture
def georgian(tmp_path: Path) -> Seminar:
    files = small.written_in("en", "ru")
    files[S] = files[S].replace(DRIVER, 'driver: {language: ka, please_take_me: "გთხოვთ, აქ მიმიყვანოთ:"}\n')
    files[S] = files[S].replace("zone: Asia/Seoul\nhome_zone: Asia/Dushanbe\n", "zone: Asia/Tbilisi\n")
    return load(small.write(tmp_path, **files))


def test_drivers_may_read_a_language_that_the_bot_does_not_speak(georgian: Seminar) -> None:
    assert georgian.driver is not None
    assert (georgian.driver.language, georgian.driver.please_take_me) == ("ka", "გთხოვთ, აქ მიმიყვანოთ:")
    assert (georgian.zone, georgian.home_zone) == (ZoneInfo("Asia/Tbilisi"), None)
