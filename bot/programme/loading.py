"""From a seminar's folder to a `Seminar`, or to every problem of its files at once.

seminar.yaml      what it is called, where and when, languages, hours, groups, duty, contacts, drivers, maps,
                  how files look, certificates
places.yaml       where things happen
programme.yaml    days and sessions
info.yaml         practical information
lessons/NN-key.yaml   one lesson each, NN is the day
"""

from datetime import date
from pathlib import Path

from bot.programme import clock_changes
from bot.programme.fields import Fields
from bot.programme.files import lesson_files
from bot.programme.lesson_model import Lesson
from bot.programme.lessons import Lessons
from bot.programme.model import Seminar
from bot.programme.parts import read_frame, read_info, read_spoken
from bot.programme.places import read_places
from bot.programme.problems import Log, SeminarError
from bot.programme.sessions import Known, read_days
from bot.programme.source import read
from bot.programme.spoken import Spoken
from bot.reasons import reason, shortened


def load(path: Path, *, starts_on: date | None = None) -> Seminar:
    """Read the seminar in a folder; `starts_on` replaces its own first day.

    Raises SeminarError with every problem found; nothing else for whatever the files hold.
    """
    log = Log(shortened(path))
    try:
        there, why = path.is_dir(), "there is no such folder"
    except OSError as error:
        there, why = False, f"the folder cannot be read ({reason(error)})"
    if not there:
        log.add(1, why, "name a folder like seminars/sejong-2025")
        raise SeminarError(log.problems)
    seminar = _read_seminar(path, starts_on, log)
    if seminar is None or log.problems:
        raise SeminarError(log.problems)
    return seminar if starts_on is None else seminar.moved(starts_on)


def _read_seminar(folder: Path, starts_on: date | None, log: Log) -> Seminar | None:
    spoken = Spoken(None)
    top = _begin(folder / "seminar.yaml", "the seminar", log, spoken)
    if top is not None:
        spoken = top.spoken = read_spoken(top)
    frame = None if top is None else read_frame(top, folder)
    days_count = frame.days_count if frame and top and top.ok else None
    groups = [group.key for group in frame.groups] if frame else None

    there = _begin(folder / "places.yaml", "this file", log, spoken)
    places = None if there is None else read_places(there, has_driver=frame is None or frame.driver is not None)

    programme = _begin(folder / "programme.yaml", "the programme", log, spoken)
    known = Known(
        groups, None if places is None else list(places), days_count, frame.hours if days_count and frame else None
    )
    days = None if programme is None else read_days(programme, known)
    if top is not None and programme is not None:
        clock_changes.note_missing({"seminar.yaml": top.node, "programme.yaml": programme.node}, starts_on, log)

    pages = _begin(folder / "info.yaml", "this file", log, spoken)
    info = None if pages is None else read_info(pages)

    lessons = _read_lessons(folder, days_count, log, spoken)
    if top is not None:
        spoken.report(top.log)
    if frame is None or places is None or days is None or info is None:
        return None
    return Seminar(
        key=frame.key,
        title=frame.title,
        about=frame.about,
        place=frame.place,
        zone=frame.zone,
        home_zone=frame.home_zone,
        starts_on=frame.starts_on,
        hours=frame.hours,
        groups=frame.groups,
        contacts=frame.contacts,
        places=places,
        days=days,
        lessons=lessons,
        info=info,
        languages=frame.languages,
        driver=frame.driver,
        maps=frame.maps,
        duty=frame.duty,
        look=frame.look,
        certificate=frame.certificate,
    )


def _begin(path: Path, name: str, log: Log, spoken: Spoken) -> Fields | None:
    file = log.of(str(path))
    tree = read(path, file)
    return None if tree is None else Fields(tree, name, file, spoken)


def _read_lessons(folder: Path, days_count: int | None, log: Log, spoken: Spoken) -> tuple[Lesson, ...]:
    reader = Lessons(folder, days_count)
    lessons = []
    for path in lesson_files(folder, log):
        fields = _begin(path, "lesson", log, spoken)
        if fields is not None:
            lessons.append(reader.read(fields, path))
    return tuple(sorted(lessons, key=lambda lesson: lesson.day))
