"""What heads of entities signed off, as the workbook remembers it: amounts row by row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from wps_xl.intake.returns import Return
from wps_xl.intake.sign_off import Amount, Owner, Signed, day_of
from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.review.columns import text
from wps_xl.review.workbook import Review

SHEET = "Signed amounts"
TOTAL, DAY = "US dollars signed off", "Date of sign-off"


def known(review: Review) -> dict[Owner, Signed]:
    """Entity and form to the day of a sign-off and the amounts that were signed off."""
    rows: dict[Owner, list[Amount]] = defaultdict(list)
    for _, row in review.records(SHEET):
        sheet, name, words = (text(row[part]) for part in ("Sheet", "Row id", "Row says"))
        dollars = row["US dollars"]
        if isinstance(dollars, int | float):
            amount = Amount(sheet, name, words, text(row["Column"]), float(dollars))
            rows[text(row["Entity"]), text(row["Form"])].append(amount)
    found = {}
    for _, row in review.records("Register"):
        day, total, key = row[DAY], row[TOTAL], (text(row["Entity"]), text(row["Form"]))
        if isinstance(day, dt.datetime) and isinstance(total, int | float):
            found[key] = Signed(day, float(total), rows.get(key, ()))
    return found


def total(item: Return, intake: Intake) -> Value:
    """What was signed off in all; None where the return is not signed off."""
    signed = intake.signed.get((item.entity, item.form))
    return signed.dollars if signed and signed.day == day_of(item) else None


def amount_rows(review: Review, intake: Intake) -> Iterator[dict[str, Value]]:
    """The lines of the hidden sheet after an intake; those of returns not in it are kept."""
    counted = {(item.entity, item.form): item for item in intake.returns if not item.status}
    for _, row in review.records(SHEET):
        if (text(row["Entity"]), text(row["Form"])) not in counted:
            yield row
    for key in sorted(counted):
        signed = intake.signed.get(key)
        for one in signed.amounts if signed and signed.day == day_of(counted[key]) else ():
            yield {
                **dict(zip(("Entity", "Form"), key, strict=True)),
                "Sheet": one.sheet,
                "Row id": one.row,
                "Row says": one.words,
                "Column": one.column,
                "US dollars": one.dollars,
            }
