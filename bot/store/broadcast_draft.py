"""What an organizer is shown of a draft: its people, their languages, and what is missing before it can go."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from bot.languages import LANGUAGES
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import person
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience, Reach


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft with an audience, who gets it, how many of those read each language, and its organizer's name."""

    draft: Broadcast
    audience: Audience
    people: Reach
    readers: Mapping[str, int]
    author: str

    @property
    def is_split(self) -> bool:
        """Whether each language has a version of its own, instead of one for all."""
        return any(one.language for one in self.draft.versions)

    @property
    def unserved(self) -> tuple[str, ...]:
        """The languages of readers that have no version, in the order of languages."""
        if not self.is_split:
            return ()
        known = {one.language for one in self.draft.versions}
        return tuple(one.value for one in LANGUAGES if self.readers.get(one.value) and one.value not in known)

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of the unserved whose readers may not get another language's version yet."""
        return tuple(one for one in self.unserved if one not in self.draft.fallback)

    @property
    def older(self) -> tuple[str, ...]:
        """The languages whose version has not followed the last change of another one's."""
        newest = max((one.edition for one in self.draft.versions), default=0)
        return tuple(one.language for one in self.draft.versions if one.edition < newest)

    def instead(self, language: str) -> str:
        """The language of the version that readers of this one get; "" where there is none, or one for all."""
        version = self.draft.version_for(language)
        return version.language if version is not None else ""


def card(connection: sqlite3.Connection, number: int, by_id: int) -> DraftCard | None:
    """A draft of this person's that has an audience, as it stands now; None for anything else."""
    draft = broadcast_store.own_draft(connection, number, by_id)
    if draft is None or draft.audience is None:
        return None
    author = person.by_id(connection, by_id)
    return DraftCard(
        draft,
        draft.audience,
        broadcast_audience_store.with_names(connection, draft.audience),
        broadcast_audience_store.readers(connection, draft.audience),
        author.name if author is not None else "",
    )
