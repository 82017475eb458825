"""The verbs ``new`` and ``forms``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.codebook import Codebook, Cycle, from_tables, load
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.store import folder_of, host_of, logged, now, tell_lists, today, with_rows
from wps_xl.desk.hosts import Host
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.desk.hosts.locks import refuse_if_open
from wps_xl.errors import InputError
from wps_xl.forms.definitions import forms as all_forms
from wps_xl.model import Value
from wps_xl.notices import tell, was_written
from wps_xl.nouns import counted
from wps_xl.places import made as made_folder
from wps_xl.records import Pattern, Recommendation, RegisterLine, alike
from wps_xl.report.council.wording import standard
from wps_xl.review import earlier_plan, earlier_rows, register
from wps_xl.review.layout import plans
from wps_xl.review.workbook import Review, cycle_row, empty_tables, settings_of, standard_letters

DONE = ("implemented", "closed")
CARRIED_SETTINGS = ("signatory", "reply_to")
PREVIOUS = "previous_workbook"
LAST_NOT_FOUND = (
    "The workbook of the last cycle, {name}, was not found, so nothing of it stands in the forms. "
    "Correct its line on sheet Cycle, or empty it; then issue the forms again."
)
SHOWN = 10
_CODE = re.compile(r"\w[\w.-]{0,39}")
LAST_ON_SERVER = (
    "{name} lies on a server, so sheet Cycle does not name it. Save a copy in a folder and write "
    "its name onto the line Workbook of the last cycle; forms take over from it what was said."
)
CONTACTS = {"focal_point": "focal_point", "e_mail": "email", "head_of_entity": "head"}
"""Columns of the Register, and those of a Cover that are filled in from them."""


def new(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Make a review workbook; with --from the lists, contacts and open items of the last."""
    target: Path = options["target"]
    if target.suffix.lower() != ".xlsx":
        raise InputError(f"{target.name} is no Excel workbook. Name a file that ends in .xlsx.")
    if target.exists():
        raise InputError(f"{target.name} exists already. Choose another name, or move it away.")
    refuse_if_open(target)
    host = FilesHost()
    previous = host_of(options).read(options["from"]) if options.get("from") else None
    codebook = _with_cycle(previous.codebook if previous else load(), options)
    moment = now()
    review = new_review(codebook, options["cycle"], previous)
    if options.get("from"):
        last = _last_line(options, target)
        review = replace(review, settings={**review.settings, PREVIOUS: last})
    if previous is not None:
        rows = list(earlier_rows.carried(previous, Path(options["from"]).name))
        review = with_rows(review, earlier_rows.SHEET, rows)
    host.write(logged(review, "new", "Made.", moment), target, moment)
    invited = len(codebook.invited(options["cycle"]))
    return Outcome(
        [f"Made {target} for {review.cycle.name}, with {invited} entities and bodies."],
        advice=["Look at sheets Cycle and Register first; then issue the forms: wps-xl forms."],
    )


def _last_line(options: Mapping[str, Any], target: Path) -> str | None:
    """How sheet Cycle names the last workbook; blank where that lies open on a server."""
    previous: Path = options["from"]
    if options.get("host") and not previous.is_absolute():
        tell(LAST_ON_SERVER.format(name=previous))
        return None
    return _beside(previous, target)


def _beside(path: Path, workbook: Path) -> str:
    """How sheet Cycle names a file: from the folder of the workbook where it lies in it."""
    folder = workbook.absolute().parent
    found = path.absolute()
    return str(found.relative_to(folder) if found.is_relative_to(folder) else found)


def new_review(codebook: Codebook, cycle: str, previous: Review | None = None) -> Review:
    """The first state of a review workbook: no data yet, all sheets there."""
    layout = plans(codebook)
    review = Review(
        codebook=codebook,
        settings=settings_of(codebook.cycle(cycle)),
        tables=empty_tables(codebook),
        letters={plan.name: standard_letters(plan) for plan in layout if plan.fields},
    )
    lines = register.first_lines(review, review.cycle, previous)
    review = with_rows(review, "Register", _with_contacts(lines, previous))
    review = with_rows(review, "Wording", standard(review))
    if previous is not None:
        review = with_rows(review, "Wording", previous.rows(Pattern))
        review = with_rows(review, "Recommendations", list(open_recommendations(previous)))
        review = with_rows(review, earlier_plan.SHEET, earlier_plan.carried(previous))
        known = {code: previous.settings.get(code) for code in CARRIED_SETTINGS}
        review = replace(review, settings={**review.settings, **known})
    return review


