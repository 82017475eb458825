"""Whether a draft still stands as it was written."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from wps_xl.errors import InputError
from wps_xl.report.word import ledger, package
from wps_xl.report.word.assembly import WHOLE, whole_text


def edited_since(path: Path) -> bool:
    """Whether somebody changed words of a draft with a ledger; False for any other file.

    The result of an update holds what a drafter wrote, so it always counts as edited.
    """
    try:
        document = package.open_word(path)
        part = package.custom_part(document, ledger.NAMESPACE)
        if part is None or not ledger.from_xml(part.blob):
            return False
        notes = package.root_of(package.footnotes_part(document, path.name))
    except InputError:
        return False
    return bool(etree.fromstring(part.blob).get(WHOLE) != whole_text(document, notes))
