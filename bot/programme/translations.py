"""Which texts were translations of each other when somebody last said so, so that an edit of one alone is seen.

`translated.txt` in the seminar's folder has a line for each text: its file, what it is, and a short hash of the words
in each language. It is written by `python -m bot check --translated FOLDER` and kept with the other files.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from shlex import quote
from typing import Final

from bot.languages import Language
from bot.programme import tree
from bot.programme.problems import listed
from bot.programme.source import Entries, Items, Node, Scalar
from bot.programme.spoken import english

FILE: Final = "translated.txt"
_HEAD: Final = """\
# Which texts were translations of each other when somebody last looked them through. Keep this file with the others and
# do not edit it. After looking at what `check` names, write it anew: .venv/bin/python -m bot check --translated FOLDER
"""
_LINE: Final = re.compile(r"(\S+ \S+)((?: [a-z]{2,3}=[0-9a-f]{8})+)")
_CODES: Final = frozenset(language.value for language in Language)

Hashes = Mapping[str, str]  # language -> hash of the words


@dataclass(frozen=True, slots=True)
class _Text:
    """One text in its languages. `name` is its file and what it is in it; `lines` are by language."""

    name: str
    hashes: Hashes
    lines: Mapping[str, int]


def write(folder: Path, trees: Mapping[str, Node]) -> int:
    """Remember all texts as translated, in the folder's `translated.txt`; return how many there are.

    `trees` are by the names of the files in the folder. Writes nothing for a seminar in one language. Raises OSError.
    """
    texts = _translated(trees)
    if texts:
        lines = (
            " ".join([text.name, *(f"{one}={said}" for one, said in sorted(text.hashes.items()))]) for text in texts
        )
        new = folder / f"{FILE}.new"
        try:
            new.write_text(_HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
            new.replace(folder / FILE)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
    return len(texts)


def warnings(folder: Path, trees: Mapping[str, Node]) -> list[str]:
    """One line for each text that was edited in some languages and not in the others since it was last looked through.

    And one for those that nobody has looked through yet. None where the folder has no `translated.txt`.
    """
    path = folder / FILE
    try:
        lines = path.read_text("utf-8-sig", "replace").splitlines()
    except OSError:
        return []
    again = f".venv/bin/python -m bot check --translated {quote(str(folder))}"
    remembered, warned = _read(lines), []
    if remembered is None:
        return [f"{path}:1: warning: this file is not as it was written, look through the texts and run {again}"]
    new = 0
    for text in [text for text in _translated(trees) if not _take(remembered, text)]:
        edited, left = _edited(text, remembered.get(text.name, []))
        if edited and left:
            file, name = text.name.split(" ")
            where = f"{folder / file}:{min(text.lines[one] for one in edited)}"
            what = f"`{name}` was edited in {_named(edited)} and not in {_named(left)}"
            warned.append(f"{where}: warning: {what}, look whether they still say the same, then run {again}")
        new += not left
    if new:
        what = f"{new} text{'s are' if new > 1 else ' is'} new, or edited in every language"
        warned.append(f"{path}:1: warning: {what}, look whether all languages say the same, then run {again}")
    return warned


def _read(lines: list[str]) -> dict[str, list[Hashes]] | None:
    texts: dict[str, list[Hashes]] = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            return None
        texts.setdefault(match[1], []).append(dict(one.split("=") for one in match[2].split()))
    return texts


def _take(remembered: Mapping[str, list[Hashes]], text: _Text) -> bool:
    """Whether the text is remembered as it is; it is then taken out, since a card may stand there twice."""
    places = remembered.get(text.name, [])
    same = next((one for one in places if one == text.hashes), None)
    if same is not None:
        places.remove(same)
    return same is not None


def _edited(text: _Text, remembered: list[Hashes]) -> tuple[list[str], list[str]]:
    """The languages in which a text was edited, and those in which it was not: none where nothing like it is known.

    It is compared with the one of its name that it is most like.
    """
    before = max(remembered, key=lambda one: len(one.items() & text.hashes.items()), default={})
    left = [one for one, said in text.hashes.items() if before.get(one) == said]
    return [one for one in text.hashes if one in before and one not in left], left


def _named(codes: list[str]) -> str:
    return listed(english(Language(one)) for one in codes)


def _translated(trees: Mapping[str, Node]) -> list[_Text]:
    """All texts that are in more than one language."""
    texts = (text for file, tree in trees.items() for text in _below(tree, file, ""))
    return [text for text in texts if len(text.hashes) > 1]


def _below(node: Node, file: str, name: str) -> Iterator[_Text]:
    if isinstance(node, Items):
        for item in node.values:
            yield from _below(item, file, f"{name}[{_called(item)}]")
    elif isinstance(node, Entries):
        said = {key: entry for key, entry in node.values.items() if key in _CODES and isinstance(entry.node, Scalar)}
        if said:
            hashes = {key: _hash(entry.node) for key, entry in said.items()}
            yield _Text(f"{file} {name}", hashes, {key: entry.line for key, entry in said.items()})
        for key, entry in node.values.items():
            if key not in said:
                yield from _below(entry.node, file, f"{name}.{key}" if name else key)


def _called(item: Node) -> str:
    """How an item of a list is told from others: by its key or its day; cards have neither, and may be moved."""
    return "".join((tree.text(item, "key") or tree.text(item, "day")).split())


def _hash(node: Node) -> str:
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
    return blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
