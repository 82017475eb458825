"""The guide names every button; its pictures are there, small, and on the page of button Guide."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from wps_xl.addin.guide import guide_html
from wps_xl.desk.commands.buttons import BUTTONS

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
NAMED = re.findall(r"!\[[^]]+\]\((img/[^)]+)\)", GUIDE)
IMAGES = sorted(path for path in (DOCS / "img").iterdir() if path.suffix in (".png", ".svg"))
ONE, ALL = 60_000, 900_000
"""What one picture and all together may have [bytes]."""


def test_each_of_the_eight_tasks_has_a_picture() -> None:
    tasks = re.split(r"^## (?=\d)", GUIDE.partition("## When something")[0], flags=re.MULTILINE)[1:]

    assert [task[0] for task in tasks] == list("12345678")
    assert [task.splitlines()[0] for task in tasks if "](img/" not in task] == []


def test_the_guide_names_every_button() -> None:
    assert [button.id for button in BUTTONS if f"**{button.caption}**" not in GUIDE] == []


def test_the_guide_knows_what_windows_does_to_files() -> None:
    trouble = GUIDE.partition("## When something")[2]

    for words in ("Protected View", "Enable Editing", "OneDrive", "profile lies on a server"):
        assert words in trouble


def test_the_page_holds_every_picture_of_the_guide() -> None:
    page = guide_html()

    held = {base64.b64decode(data) for data in re.findall(r'src="data:[^,]+;base64,([^"]+)"', page)}
    assert held == {(DOCS / name).read_bytes() for name in NAMED}
    assert page.count("<figure>") == page.count("<img") == len(NAMED)


def test_the_page_has_tables_and_needs_nothing_from_elsewhere() -> None:
    page = guide_html()

    assert "<h2>1. Begin a cycle</h2>" in page
    assert "<table>" in page
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', page) == []


def test_no_picture_lies_there_unshown_or_unlisted() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    listed = (DOCS / "img" / "README.md").read_text(encoding="utf-8")

    shown_somewhere = {f"img/{path.name}" for path in IMAGES if f"img/{path.name}" in readme}
    assert {f"img/{path.name}" for path in IMAGES} == {*NAMED, *shown_somewhere}
    assert [path.name for path in IMAGES if f"`{path.name}`" not in listed] == []


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in IMAGES}

    assert {name: size for name, size in sizes.items() if size > ONE} == {}
    assert sum(sizes.values()) < ALL
