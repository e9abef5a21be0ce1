"""Arriving: from an invitation to the first agenda, one question a screen."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons.admission import AskAdmission
from bot.buttons.role import AcceptRole
from bot.buttons.start import ChooseGroup, Consent, KeepName, SetLanguage
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.phrases import normalized
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows
from bot.store.invite import CodeStatus
from bot.store.person import Person
from bot.store.retention import JOINING
from bot.text import NAME_LIMIT

# Telegram shows about this much of a button on a narrow phone.
_LABEL = 30


# --- arriving -------------------------------------------------------------------------------------------------------


def stranger(_: Locale, everyone: Sequence[Locale]) -> Screen:
    """No invitation: a kind refusal in all languages, with the one button in the phone's own."""
    return Screen("\n\n".join(_refusal(locale) for locale in everyone), [[_ask_admission(_)]])


def nobody_organizes(_: Locale, refusal: Screen, telegram_id: int) -> Screen:
    """A refusal while the bot has no organizer, for whoever tries it first: probably who has set it up.

    The account's number is for those who set up bots by a script and HAMROH_OWNERS.
    """
    hint = _(
        "🔧 Nobody organizes the seminar here yet. If you have set up this bot: on its computer, "
        "<code>{command}</code> prints the link that lets you in. Your Telegram number is <code>{number}</code>.",
        command=".venv/bin/python -m bot invite owner",
        number=telegram_id,
    )
    return Screen(f"{refusal.text}\n\n{hint}", refusal.rows)


def unread(_: Locale) -> Screen:
    """A stranger has written something: nobody has read it, and what can be done."""
    text = _(
        "✉️ I do not know you yet, so nobody has read this. If you belong to the seminar, open your invitation link, or "
        "press the button: the organizers will see your name on Telegram and answer here."
    )
    return Screen(text, [[_ask_admission(_)]])


def still_asking(_: Locale) -> Screen:
    """A stranger who has asked to be let in writes something meanwhile."""
    text = _("⏳ You have asked to be let in, and the answer will come here. Until then nobody reads what you write.")
    return Screen(text)


def bad_code(_: Locale, status: CodeStatus, *, inside: bool) -> Screen:
    """An invitation that does not work, and why. Who is `inside` needs no other way in."""
    match status:
        case CodeStatus.EXPIRED:
            text = _("⌛ This invitation has expired. Please ask an organizer for a new one.")
        case CodeStatus.REVOKED:
            text = _("✖️ The organizers have withdrawn this invitation. Please ask them for a new one.")
        case CodeStatus.USED_UP:
            text = _("This invitation has been used already. Please ask an organizer for a new one.")
        case _:
            text = _("This invitation link is not right: perhaps a part of it is missing. Please open it again.")
    return Screen(text, [] if inside else [[_ask_admission(_)]])


def open_link_again(_: Locale) -> str:
    """A toast for who presses a button of joining without being about to join."""
    return _.plain("Please open your invitation link again.")


# --- the questions --------------------------------------------------------------------------------------------------


def languages(everyone: Sequence[Locale]) -> Screen:
    """The question where there are several languages, in each of them."""
    buttons = [SetLanguage(locale.language).button(Language(locale.language).own_name) for locale in everyone]
    return Screen("\n".join(_which_language(locale) for locale in everyone), in_rows(buttons, 2))


def name(_: Locale, account_name: str, seminar: Seminar) -> Screen:
    """The question that everybody is asked, with a welcome where it is the first.

    `account_name` is what the account is called, "" when that is no name.
    """
    rows: list[list[InlineKeyboardButton]] = []
    if account_name and len(account_name) <= NAME_LIMIT:
        rows = [[KeepName().button(_cut(account_name))]]
        text = _("✍️ What is your name? The organizers see it. Type it, or press the button.")
    else:
        text = _("✍️ What is your name? The organizers see it. Please type it.")
    kept = _.plural(
        "If you stop before the end, I will forget your answers after {n} day.",
        "If you stop before the end, I will forget your answers after {n} days.",
        JOINING.days,
    )
    first = len(seminar.languages) == 1
    hello = [_("👋 Welcome to <b>{title}</b>!", title=seminar.title.get(_.language))] if first else []
    return Screen("\n\n".join([*hello, text, kept]), rows)


def name_too_long(_: Locale) -> Screen:
    """A name longer than a name is."""
    return Screen(
        _.plural(
            "That is too long: a name has at most {n} letter. Please type it again.",
            "That is too long: a name has at most {n} letters. Please type it again.",
            NAME_LIMIT,
        )
    )


def no_name(_: Locale) -> Screen:
    """A text without a single letter."""
    return Screen(_("I cannot read a name in that. Please type it with letters."))


def groups(_: Locale, seminar: Seminar) -> Screen:
    """The question for teachers, where there are groups."""
    rows = [[ChooseGroup(group.key).button(_cut(group.title.get(_.language)))] for group in seminar.groups]
    return Screen(_("👥 Which group are you in? If you do not know, choose any: /me changes it later."), rows)


def consent_of_listed(_: Locale, seminar: Seminar, me: Person, everyone: Sequence[Locale]) -> Screen:
    """The last question for whoever came by a link of their own: with what is known of them, and by which list."""
    group = seminar.group(me.group)
    known = _(
        "👋 <b>{name}</b>, this link was made for you. Your name comes from the organizers' list, as do your school, "
        "room, phone number, flight and diet where they are in it.",
        name=me.name,
    )
    if group is not None:
        in_group = _("Your group: {group}.", group=group.title.get(_.language))
        known = Html(f"{known} {in_group}")
    wrong = _("/me changes it later. If you are somebody else, press “Not now”.")
    asked = consent(_, seminar)
    others = [one for one in everyone if one.language != _.language and one.language in seminar.languages]
    buttons = [SetLanguage(one.language).button(f"🌐 {Language(one.language).own_name}") for one in others]
    return Screen(f"{known} {wrong}\n\n{asked.text}", [*asked.rows, *in_rows(buttons, 3)])


