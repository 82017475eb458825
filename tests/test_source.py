"""What must hold of the source itself: sizes, directions of imports, nothing about one cycle."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import wps_xl
from wps_xl.codebook import load
from wps_xl.review import layout
from wps_xl.review.layout import plans

PACKAGE = Path(wps_xl.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "_assets" not in p.parts)
# Rooms in the order in which data passes through them; a module imports only from rooms before.
ROOMS = [
    "office",
    "codebook",
    "rules",
    "forms",
    "records",
    "intake",
    "review",
    "analysis",
    "sheets",
    "report",
    "sample",
    "addin",
    "desk",
]
FOUNDATION = {"errors", "assets", "model", "notices", "log", "nouns", "places"}
SIDE_DOORS = {("report", "sheets"), ("sheets", "report")}


def name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def room(module: str) -> int:
    first = module.split("/")[0].removesuffix(".py")
    return ROOMS.index(first) if first in ROOMS else -1 if first in FOUNDATION else len(ROOMS)


class Source(NamedTuple):
    """What the tests ask of a module: its modules of wps_xl, all its libraries, its strings, and
    what it looks up in something else: the name of that, blank where it has none, and the key."""

    name: str
    lines: int
    imports: tuple[str, ...]
    libraries: frozenset[str]
    literals: tuple[str, ...]
    lookups: tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Every module, parsed and walked through once."""
    return [source(module) for module in MODULES]


def source(module: Path) -> Source:
    text = module.read_text(encoding="utf-8")
    imported: list[str] = []
    literals: dict[int, str] = {}
    bare: set[int] = set()
    lookups: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                literals[id(node)] = node.value
        elif isinstance(node, ast.Expr):
            # A docstring, or a string that stands alone as one.
            bare.add(id(node.value))
        elif isinstance(node, ast.Subscript):
            lookups.append((ast.unparse(node.value), ast.unparse(node.slice)))
        elif isinstance(node, ast.ImportFrom):
            imported.append(node.module or "")
        elif isinstance(node, ast.Import):
            imported += [alias.name for alias in node.names]
    return Source(
        name(module),
        len(text.splitlines()),
        tuple(m.removeprefix("wps_xl.").replace(".", "/") for m in imported if is_ours(m)),
        frozenset(m.partition(".")[0] for m in imported),
        tuple(text for node, text in literals.items() if node not in bare),
        tuple(lookups),
    )


def is_ours(module: str) -> bool:
    return module.startswith("wps_xl.")


def test_a_module_imports_only_from_rooms_before_its_own(sources: list[Source]) -> None:
    wrong = [
        f"{module.name} imports {other}"
        for module in sources
        for other in module.imports
        if room(other) > room(module.name)
    ]

    assert wrong == []


def test_sheets_and_report_do_not_know_each_other(sources: list[Source]) -> None:
    rooms = {(m.name.split("/")[0], other.split("/")[0]) for m in sources for other in m.imports}

    assert not rooms & SIDE_DOORS


def test_no_module_has_more_than_350_lines(sources: list[Source]) -> None:
    assert {module.name: module.lines for module in sources if module.lines > 350} == {}


def test_rows_are_read_by_attributes_and_not_by_headings_or_codes_of_columns(
    sources: list[Source],
) -> None:
    fields = [field for plan in plans(load()) for field in plan.fields]
    headings = {repr(field.heading) for field in fields}
    headings |= {
        name for name, value in vars(layout).items() if isinstance(value, str) and value in headings
    }
    codes = {repr(field.code) for field in fields if field.code}
    apart = ("records", "codebook", "sheets", "office", "sample")

    found = [
        f"{module.name}: {of}[{key}]"
        for module in sources
        if module.name.split("/")[0] not in apart
        for of, key in module.lookups
        if key in headings or (key in codes and of in ("row", "line", "one", "other", "record"))
    ]

    # Columns of frames, and lines of returns before they are records.
    assert len(found) < 30, found


def test_no_string_holds_an_entity_a_cycle_or_a_figure_of_the_published_review(
    sources: list[Source],
) -> None:
    entities = {code for code in load()["entities"] if len(code) > 1}
    words = entities | set(load()["cycles"])
    years = re.compile(r"(?<!\d)(?:2005|2006|2007|2008|2009|34,?086|509,?765|140,?000)(?!\d)")

    found = [
        f"{module.name}: {text!r}"
        for module in sources
        for text in module.literals
        if not words.isdisjoint(re.findall(r"[\w-]+", text))
        or years.search(re.sub(r"(?:https?|urn):\S+|\{http\S+", "", text))
    ]

    assert all(re.fullmatch(r"[\w-]+", word) for word in words)
    assert found == []


def test_only_the_rooms_for_files_touch_excel_and_word_files(sources: list[Source]) -> None:
    doors = {
        "openpyxl": ("office/", "sheets/"),
        "docx": ("office/word/", "report/proof/"),
        "python_calamine": ("office/reading/",),
    }
    wrong = [
        f"{module.name} imports {library}"
        for module in sources
        for library, places in doors.items()
        if library in module.libraries and not module.name.startswith(places)
    ]

    assert wrong == []


def test_the_office_rooms_know_nothing_of_women_peace_and_security(sources: list[Source]) -> None:
    import subprocess
    import sys

    domain = [f"wps_xl.{room}" for room in ROOMS if room != "office"]
    modules = [
        "wps_xl." + module.name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for module in sources
        if module.name.startswith("office/")
    ]
    code = f"""
import importlib, sys
for room in {domain}:
    sys.modules[room] = None
for module in {modules}:
    importlib.import_module(module)
"""

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert len(modules) > 100
    assert told.stderr == ""


def test_the_command_line_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, wps_xl.cli; print(' '.join(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    heavy = {"pandas", "numpy", "pandera", "openpyxl", "docx", "matplotlib", "xlwings", "rich"}
    assert not heavy & set(modules)
