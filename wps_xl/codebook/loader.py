"""Reads and checks the code lists; a fault in one is named with file and line."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from wps_xl.codebook.list_rows import File, ListPlace
from wps_xl.errors import CodebookError

SHOWN = 6
FOLDER = Path(__file__).resolve().parent
Row = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One code of a list, the label users see, other words for it, and its further columns."""

    code: str
    label: str
    also: tuple[str, ...]
    fields: Row

    def __getitem__(self, column: str) -> str:
        return self.fields[column]


@dataclass(frozen=True)
class CodeList:
    """The codes of one list in their order. ``former`` has the labels of before, and their codes:
    forms sent before a label was changed come back with the old one."""

    name: str
    entries: Mapping[str, Entry]
    former: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def __getitem__(self, code: str) -> Entry:
        return self.entries[code]

    def __len__(self) -> int:
        return len(self.entries)

    def label(self, code: str) -> str:
        """What users see for ``code``; the code itself where the list does not know it."""
        return self.entries[code].label if code in self.entries else code

    def rank(self, code: str) -> int:
        """Its place in the list; what the list does not know stands behind all."""
        return self._places.get(code, len(self.entries))

    def find(self, text: str) -> str | None:
        """The code that ``text`` names, as code, label or other word, whatever its case."""
        return text if text in self.entries else self._words.get(text.casefold())

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {code: at for at, code in enumerate(self.entries)}

    @cached_property
    def _words(self) -> Mapping[str, str]:
        words: dict[str, str] = {}
        for entry in self.entries.values():
            for word in (entry.code, entry.label, *entry.also):
                words.setdefault(word.casefold(), entry.code)
        for label, code in self.former.items():
            if code in self.entries:
                words.setdefault(label.casefold(), code)
        return words


@dataclass(frozen=True)
class Cycle:
    """One review cycle: its periods, due dates and switches (S/2007/567, paras. 4-7, 49)."""

    code: str
    name: str
    review: tuple[dt.date, dt.date]
    plan: str
    plan_period: tuple[dt.date, dt.date]
    practices_from: dt.date
    classification: str
    frequency: str = "annual"
    due: Mapping[str, dt.date] | None = None
    number_style: str = "1,234.5"
    symbol: str = ""
    mandate: str = ""


@dataclass(frozen=True, eq=False)
class Codebook:
    """All code lists of a cycle. ``tables`` holds the rows as read, ``lists`` what columns use,
    ``places`` where the rows stand.

    Two codebooks are equal only if they are one, so that what is made from one can be cached.
    """

    tables: Mapping[str, Sequence[Row]]
    lists: Mapping[str, CodeList]
    places: Mapping[str, ListPlace] = field(default_factory=dict)

    def __getitem__(self, name: str) -> CodeList:
        return self.lists[name]

    def cycle(self, code: str) -> Cycle:
        """The cycle ``code``; CodebookError where no list of cycles knows it."""
        for row in self.tables["cycles"]:
            if row["cycle"] == code:
                return _cycle(row)
        known = ", ".join(row["cycle"] for row in self.tables["cycles"])
        raise CodebookError(f"There is no cycle '{code}'. The code lists have: {known}.")

    def invited(self, cycle: str) -> Mapping[str, str]:
        """Entity to how it takes part in ``cycle``: invited, or entered by the office."""
        rows = [row for row in self.tables["invitations"] if row["cycle"] == cycle]
        return {row["entity"]: row["how"] for row in rows}

    def main_theme(self, area: str) -> str:
        """The thematic area that the crosswalk gives an area of action (para. 40), or blank."""
        for row in self.tables["crosswalk"]:
            if row["area"] == area and row["main"] == "yes":
                return row["theme"]
        return ""

    def limit(self, code: str) -> float:
        """A number of the list ``limits``, from which a check asks; CodebookError if it is none."""
        text = self["limits"][code]["value"] if code in self["limits"] else ""
        try:
            return float(text)
        except ValueError:
            codes = [row["code"] for row in self.tables["limits"]]
            where = self.where("limits", codes.index(code) if code in codes else 0, "value")
            raise CodebookError(
                f"{where}: the value '{text}' of {code} is not a number. Write digits only."
            ) from None

    def where(self, table: str, row: int, column: str) -> str:
        """Where a value of a table stands, its row counted from 0."""
        place = self.places.get(table, File(f"{table}.csv"))
        return f"{place.name}, {place.at(row, column)}"

    def words(self, code: str) -> list[str]:
        """The words that the list ``limits`` gives for a check, in lower case."""
        text = self["limits"][code]["value"] if code in self["limits"] else ""
        return list(_parted(text))

    def runs(self, check: str) -> bool:
        """Whether the office has left a check on; checks that the list does not name always run."""
        return check not in self["checks"] or self["checks"][check]["run"] != "no"


@cache
def _parted(text: str) -> tuple[str, ...]:
    """The words between semicolons, in lower case; checks ask for the same ones at each sheet."""
    return tuple(word.strip().casefold() for word in text.split(";") if word.strip())


