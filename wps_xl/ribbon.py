"""What a button of the ribbon starts: ``run`` is called by the add-in, and nothing else.

A press starts a fresh Python, so nothing heavy is imported before it is needed. Whatever happens
ends in one message box, and Excel is left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from wps_xl import __version__
from wps_xl.commands.buttons import BY_ID, RETURN, Button
from wps_xl.errors import InputError, WpsError

if TYPE_CHECKING:
    from wps_xl.commands import Command, Outcome
    from wps_xl.hosts.excel import ExcelHost

# A message box holds about a thousand characters.
LONGEST_MESSAGE = 1_000
OTHER_VERSION = (
    "The buttons are of version {addin}, the program behind them of version {package}. Close "
    "Excel, run wps-xl addin install in a command window, then start Excel again."
)


def run(button_id: str, version: str) -> None:
    """Do what the button says and tell its user how it went; never raises."""
    host: ExcelHost | None = None
    try:
        from wps_xl.hosts.excel import ExcelHost

        host = ExcelHost.calling()
        button = _button(button_id, version)
        text, critical = _message(_act(button, host)), False
    except WpsError as fault:
        text, critical = str(fault), True
    except Exception:  # one of the two entrances: whatever happened, a sentence and a log
        from wps_xl.faults import noted

        text, critical = noted(f"Button {button_id}"), True
    _close(host, text, critical)


def _button(button_id: str, version: str) -> Button:
    if version != __version__:
        raise InputError(OTHER_VERSION.format(addin=version, package=__version__))
    button = BY_ID.get(button_id)
    if button is None or not button.ready:
        raise InputError(f"wps_xl has no button '{button_id}'. Install the add-in again.")
    return button


def _act(button: Button, host: ExcelHost) -> list[str]:
    """Do it; what to tell the user, nothing where it shows by itself."""
    if button.id in _OWN:
        return _OWN[button.id](host)
    if button.id == "validate" and host.kind() == RETURN:
        from wps_xl.commands.open_return import validate_open

        return list(validate_open(host.as_return(), host.reviews()).lines)
    command = button.command
    if command is None:
        raise InputError(f"wps_xl has no button '{button.id}'. Install the add-in again.")
    return _run_command(button, command, host)


def _run_command(button: Button, command: Command, host: ExcelHost) -> list[str]:
    from wps_xl.asking import options

    chosen = {**options(button, command, host), "host": host}
    if button.id == "new" and host.kind() == "review":
        chosen["from"] = host.path
    outcome = command.run(chosen, host.progress)
    after = _AFTER.get(command.name)
    if after is not None:
        after(host, chosen, outcome)
    return [*_told(outcome.lines), *_NEXT.get(button.id, ())]


def _told(lines: Sequence[str]) -> list[str]:
    """The lines before the first blank one: tables do not fit into a message box."""
    return list(takewhile(bool, lines))


def _show_written(host: ExcelHost, chosen: Mapping[str, object], outcome: Outcome) -> None:
    """Open what was written: the draft in Word, the new workbook in Excel."""
    host.show(chosen.get("out") or chosen.get("target"))


def _show_issues(host: ExcelHost, chosen: Mapping[str, object], outcome: Outcome) -> None:
    if outcome.faults:
        host.go_to("Issues")


def _next_issue(host: ExcelHost) -> list[str]:
    from wps_xl.commands.open_return import issue_lines, next_issue

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

    return diagnosis_lines()


def _about(host: ExcelHost) -> list[str]:
    from wps_xl.faults import log_file

    return [f"wps_xl {__version__}.", f"Details of faults are in {log_file()}."]


_OWN: Mapping[str, Callable[[ExcelHost], list[str]]] = {
    "next_issue": _next_issue,
    "guide": _guide,
    "settings": _settings,
    "diagnose": _diagnose,
    "about": _about,
}
_NEXT: Mapping[str, tuple[str, ...]] = {
    "forms": ("Next: send each form to its entity.",),
    "validate": ("Next: look at sheet Issues; answer there, or press Correction copies.",),
    "correction_copies": ("Next: send each copy back to its entity.",),
    "consolidate": (
        "Next: look at sheets Start and Issues; when no error is left, Council report.",
    ),
    "report": ("Next: read the yellow paragraphs in Word.",),
}
_AFTER: Mapping[str, Callable[[ExcelHost, Mapping[str, object], Outcome], None]] = {
    **dict.fromkeys(("new", "report", "brief", "scorecard", "extract"), _show_written),
    "validate": _show_issues,
    "consolidate": _show_issues,
}


def _message(lines: list[str]) -> str:
    """The lines as one message; what does not fit is left to sheet Issues and Log."""
    text = "\n".join(lines)
    if len(text) <= LONGEST_MESSAGE:
        return text
    kept = text[:LONGEST_MESSAGE].rsplit("\n", 1)[0]
    return f"{kept}\n… The rest stands on sheets Issues and Log."


def _close(host: ExcelHost | None, text: str, critical: bool) -> None:
    """Free the status bar, then say how it went."""
    if host is None:
        _say_without_excel(text)
        return
    host.free()
    if text:
        try:
            host.tell(text, critical=critical)
        except WpsError:
            from wps_xl.faults import noted

            noted(text)


def _say_without_excel(text: str) -> None:
    """A message box of the system; on macOS the add-in shows what is printed here."""
    import sys

    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "WPS 1325", 0x10)
    else:
        print(text, file=sys.stderr)
