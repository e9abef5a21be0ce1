"""What a message that came says, whatever it is made of."""

from telegram import Message

from bot.names import clean_words
from bot.store.help import Letter


def letter(message: Message) -> Letter | None:
    """The message as something to pass on; None for what nobody wrote (a pinned message, a changed title).

    Words without a visible character count as none. Photos, voices, places and the like are passed on as copies.
    """
    swiped = message.reply_to_message.message_id if message.reply_to_message else None
    words = clean_words(message.text or message.caption or "")
    media = "media" if message.effective_attachment else None
    if not words and media is None:
        return None
    return Letter(message.chat_id, message.message_id, words, media, swiped)
