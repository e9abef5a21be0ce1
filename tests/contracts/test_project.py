"""What must hold for the project's files, so that it stays easy to read, to install and to trust."""

import itertools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent


def python_files() -> Iterator[Path]:
    for folder in ("bot", "handlers", "rehearsal", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def tracked_text() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        path = ROOT / name
        if path.suffix not in {".png", ".lock"} and path.is_file():
            yield path, path.read_text("utf-8", errors="replace")


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_env_example_names_every_setting_and_no_other() -> None:
    assert set(example()) == {f"HAMROH_{name.upper()}" for name in Settings.model_fields}


def test_env_example_shows_the_defaults(tmp_path: Path) -> None:
    copied = tmp_path / ".env"
    copied.write_text((ROOT / ".env.example").read_text("utf-8"), "utf-8")
    assert Settings(_env_file=copied) == Settings(_env_file=None)


def test_every_setting_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    for before, line in itertools.pairwise(lines):
        assert not line.startswith("HAMROH_") or before.startswith("#"), f"{line} stands without a word"


def test_no_python_file_has_grown_over_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in python_files() if (n := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def pinned(lock: str) -> dict[str, str]:
    """What a lock installs: each package with its version, and whatever else the line and its hashes say."""
    text = re.sub(r"^ +#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    return dict(re.findall(r"^([a-z0-9-]+)(==(?:.*\\\n)+.*)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")
    assert len(pinned(lock)) > 30
    assert all("--hash=sha256:" in one for one in pinned(lock).values())


def test_what_runs_is_locked_without_what_tests_and_to_the_same_versions() -> None:
    runs, tests = pinned("requirements.lock"), pinned("requirements-test.lock")
    assert runs.items() <= tests.items()
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split("[^a-z0-9-]", one.lower().replace(".", "-"))[0] for one in named["project"]["dependencies"]}
    tools = {re.split("[^a-z0-9-]", one.lower())[0] for one in named["dependency-groups"]["dev"]}
    assert wanted <= runs.keys()
    assert not tools & runs.keys()
    assert tools <= tests.keys()


def test_no_lock_that_records_addresses_is_committed() -> None:
    assert not {path.name for path, _ in tracked_text()} & {"uv.lock", "pylock.toml", "package-lock.json"}


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"])
def test_nothing_is_left_for_later_in_the_code(word: str) -> None:
    assert [str(path) for path in python_files() if word in path.read_text("utf-8")] == []


def test_what_the_lock_installs_needs_nothing_beside_it() -> None:
    # It is installed without its dependencies being looked up: a later release of one must not stop somebody new.
    checked = subprocess.run(
        [sys.executable, "-m", "pip", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
