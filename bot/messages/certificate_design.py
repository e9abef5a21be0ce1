"""What is printed on certificates that are issued now: the words of each language, and the pictures of the folder."""

import asyncio
from pathlib import Path

import orjson

from bot.certificate_file import Design, Designs
from bot.certificate_lines import design
from bot.competency_lines import aspects
from bot.context import Context
from bot.languages import LANGUAGES, Language
from bot.store.certificate import digest_of


async def designs(context: Context) -> Designs:
    """The design in each language that somebody may have. Raises OSError where a picture cannot be read any more."""
    seminar, locales = context.seminar, context.runtime.locales
    rules = seminar.certificate
    assert rules is not None
    signatory = rules.signatory
    paths = [one for one in (seminar.look.logo, signatory.signature, signatory.stamp) if one is not None]
    contents = {path: await asyncio.to_thread(Path.read_bytes, path) for path in paths}
    digests = {path: digest_of(content) for path, content in contents.items()}
    english = locales[Language.ENGLISH]
    made = {}
    for language in LANGUAGES:
        told = design(locales[language], seminar, english, digests)
        document = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
        made[str(language)] = Design(document, tuple(contents.values()), aspects(locales[language]))
    return made
