"""How it is written what somebody has done for a certificate and what is missing, and what is printed on one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.certificate import Part, Standing
from bot.programme.model import Seminar

_LESSONS = 12  # whose numbers are named


def hours(_: Locale, minutes: int) -> str:
    """Minutes as hours, with a decimal where they are not whole: `40 h`, `3.5 h`."""
    whole, rest = divmod(minutes, 60)
    return _.plain("{hours} h", hours=_.decimal(minutes / 60) if rest else whole)


def done_lines(_: Locale, standing: Standing) -> Iterator[Html]:
    """A line for each thing that the certificate takes: done, or how far that is."""
    if (part := standing.attendance) is not None:
        yield _part(part, _("Sessions: {has} of {wanted}", has=hours(_, part.has), wanted=hours(_, part.wanted)))
    if (part := standing.practice) is not None:
        yield _part(part, _("Workshops: {has} of {wanted}", has=hours(_, part.has), wanted=hours(_, part.wanted)))
    if standing.lessons_wanted:
        said = _("Lessons: {has} of {wanted}", has=standing.lessons, wanted=standing.lessons_wanted)
        yield _marked(said, met=not standing.lacking_lessons)


def lacking(_: Locale, standing: Standing) -> str:
    """What is missing, in one line without markup; empty where nothing is."""
    said = []
    if (part := standing.attendance) is not None and part.lacking:
        said.append(_.plain("{lacking} of {wanted}", lacking=hours(_, part.lacking), wanted=hours(_, part.wanted)))
    if (part := standing.practice) is not None and part.lacking:
        lacks, wanted = hours(_, part.lacking), hours(_, part.wanted)
        said.append(_.plain("workshops: {lacking} of {wanted}", lacking=lacks, wanted=wanted))
    if standing.lacking_lessons:
        days = ", ".join(str(one.day) for one in standing.open_lessons[:_LESSONS])
        more = "…" if len(standing.open_lessons) > _LESSONS else ""
        said.append(_.plain("lessons: {n} of those of days {days}", n=standing.lacking_lessons, days=f"{days}{more}"))
    return "; ".join(said)


def _part(part: Part, said: Html) -> Html:
    return _marked(said, met=not part.lacking)


def _marked(said: Html, *, met: bool) -> Html:
    return Html(f"{'✅' if met else '▫️'} {said}")


def design(_: Locale, seminar: Seminar, english: Locale | None, digests: dict[Path, str]) -> dict[str, Any]:
    """All that certificates in this language share, as it is kept; `digests` are those of the pictures."""
    rules = seminar.certificate
    assert rules is not None
    signatory = rules.signatory
    beside = english is not None and _.language != Language.ENGLISH and Language.ENGLISH in seminar.languages
    pictures = {"logo": seminar.look.logo, "signature": signatory.signature, "stamp": signatory.stamp}
    facts = {
        "title": seminar.title,
        "place": seminar.place,
        "issuer": rules.issuer,
        "signatory": signatory.name,
        "post": signatory.post,
    }
    return {
        "template": "1",
        "language": _.language,
        "color": seminar.look.color,
        "decimal": _.decimal(1.5)[1:-1],
        **{name: digests[path] if path else "" for name, path in pictures.items()},
        "endings": {name: path.suffix for name, path in pictures.items() if path},
        "words": _words(_, seminar),
        "english": _words(english, seminar) if english is not None and beside else None,
        "facts": {
            **{name: {str(one): said for one, said in text.texts.items()} for name, text in facts.items()},
            "first": seminar.first.isoformat(),
            "last": seminar.last.isoformat(),
            "website": rules.website,
        },
    }


def _words(_: Locale, seminar: Seminar) -> dict[str, str]:
    rules = seminar.certificate
    assert rules is not None
    first, last = _.full_day(seminar.first), _.full_day(seminar.last)
    dates = first if first == last else f"{first} – {last}"
    return {
        "title": _.plain("CERTIFICATE"),
        "certifies": _.plain("This is to certify that"),
        "took_part": _.plain("has taken part in the seminar and met its requirements"),
        "seminar": seminar.title.get(_.language),
        "place": f"{seminar.place.get(_.language)} · {dates}",
        "issuer": rules.issuer.get(_.language),
        "signatory": rules.signatory.name.get(_.language),
        "post": rules.signatory.post.get(_.language),
        "text": rules.text.get(_.language) if rules.text else "",
        "hours": _.plain("Hours of sessions"),
        "lessons": _.plain("Lessons done"),
        "competencies": _.plain("Competencies"),
        "number": _.plain("Number"),
        "copy": _.plain("copy"),
        "stamp": _.plain("Stamp"),
        "verify": _.plain("Point a phone at the code to verify this certificate in Telegram"),
    }
