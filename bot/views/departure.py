"""Someone has left: what organizers hear of it."""

from bot.access import Role
from bot.i18n import Html, Locale
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.departure import Departure, DepartureReason


def notice(_: Locale, seminar: Seminar, left: Departure) -> Screen:
    """Who has left, and what that means for the lists and the calls for help."""
    lines: list[str] = [_named(_, seminar, left) if left.name else _nameless(_, left.role)]
    if left.how is DepartureReason.ERASED:
        lines.append(_("Everything about them here is erased."))
    if left.closed:
        lines.append(_("They are on none of your lists any more."))
        lines.append(_in_trouble(_, named=bool(left.name)))
    else:
        lines.append(_("They are on none of your lists any more, so nobody has to look for them."))
    if left.reopened:
        lines.append(
            _.plural(
                "🆘 {n} call that they had taken is open again: please take it.",
                "🆘 {n} calls that they had taken are open again: please take them.",
                left.reopened,
            )
        )
    return Screen("\n".join(lines))


def call_closed(_: Locale) -> Screen:
    """In place of a call for help whose person has left."""
    return Screen(_("👋 This call for help is closed: the person has left."))


def _in_trouble(_: Locale, *, named: bool) -> Html:
    """Who calls for help and then leaves may still be in trouble."""
    if named:
        return _("🆘 <b>They had called for help</b>, and that was still open: please make sure that all is well.")
    return _(
        "🆘 <b>They had called for help</b>, and that was still open: if you know who it was, please make sure that "
        "all is well."
    )


def _named(_: Locale, seminar: Seminar, left: Departure) -> Html:
    group = seminar.group(left.group)
    match left.role:
        case Role.TEACHER if group is not None:
            return _("👋 <b>{name}</b> ({group}) has left.", name=left.name, group=group.title.get(_.language))
        case Role.TEACHER:
            return _("👋 <b>{name}</b> has left.", name=left.name)
        case Role.COORDINATOR:
            return _("👋 <b>{name}</b>, coordinator, has left.", name=left.name)
        case _:
            return _("👋 <b>{name}</b>, organizer, has left.", name=left.name)


def _nameless(_: Locale, role: Role) -> Html:
    match role:
        case Role.TEACHER:
            return _("👋 A teacher has left. They asked me not to tell their name.")
        case Role.COORDINATOR:
            return _("👋 A coordinator has left. They asked me not to tell their name.")
        case _:
            return _("👋 An organizer has left. They asked me not to tell their name.")
