"""What is kept about me: see it, change it, take it along, erase it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons.care import CareMine
from bot.buttons.language import ChangeLanguage
from bot.buttons.me import ChangeMe, EraseAndTell, EraseMe, MoveGroup
from bot.buttons.reminder import RemindMe
from bot.i18n import Locale
from bot.languages import Language
from bot.programme.model import Seminar
from bot.programme.reminders import CHOICES
from bot.screen import Screen, in_rows
from bot.store.person import Person

_LABEL = 30


def page(_: Locale, me: Person, seminar: Seminar, *, listed: bool) -> Screen:
    """What is kept about me, and the buttons to change it. `listed`: the organizers' list says something of me."""
    group = seminar.group(me.group)
    several = len(seminar.languages) > 1
    lines = [_("👤 <b>{name}</b>", name=me.name), _role(_, me.role)]
    if several:
        lines.append(_("Language: {language}", language=Language(_.language).own_name))
    if group is not None:
        lines.append(_("Group: {group}", group=group.title.get(_.language)))
    elif lacks_group(me, seminar):
        lines.append(_("Group: not chosen yet"))
    lines.append(_reminders(_, me))
    lines += [
        "",
        _("I also keep your check-ins, headcounts, lesson answers and messages to the organizers.")
        if me.role is Role.TEACHER
        else _("I also keep your lesson answers and what you write here."),
    ]
    if listed:
        lines.append(
            _(
                "I also keep what the organizers' list says about you: school, room, phone number, flight and diet. "
                "They see it."
            )
        )
    change: list[InlineKeyboardButton] = [ChangeMe("name").button(_.plain("✍️ Name"))]
    if me.role is Role.TEACHER and seminar.has_groups:
        change.append(ChangeMe("group").button(_.plain("👥 Group")))
    if several:
        change.append(ChangeMe("language").button(_.plain("🌐 Language")))
    data = [
        ChangeMe("export").button(_.plain("📦 Export my data")),
        ChangeMe("erase").button(_.plain("🗑 Erase my data")),
    ]
    care = [CareMine().button(_.plain("🩺 Care sheet"))]
    return Screen("\n".join(lines), [_reminder_buttons(_, me), change, care, data[:1], data[1:]])


def _reminders(_: Locale, me: Person) -> str:
    if me.reminder is None:
        return _("⏰ I do not remind you of sessions, but always of departures.")
    return _.plural(
        "⏰ I remind you {n} minute before each session, and always of departures.",
        "⏰ I remind you {n} minutes before each session, and always of departures.",
        me.reminder,
    )


def _reminder_buttons(_: Locale, me: Person) -> list[InlineKeyboardButton]:
    labels = [(0, _.plain("🔕 Off")), *((one, _.plain("⏰ {n} min", n=one)) for one in CHOICES)]
    return [
        RemindMe(minutes).button(f"✓ {label}" if minutes == (me.reminder or 0) else label) for minutes, label in labels
    ]


def no_such_reminder(_: Locale) -> str:
    """A toast: an old button."""
    return _.plain("I do not remind so long before. Choose again with /me.")


def lacks_group(me: Person, seminar: Seminar) -> bool:
    """Whether a teacher is in no group of a seminar that has some: theirs is gone, or there was none to choose."""
    return me.role is Role.TEACHER and seminar.has_groups and seminar.group(me.group) is None


def languages(everyone: Sequence[Locale], present: str) -> Screen:
    """Which language from now on? Asked in every language, for whoever cannot read this one; the present is marked."""
    names = {locale.language: Language(locale.language).own_name for locale in everyone}
    labels = {language: f"✓ {name}" if language == present else name for language, name in names.items()}
    buttons = [ChangeLanguage(language).button(label) for language, label in labels.items()]
    return Screen("\n".join(_which_language(locale) for locale in everyone), in_rows(buttons, 2))


