"""Makes the returns that the measurements read: made-up rows, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import math
import random
import sys
from pathlib import Path

from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.forms.definitions import forms
from wps_xl.sheets.forms.writer import Request, file_name, write_form

WORDS = [
    *("training", "women", "police", "peace", "mediators", "workshop", "district", "network"),
    *("survey", "guidance", "access", "protection", "justice", "reform", "elections", "camp"),
    *("market", "border", "council", "radio", "teachers", "health", "law"),
]
SPOILED = (None, "  ", "~50", "1.234,5", "03/04/2007", "prevension", "n/a", -1, "#", "A-1 ")
COVER = {
    "focal_point": "Focal point",
    "email": "someone@example.org",
    "head": "Head of entity",
    "signed_off": "No",
}


def main(folder: Path, rows: int, faults: int = 0) -> None:
    """A progress and a plan return for each invited entity, ``rows`` rows in each large sheet.

    ``faults`` of their cells, taken at random, hold something else.
    """
    codebook = load()
    cycle = codebook.cycle(next(iter(codebook["cycles"])))
    definitions = forms(codebook)
    folder.mkdir(parents=True, exist_ok=True)
    entities = [e for e, how in codebook.invited(cycle.code).items() if how == "invited"]
    each = math.ceil(faults / (2 * len(entities)))
    for at, entity in enumerate(entities):
        chance = random.Random(at)
        for form, make in (("progress", _progress), ("plan", _plan)):
            filled = make(chance, codebook, cycle, rows)
            _spoil(filled, random.Random(at), min(each, faults))
            faults -= min(each, faults)
            request = Request(
                definitions[form],
                entity,
                cycle,
                codebook,
                cover={**COVER, "completed": _day(cycle.review[1])},
                rows=filled,
                written=_day(cycle.review[1]),
            )
            write_form(request, folder / file_name(request))


def _progress(
    chance: random.Random, codebook: Codebook, cycle: Cycle, rows: int
) -> dict[str, list[dict[str, object]]]:
    areas, strategies = list(codebook["areas_of_action"]), list(codebook["strategies"])
    countries, levels = list(codebook["countries"]), list(codebook["levels"])
    first, last = cycle.review
    progress, measures = [], []
    for number in range(1, rows + 1):
        start = first + dt.timedelta(chance.randrange(200))
        area = chance.choice(areas)
        activity = f"{area}-{number}"
        progress.append(
            {
                "activity_id": activity,
                "area": area,
                "activity": _text(chance, 14),
                "role": "lead",
                "strategy": chance.choice(strategies),
                "level": chance.choice(levels),
                "countries": "; ".join(chance.sample(countries, 2)),
                "start": _day(start),
                "end": _day(min(last, start + dt.timedelta(90))),
                "place": _text(chance, 2),
                "partners": _text(chance, 3),
            }
        )
        measures.append(
            {
                "measure_id": f"M-{number}",
                "activity_id": activity,
                "measure": _text(chance, 5),
                "value": chance.randrange(1, 100),
                "unit": "persons",
                "amount_usd": chance.randrange(100, 10**7) / 100,
                "funding_source": chance.choice(["core", "extrabudgetary"]),
                "precision": "exact",
            }
        )
    done = {row["area"] for row in progress}
    checklist: list[dict[str, object]] = [
        {"question": code, "answer": "yes", "evidence": "Progress"}
        if code.endswith("0") and codebook["questions"][code]["area"] in done
        else {"question": code, "answer": "no"}
        for code in codebook["questions"]
    ]
    return {"Progress": progress, "Measures": measures, "Checklist": checklist}


def _plan(
    chance: random.Random, codebook: Codebook, cycle: Cycle, rows: int
) -> dict[str, list[dict[str, object]]]:
    themes, strategies = list(codebook["thematic_areas"]), list(codebook["strategies"])
    begin, end = cycle.plan_period
    numbers = [f"I-{number}" for number in range(1, rows + 1)]
    initiatives: list[dict[str, object]] = [
        {
            "initiative_id": number,
            "title": _text(chance, 5),
            "narrative": _text(chance, 20),
            "thematic_area": chance.choice(themes),
            "strategy": chance.choice(strategies),
            "role": "lead",
            "level": "global",
            "start": _day(begin),
            "end": _day(end),
        }
        for number in numbers
    ]
    results: list[dict[str, object]] = [
        {
            "result_id": f"R-{number}",
            "initiative_id": number,
            "expected_accomplishment": _text(chance, 9),
            "contribution": _text(chance, 9),
            "indicator": _text(chance, 6),
            "indicator_type": "quantitative",
            "unit": "persons",
            "baseline": 0,
            "baseline_date": _day(begin),
            "target": chance.randrange(10, 999),
            "target_date": _day(end),
        }
        for number in numbers
    ]
    resources: list[dict[str, object]] = [
        {
            "initiative_id": number,
            "year": chance.choice([begin.year, end.year]),
            "core_usd": chance.randrange(100, 10**7) / 100,
            "extrabudgetary_usd": chance.randrange(100, 10**7) / 100,
            "estimate": "estimate",
            "secured": "N",
            "predictability": "one year",
        }
        for number in numbers
    ]
    return {"Initiatives": initiatives, "Results": results, "Resources": resources}


def _spoil(filled: dict[str, list[dict[str, object]]], chance: random.Random, faults: int) -> None:
    """Put something into cells that does not belong there."""
    for _ in range(faults):
        row = chance.choice(chance.choice(list(filled.values())))
        code = chance.choice(list(row))
        row[code] = chance.choice(SPOILED)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def _day(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
