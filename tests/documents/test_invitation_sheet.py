"""A sheet of QR codes: the codes are those of the links, and no letter of a name is missing in its fonts."""

import re
import zlib
from contextlib import suppress

import segno

from bot.documents import roster_file
from bot.documents.process import DocumentProcess
from bot.documents.qr_codes import qr_modules, runs
from bot.documents.roster_file import SheetCard, SheetOrder, SheetWords
from tests.documents.files import SameProcess

_LINK = f"https://t.me/{'a' * 32}?start={'x' * 22}"
_NAMES = ("Ғӯзаи Ҷӯраев Қиём Ӣсо Ҳаёт", "ғӣқӯҳҷ ёщўі", "박세종 뷁 똠", "Ann O’Brien-Ñüß")


def _order(*names: str) -> SheetOrder:
    words = SheetWords("Invitations", "Sejong · 4 August", "tg")
    return SheetOrder(words, [SheetCard(name, name, "Мактаби №5", "Помир", _LINK, "Start") for name in names])


def _streams(pdf: bytes) -> list[bytes]:
    """What is packed in a PDF."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return found


def _letters(pdf: bytes) -> set[str]:
    """The letters that the text of a PDF can be copied as, by its fonts' maps."""
    found: set[str] = set()
    for content in _streams(pdf):
        if b"begincmap" in content:
            for code in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", content):
                found |= set(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


async def test_every_letter_of_a_name_is_printed() -> None:
    pdf = await roster_file.sheet(DocumentProcess(), _order(*_NAMES))
    assert pdf.startswith(b"%PDF-")
    assert {letter for name in _NAMES for letter in name} - {" "} <= _letters(pdf)
    assert "漢" not in _letters(await roster_file.sheet(SameProcess(), _order("漢")))  # it would be told
    letters = _letters(await roster_file.sheet(SameProcess(), _order("👩🏫 Ann ☀ №5")))
    assert {"A", "№"} <= letters
    assert not letters & set("👩🏫☀")


def test_a_code_is_drawn_as_it_was_made() -> None:
    modules = qr_modules(_LINK)
    drawn = [[0] * len(modules) for _row in modules]
    for row, first, long in runs(modules):
        drawn[row][first : first + long] = [1] * long
    assert drawn == modules
    assert segno.make(_LINK, error="m", micro=False, boost_error=False, mask=3).matrix == tuple(map(bytearray, drawn))


async def test_a_full_sheet_is_made_within_the_limits_of_the_process() -> None:
    name = "Ҷӯрабековаи Гулҷаҳон Муҳаммадшарифхоҷаевна Ғафурзода " + "Ҷ" * 11
    pdf = await roster_file.sheet(DocumentProcess(), _order(*[name] * roster_file.CARDS))
    assert b"/Count 20" in pdf  # pages of 14 cards: none has run over
