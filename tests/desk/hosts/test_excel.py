"""What holds in open Excel alone: its state, its refusals, what staff see on the screen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from demonstrations import MOMENT
from desk.hosts.excel_engine import App, open_in_excel
from desk.hosts.excel_record import RECORD
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table
from rows import rows_in

from wps_xl.desk.commands.store import logged, with_rows
from wps_xl.desk.hosts.excel import ExcelHost
from wps_xl.errors import InputError, OutputError
from wps_xl.model import Value
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.shown import Shown, SourceTable, shown

State = tuple[Review, Shown]


@pytest.fixture
def host(blank: Path, tmp_path: Path) -> ExcelHost:
    """The review workbook open in Excel, with a selection in the middle of a sheet."""
    path = tmp_path / "review.xlsx"
    shutil.copy(blank, path)
    host = ExcelHost(open_in_excel(path))
    host.go_to("Wording", "B7")
    states(host).update(calculation="semiautomatic", status_bar=False)
    RECORD.calls.clear()
    return host


def states(host: ExcelHost) -> dict[str, object]:
    app: App = host.app.impl
    return app.states


CHANGING = ("Recommendations", "Wording", "Log", "Start", "Issues", "Progress", "Pivot data")


def content(host: ExcelHost) -> dict[str, object]:
    """Cells and tables of the sheets that these tests change."""
    sheets = [host.book.impl.wb[name] for name in CHANGING]
    found: dict[str, object] = {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.data_type)
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for sheet in sheets:
        found |= dict(sheet.tables.items())
    return found


def next_state(host: ExcelHost) -> tuple[State, State]:
    """The workbook as it is, and with other rows in three tables."""
    old = host.read(host.path)
    rows = rows_in(old, "Recommendations")
    new = with_rows(old, "Recommendations", [*rows, {"Addressee": "=States"}])
    new = with_rows(new, "Wording", rows_in(old, "Wording")[:-3])
    new = logged(new, "validate", "Done.", MOMENT)
    return (old, shown(old, MOMENT)), (new, shown(new, MOMENT))


def refused(host: ExcelHost, old: State, new: State) -> str:
    """The sentence with which a change was refused, blank where it was made."""
    try:
        host.change(old, new)
    except OutputError as refusal:
        return str(refusal)
    return ""


def test_a_change_is_written_in_place(host: ExcelHost) -> None:
    review = host.read(host.path)

    host.write(logged(review, "validate", "Done.", MOMENT), host.path, MOMENT)

    assert not {"close", "save", "open"} & set(RECORD.calls)
    assert rows_in(host.read(host.path), "Log")[-1]["Outcome"] == "Done."


def test_nothing_is_written_where_nothing_changed(host: ExcelHost) -> None:
    host.write(host.read(host.path), host.path, MOMENT)

    assert "value=" not in RECORD.calls


def test_selection_and_sheet_in_front_stay(host: ExcelHost) -> None:
    review = host.read(host.path)

    host.write(logged(review, "validate", "Done.", MOMENT), host.path, MOMENT)

    assert host.selected() == ("Wording", 7, 2)
    assert not {"activate", "select"} & set(RECORD.calls)


def test_excel_is_quiet_meanwhile_and_as_before_afterwards(host: ExcelHost) -> None:
    before, after = dict(states(host)), next_state(host)
    RECORD.calls.clear()

    host.change(*after)

    first = RECORD.calls.index("value=")
    assert {"screen_updating=", "display_alerts=", "calculation="} <= set(RECORD.calls[:first])
    assert states(host) == before


def test_whatever_call_fails_everything_is_as_before(host: ExcelHost) -> None:
    before, kept, (old, new) = dict(states(host)), content(host), next_state(host)
    RECORD.calls.clear()
    host.change(old, new)
    calls = len(RECORD.calls)
    RECORD.calls.clear()
    host.change(new, old)
    assert content(host) == kept

    for number in range(1, calls + 1):
        RECORD.calls.clear()
        RECORD.failing = frozenset({number})
        refusal = refused(host, old, new)
        RECORD.failing = frozenset()
        if refusal:
            assert "The workbook is as it was." in refusal, number
            assert content(host) == kept, number
        else:
            # The call that failed was one of those that restore Excel; it was made again.
            host.change(new, old)
        assert states(host) == before, number
    assert calls > 40


def test_an_excel_that_stays_busy_says_that_the_workbook_is_half_written(host: ExcelHost) -> None:
    old, new = next_state(host)
    RECORD.calls.clear()
    host.change(old, new)
    first = RECORD.calls.index("value=") + 1
    host.change(new, old)
    RECORD.calls.clear()
    RECORD.failing = frozenset(range(first + 3, first + 1_000))

    with pytest.raises(OutputError, match=r"Close review\.xlsx without saving it"):
        host.change(old, new)


def test_pivot_tables_are_counted_again_where_their_rows_changed(host: ExcelHost) -> None:
    _, new = next_state(host)
    sheet = host.book.impl.wb["Pivot data"]
    sheet.append(["Entity", "Number"])
    sheet.append(["a", 1])
    ref = f"A{sheet.max_row - 1}:B{sheet.max_row}"
    sheet.add_table(Table(displayName="Things", ref=ref))
    pivots = {**new[1].pivots, "Start": {"Things by entity": (1, 1)}}
    one, two = (
        Shown(new[1].cells, {"Things": source_table(*rows)}, pivots)
        for rows in ([("a", 1)], [("a", 1), ("=b", 2)])
    )
    host.book.impl.wb["Start"]._pivots = [type("Pivot", (), {"name": "Things by entity"})()]

    host.change((new[0], one), (new[0], two))

    assert RECORD.refreshed == ["Things by entity"]
    assert sheet.tables["Things"].ref.endswith(f"B{sheet.max_row}")
    assert [cell.value for cell in sheet[sheet.max_row]][:2] == ["=b", 2]


def source_table(*rows: tuple[object, ...]) -> SourceTable:
    return SourceTable("Pivot data", (("Entity", "Number"), *rows))  # type: ignore[arg-type]


def test_pivots_that_come_or_go_are_laid_out_in_the_file(host: ExcelHost) -> None:
    review = host.read(host.path)
    first = next(iter(review.codebook["entities"]))
    row = {"Entity": first, "Number": "A-1", "Measure": "Trained 20 officers."}
    frame = review.tables["Progress"]
    known: dict[str, Value] = {name: value for name, value in row.items() if name in frame.columns}

    host.write(with_rows(review, "Progress", [known]), host.path, MOMENT)

    assert RECORD.calls.index("save") < RECORD.calls.index("close") < RECORD.calls.index("open")
    assert host.selected() == ("Wording", 7, 2)
    assert len(host.read(host.path).tables["Progress"]) == 1
    assert states(host)["calculation"] == "semiautomatic"


def test_a_sheet_that_an_older_version_did_not_make_is_made_in_the_file(host: ExcelHost) -> None:
    review = host.read(host.path)
    del host.book.impl.wb["Written"]

    host.write(logged(review, "validate", "Done.", MOMENT), host.path, MOMENT)

    assert "Written" in host.book.impl.wb.sheetnames
    assert rows_in(host.read(host.path), "Log")[-1]["Outcome"] == "Done."


def test_a_workbook_of_another_version_is_laid_out_in_the_file(host: ExcelHost) -> None:
    log = host.book.impl.wb["Log"]
    log.append([MOMENT, "validate", "Done.", "0.0.9"])
    log.tables["Log"].ref = f"A1:D{log.max_row}"
    review = host.read(host.path)

    host.write(logged(review, "validate", "Done again.", MOMENT), host.path, MOMENT)

    assert {"save", "close", "open"} <= set(RECORD.calls)


def test_a_workbook_on_a_server_is_worked_through_excel(host: ExcelHost) -> None:
    host.book.impl.where = "https://un.sharepoint.com/sites/wps/review.xlsx"
    review = host.read(host.path)

    host.write(logged(review, "validate", "Done.", MOMENT), host.path, MOMENT)

    assert not host.is_local
    assert host.path == Path("review.xlsx")
    assert len(host.read(host.path).tables["Log"]) == len(review.tables["Log"]) + 1


def test_new_pivots_on_a_server_end_as_a_sentence(host: ExcelHost) -> None:
    host.book.impl.where = "https://un.sharepoint.com/sites/wps/review.xlsx"
    review = host.read(host.path)
    entity = next(iter(review.codebook["entities"]))
    kept = content(host)

    with pytest.raises(OutputError, match="needs a file on this computer"):
        host.write(with_rows(review, "Progress", [{"Entity": entity}]), host.path, MOMENT)

    assert content(host) == kept


def test_a_protected_sheet_is_named_and_left_protected(host: ExcelHost) -> None:
    host.book.impl.wb["Issues"].protection.sheet = True

    with pytest.raises(OutputError, match=r"Sheet Issues of review\.xlsx is protected"):
        host.ready(host.path)

    assert host.book.impl.wb["Issues"].protection.sheet


def test_a_read_only_workbook_is_a_sentence(host: ExcelHost) -> None:
    host.book.impl.read_only = True

    with pytest.raises(OutputError, match="is open read-only"):
        host.ready(host.path)


def test_a_workbook_never_saved_is_a_sentence(host: ExcelHost) -> None:
    host.book.impl.where = "Book1"

    with pytest.raises(OutputError, match="has not been saved yet"):
        host.ready(host.path)


def test_a_busy_excel_is_a_sentence(host: ExcelHost) -> None:
    RECORD.failing = frozenset(range(1, 10_000))

    for question in (host.kind, host.selected, host.as_return):
        with pytest.raises(OutputError, match="Press Enter or Esc"):
            question()


def test_a_sheet_that_reaches_too_far_is_a_sentence(host: ExcelHost) -> None:
    host.book.impl.wb["Wording"]["XFD500000"] = " "

    with pytest.raises(InputError, match=r"Sheet Wording reaches down to row 500,000"):
        host.read(host.path)


def test_hidden_rows_merged_cells_and_errors_are_read(host: ExcelHost) -> None:
    sheet = host.book.impl.wb.create_sheet("Form")
    for row in ((1, "#N/A", "x"), (2, None, "y"), (3, None, "z")):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("B2:C3")

    grid = host.as_return().grids["Form"]

    assert grid.rows == ((1, None, "x"), (2,), (3,))
    assert (grid.hidden_rows, grid.merged) == (frozenset({2}), ("B2:C3",))
    assert grid.errors == {"B1": "#N/A"}


def test_a_folder_is_asked_for_once_and_written_to_sheet_cycle(host: ExcelHost) -> None:
    host.remember("returns_folder", "=C:/returns")
    host.remember("of another version", "x")

    assert host.setting("returns_folder") == ""
    host.keep_settings()

    assert host.setting("returns_folder") == "=C:/returns"


def test_excels_questions_may_be_cancelled(host: ExcelHost) -> None:
    RECORD.answers[:] = [None, "/returns", None, None, "UNDP"]

    assert host.ask_folder("Folder") is None
    assert host.ask_folder("Folder") == Path("/returns")
    assert host.ask_file("File", "docx") is None
    assert (host.ask("Code?"), host.ask("Code?")) == (None, "UNDP")


def test_progress_is_told_in_the_status_bar_and_it_is_freed(host: ExcelHost) -> None:
    host.progress(12, 30, "UNDP")
    host.free()

    assert RECORD.status == ["WPS 1325: 12 of 30: UNDP", False]


def test_nothing_of_xlwings_pro_is_imported() -> None:
    source = Path(__file__).parents[3] / "wps_xl"
    text = "".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))

    assert not re.search(r"xlwings\.(pro|reports|server)|LICENSE_KEY", text)


def test_other_files_are_read_as_files(host: ExcelHost, blank: Path) -> None:
    assert host.read(blank).cycle.code == host.read(host.path).cycle.code
    assert load_workbook(blank)["Start"]
