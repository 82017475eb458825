"""The printed pages of the documentation are those that the code prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from wps_xl.pages import pages

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=lambda value: str(value)[:12])
def test_the_page_is_as_printed(name: str, text: str) -> None:
    known = (DOCS / name).read_text(encoding="utf-8")

    assert known == text, "run: python -m wps_xl.pages"
