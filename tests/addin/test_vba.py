"""A press, run in pyopenvba's VBA runtime: what reaches Python, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest
from addin.vba import buttons_app, xlwings_app
from openpyxl import Workbook
from pyopenvba.apps.excel import ExcelApplication

from wps_xl import __version__
from wps_xl.addin.hardening import EDITS, hardened_module
from wps_xl.commands.buttons import BUTTONS

GOOD, EVIL = r"C:\good\python.exe", r"\\evil\python.exe"
USERS_FILE = rf"C:\Users\me\.wps_xl\wps_xl.conf|INTERPRETER_WIN|{GOOD}"


@pytest.fixture(scope="module")
def app() -> ExcelApplication:
    return buttons_app()


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


def commands(app: ExcelApplication, files: str) -> str:
    """What RunPython would have started."""
    app.run("SetFiles", files)
    app.run("RunPython", "import wps_xl.ribbon")
    return str(app.evaluate("Commands"))


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: str(button.id))
def test_a_press_starts_exactly_this(app: ExcelApplication, button: object) -> None:
    name = getattr(button, "id", "")

    started = app.run("Press", name, "always")

    assert started == f"import wps_xl.ribbon; wps_xl.ribbon.run('{name}', '{__version__}')\n"
    compile(str(started), "RunPython", "exec")


def test_the_status_bar_speaks_at_once_and_is_free_again(app: ExcelApplication) -> None:
    app.run("Press", "validate", "always")

    assert "WPS 1325: working ..." in str(app.evaluate("StatusThen"))
    assert app.evaluate("Application.StatusBar") in (False, "False")


@pytest.mark.parametrize(
    "name", ["", "validate'", 'a"b', "a b", "a;b", "a&b", "Validate", "a\n", "é", "a" * 41]
)
def test_an_id_that_is_no_plain_word_reaches_nothing(name: str) -> None:
    app = buttons_app()

    assert app.run("Press", name, "always") == ""
    assert [text for _, text, *_ in app.dialogs] == ["This button is not one of wps_xl."]


@pytest.mark.parametrize(
    "name", ["a$(b).xlsx", "a`b`.xlsx", "100%.xlsx", "a=b.xlsx", "a|b.xlsx", "a;b.xlsx"]
)
def test_a_name_that_a_shell_would_read_is_refused(tmp_path: Path, name: str) -> None:
    app = buttons_app()
    Workbook().save(tmp_path / name)
    app.open_workbook(tmp_path / name)

    assert app.run("Press", "validate", "always") == ""
    assert "Save the workbook under another name" in app.dialogs[0][1]


def test_without_a_workbook_a_press_says_so() -> None:
    app = buttons_app()
    app.application.workbooks_.books.clear()
    app.application.activate_book(None)

    assert app.run("Press", "about", "always") == ""
    assert "Open a workbook first" in app.dialogs[0][1]


@pytest.mark.parametrize(
    ("sheets", "kind"),
    [
        (["Cycle", "Lists", "Start"], "review"),
        (["Cover", "Progress"], "return"),
        (["Sheet1"], "other"),
        (["Cycle"], "other"),
    ],
)
def test_a_button_is_enabled_where_it_works(tmp_path: Path, sheets: list[str], kind: str) -> None:
    book = Workbook()
    book.worksheets[0].title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    book.save(tmp_path / "book.xlsx")
    app = buttons_app()
    app.open_workbook(tmp_path / "book.xlsx")

    assert app.run("WpsBookKind") == kind
    assert app.run("Enabled", "review return") is (kind in ("review", "return"))
    assert app.run("Enabled", "always") is True


def test_a_press_on_the_wrong_workbook_says_which_one_it_needs() -> None:
    app = buttons_app()

    assert app.run("Press", "consolidate", "review") == ""
    assert "does not work on Book1" in app.dialogs[0][1]


def test_a_received_workbook_cannot_choose_the_interpreter(addin: Path, received: Path) -> None:
    app = xlwings_app(addin, hardened_module())
    app.open_workbook(received)
    folder = rf"\wps_xl.conf|INTERPRETER_WIN|{EVIL}"

    started = commands(app, f"{EVIL}\n{GOOD}\n{folder}\n{USERS_FILE}")

    assert f'"{GOOD}" -P -B -c ' in started
    assert "evil" not in started
    assert 'prepare_sys_path(\\"false;;;;;;\\"); import wps_xl.ribbon" ' in started
    assert app.dialogs == []


def test_the_name_of_the_workbook_stands_between_quotes_only(addin: Path, received: Path) -> None:
    app = xlwings_app(addin, hardened_module())
    app.open_workbook(received)

    started = commands(app, f"{GOOD}\n{USERS_FILE}")

    # cmd.exe counts quotes and knows no backslash: even pieces stand outside them.
    outside = "".join(started.split('"')[::2])
    assert "calc" not in outside
    assert "calc" in started


def test_without_settings_of_the_user_nothing_runs(addin: Path, received: Path) -> None:
    app = xlwings_app(addin, hardened_module())
    app.open_workbook(received)
    folder = rf"\wps_xl.conf|INTERPRETER_WIN|{EVIL}"

    started = commands(app, f"{EVIL}\n{folder}")

    assert started == ""
    assert "does not know its Python" in app.dialogs[0][1]


@pytest.mark.parametrize("source", ["sheet", "folder"])
def test_the_stock_module_would_have_run_it(addin: Path, received: Path, source: str) -> None:
    # That these tests can fail: without the edits the same workbook chooses the interpreter.
    needed = [edit for edit in EDITS if edit.why.startswith(("the add-in", "a comment"))]
    app = xlwings_app(addin, hardened_module(needed))
    folder = rf"\wps_xl.conf|INTERPRETER_WIN|{EVIL}"
    if source == "sheet":
        app.open_workbook(received)
    else:
        app.add_workbook()

    app.run("SetFiles", f"{EVIL}\n{folder}\n{USERS_FILE}")

    assert app.evaluate('GetConfig("INTERPRETER_WIN")') == EVIL
