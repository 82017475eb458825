"""Prints the pages of ``docs/`` that are made from the code: ``python -m wps_xl.pages``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wps_xl.codebook import Codebook, load
from wps_xl.desk.commands import COMMANDS, Command, Parameter
from wps_xl.desk.commands.buttons import BUTTONS, WITHOUT_BUTTON
from wps_xl.desk.commands.ribbon_picture import ribbon_svg
from wps_xl.desk.commands.ribbon_xml import ribbon_xml
from wps_xl.nouns import plural

PRINTED = "Printed by `python -m wps_xl.pages`; change the source instead."


def commands_page() -> str:
    """docs/commands.md: every verb with its arguments and options."""
    parts = ["# Commands", PRINTED, "`wps-xl VERB …` or `python -m wps_xl VERB …`."]
    for command in COMMANDS:
        parts += [f"## {command.name}", f"{command.tip} {_pressed(command)}"]
        parts += [f"    {_usage(command)}"]
        rows = [f"| `{_form(p)}` | {p.help} |" for p in command.parameters]
        parts.append("\n".join(["| | |", "| --- | --- |", *rows]))
    parts += [
        "## Exit status",
        "0 done, nothing to correct; 1 done, and there are errors to correct; 2 could not be done.",
    ]
    return "\n\n".join(parts) + "\n"


def _pressed(command: Command) -> str:
    """The buttons that run a verb, or why it has none."""
    captions = [button.caption for button in BUTTONS if button.command is command]
    if not captions:
        return f"No button: {WITHOUT_BUTTON[command.name]}."
    return f"{plural(len(captions), 'Button', 'Buttons')}: {', '.join(captions)}."


def sheets_page(codebook: Codebook) -> str:
    """docs/sheets.md: every sheet and column of the forms, and the paragraph that asks for it."""
    from wps_xl.forms.definitions import forms
    from wps_xl.forms.instructions import about
    from wps_xl.forms.schemas import schema

    cycle = codebook.cycle(next(iter(codebook["cycles"])))
    parts = ["# Sheets of the forms", PRINTED]
    definitions = forms(codebook)
    cover = next(iter(definitions.values())).cover
    sheets = [sheet for form in definitions.values() for sheet in form.sheets.values()]
    for sheet in (cover, *sheets):
        parts += [f"## {sheet.name}", about(sheet.help or sheet.title, cycle)]
        rows = ["| column | heading | instruction | para. |", "| --- | --- | --- | --- |"]
        for code, column in schema(sheet, codebook, cycle).columns.items():
            text = str(column.description).replace("|", "/")
            rows.append(f"| `{code}` | {column.title} | {text} | {column.metadata['para']} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def issues_page() -> str:
    """docs/issues.md: every issue by code, with its severity, an example, and what is counted."""
    from wps_xl.intake.catalogue import catalogue, example

    parts = [
        "# Issues",
        PRINTED,
        "An **error** holds its row back, a **warning** does not, a **note** tells what was read "
        "differently from how it was typed. One cause is one issue: further cells of the same "
        "cause are listed in `also`.",
        "Rows are also held back without an issue of their own: `refers-to-held-back` where a row "
        "names one that is held back, `superseded`, `two-returns` and `set-aside` where the whole "
        "return does not count.",
        "Which warnings are looked for stands in the list `checks` of sheet Lists, from which size "
        "on in the list `limits`.",
    ]
    rows = ["| code | severity | for example |", "| --- | --- | --- |"]
    rows += [
        f"| `{code}` | {words.severity} | {example(code).message.replace('|', '/')} |"
        for code, words in catalogue().items()
    ]
    return "\n\n".join([*parts, "\n".join(rows)]) + "\n"


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every printed page."""
    yield "commands.md", commands_page()
    yield "sheets.md", sheets_page(load())
    yield "issues.md", issues_page()
    yield "img/ribbon.svg", ribbon_svg()
    yield "../macros/ribbon.xml", ribbon_xml()


def _usage(command: Command) -> str:
    words = [_form(p) if p.required else f"[{_form(p)}]" for p in command.parameters]
    return " ".join(["wps-xl", command.name, *words])


def _form(parameter: Parameter) -> str:
    metavar = parameter.metavar or parameter.name.upper()
    if not parameter.option:
        return f"{metavar.strip('[]')}{'…' if parameter.kind == 'paths' else ''}"
    return f"--{parameter.name}" if parameter.kind == "flag" else f"--{parameter.name} {metavar}"


def main(folder: Path) -> None:
    """Write every page."""
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path("docs"))
