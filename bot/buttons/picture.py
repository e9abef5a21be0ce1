"""Payloads of buttons: the pictures of the numbers."""

from enum import StrEnum

from bot.payload import Payload


class PictureKind(StrEnum):
    """What a picture is of."""

    ATTENDANCE = "attendance"
    DAYS = "days"
    LESSONS = "lessons"
    QUIZZES = "quizzes"
    COMPETENCIES = "competencies"
    CHANGE = "change"


class PictureOf(Payload, code="picture1"):
    """Make this picture (a `PictureKind`) of what the figure filter of this number says; 0: of everything."""

    kind: str
    filter_id: int


class PictureLook(Payload, code="picturelook1"):
    """From now on make pictures light, or dark."""

    look: str
