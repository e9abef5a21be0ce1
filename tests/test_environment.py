"""What people write into `.env`, and what they read when it is wrong."""

from pathlib import Path

import pytest

from bot.environment import SettingsError, read
from bot.settings import PREFIX, Settings

TOKEN = "123456789:AAsecretSECRETsecretSECRETsecret-_0"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


def problems(folder: Path, content: str | bytes) -> list[str]:
    """The sentences about a `.env` with this content, each without the file's folder."""
    path = folder / ".env"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert caught.value.__context__ is None, "it holds the values"
    return [one.replace(f"{folder}/", "") for one in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("# Токен\nHAMROH_RATE=5\n".encode("cp1251"), ".env:1: this is not UTF-8"),
        ("HAMROH_RATE=5\n# Токен\n".encode("cp1251"), ".env:2: this is not UTF-8"),
        ("HAMROH_RATE=5\n".encode("utf-16"), ".env is UTF-16"),
        ("HAMROH_RATE=5\n".encode("utf-16-le"), ".env is UTF-16"),
        ("HAMROH_RATE=5\n".encode("utf-16-be"), ".env is UTF-16"),
    ],
)
def test_another_encoding_is_named(tmp_path: Path, content: bytes, where: str) -> None:
    [said] = problems(tmp_path, content)
    assert said.startswith(where)
    assert said.endswith("save the file again with the encoding UTF-8")


@pytest.mark.parametrize(
    ("leads_to", "why"),
    [("nowhere", "it is a link to a file that is not there"), (".env", "its links lead in a circle")],
)
def test_a_link_that_leads_to_no_file_is_named(tmp_path: Path, leads_to: str, why: str) -> None:
    (tmp_path / ".env").symlink_to(leads_to)
    with pytest.raises(SettingsError, match=why):
        read(tmp_path / ".env")


def test_a_file_that_a_link_leads_to_is_read(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("HAMROH_RATE=5\n")
    (tmp_path / ".env").symlink_to("settings")
    assert read(tmp_path / ".env").rate == 5


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_text("HAMROH_DATABASE=~/hamroh.db\nHAMROH_SEMINAR='~/yours'\n")
    monkeypatch.setenv("HOME", "/home/minji")
    assert (read(path).database, read(path).seminar) == (Path("/home/minji/hamroh.db"), Path("/home/minji/yours"))
    [said] = problems(tmp_path, "HAMROH_DATABASE=~nobody-of-this-name/hamroh.db\n")
    assert said.startswith(
        "HAMROH_DATABASE: nobody's home folder is known by the name at its beginning; write the path"
    )


def test_a_mark_at_the_beginning_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("HAMROH_RATE=5\n", "utf-8-sig")
    assert read(path).rate == 5


@pytest.mark.parametrize("there", [False, True], ids=["nothing", "folder"])
def test_no_file_is_no_mistake(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / ".env").mkdir()
    assert read(tmp_path / ".env").rate == 28


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_says_what_belongs_there_with_an_example_that_is_right(tmp_path: Path, name: str) -> None:
    variable = f"{PREFIX}{name.upper()}"
    [said] = problems(tmp_path, f'{variable}="\\tnot\\tthis"\n')
    field = Settings.model_fields[name]
    assert field.description
    [example] = field.examples or [field.default]  # a default that can be written shows it
    assert said.startswith(f"{variable}: ")
    assert f"write {field.description}, like {variable}={example}" in said
    for jargon in ("nput should", "alid", "pars", "pattern", "datetime", "integer"):
        assert jargon not in said
    if name != "token":
        (tmp_path / ".env").write_text(f"{variable}={example}\n")
        assert read(tmp_path / ".env")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("STARTS_ON=86400", "this is no day that a seminar can start on"),
        ("STARTS_ON=20260202", "this is no day that a seminar can start on"),
        ("STARTS_ON=9999-12-31", "this is no day that a seminar can start on"),
        ("STARTS_ON=0001-01-01", "this is no day that a seminar can start on"),
        ("STARTS_ON=2026-02-02T00:00", "this is no day that a seminar can start on"),
        ("OWNERS=@sitora", "people are known by their numbers"),
        ("OWNERS=-100123", "something in it that is no Telegram id"),
        ("OWNERS=1_000", "something in it that is no Telegram id"),
        ("DATABASE=", "it is empty; write the path of a file, like HAMROH_DATABASE=data/hamroh.db"),
        ("SEMINAR=", "it is empty"),
        ("RATE=", "it is empty"),
        ("RATE=nan", "(it says 'nan')"),
        ("RATE=inf", "(it says 'inf')"),
        ("DATABASE=a\0b.db", "a sign in it that no path has"),
        ("TOKEN=abc", "this is no token"),
        ("TOKEN=bot5:secret", "this is no token"),
        ("TOKEN=5:secret?a=b", "there is `?` in it, which no token has"),
        ("TOKEN='5: secret'", "there is a blank in it"),
        ("TOKEN=5:se\u200bcret", "there is U+200B (ZERO WIDTH SPACE) in it"),
        ("TOKEN=5:secrеt", "there is U+0435 (CYRILLIC SMALL LETTER IE) in it"),
    ],
)
def test_a_mistake_is_told_in_plain_words(tmp_path: Path, line: str, what: str) -> None:
    [said] = problems(tmp_path, f"HAMROH_{line}\n")
    assert said.startswith(f"HAMROH_{line.split('=', maxsplit=1)[0]}: ")
    assert what in said
    assert "secr" not in said


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - {"token"}))
@pytest.mark.parametrize("pasted", [TOKEN, f"bot{TOKEN}", f"https://api.telegram.org/bot{TOKEN}", TOKEN.split(":")[1]])
def test_a_token_in_the_line_of_another_setting_is_not_repeated(tmp_path: Path, name: str, pasted: str) -> None:
    [said] = problems(tmp_path, f"{PREFIX}{name.upper()}={pasted}\n")
    assert "belongs after HAMROH_TOKEN= alone" in said
    assert "secret" not in said


