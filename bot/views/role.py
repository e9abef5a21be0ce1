"""Roles of the staff: what each may see, who has got one, and taking it back."""

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons.admission import AppointAdmitted
from bot.buttons.invite import ConfirmStaffInvite, InviteList
from bot.buttons.role import AppointMember, ChooseRole, EndRole, KeepRole, TakeRoleBack
from bot.i18n import Html, Locale
from bot.screen import Screen
from bot.store.admission import Admission
from bot.store.person import Person
from bot.store.retention import PUT_OUT
from bot.store.role import Demotion, GrantMethod, RoleGrant


def confirm_link(_: Locale, role: Role) -> Screen:
    """Before a link for the staff is made."""
    ask = _("Make a link for <b>one person whom you know</b>?")
    yes = ConfirmStaffInvite(role).button(_.plain("🔗 Yes, make the link"))
    return Screen(f"{_may(_, role)}\n{ask}", [[yes], [InviteList(0).button(_.plain("‹ Back"))]])


def confirm_admission(_: Locale, admission: Admission, role: Role) -> Screen:
    """Before a stranger is let in as one of the staff."""
    handle = f"@{admission.username}" if admission.username else "–"
    if role is Role.ORGANIZER:
        ask = _("Let <b>{name}</b> ({handle}) in as an organizer?", name=admission.name, handle=handle)
        label = _.plain("🧭 Yes, as an organizer")
    else:
        ask = _("Let <b>{name}</b> ({handle}) in as a coordinator?", name=admission.name, handle=handle)
        label = _.plain("📊 Yes, as a coordinator")
    sure = _("Telegram names can be anything: make sure that you know who it is.")
    yes = AppointAdmitted(admission.id, role).button(label)
    return Screen(f"{_may(_, role)}\n{ask} {sure}", [[yes], [_keep(_)]])


def choose(_: Locale, someone: Person) -> Screen:
    """Which role of the staff should a member have?"""
    labels = {Role.ORGANIZER: _.plain("🧭 Organizer"), Role.COORDINATOR: _.plain("📊 Coordinator")}
    rows = [[ChooseRole(someone.id, role).button(label)] for role, label in labels.items() if role is not someone.role]
    text = _("🎖 Which role should <b>{name}</b> have?", name=someone.name)
    return Screen("\n".join([text, *(_may(_, role) for role in labels)]), [*rows, [_keep(_)]])


def confirm_appointment(_: Locale, someone: Person, role: Role) -> Screen:
    """Before a member is given a role of the staff."""
    ask = (
        _("Make <b>{name}</b> an organizer?", name=someone.name)
        if role is Role.ORGANIZER
        else _("Make <b>{name}</b> a coordinator?", name=someone.name)
    )
    told = _("All organizers will hear that it was you.")
    yes = AppointMember(someone.id, role).button(_.plain("🎖 Yes, give the role"))
    return Screen(f"{_may(_, role)}\n{ask} {told}", [[yes], [_keep(_)]])


def given(_: Locale, grant: RoleGrant) -> Screen:
    """To the member who was given a role."""
    text = (
        _("🧭 <b>{by}</b> has made you an <b>organizer</b>.", by=grant.giver or "–")
        if grant.role is Role.ORGANIZER
        else _("📊 <b>{by}</b> has made you a <b>coordinator</b>.", by=grant.giver or "–")
    )
    more = _("What you can do now is in the menu beside the field for your words.")
    return Screen(f"{text}\n{more}")


def cannot_have_it(_: Locale) -> str:
    """A toast: the member has left, is an owner, has the role already, or is who presses."""
    return _.plain("That role cannot be given to this person.")


def notice(_: Locale, grant: RoleGrant) -> Screen:
    """Who has got which role from whom, and what became of it; with the button that takes it back while it stands."""
    text = _given(_, grant)
    if grant.ended_as is not None:
        return Screen(f"{text}\n{_ended(_, grant)}")
    if not grant.stands:
        return Screen(text)
    return Screen(text, [[TakeRoleBack(grant.id).button(_.plain("↩️ Take it back"))]])


def take_back(_: Locale, grant: RoleGrant) -> Screen:
    """What shall the person be instead?"""
    if grant.role is Role.ORGANIZER:
        text = _("↩️ <b>{name}</b> is an organizer. What should they be instead?", name=_name(_, grant))
    else:
        text = _("↩️ <b>{name}</b> is a coordinator. What should they be instead?", name=_name(_, grant))
    rows = [
        [EndRole(grant.id, Demotion.TEACHER).button(_.plain("🎓 A teacher"))],
        [EndRole(grant.id, Demotion.OUT).button(_.plain("🚪 Remove from the bot"))],
        [_keep(_)],
    ]
    return Screen(text, rows)


