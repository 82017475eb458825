"""Takes all photographed pictures of ``docs/img`` anew: ``python tests/pictures.py``.

Names after it take only those: ``python tests/pictures.py issues start``. Needs LibreOffice with
python3-uno, and poppler. What each shows, and what to look for, is listed in
``docs/img/README.md``. ``ribbon.svg`` is drawn by ``python -m wps_xl.pages``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from libreoffice import Office, cells_as_pdf
from picture_files import (
    Picture,
    framed,
    heights,
    joined,
    page_as_picture,
    page_with,
    trimmed,
    write_png,
)
from picture_scene import FIGURE, TRACKED, Scene, set_scene
from workbooks import table

IMAGES = Path(__file__).parents[1] / "docs" / "img"
SHEET, TEXT = 88, 100
"""Resolution of pictures of sheets and of documents [dots per inch]."""
PANEL = (290, 520)
"""Size of each of the four parts of ``way.png`` [dots]."""


@dataclass(frozen=True)
class Cells:
    """A picture of cells: sheet, range, and columns and rows of it that are not shown."""

    name: str
    sheet: str
    ref: str
    hidden: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """A picture of the page that has some words: from the line of one word to that of another."""

    name: str
    words: str
    lines: tuple[str, str]


NEXT = "17.[18.]"
"""The paragraph after a changed one, as LibreOffice numbers it."""
Wanted = Cells | Page


def pictures(scene: Scene) -> Sequence[tuple[Path, Wanted]]:
    """Every picture with the file that it shows."""
    copy, plan = scene.copy, scene.plan
    return (
        (scene.workbook, Cells("cycle", "Cycle", "A1:C27")),
        (plan, Cells("register", "Register", "A1:K14", ("F:F",))),
        (scene.form, Cells("form", "Progress", "A1:F13")),
        (scene.faulty, Cells("form_check", "Check", "A1:E30")),
        (scene.faults, Cells("issues", "Issues", "A1:O17", ("C:D", "G:G", "K:K"))),
        (copy, Cells("correction_copy", "Issues", "A1:F11")),
        (copy, Cells("correction_copy_marks", "Progress", "A1:F11")),
        (plan, Cells("start", "Start", "A1:J34")),
        (plan, Cells("protection", "Protection", "A1:I42")),
        (plan, Cells("gaps_and_overlaps", "Gaps and overlaps", "A1:G22")),
        (scene.draft, Page("draft", "The review focused on progress", ("III.", "YY-NNNNN"))),
        (scene.workbook, _sources(scene)),
        (scene.updated, Page("update", TRACKED, ("16.", NEXT))),
        (scene.snapshot, Cells("snapshot", "Start", "A1:I11")),
    )


def _sources(scene: Scene) -> Cells:
    """The heading of sheet Sources, and its rows of the first sentence that has the figure."""
    rows = table(scene.workbook, "Sources")
    sentence = rows.loc[rows["Printed"].astype(str) == FIGURE, "Sentence"].iloc[0]
    lines = rows.index[rows["Sentence"] == sentence] + 2
    hidden = ("B:B", "D:D", "F:F", f"2:{lines[0] - 1}")
    return Cells("sources", "Sources", f"A1:H{lines[-1]}", hidden)


def main(only: Sequence[str]) -> None:
    """Set the scene and take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        office, taken = Office(), {}
        try:
            for file, wanted in pictures(set_scene(Path(place))):
                if not only or wanted.name in only:
                    taken[wanted.name] = _take(office, file, wanted, Path(place))
                    write_png(taken[wanted.name], IMAGES / f"{wanted.name}.png")
        finally:
            office.close()
        if {"form", "issues", "start", "draft"} <= taken.keys():
            write_png(_way(taken), IMAGES / "way.png")


def _take(office: Office, file: Path, wanted: Wanted, folder: Path) -> Picture:
    if isinstance(wanted, Cells):
        pdf = folder / f"{wanted.name}.pdf"
        office.ask(file, cells_as_pdf(wanted.sheet, wanted.ref, pdf, wanted.hidden))
        return trimmed(page_as_picture(pdf, 1, SHEET))
    pdf = office.convert(file, "pdf", folder)
    number = page_with(pdf, wanted.words)
    page = page_as_picture(pdf, number, TEXT)
    upper, lower = (heights(pdf, number, word)[0] * len(page) for word in wanted.lines)
    return trimmed(page[int(upper) - 4 : int(lower) - 4], 12)


def _way(taken: dict[str, Picture]) -> Picture:
    """From form to draft on one picture."""
    panels = [framed(taken[name], *PANEL) for name in ("form", "issues", "start", "draft")]
    return joined([panels[:2], panels[2:]], 12)


if __name__ == "__main__":
    main(sys.argv[1:])
