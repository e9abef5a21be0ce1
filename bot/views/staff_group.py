"""The group of the staff: how it is connected, what is wrong with it, and how words stand in its topics."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import ChatAdministratorRights, KeyboardButton, KeyboardButtonRequestChat

from bot.buttons.staff_group import ConnectGroup, DisconnectGroup, DropGroup, KeepGroup
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.quoted import before, caption, first_words, fits_caption, in_pieces, quote
from bot.screen import Screen, Topic
from bot.store.relay_copy import Relayed
from bot.store.staff_group import GroupProblem, StaffGroup

REQUEST = 1  # the number of the only request for a chat
_NAMED = 10  # strangers that a message names
_LEAST_IN_ALBUM = 2  # Telegram's own

_NEEDED = ChatAdministratorRights(
    is_anonymous=False,
    can_manage_chat=True,
    can_delete_messages=True,
    can_manage_video_chats=False,
    can_restrict_members=False,
    can_promote_members=False,
    can_change_info=False,
    can_invite_users=False,
    can_post_stories=False,
    can_edit_stories=False,
    can_delete_stories=False,
    can_pin_messages=True,
    can_manage_topics=True,
)


def none(_: Locale) -> Screen:
    """No group is connected."""
    text = _(
        "👥 <b>No staff group is connected.</b>\n"
        "In a group chat with topics each teacher has a topic: what they write is there, and what you write there goes "
        "to them. Alerts have a topic of their own."
    )
    return Screen(text, [[ConnectGroup().button(_.plain("🔗 Connect a group chat"))]])


def connected(_: Locale, group: StaffGroup, strangers: Sequence[str]) -> Screen:
    """The group that is connected, and what is wrong with it."""
    lines = [_("👥 <b>Staff group: {title}</b>", title=group.title)]
    lines.append(_what_is_wrong(_, group, strangers) or _("✓ Everything works: only organizers are in it."))
    lines.append(
        _(
            "What you write in a teacher’s topic goes to that teacher, also an answer to a colleague. To talk among "
            "staff, write in “General” or in the topic of the alerts."
        )
    )
    lines.append(
        _(
            "I write there in {language}, the language of whoever has connected it.",
            language=Language(group.language).own_name,
        )
    )
    rows = [
        [ConnectGroup().button(_.plain("🔗 Connect another"))],
        [DisconnectGroup().button(_.plain("✖️ Disconnect"))],
    ]
    return Screen("\n".join(lines), rows)


def _what_is_wrong(_: Locale, group: StaffGroup, strangers: Sequence[str]) -> Html | None:
    """One sentence: what is missing, and what to press; None where nothing is."""
    match group.problem:
        case GroupProblem.GONE:
            return _(
                "⚠️ I am not in the group chat, or have not looked at it yet. Press “Connect another” and pick it: "
                "Telegram adds me."
            )
        case GroupProblem.NO_FORUM:
            return _("⚠️ The group chat has no topics. Open its settings in Telegram and switch on “Topics”.")
        case GroupProblem.NO_ADMIN:
            return _(
                "⚠️ I am not an administrator of the group chat. Press “Connect another” and pick the same one: "
                "Telegram makes me one."
            )
        case GroupProblem.NO_TOPICS:
            return _(
                "⚠️ I may not manage topics. In the settings of the group chat, open “Administrators”, press my name, "
                "and switch on “Manage topics”."
            )
        case GroupProblem.STRANGERS:
            return _stranger_line(_, group, strangers)
        case GroupProblem.NONE:
            return None


def _stranger_line(_: Locale, group: StaffGroup, strangers: Sequence[str]) -> Html:
    why = _("Until they leave or you make them organizers, names and words are not shown in the group chat.")
    if strangers:
        who = _(
            "⚠️ In the group chat, but no organizer: <b>{names}</b>.",
            names=", ".join(strangers[:_NAMED]) + ("…" if len(strangers) > _NAMED else ""),
        )
    else:
        who = _.plural(
            "⚠️ In the group chat is {n} member who is no organizer; Telegram does not tell me who.",
            "⚠️ In the group chat are {n} members who are no organizers; Telegram does not tell me who.",
            group.unknown,
        )
    return Html(f"{who} {why}")


def pick(_: Locale) -> Screen:
    """The phone's own list of groups comes up at a press."""
    text = _(
        "Press the button below the chat and pick the group chat. It needs topics (its settings → “Topics”) and only "
        "organizers in it. Telegram adds me and gives me the rights that I need."
    )
    request = KeyboardButtonRequestChat(
        REQUEST,
        chat_is_channel=False,
        chat_is_forum=True,
        user_administrator_rights=_NEEDED,
        bot_administrator_rights=_NEEDED,
        bot_is_member=True,
        request_title=True,
    )
    return Screen(text, keyboard=KeyboardButton(_.plain("👥 Pick the group chat"), request_chat=request))


def picked(_: Locale) -> Screen:
    """Takes the button away that a group was picked with."""
    return Screen(_("👥 I am looking at the group chat."), silent=True, removes_keyboard=True)


