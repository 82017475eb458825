"""What a desk officer who knows pandas would write: read, concat, merge, pivot, save; no checks.

    python bench/pandas_consolidation.py RETURNS OUT.xlsx

``bench/run.py`` measures ``consolidate`` against it on the same returns.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

SHEETS = {
    "progress": ("Progress", "Measures", "Overview", "Checklist"),
    "plan": ("Initiatives", "Results", "Resources"),
}
CODES, FIRST = 2, 4


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """The rows of every sheet of all returns, one below the other, with entity and book."""
    found: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(folder.glob("*.xlsx")):
        _, form, entity = path.stem.split("_", 2)
        book = CalamineWorkbook.from_path(str(path))
        for name in SHEETS.get(form, ()):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            frame = pd.DataFrame(rows[FIRST:], columns=rows[CODES]).replace("", None)
            frame = frame.dropna(how="all")
            frame.insert(0, "entity", entity)
            frame["book"], frame["row"] = path.name, frame.index + FIRST + 1
            found.setdefault(name, []).append(frame)
    return {name: pd.concat(frames, ignore_index=True) for name, frames in found.items()}


def pivots(rows: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that the sheets of the review workbook show, more or less."""
    progress, plan = rows["Progress"], rows["Initiatives"]
    measures = rows["Measures"].merge(
        progress[["entity", "activity_id", "area", "strategy"]], on=["entity", "activity_id"]
    )
    keys = ["entity", "initiative_id"]
    themes = plan[[*keys, "thematic_area", "strategy"]]
    money = rows["Resources"].merge(themes, on=keys)
    results = rows["Results"].merge(themes, on=keys)
    countries = progress.assign(country=progress["countries"].str.split("; ")).explode("country")

    def table(frame: pd.DataFrame, row: str, column: str, value: str, how: str) -> pd.DataFrame:
        return frame.pivot_table(value, row, column, aggfunc=how, margins=True)

    return {
        "By area": table(progress, "entity", "area", "activity_id", "count"),
        "By strategy": table(progress, "entity", "strategy", "activity_id", "count"),
        "Reported": table(measures, "entity", "funding_source", "amount_usd", "sum"),
        "Core": table(money, "entity", "thematic_area", "core_usd", "sum"),
        "Extra": table(money, "entity", "thematic_area", "extrabudgetary_usd", "sum"),
        "Indicators": table(results, "entity", "thematic_area", "indicator", "count"),
        "By country": table(countries, "country", "area", "activity_id", "count"),
        "Answers": table(rows["Checklist"], "question", "answer", "entity", "count"),
        **{
            f"Theme {theme}": table(part, "entity", "strategy", "initiative_id", "count")
            for theme, part in plan.groupby("thematic_area")
        },
    }


def main(folder: Path, target: Path) -> None:
    """Read, concat, merge, pivot, save with openpyxl."""
    rows = read(folder)
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, frame in rows.items():
            frame.to_excel(writer, sheet_name=name, index=False)
        for name, frame in pivots(rows).items():
            frame.to_excel(writer, sheet_name=name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
