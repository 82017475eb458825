"""What the pictures of ``docs/img`` show: the demonstration with faults, answers and a drafter."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from workbooks import change_return, run

SHOWN = ("DPKO", "UNDP", "UNICEF")
"""Whose returns the pictures of faults show."""
FIGURE = "34,086"
TRACKED = "UNICEF has provided gender training"


@dataclass(frozen=True)
class Scene:
    """The files: sound ones, faulty ones, a copy that marks them, drafts, a snapshot."""

    workbook: Path
    plan: Path
    form: Path
    faults: Path
    faulty: Path
    copy: Path
    draft: Path
    updated: Path
    snapshot: Path


def set_scene(folder: Path) -> Scene:
    """Make all files in the folder."""
    sound, planned = folder / "sound", folder / "planned"
    run("demo", sound)
    run("demo", planned, "--plan")
    run("snapshot", planned / "review.xlsx", "--name", "July")
    workbook, draft = sound / "review.xlsx", sound / "council_report.docx"
    faulty = _faults(sound / "returns", folder / "sent")
    faults = _answered(faulty, folder / "review.xlsx")
    run("validate", faulty, "--annotate", folder / "copies")
    return Scene(
        workbook=workbook,
        plan=planned / "review.xlsx",
        form=sound / "returns" / faulty.name,
        faults=faults,
        faulty=faulty,
        copy=folder / "copies" / faulty.name,
        draft=draft,
        updated=_updated(sound, folder / "later"),
        snapshot=next(planned.glob("review_July_*.xlsx")),
    )


def _faults(sound: Path, sent: Path) -> Path:
    """Some returns with faults; the one with most."""
    sent.mkdir()
    for entity in SHOWN:
        shutil.copy(next(sound.glob(f"*_progress_{entity}.xlsx")), sent)
    file = next(sent.glob("*_progress_UNICEF.xlsx"))
    change_return(file, "Measures", "M-2", "value", "about 35,000")
    change_return(file, "Measures", "M-1", "value", "1.234,5")
    change_return(file, "Progress", "A-1", "role", None)
    change_return(file, "Progress", "A-2", "area", "prevension")
    change_return(file, "Progress", "B-1", "area", "prevension")
    other = next(sent.glob("*_progress_UNDP.xlsx"))
    change_return(other, "Progress", "E-1", "role", "chief")
    return file


def _answered(faulty: Path, workbook: Path) -> Path:
    """A review workbook of the faulty returns, some of their issues answered."""
    run("new", workbook, "--cycle", faulty.name.partition("_")[0])
    run("consolidate", faulty.parent, "--workbook", workbook)
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
    run("consolidate", faulty.parent, "--workbook", workbook)
    return workbook


def _updated(sound: Path, later: Path) -> Path:
    """A drafter's document brought up to date after one entity has sent other figures."""
    shutil.copytree(sound, later)
    drafter, workbook = later / "council_report.docx", later / "review.xlsx"
    document = Document(str(drafter))
    edited = next(p for p in document.paragraphs if "Through that mechanism" in p.text)
    for piece in edited.runs:
        piece.text = piece.text.replace("Through that mechanism", "Thanks to that mechanism")
    document.save(str(drafter))
    sent = next((later / "returns").glob("*_progress_UNICEF.xlsx"))
    change_return(sent, "Measures", "M-4", "value", 3450)
    change_return(sent, "Measures", "M-5", "value", 240)
    run("consolidate", later / "returns", "--workbook", workbook)
    target = later / "updated.docx"
    run("report", workbook, "--update", drafter, "--out", target)
    return target
