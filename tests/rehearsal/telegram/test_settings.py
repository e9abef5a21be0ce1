from rehearsal.telegram import Account, GroupChat, World
from tests.rehearsal.telegram.callers import Caller


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_the_narrowest_scope_and_the_phones_language_win(bot: Caller, sitora: Account, world: World) -> None:
    assert sitora.commands == []
    for scope, language, name in [
        (None, "", "default"),
        (None, "tg", "default_tg"),
        ({"type": "all_private_chats"}, "", "private"),
        ({"type": "all_private_chats"}, "tg", "private_tg"),
        ({"type": "chat", "chat_id": sitora.id}, "ru", "chat_ru"),
        ({"type": "chat", "chat_id": sitora.id}, "", "chat"),
    ]:
        before = sitora.commands
        await bot("setMyCommands", commands=menu(name), scope=scope, language_code=language)
        assert sitora.commands == (before if name == "chat_ru" else [(name, name.title())])
    daler = Account(world, "Далер", language_code="ko")
    assert daler.commands == [("private", "Private")]
    await bot("deleteMyCommands", scope={"type": "chat", "chat_id": sitora.id})
    assert sitora.commands == [("private_tg", "Private_Tg")]


async def test_groups_have_their_own_order(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    group = GroupChat(world, "Гурӯҳ", [sitora, daler])
    for scope, name in [
        ({"type": "all_group_chats"}, "groups"),
        ({"type": "all_chat_administrators"}, "admins"),
        ({"type": "chat", "chat_id": group.id}, "chat"),
        ({"type": "chat_administrators", "chat_id": group.id}, "chat_admins"),
        ({"type": "chat_member", "chat_id": group.id, "user_id": daler.id}, "member"),
    ]:
        await bot("setMyCommands", commands=menu(name), scope=scope)
        assert group.commands_of(sitora)[0][0] == ("chat_admins" if name == "member" else name)
    assert group.commands_of(daler)[0][0] == "member"
    assert sitora.commands == []


async def test_commands_are_validated_and_read_back(bot: Caller) -> None:
    await bot("setMyCommands", commands=menu("today"), language_code="tg")
    assert await bot("getMyCommands", language_code="tg") == menu("today")
    assert await bot("getMyCommands") == []
    for command, refusal in [
        ({"command": "Today", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "t" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "today", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "today", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "today"}, "can't parse commands: Can't find field \"description\""),
    ]:
        assert await bot.refused("setMyCommands", commands=[command]) == f"400 Bad Request: {refusal}"
    assert "TOO_MUCH" in await bot.refused("setMyCommands", commands=menu(*(f"c{n}" for n in range(101))))
    assert "LANGUAGE_INVALID" in await bot.refused("setMyCommands", commands=menu("a"), language_code="tgk")
    scope = {"type": "chat", "chat_id": 5}
    assert "chat not found" in await bot.refused("setMyCommands", commands=menu("a"), scope=scope)
    assert "unsupported type" in await bot.refused("setMyCommands", commands=menu("a"), scope={"type": "moon"})


async def test_names_and_descriptions_by_language(bot: Caller) -> None:
    assert await bot("getMyName") == {"name": "HamrohRehearsalBot"}
    await bot("setMyName", name="Hamroh")
    await bot("setMyName", name="Ҳамроҳ", language_code="tg")
    assert await bot("getMyName", language_code="tg") == {"name": "Ҳамроҳ"}
    assert await bot("getMyName", language_code="ko") == {"name": "Hamroh"}
    await bot("setMyShortDescription", short_description="кӯтоҳ")
    assert await bot("getMyShortDescription") == {"short_description": "кӯтоҳ"}
    assert await bot("getMyDescription") == {"description": ""}
    assert "too long" in await bot.refused("setMyShortDescription", short_description="x" * 121)


async def test_the_menu_button(bot: Caller, sitora: Account) -> None:
    await bot("setChatMenuButton", chat_id=sitora.id, menu_button={"type": "commands"})
    assert await bot("getChatMenuButton", chat_id=sitora.id) == {"type": "commands"}
    assert await bot("getChatMenuButton") == {"type": "default"}
    await bot("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot("getChatMenuButton") == {"type": "commands"}


async def test_log_out_and_close_change_nothing(bot: Caller) -> None:
    assert await bot("logOut") is True
    assert await bot("close") is True