def not_picked(_: Locale) -> Screen:
    """Takes the button away where something else was written than it is for, and says where to find it."""
    return Screen(_("👥 No group chat was picked. To pick one: /group"), silent=True, removes_keyboard=True)


def sure(_: Locale, group: StaffGroup) -> Screen:
    """Is the group to be disconnected?"""
    text = _("Disconnect <b>{title}</b>? From then on everything comes in private again.", title=group.title)
    yes, no = _.plain("Yes, disconnect"), _.plain("No, keep it")
    return Screen(text, [[DropGroup().button(yes), KeepGroup().button(no)]])


def disconnected(_: Locale) -> Screen:
    """The group is connected no more."""
    return Screen(_("The group chat is disconnected. Everything comes in private again."))


def problem_notice(_: Locale, group: StaffGroup, strangers: Sequence[str]) -> Screen:
    """To all organizers, in private: something is wrong with the group, or nothing any more."""
    wrong = _what_is_wrong(_, group, strangers)
    if wrong is None:
        return Screen(
            _("👥 The staff group <b>{title}</b> works: names and words stand there again.", title=group.title)
        )
    head = _("👥 <b>Staff group: {title}</b>", title=group.title)
    tail = _("Meanwhile everything comes to you in private.")
    return Screen(f"{head}\n{wrong}\n{tail}")


# --- in the group -----------------------------------------------------------------------------------------------------


def alerts_topic(_: Locale) -> str:
    """What the topic of the alerts is called."""
    return _.plain("🆘 Alerts")


def opened(_: Locale, name: str) -> Screen:
    """The first line of a person's topic."""
    return Screen(_where_it_goes(_, name))


def _where_it_goes(_: Locale, name: str) -> Html:
    return _(
        "✍️ What you write in this topic goes to <b>{name}</b>, signed with your name, also an answer to a colleague. "
        "To talk among staff, write in “General”.",
        name=name,
    )


def write_in_topic(_: Locale, name: str) -> str:
    """A toast: how to write to a person from the group."""
    return _.plain("Write in the topic of {name} here: it goes to them.", name=name)


def withheld(_: Locale) -> Screen:
    """An answer in a topic while somebody in the group is no organizer: nothing was passed on."""
    return Screen(
        _("⚠️ Not passed on: somebody in this group chat is no organizer. Please write to them in our private chat.")
    )


def former(_: Locale) -> Screen:
    """An answer in a topic of a group that is connected no more: nothing was passed on."""
    return Screen(_("⚠️ Not passed on: this group chat is not connected. To connect it, send me /group in private."))


def not_sent(_: Locale) -> Screen:
    """Whose topic it is cannot be reached; no name, as anybody may be here."""
    return Screen(_("⚠️ Not sent: they have blocked the bot or left. Please call them."))


def words(_: Locale, pieces: Sequence[tuple[Relayed, int]], topic: Topic, *, first: bool) -> Screen:
    """Pieces of what was passed on, in one message; who wrote several after each other is named once.

    `first`: nothing stood in the topic before, and below it stands where answers go.
    """
    lines: list[Html] = []
    above: int | None = None
    for relayed, part in pieces:
        author = relayed.message.author_id
        lines.append(_post(_, relayed, part, goes_on=author == above and relayed.answered is None))
        above = author
    if first:
        lines.append(_where_it_goes(_, topic.name))
    return Screen("\n".join(lines), silent=True, reply_to=pieces[0][0].reply_to, topic=topic)


def _post(_: Locale, relayed: Relayed, part: int, *, goes_on: bool) -> Html:
    """A piece of what was passed on; `goes_on`: the piece above it is of the same writer."""
    message = relayed.message
    lines = [*(before(message) if part == 0 else []), quote(in_pieces(message)[part])]
    if part == 0 and not goes_on:
        lines.insert(0, _head(_, relayed))
    return Html("\n".join(line for line in lines if line))


def _head(_: Locale, relayed: Relayed) -> Html:
    message, answered = relayed.message, relayed.answered
    if message.author_id != message.person_id:
        return _("↪️ <b>{name}</b>, organizer, wrote to them:", name=message.author)
    if answered is not None:
        words = first_words(answered.text) or "…"
        return _("↩️ <b>{name}</b> answers the broadcast “{words}”:", name=message.author, words=words)
    return _("✉️ <b>{name}</b> writes:", name=message.author)


def media(_: Locale, relayed: Relayed, topic: Topic) -> Screen:
    """A picture, a file, a place, or those that came together, with whose they are where Telegram takes a caption."""
    message, parts = replace(relayed.message, earlier=None), relayed.parts
    text = _post(_, replace(relayed, message=message), 0, goes_on=False) if fits_caption(message) else Html("")
    if len(parts) < _LEAST_IN_ALBUM:
        place = (message.chat_id, message.message_id)
        return Screen(text, copy_of=place, silent=True, reply_to=relayed.reply_to, topic=topic)
    captions = [text, *(caption(one) for one in parts[1:])]
    files = tuple((one.kind, one.file or "", str(words)) for one, words in zip(parts, captions, strict=True))
    return Screen("", album=files, silent=True, reply_to=relayed.reply_to, topic=topic)
