"""Refusals in Telegram's words, and the record of those that a correct bot never gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class RefusedError(Exception):
    """A call that Telegram would refuse: HTTP status, description as Telegram words it, extra parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, object]:
        """The Bot API's answer for this refusal."""
        answer: dict[str, object] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class ConnectionLostError(Exception):
    """An injected fault: the connection breaks, before or after the call was accepted."""

    def __init__(self, *, accepted: bool) -> None:
        super().__init__("after acceptance" if accepted else "before acceptance")
        self.accepted = accepted


def bad_request(description: str) -> RefusedError:
    """A 400 in Telegram's form."""
    return RefusedError(400, f"Bad Request: {description}")


def forbidden(description: str) -> RefusedError:
    """A 403 in Telegram's form."""
    return RefusedError(403, f"Forbidden: {description}")


def too_many(retry_after: int) -> RefusedError:
    """A 429 that asks for `retry_after` seconds of silence."""
    return RefusedError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def describe_error(error: Exception) -> str:
    """What was wrong with a command of the page or of another process, in one sentence."""
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing, or there is nothing of that name or number"
    return str(error) or repr(error)


@dataclass(frozen=True, slots=True)
class Violation:
    """A call that a correct bot does not make: refused with 400, 404 or 413."""

    at: datetime
    method: str
    description: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method}: {self.description}"
