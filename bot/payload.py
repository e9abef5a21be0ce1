"""What a button carries: typed fields, packed into Telegram's 64 bytes of callback data and back."""

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Self, dataclass_transform

from telegram import InlineKeyboardButton

_LIMIT = 64
_DIGITS = 16


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class Payload:
    """The base of every payload; a subclass names its code and becomes a frozen dataclass.

    Fields are `int`, `date` or `str`; a `str` holds no colon. Raises ValueError where two classes claim one code.
    """

    CODE: ClassVar[str] = ""
    _known: ClassVar[dict[str, type["Payload"]]] = {}

    def __init_subclass__(cls, *, code: str) -> None:
        if code in Payload._known:
            raise ValueError(f"two payloads have the code {code!r}")
        cls.CODE = code
        Payload._known[code] = dataclass(frozen=True)(cls)

    def pack(self) -> str:
        """The callback data. Raises ValueError when it would be longer than Telegram carries."""
        data = ":".join([self.CODE, *(str(value) for value in vars(self).values())])
        if len(data.encode()) > _LIMIT:
            raise ValueError(f"callback data over {_LIMIT} bytes: {data}")
        return data

    def button(self, label: str) -> InlineKeyboardButton:
        """A button with this payload."""
        return InlineKeyboardButton(label, callback_data=self.pack())

    @classmethod
    def of(cls, data: str) -> "Payload | None":
        """The payload in callback data; None for one that no class claims, or whose fields are others."""
        code, *parts = data.split(":")
        kind = cls._known.get(code)
        try:
            return kind._read(parts) if kind else None  # noqa: SLF001 - its own subclass
        except ValueError:
            return None

    @classmethod
    def _read(cls, parts: list[str]) -> Self:
        kinds = [field.type for field in fields(cls)]
        if len(parts) != len(kinds):
            raise ValueError("another number of fields")
        return cls(*(_read_as(kind, part) for part, kind in zip(parts, kinds, strict=True)))


def _read_as(kind: object, part: str) -> int | date | str:
    if kind is int:
        return _number(part)
    return _date(part) if kind is date else part


def _date(text: str) -> date:
    """A date as it is packed. Raises ValueError for any other text, also for what Python would take for one."""
    read = date.fromisoformat(text)
    if read.isoformat() != text:
        raise ValueError("no button of ours carries such a date")
    return read


def _number(text: str) -> int:
    """A number that SQLite can hold. Raises ValueError for any other text."""
    if len(text) > _DIGITS:
        raise ValueError("no button of ours carries such a number")
    return int(text)


def unpack(data: str) -> Payload | None:
    """The payload in callback data; None for one that no class claims (an old or a forged button)."""
    return Payload.of(data)
