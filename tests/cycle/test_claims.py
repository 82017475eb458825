"""The figures of the published report, recomputed from the review workbook alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from workbooks import code_list, golden_rows, table

Claim = dict[str, str]
COLUMNS = {
    "value": "Value",
    "numerator": "Part",
    "denominator": "Whole",
    "percent": "Per cent",
    "target": "Target",
    "baseline": "Baseline",
    "amount_usd": "Amount (US dollars)",
}
# Facts that stand in the published text only; no row of an entity's return holds them.
WITHOUT_ROW = {
    "C101": "para. 51 counts good practices received; no practices form of that cycle is at hand",
    "C102": "para. 51 counts the entities that sent good practices; likewise",
}


@pytest.fixture(scope="module")
def measures(demo: Path) -> pd.DataFrame:
    return table(demo / "review.xlsx", "Measures")


@pytest.fixture(scope="module")
def computed(demo: Path, measures: pd.DataFrame) -> Callable[[Claim], float | None]:
    workbook = demo / "review.xlsx"
    checklist, register = table(workbook, "Checklist"), table(workbook, "Register")
    lists = {row["list"]: row["question"] for row in golden_rows("lists.csv")}

    def yes(question: str) -> int:
        asked = checklist["Question No."] == question
        return int((asked & (checklist["Answer"] == "yes")).sum())

    def respondents() -> int:
        progress = register[(register["Form"] == "progress") & (register["Status"] == "received")]
        return int((progress["Takes part"] == "invited").sum())

    def measure(claim: Claim, column: str) -> float:
        owner = measures[measures["Entity"] == claim["entity"]]
        row = owner[owner["What is measured"] == claim["measure"]]
        assert len(row) == 1, claim
        return float(row.iloc[0][COLUMNS[column]])

    def places(claim: Claim) -> int:
        owner = measures[measures["Entity"] == claim["entity"]]
        number = owner[owner["What is measured"] == claim["measure"]].iloc[0]["Activity No."]
        rows = table(workbook, "Progress")
        row = rows[(rows["Entity"] == claim["entity"]) & (rows["No."] == number)].iloc[0]
        return len(str(row["Countries"]).split(";"))

    def value(claim: Claim) -> float | None:
        how = claim["how"]
        if how == "list_count":
            return yes(lists[claim["of"]])
        if how == "entities":
            return respondents()
        if how == "measure":
            return measure(claim, claim["column"])
        if how == "places":
            return places(claim)
        if how == "diff":
            return measure(claim, "value") - measure(claim, "baseline")
        if how == "rows" and claim["of"] == "recommendations.csv":
            return len(table(workbook, "Recommendations"))
        if how == "rows":
            return len(code_list(workbook, claim["of"].removesuffix(".csv")))
        if how == "sum":
            dpko = measures[measures["Entity"] == "DPKO"].set_index("What is measured")["Part"]
            names = [
                "missions with a full-time gender adviser",
                "missions with gender focal points",
            ]
            return float(dpko[names].sum())
        return None

    return value


def test_the_claims_of_the_published_report_are_recomputed_from_the_workbook(
    computed: Callable[[Claim], float | None],
) -> None:
    claims = golden_rows("claims.csv")

    results = {claim["claim"]: computed(claim) for claim in claims}

    wrong = {
        claim["claim"]: (results[claim["claim"]], claim["expected"])
        for claim in claims
        if results[claim["claim"]] is not None
        and results[claim["claim"]] != float(claim["expected"])
    }
    missing = {name for name, result in results.items() if result is None}
    assert wrong == {}
    assert missing == set(WITHOUT_ROW), "each claim that has no row says why"
    assert len(claims) - len(missing) >= 100
