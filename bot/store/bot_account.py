"""Which bot this database serves. Another token may be another bot, whose numbers begin anew.

Telegram counts the updates of each bot apart, and the messages of its private chats too: a new bot's message 5 is not
the message 5 that a row names. So when the bot changes, what names a message or an update by its number is given up:
nothing new is taken for what is known already, and no message is changed in place of another.
"""

import sqlite3
from typing import Final

from bot.store import setting

_BOT: Final = "bot"
_CHANGES: Final = "bot.changes"
_SPAN: Final = 2**33  # Telegram's numbers are smaller; each change has its own span below zero
_GIVE_UP: Final = (
    "UPDATE inbox SET update_id = update_id - :span WHERE update_id > 0",
    "UPDATE outbox SET message_id = NULL, album_ids = NULL WHERE message_id IS NOT NULL AND chat_id > 0",
    "UPDATE help SET asked_in = asked_in - :span WHERE asked_in > 0",
    """
    UPDATE help_message SET message_id = message_id - :span, part_of = part_of - :span
     WHERE message_id > 0 AND chat_id > 0
    """,
    "UPDATE person_note SET message_id = message_id - :span WHERE message_id > 0",
    "DELETE FROM certificate_lookup",
    "UPDATE checkin_part SET message_id = message_id - :span WHERE message_id > 0",
    "UPDATE broadcast SET card_id = NULL",
    "UPDATE broadcast_version SET preview_id = NULL",
    "DELETE FROM broadcast_part",  # no bot copies out of another one's chats
    "UPDATE admission_card SET message_id = NULL, old_message_id = NULL, shown = ''",
    "UPDATE help_message SET file = NULL WHERE file IS NOT NULL",
    "DELETE FROM relay_copy",
    "UPDATE staff_group_post SET message_id = 0 WHERE message_id > 0",  # it stands there, and no other bot can edit it
    "DELETE FROM multipart",
    "DELETE FROM live_card",
    "DELETE FROM today_card",
    "DELETE FROM attendance_screen",
    "DELETE FROM attendance_guess",
    "DELETE FROM care_opened",
    "DELETE FROM receipt",  # what they say cannot be brought up to date any more
    "DELETE FROM uploaded_file",  # a bot knows no other one's files
    # Its chats show no menus yet, and Telegram has asked it for no pause.
    "UPDATE person SET menu = NULL",
    "DELETE FROM setting WHERE key = 'menu.defaults'",
    "DELETE FROM pause",
)


def serves(connection: sqlite3.Connection, bot_id: int) -> bool:
    """Whether the database is known to serve this bot."""
    return setting.get(connection, _BOT) == str(bot_id)


def adopt(connection: sqlite3.Connection, bot_id: int) -> bool:
    """Serve this bot from here on; return whether it was another one before. Its people and their words stay."""
    known = setting.get(connection, _BOT)
    setting.put(connection, _BOT, str(bot_id))
    if known in {None, str(bot_id)}:
        return False
    changes = int(setting.get(connection, _CHANGES) or 0) + 1
    setting.put(connection, _CHANGES, str(changes))
    for step in _GIVE_UP:
        connection.execute(step, {"span": changes * _SPAN} if ":span" in step else {})
    return True
