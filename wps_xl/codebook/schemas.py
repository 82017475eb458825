"""One pandera schema a code list, from tables.toml; what breaks it is a sentence with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pandera.pandas as pa

from wps_xl.codebook.checks import BLANK, MISSING, TWICE, Fault, faults
from wps_xl.codebook.list_rows import File, ListPlace
from wps_xl.codebook.loader import SPECS, Codebook, CodeList, ListRow, ListSpec

SHOWN = 6
_ALIKE = " alike"


def list_faults(codebook: Codebook, names: Collection[str]) -> Iterator[str]:
    """A sentence for each fault of the lists: where, what was found, what to do."""
    for name in names:
        rows, place = codebook.tables[name], codebook.places.get(name, File(f"{name}.csv"))
        for fault in row_faults(rows, SPECS[name], codebook.lists):
            yield _sentence(fault, rows, SPECS[name], place)


def row_faults(
    rows: Sequence[ListRow], spec: ListSpec, lists: Mapping[str, CodeList]
) -> list[Fault]:
    """What in the rows, counted from 0, breaks the schema; several columns that stand twice are
    told as such."""
    there = [column for column in spec.columns if all(column in row for row in rows)]
    data = {column: [row[column] or None for row in rows] for column in there}
    for group in spec.unique:
        if set(group) <= set(there):
            data[_alike(group)] = [
                _key([row[one] for one in group], at) for at, row in enumerate(rows)
            ]
    found = faults(pd.DataFrame(data, dtype="str"), list_schema(spec, lists))
    return [
        replace(one, columns=one.columns[0].removesuffix(_ALIKE).split(", "))
        if one.says == TWICE
        else one
        for one in found
    ]


def list_schema(spec: ListSpec, lists: Mapping[str, CodeList]) -> pa.DataFrameSchema:
    """The schema of one list over its texts, blanks None: columns, what they refer to, what may
    stand once only, whatever its case."""
    columns = {
        column: pa.Column(
            str,
            list(_checks(column, spec, lists)),
            nullable=column not in (*spec.key, *spec.given),
        )
        for column in spec.columns
    }
    columns |= {
        _alike(group): pa.Column(
            str, unique=True, report_duplicates="exclude_first", required=False
        )
        for group in spec.unique
    }
    order, number = (
        "the period ends before it begins. Correct the dates.",
        "is not a number. Write digits only.",
    )
    checks = [pa.Check.in_order(columns=period, error=order) for period in spec.periods]
    for column, (of, codes) in spec.numbers_for.items():
        checks.append(pa.Check.number_for(columns=(column, of), codes=codes, error=number))
    for column, (value, of) in spec.once.items():
        error = f"stands already for this {of}. Leave it in one of them."
        checks.append(pa.Check.once_each(columns=(column, of), value=value, error=error))
    return pa.DataFrameSchema(columns, checks=checks)


def _checks(column: str, spec: ListSpec, lists: Mapping[str, CodeList]) -> Iterator[pa.Check]:
    if column in spec.refers:
        targets = [name.strip() for name in spec.refers[column].split("|")]
        codes = [code for name in targets for code in lists.get(name, ())]
        yield pa.Check.isin(codes, error=f"is not {_choices(targets, codes)}")
    if column in spec.days:
        yield pa.Check.is_day(error="is not a date. Write it as year-month-day.")
    for pattern, error in spec.matches.get(column, {}).items():
        yield pa.Check.str_matches(rf"(?:{pattern})\Z", error=error)


def _choices(targets: Sequence[str], codes: Sequence[str]) -> str:
    """The list that a value has to be of; where it is short, what may be chosen."""
    if len(codes) > SHOWN:
        return f"in the list {' or '.join(targets)}."
    return f"in the list. Choose one of: {', '.join(codes)}."


def _alike(group: Sequence[str]) -> str:
    return f"{', '.join(group)}{_ALIKE}"


def _key(texts: Sequence[str], at: int) -> str:
    """What two rows must not share; a blank is like no other."""
    return "\x1f".join(texts).casefold() if all(texts) else f"\x1f{at}"


def _sentence(fault: Fault, rows: Sequence[ListRow], spec: ListSpec, place: ListPlace) -> str:
    at, column = fault.row, fault.columns[-1 if fault.says == TWICE else 0]
    if fault.says == MISSING:
        return f"{place.name}: the column '{column}' is missing."
    where = f"{place.name}, {place.at(at, column)}"
    if fault.says == BLANK:
        needed = " and ".join(spec.key) if column in spec.key else place.called(column)
        return f"{where}: {needed} must be given."
    if fault.says == TWICE:
        texts = [[row[one] for one in fault.columns] for row in rows]
        keys = [[text.casefold() for text in row] for row in texts]
        before = place.at(keys.index(keys[at]), column)
        preposition = "on" if before.startswith("line") else "in"
        words = ", ".join(texts[at])
        return f"{where}: '{words}' stands already {preposition} {before}. Remove one."
    if fault.columns in spec.periods:
        return f"{where}: {fault.says}"
    return f"{where}: {place.called(column)} '{fault.value}' {fault.says}"
