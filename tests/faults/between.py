"""Faults between returns: each scenario changes some of five returns that agree with each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from faults.valid import (
    AREAS,
    BODY,
    CODEBOOK,
    INVITED,
    Rows,
    progress_rows,
    request,
    write,
)
from package_parts import Part, add_parts

from wps_xl.intake.side_by_side import Background, Earlier
from wps_xl.sheets.forms.writer import form_bytes

ENTITIES = INVITED[:5]
ONE, TWO, THREE, FOUR, FIVE = ENTITIES
JOINT = "Early warning network"
Edited = dict[str, list[dict[str, Any]]]
Edit = Callable[["Set"], None]
# Forms prepare a row for each question, in their order, from row 5.
ROW = {code: at for at, code in enumerate(CODEBOOK["questions"], start=5)}
OPENING = next(code for code in CODEBOOK["questions"])
SECOND, THIRD = (
    next(code for code in CODEBOOK["questions"] if code.startswith(f"Q-{area}1")) for area in "AB"
)


@dataclass(frozen=True)
class Scenario:
    """What is done to the returns, and where its one issue must stand."""

    name: str
    code: str
    severity: str
    book: str
    sheet: str
    cell: str | None
    edit: Edit


_MADE: dict[tuple[str, str, str], bytes] = {}


class Set:
    """The five returns as rows, and what is written beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, Edited] = {entity: _rows(entity) for entity in ENTITIES}
        self.covers: dict[str, dict[str, object]] = {}
        self.further: list[Path] = []
        self.parts: Sequence[Part] = ()
        self.background = Background()

    def answer(self, entity: str, question: str, answer: str) -> None:
        for row in self.rows[entity]["Checklist"]:
            if row["question"] == question:
                row["answer"] = answer
                row["evidence"] = "See sheet Progress" if answer == "Yes" else None

    def add(self, name: str, entity: str, rows: Rows, **about: Any) -> None:
        """Write one more return."""
        self.further.append(write(self.folder, request("progress", entity, rows, **about), name))

    def written(self) -> list[Path]:
        paths = [self._written(entity) for entity in self.rows]
        if self.parts:
            add_parts(paths[-1], "Overview", self.parts)
        return [*paths, *self.further]

    def _written(self, entity: str) -> Path:
        """The return of an entity; the same rows make the same bytes, so they are kept."""
        rows, cover = self.rows[entity], self.covers.get(entity)
        key = entity, repr(rows), repr(cover)
        if key not in _MADE:
            _MADE[key] = form_bytes(request("progress", entity, rows, cover))
        path = self.folder / f"progress_{entity}.xlsx"
        path.write_bytes(_MADE[key])
        return path


def _rows(entity: str) -> Edited:
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = progress_rows(16)
    copied: Edited = {name: [dict(row) for row in sheet] for name, sheet in rows.items()}
    at = ENTITIES.index(entity)
    for row in copied["Progress"]:
        row["activity"] = f"{entity}: {row['activity']}"
    for number, row in enumerate(copied["Measures"]):
        row["amount_usd"] = 10_000 + 100 * at + number
    if at < 2:
        partner = ENTITIES[1 - at]
        copied["Progress"][0] |= {"role": "Joint", "joint_with": partner, "joint_key": JOINT}
        copied["Measures"][0] |= {"measure": "districts in the network", "amount_usd": 5_000}
    return copied


def _silent(returns: Set) -> None:
    for key in ("joint_key", "joint_with"):
        returns.rows[TWO]["Progress"][0][key] = None
    returns.rows[TWO]["Progress"][0]["role"] = "Lead"


def _differ(returns: Set) -> None:
    returns.rows[TWO]["Measures"][0]["value"] = 59


def _twice(returns: Set) -> None:
    returns.rows[THREE]["Measures"][2]["value"] = 34_086
    returns.rows[FOUR]["Measures"][5]["value"] = 34_086


def _same(returns: Set) -> None:
    for entity in (ONE, TWO, THREE, FOUR):
        for question in (SECOND, THIRD):
            returns.answer(entity, question, "Yes")


def _no(returns: Set) -> None:
    returns.answer(THREE, OPENING, "No")


def _yes(returns: Set) -> None:
    last = next(code for code in CODEBOOK["questions"] if code.startswith("Q-L0"))
    returns.answer(FOUR, last, "Yes")


def _nothing(returns: Set) -> None:
    returns.rows[FIVE] = {
        "Checklist": [{"question": code, "answer": "No"} for code in CODEBOOK["questions"]]
    }


def _body(returns: Set) -> None:
    area, activity = AREAS[0], "Met three times on the training of mediators."
    progress = {"activity_id": "A-1", "area": area, "activity": activity, "role": "Lead"}
    answers = [{"question": OPENING, "answer": "Yes", "evidence": "A-1"}]
    returns.add("body.xlsx", BODY, {"Progress": [progress], "Checklist": answers})


def _stranger(returns: Set) -> None:
    others = [c for c in CODEBOOK["entities"] if c not in INVITED]
    kinds = CODEBOOK["entities"]
    stranger = next(
        c for c in others if kinds[c]["kind"] == "entity" and c not in INVITED_OR_ENTERED
    )
    rows = progress_rows(16)
    for row in rows["Progress"]:
        row["activity"] = f"In the field: {row['activity']}"  # type: ignore[index]
    for number, row in enumerate(rows["Measures"]):
        row["amount_usd"] = 90_000 + number  # type: ignore[index]
    returns.add("stranger.xlsx", stranger, rows)


