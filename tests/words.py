"""The locale lint, and the one way to bring the catalogues up to date.

`python -m tests.words check` fails on a message that a language lacks, on `{names}` that differ from the source's, on
wrong plurals, on HTML that differs, on messages that the code no longer has, and on words that are not those of
`docs/glossary.md` or are avoided (`tests/glossary.py`).
`python -m tests.words update [LANGUAGE]` writes new messages into the catalogues (empty, to be translated) and drops
old ones.
"""

import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests import glossary

ROOT = Path(__file__).parent.parent
KEYWORDS = {
    "_": None,
    "N_": None,
    "plain": None,
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLURALS = {
    "tg": (2, "(n != 1)"),  # the noun stays as it is after a number; the verb of several people does not
    "ko": (1, "0"),
    "ru": (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
    ),
}
_FOLDERS = ("bot", "handlers", "rehearsal")
_TAG = re.compile(r"</?[a-z-]+[^>]*>")


def source_messages() -> Catalog:
    """Every message in production and in the rehearsal."""
    catalog = Catalog(project="hamroh", charset="utf-8")
    for folder in _FOLDERS:
        for file, line, message, comments, context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(message, None, [(f"{folder}/{file}", line)], auto_comments=comments, context=context)
    return catalog


def unseen(code: str) -> Iterator[tuple[int, str]]:
    """Messages inside of an f-string, with their lines: no extraction finds them, and people read them in English."""
    for formatted in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.JoinedStr)):
        for node in ast.walk(formatted):
            if isinstance(node, ast.Call) and node.args and _called(node.func) in KEYWORDS:
                yield node.lineno, ast.unparse(node.args[0])


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def unseen_everywhere() -> Iterator[str]:
    """Each such message, with its place and what to write instead."""
    for path in sorted(path for folder in _FOLDERS for path in (ROOT / folder).rglob("*.py")):
        for line, message in unseen(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {message} is inside of an f-string; give it a name before it"


def archaic(source: Catalog) -> Iterator[str]:
    """English messages with words that are not used, with what to write instead."""
    for message in source:
        file, line = message.locations[0] if message.locations else ("", 0)
        for what in glossary.avoided("en", _source(message) if message.id else ""):
            yield f"{file}:{line}: {_name(message)!r} {what}"


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "hamroh.po"


def load(language: str) -> Catalog:
    """The catalogue of a language as it is on disk."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def problems(language: str, source: Catalog, catalog: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, each with its place and what to write instead."""
    where = f"locales/{language}/LC_MESSAGES/hamroh.po"
    count = PLURALS[language][0]
    for message in source:
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        place = f"{where}:{found.lineno if found else 1}"
        if found is None:
            how = "run `.venv/bin/python -m tests.words update` and translate it"
            yield f"{place}: {_name(message)!r} is missing; {how}"
            continue
        texts = found.string if isinstance(found.string, tuple | list) else (found.string,)
        if found.fuzzy or not all(texts) or (message.pluralizable and len(texts) != count):
            forms = count if message.pluralizable else 1
            yield f"{place}: {_name(message)!r} is not translated in each of {forms} forms"
            continue
        for text in texts:
            wrong = [*_differences(message, text or ""), *glossary.strayed(language, _source(message), text or "")]
            wrong += glossary.avoided(language, text or "")
            yield from (f"{place}: {_name(message)!r} {what}" for what in wrong)
    known = {(_name(message), message.context) for message in source}
    for message in catalog:
        if message.id and (_name(message), message.context) not in known:
            yield f"{where}:{message.lineno}: {_name(message)!r} is in no code any more; delete it"


def _differences(message: Message, text: str) -> Iterator[str]:
    source = _source(message)
    wanted, got = _fields(source), _fields(text)
    if got - wanted or (wanted - got and not message.pluralizable):
        yield f"has {sorted(got)} where the source has {sorted(wanted)}; write the same names in braces"
    if sorted(_TAG.findall(source)) != sorted(_TAG.findall(text)):
        yield "has other HTML tags than the source; write the same ones"


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _source(message: Message) -> str:
    return str(message.id[-1] if message.pluralizable else message.id)


def _name(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def check(*languages: str) -> int:
    """Print every problem of the catalogues (all, unless some are named); 1 if there is one."""
    source = source_messages()
    found = [*unseen_everywhere(), *archaic(source)]
    found += [problem for language in languages or PLURALS for problem in problems(language, source, load(language))]
    print("\n".join(found) if found else f"words: {len(source)} messages in {len(PLURALS) + 1} languages")  # noqa: T201
    return 1 if found else 0


def update(*languages: str) -> int:
    """Bring catalogues (all, unless some are named) up to the code, keeping what is translated."""
    source = source_messages()
    for language in languages or PLURALS:
        count, rule = PLURALS[language]
        old = load(language) if path_of(language).exists() else Catalog()
        new = Catalog(locale=None, project="hamroh", charset="utf-8", fuzzy=False)
        # Without it two forms of each plural would be written, whatever the language needs.
        new.mime_headers = [("Plural-Forms", f"nplurals={count}; plural={rule};")]
        new.header_comment = f"# Hamroh in {language}."
        for message in source:
            if not message.id:
                continue
            kept = old.get(message.id, message.context)
            text = kept.string if kept else (("",) * count if message.pluralizable else "")
            new.add(message.id, text, message.locations, auto_comments=message.auto_comments, context=message.context)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, new, width=110, include_lineno=False, sort_by_file=True, omit_header=True)
        _put_header(language, count, rule)
    return 0


def _put_header(language: str, count: int, rule: str) -> None:
    header = (
        f'# Hamroh in {language}.\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {language}\\n"\n'
        f'"Plural-Forms: nplurals={count}; plural={rule};\\n"\n\n'
    )
    path = path_of(language)
    path.write_text(header + path.read_text("utf-8").lstrip(), "utf-8")


if __name__ == "__main__":
    sys.exit({"check": check, "update": update}[sys.argv[1]](*sys.argv[2:]))
