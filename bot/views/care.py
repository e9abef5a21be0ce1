"""The care sheet: what it is for, its parts for the person, all of it for one organizer at a time; and the meals."""

from collections.abc import Mapping
from datetime import date
from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.buttons.care import (
    CareAgree,
    CareAllergen,
    CareChoose,
    CareClose,
    CareDiet,
    CareEmpty,
    CareErase,
    CareMeals,
    CareMine,
)
from bot.buttons.relay import WriteTo
from bot.clock import from_text
from bot.i18n import Html, Locale
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows
from bot.store.care import EDITION, Allergen, CareCard, CareField, Diet, Meals, Openings
from bot.store.person import Person

_LABEL = 24
_COPY = 256  # characters of a button that copies


def consent(_: Locale, last: date) -> Screen:
    """What a care sheet is for, who sees it and how long; nothing is kept before this is agreed to."""
    text = _(
        "🩺 <b>Care sheet</b>\n\n"
        "Only if you want: you may tell me what you eat, what you are allergic to, which medicine you take, whom to "
        "call for you, and your insurance.\n\n"
        "• An organizer can open your sheet, one at a time, when you need care. You see how often that happened. "
        "Whoever looks after the bot's computer could read it there.\n"
        "• The kitchen gets numbers only, without names.\n"
        "• It is kept until {day}, a week after the end, and then erased by itself. You can erase it at any time.\n\n"
        "Without a sheet everything else works as before.",
        day=_.day(last),
    )
    return Screen(text, [[CareAgree(EDITION).button(_.plain("✓ I agree, fill it in"))]])


def mine(_: Locale, seminar: Seminar, card: CareCard, opened: Openings, last: date) -> Screen:
    """My card, and the buttons that change it."""
    lines: list[str] = [_("🩺 <b>Your care sheet</b>"), "", *_lines(_, card), "", _opened(_, seminar, opened)]
    lines.append(_("📅 Kept until: {day}", day=_.day(last)))
    rows = [
        [CareChoose("diet").button(_.plain("🍽 Food")), CareChoose("allergens").button(_.plain("🥜 Allergies"))],
        [
            CareChoose(CareField.MEDICINE).button(_.plain("💊 Medicine")),
            CareChoose(CareField.RELATIVE).button(_.plain("📞 Whom to call")),
        ],
        [CareChoose(CareField.INSURANCE).button(_.plain("🛡 Insurance"))],
        [CareErase().button(_.plain("🗑 Erase the sheet"))],
    ]
    return Screen("\n".join(lines), rows)


def diets(_: Locale, card: CareCard) -> Screen:
    """What do I eat?"""
    buttons = [CareDiet(one).button(_tick(_diet(_, one), on=card.diet is one)) for one in Diet]
    return Screen(_("🍽 What do you eat?"), [*in_rows(buttons, 1), _back(_)])


def allergens(_: Locale, card: CareCard) -> Screen:
    """What makes me ill?"""
    known = [one for one in Allergen if one is not Allergen.OTHER]
    buttons = [
        CareAllergen(one, int(one not in card.allergens)).button(_tick(_allergen(_, one), on=one in card.allergens))
        for one in known
    ]
    other = CareChoose(CareField.OTHER).button(_.plain("✍️ Another allergy"))
    return Screen(_("🥜 What are you allergic to? Tap all that apply."), [*in_rows(buttons, 2), [other], _back(_)])


def write(_: Locale, field: CareField, card: CareCard) -> Screen:
    """Waits for the words of a part of my card."""
    match field:
        case CareField.OTHER:
            text = _("✍️ Write what else you are allergic to.")
        case CareField.MEDICINE:
            text = _("💊 Write which medicine you take, and what a doctor must know.")
        case CareField.RELATIVE:
            text = _("📞 Write whom to call for you: the name, who that is to you, and the phone number with its +.")
        case CareField.INSURANCE:
            text = _("🛡 Write your insurance: the company, the number of the policy, its phone number.")
    empty = [[CareEmpty(field).button(_.plain("🗑 Leave it empty"))]] if card.words[field] else []
    return Screen(text, [*empty, _back(_)])


def too_long(_: Locale, length: int, limit: int) -> Screen:
    """The words do not fit; they are still awaited."""
    text = _("That is {n} characters; at most {limit} fit. Please write it shorter.", n=length, limit=limit)
    return Screen(text, [_back(_)])


def needs_words(_: Locale) -> Screen:
    """A picture or a voice came; words are still awaited."""
    return Screen(_("Please write it as text, so that it can be read aloud to a doctor."), [_back(_)])


def not_written(_: Locale) -> Screen:
    """Words came too late for the card, or something else came first: the card is as it was."""
    return Screen(_("🩺 Your care sheet was not changed."), [[CareMine().button(_.plain("🩺 Care sheet"))]])


def erased(_: Locale) -> Screen:
    """The card is gone."""
    return Screen(_("✓ Your care sheet is erased."))


# --- organizers -----------------------------------------------------------------------------------------------------


def of_person(_: Locale, someone: Person, card: CareCard) -> Screen:
    """A person's card, for the organizer who opened it."""
    lines: list[str] = [_("🩺 <b>{name}</b>: care sheet", name=someone.name), "", *_lines(_, card), ""]
    lines.append(_("Please close it when you have read it. The person sees that you opened it."))
    write_back = WriteTo(someone.id).button(_.plain("✍️ Write"))
    return Screen("\n".join(lines), [[write_back, CareClose().button(_.plain("✖️ Close"))]])


