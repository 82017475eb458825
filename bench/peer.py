"""What the same returns cost with pandera, pandas and calamine alone: types and lists, no more.

    python bench/peer.py FOLDER

One ``validate`` per sheet and return, as one would write it by hand. It finds no row number of
the user's own file, reads no rules between columns, and stops at nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from wps_xl.codebook import Codebook, load
from wps_xl.forms.definitions import Column, FormSheet, forms

TYPES = {"number": "float64", "date": "datetime64[ns]"}


def schema(sheet: FormSheet, codebook: Codebook) -> pa.DataFrameSchema:
    """Types and lists of the columns of one sheet."""
    return pa.DataFrameSchema(
        {column.code: _column(column, codebook) for column in sheet.columns.values()}, coerce=True
    )


def _column(column: Column, codebook: Codebook) -> pa.Column:
    checks = []
    if column.list_name and not column.many:
        codes = codebook[column.list_name]
        checks = [pa.Check.isin([*codes, *(codes.label(code) for code in codes)])]
    kind = TYPES.get(column.type, "object")
    return pa.Column(kind, checks, nullable=column.required != "yes", required=False)


def main(folder: Path) -> None:
    """Validate every sheet of every return, and say how many failures there are."""
    codebook = load()
    sheets = {s.name: s for form in forms(codebook).values() for s in form.sheets.values()}
    schemas = {name: schema(sheet, codebook) for name, sheet in sheets.items()}
    failures = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = pd.read_excel(path, sheet_name=None, header=2, skiprows=[3], engine="calamine")
        for name in schemas.keys() & book.keys():
            try:
                schemas[name].validate(book[name], lazy=True)
            except SchemaErrors as errors:
                failures += len(errors.failure_cases)
    print(f"{failures} failures")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
