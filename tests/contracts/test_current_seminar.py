"""The seminar changes while the bot runs: no object may keep the one that it was made with."""

import ast

from tests.kit.settings import ROOT

HOLDERS = {"bot/programme/current.py"}


def test_no_object_is_made_with_a_seminar() -> None:
    """A class takes a `CurrentSeminar` or a function that gives the seminar. Dataclasses live for one piece of work."""
    kept = [
        f"{path.relative_to(ROOT)}: {of.name}"
        for folder in ("bot", "handlers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in HOLDERS
        for of in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(of, ast.ClassDef) and any(map(_takes_seminar, of.body))
    ]
    assert kept == []


def _takes_seminar(member: ast.stmt) -> bool:
    if not isinstance(member, ast.FunctionDef) or member.name != "__init__":
        return False
    arguments = [*member.args.args, *member.args.kwonlyargs]
    return any(one.annotation is not None and ast.unparse(one.annotation) == "Seminar" for one in arguments)
