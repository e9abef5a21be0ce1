from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings


def from_file(folder: Path, text: str) -> Settings:
    path = folder / ".env"
    path.write_text(text, "utf-8")
    return Settings(_env_file=path)


def test_owners_are_numbers_between_commas(tmp_path: Path) -> None:
    assert from_file(tmp_path, "HAMROH_OWNERS=12, 34;56,").owners == {12, 34, 56}


def test_empty_values_are_as_if_unset(tmp_path: Path) -> None:
    read = from_file(tmp_path, "HAMROH_OWNERS=\nHAMROH_STARTS_ON=\nHAMROH_TOKEN=\n")
    assert (read.owners, read.starts_on, read.token.get_secret_value()) == (frozenset(), None, "")


def test_a_first_day_is_read_as_a_day(tmp_path: Path) -> None:
    assert from_file(tmp_path, "HAMROH_STARTS_ON=2026-02-02").starts_on == date(2026, 2, 2)


def test_the_server_loses_its_last_slash(tmp_path: Path) -> None:
    assert from_file(tmp_path, "HAMROH_API_URL=http://127.0.0.1:8081/").api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    "line",
    ["HAMROH_OWNERS=@sitora", "HAMROH_STARTS_ON=4.8.2025", "HAMROH_API_URL=api.telegram.org", "HAMROH_RATE=0"],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValidationError):
        from_file(tmp_path, line)


def test_the_token_does_not_show_itself(tmp_path: Path) -> None:
    read = from_file(tmp_path, "HAMROH_TOKEN=123:secret")
    assert "secret" not in repr(read)
    assert "secret" not in str(read.model_dump())
