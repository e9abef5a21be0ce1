"""ARCHITECTURE.md describes what stands: its tree names every module, its table has the layers of the contract."""

import re
import tomllib
from pathlib import Path
from typing import Final

from tests.kit import ROOT

PAGE: Final = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
# One module a feature: the tree names the folder, and the feature names the file.
BY_FEATURE: Final = ("handlers", "bot/views", "bot/buttons", "bot/services", "bot/messages", "bot/store")


def modules(*tops: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for top in tops for path in (ROOT / top).rglob("*.py"))


def features() -> set[str]:
    """What a conversation or a view is called, and what must commit together."""
    return {path.stem for folder in ("handlers", "bot/views", "bot/services") for path in (ROOT / folder).glob("*.py")}


def test_every_module_is_in_the_tree_or_is_named_by_its_feature() -> None:
    known, named = features(), set(re.findall(r"\w+\.py\b", PAGE))
    missing = [
        path.as_posix()
        for path in modules("bot", "handlers", "rehearsal")
        if path.name not in named
        and path.stem != "__init__"
        and path.parent.as_posix() != "rehearsal/telegram/methods"
        and not (path.parent.as_posix() in BY_FEATURE and path.stem in known)
    ]
    assert missing == [], "write in the tree what each is for"


def test_every_module_that_is_named_exists() -> None:
    paths = [f"/{path.as_posix()}" for path in modules("bot", "handlers", "rehearsal", "tests")]
    named = sorted(set(re.findall(r"(?<![\w<>*/])[\w/]+\.py\b", PAGE)))
    assert [one for one in named if not any(path.endswith(f"/{one}") for path in paths)] == []


def test_the_table_of_layers_is_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = {name.strip() for row in contracts[0]["layers"] for name in row.split("|")}
    table = PAGE.partition("| layer |")[2].partition("\n\n")[0]
    named = {one.removesuffix(".*") for one in re.findall(r"`((?:bot|handlers|rehearsal)[\w.*]*)`", table)}
    assert named == layers


def test_the_diagram_has_the_states_of_an_outbox_row() -> None:
    migration = (ROOT / "bot" / "store" / "migrations" / "0001_core.sql").read_text("utf-8")
    states = re.search(r"CHECK \(state IN \(('due'[^)]*)\)", migration)
    assert states is not None
    assert set(re.findall(r"--> (\w+):", PAGE)) == set(re.findall(r"'(\w+)'", states.group(1)))
