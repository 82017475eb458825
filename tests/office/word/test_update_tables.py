"""An update follows tables row by row and cell by cell; what a drafter changed of them stands."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree
from office.word.reading import W, comments, faults, one
from office.word.updating import (
    Edit,
    accepted,
    actions,
    edited,
    lines,
    rejected,
    updated,
    written,
)
from validators import assert_valid

from wps_xl.model import Draft, DraftTable
from wps_xl.office.word.ledger import NAMESPACE
from wps_xl.office.word.package import custom_part
from wps_xl.office.word.update.rows import paired

HEADS = ("Country", "Women trained", "Men trained")
BEFORE = (
    ("Timor-Leste", "40", "12"),
    ("Côte d’Ivoire", "1,204^a", "300"),
    ("Nepal", "7", "7"),
    ("Total", "1,251", "319"),
)
AFTER = (
    ("Burundi", "3", "1"),
    ("Timor-Leste", "41", "12"),
    ("Côte d’Ivoire", "1,204^a", "310"),
    ("Total", "1,248", "323"),
)


def trained(
    rows: Sequence[Sequence[str]],
    heads: Sequence[str] = HEADS,
    title: str = "Persons trained, 2006",
    notes: Sequence[str] = ("Estimate.",),
) -> Draft:
    found = tuple(tuple(row) for row in rows)
    return one(DraftTable("trained", title, tuple(heads), found, (), "lrr", tuple(notes)))


def row_of(word: Document, name: str) -> etree._Element:
    grids = list(word.element.body.iter(f"{W}tbl"))
    return next(row for row in grids[-1].iter(f"{W}tr") if name in "".join(row.itertext()))


def type_in(name: str, column: int, text: str) -> Edit:
    """The drafter types over a cell."""

    def edit(word: Document) -> None:
        cell = row_of(word, name).findall(f"{W}tc")[column]
        first, *rest = cell.iter(f"{W}t")
        first.text = text
        for node in rest:
            node.text = ""

    return edit


def double(name: str, new: str) -> Edit:
    """The drafter copies a row, and gives the copy another name."""

    def edit(word: Document) -> None:
        row = row_of(word, name)
        made = copy.deepcopy(row)
        next(made.iter(f"{W}t")).text = new
        row.addnext(made)

    return edit


def drop(name: str) -> Edit:
    """The drafter takes a row out."""

    def edit(word: Document) -> None:
        row = row_of(word, name)
        row.getparent().remove(row)

    return edit


def add_column(word: Document) -> None:
    """The drafter adds a column at the right."""
    grid = list(word.element.body.iter(f"{W}tbl"))[-1]
    for row in grid.iter(f"{W}tr"):
        row.append(copy.deepcopy(row[-1]))


def notices(path: Path) -> list[str]:
    return [text for text in comments(path) if text.startswith("Update")]


def test_rows_cells_title_and_notes_follow_tracked(tmp_path: Path) -> None:
    old = written(trained(BEFORE), tmp_path / "old.docx")
    after = trained(AFTER, title="Persons trained, 2007", notes=("Rough estimate.", "Until May."))

    new, done = updated(after, old)
    again, redone = updated(after, new, "again.docx")
    back, _ = updated(trained(BEFORE), new, "back.docx")

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert notices(new) == []
    (told,) = [line.detail for line in done.done if line.action == "updated"]
    assert "row “Burundi, 3” is new; Timor-Leste, Women trained: “40” → “41”" in told
    assert "row “Nepal, 7” goes" in told
    assert actions(redone) == {}
    assert lines(again) == lines(new)
    assert lines(accepted(back)) == lines(rejected(back)) == lines(old)
    assert faults(new) == []
    assert_valid(new)


def test_cells_of_the_drafter_keep_their_words_and_the_others_follow(tmp_path: Path) -> None:
    old = written(trained(BEFORE), tmp_path / "old.docx")
    edited(
        old,
        type_in("Timor-Leste", 1, "about 40"),
        type_in("Ivoire", 1, "some 1,200"),
        type_in("Nepal", 2, "seven"),
    )

    new, done = updated(trained(AFTER), old)
    again, _ = updated(trained(AFTER), new, "again.docx")

    found = lines(accepted(new))
    assert {"about 40", "some 1,200", "310", "Burundi", "Nepal", "seven", "1,248"} <= {*found}
    assert lines(rejected(new)) == lines(old)
    assert (
        sorted(set(actions(done).values()))
        == [
            "updated",
            "your text kept, data changed",
            "your text kept, no longer generated",
        ]
        or len(done.done) > 3
    )
    assert [text.partition("Changed: ")[2] for text in notices(new)] == [
        "Timor-Leste, Women trained: “40” → “41”",
        "",
    ]
    assert notices(again) == notices(new)
    assert faults(new) == []


def test_rows_that_the_drafter_added_or_took_out_stay_so(tmp_path: Path) -> None:
    old = written(trained(BEFORE), tmp_path / "old.docx")
    edited(old, double("Timor-Leste", "Fiji"), drop("Ivoire"), double("Nepal", "Burundi"))

    new, _ = updated(trained(AFTER), old)

    found = lines(accepted(new))
    assert found.count("Fiji") == 1
    assert found.count("Burundi") == 2  # the drafter's has other figures
    assert "Côte d’Ivoire" not in found
    assert {"Timor-Leste", "41", "323"} <= {*found}
    assert lines(rejected(new)) == lines(old)


def test_other_columns_of_the_workbook_come_as_a_table_those_of_the_drafter_stand(
    tmp_path: Path,
) -> None:
    wider = trained([(*row, "x") for row in BEFORE], (*HEADS, "Source"))
    old = written(trained(BEFORE), tmp_path / "old.docx")
    own = edited(written(trained(BEFORE), tmp_path / "own.docx"), add_column)

    new, _ = updated(wider, old)
    kept, done = updated(trained(AFTER), own, "kept.docx")

    assert lines(accepted(new)) == lines(written(wider, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert faults(new) == []
    assert lines(accepted(kept)) == lines(own)
    assert "Timor-Leste, Women trained: “40” → “41”" in notices(kept)[0]
    assert "table changed" in actions(done).values()


def test_an_older_record_of_a_table_is_a_line_a_cell(tmp_path: Path) -> None:
    old = written(trained(BEFORE), tmp_path / "old.docx")
    word = docx.Document(str(old))
    part = custom_part(word, NAMESPACE)
    assert part is not None
    head, _, rest = part.blob.decode().partition("<base>Country")
    table, _, tail = rest.partition("</base>")
    part._blob = f"{head}<base>Country{table.replace(chr(9), chr(10))}\n</base>{tail}".encode()
    word.save(str(old))

    new, _ = updated(trained(AFTER), old)

    assert lines(accepted(new)) == lines(written(trained(AFTER), tmp_path / "fresh.docx"))


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (["a 1", "b 2"], ["b 3", "a 1"], [(None, 0), (0, 1), (1, None)]),
        (["1 UNDP x", "2 UNFPA y"], ["1 FAO z", "2 UNDP x"], [(None, 0), (0, 1), (1, None)]),
        (["UN 1 a", "UN 2 b"], ["UN 1 a", "UN 9 c", "UN 2 b"], [(0, 0), (None, 1), (1, 2)]),
        (["2005 7", "2006 8"], ["2006 9"], [(0, None), (1, 0)]),
    ],
)
def test_rows_are_known_by_their_name_else_by_most_of_their_cells(
    old: list[str], new: list[str], pairs: list[tuple[int | None, int | None]]
) -> None:
    found = list(paired([tuple(t.split()) for t in old], [tuple(t.split()) for t in new]))

    assert found == pairs


def test_a_table_that_is_gone_is_deleted_unless_the_drafter_touched_it(tmp_path: Path) -> None:
    old = written(trained(BEFORE), tmp_path / "old.docx")
    own = edited(written(trained(BEFORE), tmp_path / "own.docx"), type_in("Nepal", 1, "eight"))
    nothing = one()

    new, _ = updated(nothing, old)
    kept, done = updated(nothing, own, "kept.docx")

    assert lines(accepted(new)) == lines(written(nothing, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert lines(accepted(kept)) == lines(own)
    assert list(actions(done).values()) == ["your text kept, no longer generated"]
