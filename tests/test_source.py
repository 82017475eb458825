"""What must hold of the source itself: sizes, directions of imports, nothing about one cycle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import wps_xl
from wps_xl.codebook import load

PACKAGE = Path(wps_xl.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "_assets" not in p.parts)
# Rooms in the order in which data passes through them; a module imports only from rooms before.
ROOMS = [
    "codebook",
    "forms",
    "intake",
    "analysis",
    "sheets",
    "report",
    "hosts",
    "sample",
    "trace",
    "addin",
    "commands",
]
FOUNDATION = {"errors", "assets", "model", "notices", "faults", "nouns", "places"}
SIDE_DOORS = {("report", "sheets"), ("sheets", "report")}


def name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def room(module: str) -> int:
    first = module.split("/")[0].removesuffix(".py")
    return ROOMS.index(first) if first in ROOMS else -1 if first in FOUNDATION else len(ROOMS)


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wps_xl."):
            yield str(node.module).removeprefix("wps_xl.").replace(".", "/")
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("wps_xl.").replace(".", "/")
                for alias in node.names
                if alias.name.startswith("wps_xl.")
            )


def literals(module: Path) -> Iterator[str]:
    """Every string literal that is not a docstring."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings | bare:
            yield str(node.value)  # type: ignore[attr-defined]


def test_a_module_imports_only_from_rooms_before_its_own() -> None:
    wrong = [
        f"{name(module)} imports {other}"
        for module in MODULES
        for other in imports(module)
        if room(other) > room(name(module))
    ]

    assert wrong == []


def test_sheets_and_report_do_not_know_each_other() -> None:
    rooms = {(name(m).split("/")[0], other.split("/")[0]) for m in MODULES for other in imports(m)}

    assert not rooms & SIDE_DOORS


def test_no_module_has_more_than_350_lines() -> None:
    sizes = {name(m): len(m.read_text(encoding="utf-8").splitlines()) for m in MODULES}

    assert {module: size for module, size in sizes.items() if size > 350} == {}


def test_no_string_holds_an_entity_a_cycle_or_a_figure_of_the_published_review() -> None:
    entities = {code for code in load()["entities"] if len(code) > 1}
    cycles = set(load()["cycles"])
    words = re.compile("|".join(rf"(?<![\w-]){re.escape(w)}(?![\w-])" for w in entities | cycles))
    years = re.compile(r"(?<!\d)(?:2005|2006|2007|2008|2009|34,?086|509,?765|140,?000)(?!\d)")

    found = [
        f"{name(module)}: {text!r}"
        for module in MODULES
        for text in literals(module)
        if words.search(text) or years.search(re.sub(r"(?:https?|urn):\S+|\{http\S+", "", text))
    ]

    assert found == []


def test_only_the_rooms_for_files_touch_excel_and_word_files() -> None:
    doors = {"openpyxl": ("sheets/",), "docx": ("report/",), "python_calamine": ("intake/",)}
    wrong = []
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        for library, places in doors.items():
            used = re.search(rf"^\s*(?:from|import) {library}\b", text, re.MULTILINE)
            reads = library == "openpyxl" and name(module).startswith("intake/")
            if used and not reads and not name(module).startswith(places):
                wrong.append(f"{name(module)} imports {library}")

    assert wrong == []


def test_the_command_line_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, wps_xl.cli; print(' '.join(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    heavy = {"pandas", "numpy", "pandera", "openpyxl", "docx", "matplotlib", "xlwings", "rich"}
    assert not heavy & set(modules)
