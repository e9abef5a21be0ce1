"""How alerts are written: what each is about."""

from bot.escalation import AlertKind
from bot.i18n import Locale


def alert_kind(_: Locale, kind: AlertKind) -> str:
    """What an alert is about, in a word or two."""
    return {
        AlertKind.HELP: _.plain("🆘 help"),
        AlertKind.UNWELL: _.plain("🤒 unwell"),
        AlertKind.LOST: _.plain("🧭 lost"),
        AlertKind.QUESTION: _.plain("❓ question"),
        AlertKind.OTHER: _.plain("✉️ message"),
        AlertKind.MOOD: _.plain("💛 hard day"),
        AlertKind.ABSENT: _.plain("👥 not checked in"),
        AlertKind.UNREACHABLE: _.plain("📵 unreachable"),
        AlertKind.UNDELIVERED: _.plain("⚠️ not delivered"),
        AlertKind.UNHANDLED: _.plain("⚠️ set aside"),
        AlertKind.BACKUP: _.plain("💾 safety copy"),
    }[kind]
