"""Figures as the draft prints them, each with the cells of the review workbook it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.model import Figure
from wps_xl.records import Measure
from wps_xl.report.editorial import style


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
    about = "; ".join(_remarks(text))
    return f"{row.measure}, {_amount(text)}{f' ({about})' if about else ''}"


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
