"""Payloads of buttons under somebody's own call for help."""

from bot.payload import Payload


class WithdrawCall(Payload, code="withdraw1"):
    """Nothing is the matter after all: the call of this number is over."""

    call: int
