"""From figures and paragraphs to cells and back, whatever way a person writes them."""

from __future__ import annotations

import pytest

from wps_xl.codebook import load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.errors import InputError
from wps_xl.model import Value
from wps_xl.report.proof.trace import FIXED, trace_lines
from wps_xl.review.workbook import Review

RETURN_CELL = "'[return.xlsx]Measures'!K8"
SOURCES: list[dict[str, Value]] = [
    {
        "Paragraph": "15",
        "Key": "A.A-1",
        "Sentence": "The office spent $140,000 on it.",
        "Figure": "A.M-4.amount_usd",
        "Printed": "$140,000",
        "Value": "140000",
        "Cell": "Measures!L2",
        "Return cell": RETURN_CELL,
    },
    {
        "Paragraph": "table 2",
        "Key": "table.matrix",
        "Sentence": "Number of activities",
        "Figure": "matrix.A.C",
        "Printed": "1",
        "Value": "1",
        "Cell": "'Relief and recovery'!B5",
    },
    {"Paragraph": "79", "Key": "fixed.79", "Sentence": "Each is accountable."},
]
SPENT = "Paragraph 15: The office spent $140,000 on it."


@pytest.fixture(scope="module")
def blank() -> Review:
    codebook = load()
    return new_review(codebook, next(iter(codebook["cycles"])))


@pytest.fixture
def review(blank: Review) -> Review:
    """A workbook whose last draft has a figure, a table and a sentence of the template."""
    measure: dict[str, Value] = {"Entity": "A", "No.": "M-4", "Amount (US dollars)": 140000}
    return with_rows(with_rows(blank, "Measures", [measure]), "Sources", SOURCES)


@pytest.mark.parametrize(
    "reference",
    [
        *("$140,000", "140,000", "140000", "US$ 140,000", "140,000 US dollars"),
        *("para:15", "PARA: 15", "figure:A.M-4.amount_usd", "figure:a.m-4.AMOUNT_USD", "spent"),
        *("Measures!L2", "measures!l2", "Measures!$L$2", "'Measures'!L2", RETURN_CELL),
    ],
)
def test_a_figure_is_found_however_it_is_written(review: Review, reference: str) -> None:
    lines = trace_lines(review, reference)

    assert lines[0] == SPENT
    assert lines[1] == "  figure:A.M-4.amount_usd = $140,000"
    assert lines[2].endswith(f" from {RETURN_CELL}")


@pytest.mark.parametrize("reference", ["table 2", "para:table 2", "'relief and recovery'!b5"])
def test_a_table_is_found_by_its_name_and_by_its_cells(review: Review, reference: str) -> None:
    assert trace_lines(review, reference)[0] == "Paragraph table 2: Number of activities"


@pytest.mark.parametrize("reference", ["para:79", "para:79 (a)"])
def test_words_of_the_template_say_that_no_row_is_behind_them(
    review: Review, reference: str
) -> None:
    assert trace_lines(review, reference) == ["Paragraph 79: Each is accountable.", f"    {FIXED}"]


def test_part_of_a_number_is_no_number(review: Review) -> None:
    for reference in ("140", "40,000", "5"):
        with pytest.raises(InputError, match=r"^Nothing in the last draft rests on"):
            trace_lines(review, reference)


def test_a_sheet_that_is_not_there_is_named(review: Review) -> None:
    with pytest.raises(InputError, match="has no sheet Nowhere"):
        trace_lines(review, "Nowhere!A1")


def test_without_a_draft_the_way_to_one_is_told(blank: Review) -> None:
    with pytest.raises(InputError, match="wps-xl report") as refusal:
        trace_lines(blank, "para:1")
    assert "Press Council report" in refusal.value.at_button
