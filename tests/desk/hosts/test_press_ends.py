"""However a press ends: one message, and an Excel that is as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlwings
from desk.hosts.excel_engine import open_in_excel
from desk.hosts.excel_record import RECORD
from desk.hosts.pressing import excel, press

from wps_xl import __version__, ribbon
from wps_xl.codebook import load
from wps_xl.desk.commands.buttons import BUTTONS
from wps_xl.desk.messages import message
from wps_xl.forms.definitions import forms
from wps_xl.sheets.forms.writer import Request, write_form


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path))


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where faults of wps_xl are noted."""
    monkeypatch.setattr("wps_xl.log.log_file", lambda: tmp_path / "wps_xl.log")
    return tmp_path / "wps_xl.log"


def test_no_button_ends_without_a_word_when_its_user_cancels(
    path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every question is cancelled: each press ends with a sentence, with nothing, or done.
    monkeypatch.setattr("webbrowser.open", lambda address: None)
    press("about", path)
    said = {}
    for button in BUTTONS:
        RECORD.alerts.clear()
        RECORD.answers = [None]
        ribbon.run(button.id, __version__)
        said[button.id] = len(RECORD.alerts)

    assert {button for button, number in said.items() if number == 0} == {"settings", "guide"}
    assert max(said.values()) == 1
    assert not log.exists()
    assert excel().states["status_bar"] is False


def test_a_question_that_is_cancelled_ends_the_press(path: Path) -> None:
    for button, *answers in (("snapshot", None), ("new", "next", "NEXT", None)):
        assert press(str(button), path, *answers) == "Nothing was chosen, so nothing was done."
    assert [each.name for each in path.parent.glob("*.xlsx")] == ["review.xlsx"]


@pytest.mark.parametrize(
    ("button", "answers", "says"),
    [
        ("new", ("next", "NEXT", "", "", ""), "Press New cycle again and answer each question."),
        ("new", ("next", "NEXT", "N", "2024", ""), "'2024' is not a review period. Write year-"),
        ("compare", ("{folder}/return.xlsx",), "is not a review workbook: it lacks the sheet "),
        ("trace", (), "This workbook knows no draft"),
    ],
)
def test_what_is_told_after_a_press_names_no_command(
    button: str, answers: tuple[str, ...], says: str, path: Path
) -> None:
    write_form_of(path.with_name("return.xlsx"))
    given = [answer.format(folder=path.parent) for answer in answers]
    given = [str(path.parent), *given] if button == "compare" else given

    message = press(button, path, *given)

    assert says in message
    assert "wps-xl" not in message
    assert "--" not in message
    assert RECORD.modes == ["info"]


def write_form_of(path: Path) -> None:
    codebook = load()
    cycle = codebook.cycle(next(iter(codebook["cycles"])))
    write_form(Request(forms(codebook)["plan"], "UNDP", cycle, codebook), path)


def test_a_refused_press_leaves_the_open_workbook_as_it_was(path: Path) -> None:
    book = open_in_excel(path)
    book.impl.read_only = True
    before = [list(sheet.values) for sheet in book.impl.wb.worksheets]
    RECORD.answers = [str(path.parent)]

    ribbon.run("validate", __version__)

    assert "is open read-only" in RECORD.alerts[0]
    assert [list(sheet.values) for sheet in book.impl.wb.worksheets] == before


def test_a_message_that_cannot_be_kept_is_told_as_far_as_it_goes(path: Path) -> None:
    opened: list[Path] = []
    lines = [f"Line {number}, which is long enough to fill a box." for number in range(50)]
    (path.parent / "message.txt").mkdir()

    text = message(lines, ["Next: go on."], opened.append)

    assert text.startswith("Line 0, ")
    assert "… The rest could not be written into" in text
    assert text.endswith("Next: go on.")
    assert len(text) <= 1_000
    assert opened == []


def test_a_folder_that_cannot_be_made_is_a_sentence(path: Path) -> None:
    message = press("scorecard", path, "UNDP", str(path / "drafts"))

    assert "review.xlsx/drafts cannot be used" in message
    assert "Name another one on sheet Cycle" in message


@pytest.mark.parametrize("name", ["dance", "", "__import__('os')"])
def test_an_unknown_button_is_a_sentence(path: Path, name: str) -> None:
    assert "wps_xl has no button" in press(name, path)


def test_another_version_of_the_add_in_is_a_sentence(path: Path) -> None:
    message = press("validate", path, version="0.0.9")

    assert "of version 0.0.9" in message
    assert "wps-xl addin install" in message


def test_a_fault_of_wps_xl_ends_as_a_sentence_that_names_the_log(
    path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_validate(monkeypatch)

    message = press("validate", path, str(path.parent))

    assert str(log) in message
    assert "Traceback" not in message
    assert "nobody foresaw this" in log.read_text(encoding="utf-8")


def test_a_fault_is_a_sentence_where_no_log_can_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_validate(monkeypatch)
    monkeypatch.setattr("wps_xl.log.log_file", lambda: path / "wps_xl.log")

    message = press("validate", path, str(path.parent))

    assert "because of a fault in wps_xl. No log was kept" in message


def break_validate(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("wps_xl.desk.commands.checking.check", broken)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (xlwings.XlwingsError("busy"), "Excel is busy or a cell is being edited."),
        (AttributeError("_xlwindows"), "Send {log} to those who look after wps_xl."),
    ],
)
def test_an_excel_that_does_not_answer_at_all_is_a_sentence_beside_it(
    fault: Exception,
    sentence: str,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def caller() -> None:
        raise fault

    monkeypatch.setattr("xlwings.Book.caller", caller)

    ribbon.run("validate", __version__)

    assert sentence.format(log=log) in capsys.readouterr().err


def test_a_document_that_does_not_open_is_named_and_the_press_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_word(document: Path) -> None:
        raise OSError("No application is associated with the specified file")

    monkeypatch.setattr("wps_xl.desk.hosts.pickers.show_file", without_word)
    drafts = path.with_name("drafts")

    message = press("scorecard", path, "UNDP", str(drafts))

    document = next(drafts.glob("*.docx"))
    assert message.startswith(f"Wrote {document}: ")
    assert f"It did not open by itself. Open {document}." in message


def test_a_new_workbook_of_the_same_name_as_an_open_one_is_made_and_named(
    path: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    periods = ("2010-01-01:2011-12-31", "2012-01-01:2013-12-31")

    message = press("new", path, "elsewhere/review", "NEXT", "The next", *periods)

    assert message.startswith(f"Made {elsewhere / 'review.xlsx'}")
    assert f"It did not open by itself. Open {elsewhere / 'review.xlsx'}." in message


def test_importing_the_ribbon_imports_nothing_heavy() -> None:
    code = "import sys, wps_xl.ribbon; print(' '.join(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    heavy = {"pandas", "numpy", "pandera", "openpyxl", "docx", "matplotlib", "xlwings", "click"}
    assert not heavy & set(modules)
