"""The add-in's file is what Excel expects, and the same at every build."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from zipfile import ZipFile

import olefile
import pytest

from wps_xl import __version__, assets
from wps_xl.addin import build as builder
from wps_xl.addin.build import MACROS, addin_bytes, build, module_sources
from wps_xl.addin.hardening import Edit, hardened_module
from wps_xl.errors import CodebookError, OutputError

ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def modules_in(path: Path) -> dict[str, str]:
    """Every module that oletools finds in the file, with plain line ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # oletools uses names that pyparsing gives up
        from oletools.olevba import VBA_Parser
    found = VBA_Parser(str(path)).extract_all_macros()
    return {stream.split("/")[-1]: code.replace("\r\n", "\n") for _, stream, _, code in found}


def test_two_builds_are_the_same_bytes(addin: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from wps_xl.addin.build import build; "
    subprocess.run(
        [sys.executable, "-c", f"{code}build(Path(sys.argv[1]))", str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"},
    )

    assert (tmp_path / addin.name).read_bytes() == addin.read_bytes()


@pytest.mark.parametrize("name", ["ThisWorkbook.cls", *MACROS])
def test_a_module_comes_out_as_it_stands_in_macros(addin: Path, name: str) -> None:
    text = assets.path(f"macros/{name}").read_text(encoding="cp1252")

    assert modules_in(addin)[name.split(".")[0]] == text


def test_no_module_is_missing_and_none_is_more(addin: Path) -> None:
    found = modules_in(addin)

    assert {name: code for name, code in found.items() if name != "Sheet1"} == module_sources()
    assert found["Sheet1"].count("\n") == found["Sheet1"].count("Attribute")


def test_the_compound_file_has_no_defect(addin: Path) -> None:
    raw = io.BytesIO(ZipFile(addin).read("xl/vbaProject.bin"))

    found = olefile.OleFileIO(raw, raise_defects=olefile.DEFECT_INCORRECT)

    assert found.parsing_issues == []
    assert not any("__SRP" in name for path in found.listdir() for name in path)


def test_every_code_name_has_its_module(addin: Path) -> None:
    with ZipFile(addin) as archive:
        text = archive.read("xl/workbook.xml") + archive.read("xl/worksheets/sheet1.xml")
        types = archive.read("[Content_Types].xml").decode()

    # EPPlus 5: Excel drops the whole project where a sheet has no module.
    names = set(re.findall(rb'(?:workbookPr|sheetPr) codeName="([^"]+)"', text))
    assert names == {b"ThisWorkbook", b"Sheet1"}
    assert f'PartName="/xl/workbook.xml" ContentType="{ADDIN_TYPE}"' in types


def test_both_ribbon_parts_are_there_and_related(addin: Path) -> None:
    with ZipFile(addin) as archive:
        relations = archive.read("_rels/.rels").decode()
        parts = [archive.read(f"customUI/{name}") for name in ("customUI.xml", "customUI14.xml")]

    assert re.findall(r'office/(\d+)/[^"]*extensibility" Target="([^"]+)"', relations) == [
        ("2006", "customUI/customUI.xml"),
        ("2007", "customUI/customUI14.xml"),
    ]
    assert parts[0].replace(b"office/2006/01/", b"office/2009/07/") == parts[1]


def test_nothing_in_the_file_names_who_or_where(addin: Path) -> None:
    with ZipFile(addin) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    homes = [Path.home(), Path(tempfile.gettempdir()), Path(os.sep, "home"), Path(os.sep, "tmp")]
    places = ["William", "absPath", "Users\\", *(f"{home}{os.sep}" for home in homes)]
    assert [place for place in places if place.encode() in everything] == []
    assert f"wps_xl {__version__}".encode() in everything


def test_the_versions_of_macros_and_package_must_agree() -> None:
    runner = module_sources()["WpsRunner"].replace(f'"{__version__}"', '"0.0.9"')

    with pytest.raises(CodebookError, match=r"is for version 0\.0\.9"):
        addin_bytes({"WpsRunner": runner})


@pytest.mark.parametrize("pattern", ["no such line", "Exit Function"], ids=["never", "often"])
def test_an_edit_that_does_not_fit_exactly_once_stops_the_build(pattern: str) -> None:
    with pytest.raises(CodebookError, match="for a test"):
        hardened_module([Edit("for a test", pattern, "")])


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / builder.NAME).mkdir()

    with pytest.raises(OutputError, match="A folder is called so"):
        build(tmp_path)
