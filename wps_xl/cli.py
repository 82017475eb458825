"""The command line ``wps-xl``, made from COMMANDS. No fault of any input ends in a traceback."""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from wps_xl import __version__
from wps_xl.desk.commands import COMMANDS, Command, Outcome, Parameter, Progress
from wps_xl.errors import OutputError, WpsError
from wps_xl.log import noted

DONE, FAULTS, FAILED = 0, 1, 2
SCREEN = "-"
UNPRINTED = (
    "The work is done, but what was found could not be printed in full: {why}. Make room where the "
    "output goes, then run the command again."
)
STOPPED = (
    "{what} was stopped before it was done. Each file is as it was, or whole as it is to be: run "
    "the command again."
)
NO_TEXT = "it holds signs that are no text, which no sheet and no document can hold. Type it anew."
# Bytes of another encoding, as Python hands them over, and what XML cannot hold.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RESULT = b'{\n "version":'
# Standard output was closed, or its other end: nobody reads, which is no fault.
_CLOSED = (errno.EPIPE, errno.EBADF)


def _text(context: click.Context, parameter: click.Parameter, words: Any) -> Any:
    """Words as they are, unless sheets and documents cannot hold them."""
    given = words if isinstance(words, tuple) else (words or "",)
    if any(_NO_TEXT.search(word) for word in given):
        raise click.BadParameter(NO_TEXT, ctx=context, param=parameter)
    return words


def _click_parameter(parameter: Parameter) -> click.Parameter:
    many = parameter.kind in ("paths", "texts")
    is_path = "path" in parameter.kind
    kind: Any = click.Path(path_type=Path, allow_dash=True) if is_path else str
    checked = None if is_path else _text
    if not parameter.option:
        return click.Argument(
            [parameter.name],
            type=kind,
            nargs=-1 if many else 1,
            required=parameter.required,
            metavar=parameter.metavar or None,
            callback=checked,
        )
    flags = [f"--{parameter.name}", parameter.name.replace("-", "_")]
    if parameter.kind == "flag":
        return click.Option(flags, is_flag=True, help=parameter.help)
    return click.Option(
        flags,
        type=kind,
        multiple=many,
        required=parameter.required,
        metavar=parameter.metavar or None,
        callback=checked,
        help=parameter.help,
    )


def _click_command(command: Command) -> click.Command:
    def run(**options: Any) -> None:
        sys.exit(_run(command, options))

    return click.Command(
        command.name,
        params=[_click_parameter(parameter) for parameter in command.parameters],
        callback=run,
        help=command.tip,
    )


def _run(command: Command, options: Mapping[str, Any]) -> int:
    """Run one command and print its outcome; the exit status."""
    target = options.get("json")
    quiet = str(target or "") == SCREEN or not _on_screen()
    try:
        with _stoppable():
            _refuse_target(target)
            if quiet:
                outcome = command.run(options, lambda done, total, name: None)
            else:
                outcome = _with_progress(command, options)
            _print(outcome, target)
    except KeyboardInterrupt:
        _say(STOPPED.format(what=command.label))
        return FAILED
    except WpsError as fault:
        _say(str(fault))
        return FAILED
    except Exception:  # one of the two entrances: whatever happened, a sentence and a log
        return _unexpected(command)
    return FAULTS if outcome.faults else DONE


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let the system's request to end (SIGTERM) end a command as Ctrl+C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _on_screen() -> bool:
    """Whether somebody looks at the progress; there may be no place to show it at all."""
    return bool(sys.stderr) and not sys.stderr.closed and sys.stderr.isatty()


def _refuse_target(target: Path | None) -> None:
    """Refuse before any work a file for JSON that could not be written after it."""
    if target is None or str(target) == SCREEN:
        return
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise OutputError(f"{target} cannot be written. Name a file in a folder that exists.")
    if target.exists() and not _is_result(target):
        raise OutputError(
            f"{target} is there, and no result that wps_xl wrote; it stays as it is. Name another "
            "file."
        )


def _is_result(target: Path) -> bool:
    """Whether a file is empty or begins as every result does: it may be written over."""
    try:
        with target.open("rb") as file:
            return target.is_file() and file.read(len(_RESULT)) in (b"", _RESULT)
    except OSError:
        return False


def _with_progress(command: Command, options: Mapping[str, Any]) -> Outcome:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(command.label, total=None)

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name[:40])

        report: Progress = show
        return command.run(options, report)


def _print(outcome: Outcome, target: Path | None) -> None:
    if target is not None and outcome.data is not None:
        text = json.dumps(outcome.data, indent=1, ensure_ascii=False)
        if str(target) == SCREEN:
            _write(text)
            return
        from wps_xl.office.excel.saving import replace

        # Names of files may hold bytes that are no text.
        replace(target.resolve(), f"{text}\n".encode("utf-8", "replace"))
    for line in (*outcome.lines, *outcome.advice):
        _write(line)


def _write(text: str) -> None:
    """Print, also where the screen's character set lacks a letter or nobody reads any more.

    Raises
    ------
    OutputError
        Where what is printed goes into a file that cannot be written, as on a full disk.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        click.echo(text.encode(encoding, "replace").decode(encoding))
        if sys.stdout is not None:
            sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        _print_nowhere()
    except OSError as fault:
        _print_nowhere()
        if fault.errno not in _CLOSED:
            raise OutputError(UNPRINTED.format(why=fault.strerror or fault)) from fault


def _print_nowhere() -> None:
    """The work is done. Without this Python would complain once more when it ends."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _say(sentence: str) -> None:
    """A sentence for the person; where there is no place for it the exit status must do."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with contextlib.suppress(OSError, ValueError):
        click.echo(sentence.encode(encoding, "replace").decode(encoding), err=True)


def _unexpected(command: Command) -> int:
    _say(noted(command.label))
    return FAILED


class _Group(click.Group):
    """A group whose wrong use ends as one sentence that says what to do."""

    def main(self, *words: Any, **settings: Any) -> Any:
        """See click; status 2 for wrong use."""
        # What is read from returns comes in great numbers and holds no cycles: look for those
        # seldom, as the process that reads does.
        gc.set_threshold(100_000)
        try:
            status = super().main(*words, **{**settings, "standalone_mode": False})
        except click.UsageError as wrong:
            verb = wrong.ctx.command_path if wrong.ctx else "wps-xl"
            _say(f"{wrong.format_message().rstrip('.')}. See: {verb} --help")
            status = FAILED
        except (click.Abort, KeyboardInterrupt):
            _say(STOPPED.format(what="The command"))
            status = FAILED
        sys.exit(status if isinstance(status, int) else DONE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wps-xl")
def main() -> None:
    """The reporting cycle on Security Council resolution 1325 (2000), in Excel and Word."""


for _command in COMMANDS:
    main.add_command(_click_command(_command))
