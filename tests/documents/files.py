"""Programme files of the sample seminar, as people and programs make them, and what the bot reads in them."""

import io
import zipfile
from collections.abc import Callable, Iterable
from functools import cache

from bot.documents import judging, programme_file, worker
from bot.documents.process import DocumentProcess
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.programme import document as documents
from bot.programme import load
from bot.programme.model import Seminar
from bot.programme.table import FileBase, Stamp, Table, columns
from bot.programme.table_reading import ReadTable, read
from tests.kit import SEMINAR
from tests.kit.workbooks import Change, changed

SHEET = "xl/worksheets/sheet1.xml"
STAMP = Stamp("sejong-2025", 1, "0123abcd")
_TEMPLATES: dict[str, bytes] = {}


class SameProcess(DocumentProcess):
    """The work of the process, in this one: what it does, without its start."""

    async def run(self, task: str, data: bytes) -> bytes:
        return worker.perform(task, data)


@cache
def seminar() -> Seminar:
    return load(SEMINAR)


def based(seminar: Seminar) -> FileBase:
    return FileBase(STAMP, seminar, documents.write(seminar.days))


def base() -> FileBase:
    return based(seminar())


async def template(language: str = "en") -> bytes:
    """The file as the bot sends it."""
    if language not in _TEMPLATES:
        labels = {one.name: (one.name, "") for one in columns(seminar(), language)}
        _TEMPLATES[language] = await programme_file.workbook(SameProcess(), base(), language, labels)
    return _TEMPLATES[language]


async def edited(*changes: Change) -> bytes:
    """The template after somebody changed its sheet."""

    def change(sheet: object) -> None:
        for one in changes:
            one(sheet)

    return changed(await template(), change)


async def table(data: bytes, name: str = "programme.xlsx") -> Table:
    return judging.table_of(data, name.rpartition(".")[2], seminar(), "en")


async def taken(data: bytes, name: str = "programme.xlsx") -> ReadTable:
    """What the file makes of the sample."""
    return read(seminar(), await table(data, name), "en")


async def problems(data: bytes, name: str = "programme.xlsx") -> list[tuple[str, str, str, str]]:
    """Everything that is wrong with the file."""
    return [(one.where, one.error.value, one.shown, one.instead) for one in (await taken(data, name)).problems]


async def refusal(data: bytes, name: str = "programme.xlsx") -> FileRefusal | None:
    """Why the file as a whole is not read; None for one that is."""
    try:
        await programme_file.read(SameProcess(), name, data, base(), "en")
    except FileRefusedError as error:
        return error.refusal
    return None


def repacked(
    data: bytes,
    change: Callable[[str, bytes], bytes],
    more: Iterable[tuple[str, bytes]] = (),
    named: Callable[[str], str] = str,
) -> bytes:
    """The package with its parts changed, and with more of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(named(name), change(name, old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return made.getvalue()


def same(_name: str, content: bytes) -> bytes:
    return content


def with_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package with another XML of its first sheet."""
    return repacked(data, lambda name, content: change(content) if name == SHEET else content)