def consent(_: Locale, seminar: Seminar) -> Screen:
    """The last question: what is stored, who sees it, how to erase it."""
    lines = [
        _("🔒 <b>Before we begin: what I keep</b>"),
        "",
        _("• your name, language, group and Telegram account")
        if seminar.has_groups
        else _("• your name, language and Telegram account"),
        _("• your check-ins, headcounts and lesson answers"),
        _("• for which days organizers excuse you, and why: ill, with family or travelling"),
        _("• what you write to the organizers, and a log of the messages that I send you"),
        "",
        _("<b>Who can see what</b>"),
        _("• organizers: your name, group, Telegram account, check-ins and what you write to them")
        if seminar.has_groups
        else _("• organizers: your name, Telegram account, check-ins and what you write to them"),
        _("• coordinators: numbers only, no names and no words"),
        _("• whoever looks after the computer that I run on: all of it, the log and safety copies included"),
        "",
        _(
            "<b>How long:</b> until you erase it; safety copies keep it until they are deleted. "
            "/me shows, exports or erases it at any time."
        ),
        _.plural(
            "If you press neither button, I will forget it all after {n} day.",
            "If you press neither button, I will forget it all after {n} days.",
            JOINING.days,
        ),
    ]
    yes = Consent(1).button(_.plain("✅ I agree"))
    no = Consent(0).button(_.plain("Not now"))
    return Screen("\n".join(lines), [[yes], [no]])


def group_named(seminar: Seminar, typed: str) -> str | None:
    """The key of the one group that the text names, in whichever language; None for none, or several."""
    said = normalized(typed)
    named = [
        group.key for group in seminar.groups if said in {normalized(title) for title in group.title.texts.values()}
    ]
    return named[0] if said and len(named) == 1 else None


def buttons_alone(_: Locale, question: Screen, *, consent: bool) -> Screen:
    """Words came where a button is asked for: the buttons again, without the whole question."""
    text = (
        _("🔒 Here I can only read the two buttons. What I keep and who sees it is in the message above.")
        if consent
        else _("👆 Please press a button.")
    )
    return Screen(text, question.rows)


def declined(_: Locale, *, by_link: bool) -> Screen:
    """Not now; how to come back."""
    if by_link:
        return Screen(_("All right, I have kept nothing about you. To come back, open your invitation link again."))
    return Screen(_("All right, I have kept nothing about you. To come back, press /start."))


# --- inside ---------------------------------------------------------------------------------------------------------


def welcome(
    _: Locale, name: str, role: Role, seminar: Seminar, commands: Sequence[tuple[str, str]], *, to_go: int
) -> Screen:
    """The questions are over. `commands` are those of the role, with what each is for; it begins in `to_go` days."""
    title = seminar.title.get(_.language)
    match role:
        case Role.TEACHER:
            hello = _("🎉 Welcome to <b>{title}</b>, {name}! The agenda comes every morning.", title=title, name=name)
        case Role.COORDINATOR:
            hello = _("🎉 Welcome, {name}! You coordinate <b>{title}</b>.", title=title, name=name)
        case _:
            hello = _("🎉 Welcome, {name}! You organize <b>{title}</b>; alerts come here.", title=title, name=name)
    lines = [_("/{command} – {what}", command=command, what=what) for command, what in commands]
    begins = [_("It begins on {day}.", day=_.day(seminar.first)), _.plural("{n} day to go.", "{n} days to go.", to_go)]
    when = [" ".join(begins)] if to_go > 0 else []
    return Screen("\n".join([hello, *when, "", _("What you can do here:"), *lines]))


def already_in(_: Locale) -> str:
    """A toast for a second press."""
    return _.plain("You are already in.")


def offer_role(_: Locale, role: Role, ticket: str) -> Screen:
    """A member opened a staff invitation: is that what they want?"""
    if role is Role.OWNER:
        text = _(
            "This invitation makes you an <b>owner</b> of the bot: an organizer whom nobody can remove here. "
            "Your name and your data stay as they are."
        )
    elif role is Role.ORGANIZER:
        text = _("This invitation makes you an <b>organizer</b>. Your name and your data stay as they are.")
    else:
        text = _("This invitation makes you a <b>coordinator</b>. Your name and your data stay as they are.")
    yes = AcceptRole(ticket).button(_.plain("✅ Accept"))
    return Screen(text, [[yes, AcceptRole("").button(_.plain("No, thank you"))]])


def role_kept(_: Locale) -> Screen:
    """The member stays what they are."""
    return Screen(_("All right, everything stays as it is."))


def for_teachers(_: Locale) -> Screen:
    """A member of the staff opened a teachers' link."""
    return Screen(_("This invitation is for teachers; you are in already. It works: forward it to them."))


def _refusal(_: Locale) -> str:
    return _("👋 This bot is for the people of a seminar. To come in, open your invitation link. No link? Ask below.")


def _which_language(_: Locale) -> str:
    return _("👋 Welcome! In which language shall we speak?")


def _ask_admission(_: Locale) -> InlineKeyboardButton:
    return AskAdmission().button(_.plain("🙋 Ask an organizer"))


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"
