"""The kinds of records name the columns that forms.csv and workbook/review.toml have."""

from __future__ import annotations

import pytest

from wps_xl.codebook import load
from wps_xl.records import kinds, tables
from wps_xl.records.record import Record
from wps_xl.review import issue_lines
from wps_xl.review.layout import plans

PLANS = {plan.name: plan for plan in plans(load())}
KINDS = [
    kind
    for kind in {**vars(kinds), **vars(tables), **vars(issue_lines)}.values()
    if isinstance(kind, type) and issubclass(kind, Record) and kind.sheet_name
]
TYPES = {
    "text": "str",
    "several": "tuple[str, ...]",
    "number": "float | None",
    "date": "dt.datetime | None",
    "moment": "dt.datetime | None",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_names_every_column_of_its_sheet_as_what_it_is(kind: type[Record]) -> None:
    fields = PLANS[kind.sheet_name].fields
    own = {
        name: type_
        for parent in reversed(kind.__mro__[: kind.__mro__.index(Record)])
        for name, type_ in parent.__annotations__.items()
    }

    assert own == {field.column: TYPES[field.holds] for field in fields}
