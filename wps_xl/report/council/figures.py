"""Figures as the draft prints them, each with the cells of the review workbook it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.model import Figure, Value
from wps_xl.report.editorial import style
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]


def measure_figures(
    review: Review, number: int, row: Row, heading: Mapping[str, str]
) -> list[Figure]:
    """The figures of one row of Measures: value, part of whole, percentage, target, amount.

    ``heading`` maps column codes of the form to the headings of the data sheet. Ids are
    ``ENTITY.number.column``.
    """
    found = []
    for code in (
        "value",
        "numerator",
        "denominator",
        "percent",
        "baseline",
        "target",
        "amount_usd",
    ):
        value = row.get(heading[code])
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell = review.cell("Measures", number, heading[code])
            name = f"{row[ENTITY]}.{row[heading['measure_id']]}.{code}"
            found.append(Figure(name, value, _printed(code, value, row, heading), (cell,)))
    return found


def _printed(code: str, value: float, row: Row, heading: Mapping[str, str]) -> str:
    if code == "percent":
        return style.per_cent(value)
    if code == "amount_usd":
        return style.money(value)
    if code == "target" and _is_share(row, heading):
        return style.per_cent(value)
    return style.in_figures(value)


def _is_share(row: Row, heading: Mapping[str, str]) -> bool:
    """Whether the measure is a percentage, stated as one or as part of a whole."""
    part_of_whole = all(row.get(heading[code]) is not None for code in ("numerator", "denominator"))
    return part_of_whole or row.get(heading["percent"]) is not None


def measure_phrase(row: Row, figures: list[Figure], heading: Mapping[str, str]) -> str:
    """What a measure says in a list of figures: ``facilitators trained, 13 of 33``."""
    text = {figure.id.rpartition(".")[2]: figure.text for figure in figures}
    about = "; ".join(_remarks(text))
    return f"{row[heading['measure']]}, {_amount(text)}{f' ({about})' if about else ''}"


def _amount(text: Mapping[str, str]) -> str:
    if "numerator" in text and "denominator" in text:
        return f"{text['numerator']} of {text['denominator']}"
    if "value" in text:
        return text["value"]
    if "percent" in text and "denominator" in text:
        return f"{text['percent']} of {text['denominator']}"
    return text.get("percent") or text.get("amount_usd") or text.get("numerator", "")


def _remarks(text: Mapping[str, str]) -> Iterator[str]:
    if "percent" in text and ("value" in text or "numerator" in text):
        yield text["percent"]
    if "target" in text:
        yield f"target: {text['target']}"
    if "baseline" in text:
        yield f"baseline: {text['baseline']}"
    if "amount_usd" in text and ("value" in text or "numerator" in text):
        yield text["amount_usd"]
