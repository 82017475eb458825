"""Excel refuses one call after the other: what is open stays open, and all is as before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import xlwings
from demonstrations import MOMENT
from desk.hosts.excel_engine import ENGINE, open_in_excel
from desk.hosts.excel_record import RECORD
from desk.hosts.pressing import CALM, excel
from openpyxl import Workbook

from wps_xl import __version__, ribbon
from wps_xl.desk.commands.store import logged, with_rows
from wps_xl.desk.hosts.excel import ExcelHost
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.desk.hosts.open_tables import Journal
from wps_xl.errors import OutputError
from wps_xl.review.workbook import Review

ANY_LATER = 100_000
Pressed = Callable[..., list[str]]


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path))


def refused(action: Callable[[], object], *failing: int) -> str:
    """The sentence of an action whose calls with these numbers fail; blank where it was done."""
    RECORD.calls.clear()
    RECORD.failing = frozenset(failing)
    try:
        action()
    except OutputError as refusal:
        return str(refusal)
    finally:
        RECORD.failing = frozenset()
    return ""


def every_failing_call_is_a_sentence(reading: Callable[[], object]) -> bool:
    """Whether each call of it was refused in turn, and nothing was changed by any."""
    assert refused(reading) == ""
    calls = list(RECORD.calls)
    said = [refused(reading, number) for number in range(1, len(calls) + 1)]
    assert len(calls) > 40
    assert not [name for name in calls if name.endswith("=")]
    assert excel().states == CALM
    return all("Press Enter or Esc" in text for text in said)


def test_whatever_call_fails_reading_the_workbook_is_a_sentence(path: Path) -> None:
    host = ExcelHost(open_in_excel(path))

    assert every_failing_call_is_a_sentence(lambda: host.read(path))


def test_whatever_call_fails_reading_a_return_is_a_sentence(path: Path) -> None:
    book = Workbook()
    for name in ("Cover", "Progress"):
        sheet = book.create_sheet(name)
        for row in range(12):
            sheet.append([row, "=1/0", None, "text"])
        sheet.merge_cells("C2:D3")
        sheet.row_dimensions[7].hidden = True
    book.save(path)

    assert every_failing_call_is_a_sentence(ExcelHost(open_in_excel(path)).as_return)


def rows_of_progress(path: Path) -> tuple[ExcelHost, Review]:
    """The open workbook, and with rows that PivotTables count for the first time: those are laid
    out in the file."""
    host = ExcelHost(open_in_excel(path))
    review = host.read(path)
    entity = next(iter(review.codebook["entities"]))
    changed = with_rows(review, "Progress", [{"Entity": entity, "Row id": "1"}])
    return host, logged(changed, "consolidate", "Done.", MOMENT)


def write_rows_of_progress(path: Path, *failing: int) -> str:
    """The sentence with which they were refused, blank where they were written."""
    host, changed = rows_of_progress(path)
    said = refused(lambda: host.write(changed, path, MOMENT), *failing)
    assert excel().states == CALM
    return said


def open_books() -> list[str]:
    return [book.fullname for book in excel().books]


def lines_of_log() -> int:
    """Lines of the Log in the workbook that is open."""
    book = excel().books.active
    assert book is not None
    return int(book.wb["Log"].max_row) - 1


def test_whatever_call_fails_a_workbook_that_was_closed_is_open_again(
    path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wps_xl.sheets.review.shown.shown", once_for_each_review())
    # Every call of this way is refused in turn on a small workbook below.
    kinds = ("close", "open")
    assert write_rows_of_progress(path) == ""
    calls, after = list(RECORD.calls), lines_of_log()
    first = calls.index("selection")

    for number in (*(calls.index(kind, first) + 1 for kind in kinds), len(calls)):
        shutil.copy(blank, path)
        said = write_rows_of_progress(path, number)
        assert open_books() == [str(path)], (number, calls[number - 1])
        assert (lines_of_log() == after) == (said == ""), (number, calls[number - 1])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workbook that opens at once: of what is closed and opened again only the file counts."""
    path = tmp_path / "small.xlsx"
    Workbook().save(path)
    return path


def test_whatever_call_fails_between_saving_and_opening_again_nothing_is_left_behind(
    small: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    monkeypatch.setattr(FilesHost, "write", lambda host, review, path, *more: written.append(path))
    review = FilesHost().read(blank)

    def write_as_file(*failing: int) -> str:
        host = ExcelHost(open_in_excel(small))
        written.clear()
        said = refused(lambda: host._write_as_file(review, MOMENT, ()), *failing)
        assert excel().states == CALM
        return said

    assert write_as_file() == ""
    calls = list(RECORD.calls)
    assert {"selection", "calculation=", "save", "close", "open"} <= set(calls)
    for number in range(1, len(calls) + 1):
        said = write_as_file(number)
        assert open_books() == [str(small)], (number, calls[number - 1])
        # A sentence says that nothing was done, none that it was.
        assert bool(written) == (said == ""), (number, calls[number - 1], said)


def test_whatever_call_fails_before_a_workbook_is_closed_is_a_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Review] = []
    monkeypatch.setattr(
        ExcelHost, "_write_as_file", lambda host, review, *more: closed.append(review)
    )
    monkeypatch.setattr("wps_xl.sheets.review.shown.shown", once_for_each_review())
    for function in ("reader.review_of", "written.typed_over"):
        asked_once(monkeypatch, f"wps_xl.sheets.review.{function}")
    host, changed = rows_of_progress(path)
    assert refused(lambda: host.read(path)) == ""
    reading = len(RECORD.calls)
    assert refused(lambda: host.write(changed, path, MOMENT)) == ""
    calls = list(RECORD.calls)

    assert not [name for name in calls if name.endswith("=")]
    closed.clear()
    # What is read first is refused call by call above.
    for number in (1, *range(reading, len(calls) + 1)):
        assert "Press Enter or Esc" in refused(lambda: host.write(changed, path, MOMENT), number)
    assert closed == []


