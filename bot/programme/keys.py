"""Keys that name one thing each, across all files that hold such things."""

from bot.programme.fields import Fields


class Keys:
    """The keys taken so far, and where."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def take(self, fields: Fields) -> str:
        """Read the `key` of a thing; note it where another one has it already."""
        key = fields.key()
        line = fields.line_of("key")
        first = self._taken.setdefault(key, f"{fields.log.file}:{line}") if key else ""
        if first and first != f"{fields.log.file}:{line}":
            fields.wrong("key", f"the key `{key}` is taken by {first}", "choose another one")
        return key
