"""One call on its way through the stand-in: its parameters, read with the types that the method expects."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.model import Json

Files = Mapping[str, tuple[str, bytes]]

NO_FILES: Files = MappingProxyType({})


@dataclass(slots=True)
class ApiCall:
    """The method's exact name, its checked parameters, and the uploads (field -> file name, bytes)."""

    method: str
    params: dict[str, object]
    files: Files

    def text(self, name: str, default: str = "") -> str:
        """A String parameter."""
        value = self.params.get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str) -> int | None:
        """An Integer parameter; None when absent."""
        value = self.params.get(name)
        return value if isinstance(value, int) else None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A Boolean parameter."""
        value = self.params.get(name)
        return value if isinstance(value, bool) else default

    def part(self, name: str) -> Json | None:
        """An object parameter; None when absent."""
        value = self.params.get(name)
        return value if isinstance(value, dict) else None

    def array(self, name: str) -> list[object]:
        """An Array parameter; empty when absent."""
        value = self.params.get(name)
        return value if isinstance(value, list) else []

    def message_id(self) -> int:
        """The message that the call is about. Raises a 400 without one."""
        number = self.number("message_id")
        if not number:
            raise bad_request("message identifier is not specified")
        return number

    def within(self, part: Json) -> "ApiCall":
        """The same call with the parameters of one of its nested objects."""
        return ApiCall(self.method, part, self.files)
