"""Made-up action plans and what became of them, so that every sheet has something to show."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import forms
from wps_xl.sample import Sample
from wps_xl.sheets.forms.writer import Prefill, Request

PLAN, PROGRESS = "plan", "progress"
Values = dict[str, object]
Rows = dict[str, list[Values]]
KNOWN = 0.85
SHARES = (0.0, 0.2, 0.35, 0.5, 0.6, 0.8, 1.0, 1.1)
CARRIED = ("result_id", "initiative_id", "indicator", "unit", "baseline", "target")


@dataclass(frozen=True)
class Plan:
    """Action plans, and the later progress returns that say how far their results are.

    ``mark`` is what every sheet and the draft say about such data.
    """

    mark: str
    plans: Sequence[Request]
    updates: Sequence[Request]


def load_plan(codebook: Codebook, sample: Sample, file: Path | None = None) -> Plan:
    """Draw the plans that ``workbook/sample/plan.toml`` describes: always the same."""
    file = file or assets.path("workbook/sample/plan.toml")
    about = tomllib.loads(file.read_text(encoding="utf-8"))
    cycle = codebook.cycle(sample.cycle)
    first = {request.entity: request for request in sample.requests}
    plans, updates = [], []
    for at, entity in enumerate(about["entities"]):
        chance = random.Random(about["seed"] + at)
        rows = _plan_rows(chance, about, cycle, entity)
        plans.append(_request(codebook, cycle, entity, rows, first[entity].cover))
        if entity in about["updating"]:
            updates.append(_later(chance, about, first[entity], rows["Results"]))
    return Plan(about["mark"], plans, updates)


def _request(
    codebook: Codebook, cycle: Cycle, entity: str, rows: Rows, cover: Mapping[str, object]
) -> Request:
    due = (cycle.due or {}).get(PLAN) or cycle.review[1]
    day = dt.datetime.combine(due, dt.time())
    signed = {**cover, "completed": day, "signed_off_date": day}
    written = day + dt.timedelta(hours=12)
    form = forms(codebook)[PLAN]
    return Request(form, entity, cycle, codebook, cover=signed, rows=rows, written=written)


def _plan_rows(chance: random.Random, about: Mapping[str, Any], cycle: Cycle, entity: str) -> Rows:
    rows: Rows = {"Initiatives": [], "Results": [], "Resources": []}
    for number, theme, initiative in _initiatives(chance, about, entity):
        identifier = f"I-{number}"
        words = {key: text.format(**initiative) for key, text in about["words"].items()}
        start = _day(cycle.plan_period[0], chance.randrange(0, 120))
        rows["Initiatives"].append(
            {
                "initiative_id": identifier,
                "narrative": words["narrative"],
                "thematic_area": theme["code"],
                "level": "national",
                "start": start,
                "end": _day(cycle.plan_period[1]),
                "status": chance.choice(["new", "continuing"]),
                "partners": words["partner"],
                **initiative,
            }
        )
        rows["Results"] += _results(chance, cycle, identifier, theme, words, len(rows["Results"]))
        rows["Resources"] += _resources(chance, about, cycle, identifier)
    return rows


def _initiatives(
    chance: random.Random, about: Mapping[str, Any], entity: str
) -> Iterator[tuple[int, Mapping[str, Any], Values]]:
    """Number, theme and the chosen values of each initiative; the joint one comes first."""
    themes, joint = about["theme"], about["joint"]
    number = 0
    if entity in joint["entities"]:
        number += 1
        others = [code for code in joint["entities"] if code != entity]
        leads = entity == joint["entities"][0]
        yield (
            number,
            next(theme for theme in themes if theme["code"] == joint["theme"]),
            {
                "title": joint["name"],
                "strategy": joint["strategy"],
                "role": "lead" if leads else "joint",
                "joint_with": "; ".join(others),
                "joint_key": joint["name"],
                "countries": "; ".join(joint["countries"]),
            },
        )
    for _ in range(chance.randint(*about["initiatives"])):
        number += 1
        theme = chance.choice(themes)
        yield (
            number,
            theme,
            {
                "title": chance.choice(theme["titles"]),
                "strategy": chance.choice(theme["strategies"]),
                "role": "lead",
                "countries": "; ".join(sorted(chance.sample(about["countries"], 2))),
            },
        )


def _results(
    chance: random.Random,
    cycle: Cycle,
    initiative: str,
    theme: Mapping[str, Any],
    words: Mapping[str, str],
    known: int,
) -> Iterator[Values]:
    chosen = chance.sample(theme["indicator"], chance.randint(1, 2))
    for number, indicator in enumerate(chosen, start=known + 1):
        row: Values = {
            "result_id": f"R-{number}",
            "initiative_id": initiative,
            "expected_accomplishment": words["accomplishment"],
            "contribution": words["contribution"],
            "indicator": indicator["text"],
            "target_date": _day(cycle.plan_period[1]),
        }
        if indicator.get("qualitative"):
            yield {**row, "indicator_type": "qualitative"}
            continue
        row |= {
            "indicator_type": "quantitative",
            "unit": indicator["unit"],
            "target": chance.randint(*indicator["target"]),
        }
        if chance.random() < 0.8:
            baseline = chance.randint(*indicator["baseline"])
            yield {**row, "baseline": baseline, "baseline_date": _day(cycle.review[1])}
        else:
            yield {**row, "no_baseline_reason": "not collected"}


def _resources(
    chance: random.Random, about: Mapping[str, Any], cycle: Cycle, initiative: str
) -> Iterator[Values]:
    first, last = cycle.plan_period
    for year in range(first.year, last.year + 1):
        row: Values = {
            "initiative_id": initiative,
            "year": year,
            "extrabudgetary_usd": _dollars(chance, about["extrabudgetary_usd"]),
            "estimate": "estimate" if chance.random() < 0.7 else "actual",
            "secured": chance.choice(["Y", "N", "N"]),
            "predictability": chance.choice(["one year", "one year", "multi-year"]),
        }
        if chance.random() < 0.6:
            row["core_usd"] = _dollars(chance, about["core_usd"])
        yield row


def _dollars(chance: random.Random, limits: Sequence[int]) -> float:
    return chance.randrange(limits[0] * 100, limits[1] * 100) / 100


def _later(
    chance: random.Random, about: Mapping[str, Any], first: Request, results: Sequence[Values]
) -> Request:
    """The progress return again, saved later, with a value or rating for most results."""
    moment = _day(about["updated"])
    updates = []
    ratings = list(first.codebook["ratings"])
    for result in results:
        known = _latest(chance, result, moment, ratings) if chance.random() < KNOWN else {}
        note = about["words"]["note" if known else "nothing"]
        updates.append({"result_id": result["result_id"], **known, "note": note})
    carried = [{code: row[code] for code in CARRIED if code in row} for row in results]
    return replace(
        first,
        cover={**first.cover, "completed": moment, "signed_off_date": moment},
        rows={**first.rows, "Updates": updates},
        prefill=Prefill(results=carried),
        written=moment + dt.timedelta(hours=12),
    )


def _latest(
    chance: random.Random, result: Values, moment: dt.datetime, ratings: Sequence[str]
) -> Values:
    target = result.get("target")
    if not isinstance(target, int):
        return {"rating": chance.choice(ratings)}
    baseline = result.get("baseline")
    start = baseline if isinstance(baseline, int) else 0
    latest = round(start + chance.choice(SHARES) * (target - start))
    return {"latest": latest, "latest_date": moment}


def _day(day: dt.date, later: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(days=later)
