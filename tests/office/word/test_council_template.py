"""The Word template: built from its XML, complete, and free of what belongs to one cycle."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from report.draft_check import check
from validators import assert_valid

from wps_xl import assets
from wps_xl.office.word.document import boilerplate, fill

TEMPLATE = assets.path("templates/council_report.docx")
KEYS = [
    *("introduction.1", "methodology.1", "progress.1", "plan.policy.1", "plan.goals.1"),
    *("plan.strategies.1", "plan.framework.1", "plan.accountability.1", "practices.1"),
    "conclusions.1",
]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def build(folder: Path) -> Path:
    script = assets.path("templates/make_council_report.py")
    folder.mkdir()
    subprocess.run([sys.executable, str(script), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("name", ["council_report.docx", "page.docx"])
def test_the_committed_templates_are_what_their_xml_builds(name: str, tmp_path: Path) -> None:
    fresh = parts(build(tmp_path / "fresh") / name)

    committed = parts(assets.path(f"templates/{name}"))
    assert list(fresh) == list(committed)
    for part, content in fresh.items():
        assert content == committed[part], f"{part}: run templates/make_council_report.py"


def test_two_builds_have_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "1"), build(tmp_path / "2")

    for name in ("council_report.docx", "page.docx"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_the_templates_are_valid_word_files() -> None:
    files = [assets.path(f"templates/{name}") for name in ("council_report.docx", "page.docx")]

    assert [OpenXmlValidator().validate(file).errors for file in files] == [[], []]
    assert_valid(*files)


def test_only_its_block_controls_are_a_matter_of_the_checker() -> None:
    assert {fault.partition(":")[0] for fault in check(TEMPLATE)} == {"block_controls"}


def test_the_fixed_paragraphs_are_there_by_key() -> None:
    assert list(boilerplate(TEMPLATE)) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_fixed_paragraph_says_nothing_of_one_cycle(key: str) -> None:
    text = boilerplate(TEMPLATE)[key].replace("resolution 1325 (2000)", "")

    assert not re.search(r"\d{4}|[A-Z]{3,}|[SA]/", text)


def test_a_slot_is_filled_once_and_a_sign_stands_for_one_without_a_value() -> None:
    text = fill("{{ plan }} and {{plan}}, {{other}}", {"plan": "{{other}}", "x": ""})

    assert text == "{{other}} and {{other}}, [?]"


@pytest.mark.parametrize(
    "style",
    [
        *("Title", "Heading1", "Heading2", "Heading3", "ParaNo", "SubPara", "SubSubPara"),
        *("SingleTxt", "BulletTxt", "DrafterNote", "AnnexHeading", "AnnexSingle", "AnnexTitle"),
        *("TableNo", "TableTitle", "TableHead", "TableTxt", "TableNote", "FootnoteText"),
        *("UNTable", "ContentsLine", "ContentsSubline", "ContentsNumber", "ContentsHead"),
    ],
)
def test_the_template_has_every_style_that_drafts_use(style: str) -> None:
    assert f'w:styleId="{style}"'.encode() in parts(TEMPLATE)["word/styles.xml"]


def test_one_entry_fills_masthead_headers_and_footers() -> None:
    found = parts(TEMPLATE)
    bound = [name for name, content in found.items() if b"r:symbol_rest[1]" in content]

    assert sorted(bound) == [
        *("word/header_even.xml", "word/header_first.xml", "word/header_odd.xml")
    ]
    assert b"<symbol_rest>/20YY/NNN</symbol_rest>" in found["customXml/item1.xml"]
