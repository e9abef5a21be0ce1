"""A filter of people as a condition of SQL."""

from typing import Final

import orjson

from bot.people_filter import PeopleFilter

_ROSTER: Final = "coalesce((SELECT r.{column} FROM roster AS r WHERE r.person_id = {person}.id), '')"


def condition(people: PeopleFilter, person: str = "p") -> tuple[str, dict[str, object]]:
    """What is true of the people whom the filter lets through, about an alias of `person`, and its named values."""
    limits = {
        "filter_groups": (f"coalesce({person}.group_key, '')", people.groups),
        "filter_districts": (_ROSTER.format(column="district", person=person), people.districts),
        "filter_schools": (_ROSTER.format(column="school", person=person), people.schools),
        "filter_languages": (f"{person}.language", people.languages),
    }
    asked = {name: limit for name, limit in limits.items() if limit[1]}
    conditions = [f"{what} IN (SELECT value FROM json_each(:{name}))" for name, (what, _) in asked.items()]  # noqa: S608 - columns
    values: dict[str, object] = {name: orjson.dumps(allowed).decode() for name, (_, allowed) in asked.items()}
    return " AND ".join(conditions) or "1", values
