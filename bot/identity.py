"""Who this bot is, as Telegram tells it."""

from telegram import Bot, User

from bot.answers import Unclear

_NO_BOT = "its answer describes no bot"


async def learn(bot: Bot) -> None:
    """Make the bot ready to speak. Raises telegram.error.TelegramError; call it again until it does not.

    Something between the bot and Telegram may have given the answer: one that describes no bot is refused here, before
    anything is built on it.
    """
    try:
        await bot.initialize()
        if not _is_bot(bot.bot):  # what was learned before was no good
            await bot.get_me()
    except (AttributeError, KeyError, TypeError, ValueError):
        # python-telegram-bot builds a User of whatever it got.
        raise Unclear(_NO_BOT) from None
    if not _is_bot(bot.bot):
        raise Unclear(_NO_BOT)


def _is_bot(user: User) -> bool:
    number: object = user.id  # python-telegram-bot promises a number and a text, and checks neither
    name: object = user.username
    return isinstance(number, int) and number > 0 and isinstance(name, str) and bool(name)
