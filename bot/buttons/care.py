"""Payloads of buttons: the care card of a person, for that person and for organizers."""

from bot.payload import Payload


class CareMine(Payload, code="care1"):
    """Show my care card, or what it would be for."""


class CareAgree(Payload, code="careyes1"):
    """I agree to keep a care card, to the words of this `edition`."""

    edition: int


class CareChoose(Payload, code="careset1"):
    """Choose a part of my card: "diet", "allergens", or one that is written ("medicine", ...)."""

    part: str


class CareDiet(Payload, code="carediet1"):
    """I eat so."""

    diet: str


class CareAllergen(Payload, code="careall2"):
    """This makes me ill (1), or does not (0): the same press again changes nothing."""

    allergen: str
    is_so: int


class CareEmpty(Payload, code="careempty1"):
    """Nothing shall stand in this part of my card."""

    part: str


class CareErase(Payload, code="careno1"):
    """Erase my card."""


class CareOf(Payload, code="careof1"):
    """An organizer: open the card of this person, by number."""

    person: int


class CareClose(Payload, code="careoff1"):
    """An organizer: close the card that is open here."""


class CareMeals(Payload, code="meals1"):
    """An organizer: count again for whom the kitchen cooks what. `group` "": everybody."""

    group: str
