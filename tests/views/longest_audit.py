"""The longest that the audit trail can bring."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.audit_lines import ACTIONS, FEATURES
from bot.buttons.audit import AuditChoose, AuditShow
from bot.store.audit import PAGE, AuditEntry, AuditPage


def by_type(name: str, group: str) -> Mapping[object, Sequence[object]]:
    """The samples, of people who are called so and are in this group."""
    full, at = 10_000_000, datetime(2025, 8, 27, 3, tzinfo=UTC)
    details = {"role": "coordinator", "reason": "travelling", "group": group, "state": "present"}
    entries = [
        AuditEntry(full, at - timedelta(days=n), full, name, action, full + n, name, "subject", details)
        for n, action in enumerate(sorted(ACTIONS, key=len, reverse=True))
    ]
    shown = AuditShow(full, full, max(FEATURES, key=len), "2025-08-04", full)
    chosen = AuditChoose(full, full, max(FEATURES, key=len), "2025-08-04", "feature", 0)
    return {
        AuditPage: (AuditPage(tuple(entries[:PAGE]), full, 5), AuditPage((), 0, 0)),
        AuditShow: (shown, AuditShow(0, 0, "", "", 0)),
        AuditChoose: (chosen,),
        Sequence[AuditEntry]: (entries, []),
        Sequence[tuple[int, str]]: ([(full, name)] * 20, []),
        Sequence[date]: ([date(2025, 8, 4)] * 20, []),
        Collection[str]: (list(FEATURES), []),
        list[str]: ([name] * 60, []),
    }
