"""What a received workbook can make xlwings' module start: nothing, and without the edits much.

Run in pyopenvba's VBA runtime. Each edit has its counter-proof: left out, the same workbook wins.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from addin.vba import xlwings_app
from openpyxl import Workbook
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError

from wps_xl.addin.hardening import EDITS, hardened_module

GOOD, EVIL = r"C:\good\python.exe", r"\\evil\python.exe"
USERS_FILE = rf"C:\Users\me\.wps_xl\wps_xl.conf|INTERPRETER_WIN|{GOOD}"
# The module looks for a backslash, and paths here have none: the workbook's folder is blank.
FILE_BESIDE = rf"\wps_xl.conf|INTERPRETER_WIN|{EVIL}"
# What exists as far as the module can see; the conda is named by the workbook's settings too.
THERE = "\n".join([EVIL, GOOD, USERS_FILE, r"\\evil\condabin\conda.bat"])
EVERYTHING = f"{THERE}\n{FILE_BESIDE}"
SETTINGS_SHEET = "a settings sheet in the workbook in front is ignored"
SETTINGS_FILE = "a settings file beside the workbook is ignored"
CODE_ON_SHEETS = "a sheet named *.py is never run"
PATHS = "no path of a workbook reaches the shell"
SEARCH = "without an interpreter in the settings nothing runs"
CURRENT_FOLDER = "modules in the current folder are never imported"
OWN_SHEET = "the add-in's sheet is read, whatever sheet is in front"
PROVEN = (SETTINGS_SHEET, SETTINGS_FILE, CODE_ON_SHEETS, PATHS, SEARCH, CURRENT_FOLDER, OWN_SHEET)
# Without these the module is not ours, or does not compile elsewhere.
NEEDED = ("the add-in's own name", "a comment behind a directive")


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A workbook as somebody with bad intentions would send it."""
    book = Workbook()
    book.worksheets[0].title = "Cover"
    settings = book.create_sheet("wps_xl.conf")
    for row in (
        ("INTERPRETER_WIN", EVIL),
        ("PYTHONPATH", r"\\evil\modules"),
        ("ADD_WORKBOOK_TO_PYTHONPATH", "True"),
        ("LICENSE_KEY", "noncommercial"),
        ("CONDA PATH", r"\\evil"),
        ("CONDA ENV", "base"),
    ):
        settings.append(row)
    settings.sheet_state = "hidden"
    book.create_sheet("evil.py")["A1"] = "import os"
    book.save(tmp_path / "a^&calc.xlsx")
    return tmp_path / "a^&calc.xlsx"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workbook without anything that stands in its sheets: its name and folder remain."""
    Workbook().save(tmp_path / "a^&calc.xlsx")
    return tmp_path / "a^&calc.xlsx"


def without(*whys: str) -> str:
    """The module with all edits but these."""
    left_out = [edit for edit in EDITS if edit.why.startswith(whys)]
    assert len(left_out) == len(whys)
    return hardened_module([edit for edit in EDITS if edit not in left_out])


def opened(addin: Path, module: str, book: Path, files: str) -> ExcelApplication:
    """Excel with the add-in and a workbook in front, on a computer with these files."""
    app = xlwings_app(addin, module)
    app.open_workbook(book)
    app.run("SetFiles", files)
    return app


def started(
    addin: Path, module: str, book: Path, files: str, command: str = "import wps_xl.ribbon"
) -> str:
    """What RunPython would have started, or the message that it showed instead."""
    app = opened(addin, module, book, files)
    app.run("RunPython", command)
    said = "".join(text for _, text, *_ in app.dialogs)
    return str(app.evaluate("Commands")) or said


def outside_quotes(command: str) -> str:
    # cmd.exe counts quotes and knows no backslash: even pieces stand outside them.
    return "".join(command.split('"')[::2])


def test_every_edit_has_its_counter_proof() -> None:
    assert [edit for edit in EDITS if not edit.why.startswith(PROVEN + NEEDED)] == []


def test_a_received_workbook_chooses_nothing(addin: Path, received: Path) -> None:
    command = started(addin, hardened_module(), received, EVERYTHING)

    assert f'"{GOOD}" -P -B -c ' in command
    assert 'prepare_sys_path(\\"false\\"); import wps_xl.ribbon" ' in command
    assert "evil" not in command
    assert "embedded" not in command


def test_without_the_edit_a_sheet_would_choose_the_interpreter(addin: Path, received: Path) -> None:
    command = started(addin, without(SETTINGS_SHEET), received, THERE)

    assert rf'\\evil\condabin\conda activate base && "{EVIL}" -P' in command


def test_without_the_edit_a_file_beside_would_choose_it(addin: Path, plain: Path) -> None:
    command = started(addin, without(SETTINGS_FILE), plain, EVERYTHING)

    assert f'"{EVIL}" -P' in command


def test_the_add_ins_own_settings_are_read_whatever_is_in_front(addin: Path, plain: Path) -> None:
    question = 'GetConfig("SHOW_ERROR_POPUPS")'

    assert opened(addin, hardened_module(), plain, THERE).evaluate(question) == "True"
    with pytest.raises(VBARuntimeError):
        opened(addin, without(OWN_SHEET), plain, THERE).evaluate(question)


def test_a_sheet_with_code_is_not_run(addin: Path, received: Path) -> None:
    # Its settings count here, as only the code is asked about: they hold a licence key.
    command = started(addin, without(SETTINGS_SHEET), received, EVERYTHING)

    assert "; import wps_xl.ribbon" in command
    assert "embedded" not in command


def test_without_the_edit_the_sheet_would_be_run(addin: Path, received: Path) -> None:
    command = started(addin, without(SETTINGS_SHEET, CODE_ON_SHEETS), received, EVERYTHING)

    # That writes each sheet *.py into a folder, puts it first for imports, then runs the command.
    assert "xlwings.pro.runpython_embedded_code('import wps_xl.ribbon')" in command


def test_the_name_of_the_workbook_stands_between_quotes_only(addin: Path, plain: Path) -> None:
    command = started(addin, hardened_module(), plain, EVERYTHING)

    assert "calc" in command
    assert "calc" not in outside_quotes(command)


def test_without_the_edit_the_name_would_reach_the_shell(addin: Path, plain: Path) -> None:
    command = started(addin, without(PATHS), plain, EVERYTHING)

    assert "&calc.xlsx" in outside_quotes(command)


def test_without_settings_of_the_user_nothing_runs(addin: Path, received: Path) -> None:
    said = started(addin, hardened_module(), received, f"{EVIL}\n{FILE_BESIDE}")

    assert said.startswith("WPS 1325 does not know its Python.")


def test_without_the_edit_any_python_of_the_folder_would_run(addin: Path, plain: Path) -> None:
    command = started(addin, without(SEARCH), plain, "")

    assert command.startswith("cmd.exe /C python -P -B -c ")


@pytest.mark.parametrize(
    ("left_out", "imported"), [((), False), ((CURRENT_FOLDER,), True), ((PATHS,), True)]
)
def test_a_module_in_the_current_folder_is_imported_only_without_the_edits(
    addin: Path, plain: Path, left_out: tuple[str, ...], imported: bool
) -> None:
    module = without(*left_out) if left_out else hardened_module()
    command = started(addin, module, plain, EVERYTHING, "import intruder")
    found = re.search(r'python\.exe" (.*) -c "(.*)"  --wb', command)
    assert found is not None
    plain.with_name("intruder.py").write_text("print('here')", encoding="utf-8")

    # Windows gives Python \" as a quote.
    words = [sys.executable, *found[1].split(), "-c", found[2].replace('\\"', '"')]
    done = subprocess.run(words, cwd=plain.parent, capture_output=True, text=True)

    assert (done.stdout == "here\n") is imported
    assert ("No module named 'intruder'" in done.stderr) is not imported
