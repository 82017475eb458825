"""Finds the folders that staff edit, in a checkout and in an installed wheel."""

from pathlib import Path

from wps_xl.errors import CodebookError

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder ``name``, such as ``templates/council_report.docx``.

    In a checkout ``templates/``, ``workbook/`` and ``macros/`` stand beside the package; a wheel
    carries them inside it.
    """
    for root in (_PACKAGE / "_assets", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise CodebookError(f"{name} is missing from this installation. Install wps_xl again.")
