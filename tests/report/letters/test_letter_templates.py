"""The templates of the letters: built from their texts, valid, and free of what is one cycle's."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator
from report.letters.letter_examples import ERRORS, LATE, paragraphs, reviewed, written
from validators import assert_valid

from wps_xl import assets
from wps_xl.report.letters.correspondence import KINDS

NAMES = [f"letter_{kind}.docx" for kind in KINDS]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_committed_templates_are_what_their_texts_build_to_the_byte(tmp_path: Path) -> None:
    script = assets.path("templates/make_letters.py")

    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)

    for name in NAMES:
        fresh, committed = parts(tmp_path / name), parts(assets.path(f"templates/{name}"))
        assert fresh == committed, "run templates/make_letters.py"
        assert (tmp_path / name).read_bytes() == assets.path(f"templates/{name}").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_templates_are_valid_word_files(name: str) -> None:
    assert OpenXmlValidator().validate(assets.path(f"templates/{name}")).errors == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_nothing_of_one_cycle(name: str) -> None:
    said = " ".join(paragraphs(assets.path(f"templates/{name}")))

    assert not re.search(r"\d{4}|[SA]/|[A-Z]{3,}", said.replace("1325 (2000)", ""))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_plain_text_that_staff_change_in_word(name: str) -> None:
    document = docx.Document(str(assets.path(f"templates/{name}")))

    assert b"w:sdt" not in document.part.blob
    assert all(paragraph.style.name.startswith("Letter ") for paragraph in document.paragraphs)


def test_a_letter_is_valid(tmp_path: Path) -> None:
    assert_valid(written(reviewed(LATE, *ERRORS, signatory=None, mark="Draft"), tmp_path))