def taken_back(_: Locale, grant: RoleGrant) -> Screen:
    """To organizers: someone's role was taken back."""
    return Screen(f"{_given(_, grant)}\n{_ended(_, grant)}")


def kept(_: Locale) -> Screen:
    """Thought better of."""
    return Screen(_("All right, everything stays as it is."))


def lost(_: Locale, end: Demotion) -> Screen:
    """To the person whose role was taken back."""
    if end is Demotion.TEACHER:
        return Screen(_("The organizers have changed your role: you are here as a teacher now. /today shows your day."))
    ended = _("The organizers have ended your access to this bot. If that is a mistake, please talk to them.")
    kept = _.plural(
        "I will forget everything about you after {n} day.",
        "I will forget everything about you after {n} days.",
        PUT_OUT.days,
    )
    return Screen(f"{ended} {kept}")


def stands_no_more(_: Locale) -> str:
    """A toast: the role of this notice was taken back, given up or changed."""
    return _.plain("They do not have that role any more.")


def owner_stays(_: Locale) -> str:
    """A toast: owners are made and ended where the bot runs."""
    return _.plain("This is an owner of the bot. Only whoever looks after the bot's computer can change that.")


def not_oneself(_: Locale) -> str:
    """A toast: nobody takes their own role."""
    return _.plain("This is you. Ask a colleague, or leave with /me.")


def _may(_: Locale, role: Role) -> Html:
    if role is Role.ORGANIZER:
        return _(
            "🧭 An <b>organizer</b> sees everybody's name, check-ins, calls for help and messages, "
            "writes to everyone, and lets others in."
        )
    return _("📊 A <b>coordinator</b> sees numbers: no names, and nothing of what people write.")


def _given(_: Locale, grant: RoleGrant) -> Html:
    if grant.how is GrantMethod.APPOINTMENT:
        return _appointed(_, grant)
    return _new_owner(_, grant) if grant.owner else _new_staff(_, grant)


def _appointed(_: Locale, grant: RoleGrant) -> Html:
    name, by = _name(_, grant), grant.giver or "–"
    if grant.role is Role.ORGANIZER:
        return _("🧭 <b>{by}</b> has made <b>{name}</b> an <b>organizer</b>.", by=by, name=name)
    return _("📊 <b>{by}</b> has made <b>{name}</b> a <b>coordinator</b>.", by=by, name=name)


def _new_owner(_: Locale, grant: RoleGrant) -> Html:
    return _(
        "🔑 <b>{name}</b> is an <b>owner</b> of the bot now, by a link of the bot's computer: "
        "an organizer whom nobody can remove here.",
        name=_name(_, grant),
    )


def _new_staff(_: Locale, grant: RoleGrant) -> Html:
    name, by = _name(_, grant), grant.giver
    match grant.role, grant.how:
        case Role.ORGANIZER, GrantMethod.ADMISSION:
            return _("🧭 <b>{by}</b> has let <b>{name}</b> in as an <b>organizer</b>.", by=by or "–", name=name)
        case _, GrantMethod.ADMISSION:
            return _("📊 <b>{by}</b> has let <b>{name}</b> in as a <b>coordinator</b>.", by=by or "–", name=name)
        case Role.ORGANIZER, _ if by:
            return _("🧭 <b>{name}</b> is an <b>organizer</b> now, by a link of <b>{by}</b>.", name=name, by=by)
        case Role.ORGANIZER, _:
            return _(
                "🧭 <b>{name}</b> is an <b>organizer</b> now, "
                "by a link of the bot's computer or of someone who has left.",
                name=name,
            )
        case _ if by:
            return _("📊 <b>{name}</b> is a <b>coordinator</b> now, by a link of <b>{by}</b>.", name=name, by=by)
        case _:
            return _(
                "📊 <b>{name}</b> is a <b>coordinator</b> now, "
                "by a link of the bot's computer or of someone who has left.",
                name=name,
            )


def _ended(_: Locale, grant: RoleGrant) -> Html:
    if grant.ended_as is Demotion.TEACHER:
        return _("↩️ {by} has taken that back: they are a teacher now.", by=grant.ender or "–")
    return _("↩️ {by} has taken that back: they are not in the bot any more.", by=grant.ender or "–")


def _name(_: Locale, grant: RoleGrant) -> str:
    return grant.name or "–"


def _keep(_: Locale) -> InlineKeyboardButton:
    return KeepRole().button(_.plain("‹ No, leave it"))