INVITED_OR_ENTERED = {row["entity"] for row in CODEBOOK.tables["invitations"]}


def _linked(returns: Set) -> None:
    """A figure that a formula takes from another workbook, with its result."""
    path = write(returns.folder, request("plan", FIVE), "plan.xlsx")
    with ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with ZipFile(path, "w") as file:
        for name, part in parts.items():
            is_meant = b"extrabudgetary_usd" in part and b"/tableColumn" not in part
            linked = re.sub(rb'(<c r="C5"[^>]*>)<v>', rb"\1<f>[1]Budget!C4</f><v>", part, count=1)
            file.writestr(name, linked if is_meant and "worksheets" in name else part)
    returns.further.append(path)


def _no_plan(returns: Set) -> None:
    returns.rows[FIVE]["Progress"][3]["initiative_id"] = "I-99"
    returns.further.append(write(returns.folder, request("plan", FIVE), "plan.xlsx"))


def _unknown_plan(returns: Set) -> None:
    returns.rows[FIVE]["Progress"][3]["initiative_id"] = "I-99"


def _leads(returns: Set) -> None:
    for entity in (ONE, TWO):
        returns.rows[entity]["Progress"][0]["role"] = "Lead"


def _elsewhere(returns: Set) -> None:
    here, there = returns.rows[TWO]["Progress"][:2]
    names = ("role", "joint_with", "joint_key")
    there |= {name: here[name] for name in names}
    here |= {"role": "Lead", "joint_with": None, "joint_key": None}


def _unnamed(returns: Set) -> None:
    said = returns.rows[THREE]["Progress"][4]["activity"]
    returns.rows[FOUR]["Progress"][6]["activity"] = f"{said.rstrip('.')} ".upper()


def _old_row(returns: Set) -> None:
    said = returns.rows[FIVE]["Progress"][2]["activity"]
    row = Earlier(FIVE, "Progress", "A-7", (said,), "'[last.xlsx]Progress'!E9")
    returns.background = Background(earlier=[row])


def _planned(returns: Set, **results: object) -> None:
    plan = {f"R-{at}": {"result_id": f"R-{at}", "initiative_id": "I-1"} for at in range(1, 11)}
    more = {
        number: {"initiative_id": "I-1", "target": target} for number, target in results.items()
    }
    returns.background = Background({FIVE: [{**plan, **more}]})  # type: ignore[dict-item]


def _target(returns: Set) -> None:
    _planned(returns, **{"R-3": 51})
    returns.rows[FIVE]["Updates"][2]["target"] = 15


def _no_result(returns: Set) -> None:
    _planned(returns)
    further = {"result_id": "R-44", "initiative_id": "I-9", "rating": "On track"}
    returns.rows[FIVE]["Updates"].append(further)


def _result_gone(returns: Set) -> None:
    _planned(returns, **{"R-11": 7})


def _book(entity: str) -> str:
    return f"progress_{entity}.xlsx"


SCENARIOS = [
    Scenario("silent partner", "silent-partner", "warning", _book(ONE), "Progress", "F5", _silent),
    Scenario(
        "partners differ", "partners-differ", "warning", _book(TWO), "Measures", "D5", _differ
    ),
    Scenario(
        "one figure twice", "same-figure-twice", "warning", _book(FOUR), "Measures", "D10", _twice
    ),
    Scenario(
        "two equal lists",
        "same-answers",
        "warning",
        _book(FOUR),
        "Checklist",
        f"C{ROW[THIRD]}",
        _same,
    ),
    Scenario("rows but no", "rows-without-yes", "warning", _book(THREE), "Checklist", "C5", _no),
    Scenario(
        "yes but no rows",
        "yes-without-rows",
        "warning",
        _book(FOUR),
        "Checklist",
        f"C{ROW['Q-L0']}",
        _yes,
    ),
    Scenario(
        "nothing reported", "nothing-reported", "warning", _book(FIVE), "Cover", "B9", _nothing
    ),
    Scenario(
        "body among entities", "body-in-list", "warning", "body.xlsx", "Checklist", "C5", _body
    ),
    Scenario("not invited", "not-invited", "warning", "stranger.xlsx", "Cover", "B9", _stranger),
    Scenario(
        "from another workbook", "linked-value", "warning", "plan.xlsx", "Resources", "C5", _linked
    ),
    Scenario(
        "initiative of no plan",
        "unknown-initiative",
        "warning",
        _book(FIVE),
        "Progress",
        "M8",
        _no_plan,
    ),
    Scenario(
        "initiative where no plan is known",
        "unchecked-initiative",
        "note",
        _book(FIVE),
        "Progress",
        "M8",
        _unknown_plan,
    ),
    Scenario("two leads", "two-leads", "warning", _book(TWO), "Progress", "E5", _leads),
    Scenario(
        "joint, other area", "joint-differs", "warning", _book(TWO), "Progress", "B6", _elsewhere
    ),
    Scenario("same activity", "same-activity", "warning", _book(FOUR), "Progress", "D11", _unnamed),
    Scenario(
        "last cycle's row", "last-cycle-row", "warning", _book(FIVE), "Progress", "D7", _old_row
    ),
    Scenario(
        "target changed", "differs-from-plan", "warning", _book(FIVE), "Updates", "F7", _target
    ),
    Scenario(
        "result of no plan", "unknown-result", "warning", _book(FIVE), "Updates", "A15", _no_result
    ),
    Scenario(
        "result gone", "result-missing", "warning", _book(FIVE), "Updates", "A4", _result_gone
    ),
]
