"""The check-ins: "I am here" in the morning, the mood of the day in the evening, and what an answer looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton

from bot.buttons.checkin import CheckinHere, CheckinMood, CheckinPassOn, CheckinSaid, CheckinWords
from bot.buttons.help import AskHelp
from bot.buttons.relay import WriteTo
from bot.i18n import Html, Locale
from bot.programme.checkin import Slot, Window
from bot.quoted import replaced
from bot.screen import Screen
from bot.store.checkin import Checkin
from bot.store.checkin_part import Part
from bot.text import pieces

FACES = ("😞", "🙁", "😐", "🙂", "😄")
# UTF-16 units of someone's words that fit beside the rest of a message.
_WORDS, _WORDS_ALERT = 1_000, 3_000
_LABEL = 24


def ask(_: Locale, window: Window, name: str, *, late: bool = False) -> Screen:
    """The check-in itself, at its hour or when someone asks for it; `late`: after the organizers were told.

    It says no good morning: the agenda has said so an hour before.
    """
    if window.slot is Slot.MORNING and late:
        text = _("☀️ <b>{name}, are you with us today?</b>\nTap the button: it is never too late to answer.", name=name)
    elif window.slot is Slot.MORNING:
        text = _("☀️ <b>{name}, are you here this morning?</b>\nOne tap, and we know that you are with us.", name=name)
    else:
        text = _(
            "🌙 <b>How was your day, {name}?</b>\n{day}. One tap is enough: from 😞 hard to 😄 wonderful.",
            name=name,
            day=_.day(window.on),
        )
    return Screen(text + _who_sees(_, window), _open(_, window))


def tap(_: Locale, window: Window, name: str, *, other: Screen | None = None) -> Screen:
    """Someone has typed what the check-in asks: the button alone counts. `other`: if they meant something else."""
    if window.slot is Slot.MORNING:
        text = _(
            "☀️ <b>Thank you, {name}! Just one tap more:</b>\nonly the button tells us that you are here.", name=name
        )
    else:
        text = _("🌙 <b>Thank you, {name}! Just one tap more:</b>\nfrom 😞 hard to 😄 wonderful.", name=name)
    text = Html(text + _who_sees(_, window))
    if other is None:
        return Screen(text, _open(_, window))
    return Screen(f"{text}\n\n{other.text}", [_open(_, window)[0], *other.rows])


def still_open(_: Locale, window: Window, other: Screen) -> Screen:
    """`other` answers what someone wrote while their check-in waits: its button goes along, so nobody is missed."""
    if window.slot is Slot.MORNING:
        text = _("☀️ And your check-in is still open: one tap tells us that you are here.")
    else:
        text = _("🌙 And how was your day? One tap is enough.")
    return Screen(f"{other.text}\n\n{text}{_who_sees(_, window)}", [*other.rows, _open(_, window)[0]])


def nudge(_: Locale, window: Window, name: str) -> Screen:
    """The one quiet reminder."""
    if window.slot is Slot.MORNING:
        text = _("👋 {name}, we have not heard from you this morning. Is all well? One tap is enough.", name=name)
    else:
        text = _("👋 {name}, how was your day? One tap, and we know that all is well.", name=name)
    return Screen(text + _who_sees(_, window), _open(_, window), silent=True)


def _who_sees(_: Locale, window: Window) -> str:
    """Whom the two sad faces are shown to: read before one is pressed, on a line of its own; nothing in the morning."""
    if window.slot is Slot.MORNING:
        return ""
    return "\n" + _("Organizers see 😞 and 🙁 with your name.")


def answered(
    _: Locale,
    window: Window,
    kept: Checkin,
    zone: ZoneInfo,
    *,
    changeable: bool,
    asking: bool = False,
    written: int | None = None,
    heard: bool = True,
) -> Screen:
    """An answer as it is kept. `changeable` until the window closes; `asking`: words are awaited now.

    `written`: the words have just come in this message, and may be meant for the organizers too. `heard`: an organizer
    can be reached now.
    """
    if window.slot is Slot.MORNING:
        text = _(
            "✅ <b>You are here</b> · {day}, {time}\nThank you! Have a good day.",
            day=_.day(window.on),
            time=_.time(kept.answered_at, zone),
        )
        return Screen(text, [[_help(_)]])
    assert kept.mood is not None
    lines: list[str] = [
        _(
            "🌙 <b>Your day: {face} {mood} of 5</b> · {day}",
            face=FACES[kept.mood - 1],
            mood=kept.mood,
            day=_.day(window.on),
        )
    ]
    lines.append(_thanks(_, low=kept.low, heard=heard))
    if kept.words:
        lines.append(_("Your words: {words}", words=_quote(kept.words, _WORDS)))
    if asking:
        lines.append(_("✏️ Would you like to add a few words? Just write them here: the organizers read them."))
    if changeable:
        lines.append(_("You can change your answer until midnight."))
    rows = _evening_rows(_, window, kept, changeable=changeable, asking=asking)
    if written is not None:
        rows = [[CheckinPassOn(window.on, written).button(_.plain("✉️ Pass on to the organizers"))], *rows]
    return Screen("\n".join(lines), rows)


def is_it_about_the_day(_: Locale, window: Window, message_id: int) -> Screen:
    """A question where words about the day were asked for: it is not taken for them yet."""
    text = _("❓ That looks like a question, so I have not kept it as words about your day.")
    return Screen(text, [[CheckinSaid(window.on, message_id).button(_.plain("💬 It is about my day"))]])


def words_lapsed(_: Locale) -> Screen:
    """Words come long after the mood: they may be about anything."""
    return Screen(_("⌛ I do not take this as words about your day any more."))


def _thanks(_: Locale, *, low: bool, heard: bool) -> Html:
    if not low:
        return _("Thank you!")
    if heard:
        return _("Thank you for saying so. The organizers know, and will ask how you are.")
    return _(
        "Thank you for saying so. No organizer can be reached here right now; they read it as soon as that changes. "
        "If you need somebody now, press the button below: it shows whom to turn to."
    )


def over(_: Locale, slot: Slot, on: date) -> Screen:
    """An old button: its check-in is over."""
    text = (
        _("☀️ The morning check-in of {day} is over. No harm done.", day=_.day(on))
        if slot is Slot.MORNING
        else _("🌙 The evening check-in of {day} is over. No harm done.", day=_.day(on))
    )
    return Screen(text)


def closed(_: Locale, upcoming: Window | None, zone: ZoneInfo) -> Screen:
    """Nothing is open now: when the next one will be."""
    if upcoming is None:
        return Screen(_("🌿 There are no more check-ins. Thank you for all your answers!"), [[_help(_)]])
    return Screen(
        _(
            "🌿 No check-in is open now. The next one opens on {day} at {time}.",
            day=_.day(upcoming.on),
            time=_.time(upcoming.opens, zone),
        ),
        [[_help(_)]],
    )


# --- for organizers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HardDay:
    """Someone's low mood: the `lowest` answer, which called for attention, and what they say now."""

    person_id: int
    name: str
    lowest: int
    mood: int
    words: str | None


