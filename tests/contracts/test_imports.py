"""The import rules are not only written down: broken on purpose, they fail."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


FORBIDDEN = (
    ("bot/store/setting.py", "import bot.views.agenda"),
    ("bot/store/setting.py", "import telegram"),
    ("bot/context.py", "import aiosqlite"),
    ("handlers/agenda.py", "import handlers.lesson"),
    ("bot/views/agenda.py", "import bot.views.lesson"),
    ("bot/delivery/attempts.py", "import bot.messages.agenda"),
    ("bot/delivery/rendering.py", "import bot.views.agenda"),
    ("bot/services/__init__.py", "import telegram"),
    ("bot/services/__init__.py", "import bot.views.agenda"),
    ("bot/cli.py", "import rehearsal.clock"),
    ("handlers/agenda.py", "import rehearsal.clock"),
    ("bot/run_command.py", "import aiohttp"),
    ("handlers/agenda.py", "import matplotlib"),
    ("rehearsal/session.py", "import rehearsal.page.feed"),
    ("rehearsal/session.py", "import rehearsal.commands"),
    ("rehearsal/telegram/world.py", "import rehearsal.clock"),
    ("rehearsal/telegram/world.py", "import rehearsal.telegram.methods"),
    ("rehearsal/telegram/world.py", "import rehearsal.telegram.account"),
)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the check says of a copy of the project with every one of these lines in it."""
    copy = tmp_path_factory.mktemp("broken")
    for folder in ("bot", "handlers", "rehearsal"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for file, line in FORBIDDEN:
        with (copy / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    command = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([command, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stdout
    return answer.stdout


@pytest.mark.parametrize(("file", "line"), FORBIDDEN)
def test_a_forbidden_import_is_caught(broken: str, file: str, line: str) -> None:
    importer = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    imported = line.removeprefix("import ")
    assert re.search(rf"^- +{re.escape(importer)} -> {re.escape(imported)} \(l", broken, re.MULTILINE), broken


def test_every_contract_can_be_broken(broken: str) -> None:
    assert "Contracts: 0 kept" in broken


ENGINES_STORES = {
    "claims",
    "database",
    "fanout",
    "forum_topic",  # where in a forum a row goes
    "outbox",
    "pause",
    "private",
    "recovery",
    "side_effects",
    "suspension",
}


def test_the_engine_reads_no_store_of_a_feature() -> None:
    """Its own tables are listed here; whatever a feature keeps, the engine gets through message types."""
    imported = {
        name
        for path in (ROOT / "bot" / "delivery").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.store")
        for name in (
            [node.module.split(".")[2]]
            if node.module != "bot.store" and node.module
            else [one.name for one in node.names]
        )
    }
    assert imported == ENGINES_STORES


SUFFIXES = {"services": "service", "messages": "messages", "views": "view", "store": "store"}


def feature_modules(layer: str) -> set[str]:
    """The modules of a layer; of the store those that share a feature's name with a module above it."""
    modules = {path.stem for path in (ROOT / "bot" / layer).glob("*.py")}
    above = {path.stem for other in ("services", "messages", "views") for path in (ROOT / "bot" / other).glob("*.py")}
    return modules & above if layer == "store" else modules


def imported_modules(tree: ast.Module) -> Iterator[tuple[str, ast.alias]]:
    """The layer and the name, with its alias, of each module that a file imports from a layer."""
    for node in ast.walk(tree):
        package, _, layer = (node.module or "").rpartition(".") if isinstance(node, ast.ImportFrom) else ("", "", "")
        if isinstance(node, ast.ImportFrom) and package == "bot" and layer in SUFFIXES:
            yield from ((layer, one) for one in node.names)


def test_an_importer_says_which_layer_it_means() -> None:
    """`from bot.store import help as help_store`: four modules are called `help`, and one name means one of them."""
    modules = {layer: feature_modules(layer) for layer in SUFFIXES}
    files = [path for top in ("bot", "handlers", "rehearsal", "tests") for path in sorted((ROOT / top).rglob("*.py"))]
    unclear = [
        f"{path.relative_to(ROOT)}: {one.name} of bot.{layer} is imported as {one.asname}"
        for path in files
        for layer, one in imported_modules(ast.parse(path.read_text("utf-8")))
        if one.name in modules[layer] and one.asname != f"{one.name}_{SUFFIXES[layer]}"
    ]
    assert unclear == []
