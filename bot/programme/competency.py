"""What a lesson teaches, in the terms of UNESCO's framework of what teachers need to be able to do with ICT.

Source: UNESCO ICT Competency Framework for Teachers, version 3 (2018): six aspects of a teacher's work, each on three
levels, which makes 18 competencies. In a lesson's file one is written `aspect/level`, like `pedagogy/acquisition`.
"""

from enum import StrEnum
from typing import NamedTuple, Self


class Aspect(StrEnum):
    """An aspect of a teacher's work, in the framework's order."""

    POLICY = "policy"
    CURRICULUM = "curriculum"
    PEDAGOGY = "pedagogy"
    DIGITAL_SKILLS = "digital-skills"
    ORGANIZATION = "organization"
    PROFESSIONAL_LEARNING = "professional-learning"


class Level(StrEnum):
    """How far a competency goes, from the first level on."""

    ACQUISITION = "acquisition"
    DEEPENING = "deepening"
    CREATION = "creation"


class Competency(NamedTuple):
    """One of the 18 competencies."""

    aspect: Aspect
    level: Level

    @classmethod
    def of(cls, text: str) -> Self | None:
        """The competency that is written `aspect/level`, or None."""
        return cls(*_BY_TEXT[text]) if text in _BY_TEXT else None

    def __str__(self) -> str:
        return f"{self.aspect}/{self.level}"


COMPETENCIES = tuple(Competency(aspect, level) for aspect in Aspect for level in Level)
_BY_TEXT = {str(one): one for one in COMPETENCIES}