def one_language(_: Locale) -> Screen:
    """There is no other one to choose."""
    return Screen(_("🌐 I speak one language in this seminar: {language}.", language=Language(_.language).own_name))


def not_spoken(_: Locale) -> str:
    """A toast: the seminar has changed since."""
    return _.plain("I do not speak that language in this seminar.")


def language_changed(_: Locale) -> Screen:
    """Said in the new language."""
    return Screen(_("✓ From now on I will write to you in this language."))


def new_name(_: Locale) -> Screen:
    """Waits for the new name."""
    return Screen(_("✍️ Type your name as the organizers should see it."), [_back(_)])


def name_lapsed(_: Locale, name: str) -> Screen:
    """Words came long after the name was asked for: they are not taken for it."""
    text = _("⌛ You wanted to change your name, but that was a while ago: it stays <b>{name}</b>.", name=name)
    return Screen(text, [[ChangeMe("name").button(_.plain("✍️ Change my name"))]])


def name_stays(_: Locale, name: str) -> Screen:
    """Something else came before the new name."""
    text = _("✍️ Your name stays <b>{name}</b>.", name=name)
    return Screen(text, [[ChangeMe("name").button(_.plain("✍️ Change my name"))]])


def new_group(_: Locale, seminar: Seminar) -> Screen:
    """Waits for the new group."""
    rows = [[MoveGroup(group.key).button(group.title.get(_.language)[:_LABEL])] for group in seminar.groups]
    return Screen(_("👥 Which group are you in?"), [*rows, _back(_)])


def no_such_group(_: Locale) -> str:
    """A toast: the seminar has changed since."""
    return _.plain("That group is no longer there.")


def caption(_: Locale) -> str:
    """Under the file with someone's data."""
    return _.plain("📦 Everything that I keep about you. A text editor opens it.")


def confirm_erasure(_: Locale, *, last: bool) -> Screen:
    """The one confirmation. `last`: no other organizer would be there to hear of it."""
    parts = [
        _(
            "🗑 <b>Erase everything about you?</b> Your name, your answers, your check-ins and your messages will be "
            "gone, and I will forget you. This cannot be undone. Messages that already arrived on other phones stay "
            "there."
        )
    ]
    if last:
        parts.append(
            _(
                "⚠️ <b>No other organizer can be reached here.</b> After this, calls for help wait until one comes "
                "in: on the bot's computer, <code>{command}</code> prints the link.",
                command=".venv/bin/python -m bot invite owner",
            )
        )
    parts.append(
        _(
            "👋 May the organizers hear that you have left, so that nobody looks for you? "
            "Without your name they will hear only that someone has left."
        )
    )
    rows = [
        [EraseAndTell().button(_.plain("👋 Erase, and say that I left"))],
        [EraseMe().button(_.plain("🗑 Erase without my name"))],
        _back(_),
    ]
    return Screen("\n\n".join(parts), rows)


def erased(_: Locale, *, told: bool, named: bool) -> Screen:
    """Goodbye; and whether organizers are `told`, by name or not."""
    lines = [_("✓ Everything about you is erased. To come back, open an invitation link. All the best!")]
    if told and named:
        lines.append(_("The organizers will hear that you have left; then I will forget your name, too."))
    elif told:
        lines.append(_("The organizers will hear that someone has left, without your name."))
    elif named:
        lines.append(_("No organizer can be reached here, so nobody hears that you have left."))
    return Screen("\n".join(lines))


def _which_language(_: Locale) -> str:
    return _("🌐 In which language shall we speak?")


def _role(_: Locale, role: Role) -> str:
    match role:
        case Role.TEACHER:
            return _("Role: teacher")
        case Role.COORDINATOR:
            return _("Role: coordinator")
        case _:
            return _("Role: organizer")


def _back(_: Locale) -> list[InlineKeyboardButton]:
    return [ChangeMe("page").button(_.plain("‹ Back"))]
