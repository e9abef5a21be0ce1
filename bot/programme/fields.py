"""Reading the values of one mapping of a file by their types, with every problem noted where it stands.

A value that cannot be used is noted in the log and replaced by a harmless one of the same type, so that the
rest is read too; nothing built this way is used once the log holds a problem.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.clock import read_date
from bot.languages import Localized
from bot.programme.look_alikes import in_latin
from bot.programme.mapping_reader import MappingReader, is_reported
from bot.programme.source import Entries, Scalar
from bot.programme.spoken import english
from bot.programme.texts import checked
from bot.programme.values import KEY_LENGTH, did_you_mean, is_key, read_degrees, read_time, time_hint
from bot.programme.zones import like_zone, read_zone

_SOME_DAY = date(2000, 1, 1)
NO_TEXT = Localized({"": ""})

Choice = TypeVar("Choice", bound=StrEnum)


class Fields(MappingReader):
    """One mapping, whose values are read by their types."""

    def key(self) -> str:
        """The `key` of this thing, by which buttons and the database know it; it joins the name."""
        scalar = self._scalar("key")
        key = "" if scalar is None else scalar.text
        if scalar is not None and is_key(key):
            checked(scalar, f"`key` of {self.name}", KEY_LENGTH, self.log)
        elif key:
            rule = f"at most {KEY_LENGTH} small letters a-z, digits and hyphens, a letter first"
            latin = in_latin(key)
            looks = f"type `{latin}` again, a letter of it is of another alphabet"
            self.wrong("key", f"`{key[:40]}` is not a key", looks if is_key(latin) else f"use {rule}")
        self.name = f"{self.name} `{key}`"
        return key

    def text(self, key: str, limit: int) -> str:
        """A text of at most `limit` UTF-16 units."""
        scalar = self._scalar(key)
        return "" if scalar is None else checked(scalar, f"`{key}` of {self.name}", limit, self.log)

    def optional_text(self, key: str, limit: int) -> str | None:
        """A text, or None where the key is missing."""
        return self.text(key, limit) if self.has(key) else None

    def optional_word(self, key: str) -> str | None:
        """A value as it is written, also a number; None where the key is missing, empty where it cannot be used."""
        if not self.has(key):
            return None
        scalar = self._scalar(key)
        return "" if scalar is None else scalar.text[:40]

    def localized(self, key: str, limit: int, *, markup: bool = False) -> Localized:
        """A text in every language of the seminar, each of at most `limit` UTF-16 units (without tags, if `markup`)."""
        node = self._node(key)
        if node is None:
            return NO_TEXT
        name = f"`{key}` of {self.name}"
        if not isinstance(node, Entries):
            if not is_reported(node):
                self.wrong(key, f"{name} is not a text in each language", self.spoken.each())
            return NO_TEXT
        fields = Fields(node, name, self.log, self.spoken)
        text = fields.languages(limit, markup=markup)
        fields.finish()
        return text

    def optional_localized(self, key: str, limit: int) -> Localized | None:
        """A text in every language, or None where the key is missing."""
        return self.localized(key, limit) if self.has(key) else None

    def languages(self, limit: int, *, markup: bool = False) -> Localized:
        """The texts that stand in this mapping itself, one key a language."""
        texts: dict[str, str] = {}
        for language in self.spoken.understood:
            if self._there(language):
                scalar = self._scalar(language)
                name = f"{english(language)} text of {self.name}"
                self.spoken.add_text(language)
                texts[language] = "" if scalar is None else checked(scalar, name, limit, self.log, markup=markup)
            elif self._values:
                self.spoken.add_missing(language, self.log, self.line, self.name)
        for language in self.spoken.others:
            if language in self._values and self._there(language):
                self.spoken.add_extra(language, self.log, self.line_of(language), self.name)
        return Localized(texts or NO_TEXT.texts)

    def number(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        scalar = self._scalar(key)
        if scalar is None:
            return low
        rule = f"write a whole number from {low} to {high}"
        if not re.fullmatch(r"-?[0-9]{1,9}", scalar.text):
            self.wrong(key, f"`{key}: {scalar.text[:40]}` is not a whole number", rule)
            return low
        number = int(scalar.text)
        if not low <= number <= high:
            self.wrong(key, f"`{key}: {number}` is out of range", rule)
            return low
        return number

    def numbers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from `low` to `high`, in order and once each; empty where this key is missing."""
        if not self.has(key):
            return ()
        rule = f"write whole numbers from {low} to {high}, each once"
        found: set[int] = set()
        for node in self._items(key, 1, high - low + 1):
            text = node.text if isinstance(node, Scalar) else ""
            number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
            if number is None or number in found or not low <= number <= high:
                self.log.add(node.line, f"`{text[:40]}` does not belong in `{key}` of {self.name}", rule)
            else:
                found.add(number)
        return tuple(sorted(found))

    def words(self, key: str, known: list[str], most: int) -> tuple[str, ...]:
        """A list of up to `most` of the known words, once each, as written; empty where this key is missing."""
        if not self.has(key):
            return ()
        found: list[str] = []
        for node in self._items(key, 1, most):
            text = node.text if isinstance(node, Scalar) else ""
            if text in found:
                self.log.add(node.line, f"`{text}` stands twice in `{key}` of {self.name}", "remove one of the two")
            elif text not in known:
                what = f"`{text[:40]}` does not belong in `{key}` of {self.name}"
                self.log.add(node.line, what, did_you_mean(text, known))
            else:
                found.append(text)
        return tuple(found)

    def degrees(self, key: str, limit: float) -> float:
        """A coordinate between -limit and limit."""
        scalar = self._scalar(key)
        if scalar is None:
            return 0.0
        shown = f"`{key}: {scalar.text[:40]}`"
        example = "36.48012" if limit == 90 else "127.28901"
        degrees = read_degrees(scalar.text)
        if degrees is None:
            self.wrong(key, f"{shown} is not a coordinate", f"write degrees with a point, like {example}")
        elif abs(degrees) > limit:
            self.wrong(key, f"{shown} is beyond {limit:g} degrees", "check whether the two are exchanged")
        return degrees or 0.0

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where the key is missing."""
        scalar = self._scalar(key) if self.has(key) else None
        if scalar is None:
            return False
        if scalar.text not in {"true", "false"}:
            self.wrong(key, f"`{key}: {scalar.text[:40]}` is not clear", "write `true` or `false`")
        return scalar.text == "true"

    def time(self, key: str) -> time:
        """A time of day, HH:MM."""
        scalar = self._scalar(key)
        if scalar is None:
            return time()
        moment = read_time(scalar.text)
        if moment is None:
            self.wrong(key, f"`{key}: {scalar.text[:40]}` is not a time", time_hint(scalar.text))
        return moment or time()

    def date(self, key: str) -> date:
        """A date, YYYY-MM-DD."""
        scalar = self._scalar(key)
        if scalar is None:
            return _SOME_DAY
        day = read_date(scalar.text)
        if day is None:
            what = f"`{key}: {scalar.text[:40]}` is not a date"
            self.wrong(key, what, "write YYYY-MM-DD, like 2025-08-04")
        return day or _SOME_DAY

    def zone(self, key: str) -> ZoneInfo:
        """A time zone by its IANA name."""
        scalar = self._scalar(key)
        if scalar is None:
            return ZoneInfo("UTC")
        zone = read_zone(scalar.text)
        if zone is None:
            what = f"there is no time zone `{scalar.text[:40]}`"
            self.wrong(key, what, f"write a name like {like_zone(scalar.text)}{self._or_remove(key)}")
        return zone or ZoneInfo("UTC")

    def choice(self, key: str, kinds: type[Choice]) -> Choice:
        """One of a few words."""
        scalar = self._scalar(key)
        values = [kind.value for kind in kinds]
        if scalar is not None and scalar.text in values:
            return kinds(scalar.text)
        if scalar is not None:
            self.wrong(key, f"there is no {key} `{scalar.text[:40]}`", did_you_mean(scalar.text, values))
        return next(iter(kinds))

    def known(self, key: str, what: str, known: list[str] | None) -> str | None:
        """The key of something that is described elsewhere, or None where this key is missing."""
        scalar = self._scalar(key) if self.has(key) else None
        if scalar is None:
            return None
        self._known(scalar.text, scalar.line, what, known)
        return scalar.text

    def all_known(self, key: str, what: str, known: list[str] | None) -> tuple[str, ...]:
        """A list of keys of things that are described elsewhere; empty where this key is missing."""
        if not self.has(key):
            return ()
        keys: dict[str, None] = {}
        for node in self._items(key, 1, max(1, len(known)) if known is not None else 100):
            if not isinstance(node, Scalar):
                self.log.add(node.line, f"this is not the key of a {what}", did_you_mean("", known or []))
            elif node.text in keys:
                self.log.add(node.line, f"{what} `{node.text[:40]}` is here twice", "name it once")
            elif not node.broken:
                self._known(node.text, node.line, what, known)
                keys[node.text] = None
        return tuple(keys)

    def child(self, key: str) -> "Fields | None":
        """The mapping below a key, or None after noting that it is missing."""
        node = self._node(key)
        return None if node is None else Fields(node, f"`{key}`", self.log, self.spoken)

    def children(self, key: str, name: str, low: int, high: int) -> Iterator["Fields"]:
        """The mappings of a list of `low` to `high`, each started when its turn comes."""
        for node in self._items(key, low, high):
            yield Fields(node, name, self.log, self.spoken)

    def _known(self, key: str, line: int, what: str, known: list[str] | None) -> None:
        if known is not None and key not in known:
            self.log.add(line, f"there is no {what} `{key[:40]}`", did_you_mean(key, known))
