"""Code lists: read, checked, and looked up as people type."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from wps_xl.codebook import load
from wps_xl.codebook.loader import FOLDER, from_tables
from wps_xl.errors import CodebookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the code lists that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "codebook"))


def append(file: Path, **values: str) -> int:
    """Add a row to a code list; the number of its line."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        headings, rows = list(reader.fieldnames or ()), list(reader)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, values])
    return len(rows) + 2


def test_the_lists_of_the_package_are_sound() -> None:
    codebook = load()

    assert len(codebook["areas_of_action"]) == 12
    assert [codebook["thematic_areas"].label(code) for code in codebook["thematic_areas"]] == [
        "Prevention",
        "Participation",
        "Protection",
        "Relief and recovery",
        "Normative",
    ]
    assert len(codebook["countries"]) > 240


def test_an_unknown_reference_names_file_and_line(folder: Path) -> None:
    line = append(folder / "questions.csv", code="Q-Z0", area="Z", text="Is it?", para="1")

    with pytest.raises(CodebookError) as fault:
        load(folder)

    assert str(fault.value).startswith(f"questions.csv, line {line}: area 'Z' is not in the list")


def test_a_repeated_code_names_both_lines_whatever_its_case(folder: Path) -> None:
    line = append(folder / "strategies.csv", code="pol", name="Policy again")

    with pytest.raises(CodebookError, match=f"strategies.csv, line {line}: 'pol' stands already"):
        load(folder)


def test_a_missing_column_is_named(folder: Path) -> None:
    (folder / "documents.csv").write_text("symbol,title\nS/1,One\n", encoding="utf-8")

    with pytest.raises(CodebookError, match=r"documents\.csv: the column 'date' is missing"):
        load(folder)


def test_a_rule_that_nobody_knows_is_named_with_its_line(folder: Path) -> None:
    from wps_xl.forms.definitions import forms

    file = folder / "forms.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("10 to 600 characters", "at most very long"), encoding="utf-8")

    with pytest.raises(CodebookError, match=r"forms.csv, line \d+: 'at most very long' is not"):
        forms(load(folder))


@pytest.mark.parametrize(
    "typed", ["COD", "cod", "Democratic Republic of the Congo", "DR Congo", "drc"]
)
def test_a_country_is_found_by_code_name_or_other_word(typed: str) -> None:
    assert load()["countries"].find(typed) == "COD"


def test_the_main_theme_of_an_area_is_the_one_marked_main() -> None:
    codebook = load()

    mains = {code: codebook.main_theme(code) for code in codebook["areas_of_action"]}

    assert "" not in mains.values()
    assert mains["A"] == "PREV"


def test_an_unknown_cycle_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(CodebookError, match=r"There is no cycle 'NONE'\. The code lists have: "):
        load().cycle("NONE")


def test_a_date_that_is_none_is_named_with_its_line(folder: Path) -> None:
    file = folder / "cycles.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("2006-07-01", "1 July 2006"), encoding="utf-8"
    )

    with pytest.raises(
        CodebookError, match=r"^cycles\.csv, line 2: review_from '1 July 2006' is not a date"
    ):
        load(folder)


def test_two_codebooks_are_equal_only_if_they_are_one() -> None:
    assert load() != load()


def test_a_label_that_was_changed_is_still_understood_until_another_code_takes_it() -> None:
    package = load()
    first, second, third = list(package["strategies"])[:3]
    labels = {
        first: "Drawing up policies",
        second: package["strategies"].label(third),
        third: "Building capacity",
    }
    rows = [{**r, "name": labels.get(r["code"], r["name"])} for r in package.tables["strategies"]]

    renamed = from_tables({**package.tables, "strategies": rows}, before=package)["strategies"]

    assert renamed.find("Drawing up policies") == first
    assert renamed.find(package["strategies"].label(first)) == first
    assert renamed.find(package["strategies"].label(third)) == second
