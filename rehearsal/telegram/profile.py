"""What the bot is called and which commands it offers to whom."""

from collections.abc import Iterable

from rehearsal.telegram.model import Json

Command = tuple[str, str]  # name, description
Scope = tuple[str, int, int]  # kind, chat id, user id; 0 where the kind has none


class Profile:
    """Names, descriptions and command menus, each by language; the empty language is the default."""

    def __init__(self, bot_id: int, username: str) -> None:
        self.id = bot_id
        self.user: Json = {"id": bot_id, "is_bot": True, "first_name": username, "username": username}
        self.texts: dict[tuple[str, str], str] = {}  # (kind, language) -> text
        self.commands: dict[tuple[Scope, str], list[Command]] = {}
        self.menu_button: Json = {"type": "default"}

    @property
    def start_link(self) -> str:
        """The link that presses Start; a code may follow."""
        return f"https://t.me/{self.user['username']}?start="

    def text(self, kind: str, language: str) -> str:
        """The name or description in a language, or the default one."""
        default = str(self.user["first_name"]) if kind == "name" else ""
        return self.texts.get((kind, language)) or self.texts.get((kind, "")) or default

    def menu(self, scopes: Iterable[Scope], language: str) -> list[Command]:
        """The first menu that is set: scope by scope, in each the phone's language before the default one."""
        for scope in scopes:
            for spoken in (language, ""):
                commands = self.commands.get((scope, spoken))
                if commands:
                    return commands
        return []


def scopes_in_private(user_id: int) -> list[Scope]:
    """The scopes for a private chat, the narrowest first, in the order that Telegram documents."""
    return [("chat", user_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]


def scopes_in_group(chat_id: int, user_id: int, *, admin: bool) -> list[Scope]:
    """The scopes for a member of a group, the narrowest first, in the order that Telegram documents."""
    return [
        ("chat_member", chat_id, user_id),
        *([("chat_administrators", chat_id, 0)] if admin else []),
        ("chat", chat_id, 0),
        *([("all_chat_administrators", 0, 0)] if admin else []),
        ("all_group_chats", 0, 0),
        ("default", 0, 0),
    ]
