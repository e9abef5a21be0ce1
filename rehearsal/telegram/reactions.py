"""Reactions: which there are, and what happens when somebody puts some on a message."""

from typing import Final

from rehearsal.telegram.chats import Chat
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.world import World

_EMOJI: Final = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 "
    "🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 "
    "🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
ALLOWED: Final = frozenset(_EMOJI.split())  # a bot, and a person without Telegram Premium, put one on a message
PREMIUM_MOST: Final = 3  # reactions of one person on one message


def react(world: World, chat: Chat, message: Message, user: Json, emoji: list[str]) -> None:
    """A person's reactions on a message become these; none takes them back.

    The bot hears of it if it asked for message_reaction: in private chats, and in groups as an administrator. Raises
    ValueError for what no phone offers.
    """
    if not ALLOWED.issuperset(emoji) or len(set(emoji)) < len(emoji) or len(emoji) > PREMIUM_MOST:
        raise ValueError(f"nobody can react with {' '.join(emoji)!r}")
    number = int(str(user["id"]))
    before = message.reactions_by.get(number, [])
    if before == emoji:
        return
    message.reactions_by[number] = emoji
    if not emoji:
        del message.reactions_by[number]
    world.changed.notify()
    if chat.tells_bot_of_people:
        change: Json = {
            "chat": chat.to_api(),
            "message_id": message.id,
            "user": user,
            "date": world.now(),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
            "new_reaction": [{"type": "emoji", "emoji": one} for one in emoji],
        }
        world.push("message_reaction", change)
