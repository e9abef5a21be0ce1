"""/care: my care sheet, if I want one; for organizers one person's at a time. /meals: counts for the kitchen."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Message

from bot.access import Action
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
    CareOf,
)
from bot.context import Context
from bot.i18n import N_, Locale
from bot.languages import Language
from bot.messages import care_cards as care_cards_messages
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.services import care as care_service
from bot.store import care as care_store
from bot.store import person
from bot.store.care import Allergen, CareCard, CareField, Diet
from bot.store.conversation import Conversation, Prompt
from bot.text import clean_words
from bot.views import care as care_view
from bot.views import fallback as fallback_view

_ENDS_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CareWords:
    """The words of this part of my card."""

    field: CareField


_WORDS: Final = Prompt("care.words", CareWords)


# --- my card --------------------------------------------------------------------------------------------------------


async def mine(context: Context, _arguments: str) -> None:
    """My card, or what it would be for."""
    await context.reply(await _my_page(context))


async def show_mine(context: Context, _pressed: CareMine) -> None:
    """The same, in place of what was pressed."""
    await _not_awaiting(context)
    await context.show(await _my_page(context))


async def agree(context: Context, pressed: CareAgree) -> None:
    """There is a card from now on. Who agreed to former words is asked again."""
    if pressed.edition == care_store.EDITION and not _is_over(context):
        await context.write(care_store.agree, context.member.id, pressed.edition, context.now())
    await context.show(await _my_page(context))


async def choose(context: Context, pressed: CareChoose) -> None:
    """Show what can be chosen for a part, or wait for its words."""
    await _not_awaiting(context)
    if (card := await _my_card(context)) is None:
        return
    match pressed.part:
        case "diet":
            await context.show(care_view.diets(context.locale, card))
        case "allergens":
            await context.show(care_view.allergens(context.locale, card))
        case part if part in set(CareField):
            await context.expect(_WORDS, CareWords(CareField(part)), ends_after=_ENDS_AFTER)
            await context.show(care_view.write(context.locale, CareField(part), card))
        case _:
            await context.toast(fallback_view.old_button(context.locale))


async def set_diet(context: Context, pressed: CareDiet) -> None:
    """I eat so."""
    if pressed.diet in set(Diet):
        await context.write(care_store.set_diet, context.member.id, Diet(pressed.diet))
    await context.show(await _my_page(context))


async def toggle_allergen(context: Context, pressed: CareAllergen) -> None:
    """This makes me ill, or does not."""
    if pressed.allergen in set(Allergen):
        allergen, is_so = Allergen(pressed.allergen), pressed.is_so == 1
        await context.write(care_store.set_allergen, context.member.id, allergen, is_so=is_so)
        context.runtime.wake()
    if (card := await _my_card(context)) is not None:
        await context.show(care_view.allergens(context.locale, card))


async def words(context: Context, message: Message) -> None:
    """The words of a part of my card."""
    about = _WORDS.of(context.awaits)
    text = clean_words(message.text or "")
    if about is None or not text:
        await context.reply(care_view.needs_words(context.locale))
    elif len(text) > care_store.WORDS_LIMIT:
        await context.reply(care_view.too_long(context.locale, len(text), care_store.WORDS_LIMIT))
    else:
        await context.write(care_store.set_words, context.member.id, about.field, text)
        await context.expect_nothing()
        context.runtime.wipe()
        await context.reply(await _my_page(context))


async def empty(context: Context, pressed: CareEmpty) -> None:
    """Nothing stands in this part any more."""
    await _not_awaiting(context)
    if pressed.part in set(CareField):
        await context.write(care_store.set_words, context.member.id, CareField(pressed.part), "")
        context.runtime.wipe()
    await context.show(await _my_page(context))


async def erase(context: Context, _pressed: CareErase) -> None:
    """My card is gone, also where it is open."""
    await _not_awaiting(context)
    await context.write(care_store.erase, context.member.id)
    context.runtime.wipe()
    context.runtime.wake()
    await context.show(care_view.erased(context.locale))


async def lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after they were asked for."""
    return care_view.not_written(context.locale)


