"""A press, run in pyopenvba's VBA runtime: what is asked of Python, and what never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from addin.vba import buttons_app
from openpyxl import Workbook
from pyopenvba.apps.excel import ExcelApplication

from wps_xl import __version__
from wps_xl.desk.commands.buttons import BUTTONS


@pytest.fixture(scope="module")
def app() -> ExcelApplication:
    return buttons_app()


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

    assert app.run("Enabled", "always") is False
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
