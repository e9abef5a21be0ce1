"""Every label of the page, in one language. What is in braces is filled in by the page itself."""

from datetime import date, timedelta

from bot.i18n import Locale
from bot.messages.registry import MESSAGE_TYPES
from bot.programme.model import Seminar

_AROUND = 30  # days before and after the seminar that the page can name


def page_labels(_: Locale, seminar: Seminar | None) -> dict[str, object]:
    """The page's labels by key, and `days`: each date that the clock can show, as it is said in this language."""
    return {
        **_frame(_),
        **_phone(_),
        **_panel(_),
        "roles": _roles(_),
        "kinds": {name: one.title(_) for name, one in MESSAGE_TYPES.items()},
        "media": _media(_),
        "days": _days(_, seminar) if seminar else {},
    }


def _frame(_: Locale) -> dict[str, object]:
    return {
        "rehearsal": _.plain("Rehearsal"),
        "tagline": _.plain("A seminar before it happens: no token, no network, nobody is disturbed."),
        "day_of": _.plain("Day {day} of {days}"),
        "before": _.plain("Before the seminar"),
        "after": _.plain("After the seminar"),
        "next_event": _.plain("Next event"),
        "next_day": _.plain("Next day"),
        "stop": _.plain("Stop here"),
        "pause": _.plain("Pause"),
        "speed": _.plain("How fast time passes"),
        "play": _.plain("Play ×{speed}"),
        "language": _.plain("Language of this page"),
        "theme": _.plain("Light or dark"),
        "panel": _.plain("What the bot is doing"),
        "add_phone": _.plain("Add a phone"),
        "phones": _.plain("Phones"),
        "who": _.plain("Who is it?"),
        "their_language": _.plain("Language"),
        "with_invitation": _.plain("Their invitation"),
        "add": _.plain("Add"),
        "cancel": _.plain("Cancel"),
        "close": _.plain("Close"),
        "lost": _.plain("The rehearsal has stopped. Start it again with “make rehearse”."),
        "skip": _.plain("Skip to the phones"),
    }


def _phone(_: Locale) -> dict[str, object]:
    return {
        "bot": _.plain("bot"),
        "typing": _.plain("typing…"),
        "start": _.plain("Start"),
        "menu": _.plain("Menu"),
        "message": _.plain("Message"),
        "send": _.plain("Send"),
        "attach": _.plain("Send a picture or a file"),
        "more": _.plain("More"),
        "block": _.plain("Block the bot"),
        "unblock": _.plain("Unblock the bot"),
        "blocked": _.plain("This person has blocked the bot."),
        "close_phone": _.plain("Put this phone away"),
        "voice": _.plain("Send a voice message"),
        "sticker": _.plain("Send a sticker"),
        "location": _.plain("Send a place"),
        "again": _.plain("Tap the last button twice"),
        "edited": _.plain("edited"),
        "silent": _.plain("without sound"),
        "copied": _.plain("Copied"),
        "pinned": _.plain("Pinned message"),
        "unread": _.plain("Unread: {n}"),
        "newest": _.plain("To the newest message"),
        "before_start": _.plain("What can this bot do?"),
        "about_start": _.plain("Press Start, as everyone does the first time."),
        "spoiler": _.plain("Hidden text: press to read"),
        "open_link": _.plain("This link leads out of the rehearsal:"),
        "open": _.plain("Open"),
        "photo": _.plain("Picture"),
        "poll": _.plain("Poll"),
        "of_phone": _.plain("Phone of {name}"),
        "ok": _.plain("OK"),
    }


def _media(_: Locale) -> dict[str, str]:
    """What can be sent and the page only names."""
    return {
        "video": _.plain("Video"),
        "video_note": _.plain("Round video"),
        "animation": _.plain("Animation"),
        "audio": _.plain("Audio"),
        "contact": _.plain("Contact"),
        "dice": _.plain("Dice"),
        "checklist": _.plain("Checklist"),
        "paid_media": _.plain("Paid picture or video"),
        "giveaway": _.plain("Giveaway"),
        "story": _.plain("Story"),
        "game": _.plain("Game"),
        "invoice": _.plain("Invoice"),
    }


def _panel(_: Locale) -> dict[str, object]:
    return {
        "messages": _.plain("Messages"),
        "due": _.plain("Waiting"),
        "sending": _.plain("On the way"),
        "sent": _.plain("Sent"),
        "unknown": _.plain("Uncertain"),
        "dead": _.plain("Refused"),
        "expired": _.plain("Too late"),
        "cancelled": _.plain("Cancelled"),
        "health": _.plain("Health"),
        "updates": _.plain("Taps and texts to handle"),
        "violations": _.plain("Mistakes Telegram would refuse"),
        "floods": _.plain("Too fast for Telegram"),
        "unreachable": _.plain("Phones that blocked the bot"),
        "upcoming": _.plain("Coming next"),
        "nothing": _.plain("Nothing is planned any more."),
        "alerts": _.plain("Alerts to organizers"),
        "no_alerts": _.plain("No alerts yet."),
        "others": _.plain("The other teachers"),
        "play_others": _.plain("Play the other teachers"),
        "how_many": _.plain("How many"),
        "others_about": _.plain("They read, answer, come late, stay silent or ask for help, each by habit."),
        "behaviours": {
            "prompt": _.plain("answers at once"),
            "late": _.plain("answers late"),
            "absent": _.plain("is sometimes missing"),
            "struggling": _.plain("has a hard time"),
            "silent": _.plain("reads and stays silent"),
            "blocking": _.plain("blocks the bot one day"),
        },
        "own_bot": _.plain("Point your own bot at {url}"),
    }


def _roles(_: Locale) -> dict[str, str]:
    return {
        "teacher": _.plain("Teacher"),
        "organizer": _.plain("Organizer"),
        "coordinator": _.plain("Coordinator"),
        "stranger": _.plain("Stranger without an invitation"),
        "owner": _.plain("Owner"),
    }


def _days(_: Locale, seminar: Seminar) -> dict[str, str]:
    first = seminar.first - timedelta(days=_AROUND)
    count = seminar.days_count + 2 * _AROUND
    dates: list[date] = [first + timedelta(days=number) for number in range(count)]
    return {day.isoformat(): _.day(day) for day in dates}
