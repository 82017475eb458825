"""What every command does with the review workbook: read it, log what was done, write it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl import __version__
from wps_xl.desk.hosts import Host
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value
from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.records import Record, Run
from wps_xl.review import listed
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.office_schemas import slips
from wps_xl.review.workbook import Review, table

SLIPS_SHOWN = 10


def host_of(options: Mapping[str, Any]) -> Host:
    """Where the review workbook lives: open in Excel when a button was pressed, else a file."""
    return options.get("host") or FilesHost()


def now() -> dt.datetime:
    """The moment of the run, to the second."""
    return dt.datetime.now().replace(microsecond=0)


def today(moment: dt.datetime) -> dt.datetime:
    """The day of a moment as Excel keeps it."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def plan_of(review: Review, sheet: str) -> SheetPlan:
    """The layout of one sheet of the workbook."""
    return next(plan for plan in plans(review.codebook) if plan.name == sheet)


def with_rows(review: Review, sheet: str, rows: Iterable[Mapping[str, Value] | Record]) -> Review:
    """The review with the rows of one table replaced."""
    tables = {**review.tables, sheet: table(plan_of(review, sheet), rows)}
    return replace(review, tables=tables)


def logged(review: Review, command: str, outcome: str, moment: dt.datetime) -> Review:
    """The review with a line more in its Log."""
    run = review.new(Run, when=moment, command=command, outcome=outcome, version=__version__)
    return with_rows(review, "Log", [*review.rows(Run), run])


def tell_slips(review: Review) -> None:
    """Have entries of the office that nothing understands named below the outcome."""
    found = list(slips(review))
    for sentence in found[:SLIPS_SHOWN]:
        tell(sentence)
    if len(found) > SLIPS_SHOWN:
        tell(f"{counted(len(found) - SLIPS_SHOWN, 'more entry', 'more entries')} like these.")


def tell_lists(review: Review) -> None:
    """Have entities named that stand on one of the sheets Lists and Register alone."""
    for sentence in listed.differences(review):
        tell(sentence)


def folder_of(review: Review, workbook: Path, setting: str) -> Path | None:
    """A folder that sheet Cycle names, beside the workbook where it is relative."""
    text = review.text(setting)
    return workbook.parent / text if text else None
