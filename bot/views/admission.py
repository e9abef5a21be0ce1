"""A stranger asks to be let in: what organizers see, and what the stranger hears."""

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons import AnswerAdmission, SetLanguage
from bot.i18n import Words
from bot.languages import Language
from bot.screen import Screen
from bot.store.admission import Admission


def alert(_: Words, admission: Admission) -> Screen:
    """A request as organizers see it, also after it was answered."""
    handle = f"@{admission.username}" if admission.username else "–"
    lines = [
        _("🚪 <b>{name}</b> ({handle}) asks to be let in.", name=admission.name, handle=handle),
        _("Telegram names can be anything: make sure that you know who it is."),
    ]
    match admission.state:
        case "admitted":
            lines.append(_("✅ Let in by {name}.", name=admission.answered_by))
            return Screen("\n".join(lines))
        case "refused":
            lines.append(_("✖️ Refused by {name}.", name=admission.answered_by))
            return Screen("\n".join(lines), [[_admit(_, admission, Role.TEACHER)]])
    staff = [_admit(_, admission, Role.ORGANIZER), _admit(_, admission, Role.COORDINATOR)]
    no = AnswerAdmission(admission.id, "no").button(_.plain("✖️ No"))
    return Screen("\n".join(lines), [[_admit(_, admission, Role.TEACHER)], staff, [no]])


def admitted(_: Words) -> Screen:
    """To the stranger: come in, and the first question."""
    text = _("🎉 An organizer has let you in. Welcome! In which language shall we speak?")
    buttons = [SetLanguage(language).button(language.own_name) for language in Language]
    return Screen(text, [buttons[:2], buttons[2:]])


def refused(_: Words) -> Screen:
    """To the stranger: no."""
    return Screen(_("The organizers did not let you in. If that is a mistake, please talk to them in person."))


def _admit(_: Words, admission: Admission, role: Role) -> InlineKeyboardButton:
    match role:
        case Role.TEACHER:
            label = _.plain("✅ Let in as a teacher")
        case Role.ORGANIZER:
            label = _.plain("… as an organizer")
        case _:
            label = _.plain("… as a coordinator")
    return AnswerAdmission(admission.id, role).button(label)
