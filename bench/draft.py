"""Measures the draft: 30 entities as in the demonstration, and 3,000 activities.

    python bench/draft.py [--profile]

CPU seconds of what is done after the imports: what is said, and the Word file. Limits are those
of the issue: 2 s for the demonstration, 10 s for 3,000 activities.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from click.testing import CliRunner

from wps_xl import assets
from wps_xl.cli import main as command_line
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.office.word.document import write
from wps_xl.office.word.update.regenerate import update
from wps_xl.records import Activity
from wps_xl.report.council.draft import build
from wps_xl.review.workbook import Review

ACTIVITIES = 3000
Result = TypeVar("Result")
TEMPLATE = assets.path("templates/council_report.docx")


def main(profile: bool) -> None:
    """Make the demonstration, measure both sizes, print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        CliRunner().invoke(command_line, ["demo", str(folder)])
        review = FilesHost().read(folder / "review.xlsx")
        measure("30 entities", 2, review, folder / "small", profile)
        measure("3,000 activities", 10, large(review), folder / "large", profile)


def measure(name: str, limit: int, review: Review, folder: Path, profile: bool) -> None:
    """What is said, the Word file and an update of it, a line each."""
    folder.mkdir()
    path, new = folder / "draft.docx", folder / "new.docx"
    draft = measured(f"{name}: what is said", lambda: build(review, TEMPLATE), profile)
    measured(f"{name}: Word file", lambda: write(draft, TEMPLATE, path), profile)
    measured(f"{name}: update", lambda: update(draft, TEMPLATE, path, new), profile)
    words = sum(len(paragraph.text.split()) for paragraph in draft.paragraphs())
    print(f"{name}: {words:,} words; limit {limit} s for the first two together")


def large(review: Review) -> Review:
    """The review with 3,000 activities, all chosen, each with a number of its own."""
    rows = review.rows(Activity)
    some = ((at, rows[at % len(rows)]) for at in range(ACTIVITIES))
    many = [row.but(activity_id=f"{row.activity_id}{at}", in_report="yes") for at, row in some]
    return with_rows(replace(review), "Progress", many)


def measured(name: str, work: Callable[[], Result], profile: bool) -> Result:
    """Do the work and print what it took."""
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    start = time.process_time()
    result = work()
    taken = time.process_time() - start
    profiler.disable()
    print(f"{name:36}{taken:6.2f} s CPU")
    if profile:
        pstats.Stats(profiler).sort_stats("cumtime").print_stats(18)
    return result


if __name__ == "__main__":
    main("--profile" in sys.argv)
