"""Guides are texts that staff edit: what they may hold, and how a slip is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sheets.form_examples import FORMS, blank, read

from wps_xl import assets
from wps_xl.errors import CodebookError
from wps_xl.sheets.forms.writer import form_bytes


def replace_guide(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the writer find this text instead of the guide."""
    file = folder / "guide.txt"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "path", lambda name: file)


def test_a_slot_that_nobody_knows_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_guide("# {form}\n\nReturn it by {dew}.", tmp_path, monkeypatch)

    with pytest.raises(CodebookError, match=r"guide_progress\.txt, line 3: 'dew' is not a slot"):
        form_bytes(blank())


def test_a_guide_may_print_any_code_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_guide("# {form}\n# Answers\n{list answers}", tmp_path, monkeypatch)

    # A request of its own: the shared one may have been written with the guide as it is.
    rows = read(replace(blank()), "Guide")

    assert rows[2][:2] == ["Answers", "Yes; No; not in mandate – Not in our mandate"]


@pytest.mark.parametrize("form", FORMS)
def test_no_slot_is_left_in_a_guide(form: str) -> None:
    texts = [str(cell) for row in read(blank(form), "Guide") for cell in row]

    assert texts
    assert not any("{" in text for text in texts)


def test_whom_to_ask_stands_in_the_guide_where_it_is_known() -> None:
    texts = [str(row[0]) for row in read(blank(contact="desk@example.org"), "Guide") if row]

    assert "Questions: desk@example.org." in texts
