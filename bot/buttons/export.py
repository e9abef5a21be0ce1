"""Payloads of buttons: files with data. `filter` is a number of `bot.store.figure_filter`, 0: everything."""

from bot.payload import Payload


class ExportOf(Payload, code="export1"):
    """Ask in which form a file of what a filter lets through is wanted."""

    filter: int


class ExportTable(Payload, code="exporttable1"):
    """The same, for one table alone ("": for all)."""

    filter: int
    table: str


class ExportTables(Payload, code="exporttables1"):
    """Show the tables, to choose one."""

    filter: int


class ExportDays(Payload, code="exportdays1"):
    """Show the days, to choose one; pages count from 0."""

    filter: int
    table: str
    page: int


class ExportGroups(Payload, code="exportgroups1"):
    """Show the groups, to choose one; pages count from 0."""

    filter: int
    table: str
    page: int


class ExportDay(Payload, code="exportday1"):
    """Let the file be about one day (its number; 0: about all)."""

    filter: int
    table: str
    day: int


class ExportGroup(Payload, code="exportgroup1"):
    """Let the file be about one group (its key; "": about everybody)."""

    filter: int
    table: str
    group: str


class ExportMake(Payload, code="exportmake1"):
    """Make the file in a form (a value of `ExportForm`), with one table or all of them ("")."""

    filter: int
    table: str
    form: str
