"""The pictures of the numbers: which there are, what is said under one, and when there is nothing to draw."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.buttons.picture import PictureKind, PictureLook, PictureOf
from bot.charts.model import Look
from bot.i18n import N_, Html, Locale
from bot.people_filter import PeopleFilter
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Rows, Screen
from bot.text import units

_NAMES: Final[Mapping[PictureKind, str]] = {
    PictureKind.ATTENDANCE: N_("🟩 Attendance"),
    PictureKind.DAYS: N_("📈 Check-ins and mood"),
    PictureKind.LESSONS: N_("📚 Lessons"),
    PictureKind.QUIZZES: N_("❓ Hardest questions"),
    PictureKind.COMPETENCIES: N_("🎯 Competencies"),
    PictureKind.CHANGE: N_("📏 Before and after"),
}
_NOTHING: Final[Mapping[PictureKind, str]] = {
    PictureKind.ATTENDANCE: N_("There is no attendance yet: nobody has been marked at a session."),
    PictureKind.DAYS: N_("There is nothing to draw yet: nobody has answered a check-in."),
    PictureKind.LESSONS: N_("There is nothing to draw yet: nobody has opened a lesson."),
    PictureKind.QUIZZES: N_("There is nothing to draw yet: a question needs the answers of five people."),
    PictureKind.COMPETENCIES: N_("There is nothing to draw yet: nobody has finished a lesson that names a competency."),
    PictureKind.CHANGE: N_("There is nothing to draw yet: five people need to rate themselves before and after."),
}
_UNITS: Final = 1_000  # UTF-16 units of a caption, which may have 1,024


def menu(_: Locale, seminar: Seminar, look: Look, scope: PeopleFilter) -> Screen:
    """The pictures that can be made, and the colours that they will have; `scope`: whom the reader is told of."""
    lines = [
        _("🖼 <b>Pictures of the numbers</b>"),
        _("You can forward them. Names are on them only for organizers."),
        *you_see(_, seminar, scope),
    ]
    dark = look is Look.DARK
    other = PictureLook((Look.LIGHT if dark else Look.DARK).value)
    label = _.plain("☀️ Make them light") if dark else _.plain("🌙 Make them dark")
    rows = [[PictureOf(kind.value, 0).button(_.plain(name))] for kind, name in _NAMES.items()]
    return Screen("\n\n".join(lines), [*rows, [other.button(label)]])


def nothing(_: Locale, kind: PictureKind) -> Screen:
    """There is nothing to draw."""
    return Screen(_(_NOTHING[kind]))


def caption(_: Locale, kind: PictureKind, lines: Sequence[Html], at: str) -> Html:
    """What the picture shows, in words for who cannot see it: as many lines as fit. `at` is the hour of the figures."""
    name = _(_NAMES[kind])
    said = [Html(f"<b>{name}</b>")]
    last = _("<i>As of {time}</i>", time=at)
    left = _UNITS - units(said[0]) - units(last)
    for line in lines:
        left -= units(line) + 1
        if left < 3:
            said.append(Html("…"))
            break
        said.append(line)
    return Html("\n".join([*said, last]))


def again(_: Locale, kind: PictureKind, filter_id: int) -> Rows:
    """The button under a picture."""
    return [[PictureOf(kind.value, filter_id).button(_.plain("🔄 Make it again"))]]
