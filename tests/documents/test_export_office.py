"""LibreOffice opens files with data and saves them, and what it saves says the same."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from bot.documents.export_table import text
from tests.documents.exported import ROWS, TEXTS, csv_rows, workbook

_OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(_OFFICE is None, reason="needs LibreOffice (soffice), which is not installed")


# A comma, quotes, UTF-8, from line 1; what looks like a number, a date or a formula becomes one.
_CSV: Final = "CSV:44,34,76,1,,1033,false,true,false,false,false,-1,true"


def saved_by_office(opened: Path, *how: str) -> Path:
    """The workbook after LibreOffice opened the file and saved it."""
    folder = opened.parent / "saved"
    home = f"-env:UserInstallation={(opened.parent / 'home').as_uri()}"
    command = [str(_OFFICE), home, "--headless", *how, "--convert-to", "xlsx", "--outdir", str(folder), str(opened)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{opened.stem}.xlsx"


def test_what_libreoffice_saves_is_what_was_written(tmp_path: Path) -> None:
    made = workbook(tmp_path)
    sheet = openpyxl.load_workbook(made)["Одамон"]

    saved = openpyxl.load_workbook(saved_by_office(made))["Одамон"]

    rows = list(saved.iter_rows(max_row=len(ROWS) + 1))
    assert [row[0].value for row in rows[1 : len(TEXTS) + 1]] == [text(said) for said in TEXTS]
    assert [[cell.value for cell in row[1:]] for row in rows] == [
        [cell.value for cell in row[1:]] for row in sheet.iter_rows()
    ]
    assert saved.auto_filter.ref == sheet.auto_filter.ref
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_libreoffice_takes_no_text_of_a_csv_for_a_number_or_a_formula(tmp_path: Path) -> None:
    data, written = csv_rows(tmp_path)
    (tmp_path / "people.csv").write_bytes(data)

    saved = openpyxl.load_workbook(saved_by_office(tmp_path / "people.csv", f"--infilter={_CSV}")).worksheets[0]

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == written
    found = [cell.value for [cell] in saved.iter_rows(max_col=1, max_row=len(ROWS) + 1)]
    assert [said or "" for said in found] == [row[0] for row in rows]
    [moment] = [cell.value for cell in saved[2] if cell.column == 6]
    assert str(moment) == "2025-08-04 00:30:00"
