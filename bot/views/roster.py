"""The roster: how many are on it, and what can be done with it."""

from bot.buttons.roster import RosterAskSheet, RosterFileToFillIn, RosterRevokeAll, RosterUnknown, RosterWaiting
from bot.i18n import Locale
from bot.screen import Screen
from bot.store.roster import RosterCounts


def home(_: Locale, counts: RosterCounts, unknown: int) -> Screen:
    """How many are on the roster; `unknown` have joined and are not known to be anybody on it."""
    fill_in = RosterFileToFillIn().button(_.plain("📄 The file"))
    if not counts.listed:
        text = _(
            "👥 <b>The roster is empty.</b> It is the list of who was invited, with schools, rooms and phone numbers. "
            "Take the file, fill it in and send it back; your own .xlsx or .csv with a heading above each column "
            "works, too."
        )
        return Screen(text, [[fill_in]])
    lines: list[str] = [
        _.plural("👥 <b>The roster: {n} person</b>", "👥 <b>The roster: {n} people</b>", counts.listed),
        _.plural("{n} has joined.", "{n} have joined.", counts.joined),
        _.plural("{n} has not joined.", "{n} have not joined.", counts.waiting),
    ]
    rows = [[fill_in]]
    if counts.waiting:
        rows[0].append(RosterWaiting(0).button(_.plain("⏳ Not joined")))
        rows.append([RosterAskSheet(0).button(_.plain("🖨 QR codes to print"))])
    if counts.linked:
        lines.append(_.plural("{n} link is not used yet.", "{n} links are not used yet.", counts.linked))
        rows.append([RosterRevokeAll(0).button(_.plain("✖️ Withdraw all links"))])
    if unknown:
        lines.append(
            _.plural(
                "{n} teacher came by another link: say who of the roster it is.",
                "{n} teachers came by another link: say who of the roster they are.",
                unknown,
            )
        )
        rows.append([RosterUnknown(0).button(_.plain("🧩 Who is who"))])
    lines += ["", _("A new list: send it as .xlsx or .csv. I show what it would change first.")]
    return Screen("\n".join(lines), rows)
