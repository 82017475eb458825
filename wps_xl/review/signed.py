"""What heads of entities signed off, as the workbook remembers it: amounts row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wps_xl.intake.returns import Return
from wps_xl.intake.sign_off import Amount, Owner, Signed, day_of
from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.records import RegisterLine, SignedAmount
from wps_xl.review.workbook import Review

SHEET = SignedAmount.sheet_name


def known(review: Review) -> dict[Owner, Signed]:
    """Entity and form to the day of a sign-off and the amounts that were signed off."""
    rows: dict[Owner, list[Amount]] = defaultdict(list)
    for row in review.rows(SignedAmount):
        if row.us_dollars is not None:
            amount = Amount(row.sheet, row.row_id, row.row_says, row.column, float(row.us_dollars))
            rows[row.entity, row.form].append(amount)
    found = {}
    for line in review.rows(RegisterLine):
        day, total = line.date_of_sign_off, line.us_dollars_signed_off
        if day is not None and total is not None:
            key = line.entity, line.form
            found[key] = Signed(day, float(total), rows.get(key, ()))
    return found


def total(item: Return, intake: Intake) -> Value:
    """What was signed off in all; None where the return is not signed off."""
    signed = intake.signed.get((item.entity, item.form))
    return signed.dollars if signed and signed.day == day_of(item) else None


def amount_rows(review: Review, intake: Intake) -> Iterator[dict[str, Value]]:
    """The lines of the hidden sheet after an intake; those of returns not in it are kept."""
    counted = {(item.entity, item.form): item for item in intake.returns if not item.status}
    for row in review.rows(SignedAmount):
        if (row.entity, row.form) not in counted:
            yield row.by_heading()
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
