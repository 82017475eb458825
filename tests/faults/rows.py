"""Faults between cells of a row, and between rows of a sheet or of two sheets."""

from __future__ import annotations

from random import Random

from faults.cells import BEFORE, G, M, N, P, R, S
from faults.page import Fault, Page, puts, sets
from faults.valid import AREAS, BEGIN, END, LAST, day

Q, U = ("progress", "Checklist"), ("progress", "Updates")
V = ("progress", "Overview")


def other_letter(page: Page, row: int, chance: Random) -> str | None:
    own = str(page.get(row, "activity_id"))[0]
    page.put(row, "area", chance.choice([area for area in AREAS if area != own]))
    return None


def itself(page: Page, row: int, chance: Random) -> str | None:
    cover = Page.of(page.book, "Cover")
    page.put(row, "role", "Joint")
    page.put(row, "joint_with", cover.sheet.cell(cover.line("entity"), 2).value)
    return None


def other_form(page: Page, row: int, chance: Random) -> str | None:
    own = str(page.get(row, "activity_id"))
    page.put(row, "activity_id", chance.choice([own.replace("-", ""), own.replace("-", "-0")]))
    return None


ROWS = [
    Fault(
        "end before start",
        *P,
        "end",
        "dates-order",
        "error",
        puts(start=LAST, end=day(LAST.date(), -9)),
    ),
    Fault(
        "joint without partner",
        *P,
        "joint_with",
        "required-with",
        "error",
        sets("role", "Joint", "Co-chair"),
    ),
    Fault("partner of itself", *P, "joint_with", "same-value", "error", itself),
    Fault(
        "main strategy repeated",
        *P,
        "other_strategies",
        "same-value",
        "error",
        sets("other_strategies", "CAP; POL"),
    ),
    Fault(
        "reference to nothing",
        *M,
        "activity_id",
        "unknown-reference",
        "error",
        sets("activity_id", "A-999", "Q-7"),
    ),
    Fault("value without unit", *M, "unit", "required-with", "error", sets("unit", None)),
    Fault(
        "nothing in the row",
        *M,
        "value",
        "one-of-required",
        "error",
        puts(
            value=None,
            unit=None,
            numerator=None,
            denominator=None,
            percent=None,
            amount_usd=None,
            funding_source=None,
            precision=None,
        ),
    ),
    Fault(
        "part over whole",
        *M,
        "numerator",
        "part-over-whole",
        "error",
        puts(numerator=12, denominator=10, percent=None),
    ),
    Fault(
        "not the quotient",
        *M,
        "percent",
        "not-the-quotient",
        "error",
        sets("percent", 16, 12.5, 0.126),
    ),
    Fault(
        "percentage no part can give",
        *M,
        "percent",
        "impossible-percentage",
        "warning",
        puts(numerator=None, denominator=10, percent=61),
    ),
    Fault(
        "percentage typed as fraction",
        *M,
        "percent",
        "percent-as-fraction",
        "warning",
        puts(numerator=None, denominator=None, percent=0.61),
    ),
    Fault(
        "sex and age over the value", *M, "women", "parts-over-value", "error", sets("women", 900)
    ),
    Fault(
        "money without source",
        *M,
        "funding_source",
        "expected-with",
        "warning",
        sets("funding_source", None),
    ),
    Fault(
        "money without precision",
        *M,
        "precision",
        "expected-with",
        "warning",
        sets("precision", None),
    ),
    Fault(
        "measured to before from",
        *M,
        "period_end",
        "dates-order",
        "error",
        puts(period_start=LAST, period_end=BEFORE),
    ),
    Fault(
        "whole of zero",
        *M,
        "denominator",
        "below-minimum",
        "error",
        puts(denominator=0, numerator=0, percent=None),
    ),
    Fault("yes without evidence", *Q, "evidence", "required-with", "error", sets("answer", "Yes")),
    Fault("no answer", *Q, "answer", "question-unanswered", "warning", sets("answer", None)),
    Fault("unlisted answer", *Q, "answer", "list-value", "error", sets("answer", "perhaps")),
    Fault("result without update", *U, "latest", "one-of-required", "error", sets("rating", None)),
    Fault(
        "latest value without date", *U, "latest_date", "required-with", "error", sets("latest", 12)
    ),
    Fault(
        "gap without kind",
        *V,
        "challenge_kind",
        "required-with",
        "error",
        sets("challenge", "Too few staff."),
    ),
    Fault(
        "plan outside its period",
        *N,
        "end",
        "outside-period",
        "warning",
        sets("end", day(END.date(), 90)),
    ),
    Fault(
        "national without country",
        *N,
        "countries",
        "required-with",
        "error",
        sets("level", "National"),
    ),
    Fault("target equal to baseline", *R, "target", "same-value", "error", sets("target", 10)),
    Fault(
        "no reason for no baseline",
        *R,
        "baseline",
        "reason-missing",
        "error",
        puts(baseline=None, baseline_date=None),
    ),
    Fault(
        "baseline without date",
        *R,
        "baseline_date",
        "required-with",
        "error",
        sets("baseline_date", None),
    ),
    Fault(
        "target before baseline",
        *R,
        "target_date",
        "dates-order",
        "error",
        puts(target_date=BEGIN, baseline_date=END),
    ),
    Fault(
        "result of nothing",
        *R,
        "initiative_id",
        "unknown-reference",
        "error",
        sets("initiative_id", "I-999"),
        alone=True,
    ),
    Fault(
        "no amount at all",
        *S,
        "core_usd",
        "one-of-required",
        "error",
        puts(core_usd=None, extrabudgetary_usd=None),
    ),
    Fault("practice ends before start", *G, "end", "dates-order", "error", sets("end", BEFORE)),
    Fault("number in another form", *M, "activity_id", "number-form", "note", other_form),
    Fault(
        "evidence of no row",
        *Q,
        "evidence",
        "evidence-unknown",
        "warning",
        puts(answer="Yes", evidence="See rows A-1 and A-999"),
    ),
    Fault(
        "question reworded",
        *Q,
        "text",
        "question-changed",
        "warning",
        sets("text", "Did you train anybody?", None),
    ),
    Fault("number of another area", *P, "activity_id", "number-letter", "warning", other_letter),
]
