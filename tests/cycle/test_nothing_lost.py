"""Rows and draft, both ways: no figure without a row, no accepted row lost, no number untraced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from workbooks import table

from wps_xl import assets
from wps_xl.model import Draft, DraftTable
from wps_xl.report.council.draft import build
from wps_xl.report.council.sources import blocks
from wps_xl.report.proof.trace import trace_lines
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.reader import read_review

NUMBER = re.compile(r"(?<![\w.,/–-])\d[\d,]*(?:\.\d+)?(?![\w/])")


@pytest.fixture(scope="module")
def review(demo: Path) -> Review:
    return read_review(demo / "review.xlsx")


@pytest.fixture(scope="module")
def draft(review: Review) -> Draft:
    return build(review, assets.path("templates/council_report.docx"))


def figures(draft: Draft) -> dict[str, set[str]]:
    """Where each figure is printed: ``said``, or the table."""
    found: dict[str, set[str]] = {}
    for block in blocks(draft):
        if isinstance(block, DraftTable):
            for figure in block.figures:
                found.setdefault(figure.id, set()).add(block.key)
        else:
            for sentence in block.sentences:
                for figure in sentence.figures:
                    found.setdefault(figure.id, set()).add("said")
    return found


def test_every_accepted_measure_is_quoted_or_in_an_annex_or_listed_as_not_used(
    demo: Path, draft: Draft
) -> None:
    rows = table(demo / "review.xlsx", "Measures")
    accepted = {f"{row['Entity']}.{row['No.']}" for _, row in rows.iterrows()}

    printed: dict[str, set[str]] = {}
    for name, places in figures(draft).items():
        if re.search(r"\.M-\d+\.", name):
            printed.setdefault(name.rpartition(".")[0], set()).update(places)

    assert set(printed) == accepted
    unused = {key for key, places in printed.items() if places == {"table.unused"}}
    assert len(unused) < len(accepted) / 4
    assert not any("said" in printed[key] for key in unused)
    twice = {key for key, places in printed.items() if {"said", "table.unused"} <= places}
    assert twice == set()


def test_every_figure_rests_on_cells_of_the_workbook(draft: Draft, review: Review) -> None:
    for block in blocks(draft):
        found = (
            block.figures
            if isinstance(block, DraftTable)
            else [figure for sentence in block.sentences for figure in sentence.figures]
        )
        for figure in found:
            assert figure.cells, figure.id
            for cell in figure.cells:
                assert cell.row in review.tables[cell.sheet].index, (figure.id, str(cell))


def test_every_number_of_the_draft_is_named_by_trace(demo: Path, review: Review) -> None:
    document = Document(str(demo / "council_report.docx"))
    first = next(
        at
        for at, p in enumerate(document.paragraphs)
        if (p.style.name or "").lower().startswith("heading")
    )
    texts = [paragraph.text for paragraph in document.paragraphs[first:]]
    texts += [cell.text for grid in document.tables[1:] for row in grid.rows for cell in row.cells]
    numbers = {number.rstrip(",") for text in texts for number in NUMBER.findall(text)}

    untraced = {number for number in numbers if not trace_lines(review, number)}

    assert len(numbers) > 60
    assert untraced == set()


def test_trace_leads_from_a_cell_of_a_return_to_the_sentence(review: Review) -> None:
    lines = trace_lines(review, "'[REV-2007_progress_UNICEF.xlsx]Measures'!D6")

    assert "34,086 victims of violence were identified" in lines[0]
    assert any("UNICEF.M-2.value" in line for line in lines)


def test_trace_names_the_words_that_no_row_is_behind(review: Review) -> None:
    lines = trace_lines(review, "para:1")

    assert "its presidential statement" in lines[0]
    assert "no row is behind them" in lines[1]
