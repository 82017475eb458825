"""The review workbook as it stands open in Excel (xlwings, BSD part only).

Cells are written as values, and those that do not change are not touched; so selection, filters,
scroll position and the staff's own sheets stay as they are. Nothing is unprotected or saved.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wps_xl import __version__
from wps_xl.desk.hosts import open_book, pickers
from wps_xl.desk.hosts.excel_errors import (
    HALF_WRITTEN,
    NEEDS_A_FILE,
    NOT_SAVED,
    NOT_SHOWN,
    ON_A_SERVER,
    REOPENED,
    STAYED_CLOSED,
    UNCHANGED,
    WRITTEN_CLOSED,
    excel_errors,
    sentences,
)
from wps_xl.desk.hosts.excel_state import put_back, quiet
from wps_xl.desk.hosts.frozen import MARK, refuse_marked
from wps_xl.errors import InputError, OutputError, WpsError
from wps_xl.model import Book, Grid, column_letter
from wps_xl.notices import stays, tell

if TYPE_CHECKING:
    from wps_xl.codebook import Codebook, Cycle
    from wps_xl.desk.hosts.files import FilesHost
    from wps_xl.desk.hosts.together import Document
    from wps_xl.review.workbook import Review
    from wps_xl.sheets.review.shown import Shown

TITLE = "WPS 1325"
# xlwings asks a busy Excel again without end; this is some seconds.
ATTEMPTS = 500
_NOT_READ = frozenset({"Pivot data"})
_HOLD_LISTS = ("Cycle", "Lists", "Register")


class ExcelHost:
    """The host of the ribbon: one workbook that is open in Excel."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.app = book.app
        self._chosen: dict[str, str] = {}

    @cached_property
    def _files(self) -> FilesHost:
        """The host of workbooks that are not open; a check of the open return needs none."""
        from wps_xl.desk.hosts.files import FilesHost

        return FilesHost()

    @classmethod
    def calling(cls) -> ExcelHost:
        """The workbook that was in front when the button was pressed."""
        import xlwings

        with sentences():
            windows = getattr(xlwings, "_xlwindows", None)
            if windows is not None:
                windows.N_COM_ATTEMPTS = ATTEMPTS
            return cls(xlwings.Book.caller())

    @property
    def path(self) -> Path:
        """Where the workbook lies; only its name where that is no folder of this computer."""
        with sentences():
            return Path(self.book.fullname if self.is_local else self.book.name)

    @property
    def is_local(self) -> bool:
        """Whether the workbook lies in a folder: saved once, and not known by a web address."""
        with sentences():
            name = str(self.book.fullname)
        return "://" not in name and ("/" in name or "\\" in name)

    def ready(self, path: Path) -> None:
        """See Host."""
        if not self._is_open(path):
            self._files.ready(path)
            return
        with sentences():
            if self.book.fullname == self.book.name:
                raise OutputError(
                    f"{self.book.name} has not been saved yet. Save it in a folder, then press the "
                    "button again."
                )
            refuse_marked(self.setting(MARK), self.book.name)
            if open_book.flag(self.book, "ReadOnly", "read_only"):
                raise OutputError(
                    f"{self.book.name} is open read-only. Close it and open it for editing, or "
                    "save it under another name; then press the button again."
                )
            locked = [sheet.name for sheet in self.book.sheets if open_book.is_protected(sheet)]
        if locked:
            raise OutputError(
                f"Sheet {', '.join(locked)} of {self.book.name} is protected. Choose Review, "
                "Unprotect Sheet in Excel, then press the button again. Nothing was changed."
            )
        if self.is_local:
            from wps_xl.desk.hosts.synced import tell_copies
            from wps_xl.desk.hosts.together import complete

            tell_copies(path)
            complete(path, lambda: self.read(path))

    def save(self, path: Path) -> None:
        """See Host."""
        if not self._is_open(path):
            return
        if not self.is_local:
            raise OutputError(ON_A_SERVER.format(name=self.book.name))
        with sentences(NOT_SAVED.format(name=path.name)):
            self.book.save()

    def read(self, path: Path) -> Review:
        """See Host."""
        if not self._is_open(path):
            return self._files.read(path)
        return self._read()[0]

    def _read(self) -> tuple[Review, Mapping[str, Grid]]:
        """The review, with what staff typed over generated ranges, and the sheets themselves."""
        from wps_xl.desk.hosts.open_rows import totals
        from wps_xl.sheets.review.reader import review_of, without_totals
        from wps_xl.sheets.review.written import typed_over

        with sentences():
            sheets = [sheet for sheet in self.book.sheets if sheet.name not in _NOT_READ]
            grids = {sheet.name: open_book.values(sheet) for sheet in sheets}
            pivots = {sheet.name: open_book.pivot_boxes(sheet) for sheet in sheets}
            grids = without_totals(grids, totals(self.book))
        review = review_of(self.book.name, grids)
        return replace(review, typed=typed_over(review, grids, pivots)), grids

    def write(
        self,
        review: Review,
        path: Path,
        written: dt.datetime,
        documents: Sequence[Document] = (),
    ) -> None:
        """See Host."""
        if not self._is_open(path):
            self._files.write(review, path, written, documents)
            return
        from wps_xl.desk.hosts.files import kept_line
        from wps_xl.desk.hosts.open_next import next_state
        from wps_xl.desk.hosts.open_rows import STAY, parted, totals
        from wps_xl.desk.hosts.together import placed_with, refuse_saved_documents
        from wps_xl.sheets.review.shown import shown

        old, grids = self._read()
        before = shown(old, written)
        kept, notes, after = next_state(review, before, written)
        with sentences():
            apart = parted(self.book, old, kept, grids)
            complete = self._has_all(after) and not any(totals(self.book))
        complete = complete and old.version == __version__
        complete = complete and all(before.is_alone_on(grids[name]) for name in old.retired)
        if self.is_local and not (complete and after.is_laid_out_like(before) and not apart):
            self._write_as_file(review, written, documents)
            return
        if not (complete and after.counts_the_same(before)):
            raise OutputError(NEEDS_A_FILE.format(name=self.book.name))
        if apart:
            tell(STAY.format(names=", ".join(apart)))
        refuse_saved_documents(documents)
        with placed_with(path if self.is_local else None, documents, kept, lambda: self.read(path)):
            self.change((old, before.now_showing(grids)), (kept, after))
            if notes:
                stays(kept_line(notes))

    def _has_all(self, shown: Shown) -> bool:
        """Whether every generated sheet and table is there; an older version made fewer."""
        with sentences():
            sheets = {sheet.name: sheet for sheet in self.book.sheets}
            if not set(shown.cells) <= set(sheets):
                return False
            homes = {table.sheet for table in shown.sources.values()}
            tables = {table.name for home in homes for table in sheets[home].tables}
        return set(shown.sources) <= tables

    def change(self, before: tuple[Review, Shown], after: tuple[Review, Shown]) -> None:
        """Bring the open workbook from one state to the next, or leave it as it was."""
        from wps_xl.desk.hosts.open_tables import Journal, write_changes

        journal = Journal()
        with sentences(UNCHANGED), quiet(self.app):
            try:
                write_changes(self.book, journal, before, after)
            except BaseException as fault:
                if not journal.undo():
                    raise OutputError(HALF_WRITTEN.format(name=self.book.name)) from fault
                raise

    def as_return(self) -> Book:
        """The workbook in front, read as a return."""
        with sentences():
            return Book(Path(self.book.name), open_book.grids(self.book), dt.datetime.now())

    def reviews(self) -> Iterator[tuple[str, Codebook, Cycle]]:
        """Name, code lists and cycle of each review workbook that is open in this Excel."""
        for book in self.app.books:
            with sentences():
                sheets = [sheet for sheet in book.sheets if sheet.name in _HOLD_LISTS]
                if len(sheets) < len(_HOLD_LISTS):
                    continue
                grids = {sheet.name: open_book.values(sheet) for sheet in sheets}
            # A press on a return alone pays for none of this.
            from wps_xl.sheets.review.reader import lists_of

            codebook, settings = lists_of(book.name, grids)
            yield book.name, codebook, codebook.cycle(str(settings.get("cycle") or ""))

    def progress(self, done: int, total: int, name: str) -> None:
        """Say in the status bar how far the work is, unless Excel is busy."""
        with contextlib.suppress(*excel_errors()):
            self.app.status_bar = f"{TITLE}: {done} of {total}: {name}"

    def tell(self, text: str, *, critical: bool = False) -> None:
        """One message, until it is clicked away."""
        with sentences():
            self.app.alert(text, TITLE, mode="critical" if critical else "info")

    def go_to(self, sheet: str, address: str = "A1") -> None:
        """Select a cell and bring it into view."""
        with sentences():
            if sheet not in [known.name for known in self.book.sheets]:
                raise InputError(f"{self.book.name} has no sheet {sheet}.")
            self.book.sheets[sheet].activate()
            self.book.sheets[sheet].range(address).select()

    def selected(self) -> tuple[str, int, int]:
        """Sheet, row and column of the first selected cell."""
        with sentences():
            found = open_book.selection(self.book)
        return found["sheet"], found["row"], found["column"]

    def kind(self) -> str:
        """What the workbook is, as the add-in sees it: review, return or other."""
        with sentences():
            names = {sheet.name.casefold() for sheet in self.book.sheets}
        if {"cycle", "lists"} <= names:
            return "review"
        return "return" if "cover" in names else "other"

    def setting(self, code: str) -> str:
        """One line of sheet Cycle as text, blank where there is none."""
        with sentences():
            found = self._settings().get(code)
        return "" if found is None else str(found[1]).strip()

    def remember(self, code: str, value: str) -> None:
        """Have a line of sheet Cycle written by keep_settings."""
        self._chosen[code] = value

    def keep_settings(self) -> None:
        """Write what was remembered: code in C, value in B. The work is done by then: where Excel
        is busy, or an older workbook lacks the line, the user is asked again next time."""
        with contextlib.suppress(*excel_errors()):
            found = self._settings() if self._chosen else {}
            for code in self._chosen.keys() & found.keys():
                cell = self.book.sheets["Cycle"].range((found[code][0], 2))
                cell.value = f"'{self._chosen[code]}"

    def _settings(self) -> dict[str, tuple[int, Any]]:
        """Row and value of each line of sheet Cycle, by code; the value may be blank."""
        if self.kind() != "review":
            return {}
        sheet = self.book.sheets["Cycle"]
        last = sheet.used_range.last_cell.row
        lines = sheet.range((1, 2), (last, 3)).options(ndim=2, empty="").value
        return {str(code): (row, value) for row, (value, code) in enumerate(lines, 1) if code}

    def ask(self, question: str, suggestion: str = "") -> str | None:
        """What the user types, None where they cancel."""
        with sentences():
            return pickers.ask_text(self.app, question, suggestion, TITLE)

    def ask_folder(self, title: str) -> Path | None:
        """The folder that the user picks."""
        with sentences():
            return pickers.pick_folder(self.app, title)

    def ask_file(self, title: str, kind: str) -> Path | None:
        """The file that the user picks."""
        with sentences():
            return pickers.pick_file(self.app, title, kind)

    def show(self, path: Path) -> None:
        """Open a workbook in this Excel, any other file in its own program."""
        with sentences(NOT_SHOWN.format(path=path), OSError, ValueError):
            if path.suffix == ".xlsx":
                self.app.books.open(str(path))
            else:
                pickers.show_file(path)

    def free(self) -> None:
        """Give the status bar back to Excel."""
        put_back(self.app, "status_bar", False)

    def _is_open(self, path: Path) -> bool:
        return path == self.path

    def _write_as_file(
        self, review: Review, written: dt.datetime, documents: Sequence[Document]
    ) -> None:
        """Save, close, write the file, open it again: PivotTables have to be laid out anew."""
        path, place = self.path, self.selected()
        with sentences(UNCHANGED), quiet(self.app):
            books = self.app.books
            self.save(path)
            try:
                self.book.close()
                self._files.write(review, path, written, documents)
            except BaseException as fault:
                why = f"{fault.at_button} " if isinstance(fault, WpsError) else ""
                self._open_again(books, path, place, STAYED_CLOSED, why)
                raise
            self._open_again(books, path, place, WRITTEN_CLOSED)
        tell(REOPENED.format(name=path.name))

    def _open_again(
        self, books: Any, path: Path, place: tuple[str, int, int], otherwise: str, why: str = ""
    ) -> None:
        """Open the workbook at the place that was selected; where that fails, say ``otherwise``."""
        sheet, row, column = place
        with sentences(otherwise.format(why=why, name=path.name, path=path), OSError):
            try:
                self.book = books.open(str(path))
            except excel_errors():
                self.book = books.open(str(path))
        with contextlib.suppress(WpsError):
            self.go_to(sheet, f"{column_letter(column)}{row}")
