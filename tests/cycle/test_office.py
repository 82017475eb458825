"""What is written for a few entities, as LibreOffice and the validators see it."""

from __future__ import annotations

from pathlib import Path

from libreoffice import Office
from validators import assert_valid


def test_the_draft_becomes_pdf(few: Path, office: Office, tmp_path: Path) -> None:
    # The review workbook does in test_every_pivot, with the whole visit of LibreOffice to it.
    pdf = office.convert(few / "council_report.docx", "pdf", tmp_path)

    assert pdf.read_bytes().startswith(b"%PDF-")
    assert pdf.stat().st_size > 50_000


def test_draft_and_returns_of_a_few_entities_are_valid(few: Path) -> None:
    # A review workbook is held against the validators in test_every_pivot and test_staff_workbook.
    names = ("council_report.docx", "returns/REV-2007_progress_UNDP.xlsx")
    assert_valid(*(few / name for name in names))
