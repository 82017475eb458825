"""The printed pages of the documentation are those that the code prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wps_xl
from wps_xl.pages import pages

DOCS = Path(__file__).parents[1] / "docs"
PACKAGE = Path(wps_xl.__file__).parent


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=lambda value: str(value)[:12])
def test_the_page_is_as_printed(name: str, text: str) -> None:
    known = (DOCS / name).read_text(encoding="utf-8")

    assert known == text, "run: python -m wps_xl.pages"


def test_every_rule_of_editing_that_messages_and_code_name_stands_on_its_page() -> None:
    page = (DOCS / "editing.md").read_text(encoding="utf-8")
    ids = r"[NMDLCEQSWG]\d{1,2}"
    code = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "report").rglob("*.py"))
    named = {
        id_
        for inside in re.findall(rf"\(((?:rules )?{ids}(?:(?:, |-){ids})*)\)", code)
        for id_ in re.findall(ids, inside)
    }

    assert len(named) > 25
    assert named <= set(re.findall(rf"^\| ({ids}) \|", page, re.MULTILINE))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_what_the_pages_for_contributors_name_is_there(page: str) -> None:
    root = DOCS.parent
    text = (root / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.]+/)+[\w.]*)`", text))

    gone = [name for name in named if not any((at / name).exists() for at in (root, PACKAGE))]
    assert len(named) > 10
    assert gone == []
