"""How competencies are written: the words of UNESCO's framework, in Russian those of its own translation, but shorter.

Source: UNESCO ICT Competency Framework for Teachers, version 3 (2018; in Russian 2019, ISBN 978-5-9500869-3-9).
"""

from bot.i18n import Locale
from bot.programme.competency import Aspect, Competency, Level


def aspects(_: Locale) -> dict[Aspect, str]:
    """Each aspect in words, as plain text, in the framework's order."""
    return {
        Aspect.POLICY: _.plain("ICT in education policy"),
        Aspect.CURRICULUM: _.plain("Curriculum and assessment"),
        Aspect.PEDAGOGY: _.plain("Pedagogy"),
        Aspect.DIGITAL_SKILLS: _.plain("Digital skills"),
        Aspect.ORGANIZATION: _.plain("Organization and administration"),
        Aspect.PROFESSIONAL_LEARNING: _.plain("Professional learning"),
    }


def levels(_: Locale) -> dict[Level, str]:
    """Each level in words, as plain text, from the first on."""
    return {
        Level.ACQUISITION: _.plain("knowledge acquisition"),
        Level.DEEPENING: _.plain("knowledge deepening"),
        Level.CREATION: _.plain("knowledge creation"),
    }


def steps(_: Locale) -> tuple[str, ...]:
    """The five steps in which people rate themselves, as plain text, from the first on."""
    return (
        _.plain("Not yet"),
        _.plain("With help"),
        _.plain("By myself"),
        _.plain("With confidence"),
        _.plain("I can teach others"),
    )


def competency(_: Locale, one: Competency) -> str:
    """An aspect with its level, as plain text."""
    return f"{aspects(_)[one.aspect]} ({levels(_)[one.level]})"
