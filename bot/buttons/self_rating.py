"""Payloads of buttons: what teachers say that they can do."""

from bot.payload import Payload


class RateAspect(Payload, code="rate1"):
    """Show the question about this aspect on that occasion; with an empty one, what was answered."""

    occasion: str
    aspect: str


class RateStep(Payload, code="ratestep1"):
    """I am at this step, 1 to 5, in this aspect."""

    occasion: str
    aspect: str
    step: int


class SelfRatings(Payload, code="ratings1"):
    """Show the staff the numbers before and after."""
