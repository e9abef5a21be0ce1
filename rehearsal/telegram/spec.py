"""The Bot API as data: which methods there are, and which parameters of which types they take."""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

import orjson

from rehearsal.telegram.errors import RefusedError, bad_request

Convert = Callable[[object, str], object]
Fields = Mapping[str, str]

_INTEGER = re.compile(r"[+-]?\d{1,19}\Z")
_YES = frozenset({"true", "yes", "1"})
_NO = frozenset({"false", "no", "0", ""})
_MARKUPS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}
_NOUNS = {"reply_markup": "reply keyboard markup"}


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """One method: its exact name and how each parameter is read."""

    name: str
    params: Mapping[str, Convert]
    required: tuple[str, ...]

    def read(self, given: Mapping[str, object], files: Iterable[str] = ()) -> dict[str, object]:
        """The parameters, typed; JSON in strings is unpacked as real clients send it. A null counts as absent.

        Raises RefusedError for an unknown name (Telegram would ignore it, the stand-in does not), a wrong type
        or a missing parameter. An uploaded file whose name is a parameter's becomes `attach://<name>`.
        """
        params = self.params
        read: dict[str, object] = {}
        for name, value in given.items():
            if value is None:
                continue
            convert = params.get(name)
            if convert is None:
                raise bad_request(f'unknown parameter "{name}" of {self.name}')
            read[name] = convert(value, name)
        for name in files:
            if name in params and name not in read:
                read[name] = f"attach://{name}"
        for name in self.required:
            if name not in read:
                raise bad_request(_missing(name))
        return read


class MethodTable:
    """Every method of one version of the Bot API."""

    def __init__(self, table: Mapping[str, Mapping[str, Fields]]) -> None:
        self._types = table["types"]
        self._unions: Mapping[str, Iterable[str]] = table["unions"]
        self._converts: dict[str, Convert] = {}
        self._methods: dict[str, MethodSpec] = {}
        for name, fields in table["methods"].items():
            params = {field: self._convert(kind.lstrip("!")) for field, kind in fields.items()}
            required = tuple(field for field, kind in fields.items() if kind.startswith("!"))
            self._methods[name] = self._methods[name.lower()] = MethodSpec(name, params, required)

    def method(self, name: str) -> MethodSpec:
        """The method, its name in any case. Raises a 404."""
        method = self._methods.get(name) or self._methods.get(name.lower())
        if method is None:
            raise RefusedError(404, "Not Found")
        return method

    def _convert(self, kinds: str) -> Convert:
        known = self._converts.get(kinds)
        if known is None:
            known = self._converts[kinds] = self._build(kinds)
        return known

    def _build(self, kinds: str) -> Convert:
        simple = _SIMPLE.get(kinds)
        if simple is not None:
            return simple
        if kinds.startswith("InlineKeyboardMarkup|"):
            return functools.partial(_pick, {key: self._convert(kind) for key, kind in _MARKUPS.items()})
        if "|" in kinds:
            return self._either(kinds.split("|"))
        if kinds.startswith("Array of "):
            return functools.partial(_array, self._convert(kinds.removeprefix("Array of ")))
        if kinds in self._unions:
            return self._union(kinds)
        return self._object(kinds)

    def _either(self, kinds: list[str]) -> Convert:
        if all(kind.startswith("Array of Input") for kind in kinds):  # sendMediaGroup's kinds of media
            return functools.partial(_array, self._convert("InputMedia"))
        return _string if "String" in kinds else _json_object

    def _union(self, union: str) -> Convert:
        tags = {_tag(union, name): name for name in self._unions[union]}

        def convert(value: object, name: str) -> object:
            fields = _json_object(value, name)
            kind = tags.get(str(fields.get("type")))
            if kind is None:
                raise bad_request(f'can\'t parse {_noun(name)}: unsupported type "{fields.get("type")}"')
            return self._convert(kind)(fields, name)

        return convert

    def _object(self, kind: str) -> Convert:
        fields = self._types.get(kind)
        if fields is None:
            return _json_object
        required = tuple(field for field, kinds in fields.items() if kinds.startswith("!"))
        converts: dict[str, Convert] = {}

        def convert(value: object, name: str) -> object:
            if not converts:  # made at first use, because types contain one another
                converts.update((field, self._convert(kinds.lstrip("!"))) for field, kinds in fields.items())
            read: dict[str, object] = {}
            for field, content in _json_object(value, name).items():
                if content is None:
                    continue
                if field not in converts:
                    raise bad_request(f'unknown field "{field}" of {kind} in "{name}"')
                read[field] = converts[field](content, field)
            for field in required:
                if field not in read:
                    raise bad_request(f"can't parse {_noun(name)}: Can't find field \"{field}\"")
            return read

        return convert


@functools.cache
def method_table() -> MethodTable:
    """The Bot API that the stand-in knows, read once from the table beside this file."""
    return MethodTable(orjson.loads(resources.files(__package__).joinpath("bot_api.json").read_bytes()))


def _noun(name: str) -> str:
    return _NOUNS.get(name, name.replace("_", " "))


def _missing(name: str) -> str:
    if name in ("chat_id", "from_chat_id"):
        return f"{name} is empty"
    if name == "text":
        return "message text is empty"
    return f'parameter "{name}" is required'


def _tag(union: str, name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removeprefix(union)).lower()


def _wrong(name: str, kind: str) -> RefusedError:
    return bad_request(f'field "{name}" must be of type {kind}')


def _integer(value: object, name: str) -> object:
    if type(value) is int:
        return value
    if isinstance(value, str) and _INTEGER.match(value):
        return int(value)
    raise _wrong(name, "Number")


def _float(value: object, name: str) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        return float(value) if isinstance(value, str) else _refuse(name, "Number")
    except ValueError:
        raise _wrong(name, "Number") from None


def _refuse(name: str, kind: str) -> object:
    raise _wrong(name, kind)


def _string(value: object, name: str) -> object:
    if type(value) is str:
        return value if value.isascii() else _encodable(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _wrong(name, "String")


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text


def _boolean(value: object, name: str) -> object:
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise _wrong(name, "Boolean")


def _chat(value: object, name: str) -> object:
    if type(value) is int:
        return value
    text = _string(value, name)
    return int(text) if isinstance(text, str) and _INTEGER.match(text) else text


def _unpack(value: object, name: str) -> object:
    if isinstance(value, str | bytes):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {_noun(name)} JSON object") from None
    return value


def _json_object(value: object, name: str) -> dict[str, object]:
    unpacked = _unpack(value, name)
    if not isinstance(unpacked, dict):
        raise bad_request(f"object expected as {_noun(name)}")
    return unpacked


def _array(convert: Convert, value: object, name: str) -> object:
    unpacked = _unpack(value, name)
    if not isinstance(unpacked, list | tuple):
        raise bad_request(f"expected an Array of {_noun(name)}")
    return [convert(item, name) for item in unpacked]


def _pick(by_field: Mapping[str, Convert], value: object, name: str) -> object:
    fields = _json_object(value, name)
    for field, convert in by_field.items():
        if field in fields:
            return convert(fields, name)
    if not fields:
        return fields
    raise bad_request(f"can't parse {_noun(name)} JSON object")


_SIMPLE: Mapping[str, Convert] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "Integer|String": _chat,
    "InputFile": _string,
    "InputFile|String": _string,
}
