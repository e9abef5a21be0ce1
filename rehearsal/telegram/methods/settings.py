"""The bot's own settings: menus, names, webhook."""

import re

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.local import on_this_machine
from rehearsal.telegram.model import Json
from rehearsal.telegram.profile import Command, Scope
from rehearsal.telegram.world import World

MAX_COMMANDS = 100
MAX_TEXT = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_TEXT_METHODS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


def get_me(world: World, _: ApiCall) -> Json:
    """getMe."""
    return {
        **world.me,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(_world: World, _: ApiCall) -> bool:
    """The methods logOut and close, which change nothing here."""
    return True


def set_commands(world: World, call: ApiCall) -> bool:
    """setMyCommands."""
    commands = [_command(item) for item in call.array("commands") if isinstance(item, dict)]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _scope(world, call), _language(call)
    if commands:
        world.profile.commands[key] = commands
    else:
        world.profile.commands.pop(key, None)
    return True


def get_commands(world: World, call: ApiCall) -> list[Json]:
    """getMyCommands: exactly this scope and language."""
    commands = world.profile.commands.get((_scope(world, call), _language(call)), [])
    return [{"command": name, "description": description} for name, description in commands]


def delete_commands(world: World, call: ApiCall) -> bool:
    """deleteMyCommands."""
    world.profile.commands.pop((_scope(world, call), _language(call)), None)
    return True


def set_profile_text(world: World, call: ApiCall) -> bool:
    """The setters setMyName, setMyDescription and setMyShortDescription."""
    kind = _TEXT_METHODS[call.method.removeprefix("setMy")]
    text = call.text(kind)
    if len(text) > MAX_TEXT[kind]:
        raise bad_request(f"{kind.replace('_', ' ')} is too long")
    world.profile.texts[kind, _language(call)] = text
    return True


def get_profile_text(world: World, call: ApiCall) -> Json:
    """The getters getMyName, getMyDescription and getMyShortDescription."""
    kind = _TEXT_METHODS[call.method.removeprefix("getMy")]
    return {kind: world.profile.text(kind, _language(call))}


def set_menu_button(world: World, call: ApiCall) -> bool:
    """setChatMenuButton, of one chat or of all."""
    button = call.part("menu_button") or {"type": "default"}
    if "chat_id" in call.params:
        world.chat_of(call).menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_menu_button(world: World, call: ApiCall) -> Json:
    """getChatMenuButton."""
    chat = world.chat_of(call) if "chat_id" in call.params else None
    return (chat.menu_button if chat else None) or world.profile.menu_button


def set_webhook(world: World, call: ApiCall) -> bool:
    """setWebhook; an empty URL takes it away. The server delivers to loopback over HTTP as well."""
    url = call.text("url")
    if url and not (url.startswith("https://") or (url.startswith("http://") and on_this_machine(url))):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if "secret_token" in call.params and not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in call.params:
        world.updates.allow(str(kind) for kind in call.array("allowed_updates"))
    _drop_pending(world, call)
    world.updates.webhook = {"url": url, "secret": secret} if url else {}
    if url:
        world.updates.interrupt()
    world.changed.notify()
    return True


def delete_webhook(world: World, call: ApiCall) -> bool:
    """deleteWebhook."""
    _drop_pending(world, call)
    world.updates.webhook = {}
    return True


def webhook_info(world: World, _: ApiCall) -> Json:
    """getWebhookInfo."""
    info: Json = {
        "url": world.updates.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if info["url"] and not on_this_machine(str(info["url"])):
        info["last_error_message"] = "A rehearsal delivers to this machine alone"
    if world.updates.allowed is not None:
        info["allowed_updates"] = world.updates.allowed
    return info


def _drop_pending(world: World, call: ApiCall) -> None:
    if call.flag("drop_pending_updates"):
        world.updates.take()


def _command(item: Json) -> Command:
    name, description = str(item["command"]).removeprefix("/"), str(item["description"])
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return name, description


def _language(call: ApiCall) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.match(language):
        raise bad_request("BOT_COMMAND_LANGUAGE_INVALID" if "Commands" in call.method else "LANGUAGE_CODE_INVALID")
    return language


def _scope(world: World, call: ApiCall) -> Scope:
    scope = call.part("scope") or {"type": "default"}
    part = call.within(scope)
    chat_id = world.chat_of(part).id if "chat_id" in scope else 0
    return str(scope["type"]), chat_id, part.number("user_id") or 0
