"""Review workbooks as closed files: read by one, written whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from wps_xl.desk.hosts.frozen import MARK, refuse_frozen, refuse_marked
from wps_xl.desk.hosts.locks import held, real, refuse_if_open, refuse_saved, state
from wps_xl.desk.hosts.synced import tell_copies
from wps_xl.desk.hosts.together import (
    Document,
    complete,
    journal_of,
    placed_with,
    refuse_saved_documents,
    settle,
)
from wps_xl.notices import stays
from wps_xl.nouns import counted
from wps_xl.records import Run
from wps_xl.review.workbook import Review

RETIRED = (
    "Emptied, since no thematic area of sheet Lists is called so any more: {sheets} {names}. "
    "Delete what you no longer need; this is said once."
)


class FilesHost:
    """The host of the command line. Without ``backups`` none are kept, as for a demonstration."""

    def __init__(self, backups: bool = True) -> None:
        self._backups = backups
        self._read: dict[Path, tuple[str, Review | None]] = {}

    def ready(self, path: Path) -> None:
        """See Host."""
        from wps_xl.sheets.review.reader import read_review

        refuse_if_open(path)
        refuse_frozen(path)
        tell_copies(real(path))
        complete(real(path), lambda: read_review(path))

    def save(self, path: Path) -> None:
        """See Host; a closed workbook is its file."""

    def read(self, path: Path) -> Review:
        """See Host."""
        from wps_xl.sheets.review.reader import read_review

        file = real(path)
        before = state(file)
        review = read_review(path)
        self._read[file] = (before, review)
        return review

    def write(
        self,
        review: Review,
        path: Path,
        written: dt.datetime,
        documents: Sequence[Document] = (),
    ) -> None:
        """See Host; only what is ours in the file is replaced, and a link stays one."""
        refuse_if_open(path)
        refuse_marked(review.text(MARK), path.name)
        file = real(path)
        with held(file):
            self._write(review, file, written, documents)

    def _write(
        self, review: Review, path: Path, written: dt.datetime, documents: Sequence[Document]
    ) -> None:
        from wps_xl.desk.hosts.backups import keep_backup
        from wps_xl.office.excel import saving
        from wps_xl.sheets.review.laid_anew import with_lost
        from wps_xl.sheets.review.reader import read_review
        from wps_xl.sheets.review.writer import write_review
        from wps_xl.sheets.review.written import with_notes

        known, before = self._read.get(path, (state(path), None))

        def as_read() -> None:
            refuse_saved(path, known)
            refuse_saved_documents(documents)

        as_read()
        saving.sweep(path)
        saving.sweep(journal_of(path))
        settle(path, lambda: read_review(path))
        if before is None and path.exists():
            before = read_review(path)
        kept, notes = with_notes(review, written)
        if before is not None:
            kept = with_lost(before, kept, path, written)
        # Words that nothing can tell from ours any more are only in the workbook as it is now.
        again = before is not None and bool(before.missing)
        more = again or not _changed_on(written.date(), before)
        backup = keep_backup(path, written.date(), more) if self._backups else None
        with placed_with(path, documents, kept, lambda: read_review(path), known):
            # The next lines take long; at their end it is asked once more.
            as_read()
            write_review(kept, path, written, before, as_read)
            self._read[path] = (state(path), None)
            if backup:
                change = "this" if again else "today's first"
                stays(f"{path.name} as it was before {change} change is kept as {backup}.")
            if notes:
                stays(kept_line(notes))
            if review.emptied:
                sheets = "sheet" if len(review.emptied) == 1 else "sheets"
                stays(RETIRED.format(sheets=sheets, names=", ".join(review.emptied)))


def kept_line(notes: int) -> str:
    """How many cells went to Notes, for the person who ran the command."""
    cells = counted(notes, "cell that was", "cells that were")
    return f"{cells} typed over what wps_xl writes: kept in sheet Notes."


def _changed_on(day: dt.date, review: Review | None) -> bool:
    """Whether the Log has a line of that day; a run that was stopped made a backup and no line."""
    runs = review.rows(Run) if review is not None else ()
    return any(run.when is not None and run.when.date() == day for run in runs)
