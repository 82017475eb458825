"""Fixtures for all tests."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import kept_reader
import kept_workbooks
import pytest
from libreoffice import Office, require_office
from openpyxl.reader.workbook import WorkbookParser

GOLDEN = Path(__file__).with_name("golden")


def pytest_configure() -> None:
    """Let openpyxl read what PivotTables keep once and not for every sheet: that is two thirds of
    the time that it takes to open a review workbook. wps_xl itself does not open them so."""
    caches = cached_property(vars(WorkbookParser)["pivot_caches"].fget)
    caches.__set_name__(WorkbookParser, "pivot_caches")
    setattr(WorkbookParser, "pivot_caches", caches)  # noqa: B010
    kept_reader.keep()
    kept_workbooks.keep()
    # Workbooks are many small things without circles among them: look for those seldom.
    gc.set_threshold(100_000)


def pytest_unconfigure() -> None:
    """End the process that read workbooks for all tests."""
    kept_reader.let_go()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` accepts what the tests produce now."""
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew; read the diff"
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: an archive holds the second in which it was packed, and
    the two processes of a run must know a test by one name."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses LibreOffice; ``-m "not office and not offline"`` leaves it out.

    The second half is the default, which a ``-m`` of one's own takes the place of.
    """
    for item in items:
        if "office" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.office)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A running LibreOffice; the test is skipped where there is none."""
    require_office()
    running = Office()
    yield running
    running.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(name, text)`` fails with the difference if text is not what tests/golden has."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != known:
            lines = difflib.unified_diff(
                known.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm=""
            )
            pytest.fail("\n".join([*lines, "Accept it with --update-golden."]), pytrace=False)

    return check
