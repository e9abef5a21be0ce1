"""Payloads of buttons: whose numbers a coordinator sees. `filter` is a number of `bot.store.figure_filter`, 0: all."""

from bot.payload import Payload


class ScopeOpen(Payload, code="scope1"):
    """Show whose numbers a coordinator sees, to change it."""

    person: int


class ScopeChoose(Payload, code="scope2"):
    """Show a page of what can be chosen; `filter` is chosen already, and nothing is changed yet."""

    person: int
    filter: int
    page: int


class ScopeToggle(Payload, code="scope3"):
    """Choose a group or a district (`token`: of `bot.store.scope`), or not after all; nothing is changed yet."""

    person: int
    filter: int
    page: int
    token: str


class ScopeSet(Payload, code="scope4"):
    """From now on the coordinator sees these people's numbers."""

    person: int
    filter: int
