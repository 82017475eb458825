"""A press of every button, to its end, on the demonstration."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from desk.hosts.excel_engine import open_in_excel
from desk.hosts.excel_record import RECORD
from desk.hosts.pressing import (
    at_a_source,
    broken_return,
    in_front,
    press,
    review,
    saved,
    selected,
    with_a_case,
    with_prompts_done,
)
from openpyxl import load_workbook

from wps_xl import __version__, ribbon
from wps_xl.desk.commands.buttons import BUTTONS
from wps_xl.desk.messages import WHOLE


@dataclass(frozen=True)
class Press:
    """What a user answers, and what comes of it.

    ``says`` is in the message, what was done first and what to do next last; ``wrote`` are the
    files made, ``shows`` those of them that open by themselves. ``{work}`` is the user's folder.
    """

    says: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    wrote: str = ""
    shows: bool = False
    front: Callable[[Path], Path] = review


DRAFTS = "{work}/drafts"
DRAFT = "{work}/council_report.docx"
NEXT_CYCLE = ("The next review", "2010-01-01:2011-12-31", "2012-01-01:2013-12-31")
PRESSES: Mapping[str, Press] = {
    "new": Press(
        ("Made {work}/next.xlsx for The next review", "sheets Cycle and Register of the new"),
        ("next", "NEXT", *NEXT_CYCLE),
        "next.xlsx",
        shows=True,
    ),
    "forms": Press(("12 forms in {work}/forms.", "Send each to its entity."), (), "forms/*.xlsx"),
    "letters": Press(
        ("4 letters in {work}/letters.", "Sheet Cycle does not say", "Next: read each letter in"),
        (),
        "letters/*.docx",
    ),
    "snapshot": Press(
        ("Wrote {work}/review_July_", "It opens read-only", "Next: go on in this workbook"),
        ("July",),
        "review_July_*.xlsx",
    ),
    "validate": Press(("4 returns, 132 rows: 0 errors", "Next: look at the warnings on sheet Is")),
    "next_issue": Press(("Progress B5, ", "is not in the list"), front=broken_return),
    "correction_copies": Press(
        ("3 correction copies in {work}/corrections", "Next: send each copy back to its entity."),
        (),
        "corrections/*.xlsx",
    ),
    "consolidate": Press(
        ("Rows found 132 = accepted 132 + held back 0.", "Next: look at sheet Start, then press")
    ),
    "compare": Press(
        ("4 returns read.", "Nothing differs from other.xlsx.", "Next: look at sheet Comparison"),
        ("{work}/other.xlsx",),
    ),
    "report": Press(
        ("Wrote {work}/drafts/council_report_", "words", "Next: read the yellow paragraphs"),
        (DRAFTS,),
        "drafts/council_report_*.docx",
        shows=True,
    ),
    "update_draft": Press(
        ("Wrote {work}/drafts/council_report_", "unchanged", "Next: accept or reject each tracked"),
        (DRAFT, DRAFTS),
        "drafts/council_report_*.docx",
        shows=True,
    ),
    "submission": Press(
        ("Wrote {work}/drafts/council_report_for_submission_", "Next: read it once more"),
        (DRAFT, DRAFTS),
        "drafts/council_report_for_submission_*.docx",
        shows=True,
        front=with_prompts_done,
    ),
    "check": Press(("council_report.docx: 0 to correct", "Next: nothing has to be corr"), (DRAFT,)),
    "brief": Press(
        ("Women and peace and security: Liberia", "Next: read it in Word."),
        ("Liberia", DRAFTS),
        "drafts/country_brief_Liberia_*.docx",
        shows=True,
    ),
    "scorecard": Press(
        ("Scorecard: United Nations Dev", "Next: read it in Word, then send it to the head"),
        ("UNDP", DRAFTS),
        "drafts/scorecard_UNDP_*.docx",
        shows=True,
    ),
    "extract": Press(
        ("Sentences that name", "Next: read it in Word, then send it to the entity to confirm."),
        ("UNDP", DRAFTS),
        "drafts/extract_UNDP_*.docx",
        shows=True,
    ),
    "practices": Press(
        ("Good practices and lessons learned: Second", "Next: read it in Word; enter what the"),
        (DRAFTS,),
        "drafts/good_practices_*.docx",
        shows=True,
        front=with_a_case,
    ),
    "trace": Press(("Paragraph ", "Next: to change a sentence, have its"), front=at_a_source),
    "guide": Press(),
    "settings": Press(),
    "diagnose": Press(("ok  Python", "Excel")),
    "about": Press(("wps_xl ", "Details of faults are in ")),
}
QUIET = {"guide", "settings"}


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The files that Word or the browser would have been given; a long message is one of them."""
    files: list[Path] = []
    monkeypatch.setattr("wps_xl.log.log_file", lambda: tmp_path / "wps_xl.log")
    monkeypatch.setattr("wps_xl.desk.hosts.pickers.show_file", files.append)
    monkeypatch.setattr("webbrowser.open", lambda address: files.append(Path(address)))
    return files


