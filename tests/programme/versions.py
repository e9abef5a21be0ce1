"""A version of the programme that an organizer has published."""

from bot.programme import document
from bot.programme.edits import Edit, edited
from bot.services import programme as programme_service
from bot.store import person
from tests.kit import System


async def publishes(system: System, *edits: Edit) -> None:
    """An organizer publishes a programme with these edits, and the bot follows it."""
    organizer = await system.organizer("Organizer who publishes")
    runtime = system.app.runtime
    author = await runtime.db.read(person.by_telegram_id, organizer.id)
    assert author is not None
    changed = system.seminar
    for edit in edits:
        changed = edited(changed, edit)
    await system.write(
        programme_service.publish,
        system.seminar,
        document.write(changed.days),
        base=runtime.current.version,
        author=author,
        reason={},
        now=system.clock.now(),
    )
    await runtime.follow_programme()