def asked_once(monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    """Have what makes no call of Excel answer as it did first: the workbook stays as it was."""
    place, _, name = function.rpartition(".")
    answers: list[object] = []
    real = getattr(import_module(place), name)

    def answer(*words: object) -> object:
        answers[:] = answers or [real(*words)]
        return answers[0]

    monkeypatch.setattr(function, answer)


def once_for_each_review() -> Callable[[Review, object], object]:
    """``shown``, which takes long, asked once for as many rows of Progress as a review has."""
    from wps_xl.sheets.review.shown import shown

    known: dict[int, object] = {}

    def found(review: Review, moment: object) -> object:
        rows = len(review.tables["Progress"])
        if rows not in known:
            known[rows] = shown(review, MOMENT)
        return known[rows]

    return found


@pytest.mark.parametrize("button", ["about", "settings"])
def test_whatever_call_fails_a_short_press_ends_with_a_calm_excel(
    button: str, small: Path, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(*failing: int) -> int:
        open_in_excel(small)
        RECORD.failing = frozenset(failing)
        ribbon.run(button, __version__)
        return len(RECORD.alerts)

    Workbook().save(small)
    book = Workbook()
    book.create_sheet("Cycle")
    book.save(small)
    done = press()
    for number in range(1, len(RECORD.calls) + 1):
        said = press(number)
        assert excel().states == CALM, number
        # Where Excel cannot show the message it is shown beside it.
        assert said == 1 or capsys.readouterr().err or done == said == 0, number


def test_a_workbook_that_another_program_holds_is_open_again_as_it_was(path: Path) -> None:
    path.with_name("~$review.xlsx").write_bytes(b"\x05owner")

    said = write_rows_of_progress(path)

    assert "Nothing was changed" in said
    assert open_books() == [str(path)]


@pytest.mark.parametrize("held", [True, False])
def test_a_workbook_that_does_not_open_again_is_named_with_its_place(
    path: Path, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*words: object) -> None:
        raise xlwings.XlwingsError("busy")

    if held:
        path.with_name("~$review.xlsx").write_bytes(b"\x05owner")
    host, changed = rows_of_progress(path)
    monkeypatch.setattr("desk.hosts.excel_engine.Books.open", busy)

    said = refused(lambda: host.write(changed, path, MOMENT))

    assert open_books() == []
    assert f"open {path}" in said
    assert ("It is as it was" in said) == held
    assert ("was closed and written" in said) != held
    assert len(FilesHost().read(path).tables["Log"]) == len(changed.tables["Log"]) - held


def test_what_is_taken_back_is_counted_after_the_cells_are_there_again() -> None:
    done: list[str] = []
    journal = Journal()
    journal.add(lambda: done.append("cells"))
    journal.add_last(lambda: done.append("pivot"))
    journal.add(lambda: done.append("table"))

    assert journal.undo()
    assert done == ["table", "cells", "pivot"]


@pytest.fixture(params=["validate", "consolidate"])
def pressed(request: pytest.FixtureRequest, demo: Path, blank: Path, tmp_path: Path) -> Pressed:
    """Press a button with one return while some calls fail.

    Validate writes into the open workbook. Consolidate gathers the return for the first time, so
    that the workbook is closed and opened again.
    """
    button = str(request.param)
    returns = tmp_path / "returns"
    returns.mkdir()
    shutil.copy(next((demo / "returns").glob("*_ESCAP.xlsx")), returns)

    def press(*failing: int) -> list[str]:
        path = Path(shutil.copy(blank, tmp_path / "review.xlsx"))
        open_in_excel(path)
        RECORD.answers = [str(returns)]
        RECORD.failing = frozenset(failing)
        ribbon.run(button, __version__)
        return RECORD.alerts

    return press


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where faults of wps_xl are noted."""
    monkeypatch.setattr("wps_xl.log.log_file", lambda: tmp_path / "wps_xl.log")
    return tmp_path / "wps_xl.log"


def test_whatever_call_fails_a_press_ends_with_one_message_and_a_calm_excel(
    pressed: Pressed, log: Path
) -> None:
    assert "return" in pressed()[0]
    calls = list(RECORD.calls)

    for kind in ("save", "open") if "save" in calls else ("value", "value="):
        said = pressed(calls.index(kind) + 1)
        assert len(said) == 1, kind
        assert "fault in wps_xl" not in said[0], kind
        assert excel().states == CALM, kind
        assert open_books() == [str(log.with_name("review.xlsx"))], kind
    assert not log.exists()


def test_a_status_bar_that_is_not_freed_at_once_is_freed_and_a_message_not_shown_is_logged(
    path: Path, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_in_excel(path)
    ribbon.run("about", __version__)
    assert RECORD.calls[-2:] == ["status_bar=", "alert"]
    number = len(RECORD.calls)
    open_in_excel(path)
    # The status bar is freed at the second attempt, so that the alert is one call later.
    RECORD.failing = frozenset({number - 1, number + 1})

    ribbon.run("about", __version__)

    assert RECORD.calls[-3:] == ["status_bar=", "status_bar=", "alert"]
    assert excel().states == CALM
    for text in (capsys.readouterr().err, log.read_text(encoding="utf-8")):
        assert f"wps_xl {__version__}." in text


def test_an_excel_that_stays_busy_is_told_of_beside_it(
    pressed: Pressed, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 200):
        pressed(*range(number, ANY_LATER))
        assert "Excel is busy or a cell is being edited." in capsys.readouterr().err
        assert ENGINE.apps.open[0].books.active is not None
