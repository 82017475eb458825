"""Takes the pictures of ``docs/img`` anew: ``python tests/pictures.py`` from the checkout.

Needs LibreOffice with python3-uno, and pdftoppm of poppler. What each picture shows, and what to
look at afterwards, is listed in ``docs/img/README.md``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from office import Office, pages_as_pdf
from workbooks import change_return, run

IMAGES = Path(__file__).parents[1] / "docs" / "img"
SHARP, ROUGH = 110, 50
"""Resolutions [dots per inch]: of the picture, and to find where the page is blank."""
MARGIN = 18


SHOWN = ("DPKO", "UNDP", "UNICEF")
"""Whose returns of the demonstration the pictures show."""


def main() -> None:
    """Put faults into returns of the demonstration, answer some, and take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sound, returns, workbook = folder / "returns", folder / "sent", folder / "review.xlsx"
        run("demo", folder)
        returns.mkdir()
        for entity in SHOWN:
            shutil.copy(next(sound.glob(f"*_progress_{entity}.xlsx")), returns)
        faulty = _faults(returns)
        workbook.unlink()
        run("new", workbook, "--cycle", faulty.name.partition("_")[0])
        run("consolidate", returns, "--workbook", workbook)
        _answer(workbook)
        run("consolidate", returns, "--workbook", workbook)
        run("validate", faulty, "--annotate", folder / "copies")
        copy = folder / "copies" / faulty.name
        _take(
            folder,
            ("form", sound / faulty.name, "Progress"),
            ("form_check", faulty, "Check"),
            ("issues", workbook, "Issues"),
            ("correction_copy", copy, "Issues"),
            ("correction_copy_marks", copy, "Progress"),
        )


def _take(folder: Path, *wanted: tuple[str, Path, str]) -> None:
    """The first page of each sheet, by name of the picture."""
    office = Office()
    try:
        for name, file, sheet in wanted:
            pdf = office.ask(file, pages_as_pdf(sheet, folder / f"{name}.pdf"))[0]
            _picture(Path(pdf), IMAGES / f"{name}.png")
    finally:
        office.close()


def _faults(returns: Path) -> Path:
    file = next(returns.glob("*_progress_UNICEF.xlsx"))
    change_return(file, "Measures", "M-2", "value", "about 35,000")
    change_return(file, "Measures", "M-1", "value", "1.234,5")
    change_return(file, "Progress", "A-1", "role", None)
    change_return(file, "Progress", "A-2", "area", "prevension")
    change_return(file, "Progress", "B-1", "area", "prevension")
    other = next(returns.glob("*_progress_UNDP.xlsx"))
    change_return(other, "Progress", "E-1", "role", "chief")
    return file


def _answer(workbook: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    sheet = book["Issues"]
    top = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "Severity")
    answers: dict[str, tuple[object, ...]] = {
        "1.234,5": ("use suggestion", None, None, "AB"),
        "about 35,000": ("use value", 35012, "by telephone", "AB"),
        "chief": ("ask entity",),
    }
    for row in range(top + 1, sheet.max_row + 1):
        for at, word in enumerate(answers.get(str(sheet.cell(row, 8).value), ()), start=12):
            sheet.cell(row, at).value = word  # type: ignore[assignment]
    book.save(workbook)


def _picture(pdf: Path, target: Path) -> None:
    """The first page as a picture, without its blank margins."""
    rough = _poppler(pdf, pdf.with_suffix(""), "-r", ROUGH, "-gray").with_suffix(".pgm")
    left, upper, right, lower = (round(at * SHARP / ROUGH) for at in _inked(rough.read_bytes()))
    corner = max(left - MARGIN, 0), max(upper - MARGIN, 0)
    size = right - left + 2 * MARGIN, lower - upper + 2 * MARGIN
    crop = ("-x", corner[0], "-y", corner[1], "-W", size[0], "-H", size[1])
    _poppler(pdf, target.with_suffix(""), "-r", SHARP, *crop, "-png")


def _poppler(pdf: Path, stem: Path, *options: object) -> Path:
    program = shutil.which("pdftoppm")
    if program is None:
        raise SystemExit("Install poppler-utils for pdftoppm, then try again.")
    first = ("-f", "1", "-l", "1", "-singlefile")
    subprocess.run([program, *first, *map(str, options), str(pdf), str(stem)], check=True)
    return stem


def _inked(picture: bytes) -> tuple[int, int, int, int]:
    """Left, upper, right and lower end of what is not white in a grey picture (PGM)."""
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert head is not None
    wide = int(head[1])
    rows = [picture[at : at + wide] for at in range(head.end(), len(picture), wide)]
    inked = [at for at, row in enumerate(rows) if row.strip(b"\xff")]
    lefts = [wide - len(rows[at].lstrip(b"\xff")) for at in inked]
    rights = [len(rows[at].rstrip(b"\xff")) for at in inked]
    return min(lefts), inked[0], max(rights), inked[-1] + 1


if __name__ == "__main__":
    main()