async def left(context: Context, _awaited: Conversation, _now: Conversation | None) -> Screen | None:
    """Something else came first."""
    return care_view.not_written(context.locale)


# --- organizers -----------------------------------------------------------------------------------------------------


async def open_card(context: Context, pressed: CareOf) -> None:
    """Open a person's card; the one that was open here is closed."""
    someone = await context.read(person.by_id, pressed.person)
    card = await context.write(care_service.open_card, context.member, pressed.person, context.now())
    if someone is None or card is None:
        await context.toast(care_view.none_of(context.locale, someone.name if someone else ""), alert=True)
        return
    await context.toast()
    if shown := await context.reply(care_view.of_person(context.locale, someone, card)):
        organizer, seminar, now = context.member, context.seminar, context.now()
        await context.write(care_cards_messages.follow, organizer, shown, someone.id, seminar=seminar, now=now)
        context.runtime.wake()


async def close_card(context: Context, _pressed: CareClose) -> None:
    """The card is read."""
    await context.show(care_view.closed(context.locale))
    opened = await context.read(care_store.opened_in, context.chat_id)
    if opened is not None and opened[0] == context.message_id:
        await context.write(care_store.set_closed, context.chat_id)


async def meals(context: Context, _arguments: str) -> None:
    """For how many the kitchen cooks what."""
    await context.reply(await _meals(context, ""))


async def meals_of(context: Context, pressed: CareMeals) -> None:
    """The same of a group, counted again."""
    await context.show(await _meals(context, pressed.group if context.seminar.group(pressed.group) else ""))


# --- what these share -----------------------------------------------------------------------------------------------


async def _my_page(context: Context) -> Screen:
    card, last = await context.read(care_store.get, context.member.id), care_store.kept_until(context.seminar)
    if card is None:
        return _without(context)
    opened = await context.read(care_store.openings, context.member.id)
    return care_view.mine(context.locale, context.seminar, card, opened, last)


async def _my_card(context: Context) -> CareCard | None:
    card = await context.read(care_store.get, context.member.id)
    if card is None:
        await context.show(_without(context))
    return card


def _without(context: Context) -> Screen:
    if _is_over(context):
        return care_view.over(context.locale)
    return care_view.consent(context.locale, care_store.kept_until(context.seminar))


def _is_over(context: Context) -> bool:
    return context.seminar.today(context.now()) > care_store.kept_until(context.seminar)


async def _not_awaiting(context: Context) -> None:
    if context.awaits is not None and context.awaits.waits_for == _WORDS.name:
        await context.expect_nothing()


async def _meals(context: Context, group: str) -> Screen:
    seminar, on = context.seminar, context.seminar.today(context.now())
    counted = await context.read(care_store.meals, group=group, seminar=seminar.key, on=on.isoformat())
    return care_view.meals(context.locale, _of_the_kitchen(context), seminar, group, counted)


def _of_the_kitchen(context: Context) -> Locale:
    """The language of the place; where the bot does not speak it English, which a kitchen abroad reads more likely."""
    driver = context.seminar.driver
    if driver is None:
        return context.locale
    spoken = {one.language: one for one in context.runtime.locales.all()}
    return spoken.get(driver.language, spoken[Language.ENGLISH])


ROUTES = (
    on_command("care", mine, Action.SET_SELF, menu=N_("Care sheet: food, health, whom to call")),
    on_command("meals", meals, Action.CARE, menu=N_("Meals: numbers for the kitchen")),
    on_button(CareMine, show_mine, Action.SET_SELF),
    on_button(CareAgree, agree, Action.SET_SELF),
    on_button(CareChoose, choose, Action.SET_SELF),
    on_button(CareDiet, set_diet, Action.SET_SELF),
    on_button(CareAllergen, toggle_allergen, Action.SET_SELF),
    on_button(CareEmpty, empty, Action.SET_SELF),
    on_button(CareErase, erase, Action.SET_SELF),
    on_answer(_WORDS, words, Action.SET_SELF, text_only=False),
    on_unanswered(_WORDS, lapsed=lapsed, left=left),
    on_button(CareOf, open_card, Action.CARE),
    on_button(CareClose, close_card, Action.CARE),
    on_button(CareMeals, meals_of, Action.CARE),
)
