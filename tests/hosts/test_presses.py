"""A press of every button on the demonstration ends with one message and a free status bar."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hosts.excel_engine import ENGINE, RECORD, open_in_excel
from openpyxl import load_workbook

from wps_xl import __version__, ribbon
from wps_xl.commands.buttons import shown


@pytest.fixture
def work(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a press may change."""
    return Path(shutil.copytree(demo, tmp_path / "work"))


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that Word or the browser would have been given."""
    files: list[Path] = []
    monkeypatch.setattr("wps_xl.hosts.pickers.show_file", files.append)
    monkeypatch.setattr("webbrowser.open", lambda address: files.append(Path(address)))
    return files


def press(button: str, path: Path, *answers: object, version: str = __version__) -> str:
    """The message after a press with the workbook in front; questions are answered in turn."""
    open_in_excel(path)
    RECORD.answers = list(answers)
    ribbon.run(button, version)
    assert ENGINE.apps.open[0].states["status_bar"] is False
    assert ENGINE.apps.open[0].states["screen_updating"] is True
    assert RECORD.answers == []
    assert len(RECORD.alerts) <= 1
    return "".join(RECORD.alerts)


def save(path: Path) -> Path:
    """The workbook in front, as if its user had saved it."""
    book = ENGINE.apps.open[0].books.active
    assert book is not None
    book.wb.save(path)
    return path


def test_validate_fills_issues_in_the_open_workbook(work: Path) -> None:
    message = press("validate", work / "review.xlsx")

    assert "errors" in message
    assert "Next: look at sheet Issues" in message
    assert any(str(text).startswith("WPS 1325: 1 of ") for text in RECORD.status)
    log = load_workbook(save(work / "saved.xlsx"))["Log"]
    assert log.cell(log.max_row, 2).value == "validate"


def test_consolidate_reports_the_control(work: Path) -> None:
    message = press("consolidate", work / "review.xlsx")

    assert "Rows found" in message
    assert "Next: look at sheets Start and Issues" in message


def test_the_report_is_written_and_opened_in_word(work: Path, opened: list[Path]) -> None:
    message = press("report", work / "review.xlsx", str(work / "drafts"))

    assert "words" in message
    assert [path.parent for path in opened] == [work / "drafts"]
    assert opened[0].exists()
    settings = load_workbook(save(work / "saved.xlsx"))["Cycle"]
    lines = {row[2].value: row[1].value for row in settings.iter_rows(max_col=3)}
    assert lines["drafts_folder"] == str(work / "drafts")


def test_trace_takes_the_selected_cell(work: Path) -> None:
    book = load_workbook(work / "review.xlsx")
    cell = next(row[0] for row in book["Sources"].iter_rows(min_row=2, min_col=7) if row[0].value)
    sheet, address = str(cell.value).strip("'").split("!")
    sheet = sheet.strip("'")
    book.active = book[sheet]
    book[sheet].sheet_view.selection[0].sqref = address.split(":")[0]
    book.save(work / "review.xlsx")

    message = press("trace", work / "review.xlsx")

    assert "para" in message.lower()


def test_forms_are_written_beside_the_workbook(blank: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(blank, tmp_path))

    message = press("forms", path)

    assert "Next: send each form to its entity." in message
    assert list((tmp_path / "forms").glob("*.xlsx"))


def test_a_new_cycle_takes_over_what_is_in_front(work: Path) -> None:
    words = ("next", "NEXT", "The next review", "2010-01-01:2011-12-31", "2012-01-01:2013-12-31")

    message = press("new", work / "review.xlsx", *words)

    assert "Made " in message
    assert (work / "next.xlsx").exists()


def test_correction_copies_lie_beside_the_workbook(work: Path) -> None:
    assert "Next: send each copy back" in press("correction_copies", work / "review.xlsx")


def broken_return(work: Path) -> tuple[Path, str]:
    """A return in which a required cell was emptied: its path, and the cell's sheet."""
    path = next((work / "returns").glob("*progress*.xlsx"))
    book = load_workbook(path)
    for row in book["Progress"].iter_rows(min_row=5, max_row=5):
        if row[0].value:
            row[1].value = "no such area"
    book.save(path)
    return path, "Progress"


def test_a_return_in_front_is_checked_as_it_stands(work: Path) -> None:
    path, sheet = broken_return(work)

    message = press("validate", path)

    assert f"{sheet}, cell B5" in message
    assert "Next issue goes from cell to cell" in message


def test_next_issue_selects_its_cell_and_says_why(work: Path) -> None:
    path, sheet = broken_return(work)

    message = press("next_issue", path)

    app = ENGINE.apps.open[0]
    selection = app.selection
    assert selection is not None
    assert message.startswith(f"{sheet}, cell {selection.get_address(False, False, False)}: ")


def test_settings_guide_diagnose_and_about(blank: Path, opened: list[Path]) -> None:
    messages = {name: press(name, blank) for name in ("settings", "guide", "diagnose", "about")}

    assert messages["settings"] == messages["guide"] == ""
    assert opened[-1].name == "wps_xl_guide.html"
    assert "Python" in messages["diagnose"]
    assert __version__ in messages["about"]


@pytest.mark.parametrize("button", list(shown()), ids=lambda button: str(button.id))
def test_no_button_ends_without_a_word_when_its_user_cancels(
    blank: Path, tmp_path: Path, button: object
) -> None:
    # Every question is cancelled: each press ends with a sentence, with nothing, or done.
    name = getattr(button, "id", "")
    open_in_excel(Path(shutil.copy(blank, tmp_path)))
    RECORD.answers = [None] * 20

    ribbon.run(name, __version__)

    assert len(RECORD.alerts) == (0 if name in ("settings", "guide") else 1)
    assert "fault in wps_xl" not in "".join(RECORD.alerts)
    assert ENGINE.apps.open[0].states["status_bar"] is False


@pytest.mark.parametrize("name", ["dance", "", "__import__('os')"])
def test_an_unknown_button_is_a_sentence(blank: Path, name: str) -> None:
    assert "wps_xl has no button" in press(name, blank)


def test_another_version_of_the_add_in_is_a_sentence(blank: Path) -> None:
    message = press("validate", blank, version="0.0.9")

    assert "of version 0.0.9" in message
    assert "wps-xl addin install" in message


def test_a_fault_of_wps_xl_ends_as_a_sentence_that_names_the_log(
    work: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*words: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("wps_xl.commands.checking.check", broken)
    monkeypatch.setattr("wps_xl.faults.log_file", lambda: tmp_path / "wps_xl.log")

    message = press("validate", work / "review.xlsx")

    assert str(tmp_path / "wps_xl.log") in message
    assert "Traceback" not in message
    assert "nobody foresaw this" in (tmp_path / "wps_xl.log").read_text(encoding="utf-8")


def test_a_workbook_on_a_server_asks_for_the_folder_of_returns_once(work: Path) -> None:
    book = open_in_excel(work / "review.xlsx")
    book.impl.where = "https://un.sharepoint.com/sites/wps/review.xlsx"
    RECORD.answers = [str(work / "returns")]

    ribbon.run("validate", __version__)

    assert RECORD.answers == []
    assert "Next: look at sheet Issues" in RECORD.alerts[0]


def test_importing_the_ribbon_imports_nothing_heavy() -> None:
    code = "import sys, wps_xl.ribbon; print(' '.join(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    heavy = {"pandas", "numpy", "pandera", "openpyxl", "docx", "matplotlib", "xlwings", "click"}
    assert not heavy & set(modules)
