"""The buttons of the ribbon: which command each runs, how it looks, where it is enabled.

Nothing heavy here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wps_xl.desk.commands import BY_NAME, Command

ALWAYS, REVIEW, RETURN = "always", "review", "return"


@dataclass(frozen=True)
class Button:
    """One button. Its id is the verb it runs, unless ``verb`` names another or ``own`` is set.

    ``on`` names the kinds of workbook in front that enable it: review, return, or always, which is
    any. ``options`` are given to the command. ``own`` marks what the ribbon does by itself.
    """

    id: str
    group: str
    image: str
    keytip: str
    supertip: str
    on: str = REVIEW
    label: str = ""
    verb: str = ""
    options: tuple[str, ...] = ()
    own: bool = False
    large: bool = False

    @property
    def command(self) -> Command | None:
        """The command behind it; none where the ribbon does it by itself."""
        return None if self.own else BY_NAME[self.verb or self.id]

    @property
    def caption(self) -> str:
        """What stands under it."""
        return self.label or (self.command.label if self.command else self.id)


BUTTONS: tuple[Button, ...] = (
    Button(
        "new",
        "Cycle",
        "FileNew",
        "N",
        "Makes a review workbook for the next cycle. With a review workbook in front, its lists, "
        "contacts and open items are taken over.",
        on=ALWAYS,
        options=("name", "review", "plan"),
        large=True,
    ),
    Button(
        "forms",
        "Cycle",
        "DataFormExcel",
        "F",
        "Makes the blank forms for every entity that sheet Register invites.",
    ),
    Button(
        "letters",
        "Cycle",
        "FileSendAsAttachment",
        "L",
        "Writes the letters to the entities: the request, reminders, what must be corrected.",
    ),
    Button(
        "snapshot",
        "Cycle",
        "FileSaveAs",
        "S",
        "Keeps a frozen, dated copy of this workbook.",
        options=("name",),
    ),
    Button(
        "validate",
        "Check",
        "DataValidation",
        "V",
        "Checks the return in front, or all returns in the folder that sheet Cycle names, and "
        "lists what must be corrected.",
        on=f"{REVIEW} {RETURN}",
        large=True,
    ),
    Button(
        "next_issue",
        "Check",
        "ReviewNextComment",
        "X",
        "Checks the return in front again and goes to its next cell to correct.",
        on=RETURN,
        label="Next issue",
        own=True,
    ),
    Button(
        "correction_copies",
        "Check",
        "ReviewNewComment",
        "P",
        "Makes a copy of each return with what must be corrected marked, to send back.",
        label="Correction copies",
        verb="validate",
        options=("annotate",),
    ),
    Button(
        "consolidate",
        "Consolidate",
        "Consolidate",
        "C",
        "Checks all returns, gathers their rows into this workbook and counts the pivot sheets "
        "again.",
        large=True,
    ),
    Button(
        "compare",
        "Consolidate",
        "ReviewShareWorkbook",
        "M",
        "Consolidates and says what changed against another review workbook.",
        label="Compare",
        verb="consolidate",
        options=("compare",),
    ),
    Button(
        "report",
        "Report",
        "HeaderFooterInsert",
        "R",
        "Writes the draft of the report to the Security Council and opens it in Word.",
        large=True,
    ),
    Button(
        "update_draft",
        "Report",
        "ReviewHighlightChanges",
        "U",
        "Brings the drafter's document up to date; every change is tracked.",
        label="Update draft",
        verb="report",
        options=("update",),
    ),
    Button(
        "submission",
        "Report",
        "FileMarkAsFinal",
        "I",
        "Writes the edition for submission of a drafter's document: no comments, no prompts. Its "
        "tracked changes must be decided first.",
        label="For submission",
        verb="report",
        options=("update", "clean"),
    ),
    Button(
        "check",
        "Report",
        "Spelling",
        "K",
        "Holds the names and numbers of a draft against this workbook.",
    ),
    Button("brief", "Report", "FilePrintPreview", "B", "Writes what is reported on one country."),
    Button(
        "scorecard",
        "Report",
        "ChartInsert",
        "O",
        "Writes one page about what an entity reported.",
    ),
    Button(
        "extract",
        "Report",
        "FileSaveAsOtherFormats",
        "E",
        "Writes the sentences of the draft that name an entity, for that entity to confirm.",
    ),
    Button(
        "practices",
        "Report",
        "ReviewShowAllComments",
        "Q",
        "Gathers the good practices of the year.",
    ),
    Button(
        "trace",
        "Report",
        "TracePrecedents",
        "T",
        "Shows the sentences of the last draft that rest on the selected cell.",
        label="Trace cell",
    ),
    Button(
        "guide",
        "Help",
        "Help",
        "H",
        "Opens the guide: the tasks of the year in order.",
        on=ALWAYS,
        label="Guide",
        own=True,
    ),
    Button(
        "settings",
        "Help",
        "PropertySheet",
        "G",
        "Goes to sheet Cycle: dates, folders, switches.",
        label="Settings",
        own=True,
    ),
    Button(
        "diagnose",
        "Help",
        "ErrorChecking",
        "D",
        "Checks the installation and says what to do.",
        on=ALWAYS,
        label="Diagnose",
        own=True,
    ),
    Button(
        "about",
        "Help",
        "About",
        "A",
        "Says which version this is.",
        on=ALWAYS,
        label="About",
        own=True,
    ),
)
BY_ID: Mapping[str, Button] = {button.id: button for button in BUTTONS}

# Verbs that have no button, and why.
WITHOUT_BUTTON: Mapping[str, str] = {
    "demo": "makes files for those who try wps_xl out, from the command line",
    "addin": "installs what the buttons stand in; its part diagnose has a button",
}
