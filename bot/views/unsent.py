"""What was about to be written to someone and was not: too late, or something else came between."""

from bot.buttons.help import AskHelp
from bot.buttons.relay import AnswerStaff, WriteTo
from bot.buttons.unsent import AnswerNow, WriteMore, WriteNow
from bot.i18n import Locale
from bot.screen import Screen
from bot.store.help import HelpKind
from bot.store.help_message import HelpMessage

_LABEL = 24


def write_lapsed(_: Locale, message_id: int, person_id: int, name: str) -> Screen:
    """Words came long after "Write to": they were not sent."""
    text = _("⌛ You wanted to write to <b>{name}</b>, but that was a while ago, so I have not sent this.", name=name)
    return Screen(text, [[WriteNow(message_id, person_id).button(_.plain("✉️ Send to {name}", name=_cut(name)))]])


def write_left(_: Locale, person_id: int, name: str) -> Screen:
    """Something else came between: nothing was sent."""
    text = _("✉️ Nothing was sent to <b>{name}</b>. What you write now does not go there.", name=name)
    return Screen(text, [[WriteTo(person_id).button(_.plain("✉️ Write to {name}", name=_cut(name)))]])


def answer_lapsed(_: Locale, message_id: int, answered: HelpMessage) -> Screen:
    """Words came long after "Answer": they were not sent."""
    name = answered.author
    text = _("⌛ You wanted to answer <b>{name}</b>, but that was a while ago, so I have not sent this.", name=name)
    return Screen(text, [[AnswerNow(message_id, answered.id).button(_.plain("✉️ Send to {name}", name=_cut(name)))]])


def answer_left(_: Locale, answered: HelpMessage) -> Screen:
    """Something else came between: no answer was sent."""
    name = answered.author
    text = _("✉️ Nothing was sent to <b>{name}</b>. What you write now does not go there.", name=name)
    return Screen(text, [[AnswerStaff(answered.id).button(_.plain("✍️ Answer"))]])


def question_left(_: Locale, kind: HelpKind) -> Screen:
    """Something else came between: nothing was asked."""
    text = _("✍️ Nothing was sent to the organizers yet. To write to them, press the button.")
    return Screen(text, [[AskHelp(kind).button(_.plain("✍️ Write to the organizers"))]])


def question_lapsed(_: Locale) -> Screen:
    """Words came long after they were asked for: they were not sent."""
    return Screen(_("⌛ You wanted to write to the organizers, but that was a while ago, so I have not sent this."))


def words_lapsed(_: Locale) -> Screen:
    """Words long after the last ones of a call."""
    return Screen(_("⌛ What you write does not go to the organizers by itself any more."))


def at_once(_: Locale) -> Screen:
    """Someone types that they need help: the buttons that reach the organizers at one tap."""
    unwell, lost = _.plain("🤒 I feel unwell"), _.plain("🧭 I am lost")
    text = _("🆘 If you need help now, press a button: the organizers will hear of it at once.")
    return Screen(text, [[AskHelp(HelpKind.UNWELL).button(unwell), AskHelp(HelpKind.LOST).button(lost)]])


def words_left(_: Locale, call_id: int) -> Screen:
    """Something else came into the middle of a call."""
    text = _("🆘 Your call for help stays open. What you write now is not added to it by itself.")
    return Screen(text, [[WriteMore(call_id).button(_.plain("✍️ Write more about it"))]])


def goes_on(_: Locale) -> Screen:
    """The call is listened to again."""
    return Screen(_("🆘 Everything you write now goes to the organizers."))


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"
