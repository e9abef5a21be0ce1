"""What a chat can say: one written list, in the order in which the menu shows the commands."""

from handlers import (
    absence,
    admission,
    agenda,
    broadcast,
    calendar,
    checkin,
    checkin_edit,
    correction,
    error,
    fallback,
    headcount,
    headcount_answer,
    help,  # noqa: A004 - the feature's one name everywhere
    info,
    invite,
    language,
    lesson,
    me,
    progress,
    role,
    start,
    stats,
    unsent,
)

ROUTES = (
    *start.ROUTES,
    *agenda.ROUTES,
    *calendar.ROUTES,
    *lesson.ROUTES,
    *checkin.ROUTES,
    *progress.ROUTES,
    *info.ROUTES,
    *absence.ROUTES,
    *headcount.ROUTES,
    *headcount_answer.ROUTES,
    *broadcast.ROUTES,
    *stats.ROUTES,
    *invite.ROUTES,
    *admission.ROUTES,
    *role.ROUTES,
    *help.ROUTES,
    *unsent.ROUTES,
    *checkin_edit.ROUTES,
    *correction.ROUTES,
    *language.ROUTES,
    *me.ROUTES,
)
FALLBACKS = fallback.FALLBACKS
on_error = error.on_error