def closed(_: Locale) -> Screen:
    """Where a card was open."""
    return Screen(_("🩺 The care sheet is closed."))


def over(_: Locale) -> Screen:
    """The seminar is over, and all sheets are erased."""
    return Screen(_("🩺 The seminar is over: there are no care sheets any more, and I keep nothing for them."))


def none_of(_: Locale, name: str) -> str:
    """A toast: there is no card to open."""
    return _.plain("{name} has no care sheet.", name=name or "–")


def gone(_: Locale) -> str:
    """A toast: the button is older than the card."""
    return _.plain("That sheet is not there any more.")


def meals(_: Locale, there: Locale, seminar: Seminar, group: str, counted: Meals) -> Screen:
    """For how many the kitchen cooks what, in the reader's language, and to copy in the kitchen's (`there`)."""
    chosen = seminar.group(group)
    title = chosen.title.get(_.language) if chosen else None
    head = _("🍽 <b>Meals today</b>: {who}", who=title) if title else _("🍽 <b>Meals today</b>")
    lines: list[str] = [head, *map(_escaped, _meal_lines(_, counted))]
    lines += ["", _("Without names: who is excused today is not counted, and who has no care sheet is unknown.")]
    to_copy = "\n".join(_meal_lines(there, counted))
    if there.language != _.language:
        lines += ["", f"<blockquote>{_escaped(to_copy)}</blockquote>"]
    rows: list[list[InlineKeyboardButton]] = []
    if len(to_copy) <= _COPY:
        rows.append([InlineKeyboardButton(_.plain("📋 Copy for the kitchen"), copy_text=CopyTextButton(to_copy))])
    if seminar.has_groups:
        groups = [CareMeals(one.key).button(one.title.get(_.language)[:_LABEL]) for one in seminar.groups]
        rows += in_rows([CareMeals("").button(_.plain("👥 All")), *groups], 2)
    return Screen("\n".join(lines), rows)


def _meal_lines(_: Locale, counted: Meals) -> list[str]:
    lines: list[str] = [_.plain("Meals: {n}", n=counted.people)]
    lines += [f"• {_diet(_, one)}: {counted.diets[one]}" for one in Diet if counted.diets.get(one)]
    if counted.unknown:
        lines.append(_.plain("• Not known: {n}", n=counted.unknown))
    ill = [f"• {_allergen(_, one)}: {counted.allergens[one]}" for one in Allergen if counted.allergens.get(one)]
    return [*lines, _.plain("Allergies:"), *ill] if ill else lines


def _lines(_: Locale, card: CareCard) -> list[Html]:
    chosen = [_allergen(_, one) for one in Allergen if one in card.allergens]
    if card.words[CareField.OTHER]:
        chosen.append(card.words[CareField.OTHER])
    facts: Mapping[str, str] = {
        _.plain("🍽 Food"): _diet(_, card.diet) if card.diet else "",
        _.plain("🥜 Allergies"): ", ".join(chosen),
        _.plain("💊 Medicine"): card.words[CareField.MEDICINE],
        _.plain("📞 Whom to call"): card.words[CareField.RELATIVE],
        _.plain("🛡 Insurance"): card.words[CareField.INSURANCE],
    }
    return [Html(f"{_escaped(label)}: {_escaped(fact or '–')}") for label, fact in facts.items()]


def _opened(_: Locale, seminar: Seminar, opened: Openings) -> Html:
    if not opened.times:
        return _("👀 No organizer has opened it.")
    moment = from_text(opened.last_at)
    when = _(
        "{day}, {time}", day=_.short_day(moment.astimezone(seminar.zone).date()), time=_.time(moment, seminar.zone)
    )
    who = opened.last_by or _.plain("somebody who has left")
    return _("👀 Opened by organizers: {n} ×, last by {who} ({when}).", n=opened.times, who=who, when=when)


def _diet(_: Locale, diet: Diet) -> str:
    match diet:
        case Diet.ANYTHING:
            return _.plain("Everything")
        case Diet.HALAL:
            return _.plain("Halal")
        case Diet.NO_PORK:
            return _.plain("No pork")
        case Diet.VEGETARIAN:
            return _.plain("Vegetarian")
        case Diet.VEGAN:
            return _.plain("Vegan")


def _allergen(_: Locale, allergen: Allergen) -> str:
    names = {
        Allergen.NUTS: _.plain("Nuts"),
        Allergen.MILK: _.plain("Milk"),
        Allergen.EGGS: _.plain("Eggs"),
        Allergen.FISH: _.plain("Fish"),
        Allergen.SEAFOOD: _.plain("Seafood"),
        Allergen.WHEAT: _.plain("Wheat"),
        Allergen.SOY: _.plain("Soy"),
        Allergen.SESAME: _.plain("Sesame"),
        Allergen.OTHER: _.plain("Something else (please ask)"),
    }
    return names[allergen]


def _tick(label: str, *, on: bool) -> str:
    return f"✓ {label}" if on else label


def _back(_: Locale) -> list[InlineKeyboardButton]:
    return [CareMine().button(_.plain("‹ Back"))]


def _escaped(text: str) -> Html:
    return Html(escape(text, quote=False))
