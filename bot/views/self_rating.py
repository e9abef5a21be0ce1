"""What teachers say that they can do: the questions, the own answers, and the numbers for the staff."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton

from bot.buttons.self_rating import RateAspect, RateStep, SelfRatings
from bot.competency_lines import aspects, steps
from bot.i18n import Html, Locale
from bot.programme.competency import Aspect
from bot.programme.self_rating import STEPS, Occasion
from bot.screen import Screen
from bot.store.self_rating import Ratings
from bot.store.self_rating_figures import ABLE, AspectFigures, SelfRatingFigures


def statements(_: Locale) -> dict[Aspect, Html]:
    """What somebody can do who has learnt about an aspect."""
    return {
        Aspect.POLICY: _("I know which rules hold for data and digital tools at school, and I keep to them."),
        Aspect.CURRICULUM: _("I choose or make digital materials and tests that fit what my pupils have to learn."),
        Aspect.PEDAGOGY: _("In my classes pupils use digital tools to think and work, not only to watch."),
        Aspect.DIGITAL_SKILLS: _("I use phone, computer and internet safely, and find a way when something fails."),
        Aspect.ORGANIZATION: _("I keep marks and organize a class digitally, also when the internet is weak."),
        Aspect.PROFESSIONAL_LEARNING: _("I learn from the internet and from colleagues, and share what I learn."),
    }  # fmt: skip


def invitation(_: Locale, occasion: Occasion, count: int, *, again: bool) -> Screen:
    """The question at its hour, or the reminder."""
    if occasion is Occasion.FIRST:
        text = _.plural(
            "📏 <b>Where do you begin?</b>\n{n} short statement, two minutes. There is no right answer.",
            "📏 <b>Where do you begin?</b>\n{n} short statements, two minutes. There is no right answer.",
            count,
        )
    else:
        text = _.plural(
            "📏 <b>And what can you do now?</b>\nThe same {n} statement as on the first day, two minutes.",
            "📏 <b>And what can you do now?</b>\nThe same {n} statements as on the first day, two minutes.",
            count,
        )
    who = _("The staff see only numbers of many, never your answers.")
    return Screen(f"{text}\n\n<i>{who}</i>", [[_begin(_, occasion)]], silent=again)


def question(_: Locale, occasion: Occasion, order: Sequence[Aspect], aspect: Aspect, chosen: int | None) -> Screen:
    """One statement with the five steps; `chosen` is marked."""
    place = order.index(aspect)
    head = _("{number} of {count} · <b>{aspect}</b>", number=place + 1, count=len(order), aspect=aspects(_)[aspect])
    rows = [
        [RateStep(occasion, aspect, step).button(f"✅ {words}" if step == chosen else words)]
        for step, words in zip(STEPS, steps(_), strict=True)
    ]
    before = [RateAspect(occasion, order[place - 1]).button(_.plain("‹ Back"))] if place else []
    after = order[place + 1] if place + 1 < len(order) else ""
    rows.append([*before, RateAspect(occasion, after).button(_.plain("Next ›") if chosen else _.plain("Skip ›"))])
    return Screen(f"📏 {head}\n\n{statements(_)[aspect]}", rows)


def answered(
    _: Locale,
    order: Sequence[Aspect],
    ratings: tuple[Ratings, Ratings],
    *,
    occasion: Occasion | None,
    ends: datetime | None,
    zone: ZoneInfo,
) -> Screen:
    """Both answers side by side; `occasion` can still be answered or changed until `ends`."""
    first, last = ratings
    words, named = steps(_), aspects(_)
    lines = [_line(_, named[one], first.get(one), last.get(one), words) for one in order]
    text = Html("\n".join([_("📏 <b>What you say that you can do</b>"), "", *lines]))
    if occasion is Occasion.FIRST and first:
        thanks = _("Thank you. On the last day you will see both answers side by side.")
        text = Html(f"{text}\n\n{thanks}")
    if occasion is None or ends is None:
        return Screen(text)
    until = _(
        "You can change it until {day}, {time}.", day=_.short_day(ends.astimezone(zone).date()), time=_.time(ends, zone)
    )
    now = last if occasion is Occasion.LAST else first
    missing = next((one for one in order if one not in now), None)
    button = RateAspect(occasion, missing or order[0]).button(_.plain("Go on") if missing else _.plain("Change"))
    return Screen(f"{text}\n\n<i>{until}</i>", [[button]])


def nothing(_: Locale, opens: datetime | None, zone: ZoneInfo) -> Screen:
    """There is nothing to answer and nothing was answered; `opens`: when that will be."""
    if opens is None:
        return Screen(_("📏 There is nothing to rate now."))
    day = _.day(opens.astimezone(zone).date())
    return Screen(_("📏 You will be asked what you can do on {day}.", day=day))


def over(_: Locale) -> str:
    """An answer came too late, or about something else; plain text for a short note over the chat."""
    return _.plain("This question is closed. Your answers stay as they are.")


def _begin(_: Locale, occasion: Occasion) -> InlineKeyboardButton:
    return RateAspect(occasion, "first").button(_.plain("Begin"))


def _line(_: Locale, aspect: str, first: int | None, last: int | None, words: Sequence[str]) -> Html:
    before, after = (words[step - 1] if step else "—" for step in (first, last))
    if last is None:
        return _("• {aspect}: <b>{step}</b>", aspect=aspect, step=before)
    return _("• {aspect}: {before} → <b>{after}</b>", aspect=aspect, before=before, after=after)


def figures(_: Locale, told: SelfRatingFigures, now: datetime, zone: ZoneInfo, *, limited: bool) -> Screen:
    """The numbers for the staff. `limited`: of a part of the people alone."""
    named = aspects(_)
    answered = _("Answered on the first day: {first}, on the last day: {last}", first=told.first, last=told.last)
    lines = [_("📏 <b>Before and after: what teachers say that they can do</b>"), answered]
    if told.late:
        lines.append(_("Joined later, not compared: {n}", n=told.late))
    if limited:
        lines.append(_("Of the people whom you may see."))
    lines += [Html(""), *(_figures_line(_, named[one.aspect], one) for one in told.aspects)]
    meaning = _(
        "Compared is who answered both times (pairs). “Without help” are the steps from “{step}” on. Of fewer than "
        "five pairs nothing is shown.",
        step=steps(_)[ABLE - 1],
    )
    as_of = _("<i>As of {time}</i>", time=_.time(now, zone))
    text = "\n".join([*lines, "", f"<i>{meaning}</i>", as_of])
    return Screen(text, [[SelfRatings().button(_.plain("🔄 Refresh"))]])


def nothing_to_compare(_: Locale) -> Screen:
    """No lesson of the seminar says what it teaches."""
    return Screen(_("📏 The lessons name no competencies, so nobody is asked."))


def nobody(_: Locale) -> Screen:
    """The reader may see nobody's numbers."""
    return Screen(_("📏 There is nobody whose numbers you may see."))


def _figures_line(_: Locale, aspect: str, one: AspectFigures) -> Html:
    if one.pairs is None:
        return _("<b>{aspect}</b>: too few pairs to show", aspect=aspect)
    before, after = sum(one.before[ABLE - 1 :]), sum(one.after[ABLE - 1 :])
    pairs = _.plural("{n} pair", "{n} pairs", one.pairs)
    return _(
        "<b>{aspect}</b> · {pairs}\nwithout help: {before} ({percent}%) → {after} ({percent_after}%)\n"
        "higher: {higher} · same: {same} · lower: {lower}",
        aspect=aspect, pairs=pairs, before=before, percent=round(100 * before / one.pairs), after=after,
        percent_after=round(100 * after / one.pairs), higher=one.higher, same=one.same, lower=one.lower,
    )  # fmt: skip