def load(folder: Path = FOLDER) -> Codebook:
    """Read and check the code lists of ``folder``; lists it lacks come from the package.

    Raises
    ------
    CodebookError
        With file and line, for a missing column, a repeated code or an unknown reference.
    """
    tables: dict[str, list[Row]] = {}
    places: dict[str, ListPlace] = {}
    for name in _SPECS:
        file = folder / f"{name}.csv"
        file = file if file.exists() else FOLDER / f"{name}.csv"
        tables[name] = _rows(file)
        places[name] = File(file.name)
    return from_tables(tables, places)


@cache
def shipped() -> Codebook:
    """The code lists of the package, read once: what is made from them need not be made again."""
    return load()


def from_tables(
    tables: Mapping[str, Sequence[Row]],
    places: Mapping[str, ListPlace] | None = None,
    before: Codebook | None = None,
) -> Codebook:
    """A checked Codebook from rows, wherever they were read; ``places`` says where they stand.

    Labels that ``before`` has for the same codes are still understood.
    """
    places = places or {}
    lists = _lists(tables)
    for name, known in (before.lists if before else {}).items():
        if name in lists:
            former = {entry.label: code for code, entry in known.entries.items()}
            lists[name] = replace(lists[name], former=former)
    for name, spec in _SPECS.items():
        _check(tables[name], spec, lists, places.get(name, File(f"{name}.csv")))
    return Codebook(tables, lists, places)


@dataclass(frozen=True)
class _Spec:
    columns: tuple[str, ...]
    key: tuple[str, ...]
    label: str
    also: tuple[str, ...]
    refers: Mapping[str, str]


def _specs() -> dict[str, _Spec]:
    text = (FOLDER / "tables.toml").read_text(encoding="utf-8")
    return {
        name: _Spec(
            tuple(spec["columns"]),
            tuple(spec.get("key", ["code"])),
            spec.get("label", ""),
            tuple(spec.get("also", ())),
            spec.get("refers", {}),
        )
        for name, spec in tomllib.loads(text).items()
    }


_SPECS = _specs()


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of one code list."""
    return _SPECS[table].columns


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            {k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(lines)
        ]


def _lists(tables: Mapping[str, Sequence[Row]]) -> dict[str, CodeList]:
    lists = {
        name: _list(name, tables[name], spec)
        for name, spec in _SPECS.items()
        if len(spec.key) == 1 and spec.label
    }
    choice = _Spec((), ("code",), "label", (), {})
    for name, rows in groupby(tables["choices"], key=lambda row: row["list"]):
        lists[name] = _list(name, rows, choice)
    return lists


def _list(name: str, rows: Iterable[Row], spec: _Spec) -> CodeList:
    entries = {}
    for row in rows:
        code, label = row.get(spec.key[0], ""), row.get(spec.label, "")
        words = [word.strip() for column in spec.also for word in row.get(column, "").split(";")]
        entries[code] = Entry(code, label, tuple(filter(None, words)), row)
    return CodeList(name, entries)


def _check(
    rows: Sequence[Row], spec: _Spec, lists: Mapping[str, CodeList], place: ListPlace
) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(rows):
        missing = [column for column in spec.columns if column not in row]
        if missing:
            raise CodebookError(f"{place.name}: the column '{missing[0]}' is missing.")
        key = tuple(row[column].casefold() for column in spec.key)
        if not all(key):
            blank = next(column for column in spec.key if not row[column])
            raise CodebookError(
                f"{place.name}, {place.at(at, blank)}: {' and '.join(spec.key)} must be given."
            )
        where = f"{place.name}, {place.at(at, spec.key[-1])}"
        if key in seen:
            words = ", ".join(row[column] for column in spec.key)
            before = place.at(seen[key], spec.key[-1])
            preposition = "on" if before.startswith("line") else "in"
            raise CodebookError(
                f"{where}: '{words}' stands already {preposition} {before}. Remove one."
            )
        seen[key] = at
        for column, target in spec.refers.items():
            targets = [name.strip() for name in target.split("|")]
            if row[column] and not any(row[column] in lists[name] for name in targets):
                raise CodebookError(
                    f"{place.name}, {place.at(at, column)}: {place.called(column)} "
                    f"'{row[column]}' is not in {_choices(targets, lists)}"
                )


def _choices(targets: Sequence[str], lists: Mapping[str, CodeList]) -> str:
    """The list that a value has to be of; where it is short, what may be chosen."""
    codes = [code for name in targets for code in lists[name]]
    if len(codes) > SHOWN:
        return f"the list {' or '.join(targets)}."
    return f"the list. Choose one of: {', '.join(codes)}."


def _cycle(row: Row) -> Cycle:
    def day(column: str) -> dt.date:
        try:
            return dt.date.fromisoformat(row[column])
        except ValueError:
            raise CodebookError(
                f"Cycle {row['cycle']}: {column} '{row[column]}' is not a date. "
                "Write year-month-day."
            ) from None

    forms = [column.removesuffix("_due") for column in row if column.endswith("_due")]
    return Cycle(
        code=row["cycle"],
        name=row["name"],
        review=(day("review_from"), day("review_to")),
        plan=row["plan"],
        plan_period=(day("plan_from"), day("plan_to")),
        practices_from=day("practices_from"),
        classification=row["classification"],
        frequency=row["frequency"],
        due={form: day(f"{form}_due") for form in forms if row[f"{form}_due"]},
        number_style=row["number_style"],
        symbol=row["report_symbol"],
        mandate=row["mandate"],
    )