@pytest.fixture
def work(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a press may change, with another workbook beside it."""
    folder = Path(shutil.copytree(demo, tmp_path / "wps-xl files"))
    shutil.copy(review(folder), folder / "other.xlsx")
    return folder


def test_every_button_is_pressed_to_its_end() -> None:
    assert set(PRESSES) == {button.id for button in BUTTONS}


@pytest.mark.parametrize("button", PRESSES)
def test_a_press_ends_with_what_was_done_and_what_to_do_next(
    button: str, work: Path, opened: list[Path]
) -> None:
    known = PRESSES[button]
    words = [text.format(work=work) for text in known.says]

    message = press(
        button, known.front(work), *(answer.format(work=work) for answer in known.answers)
    )

    places = [message.find(text) for text in words]
    assert -1 not in places, message
    assert places == sorted(places)
    assert bool(message) == (button not in QUIET)
    assert "fault in wps_xl" not in message
    assert "wps-xl" not in message.replace(str(work), "") or button == "diagnose"
    wrote = sorted(work.glob(known.wrote)) if known.wrote else []
    assert bool(wrote) == bool(known.wrote)
    for path in wrote[:3]:
        assert docx.Document(str(path)) if path.suffix == ".docx" else load_workbook(path)
    if known.shows:
        shown_files = [path for path in opened if path.name != WHOLE]
        assert wrote == (shown_files or [Path(in_front())])


def test_errors_are_shown_where_they_are_answered(demo: Path, blank: Path, tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    shutil.copy(next((demo / "returns").glob("*_ESCAP.xlsx")), tmp_path / "returns")
    broken_return(tmp_path)

    message = press("validate", Path(shutil.copy(blank, tmp_path)), str(tmp_path / "returns"))

    assert "Next: look at sheet Issues; answer there, or press Correction copies." in message
    assert selected() == "Issues!A1"
    assert any(str(text).startswith("WPS 1325: 1 of 1: ") for text in RECORD.status)
    log = load_workbook(saved(tmp_path / "saved.xlsx"))["Log"]
    assert log.cell(log.max_row, 2).value == "validate"


def test_rows_held_back_are_told_and_what_differs_is_shown(work: Path) -> None:
    broken_return(work)

    message = press("compare", review(work), str(work / "other.xlsx"))

    assert "held back 1." in message
    assert "Since other.xlsx: " in message
    # The tables of the command line, which are not shown, stand below such lines.
    assert "review.xlsx was saved and opened again" in message
    assert selected() == "Comparison!A1"


def test_a_folder_that_is_chosen_once_stands_on_sheet_cycle(blank: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(blank, tmp_path))

    press("scorecard", path, "UNDP", str(tmp_path / "drafts"))

    settings = load_workbook(saved(tmp_path / "saved.xlsx"))["Cycle"]
    lines = {row[2].value: row[1].value for row in settings.iter_rows(max_col=3)}
    assert lines["drafts_folder"] == str(tmp_path / "drafts")


def test_a_draft_that_says_something_else_is_shown_in_full(
    work: Path, opened: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wps_xl.log.log_file", lambda: tmp_path / "wps_xl.log")
    draft = docx.Document(str(work / "council_report.docx"))
    for run in (run for paragraph in draft.paragraphs for run in paragraph.runs):
        run.text = run.text.replace("2006", "2009")
    draft.save(str(work / "typed.docx"))

    message = press("check", review(work), str(work / "typed.docx"))

    assert message.endswith(
        f"… All of it is in {tmp_path / 'message.txt'}, which opens now.\n"
        "Next: correct the draft in Word and save it, then press Check draft again."
    )
    assert len(message) <= 1_000
    assert opened == [tmp_path / "message.txt"]
    assert message[:500] in opened[0].read_text(encoding="utf-8-sig")


def test_a_return_in_front_is_checked_as_it_stands(work: Path) -> None:
    message = press("validate", broken_return(work))

    assert "Progress B5, " in message
    assert "Next issue goes from cell to cell" in message


def test_next_issue_selects_the_cell_that_it_names(work: Path) -> None:
    message = press("next_issue", broken_return(work))

    assert message.startswith(f"{selected().replace('!', ' ')}, ")


def test_the_guide_opens_and_settings_are_a_sheet(work: Path, opened: list[Path]) -> None:
    press("guide", review(work))
    press("settings", review(work))

    assert [path.name for path in opened] == ["wps_xl_guide.html"]
    assert selected() == "Cycle!A1"


def test_a_snapshot_holds_what_was_not_saved_yet_and_is_not_written_into(
    blank: Path, tmp_path: Path
) -> None:
    book = open_in_excel(Path(shutil.copy(blank, tmp_path)))
    book.impl.wb.create_sheet("My sheet")["A1"] = "Typed a minute ago"
    RECORD.answers = ["July"]
    ribbon.run("snapshot", __version__)
    copy = next(tmp_path.glob("review_July_*.xlsx"))
    before = copy.read_bytes()

    message = press("validate", copy, str(tmp_path))

    assert load_workbook(copy)["My sheet"]["A1"].value == "Typed a minute ago"
    assert f"{copy.name} is a snapshot, which stays as it was." in message
    assert copy.read_bytes() == before


@pytest.fixture
def on_a_server(work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration, whose workbook Excel opened from a web address; the current folder."""
    address = "https://un.sharepoint.com/sites/wps/review.xlsx"
    monkeypatch.setattr("desk.hosts.excel_engine.Book.fullname", address)
    here = work.with_name("current")
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def test_a_workbook_on_a_server_asks_for_its_folder_of_returns(
    work: Path, on_a_server: Path
) -> None:
    message = press("consolidate", review(work), str(work / "returns"))

    assert message.startswith("4 returns")
    assert RECORD.questions == ["Folder of the returns"]


def test_a_snapshot_of_a_workbook_on_a_server_is_a_sentence(work: Path, on_a_server: Path) -> None:
    message = press("snapshot", review(work), "July")

    assert "Save a copy in a folder, press Snapshot there" in message
    assert list(on_a_server.iterdir()) == []
    log = load_workbook(saved(work / "saved.xlsx"))["Log"]
    assert log.cell(log.max_row, 2).value == "report"


def test_a_new_cycle_from_a_server_names_no_last_workbook(work: Path, on_a_server: Path) -> None:
    message = press("new", review(work), str(work), "next", "NEXT", *NEXT_CYCLE)

    assert message.startswith(f"Made {work / 'next.xlsx'}")
    assert "review.xlsx lies on a server, so sheet Cycle does not name it." in message
    assert list(on_a_server.iterdir()) == []
    cycle = load_workbook(work / "next.xlsx")["Cycle"]
    lines = {row[2].value: row[1].value for row in cycle.iter_rows(max_col=3)}
    assert lines["previous_workbook"] is None