def open_recommendations(previous: Review) -> Iterator[Recommendation]:
    """The recommendations that are still to be followed up, each with the cycle that made it."""
    for row in previous.rows(Recommendation):
        if alike(row.status) not in DONE:
            yield row.but(of_cycle=row.raw("of_cycle") or previous.cycle.code)


def _with_contacts(
    lines: Sequence[RegisterLine], previous: Review | None
) -> Sequence[RegisterLine]:
    if previous is None:
        return lines
    known = _contacts(previous)
    return [line.but(**known.get(line.entity, {})) for line in lines]


def _with_cycle(codebook: Codebook, options: Mapping[str, Any]) -> Codebook:
    """The codebook with the cycle asked for: known, or described by the options."""
    code = options["cycle"]
    known = {row["cycle"] for row in codebook.tables["cycles"]}
    if code not in known and not _CODE.fullmatch(code):
        raise InputError(
            f"'{code}' cannot be part of file names. Choose a short code of letters, digits and "
            "hyphens."
        )
    periods = {
        "review": _period(options.get("review"), "review", 2),
        "plan": _period(options.get("plan"), "plan", 2),
        "practices": _period(options.get("practices"), "practices", 1),
    }
    if code in known and not any(periods.values()):
        return codebook
    base = cycle_row(settings_of(_last(codebook)))
    if code not in known and not (options.get("name") and periods["review"] and periods["plan"]):
        raise InputError(
            f"The code lists have no cycle '{code}'. Give its name, review period and plan period "
            "(--name, --review FROM:TO, --plan FROM:TO), with dates as year-month-day.",
            f"The code lists have no cycle '{code}', so its name, review period and plan period "
            "are needed. Press New cycle again and answer each question.",
        )
    row = {**base, **({} if code in known else _undated(base)), "cycle": code}
    row |= {"name": options.get("name") or base["name"]}
    for key in ("review", "plan"):
        if periods[key]:
            row[f"{key}_from"], row[f"{key}_to"] = periods[key]
    if periods["plan"]:
        row["plan"] = f"PLAN-{'-'.join(day[:4] for day in periods['plan'])}"
    if periods["practices"]:
        row["practices_from"] = periods["practices"][0]
    others = [other for other in codebook.tables["cycles"] if other["cycle"] != code]
    return _invited_again(codebook, code, [*others, row])


def _undated(base: Mapping[str, str]) -> dict[str, str]:
    due = (key for key in base if key.endswith("_due"))
    return dict.fromkeys([*due, "report_symbol", "mandate"], "")


def _last(codebook: Codebook) -> Cycle:
    cycles = [codebook.cycle(row["cycle"]) for row in codebook.tables["cycles"]]
    return max(cycles, key=lambda cycle: cycle.review)


def _invited_again(codebook: Codebook, code: str, cycles: Sequence[Mapping[str, str]]) -> Codebook:
    """A cycle that names nobody invites those of the last."""
    invitations = list(codebook.tables["invitations"])
    if not any(row["cycle"] == code for row in invitations):
        last = invitations[-1]["cycle"] if invitations else ""
        invitations += [
            {**row, "cycle": code} for row in codebook.tables["invitations"] if row["cycle"] == last
        ]
    tables = {**codebook.tables, "cycles": cycles, "invitations": invitations}
    return from_tables(tables)


def _period(text: str | None, name: str, number: int) -> list[str]:
    """The dates of FROM:TO, or of FROM alone where ``number`` is 1, each checked."""
    if not text:
        return []
    form = ":".join(["year-month-day"] * number)
    try:
        found = [dt.date.fromisoformat(day).isoformat() for day in text.split(":")]
    except ValueError:
        raise InputError(f"'{text}' is not a {name} period. Write {form}.") from None
    if len(found) != number:
        raise InputError(f"'{text}' is not a {name} period. Write {form}.")
    if found != sorted(found):
        raise InputError(f"The {name} period '{text}' ends before it begins. Exchange its dates.")
    return found


