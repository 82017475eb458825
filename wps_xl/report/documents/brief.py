"""A brief on one country: the thematic areas as headings, gaps shown (S/2007/567, para. 58 (j))."""

from __future__ import annotations

from collections.abc import Iterator

from wps_xl.errors import InputError
from wps_xl.model import Draft, Paragraph, Section, Sentence
from wps_xl.records import Initiative, Practice
from wps_xl.records.kinds import NOT_ELIGIBLE
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import prompt
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.plan import initiative_sentence
from wps_xl.report.council.practices import practice_sentence
from wps_xl.report.council.remarks import remarked
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import country
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review


def build(review: Review, asked: str) -> Draft:
    """What entities reported on one country, by thematic area.

    Every accepted row is told, save those that the office marked not to be told, and cases of good
    practice that the panel found not eligible.

    Raises
    ------
    InputError
        Where no list of countries knows ``asked``.
    """
    countries = review.codebook["countries"]
    code = countries.find(asked)
    if code is None:
        raise InputError(
            f"'{asked}' is not in the list of countries. Give a code of three letters or a name "
            "as sheet Lists has it."
        )
    wording = Wording(review)
    known = DraftFacts(review)
    name = country(countries.label(code), countries[code]["article"] == "yes")
    sections = tuple(
        Section(f"brief.{theme}", label, 1, tuple(_theme(known, wording, code, theme, name)))
        for theme, label in _themes(review)
    )
    period = style.period(*review.cycle.review)
    title = wording.text("title.brief", country=countries.label(code), period=period)
    return remarked(Draft({"title": title}, sections), review)


def _themes(review: Review) -> list[tuple[str, str]]:
    themes = review.codebook["thematic_areas"]
    return [(code, themes.label(code)) for code in themes]


def _theme(
    known: DraftFacts, wording: Wording, code: str, theme: str, name: str
) -> Iterator[Paragraph]:
    told = [
        *_activities(known, wording, code, theme),
        *_others(known, wording, code, theme),
    ]
    if not told:
        label = known.review.codebook["thematic_areas"].label(theme)
        yield prompt(wording, "brief.gap", f"gap.{theme}", theme=label, country=name)
    yield from told


def _activities(known: DraftFacts, wording: Wording, code: str, theme: str) -> Iterator[Paragraph]:
    found = [
        item
        for item in rows.activities(known, every=True)
        if not item.row.is_left_out
        and code in item.row.countries
        and theme_of(item.row, known.review.codebook) == theme
    ]
    yield from rows.paragraphs(known, wording, f"brief.{theme}", found)


def _others(known: DraftFacts, wording: Wording, code: str, theme: str) -> Iterator[Paragraph]:
    """Initiatives of the plan, then good practices."""
    review = known.review
    sentences: list[Sentence] = []
    places = known.planned_themes
    for row in review.rows(Initiative):
        here = code in row.countries and places[row.entity, row.initiative_id] == theme
        if here and not row.is_left_out:
            sentences.append(initiative_sentence(known, wording, row))
    for case in review.rows(Practice):
        here = code in case.countries and case.thematic_area == theme
        if here and not case.is_left_out and case.decision != NOT_ELIGIBLE:
            sentences.append(practice_sentence(known, wording, case))
    for at, sentence in enumerate(sentences, start=1):
        yield Paragraph(f"brief.{theme}.other.{at}", (sentence,))
