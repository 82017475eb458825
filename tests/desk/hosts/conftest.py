"""A review workbook as a file, and the same one open in Excel."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demonstrations import MOMENT, of_a_few, once, short_lists
from desk.hosts import excel_engine
from desk.hosts.excel_engine import open_in_excel
from desk.hosts.excel_record import RECORD
from rows import rows_in

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts import Host
from wps_xl.desk.hosts.excel import ExcelHost
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value
from wps_xl.review.workbook import Review


@pytest.fixture(autouse=True)
def _excel_is_closed() -> Iterator[None]:
    yield
    RECORD.quiet = True
    excel_engine.ENGINE.apps.open.clear()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new review workbook with two invitations and a few recommendations, its lists cut short."""
    codebook = short_lists()
    review = new_review(codebook, next(iter(codebook["cycles"])))
    rows: list[dict[str, Value]] = [
        {"Addressee": "Entities", "Recommendation": f"Number {n}"} for n in range(3)
    ]
    review = with_rows(review, "Recommendations", rows)
    invited = rows_in(review, "Register")[:2]
    path = tmp_path_factory.mktemp("blank") / "review.xlsx"
    FilesHost().write(with_rows(review, "Register", invited), path, MOMENT)
    return path


Opened = tuple[Host, Path, Callable[[], Review]]


@pytest.fixture(params=["file", "excel"])
def opened(request: pytest.FixtureRequest, blank: Path, tmp_path: Path) -> Opened:
    """A host, its workbook, and what a reader finds in the workbook afterwards."""
    path = tmp_path / "review.xlsx"
    shutil.copy(blank, path)
    return opened_by(request.param, path)


def opened_by(kind: str, path: Path) -> Opened:
    """The workbook at ``path`` by one of the hosts."""
    if kind == "file":
        return FilesHost(), path, lambda: FilesHost().read(path)
    host = ExcelHost(open_in_excel(path))

    def saved() -> Review:
        copy = path.with_name("saved.xlsx")
        host.book.impl.wb.save(copy)
        return FilesHost().read(copy)

    return host, path, saved


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration of a few entities: returns/, review.xlsx, council_report.docx; do not
    write into it."""
    return once(tmp_path_factory, "few", of_a_few)