def forms(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Make the blank forms for everyone invited (S/2007/567, para. 4)."""
    from wps_xl.desk.commands.prefilling import prefill
    from wps_xl.sheets.forms.writer import Request, file_name, write_form
    from wps_xl.sheets.untouched import is_untouched

    folder: Path = options["folder"]
    workbook, host = options.get("workbook"), host_of(options)
    if workbook:
        host.ready(workbook)
    review = host.read(workbook) if workbook else None
    codebook = review.codebook if review else load()
    cycle = _cycle(options.get("cycle"), review, codebook)
    wanted = _wanted(options, review, codebook, cycle)
    made_folder(folder, "forms")
    previous = _previous(host, options.get("from"), review, workbook)
    contacts = _contacts(review, previous)
    made: list[tuple[str, str]] = []
    kept: list[str] = []
    try:
        for done, (entity, form) in enumerate(wanted, start=1):
            request = Request(
                all_forms(codebook)[form],
                entity,
                cycle,
                codebook,
                cover={CONTACTS[code]: said for code, said in contacts.get(entity, {}).items()},
                prefill=prefill(review, previous, entity),
            )
            target = folder / file_name(request)
            if target.exists() and not is_untouched(target):
                kept.append(target.name)
            else:
                write_form(request, target)
                made.append((entity, form))
            progress(done, len(wanted), entity)
    finally:
        if made:
            was_written(f"{counted(len(made), 'form')} in {folder}.")
    if review is not None and workbook is not None:
        moment = now()
        issued = _issued(review, made, today(moment))
        host.write(
            logged(issued, "forms", f"{counted(len(made), 'form')} issued.", moment),
            workbook,
            moment,
        )
        tell_lists(review)
    _tell_kept(kept)
    return Outcome([f"{counted(len(made), 'form')} in {folder}. Send each to its entity."])


def _tell_kept(names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        tell(
            f"{counted(len(names), 'file was', 'files were')} saved since, and left: "
            f"{', '.join(names[:SHOWN])}{more}. To make such a form anew, move the file away or "
            "choose another folder."
        )


def _previous(
    host: Host, named: Path | None, review: Review | None, workbook: Path | None
) -> Review | None:
    """The last cycle's workbook: the one that is named, else that of sheet Cycle."""
    if named is None and review is not None and workbook is not None:
        named = folder_of(review, workbook, PREVIOUS)
        if named is not None and not named.exists():
            tell(LAST_NOT_FOUND.format(name=named))
            return None
    return None if named is None else host.read(named)


def _cycle(code: str | None, review: Review | None, codebook: Codebook) -> Cycle:
    if review is not None and code in (None, review.cycle.code):
        return review.cycle
    if review is not None:
        raise InputError(
            f"The workbook is for the cycle {review.cycle.code}, not for {code}. "
            "Leave --cycle out, or name the workbook of that cycle."
        )
    if code is None:
        raise InputError("Name the cycle: --cycle ID, or a review workbook: --workbook.")
    return codebook.cycle(code)


def _wanted(
    options: Mapping[str, Any], review: Review | None, codebook: Codebook, cycle: Cycle
) -> list[tuple[str, str]]:
    """Each form to make, with its entity: those named, else those that the Register invites to."""
    asked = {name: codebook["entities"].find(name) for name in options.get("entity") or ()}
    unknown = [name for name, code in asked.items() if code is None]
    if unknown:
        raise InputError(f"{', '.join(unknown)} is not in the list of entities. Check the code.")
    entities = list(dict.fromkeys(code for code in asked.values() if code))
    chosen = list(options.get("form") or ()) or list(codebook["forms"])
    strange = [form for form in chosen if form not in codebook["forms"]]
    if strange:
        known = ", ".join(codebook["forms"])
        raise InputError(f"{', '.join(strange)} is not a form. The forms are {known}.")
    invited = register.invited(review, codebook, cycle)
    if entities and options.get("form"):
        return [(entity, form) for entity in entities for form in chosen]
    forms = {
        entity: [form for form in chosen if form in invited.get(entity, chosen)]
        for entity in entities or invited
    }
    wanted = [(entity, form) for entity, named in forms.items() for form in named]
    if not wanted:
        raise InputError(
            f"Nobody is invited in the cycle {cycle.code}. Write 'invited' into column Takes part "
            "of sheet Register, or name entities: --entity CODE.",
            f"Nobody is invited in the cycle {cycle.code}. Write 'invited' into column Takes part "
            "of sheet Register.",
        )
    return wanted


def _contacts(*reviews: Review | None) -> dict[str, dict[str, Value]]:
    """Entity to the first entries of its lines that say whom to write to."""
    found: dict[str, dict[str, Value]] = {}
    for review in reviews:
        for line in review.rows(RegisterLine) if review else ():
            known = found.setdefault(line.entity, {})
            for code, value in line.by_code(CONTACTS).items():
                if value:
                    known.setdefault(code, value)
    return found


def _issued(review: Review, wanted: Sequence[tuple[str, str]], day: dt.datetime) -> Review:
    made = set(wanted)
    lines = [
        line.but(issued=day) if (line.entity, line.form) in made else line
        for line in review.rows(RegisterLine)
    ]
    return with_rows(review, "Register", lines)
