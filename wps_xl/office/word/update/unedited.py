"""Whether a draft still stands as it was written."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from wps_xl.errors import InputError
from wps_xl.office.word import ledger, opening, package
from wps_xl.office.word.assembly import WHOLE, whole_text
from wps_xl.office.word.comments import AUTHOR


def edited_since(path: Path) -> bool:
    """Whether a file holds what we did not write: words, comments, or a document of somebody.

    The result of an update holds what a drafter wrote, and a file without record may be anybody's.
    """
    try:
        document = opening.open_word(path)
        part = package.custom_part(document, ledger.NAMESPACE)
        if part is None:
            return True
        notes = package.root_of(package.footnotes_part(document, path.name))
        written = etree.fromstring(part.blob)
    except (InputError, etree.XMLSyntaxError):
        return True
    others = any(comment.author != AUTHOR for comment in document.comments)
    return others or written.get(WHOLE) != whole_text(document, notes)
