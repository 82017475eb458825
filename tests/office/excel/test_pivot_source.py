"""What may become a pivot cache, and how Excel's cache says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree
from openpyxl.packaging.manifest import Manifest
from sheets.pivot_examples import activities, frame_of

from wps_xl.office.excel.pivots.cache import Cache
from wps_xl.office.excel.pivots.tables import PivotSource

LONG = "x" * 300


def cache_xml(source: PivotSource) -> etree._Element:
    """The cache definition of the source, without namespaces."""
    tree = etree.fromstring(etree.tostring(Cache(source, 1).to_tree()))
    for element in tree.iter():
        element.tag = etree.QName(element).localname
    return tree


def shared(source: PivotSource, name: str) -> etree._Element:
    """The ``sharedItems`` of a field."""
    return cache_xml(source).find(f".//cacheField[@name='{name}']/sharedItems")


def items(source: PivotSource, name: str) -> list[tuple[str, str | None]]:
    """Kind and value of each shared item; ``?`` marks unused ones."""
    return [(item.tag + "?" * ("u" in item.attrib), item.get("v")) for item in shared(source, name)]


def column(*values: object, axis: bool = True, **more: Any) -> PivotSource:
    """A source with the one column ``Axis``."""
    frame = pd.DataFrame({"Axis": pd.Series(values, dtype=object)})
    return PivotSource(frame, "tblData", ["Axis"] if axis else [], **more)


def test_texts_that_differ_only_in_case_are_one_item_in_the_first_spelling() -> None:
    source = column("Berlin", "BERLIN", "Bern", "berlin")

    assert items(source, "Axis") == [("s", "Berlin"), ("s", "Bern")]
    assert source.fields["Axis"].codes == (0, 0, 1, 0)


def test_items_stand_in_the_cache_as_they_come_and_in_the_pivot_as_they_sort() -> None:
    source = column("c", None, "É", "b", "f")

    assert [value for _, value in items(source, "Axis")] == ["c", None, "É", "b", "f"]
    assert source.fields["Axis"].items == ("b", "c", "É", "f", None)


def test_the_order_of_a_code_list_wins_and_its_items_without_rows_are_kept_as_unused() -> None:
    source = column("b", "new", "A", order={"Axis": ["c", "b", "a"]})

    assert source.fields["Axis"].items == ("c", "b", "A", "new")
    assert items(source, "Axis") == [("s", "b"), ("s", "new"), ("s", "A"), ("s?", "c")]


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        (("a", "b"), {"count": "2"}),
        (("a", None), {"count": "2", "containsBlank": "1"}),
        (
            (1, 2),
            {
                "count": "2",
                "containsSemiMixedTypes": "0",
                "containsString": "0",
                "containsNumber": "1",
                "containsInteger": "1",
                "minValue": "1",
                "maxValue": "2",
            },
        ),
        (
            (1.5, None),
            {
                "count": "2",
                "containsString": "0",
                "containsBlank": "1",
                "containsNumber": "1",
                "minValue": "1.5",
                "maxValue": "1.5",
            },
        ),
        (
            (dt.date(2007, 1, 1), dt.date(2007, 1, 31)),
            {
                "count": "2",
                "containsSemiMixedTypes": "0",
                "containsString": "0",
                "containsNonDate": "0",
                "containsDate": "1",
                "minDate": "2007-01-01T00:00:00",
                "maxDate": "2007-02-01T00:00:00",
            },
        ),
        (
            (None, None),
            {
                "count": "1",
                "containsBlank": "1",
                "containsString": "0",
                "containsNonDate": "0",
            },
        ),
        ((LONG,), {"count": "1", "longText": "1"}),
    ],
)
def test_a_field_says_of_its_items_what_excel_says(
    values: tuple[object, ...], flags: dict[str, str]
) -> None:
    assert dict(shared(column(*values), "Axis").attrib) == flags


def test_a_field_that_is_no_axis_has_no_items_and_no_count_of_nought() -> None:
    found = shared(column("a", LONG, axis=False), "Axis")

    assert dict(found.attrib) == {"longText": "1"}
    assert len(found) == 0


def test_missing_is_blank_however_pandas_calls_it() -> None:
    frame = pd.DataFrame({"Axis": ["a", None, float("nan"), pd.NA, pd.NaT, ""]}, dtype=object)

    source = PivotSource(frame, "tblData", ["Axis"])

    assert source.fields["Axis"].values == ("a", None, None, None, None, None)


def test_typed_columns_of_pandas_are_understood() -> None:
    frame = pd.DataFrame({"n": [1, 2], "s": ["a", None], "d": pd.to_datetime(["2007-01-31"] * 2)})
    frame["i"] = pd.array([1, None], dtype="Int64")
    frame["yes"] = [True, False]

    fields = PivotSource(frame, "tblData", []).fields

    assert fields["n"].values == (1, 2)
    assert fields["s"].values == ("a", None)
    assert fields["d"].values == (dt.datetime(2007, 1, 31),) * 2
    assert fields["i"].values == (1, None)
    assert fields["yes"].values == ("Yes", "No")


def test_control_characters_are_shown_and_too_long_texts_cut_as_in_the_tables_cells() -> None:
    source = column("bell\a", "\ud800", "🙂" * 20_000)

    bell, broken, smiles = source.fields["Axis"].values

    assert (bell, broken) == ("bell␇", "\ufffd")
    assert isinstance(smiles, str)
    assert len(smiles.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (pd.DataFrame({"Axis": []}), "no rows"),
        (pd.DataFrame({"Axis": [1], "AXIS": [2]}), "alike but for their case"),
        (pd.DataFrame({" ": [1], "Axis": [2]}), "cannot be a pivot field"),
        (pd.DataFrame({7: [1], "Axis": [2]}), "cannot be a pivot field"),
        (pd.DataFrame({"x" * 256: [1], "Axis": [2]}), "cannot be a pivot field"),
        (pd.DataFrame({"a\ab": [1], "Axis": [2]}), "cannot hold"),
        (pd.DataFrame({"Other": [1]}), "no column 'Axis'"),
        (pd.DataFrame({"Axis": ["a", 1]}, dtype=object), "mixes number and text"),
        (pd.DataFrame({"Axis": [dt.datetime(2007, 1, 1), 1]}, dtype=object), "mixes date and num"),
        (pd.DataFrame({"Axis": [float("inf")]}), "infinite"),
        (pd.DataFrame({"Axis": [dt.datetime(1899, 1, 1)]}, dtype=object), "cannot show as a date"),
        (pd.DataFrame({"Axis": [dt.datetime(2007, 1, 1, tzinfo=dt.UTC)]}), "no time zones"),
        (pd.DataFrame({"Axis": [["a", "list"]]}), "a list"),
    ],
)
def test_what_excel_would_refuse_is_refused_with_a_reason(frame: pd.DataFrame, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        PivotSource(frame, "tblData", ["Axis"])


def test_one_can_ask_before_whether_a_selection_has_rows() -> None:
    source = PivotSource(activities(), "tblData", ["Area", "Year"], {"Area": ["Normative"]})

    assert source.has({"Area": "PREVENTION"})
    assert source.has({"Area": "Prevention", "Year": 2007})
    assert source.has({"Area": None, "Year": None})
    assert not source.has({"Area": "Protection", "Year": 2007})
    assert not source.has({"Area": "Normative"})
    assert not source.has({"Area": "Nowhere"})


def test_records_hold_places_of_items_for_axes_and_values_otherwise(
    recorded: Callable[[PivotSource], str],
) -> None:
    frame = frame_of(
        """
        | Axis | Text    | Number |
        | b    | "<&>"   | 5      |
        | a    |         | -7     |
        """
    )

    found = recorded(PivotSource(frame, "tblData", ["Axis"]))

    assert '<r><x v="0"/><s v=\'"&lt;&amp;&gt;"\'/><n v="5"/></r>' in found
    assert '<r><x v="1"/><m/><n v="-7"/></r>' in found


@pytest.fixture
def recorded(tmp_path: Any) -> Callable[[PivotSource], str]:
    """Writes the records part of a source and gives its text."""

    def write(source: PivotSource) -> str:
        with ZipFile(tmp_path / "part.zip", "w") as archive:
            Cache(source, 1).records._write(archive, Manifest())
            return archive.read("xl/pivotCache/pivotCacheRecords1.xml").decode()

    return write
