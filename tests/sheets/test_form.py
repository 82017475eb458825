"""What a form holds when it is issued, and what a filled one gives back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sheets.form_examples import (
    CODEBOOK,
    COVER,
    CYCLE,
    DAY,
    DONE,
    ENTITY,
    FORMS,
    MADE_UP,
    WRITTEN,
    blank,
    filled,
    opened,
    read,
    records,
)
from validators import assert_valid

from wps_xl.errors import InputError, OutputError
from wps_xl.forms.instructions import about
from wps_xl.sheets.forms.writer import Prefill, file_name, form_bytes, write_form

EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@EVERY_FORM
def test_a_form_has_cover_guide_its_data_sheets_check_and_hidden_lists(form: str) -> None:
    book = opened(blank(form))

    assert book.sheetnames == ["Cover", "Guide", *FORMS[form].sheets, "Check", "Lists"]
    assert [s.title for s in book.worksheets if s.sheet_state != "visible"] == ["Lists"]


@EVERY_FORM
def test_title_help_codes_and_headings_stand_in_rows_one_to_four(form: str) -> None:
    book = opened(blank(form))

    for name, sheet in FORMS[form].sheets.items():
        rows = [[c.value for c in row] for row in book[name].iter_rows(1, 4)]
        columns = sorted(sheet.columns.values(), key=lambda column: column.optional_extra)
        assert rows[0][0] == about(sheet.title, CYCLE)
        assert rows[1][0] == about(sheet.help, CYCLE)
        assert rows[2] == [column.code for column in columns]
        assert rows[3] == [column.heading for column in columns]


@EVERY_FORM
def test_each_data_sheet_is_one_native_table_and_not_protected(form: str) -> None:
    book = opened(blank(form))

    for name in FORMS[form].sheets:
        table = book[name].tables[name]
        assert table.ref.startswith("A4:")
        assert table.headerRowCount == 1
        assert not book[name].protection.sheet
        assert book[name].freeze_panes == "B5"


@EVERY_FORM
def test_the_other_sheets_are_protected_without_a_password(form: str) -> None:
    book = opened(blank(form))

    for name in ("Cover", "Guide", "Check", "Lists"):
        assert book[name].protection.sheet
        assert not book[name].protection.password
    assert book.security is None or not book.security.lockStructure


def test_only_the_lines_that_the_entity_fills_in_are_open_on_the_cover() -> None:
    sheet = opened(blank())["Cover"]

    unlocked = {row[2].value for row in sheet.iter_rows() if not row[1].protection.locked}

    lines = FORMS["progress"].cover.columns.values()
    assert unlocked == {line.code for line in lines if not line.prefilled}


def test_the_cover_says_which_form_cycle_and_entity_it_is_for() -> None:
    rows = {row[2]: row for row in read(blank(cover=COVER), "Cover") if len(row) > 2 and row[2]}

    assert list(rows) == list(FORMS["progress"].cover.columns)
    assert rows["entity"][:2] == ["Entity", ENTITY]
    assert rows["entity"][3] == CODEBOOK["entities"].label(ENTITY)
    assert rows["cycle"][1] == CYCLE.code
    assert rows["review_from"][1] == CYCLE.review[0]
    assert rows["email"][1] == COVER["email"]
    assert rows["completed"][1] == DAY


def test_columns_for_those_who_have_them_stand_right_under_a_band() -> None:
    sheet = opened(blank())["Progress"]
    extras = [
        c.code for c in FORMS["progress"].sheets["Progress"].columns.values() if c.optional_extra
    ]

    band = [cell for cell in sheet[2] if cell.value == "Only if you have it"]

    assert len(band) == 1
    assert [cell.value for cell in sheet[3]][band[0].column - 1 :] == extras


def test_filled_rows_come_back_as_they_were_given() -> None:
    rows = [DONE, {**DONE, "activity_id": "A-2", "joint_with": "WHO; FAO", "role": "joint"}]

    found = records(blank(rows={"Progress": rows}), "Progress")

    assert found == rows


def test_a_filled_row_goes_into_the_row_prepared_for_it() -> None:
    code = list(CODEBOOK["areas_of_action"])[3]
    rows = {"Overview": [{"area": code.lower(), "focus": "Early warning."}]}

    found = records(blank(rows=rows), "Overview")

    labels = [CODEBOOK["areas_of_action"].label(area) for area in CODEBOOK["areas_of_action"]]
    assert [row["area"] for row in found] == labels
    assert found[3] == {"area": labels[3], "focus": "Early warning."}


def test_a_filled_row_that_nobody_prepared_is_added_below() -> None:
    rows = {"Checklist": [{"question": "Q-NEW", "answer": "yes", "evidence": "A letter"}]}

    found = records(blank(rows=rows), "Checklist")

    assert len(found) == len(CODEBOOK["questions"]) + 1
    assert found[-1] == rows["Checklist"][0]


def test_every_question_stands_in_the_checklist_with_its_area() -> None:
    found = records(blank(), "Checklist")

    assert [row["question"] for row in found] == list(CODEBOOK["questions"])
    for row in found:
        question = CODEBOOK["questions"][row["question"]]
        assert row["text"].endswith(question.label)
        assert row["text"].startswith(CODEBOOK["areas_of_action"].label(question["area"]))


def test_results_of_the_plan_in_force_are_there_to_be_updated() -> None:
    result = {"result_id": "R-1", "initiative_id": "I-1", "indicator": "Staff", "target": 5}
    update = {"result_id": "R-1", "latest": 3, "latest_date": DAY}

    found = records(blank(prefill=Prefill(results=[result]), rows={"Updates": [update]}), "Updates")

    assert found == [{**result, **update}]


def test_initiatives_of_the_plan_are_offered_and_named_in_the_guide() -> None:
    request = blank(prefill=Prefill(initiatives={"I-1": "Women in missions"}))

    offered = [row for row in read(request, "Lists") if "I-1" in row]
    guide = [row for row in read(request, "Guide") if row[0] == "I-1"]

    assert len(offered) == 1
    assert guide[0][1] == "Women in missions"


def test_what_the_last_return_said_is_a_note_beside_the_cell_to_fill() -> None:
    code = next(iter(CODEBOOK["areas_of_action"]))
    last = {"Overview": [{"area": code, "focus": "As said before.", "challenge_kind": "funding"}]}

    sheet = opened(blank(prefill=Prefill(last=last, last_cycle="First review")))["Overview"]

    assert sheet["C5"].comment.text == "Reported in First review: As said before."
    assert sheet["E5"].comment.text.endswith(CODEBOOK["gap_kinds"].label("funding"))
    assert sheet["C5"].value is None


def test_a_cycle_by_thematic_areas_prepares_those_and_requires_them() -> None:
    book = opened(blank(cycle=MADE_UP))

    overview = book["Overview"]
    labels = [CODEBOOK["thematic_areas"].label(code) for code in CODEBOOK["thematic_areas"]]
    assert [overview.cell(row, 2).value for row in range(5, 5 + len(labels))] == labels
    assert overview.column_dimensions["A"].hidden
    assert overview.freeze_panes == "C5"
    assert book["Progress"]["C4"].style == "WPS heading required"
    assert book["Progress"]["B4"].style == "WPS heading"


def test_the_guide_of_another_cycle_says_its_dates() -> None:
    text = "\n".join(str(row[0]) for row in read(blank(cycle=MADE_UP), "Guide") if row)

    assert "A made-up cycle" in text
    assert "from 1 January 2031 to 31 December 2031" in text
    assert "by 1 February 2032" in text


def test_the_guide_lists_every_column_with_its_paragraph() -> None:
    rows = [tuple(row[:3]) for row in read(blank("plan"), "Guide") if len(row) > 2]

    for sheet in FORMS["plan"].sheets.values():
        for column in sheet.columns.values():
            assert any(row[0] == column.heading and row[2] == column.para for row in rows)


def test_a_heading_of_the_guide_without_anything_under_it_is_left_out() -> None:
    headings = [row[0] for row in read(blank(), "Guide") if row]

    assert "Initiatives of the plan in force" not in headings


def test_text_that_looks_like_a_formula_stays_text() -> None:
    texts = ["=1+1", "+41 22", "-5 cases", "@here", '=HYPERLINK("http://x")']
    request = blank(rows={"Progress": [{**DONE, "activity": text} for text in texts]})

    cells = opened(request)["Progress"]["D5:D9"]

    found = [(cell.value, cell.data_type, cell.quotePrefix) for (cell,) in cells]
    assert found == [(text, "s", True) for text in texts]
    assert [row["activity"] for row in records(request, "Progress")] == texts


def test_control_characters_are_shown_and_nothing_is_lost() -> None:
    text = "one\x07two\x0bthree\r\nfour _x0041_ five"

    found = records(blank(rows={"Progress": [{**DONE, "activity": text}]}), "Progress")

    assert found[0]["activity"] == "one␇two␋three\nfour _x0041_ five"


def test_the_same_request_gives_the_same_bytes_whenever_it_is_written() -> None:
    request = filled()

    assert form_bytes(request) == form_bytes(request)


def test_the_file_carries_the_date_and_title_it_was_given() -> None:
    properties = opened(blank()).properties

    assert properties.created == properties.modified == WRITTEN
    assert properties.title == f"Progress report, {CODEBOOK['entities'].label(ENTITY)}"
    assert properties.creator == "wps_xl"


def test_the_file_is_named_by_cycle_form_and_entity() -> None:
    assert file_name(blank("plan")) == f"{CYCLE.code}_plan_{ENTITY}.xlsx"


def test_a_file_name_is_safe_for_every_file_system() -> None:
    request = replace(blank(), cycle=replace(CYCLE, code="CON"), entity='../a<b>:"c|d?*. ')

    name = file_name(request)

    assert re.fullmatch(r"[^<>:\"/\\|?*\x00-\x1f]{1,120}", name)
    assert ".." not in name
    assert name.endswith(".xlsx")


def test_a_column_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="Progress has no column colour"):
        form_bytes(blank(rows={"Progress": [{"colour": "blue"}]}))


def test_a_form_that_cannot_be_written_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path,
) -> None:
    target = tmp_path / "form.xlsx"
    target.mkdir()

    with pytest.raises(OutputError, match=r"form\.xlsx cannot be written"):
        write_form(blank(), target)

    assert list(tmp_path.iterdir()) == [target]


def test_blank_forms_and_one_with_rows_and_prefilled_results_pass_the_validators(
    tmp_path: Path,
) -> None:
    files = [tmp_path / file_name(blank(form)) for form in FORMS]
    for form, file in zip(FORMS, files, strict=True):
        write_form(blank(form), file)
    code = next(iter(CODEBOOK["areas_of_action"]))
    prefill = Prefill(
        results=[{"result_id": "R-1", "baseline": 1.5}],
        initiatives={"I-1": "Women & <missions>"},
        last={"Overview": [{"area": code, "focus": "Text & <more>"}]},
        last_cycle="First review",
    )
    request = replace(filled(), prefill=prefill, written=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    path = tmp_path / "form.xlsx"

    write_form(request, path)

    assert_valid(*files, path)
    assert CalamineWorkbook.from_path(str(path)).sheet_names[0] == "Cover"
