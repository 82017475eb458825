"""What the schema assumes where a part of a PivotTable is silent; Excel never writes it out."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.xml.functions import Element

_FILE = Path(__file__).with_name("defaults.csv")


def without_defaults(tree: Element) -> Element:
    """The part without attributes that repeat a default.

    Two other engines read ``t="data"`` or ``sortType="manual"`` as something else than silence:
    one cannot open the file, one turns the order round.
    """
    for path, assumed in _defaults().items():
        for element in (tree, *tree.iterfind(f".//{path}")):
            if element is not tree or tree.tag == path:
                for name in [n for n, value in element.items() if assumed.get(n) == value]:
                    del element.attrib[name]
    return tree


@cache
def _defaults() -> Mapping[str, Mapping[str, str]]:
    """Element, or parent and element, to its attributes and their defaults."""
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["element"], {})[row["attribute"]] = row["default"]
    return found
