"""Numbers of rows that are never given twice, also when the row is gone: keys, buttons and cards outlive it."""

_NEXT = """
(SELECT 1 + max(coalesce((SELECT max(id) FROM {table}), 0), last) FROM deleted_number WHERE name = '{table}')
"""

# Rows of these tables are deleted, and others speak of their numbers.
TABLES = frozenset({"person", "help", "help_message", "role_grant", "admission", "roster"})


def numbered(table: str, insert: str) -> str:
    """The statement with SQL for the number of a new row of the table in place of `{number}`.

    Raises KeyError for a table whose numbers are not kept.
    """
    if table not in TABLES:
        raise KeyError(table)
    return insert.replace("{number}", _NEXT.format(table=table))
