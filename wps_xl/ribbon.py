"""What a button of the ribbon starts: ``run`` is called by the add-in, and nothing else.

A press starts a fresh Python, so nothing heavy is imported before it is needed. Whatever happens
ends in one message box, and Excel is left as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wps_xl import __version__
from wps_xl.desk.commands import BY_NAME
from wps_xl.desk.commands.buttons import BY_ID, RETURN, REVIEW, Button
from wps_xl.errors import InputError, WpsError

if TYPE_CHECKING:
    from wps_xl.desk.commands import Command, Outcome
    from wps_xl.desk.hosts.excel import ExcelHost

OTHER_VERSION = (
    "The buttons are of version {addin}, the program behind them of version {package}. Close "
    "Excel, run wps-xl addin install in a command window, then start Excel again."
)


def run(button_id: str, version: str) -> None:
    """Do what the button says and tell its user how it went; never raises."""
    host: ExcelHost | None = None
    try:
        from wps_xl.desk.hosts.excel import ExcelHost
        from wps_xl.desk.hosts.excel_errors import sentences

        with sentences():
            host = ExcelHost.calling()
            text, critical = _act(_button(button_id, version), host), False
    except WpsError as fault:
        # What the user chose is no failure.
        text, critical = fault.at_button, not isinstance(fault, InputError)
    except Exception:  # one of the two entrances: whatever happened, a sentence and a log
        text, critical = _noted(f"Button {button_id}"), True
    _close(host, text, critical)


def _button(button_id: str, version: str) -> Button:
    if version != __version__:
        raise InputError(OTHER_VERSION.format(addin=version, package=__version__))
    button = BY_ID.get(button_id)
    if button is None:
        raise InputError(f"wps_xl has no button '{button_id}'. Install the add-in again.")
    return button


def _act(button: Button, host: ExcelHost) -> str:
    """Do it; what to tell the user, nothing where it shows by itself."""
    if button.id in _OWN:
        return "\n".join(_OWN[button.id](host))
    if button.id == "validate" and host.kind() == RETURN:
        from wps_xl.desk.commands.open_return import validate_open

        return "\n".join(validate_open(host.as_return(), host.reviews()).lines)
    return _run_command(button, host)


def _run_command(button: Button, host: ExcelHost) -> str:
    from wps_xl.desk.asking import options
    from wps_xl.desk.messages import message, next_step, told

    command = BY_NAME[button.verb or button.id]
    chosen = {**options(button, command, host), "host": host}
    if button.id == "new" and host.kind() == REVIEW:
        chosen["from"] = host.path
    outcome = command.run(chosen, host.progress)
    host.keep_settings()
    after = [*_shown(button, command, host, chosen, outcome)]
    after += next_step(button.id, outcome.faults)
    return message(told(outcome.lines), after, host.show)


def _shown(
    button: Button,
    command: Command,
    host: ExcelHost,
    chosen: Mapping[str, object],
    outcome: Outcome,
) -> list[str]:
    """Open what was written, go to the sheet that the user reads next; what did not open.

    The work is done by now, so an Excel that is busy does not make it a failure.
    """
    written = chosen.get("out") or chosen.get("target")
    if isinstance(written, Path):
        try:
            host.show(written)
        except WpsError as fault:
            return [fault.at_button]
    sheet = _SHEETS.get(button.id) or (_ISSUES if outcome.faults and command in _CHECKS else "")
    if sheet:
        with contextlib.suppress(WpsError):
            host.go_to(sheet)
    return []


def _next_issue(host: ExcelHost) -> list[str]:
    from wps_xl.desk.commands.open_return import issue_lines, next_issue

    found = next_issue(host.as_return(), *host.selected(), host.reviews())
    if found is None:
        return ["Nothing is left to correct in this return. Save it and send it back."]
    if found.cell:
        host.go_to(found.sheet, found.cell)
    return issue_lines(found)


def _guide(host: ExcelHost) -> list[str]:
    from wps_xl.addin.guide import open_guide

    open_guide()
    return []


def _settings(host: ExcelHost) -> list[str]:
    host.go_to("Cycle")
    return []


def _diagnose(host: ExcelHost) -> list[str]:
    from wps_xl.addin.diagnosis import diagnosis_lines

    return diagnosis_lines(host.path.parent if host.is_local else None)


def _about(host: ExcelHost) -> list[str]:
    from wps_xl.log import log_file

    return [f"wps_xl {__version__}.", f"Details of faults are in {log_file()}."]


_OWN: Mapping[str, Callable[[ExcelHost], list[str]]] = {
    "next_issue": _next_issue,
    "guide": _guide,
    "settings": _settings,
    "diagnose": _diagnose,
    "about": _about,
}
# Where the user reads next: after a press, and after a check that found errors.
_SHEETS: Mapping[str, str] = {"compare": "Comparison"}
_ISSUES = "Issues"
_CHECKS = (BY_NAME["validate"], BY_NAME["consolidate"])


def _close(host: ExcelHost | None, text: str, critical: bool) -> None:
    """Free the status bar, then say how it went: in Excel, else beside it."""
    try:
        if host is not None:
            host.free()
            if text:
                host.tell(text, critical=critical)
            return
    except Exception:  # the last word of this entrance: Excel could not say it
        _noted(text)
    _say_without_excel(text)


def _noted(what: str) -> str:
    """The sentence that names the log, also where the log cannot be written."""
    from wps_xl.log import noted

    try:
        return noted(what)
    except OSError as fault:
        return f"{what} could not be done because of a fault in wps_xl. No log was kept: {fault}."


def _say_without_excel(text: str) -> None:
    """A message box of the system; on macOS the add-in shows what is printed here."""
    import sys

    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "WPS 1325", 0x10)
    else:
        print(text, file=sys.stderr)
