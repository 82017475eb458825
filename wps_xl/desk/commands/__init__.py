"""The commands, once: the command line, the ribbon and the docs are all made from COMMANDS.

A command names its function by module, so that listing the commands imports nothing heavy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from wps_xl.errors import InputError, OutputError, WpsError
from wps_xl.notices import collected, done_before_faults
from wps_xl.places import refused

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the name of the last."""
# Before it no workbook was written; a clock whose battery is empty begins in 1970 or 1980.
_FIRST_YEAR = 2000


@dataclass(frozen=True)
class Parameter:
    """One argument or option of a command. ``kind`` is path, paths, text, texts or flag."""

    name: str
    help: str
    kind: str = "text"
    option: bool = True
    required: bool = False
    metavar: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a command did: lines for people, and figures for programs.

    ``faults`` says that there are errors to correct: exit status 1. ``advice`` is what to do next
    on the command line; the ribbon has its own.
    """

    lines: Sequence[str]
    faults: bool = False
    data: Mapping[str, object] | None = None
    advice: Sequence[str] = ()


@dataclass(frozen=True)
class Command:
    """One verb of the command line; buttons of the ribbon run it too (desk/commands/buttons.py)."""

    name: str
    label: str
    tip: str
    run_as: str
    parameters: tuple[Parameter, ...] = field(default_factory=tuple)

    def run(self, options: Mapping[str, Any], progress: Progress) -> Outcome:
        """Do it; WpsError where it cannot be done. What was told besides stands above tables."""
        module, _, function = self.run_as.partition(":")
        _refuse_clock()
        with collected() as said, done_before_faults() as done:
            try:
                outcome: Outcome = getattr(import_module(module), function)(options, progress)
            except WpsError as fault:
                if not done:
                    raise
                raise _with(fault, done) from fault
            except OSError as fault:
                raise _with(OutputError(refused(self.label, fault)), done) from fault
        lines = list(outcome.lines)
        at = lines.index("") if "" in lines else len(lines)
        return replace(outcome, lines=[*lines[:at], *said, *lines[at:]])


def _with(fault: WpsError, done: Sequence[str]) -> WpsError:
    """The fault with what stands by now, which is told all the same."""
    return type(fault)(*("\n".join([text, *done]) for text in (str(fault), fault.at_button)))


def _refuse_clock() -> None:
    """InputError where the clock is wrong: what is written now would have its date."""
    today = dt.date.today()
    if today.year < _FIRST_YEAR:
        raise InputError(
            f"The clock of this computer says {today.isoformat()}. Set it, then try again. Nothing "
            "was changed."
        )


_WORKBOOK = Parameter("workbook", "The review workbook.", "path", metavar="REVIEW.xlsx")
_JSON = Parameter("json", "Write the result as JSON into a file, or - for the screen.", "path")
_REVIEW = Parameter("workbook", "The review workbook.", "path", False, True, "REVIEW.xlsx")
_OUT = Parameter("out", "The document to write.", "path", required=True, metavar="X.docx")
_ENTITY = Parameter("entity", "The entity, by code or name.", required=True, metavar="CODE")
_COUNTRY = Parameter("country", "The country, by code or name.", required=True, metavar="CODE")
_PATHS = Parameter("paths", "Returns, or folders of returns.", "paths", option=False)

COMMANDS: tuple[Command, ...] = (
    Command(
        "demo",
        "Demonstration",
        "Run a whole cycle on the published returns of the demonstration.",
        "wps_xl.desk.commands.demonstration:demo",
        (
            Parameter("folder", "Where to put the files.", "path", option=False, metavar="[DIR]"),
            Parameter("plan", "Add made-up action plans, marked as illustrative data.", "flag"),
        ),
    ),
    Command(
        "new",
        "New cycle",
        "Make a review workbook for a cycle.",
        "wps_xl.desk.commands.issuing:new",
        (
            Parameter("target", "The workbook to make.", "path", False, True, "REVIEW.xlsx"),
            Parameter("cycle", "The code of the cycle.", required=True, metavar="ID"),
            Parameter(
                "from",
                "The last cycle's workbook: its lists, contacts and open items are taken over.",
                "path",
                metavar="PREVIOUS.xlsx",
            ),
            Parameter("name", "The name of the cycle, as the report gives it."),
            Parameter("review", "The review period.", metavar="FROM:TO"),
            Parameter("plan", "The period of the plan.", metavar="FROM:TO"),
            Parameter("practices", "The first date for good practices.", metavar="FROM"),
        ),
    ),
    Command(
        "forms",
        "Issue forms",
        "Make the blank forms for the entities that are invited.",
        "wps_xl.desk.commands.issuing:forms",
        (
            Parameter("folder", "Where to put the forms.", "path", False, True, "DIR"),
            Parameter("cycle", "The code of the cycle.", metavar="ID"),
            Parameter("form", "Only this form; may be repeated.", "texts", metavar="F"),
            Parameter("entity", "Only this entity; may be repeated.", "texts", metavar="CODE"),
            _WORKBOOK,
            Parameter("from", "The last cycle's workbook.", "path", metavar="PREVIOUS.xlsx"),
        ),
    ),
    Command(
        "validate",
        "Validate",
        "Check returns and list what must be corrected.",
        "wps_xl.desk.commands.checking:validate",
        (
            _PATHS,
            _WORKBOOK,
            _JSON,
            Parameter(
                "annotate",
                "Write a copy of each faulty return with its cells marked, to be sent back.",
                "path",
                metavar="DIR",
            ),
        ),
    ),
    Command(
        "consolidate",
        "Consolidate",
        "Check returns, gather their rows, rebuild the pivot sheets.",
        "wps_xl.desk.commands.consolidating:consolidate",
        (
            _PATHS,
            Parameter("workbook", _WORKBOOK.help, "path", required=True, metavar="REVIEW.xlsx"),
            _JSON,
            Parameter(
                "compare",
                "Say what changed since another review workbook: a snapshot, or the last cycle's.",
                "path",
                metavar="OTHER.xlsx",
            ),
        ),
    ),
    Command(
        "report",
        "Council report",
        "Write the draft of the report to the Security Council.",
        "wps_xl.desk.commands.reporting:report",
        (
            Parameter("workbook", "The review workbook.", "path", False, True, "REVIEW.xlsx"),
            Parameter("out", "The draft to write.", "path", required=True, metavar="DRAFT.docx"),
            Parameter(
                "update",
                "A drafter's copy of the draft; --out is that copy brought up to date, changes "
                "tracked.",
                "path",
                metavar="DRAFTER.docx",
            ),
            Parameter("clean", "The edition for submission: no comments, no prompts.", "flag"),
        ),
    ),
    Command(
        "check",
        "Check draft",
        "Hold any draft, also one typed anew, against the review workbook.",
        "wps_xl.desk.commands.proofreading:check",
        (
            Parameter("draft", "The draft to check.", "path", False, True, "DRAFT.docx"),
            Parameter("workbook", _WORKBOOK.help, "path", required=True, metavar="REVIEW.xlsx"),
        ),
    ),
    Command(
        "snapshot",
        "Snapshot",
        "Keep a frozen, dated copy of the review workbook beside it.",
        "wps_xl.desk.commands.freezing:snapshot",
        (
            _REVIEW,
            Parameter("name", "What the copy is called: shell, July.", metavar="N"),
        ),
    ),
    Command(
        "trace",
        "Trace",
        "Show the cells behind a sentence or figure, and the sentences that rest on a cell.",
        "wps_xl.desk.commands.reporting:trace",
        (
            Parameter("workbook", "The review workbook.", "path", False, True, "REVIEW.xlsx"),
            Parameter(
                "ref",
                "A cell, para:12, figure:ID, or a figure as it is printed.",
                option=False,
                required=True,
                metavar="REF",
            ),
        ),
    ),
    Command(
        "brief",
        "Country brief",
        "Write what was reported on one country, by thematic area.",
        "wps_xl.desk.commands.documents:brief",
        (_REVIEW, _COUNTRY, _OUT),
    ),
    Command(
        "scorecard",
        "Scorecard",
        "Write one page on one entity for its head.",
        "wps_xl.desk.commands.documents:scorecard",
        (_REVIEW, _ENTITY, _OUT),
    ),
    Command(
        "extract",
        "Extract",
        "Write the sentences that name an entity, for it to confirm.",
        "wps_xl.desk.commands.documents:extract",
        (_REVIEW, _ENTITY, _OUT),
    ),
    Command(
        "letters",
        "Letters",
        "Write the letters to the entities: requests, reminders, requests for corrections.",
        "wps_xl.desk.commands.letters:letters",
        (
            Parameter("letters", "Where to put the letters.", "path", False, True, "DIR"),
            Parameter("workbook", _WORKBOOK.help, "path", required=True, metavar="REVIEW.xlsx"),
            Parameter(
                "kind",
                "Only this kind: request, reminder or correction. Without it each entity gets "
                "the letter that it needs now.",
            ),
            Parameter("entity", "Only to this entity; may be repeated.", "texts", metavar="CODE"),
        ),
    ),
    Command(
        "practices",
        "Good practices",
        "Write the compilation of good practices, with the panel's sheets.",
        "wps_xl.desk.commands.documents:practices",
        (_REVIEW, _OUT),
    ),
    Command(
        "addin",
        "Add-in",
        "Build, install, uninstall, diagnose the Excel add-in, or bundle it for IT.",
        "wps_xl.desk.commands.addin:addin",
        (
            Parameter(
                "action",
                "What to do: build, install, uninstall, diagnose or bundle.",
                option=False,
                required=True,
                metavar="ACTION",
            ),
            Parameter("folder", "Where to put what is built.", "path", False, metavar="[DIR]"),
            Parameter("file", "Install this file, such as one that IT has signed.", "path"),
        ),
    ),
)
BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
