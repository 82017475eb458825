"""The port between commands and the program that holds the review workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wps_xl.review.workbook import Review

if TYPE_CHECKING:
    from wps_xl.desk.hosts.together import Document


class Host(Protocol):
    """Where the review workbook lives: a closed file, or open in Excel."""

    def ready(self, path: Path) -> None:
        """Raise OutputError where the workbook could not be written back now, and why.

        What a stopped run had begun is completed.
        """

    def save(self, path: Path) -> None:
        """Have the file hold what the open workbook holds; OutputError where there is no file."""

    def read(self, path: Path) -> Review:
        """The review workbook as values; InputError where it is none."""

    def write(
        self,
        review: Review,
        path: Path,
        written: dt.datetime,
        documents: Sequence[Document] = (),
    ) -> None:
        """Write it back; OutputError where it cannot be written, and then nothing has changed.

        ``documents`` are put in place once the workbook is written, or by the next run.
        """
