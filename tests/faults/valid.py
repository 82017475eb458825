"""Returns of all three forms in which nothing is wrong: what the generator spoils."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from wps_xl.codebook import load
from wps_xl.forms.definitions import forms
from wps_xl.sheets.forms.writer import Prefill, Request, write_form

CODEBOOK = load()
CYCLE = CODEBOOK.cycle(next(iter(CODEBOOK["cycles"])))
FORMS = forms(CODEBOOK)
INVITED = [code for code, how in CODEBOOK.invited(CYCLE.code).items() if how == "invited"]
BODY = next(
    code for code in CODEBOOK.invited(CYCLE.code) if CODEBOOK["entities"][code]["kind"] == "body"
)
AREAS = list(CODEBOOK["areas_of_action"])[:8]
ROWS = 215
SOME = 80
FEW = 16

Cells = Mapping[str, object]
Rows = Mapping[str, Sequence[Cells]]


def day(date: dt.date, after: int = 0) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(after)


FIRST, LAST = day(CYCLE.review[0]), day(CYCLE.review[1])
BEGIN, END = day(CYCLE.plan_period[0]), day(CYCLE.plan_period[1])
COVER = {
    "focal_point": "Focal point",
    "email": "somebody@example.org",
    "head": "Head of entity",
    "completed": LAST,
    "signed_off": "Yes",
    "signed_off_date": LAST,
}


def progress_rows(count: int, areas: Sequence[str] = AREAS) -> Rows:
    """Rows of every sheet of a progress report; each area has some."""
    where = [areas[at % len(areas)] for at in range(count)]
    numbers = [f"{area}-{at}" for at, area in enumerate(where, start=1)]
    return {
        "Progress": [_activity(*pair) for pair in zip(numbers, where, strict=True)],
        "Measures": [_figure(at, number) for at, number in enumerate(numbers, start=1)],
        "Overview": [
            {"area": area, "focus": f"Work in area {area}.", "challenge_kind": None}
            for area in areas
        ],
        "Checklist": [_answer(code, areas) for code in CODEBOOK["questions"]],
        "Updates": [{"result_id": f"R-{at}", "rating": "On track"} for at in range(1, 11)],
    }


def _activity(number: str, area: str) -> Cells:
    return {
        "activity_id": number,
        "area": area,
        "activity": f"Trained the staff of mission {number} in early warning.",
        "role": "Lead",
        "strategy": "CAP",
        "level": "national",
        "countries": "SDN; LBR",
        "start": FIRST,
        "end": LAST,
        "place": "Khartoum",
        "partners": "Ministry of Health",
    }


def _figure(at: int, activity: str) -> Cells:
    return {
        "measure_id": f"M-{at}",
        "activity_id": activity,
        "measure": f"staff trained, course {at}",
        "value": 20 + at % 60,
        "unit": "persons",
        "numerator": 290,
        "denominator": 2300,
        "percent": 12.6,
        "period_start": FIRST,
        "period_end": LAST,
        "amount_usd": 1000 + at,
        "funding_source": "Core resources",
        "precision": "Exact",
        "women": 5,
        "girls": 1,
        "men": 3,
        "boys": 1,
    }


def _answer(code: str, areas: Sequence[str]) -> Cells:
    worked = CODEBOOK["questions"][code]["area"] in areas and code.endswith("0")
    if worked:
        return {"question": code, "answer": "Yes", "evidence": "See sheet Progress"}
    return {"question": code, "answer": "No"}


def plan_rows(count: int) -> Rows:
    numbers = [f"I-{at}" for at in range(1, count + 1)]
    return {
        "Initiatives": [_initiative(number) for number in numbers],
        "Results": [_result(number) for number in numbers],
        "Resources": [_resource(number) for number in numbers],
    }


def _initiative(number: str) -> Cells:
    return {
        "initiative_id": number,
        "title": f"Initiative {number}",
        "narrative": "Trains mediators in every region.",
        "thematic_area": "Prevention",
        "strategy": "CAP",
        "role": "Lead",
        "level": "Global",
        "start": BEGIN,
        "end": END,
    }


def _result(number: str) -> Cells:
    return {
        "result_id": f"R-{number}",
        "initiative_id": number,
        "expected_accomplishment": "More mediators are women.",
        "contribution": "Women take part in peace talks.",
        "indicator": "women among mediators",
        "indicator_type": "Quantitative",
        "unit": "persons",
        "baseline": 10,
        "baseline_date": BEGIN,
        "target": 50,
        "target_date": END,
    }


def _resource(number: str) -> Cells:
    return {
        "initiative_id": number,
        "year": BEGIN.year,
        "core_usd": 1000,
        "extrabudgetary_usd": 500,
        "estimate": "Estimate",
        "secured": "No",
    }


def practice_rows(count: int) -> Rows:
    return {
        "Practices": [
            {
                "practice_id": f"P-{at}",
                "kind": "Good practice",
                "title": f"Case {at}",
                "start": FIRST,
                "level": "Global",
                "thematic_areas": "PREV; PART",
                "context": "A network of mediators was set up.",
                "results": "Women took part in the talks.",
                "impact": "Women were heard.",
                "why_it_worked": "The network was local.",
                "end": LAST,
            }
            for at in range(1, count + 1)
        ]
    }


LARGE: Mapping[str, Rows] = {
    "progress": progress_rows(ROWS),
    "plan": plan_rows(SOME),
    "practices": practice_rows(SOME),
}
SMALL: Mapping[str, Rows] = {
    "progress": progress_rows(FEW),
    "plan": plan_rows(FEW),
    "practices": practice_rows(FEW),
}


def request(
    form: str,
    entity: str,
    rows: Rows | None = None,
    cover: Mapping[str, object] | None = None,
    written: dt.datetime = LAST,
) -> Request:
    """The request for a return in which nothing is wrong, or only what ``rows`` have wrong."""
    rows = LARGE[form] if rows is None else rows
    results = [{"result_id": f"R-{at}", "initiative_id": "I-1"} for at in range(1, 11)]
    prefill = Prefill(results=results if form == "progress" else ())
    return Request(
        FORMS[form],
        entity,
        CYCLE,
        CODEBOOK,
        cover={**COVER, **(cover or {})},
        rows=rows,
        prefill=prefill,
        written=written,
    )


def write(folder: Path, asked: Request, name: str = "") -> Path:
    """Write a return; its file name says form and entity unless told."""
    path = folder / (name or f"{asked.form.code}_{asked.entity}.xlsx")
    write_form(asked, path)
    return path
