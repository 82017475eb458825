"""Figures as the draft prints them, each with the cells of the review workbook it rests on."""

from __future__ import annotations

from wps_xl.model import Figure
from wps_xl.records import Measure
from wps_xl.report.editorial import style

_SAID = ("numerator", "denominator", "value", "percent", "target", "baseline", "amount_usd")


def measure_figures(row: Measure) -> list[Figure]:
    """The figures of one row of Measures: value, part of whole, percentage, target, amount.

    Ids are ``ENTITY.number.column``.
    """
    values = {
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "percent": row.percent,
        "baseline": row.baseline,
        "target": row.target,
        "amount_usd": row.amount_usd,
    }
    return [
        Figure(
            f"{row.entity}.{row.measure_id}.{code}",
            value,
            _printed(code, value, row),
            (row.cell_of(code),),
        )
        for code, value in values.items()
        if value is not None
    ]


def _printed(code: str, value: float, row: Measure) -> str:
    if code == "percent":
        return style.per_cent(value)
    if code == "amount_usd":
        return style.money(value)
    if code == "target" and _is_share(row):
        return style.per_cent(value)
    return style.in_figures(value)


def _is_share(row: Measure) -> bool:
    """Whether the measure is a percentage, stated as one or as part of a whole."""
    part_of_whole = row.numerator is not None and row.denominator is not None
    return part_of_whole or row.percent is not None


def measure_phrase(row: Measure, figures: list[Figure]) -> str:
    """What a measure says in a list of figures: ``facilitators trained, 13 of 33``."""
    text = {figure.id.rpartition(".")[2]: figure.text for figure in figures}
    part, whole, value, percent, target, baseline, amount = (text.get(code, "") for code in _SAID)
    if part and whole:
        said = f"{part} of {whole}"
    elif value:
        said = value
    elif percent and whole:
        said = f"{percent} of {whole}"
    else:
        said = percent or amount or part
    counted = value or part
    remarks = (
        percent if counted else "",
        f"target: {target}" if target else "",
        f"baseline: {baseline}" if baseline else "",
        amount if counted else "",
    )
    about = "; ".join(filter(None, remarks))
    return f"{row.measure}, {said}{f' ({about})' if about else ''}"
