"""A picture of a card is one that Telegram takes; what is wrong with it is said in the line that names it."""

from pathlib import Path

import pytest

from bot.programme import SeminarError, load
from tests.programme import pictures, small

W = "lessons/01-words.yaml"


def with_picture(folder: Path, data: bytes, name: str = "one.jpg") -> Path:
    text = small.LESSON.replace("    ko: 이름\nquiz", f"    ko: 이름\n    photo: {name}\nquiz")
    small.write(folder, **{W: text})
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "one.jpg is empty, copy the picture again"),
        (b"jpg", "one.jpg is not a picture, whatever it is called, save it as .jpg, .png or .webp"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "one.jpg is a HEIC picture, as iPhones make them, whatever it is"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "one.jpg is a video"),
        (b"GIF89a" + bytes(40), "one.jpg is a GIF"),
        (b"BM" + bytes(40), "one.jpg is a BMP picture"),
        (b"%PDF-1.7\n", "one.jpg is a PDF"),
        (b"\n <html><body>Not found", "one.jpg is a web page or an SVG drawing"),
        (b"PK\x03\x04" + bytes(40), "one.jpg is a ZIP or an Office document"),
        (pictures.jpeg(640, 480)[:-2], "one.jpg is cut off in the middle, copy the picture again"),
        (pictures.jpeg(640, 480)[:9], "one.jpg is cut off in the middle"),
        (b"\xff\xd8\xff\xe0\x00\x00" + bytes(90), "one.jpg is cut off in the middle"),
        (pictures.png(640, 480)[:-8], "one.jpg is cut off in the middle"),
        (pictures.webp(640, 480)[:-4], "one.jpg is cut off in the middle"),
        (pictures.png(0, 480), "one.jpg is cut off in the middle"),
        (pictures.jpeg(6_000, 4_001), "one.jpg is 6000 × 4001 pixels, make it smaller: width and height are at most"),
        (pictures.webp(6_000, 4_001), "one.jpg is 6000 × 4001 pixels"),
        (pictures.png(2_001, 100), "one.jpg is 2001 × 100 pixels, cut it: one side is at most 20 times the other"),
        (pictures.png(1, 1) + bytes(5_000_001), "one.jpg is larger than 5 MB, make it smaller; data is expensive"),
    ],
)  # fmt: skip
def test_what_telegram_would_not_take_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    folder = with_picture(tmp_path, data)
    with pytest.raises(SeminarError) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{folder / W}:13: {said}")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pictures.jpeg(6_000, 4_000), "one.jpg"),
        (pictures.jpeg(640, 480), "one.jpeg"),
        (pictures.png(2_000, 100), "one.png"),
        (pictures.png(640, 480) + b"\n", "one.png"),
        (pictures.webp(640, 480), "one.webp"),
        (pictures.png(640, 480), "one.jpg"),  # Telegram goes by what is in it, not by its name
    ],
)
def test_what_telegram_takes_is_let_through(tmp_path: Path, data: bytes, name: str) -> None:
    lesson = load(with_picture(tmp_path, data, name)).lesson("words")
    assert lesson is not None
    assert lesson.cards[1].photo == tmp_path / name


def test_a_picture_with_capital_letters_is_to_be_renamed(tmp_path: Path) -> None:
    folder = with_picture(tmp_path, pictures.jpeg(640, 480))
    (folder / "one.jpg").rename(folder / "One.JPG")
    with pytest.raises(
        SeminarError, match=r"01-words\.yaml:13: there is no picture one\.jpg, rename One\.JPG to one\.jpg"
    ):
        load(folder)
