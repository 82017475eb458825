"""A scorecard fits its one page, whatever an entity sent; what has no room is counted."""

from __future__ import annotations

import subprocess
from pathlib import Path

from libreoffice import Office
from report.reviews import Rows, review_of

from wps_xl import assets
from wps_xl.model import Draft, DraftTable
from wps_xl.office.word.document import write
from wps_xl.office.word.fitting import Page, shared
from wps_xl.report.council.sources import blocks
from wps_xl.report.documents import scorecard

PAGE = assets.path("templates/page.docx")
LONG = "Representation of women in every local committee that an agreement on peace set up. " * 6


def fullest() -> Draft:
    """Of an entity with long names, many results, twenty years and sixty open issues."""
    register: Rows = [
        {
            "Entity": "WFP",
            "Form": form,
            "Takes part": "invited",
            "Status": "received",
            "Late": "late",
        }
        for form in ("progress", "plan", "practices")
    ]
    issues: Rows = [
        {"Severity": "error", "Entity": "WFP", "Sheet": "Progress", "Cell": f"B{at}"}
        | {"Message": f"{at} {LONG if at % 2 else 'x' * 900}"}
        for at in range(60)
    ]
    updates: Rows = [
        {"entity": "WFP", "result_id": f"R-{at}", "initiative_id": f"I-{at}"}
        | {"indicator": LONG if at % 2 else "W" * 300, "baseline": 10, "target": 20, "latest": 15}
        for at in range(40)
    ]
    resources: Rows = [
        {"entity": "WFP", "initiative_id": "I-1", "year": year, "core_usd": 100}
        for year in range(2031, 2051)
    ]
    review = review_of(Register=register, Updates=updates, Resources=resources, Issues=issues)
    return scorecard.build(review, "WFP", PAGE)


def test_the_fullest_scorecard_takes_one_page_and_says_what_has_no_room(
    office: Office, tmp_path: Path
) -> None:
    draft = fullest()
    write(draft, PAGE, tmp_path / "card.docx")

    pdf = office.convert(tmp_path / "card.docx", "pdf", tmp_path)

    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "Pages: 1" in " ".join(told.split())
    tables = {block.key: block for block in blocks(draft) if isinstance(block, DraftTable)}
    for key, sheet, whole in (
        ("scorecard.results", "Indicators", 40),
        ("scorecard.resources", "Money", 20),
        ("scorecard.issues", "Issues", 60),
    ):
        *shown, last = tables[key].rows
        assert shown
        assert f"and {whole - len(shown)} more on sheet {sheet}." in " ".join(last)
        cut = any(cell.endswith(" …") for row in shown for cell in row)
        assert cut == (f"stands in full on sheet {sheet}" in " ".join(last))


def test_a_cell_is_cut_behind_as_many_letters_as_its_lines_hold() -> None:
    page = Page.of(PAGE)
    widths = (4925, 4925)

    whole = page.cut(("short", "short"), widths, 3)
    long, letters = page.cut((LONG, "W" * 900), widths, 3)

    assert whole == ("short", "short")
    assert LONG.startswith(long.removesuffix(" …"))
    assert page.row((long, letters), widths) < page.row((LONG, ""), widths)


def test_what_one_table_leaves_of_the_page_goes_to_those_that_need_more() -> None:
    assert shared([100, 900, 500], [300, 300, 300]) == [100, 500, 300]
