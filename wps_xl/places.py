"""Files and folders that the system refuses: what it says, and what helps against that."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from wps_xl.errors import OutputError

_ADVICE: Mapping[int, str] = {
    errno.ENOSPC: "Make room on the disk, then try again.",
    errno.EDQUOT: "Make room on the disk, then try again.",
    errno.EROFS: "Choose a folder that you may write to.",
    errno.ENOENT: "Make the folder, or choose another.",
    errno.ENOTDIR: "Choose another folder: a part of this one is a file.",
    errno.EISDIR: "A folder is called so: choose another name.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}
_OPEN = "Close it where it is open, or choose a folder that you may write to."
_ANYWHERE = (errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG)
# What helps where nothing was to be written, or nobody knows.
_ANY: Mapping[int, str] = {
    **{number: _ADVICE[number] for number in _ANYWHERE},
    errno.EROFS: "See that you may write there, or work in a copy in another folder.",
    errno.ENOENT: "It was there before: put it back, or name another; then try again.",
    errno.ENOTDIR: "A part of its name is a file, not a folder: name another.",
}
_REACHED = "See that you may open it and that its folder can be reached, then try again."


def unwritable(target: Path, fault: OSError, otherwise: str = _OPEN) -> str:
    """That a file cannot be written, why, and what helps against that.

    ``otherwise`` is said where the system's word for it does not tell the cause.
    """
    advice = _ADVICE.get(fault.errno or 0, otherwise)
    return f"{target} cannot be written: {fault.strerror or fault}. {advice}"


def advice_for(fault: OSError, otherwise: str) -> str:
    """What helps wherever it happens, as room against a full disk; else ``otherwise``."""
    return _ADVICE[fault.errno or 0] if fault.errno in _ANYWHERE else otherwise


def refused(what: str, fault: OSError) -> str:
    """That a command ended since the system refused a file, and what helps against that."""
    name = f"{fault.filename}: " if fault.filename else ""
    advice = _ANY.get(fault.errno or 0, _REACHED)
    return f"{what} could not be done. {name}{fault.strerror or fault}. {advice}"


def made(folder: Path, of: str) -> Path:
    """The folder, made where it is not there; ``of`` says what it is to hold.

    Raises
    ------
    OutputError
        Where a file is called so, or the system refuses it.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file. Name a folder for the {of}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        advice = _ADVICE.get(fault.errno or 0, "Name another one.")
        raise OutputError(
            f"The folder {folder} cannot be made: {fault.strerror or fault}. {advice}"
        ) from fault
    return folder
