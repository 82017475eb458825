"""Fixtures for the tests of the Word layer."""

from __future__ import annotations

from pathlib import Path

import pytest
from office.word.reading import TEMPLATE, Write, faults
from office.word.sample_draft import PROPERTIES

from wps_xl.model import Draft
from wps_xl.office.word import document
from wps_xl.office.word.document import Printed


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a draft to ``draft.docx`` and holds it against all checkers."""

    def written(tree: Draft, name: str = "draft.docx", edition: str = "annotated") -> Printed:
        path = tmp_path / name
        printed = document.write(tree, TEMPLATE, path, edition=edition, properties=PROPERTIES)
        assert faults(path) == []
        return printed

    return written
