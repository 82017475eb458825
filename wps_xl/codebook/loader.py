"""Reads and checks the code lists; a fault in one is named with file and line."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from wps_xl.codebook.list_rows import File, ListPlace
from wps_xl.errors import CodebookError

TOLD = 20
FOLDER = Path(__file__).resolve().parent
ListRow = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One code of a list, the label users see, other words for it, and its further columns."""

    code: str
    label: str
    also: tuple[str, ...]
    fields: ListRow

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

    tables: Mapping[str, Sequence[ListRow]]
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
        """A number of the list ``limits``, from which a check asks."""
        limits = self["limits"] if code in self["limits"] else shipped()["limits"]
        return float(limits[code]["value"])

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
        With file and line of all that breaks the schemas of the lists.
    """
    return from_tables(*_read(folder))


@cache
def shipped() -> Codebook:
    """The code lists of the package, read once: what is made from them need not be made again.

    A test checks them; nobody waits for that.
    """
    return unchecked(*_read(FOLDER))


def from_tables(
    tables: Mapping[str, Sequence[ListRow]],
    places: Mapping[str, ListPlace] | None = None,
    before: Codebook | None = None,
) -> Codebook:
    """A checked Codebook from rows, wherever they were read; ``places`` says where they stand.

    Labels that ``before`` has for the same codes are still understood.
    """
    codebook = unchecked(tables, places, before)
    found = list(faults(codebook))
    if found:
        raise CodebookError(told(found))
    return codebook


def unchecked(
    tables: Mapping[str, Sequence[ListRow]],
    places: Mapping[str, ListPlace] | None = None,
    before: Codebook | None = None,
) -> Codebook:
    """The Codebook of ``from_tables``, whatever stands in its lists."""
    lists = _lists(tables)
    for name, known in (before.lists if before else {}).items():
        if name in lists:
            former = {entry.label: code for code, entry in known.entries.items()}
            lists[name] = replace(lists[name], former=former)
    return Codebook(tables, lists, places or {})


def faults(codebook: Codebook, elsewhere: Collection[str] = ()) -> Iterator[str]:
    """A sentence for each fault of its lists, but for those that are checked ``elsewhere``.

    Lists that are those of the package, and refer to such, are known to be sound.
    """
    package = shipped()
    other = {name for name, rows in codebook.tables.items() if rows != package.tables[name]}
    codes = {
        name
        for name, known in codebook.lists.items()
        if name not in package.lists or set(known) != set(package.lists[name])
    }
    names = [n for n, s in SPECS.items() if n in other or not codes.isdisjoint(s.targets)]
    names = [name for name in names if name not in elsewhere]
    if names:
        from wps_xl.codebook.schemas import list_faults

        yield from list_faults(codebook, names)


def told(found: Sequence[str]) -> str:
    """Faults of one pass, each a line; of very many the first."""
    return "\n".join([*found[:TOLD], *([f"… and {len(found) - TOLD} more."] * (len(found) > TOLD))])


def _read(folder: Path) -> tuple[dict[str, list[ListRow]], dict[str, ListPlace]]:
    tables: dict[str, list[ListRow]] = {}
    places: dict[str, ListPlace] = {}
    for name in SPECS:
        file = folder / f"{name}.csv"
        file = file if file.exists() else FOLDER / f"{name}.csv"
        tables[name] = _rows(file)
        places[name] = File(file.name)
    return tables, places


@dataclass(frozen=True)
class ListSpec:
    """What a list must look like, as tables.toml says it."""

    columns: tuple[str, ...]
    key: tuple[str, ...] = ("code",)
    label: str = ""
    also: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    numbers_for: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    matches: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    periods: tuple[tuple[str, str], ...] = ()
    once: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """The columns that together may stand once only."""
        return (self.key, *([self.distinct] if self.distinct else []))

    @property
    def targets(self) -> Iterator[str]:
        """The lists that it refers to."""
        return (name.strip() for text in self.refers.values() for name in text.split("|"))


def _spec(entries: Mapping[str, Any]) -> ListSpec:
    spec: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entries.items()}
    return ListSpec(**spec)


_TABLES = tomllib.loads((FOLDER / "tables.toml").read_text(encoding="utf-8"))
SPECS = {name: _spec(entries) for name, entries in _TABLES.items()}


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of one code list."""
    return SPECS[table].columns


def _rows(file: Path) -> list[ListRow]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            {k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(lines)
        ]


def _lists(tables: Mapping[str, Sequence[ListRow]]) -> dict[str, CodeList]:
    lists = {
        name: _list(name, tables[name], spec)
        for name, spec in SPECS.items()
        if len(spec.key) == 1 and spec.label
    }
    choice = ListSpec((), label="label")
    for name, rows in groupby(tables["choices"], key=lambda row: row["list"]):
        lists[name] = _list(name, rows, choice)
    return lists


def _list(name: str, rows: Iterable[ListRow], spec: ListSpec) -> CodeList:
    entries = {}
    for row in rows:
        code, label = row.get(spec.key[0], ""), row.get(spec.label, "")
        words = [word.strip() for column in spec.also for word in row.get(column, "").split(";")]
        entries[code] = Entry(code, label, tuple(filter(None, words)), row)
    return CodeList(name, entries)


def _cycle(row: ListRow) -> Cycle:
    def day(column: str) -> dt.date:
        return dt.date.fromisoformat(row[column])

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
