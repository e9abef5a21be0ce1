"""Signs that look right and are not are named, since nobody finds them by looking."""

from pathlib import Path

import pytest

from bot.programme import SeminarError, load
from tests.programme import small

S, L = "seminar.yaml", "programme.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (S, "days: 3", "days\uff1a 3", "8: the colon in this line is another sign, write `:` and a space"),
        (S, "days: 3", "days:3", "8: there is no space after the colon, write one"),
        (S, "days: 3", "days:\u00a03", "8: the space after the colon is of another kind, delete it and type it again"),
        (
            L,
            " " * 8 + "kind: lecture",
            "\u00a0" * 8 + "kind: lecture",
            "8: the line is indented with spaces of another",
        ),
        (
            S,
            "zone: Asia/Seoul",
            "z\u043ene: Asia/Seoul",
            "5: the seminar `small` has no `z\u043ene`, type `zone` again",
        ),
        (S, "en: Small", "\u0435n: Small", "has no `\u0435n`, type `en` again, a letter of it is of another alphabet"),
        (L, "place: hall", "place: h\u0430ll", "11: there is no place `h\u0430ll`, type `hall` again, a letter"),
        (L, "key: talk", "key: t\u0430lk", "19: `t\u0430lk` is not a key, type `talk` again, a letter of it"),
    ],
)
def test_it_is_named_with_its_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    assert old in small.FILES[file], "the test itself is out of date"
    folder = small.write(tmp_path, **{file: small.FILES[file].replace(old, new, 1)})
    with pytest.raises(SeminarError) as caught:
        load(folder)
    assert said in str(caught.value).replace(f"{folder / file}:", "")


def test_what_a_text_may_hold_is_no_mistake(tmp_path: Path) -> None:
    load(small.write(tmp_path, **{"info.yaml": small.INFO.replace("won", "\u3000won \u00a0 원\uff1a", 1)}))
