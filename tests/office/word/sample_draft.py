"""A small draft, made by hand, that uses everything the Word layer knows."""

from __future__ import annotations

from wps_xl.model import (
    CellRef,
    Draft,
    DraftTable,
    Figure,
    Footnote,
    Paragraph,
    Part,
    Reference,
    Section,
    Sentence,
)

FIELDS = {
    "symbol": "S/2007/567",
    "date_text": "12 September 2007",
    "job_number": "07-50369 (E)",
    "distribution": "General",
    "original": "English",
    "title": "Report of the Secretary-General on women and peace and security",
}
PROPERTIES = {
    "title": "Report of the Secretary-General",
    "author": "wps_xl",
    "created": "2007-09-12T10:00:00",
    "modified": "2007-09-12T10:00:00",
    "run": "1",
    "workbook": "review.xlsx",
}
PLAN = Footnote("plan", "See S/2005/636, annex.")
MEMBERS = Footnote("A.members", "The Department of Political Affairs, ECA, UNEP and WFP.")


def sentence(key: str, *parts: Part, remark: str = "", cells: int = 0) -> Sentence:
    """A sentence that rests on ``cells`` cells below Progress!D5."""
    refs = tuple(CellRef("", "Progress", "D", row) for row in range(5, 5 + cells))
    return Sentence(key, parts, (), refs, remark)


def paragraph(key: str, *parts: Part, style: str = "ParaNo") -> Paragraph:
    """A paragraph of one sentence."""
    return Paragraph(key, (sentence(key, *parts),), style)


def prompt(key: str, text: str) -> Paragraph:
    """A paragraph that asks the drafter to act."""
    return Paragraph(key, (sentence(key, text),), prompt=True)


def introduction() -> Section:
    """Two footnotes in one paragraph, and a sub-paragraph list."""
    first = Paragraph(
        "intro.1",
        (
            sentence("intro.1.a", "The Action Plan", PLAN, " covers the period.", cells=1),
            sentence(
                "intro.1.b",
                "The first review was held in 2006.",
                Footnote("review", "See S/2006/770."),
                remark="The date stands in an open warning.",
                cells=15,
            ),
        ),
    )
    return Section(
        "introduction",
        "Introduction",
        1,
        (
            first,
            paragraph("intro.2", "The report has two parts:"),
            paragraph("intro.2.a", "Progress;", style="SubPara"),
            paragraph("intro.2.b", "Plans, namely:", style="SubPara"),
            paragraph("intro.2.b.i", "New plans.", style="SubSubPara"),
        ),
    )


def progress() -> Section:
    """Two lettered areas with entity lists, references of every kind, a table and a prompt."""
    count = Figure("A.count", 4, "Four", tuple(CellRef("", "Checklist", "C", r) for r in (7, 9)))
    opening = Sentence(
        "A.1", ("Four entities", MEMBERS, " provided information."), (count,), count.cells
    )
    area_a = Section(
        "area.A",
        "Conflict prevention and early warning",
        2,
        (
            Paragraph("A.1", (opening, sentence("A.1.b", "See also", PLAN, " the Plan."))),
            paragraph(
                *("A.2", "As stated in paragraph ", Reference("intro.2.b.i"), " above, section "),
                *(Reference("area.B", "section"), " below, footnote "),
                *(Reference("A.members", "footnote"), ", table "),
                *(Reference("table.areas", "table"), " and annex "),
                *(Reference("annex.register", "section"), "."),
            ),
            prompt("A.prompt", "Assess whether the trend has changed."),
        ),
    )
    area_b = Section(
        "area.B",
        "Peacemaking and peacebuilding",
        2,
        (paragraph("B.1", "Some $140,000 was disbursed."), areas_table("table.areas")),
    )
    return Section("progress", "Progress achieved", 1, sections=(area_a, area_b))


def areas_table(key: str) -> DraftTable:
    """A table with a total, numbers at the right and a note."""
    return DraftTable(
        key,
        "Entities reporting, by area of action",
        ("Area of action", "Entities", "Amount (United States dollars)"),
        (
            ("Conflict prevention", "4", "509,765^a"),
            ("Peacemaking", "2", "140,000"),
            ("Total", "6", "649,765"),
        ),
        (4, 1, 2),
        "lrr",
        ("Estimate.",),
    )


def annexes() -> tuple[Section, ...]:
    """Two annexes whose paragraphs and sections are numbered from one."""
    register = Section(
        "annex.register",
        "Register of responses",
        0,
        (paragraph("annex.1", "The following answered."), areas_table("table.register")),
        (
            Section("annex.1.A", "On time", 2, (paragraph("annex.2", "All."),)),
            Section("annex.1.B", "Late", 2, (paragraph("annex.3", "None."),)),
        ),
    )
    other = Section("annex.other", "Other matters", 0, (paragraph("annex.4", "None."),))
    return (register, other)


def draft(*more: Section) -> Draft:
    """The whole draft, with ``more`` sections before the annexes."""
    return Draft(FIELDS, (introduction(), progress(), *more), annexes())
