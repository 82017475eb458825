"""xlwings' own BSD-licensed VBA module, changed so that no received workbook can steer it.

The stock module takes settings from the workbook in front, from its folder and from its sheets,
and puts the workbook's path on a command line. Staff press buttons on workbooks that others sent.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wps_xl.errors import CodebookError

PROJECT = "wps_xl"
SETTINGS_SHEET = f"{PROJECT}.conf"
# What every class module says in its stream, and never in an exported file.
_CLASS = 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"'


@dataclass(frozen=True)
class Edit:
    """One change to the module: what must be found exactly once, and what stands there instead."""

    why: str
    pattern: str
    text: str


EDITS: Sequence[Edit] = (
    Edit(
        "the add-in's own name",
        r'PROJECT_NAME As String = "myaddin"',
        f'PROJECT_NAME As String = "{PROJECT}"',
    ),
    Edit(
        "a comment behind a directive stops other VBA compilers",
        r'#Const App = "Microsoft Excel" \'Adjust[^\n]*',
        '#Const App = "Microsoft Excel"',
    ),
    Edit(
        "a sheet named *.py is never run",
        r"    For i = 1 To 2\n        If i = 1 Then\n            Set wb = ActiveWorkbook\n"
        r".*?    Next i\n",
        "    ' wps_xl: code on sheets is never run\n",
    ),
    Edit(
        "no path of a workbook reaches the shell (a^&b.xlsx would run b.xlsx as a command), and "
        "modules are never looked for in its folder or, by an empty entry, in the current one",
        r'    If uses_embedded_code = True Then\n        AddExcelDir = "false"\n'
        r'.*?GetConfig\("PYTHONPATH"\)\n    #End If\n',
        "    ' wps_xl: no path of a workbook, no further place for modules\n"
        '    PYTHONPATH = "false"\n',
    ),
    Edit(
        "without an interpreter in the settings nothing runs: python would be looked for in the "
        "folder of the workbook first",
        r'        interpreter = GetConfig\("INTERPRETER", "python"\)\n',
        "        ' wps_xl: no search for an interpreter\n"
        '        MsgBox "WPS 1325 does not know its Python. Run wps-xl addin install in a command '
        'window, then start Excel again.", vbExclamation, "WPS 1325"\n'
        "        RunPython = -1\n        Exit Function\n",
    ),
    Edit(
        "modules in the current folder are never imported",
        r'" -B -c ""import xlwings\.utils;',
        '" -P -B -c ""import xlwings.utils;',
    ),
    Edit(
        "a settings sheet in the workbook in front is ignored",
        r"            'Workbook Sheet Config\n.*?(?=            'Add-in Sheet Config)",
        "            ' wps_xl: a settings sheet in the workbook in front is ignored\n",
    ),
    Edit(
        "a settings file beside the workbook is ignored",
        r"    ' Directory Config\n.*?(?=    ' User Config)",
        "    ' wps_xl: a settings file beside the workbook is ignored\n\n",
    ),
    Edit(
        "the add-in's sheet is read, whatever sheet is in front",
        r'For Each cell In Range\(sht\.Range\("A1"\), lastCell\)',
        'For Each cell In sht.Range(sht.Range("A1"), lastCell)',
    ),
)


def hardened_module(edits: Sequence[Edit] = EDITS) -> str:
    """The module as it goes into the add-in; CodebookError where an edit does not fit."""
    text = (_xlwings() / "xlwings_custom_addin.bas").read_text(encoding="cp1252")
    for edit in edits:
        text, count = re.subn(edit.pattern, _literal(edit.text), text, flags=re.DOTALL)
        if count != 1:
            raise CodebookError(
                f"The module of the installed xlwings differs from the one that wps_xl knows: "
                f"'{edit.why}' fits {count} places. Install the version of xlwings that wps_xl "
                "asks for, then build again."
            )
    return text


def _literal(text: str) -> Callable[[re.Match[str]], str]:
    """A replacement in which backslashes and group numbers mean nothing."""
    return lambda match: text


def dictionary_class() -> str:
    """The class that the module needs on macOS (Tim Hall, MIT), as a module stream holds it."""
    text = (_xlwings() / "addin" / "Dictionary.cls").read_text(encoding="utf-8")
    name, rest = text[text.index("Attribute VB_Name") :].split("\n", 1)
    return f"{name}\n{_CLASS}\n{rest}"


def applescript() -> Path:
    """The script through which Excel for Mac starts Python."""
    return next(_xlwings().glob("xlwings-*.applescript"))


def _xlwings() -> Path:
    """Where xlwings is installed; importing it would load pandas."""
    spec = importlib.util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise CodebookError("xlwings is not installed. Install wps_xl again.")
    return Path(spec.origin).parent
