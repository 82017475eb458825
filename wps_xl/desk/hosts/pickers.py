"""Excel's own questions: a folder, a file, a line of text; on macOS those of the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDERS, FILES = 4, 3
"""msoFileDialogFolderPicker and msoFileDialogFilePicker."""
TEXT = 2
CHOSEN = -1


def pick_folder(app: Any, title: str) -> Path | None:
    """The folder that the user picks, None where they cancel."""
    if sys.platform == "darwin":
        return _path(_apple(f'POSIX path of (choose folder with prompt "{_plain(title)}")'))
    return _picked(app, FOLDERS, title)


def pick_file(app: Any, title: str, kind: str) -> Path | None:
    """The file of a kind such as docx that the user picks."""
    if sys.platform == "darwin":
        prompt = f'choose file with prompt "{_plain(title)}" of type {{"{_plain(kind)}"}}'
        return _path(_apple(f"POSIX path of ({prompt})"))
    return _picked(app, FILES, title, kind)


def ask_text(app: Any, question: str, suggestion: str, title: str) -> str | None:
    """What the user types, None where they cancel."""
    if sys.platform == "darwin":
        words = f'display dialog "{_plain(question)}" default answer "{_plain(suggestion)}"'
        return _apple(f"text returned of ({words})")
    found = app.api.InputBox(question, title, suggestion, Type=TEXT)
    return None if found is False else str(found)


def _picked(app: Any, kind: int, title: str, ending: str = "") -> Path | None:
    dialog = app.api.FileDialog(kind)
    dialog.Title = title
    dialog.AllowMultiSelect = False
    if ending:
        dialog.Filters.Clear()
        dialog.Filters.Add(ending, f"*.{ending}")
    return Path(dialog.SelectedItems(1)) if dialog.Show() == CHOSEN else None


def _apple(script: str) -> str | None:
    """What the system answered, None where the question was cancelled."""
    done = subprocess.run(
        ["/usr/bin/osascript", "-e", script], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _plain(text: str) -> str:
    return text.replace("\\", "").replace('"', "'")


def show_file(path: Path) -> None:
    """Open a file in the program that it belongs to."""
    if sys.platform == "win32":
        import os

        os.startfile(path)
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/open", str(path)], check=False)