@pytest.mark.parametrize("value", [f'"{TOKEN}"', f"'{TOKEN}'", f"  {TOKEN}\t", f"{TOKEN}\n", f"\u00a0{TOKEN}"])
def test_blanks_and_quotes_around_a_token_are_not_meant(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HAMROH_TOKEN", value)
    assert read(Path("nowhere")).token.get_secret_value() == TOKEN


def test_a_slip_in_a_name_is_noticed(tmp_path: Path) -> None:
    said = problems(tmp_path, "HAMROH_OWNER=5\nhamroh_rate=5\nHAMROH_SOMETHING_NEW=5\nexport HAMROH_SEMINER=x\n")
    assert said == [
        ".env:1: there is no setting HAMROH_OWNER; did you mean HAMROH_OWNERS?",
        ".env:4: there is no setting HAMROH_SEMINER; did you mean HAMROH_SEMINAR?",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://api.telegram.org",
        "http://8.8.8.8:8081",
        "http://2130706433",
        "http://0x8080808",
        "http://0.0.0.0:80",
        "http://bot.example.uz",
        "http://[2001:4860:4860::8888]",
        "http://localhost.example.uz",
    ],
)
def test_a_token_does_not_travel_the_internet_in_clear(tmp_path: Path, address: str) -> None:
    [said] = problems(tmp_path, f"HAMROH_API_URL={address}\n")
    assert "would send the token through the internet for everybody to read" in said
    assert "https://" in said


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("api.telegram.org", "does not begin with https:// or http://"),
        ("ftp://api.telegram.org", "does not begin with https:// or http://"),
        ("https://", "names no server"),
        ("https://user:word@api.telegram.org", "more than a server, a port and a path"),
        ("https://api.telegram.org?x", "more than a server, a port and a path"),
        ("https://api.telegram.org/bot/", "the /bot at its end is added by Hamroh itself"),
        ("https://api.telegram.org:99999", "it is no address"),
        ("https://апи.telegram.org", "a sign or a blank in it that no address has"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(tmp_path: Path, address: str, what: str) -> None:
    [said] = problems(tmp_path, f"HAMROH_API_URL={address}\n")
    assert what in said
