"""What contributors are told: every command, file and commit that is named exists, and is called as it is."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests import quick
from tests.kit import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
PAGES = (
    "CONTRIBUTING.md",
    "SECURITY.md",
    "README.md",
    "ARCHITECTURE.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github").rglob("*.md")),
)


def run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def quoted(page: str) -> Iterator[str]:
    """What stands in `back quotes` or in grey boxes, a line at a time."""
    text = (ROOT / page).read_text("utf-8")
    for box in re.findall(r"^ *```\w*\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        yield from (re.sub(r"\s+# .*", "", line).strip() for line in box.splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL))


def test_every_target_of_the_makefile_is_in_its_help_and_phony() -> None:
    helped = {line.split()[0] for line in run("make", "--no-print-directory", "help").splitlines()}
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert helped == TARGETS == set(phony.group(1).split())


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    named = {found for one in quoted(page) if (found := re.match(r"make ([a-z]+)", one))}
    assert {one.group(1) for one in named} <= TARGETS


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_every_file_that_a_page_names_exists(page: str) -> None:
    files = {one for one in quoted(page) if re.fullmatch(r"[\w./-]+\.(?:py|md|sql|po|lock)", one)}
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text("utf-8"))
    assert sorted(one for one in {*files, *linked} if not (ROOT / one).exists()) == []


def test_the_worked_example_is_in_the_history_and_touched_what_the_recipe_names() -> None:
    recipe = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a feature")[2].partition("\n## ")[0]
    commit, subject = re.findall(r'commit `([0-9a-f]{7,})`,\s+"([^"]+)"', recipe)[0]
    if run("git", "rev-parse", "--is-shallow-repository").strip() == "true":
        pytest.skip("this copy of the repository has no history")
    assert run("git", "show", "--no-patch", "--format=%s", commit).strip() == subject
    touched = set(run("git", "show", "--name-only", "--format=", commit).split())
    for name in (
        "tests/handlers/test_departure.py",
        "bot/store/departure.py",
        "bot/views/departure.py",
        "handlers/me.py",
    ):
        assert f"`{name}`" in recipe
        assert name in touched


def test_hooks_fetch_nothing_and_call_what_make_calls() -> None:
    held: dict[str, Any] = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [one["repo"] for one in held["repos"]] == ["local"]
    hooks = held["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {hook["entry"].split()[1] for hook in hooks if hook["entry"].startswith("make ")} <= TARGETS
    assert all(hook["entry"].startswith("make ") for hook in hooks)


def test_editors_are_told_the_line_length_of_the_checks() -> None:
    everywhere = (ROOT / ".editorconfig").read_text("utf-8").partition("\n\n[*.")[0]
    told = dict(re.findall(r"^(\w+) = (\S+)$", everywhere, re.MULTILINE))
    held = re.search(r"^line-length = (\d+)$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert held is not None
    assert told["max_line_length"] == held.group(1)


def test_a_feature_finds_its_tests_by_their_names_and_by_what_they_import() -> None:
    found = quick.touching("checkin")
    assert {"tests/handlers/test_checkin.py", "tests/handlers/test_checkin_words.py"} <= set(found), "by name"
    assert "tests/views/test_absence.py" in found, "imports bot.store.checkin"
    assert "tests/handlers/test_lesson.py" not in found
    assert set(found) < set(quick.chosen("checkin")), "and what goes through every feature"


@pytest.mark.parametrize("feature", quick.features())
def test_every_feature_has_tests_to_run(feature: str) -> None:
    files = quick.chosen(feature)
    assert files
    assert all((ROOT / one).exists() for one in files)


def test_what_is_run_without_a_feature_exists_and_is_named_once() -> None:
    files = quick.chosen("")
    assert "tests/handlers/test_checkin.py" in files
    assert all((ROOT / one).exists() for one in files)
    assert [one for one in files if any(other in map(str, Path(one).parents) for other in files)] == []


def test_a_slip_in_a_features_name_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert quick.main(["chekin"]) == 2
    assert capsys.readouterr().err == "No feature is called chekin: did you mean checkin?\n"


def test_the_files_of_a_feature_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert quick.main(["--list", "lesson"]) == 0
    assert "tests/handlers/test_lesson.py\n" in capsys.readouterr().out
