"""Runs the add-in's macros in pyopenvba's VBA runtime, with doubles for what needs Windows."""

from __future__ import annotations

import re
from pathlib import Path

from pyopenvba.apps.excel import ExcelApplication

from wps_xl.addin.build import module_sources

# Takes the place of the xlwings module: the same public name, and it notes what it was told.
STUB = """Attribute VB_Name = "xlwings"
Option Explicit
Public Started As String
Public Function RunPython(PythonCommand As String)
    Started = Started & PythonCommand & vbLf
    StatusThen = StatusThen & Application.StatusBar & vbLf
    RunPython = 0
End Function
"""
CONTROL = """Attribute VB_Name = "FakeControl"
Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = False
Option Explicit
Public ID As String
Public Tag As String
"""
PRESSES = """Attribute VB_Name = "Presses"
Option Explicit
Public StatusThen As String
Public Function Press(ByVal id As String, ByVal places As String) As String
    Dim control As FakeControl
    Set control = New FakeControl
    control.ID = id
    control.Tag = places
    Started = ""
    WpsOnAction control
    Press = Started
End Function
Public Function Enabled(ByVal places As String) As Boolean
    Dim control As FakeControl, answer As Variant
    Set control = New FakeControl
    control.Tag = places
    WpsGetEnabled control, answer
    Enabled = answer
End Function
"""
# What Windows would answer: files are lines of path|key|value, commands are noted, not run.
_WINDOWS = """Attribute VB_Name = "FakeWindows"
Option Explicit
Public Files As String
Public Commands As String
Public Sub SetFiles(ByVal lines As String)
    Files = lines
    Commands = ""
End Sub
Public Function FakeEnviron(ByVal name As String) As String
    FakeEnviron = "C:\\Users\\me"
End Function
Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = InStr(LCase$(Files), LCase$(FileSpec)) > 0
End Function
Public Function GetConfigFromFile(sFile As String, sName As String, _
    Optional sValue As String) As Boolean
    Dim line As Variant, parts As Variant
    For Each line In Split(Files, vbLf)
        parts = Split(line, "|")
        If UBound(parts) = 2 Then
            If LCase$(parts(0)) = LCase$(sFile) And LCase$(parts(1)) = LCase$(sName) Then
                sValue = parts(2)
                GetConfigFromFile = True
            End If
        End If
    Next line
End Function
Public Function WScript(Optional CreateNew As Boolean) As Object
    Set WScript = New FakeShell
End Function
Public Function CreateGUID() As String
    CreateGUID = "guid"
End Function
"""
_SHELL = """Attribute VB_Name = "FakeShell"
Option Explicit
Public Function Run(ByVal command As String, Optional ByVal style As Variant, _
    Optional ByVal wait As Variant) As Long
    Commands = Commands & command & vbLf
End Function
Public Function ExpandEnvironmentStrings(ByVal text As String) As String
    ExpandEnvironmentStrings = text
End Function
"""
_DOUBLED = ("FileExists", "GetConfigFromFile", "WScript", "CreateGUID")


def buttons_app() -> ExcelApplication:
    """Our modules over the stub, with a workbook in front."""
    app = ExcelApplication()
    app.add_workbook()
    sources = module_sources()
    # The runtime has no application events; LibreOffice compiles that class.
    app.add_module(
        "Option Explicit\nPublic Sub Follow(ByVal excel As Object)\nEnd Sub\n",
        name="WpsEvents",
        kind="class",
    )
    for name in ("WpsRibbon", "WpsRunner"):
        app.add_module(sources[name], name=name)
    app.add_module(STUB, name="xlwings")
    app.add_module(CONTROL, name="FakeControl", kind="class")
    app.add_module(PRESSES, name="Presses")
    return app


def xlwings_app(addin: Path, module: str) -> ExcelApplication:
    """The built add-in with an xlwings module, hardened or not, on a Windows that notes only."""
    app = ExcelApplication.open(addin, with_vba=False)
    app.add_module(_SHELL, name="FakeShell", kind="class")
    app.add_module(_WINDOWS, name="FakeWindows")
    app.add_module(_for_the_runtime(module), name="xlwings")
    return app


def _for_the_runtime(module: str) -> str:
    """The module without what only Windows answers, and without comments behind directives."""
    for name in _DOUBLED:
        pattern = rf"^(?:Public )?Function {name}\(.*?^End Function\n"
        module, count = re.subn(pattern, "", module, count=1, flags=re.DOTALL | re.MULTILINE)
        assert count == 1, name
    module = re.sub(r"(?m)^(\s*#(?:If|Else|End|Const)[^'\n]*?)\s*'.*$", r"\1", module)
    # The runtime refuses to compare the text "False" with True; Excel does not.
    module = re.sub(r'(GetConfig\("[A-Z ]+", False\)) = True', r'CStr(\1) = "True"', module)
    module = re.sub(r'= (GetConfig\("[A-Z ]+", False\))', r'= (CStr(\1) = "True")', module)
    module = module.replace("Kill LOG_FILE", "Err.Clear")
    module = module.replace("Application.Hwnd", "4711").replace("Application.Path", '"C:\\Office"')
    return module.replace("Environ(", "FakeEnviron(")
