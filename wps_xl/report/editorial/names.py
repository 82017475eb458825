"""How entities, bodies and countries are named and in which order (rules C1, E1-E4).

No name stands here: they come from the code lists of the workbook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wps_xl.report.editorial.style import capital, join


@dataclass(frozen=True)
class Name:
    """An entity of the code list.

    ``short`` is empty for an entity that is never abbreviated in print; ``article`` says that the
    full name takes "the"; ``kind`` is ``entity``, or ``body`` for an inter-agency or other body
    that was not invited.
    """

    code: str
    full: str
    short: str = ""
    article: bool = True
    kind: str = "entity"


def mention(name: Name, seen: Collection[str] | None = None, again: bool = True) -> str:
    """The name in running text: full with its acronym first, then the acronym alone (E1, E2, E4).

    Parameters
    ----------
    seen
        Codes already introduced; None means all. The caller adds to it.
    again
        False where the entity is not named again, so that no acronym is introduced.
    """
    full = f"the {name.full}" if name.article else name.full
    if not name.short:
        return full
    if seen is None or name.code in seen:
        return name.short
    return f"{full} ({name.short})" if again else full


def order(names: Iterable[Name]) -> list[Name]:
    """Alphabetical by acronym, printed or not, hyphens ignored; bodies last."""
    return sorted(names, key=_place)


def entity_list(
    names: Iterable[Name], start: bool = False, seen: Collection[str] | None = None
) -> str:
    """The names in their order as they stand in a sentence or a footnote.

    ``start`` opens with a capital letter: a full name with "The", an acronym as it is.
    """
    text = join(mention(name, seen) for name in order(names))
    return capital(text) if start else text


def respondents(names: Iterable[Name]) -> str:
    """The list of all who answered: full names with their acronyms, no article, semicolons (L2)."""
    texts = [f"{n.full} ({n.short})" if n.short else n.full for n in order(names)]
    if len(texts) < 2:
        return "".join(texts)
    return f"{'; '.join(texts[:-1])}; and {texts[-1]}"


def country(name: str, takes_article: bool) -> str:
    """A country in running text, with its article where one is due (C1)."""
    return f"the {name}" if takes_article else name


def country_list(names: Iterable[tuple[str, bool]]) -> str:
    """Countries in alphabetical order, article and accents ignored (C1)."""
    ordered = sorted(names, key=lambda pair: _letters(pair[0]))
    return join(country(name, takes_article) for name, takes_article in ordered)


def _place(name: Name) -> tuple[bool, str, str]:
    return name.kind != "entity", re.sub(r"[\W_]", "", name.code.upper()), name.full


def _letters(text: str) -> str:
    """The text as it is sorted: no accents, no apostrophes, no capitals."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘")
    return kept.casefold()
