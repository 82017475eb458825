"""Files that Excel or Word hold open are left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from wps_xl.desk.hosts.locks import refuse_if_open
from wps_xl.errors import OutputError


@pytest.mark.parametrize(
    ("name", "lock", "program"),
    [
        ("review.xlsx", "~$review.xlsx", "Excel"),
        ("council_report.docx", "~$uncil_report.docx", "Word"),
        ("a.docx", "~$a.docx", "Word"),
        ("review.xlsx", ".~lock.review.xlsx#", "LibreOffice"),
        ("draft.docx", ".~lock.draft.docx#", "LibreOffice"),
    ],
)
def test_a_file_that_is_open_is_refused(tmp_path: Path, name: str, lock: str, program: str) -> None:
    (tmp_path / lock).write_bytes(b"\x05owner")

    with pytest.raises(OutputError, match=f"{name} is open in {program}"):
        refuse_if_open(tmp_path / name)


def test_a_file_that_nobody_holds_is_not_refused(tmp_path: Path) -> None:
    # Another workbook and another document are open, whose names end alike.
    (tmp_path / "~$view.xlsx").write_bytes(b"")
    (tmp_path / "~$draft.docx").write_bytes(b"")
    (tmp_path / "draft.docx").write_bytes(b"")

    refuse_if_open(tmp_path / "a_draft.docx")
    refuse_if_open(tmp_path / "review.xlsx")