def low_mood(_: Locale, window: Window, who: HardDay) -> Screen:
    """Someone had a hard day."""
    face, day = FACES[who.lowest - 1], _.day(window.on)
    lines: list[str] = [
        _("💛 <b>{name} had a hard day</b> · {day}", name=who.name, day=day),
        _("{face} {mood} of 5", face=face, mood=who.lowest),
    ]
    if who.mood > who.lowest:
        lines.append(_("Changed to {face} {mood} of 5 afterwards.", face=FACES[who.mood - 1], mood=who.mood))
    if who.words:
        lines.append(_quote(who.words, _WORDS_ALERT))
    lines.append(_("Please ask kindly how they are. Only organizers see this."))
    return Screen("\n".join(lines), _write_to(_, who))


def low_mood_words(_: Locale, window: Window, who: HardDay) -> Screen:
    """What someone with a hard day wrote after they had answered."""
    head = _("💛 <b>{name} wrote about their day</b> · {day}", name=who.name, day=_.day(window.on))
    lines = [head, _quote(who.words or "", _WORDS_ALERT), _("Only organizers see this.")]
    return Screen("\n".join(lines), _write_to(_, who))


def corrected(_: Locale, person_id: int, name: str, said: Part) -> Screen:
    """To who has read what somebody wrote about their day: they have changed it, from what to what."""
    head = _("✏️ <b>{name}</b> has corrected this:", name=name)
    quote = _quote(said.words, _WORDS_ALERT)
    lines = [head, *replaced(said.earlier, said.words), quote, _("Only organizers see this.")]
    return Screen("\n".join(lines), _write_to(_, HardDay(person_id, name, 0, 0, said.words)))


# --- parts ----------------------------------------------------------------------------------------------------------


def _open(_: Locale, window: Window) -> list[list[InlineKeyboardButton]]:
    if window.slot is Slot.MORNING:
        return [[CheckinHere(window.on).button(_.plain("✅ I am here"))], [_help(_)]]
    return [_faces(window, None), [_help(_)]]


def _faces(window: Window, chosen: int | None) -> list[InlineKeyboardButton]:
    labels = enumerate(FACES, 1)  # brackets, as a line is never broken beside them
    return [CheckinMood(window.on, n).button(f"[{face}]" if n == chosen else face) for n, face in labels]


def _evening_rows(
    _: Locale, window: Window, kept: Checkin, *, changeable: bool, asking: bool
) -> Sequence[Sequence[InlineKeyboardButton]]:
    if asking:
        more = CheckinWords(window.on, 0).button(_.plain("No, that is all"))
    elif kept.words:
        more = CheckinWords(window.on, 1).button(_.plain("✏️ Change my words"))
    else:
        more = CheckinWords(window.on, 1).button(_.plain("✏️ Add a few words"))
    faces = [_faces(window, kept.mood)] if changeable else []
    return [*faces, *([[more]] if changeable or asking else []), [_help(_)]]


def _help(_: Locale) -> InlineKeyboardButton:
    return AskHelp("help").button(_.plain("🆘 I need help"))


def _write_to(_: Locale, who: HardDay) -> list[list[InlineKeyboardButton]]:
    return [[WriteTo(who.person_id).button(_.plain("✉️ Write to {name}", name=_cut(who.name)))]]


def _quote(words: str, limit: int) -> Html:
    first, *rest = pieces(words, limit)
    return Html(f"<blockquote>{escape(f'{first} …' if rest else first, quote=False)}</blockquote>")


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"
