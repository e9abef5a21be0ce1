"""LibreOffice opens the file, and what it saves is read as what it was."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents.files import STAMP, edited, refusal, seminar, table, taken, template
from tests.kit.workbooks import put

OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice (soffice), which is not installed")


def saved_by_office(data: bytes, folder: Path, ending: str = "xlsx") -> bytes:
    """The file after LibreOffice opened it and saved it."""
    (folder / "sent.xlsx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [str(OFFICE), home, "--headless", "--convert-to", ending, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "sent.xlsx")], check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"sent.{ending}").read_bytes()


async def test_what_libreoffice_saves_says_the_same(tmp_path: Path) -> None:
    saved = saved_by_office(await template("ru"), tmp_path)
    read = await taken(saved)
    assert read.problems == ()
    assert read.seminar == seminar()
    assert (await table(saved)).stamp == STAMP


async def test_a_formula_that_libreoffice_calculated_counts_by_its_value(tmp_path: Path) -> None:
    read = await taken(saved_by_office(await edited(put("opening", "start", "=C4-TIME(1,30,0)")), tmp_path))
    assert read.problems == ()
    session = read.seminar.session("opening")
    assert session is not None
    assert f"{session.start:%H:%M}" == "09:45"


@pytest.mark.parametrize(("ending", "why"), [("ods", "other_format"), ("xls", "old_excel"), ("pdf", "other_format")])
async def test_its_other_formats_are_refused_by_what_they_are(ending: str, why: str, tmp_path: Path) -> None:
    found = await refusal(saved_by_office(await template(), tmp_path, ending), "programme.xlsx")
    assert found is not None
    assert found.value == why
