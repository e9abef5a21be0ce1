"""/language: speak another language from now on."""

from bot import menu
from bot.access import Action
from bot.buttons.language import ChangeLanguage
from bot.context import Context
from bot.i18n import N_
from bot.routing import on_button, on_command
from bot.store import person
from bot.views import me as me_view


async def language(context: Context, _arguments: str) -> None:
    """Offer the languages, or say that there is one."""
    if len(everyone := context.runtime.locales.all()) == 1:
        await context.reply(me_view.one_language(context.locale))
    else:
        await context.reply(me_view.languages(everyone, context.locale.language))


async def change(context: Context, pressed: ChangeLanguage) -> None:
    """Speak it from now on, in messages and in the menu of commands."""
    me = context.person
    if me is None:
        await context.toast(context.locale.plain("Press /start to go on."))
        return
    if pressed.language not in context.seminar.languages:
        await context.toast(me_view.not_spoken(context.locale))
        return
    user_id = context.user_id
    await context.write(person.set_language, me.id, pressed.language)
    context.person = await context.read(person.by_telegram_id, user_id)
    await context.show(me_view.language_changed(context.locale))
    await menu.fit(context)


ROUTES = (
    on_command("language", language, Action.JOIN, menu=N_("Another language")),
    on_button(ChangeLanguage, change, Action.JOIN),
)
