"""The edition for submission reads as the drafter's document did: the same words on the same pages,
which look alike."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from libreoffice import Office
from office.word.reading import TEMPLATE
from office.word.sample_draft import draft
from office.word.test_admitting import stuffed
from office.word.test_document_pages import pdf_pages
from office.word.updating import LATER, delete, edited, say, written
from picture_files import page_as_picture

from wps_xl.office.word.submitting import submit

DOTS = 50
"""Resolution at which pages are compared [dots per inch]."""
UNLIKE = 0.001
"""The share of dots that may differ."""


def read(page: str) -> str:
    """A page without the page numbers of the contents.

    Both files store the same; LibreOffice counts anew before it has laid all pages out.
    """
    return re.sub(r"(\.{5,} [\d–]*) \d+", r"\1", page)


@pytest.mark.office
def test_the_edition_for_submission_looks_as_the_drafters_document(
    office: Office, tmp_path: Path
) -> None:
    done = (delete("A.prompt"), say("B.1", "Some", "About"), stuffed)
    drafter = edited(written(draft(), tmp_path / "drafter.docx"), *done)
    clean = tmp_path / "clean.docx"

    submit(draft(), TEMPLATE, drafter, clean, LATER)

    pdfs = [office.convert(path, "pdf", tmp_path) for path in (drafter, clean)]
    before, after = ([read(page) for page in pdf_pages(pdf)] for pdf in pdfs)
    assert after == before
    assert "About $140,000 was disbursed. Shown. Text. Tag. Box. Link." in " ".join(after)
    with zipfile.ZipFile(drafter) as old, zipfile.ZipFile(clean) as new:
        assert len(new.namelist()) < len(old.namelist())
    for number in range(1, len(after) + 1):
        pages = [page_as_picture(pdf, number, DOTS).astype(int) for pdf in pdfs]
        assert pages[0].shape == pages[1].shape
        unlike = np.abs(pages[0] - pages[1]).max(axis=2) > 64
        assert unlike.mean() <= UNLIKE, number
