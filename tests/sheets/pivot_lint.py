"""Finds what makes Excel repair or remove a PivotTable and what no schema sees.

Each rule is a function that yields sentences; the reports behind them are in SHEETS.md 1.3.
``PYTHONPATH=tests python -m sheets.pivot_lint FILE...`` prints the findings.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sheets.pivot_cache_rules import CACHE_RULES
from sheets.pivot_package import Box, Package, box_of, tag
from sheets.pivot_rules import PIVOT_RULES

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"


@dataclass(frozen=True)
class Finding:
    """Something that Excel would stumble over, and the part that has it."""

    part: str
    text: str

    def __str__(self) -> str:
        return f"{self.part}: {self.text}"


def lint(path: Path) -> list[Finding]:
    """Everything that is wrong with the PivotTables of the file."""
    package = Package(path)
    findings = [found for rule in PACKAGE_RULES for found in rule(package)]
    for cache in package.caches.values():
        findings += [Finding(cache.part, text) for rule in CACHE_RULES for text in rule(cache)]
    for pivot in package.pivots:
        findings += [Finding(pivot.part, text) for rule in PIVOT_RULES for text in rule(pivot)]
    return findings


def part_names(package: Package) -> Iterator[Finding]:
    """No two parts have the same name."""
    for name, times in Counter(name.casefold() for name in package.names).items():
        if times > 1:
            yield Finding(name, f"is {times} times in the file")


def extension_lists(package: Package) -> Iterator[Finding]:
    """At most one list of extensions in a part, and it is last (openxlsx 313)."""
    pivots = [pivot.part for pivot in package.pivots]
    for part in ("xl/workbook.xml", *package.sheets, *package.caches, *pivots):
        names = [child.tag for child in package.tree(part) if isinstance(child.tag, str)]
        if names.count(tag("extLst")) > 1:
            yield Finding(part, "has more than one extLst")
        elif tag("extLst") in names[:-1]:
            yield Finding(part, "its extLst is not last")


def cache_numbers(package: Package) -> Iterator[Finding]:
    """Each cache has a number of its own (EPPlus 1090), is there, and is listed once."""
    entries = package.cache_entries
    for what, found in (("number", [n for n, _ in entries]), ("part", [p for _, p in entries])):
        for value, times in Counter(found).items():
            if times > 1:
                yield Finding("xl/workbook.xml", f"cache {what} {value} is listed {times} times")
    for cache, part in entries:
        if part not in package:
            yield Finding("xl/workbook.xml", f"cache {cache} has no part")


def slicer_numbers(package: Package) -> Iterator[Finding]:
    """The numbers by which slicers find caches are unique."""
    found = [
        extension.get("pivotCacheId", "")
        for cache in package.caches.values()
        for extension in cache.tree.iter(f"{_X14}pivotCacheDefinition")
    ]
    for value, times in Counter(found).items():
        if value and times > 1:
            yield Finding("xl/workbook.xml", f"pivotCacheId {value} occurs {times} times")


def record_parts(package: Package) -> Iterator[Finding]:
    """Each cache has records of its own; openpyxl by itself gives all caches those of the first."""
    found = [cache.records_part for cache in package.caches.values() if cache.records_part]
    for part, times in Counter(found).items():
        if times > 1:
            yield Finding(part, f"are the records of {times} caches")
    for part in package.names:
        if part.startswith("xl/pivotCache/pivotCacheRecords") and part not in found:
            yield Finding(part, "are the records of no cache")


def content_types(package: Package) -> Iterator[Finding]:
    """Every pivot part is declared; Excel refuses the whole file otherwise."""
    types = package.tree("[Content_Types].xml")
    declared = {entry.get("PartName", "").lstrip("/") for entry in types}
    caches = [(cache.part, cache.records_part) for cache in package.caches.values()]
    for part in (*sum(caches, ()), *(pivot.part for pivot in package.pivots)):
        if part and part not in declared:
            yield Finding(part, "has no content type")


def pivot_names(package: Package) -> Iterator[Finding]:
    """No two pivots of a sheet have the same name, ignoring case."""
    names = Counter(
        (pivot.sheet, pivot.tree.get("name", "").casefold()) for pivot in package.pivots
    )
    for (sheet, name), times in names.items():
        if times > 1:
            yield Finding(sheet, f"{times} pivots are named {name!r}")


def overlaps(package: Package) -> Iterator[Finding]:
    """No pivot stands on a table or another pivot."""
    for sheet in package.sheets:
        boxes = [(p.part, p.whole_box) for p in package.pivots if p.sheet == sheet]
        for part in package.related(sheet, "table"):
            boxes.append((part, box_of(package.tree(part).get("ref", "A1"))))
        for (one, box), (other, second) in combinations(boxes, 2):
            if _meet(box, second):
                yield Finding(sheet, f"{one} and {other} overlap")


def _meet(box: Box, other: Box) -> bool:
    left, top, right, bottom = box
    return left <= other[2] and other[0] <= right and top <= other[3] and other[1] <= bottom


PACKAGE_RULES: tuple[Callable[[Package], Iterator[Finding]], ...] = (
    part_names,
    extension_lists,
    cache_numbers,
    slicer_numbers,
    record_parts,
    content_types,
    pivot_names,
    overlaps,
)


def main(paths: list[str]) -> int:
    """Print the findings of each file; 1 if there are any."""
    found = {path: lint(Path(path)) for path in paths}
    for path, findings in found.items():
        print(path, *map(str, findings), f"{len(findings)} found", sep="\n  ")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
