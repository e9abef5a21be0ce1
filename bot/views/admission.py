"""A stranger asks to be let in: what organizers see, and what the stranger hears."""

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons.admission import AdmissionOpen, AdmissionPage, AnswerAdmission, TakeAdmittedBack
from bot.buttons.start import SetLanguage
from bot.i18n import Html, Locale
from bot.languages import LANGUAGES
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.admission import Admission, AdmissionQueue
from bot.store.admission_card import RequestCardContent
from bot.store.retention import REFUSED

_LABEL = 30  # characters of a button that a narrow phone shows


def card(_: Locale, shows: RequestCardContent) -> Screen:
    """Everyone who waits for an answer, on one message; one of them alone, when it is opened or the only one."""
    queue, opened, last = shows.queue, shows.opened, shows.last
    if opened is not None:
        alone = alert(_, opened)
        others = queue.waiting - (opened.state == "asked")
        back = [[_turn(_, queue)]] if others else []
        return Screen(alone.text, [*alone.rows, *back])
    if queue.waiting == 0:
        return alert(_, last) if last is not None else Screen(_("✓ Nobody is waiting to be let in."))
    outcome = [_outcome(_, last), ""] if last is not None else []
    undo = _undo(_, last) if last is not None else []
    if queue.waiting == 1:
        alone = alert(_, queue.people[0])
        return Screen("\n".join([*outcome, alone.text]), [*alone.rows, *undo])
    head = _.plural("🚪 <b>{n} person asks to be let in.</b>", "🚪 <b>{n} people ask to be let in.</b>", queue.waiting)
    hint = _("The newest are first. Press a name to answer.")
    rows = [[AdmissionOpen(one.id, queue.page).button(_cut(_called(one)))] for one in queue.people]
    return Screen("\n".join([*outcome, head, hint]), [*rows, *_pages(_, queue), *undo])


def moved(_: Locale) -> Screen:
    """A card that has come anew further down, where it cannot be taken away."""
    return Screen(_("🚪 The requests to be let in are further down."))


def gone(_: Locale) -> str:
    """A toast: the request is not kept any more."""
    return _.plain("This request is gone.")


def alert(_: Locale, admission: Admission) -> Screen:
    """A request as organizers see it, also after it was answered."""
    handle = f"@{admission.username}" if admission.username else "–"
    lines = [
        _("🚪 <b>{name}</b> ({handle}) asks to be let in.", name=admission.name, handle=handle),
        _("Telegram names can be anything: make sure that you know who it is."),
    ]
    match admission.state:
        case "admitted":
            lines.append(_let_in(_, admission))
            return Screen("\n".join(lines), _undo(_, admission))
        case "refused":
            lines.append(_("✖️ Refused by {name}.", name=admission.answered_by))
            return Screen("\n".join(lines), [[_admit(_, admission, Role.TEACHER)]])
    staff = [_admit(_, admission, Role.ORGANIZER), _admit(_, admission, Role.COORDINATOR)]
    no = AnswerAdmission(admission.id, "no").button(_.plain("✖️ No"))
    return Screen("\n".join(lines), [[_admit(_, admission, Role.TEACHER)], staff, [no]])


def admitted(_: Locale, seminar: Seminar) -> Screen:
    """To the stranger: come in, and the first question; where there is one language, a button that brings it."""
    if len(seminar.languages) == 1:
        begin = SetLanguage(seminar.languages[0]).button(_.plain("▶️ Begin"))
        return Screen(_("🎉 An organizer has let you in. Welcome! A few short questions come first."), [[begin]])
    text = _("🎉 An organizer has let you in. Welcome! In which language shall we speak?")
    offered = [language for language in LANGUAGES if language in seminar.languages]
    return Screen(text, in_rows([SetLanguage(language).button(language.own_name) for language in offered], 2))


def refused(_: Locale) -> Screen:
    """To the stranger: no, and how long that is kept."""
    kept = _.plural(
        "I will forget your request after {n} day.", "I will forget your request after {n} days.", REFUSED.days
    )
    no = _("The organizers did not let you in. If that is a mistake, please talk to them in person.")
    return Screen(f"{no} {kept}")


def _outcome(_: Locale, last: Admission) -> Html:
    match last.state, last.role:
        case "admitted", Role.ORGANIZER:
            return _("✅ <b>{name}</b>: let in as an organizer by {by}.", name=last.name, by=last.answered_by)
        case "admitted", Role.COORDINATOR:
            return _("✅ <b>{name}</b>: let in as a coordinator by {by}.", name=last.name, by=last.answered_by)
        case "admitted", _role:
            return _("✅ <b>{name}</b>: let in by {by}.", name=last.name, by=last.answered_by)
    return _("✖️ <b>{name}</b>: refused by {by}.", name=last.name, by=last.answered_by)


def _let_in(_: Locale, admission: Admission) -> Html:
    match admission.role:
        case Role.ORGANIZER:
            return _("✅ Let in as an organizer by {name}.", name=admission.answered_by)
        case Role.COORDINATOR:
            return _("✅ Let in as a coordinator by {name}.", name=admission.answered_by)
        case _role:
            return _("✅ Let in by {name}.", name=admission.answered_by)


def _undo(_: Locale, last: Admission) -> list[list[InlineKeyboardButton]]:
    """What can still be changed about an answer: a refusal, and a role of the staff."""
    if last.state == "refused":
        label = _.plain("↩️ Let {name} in after all", name=_cut(last.name))
        return [[AnswerAdmission(last.id, Role.TEACHER).button(label)]]
    if last.state == "admitted" and last.role in {Role.ORGANIZER, Role.COORDINATOR}:
        label = _.plain("↩️ {name}: take it back", name=_cut(last.name))
        return [[TakeAdmittedBack(last.id).button(label)]]
    return []


def _turn(_: Locale, queue: AdmissionQueue) -> InlineKeyboardButton:
    return AdmissionPage(queue.page).button(_.plain("« All requests"))


def _pages(_: Locale, queue: AdmissionQueue) -> list[list[InlineKeyboardButton]]:
    row = page_row(_, queue.page, queue.pages, AdmissionPage)
    return [row] if row else []


def _called(one: Admission) -> str:
    return f"{one.name} · @{one.username}" if one.username else one.name


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"


def _admit(_: Locale, admission: Admission, role: Role) -> InlineKeyboardButton:
    match role:
        case Role.TEACHER:
            label = _.plain("✅ Let in as a teacher")
        case Role.ORGANIZER:
            label = _.plain("… as an organizer")
        case _:
            label = _.plain("… as a coordinator")
    return AnswerAdmission(admission.id, role).button(label)
