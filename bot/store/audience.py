"""Who an event is for, beyond a role: named conditions on `person p`, with the event's data as JSON in `:data`.

A new one is a line here. Everyone it lets through is active and reachable already.
"""

CONDITIONS: dict[str, str] = {
    "all": "1",
    "group": "p.group_key = json_extract(:data, '$.group')",
    "lesson": """NOT EXISTS (
        SELECT 1 FROM lesson_progress l WHERE l.person_id = p.id AND l.lesson_key = json_extract(:data, '$.lesson')
    )""",  # who has not begun that lesson
}
