"""Fills a template of a letter: words in double braces, wherever staff put them.

A paragraph that is nothing but one field stands once for each of its values, and not at all where
there is none. A field that nobody fills stays to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree

from wps_xl.office.word import masthead, opening, package
from wps_xl.office.word.ooxml import SPACE, element, run, w

_FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
Fields = Mapping[str, Sequence[str]]


def write(
    template: Path,
    target: package.Target,
    fields: Fields,
    prompts: Collection[str],
    properties: Mapping[str, str],
) -> list[str]:
    """Write a letter to a new file; the names of fields that nothing fills.

    Parameters
    ----------
    fields
        Name to values, a value a line; inside of a sentence several are joined.
    prompts
        Names of fields that ask the reader to act; they are highlighted.

    Raises
    ------
    OutputError
        Where the target is there already.
    """
    package.refuse(target, overwrite=False)
    document = opening.open_template(template)
    unknown: dict[str, None] = {}
    for story in package.stories(document):
        for paragraph in list(story.iter(w("p"))):
            unknown |= dict.fromkeys(_fill(paragraph, fields, prompts))
    masthead.set_properties(document.core_properties, properties)
    package.save(document, target, overwrite=False)
    return list(unknown)


def _fill(paragraph: etree._Element, fields: Fields, prompts: Collection[str]) -> list[str]:
    """Fill one paragraph; the names in it that are no field."""
    words = "".join(node.text or "" for node in _texts(paragraph)).strip()
    alone = _FIELD.fullmatch(words)
    if alone is not None and alone[1] in fields:
        _repeat(paragraph, fields[alone[1]], alone[1] in prompts)
        return []
    for match in reversed(list(_FIELD.finditer(_joined(paragraph)))):
        if match[1] in fields:
            value = run("; ".join(fields[match[1]]), highlight=match[1] in prompts)
            _replace(paragraph, match.start(), match.end(), value)
    return [name for name in _FIELD.findall(words) if name not in fields]


def _repeat(paragraph: etree._Element, values: Sequence[str], highlight: bool) -> None:
    """A paragraph for each value; the last one of a header or a cell is emptied, not removed."""
    first = next(_texts(paragraph)).getparent()
    for node in list(paragraph.iter(w("r"))):
        if node is not first:
            node.getparent().remove(node)
    for value in values:
        made = deepcopy(paragraph)
        before = made.find(f".//{w('r')}")
        _swap(before, [_like(before, run(value, highlight=highlight))])
        paragraph.addprevious(made)
    parent = paragraph.getparent()
    if values or len(parent.findall(w("p"))) > 1:
        parent.remove(paragraph)
    else:
        paragraph.remove(first)


def _replace(paragraph: etree._Element, start: int, end: int, value: etree._Element) -> None:
    """Put a run in the place of some letters, which Word may have cut into several runs."""
    at = 0
    placed = False
    for node in list(_texts(paragraph)):
        words = node.text or ""
        left, right = max(start - at, 0), min(end - at, len(words))
        at += len(words)
        if left >= right:
            continue
        before = node.getparent()
        middle = [] if placed else [_like(before, value)]
        _swap(before, _cut(before, node, words[:left], middle, words[right:]))
        placed = True


def _cut(
    whole: etree._Element, node: etree._Element, left: str, middle: list[etree._Element], right: str
) -> list[etree._Element]:
    """The run with what stands before ``left`` in it, the new runs, the run with the rest."""
    place = list(whole).index(node)
    head, tail = deepcopy(whole), deepcopy(whole)
    for child in list(head)[place + 1 :]:
        head.remove(child)
    for child in list(tail)[:place]:
        if child.tag != w("rPr"):
            tail.remove(child)
    _say(head[place], left)
    _say(next(tail.iter(w("t"))), right)
    return [part for part in (head, *middle, tail) if _has_content(part)]


def _say(node: etree._Element, words: str) -> None:
    node.text = words
    node.set(SPACE, "preserve")
    if not words:
        node.getparent().remove(node)


def _has_content(part: etree._Element) -> bool:
    return any(child.tag != w("rPr") for child in part)


def _like(before: etree._Element, made: etree._Element) -> etree._Element:
    """A new run formatted as another one; its highlight stays."""
    formatting = before.find(w("rPr"))
    own = made.find(w("rPr"))
    if formatting is None:
        return made
    copy = deepcopy(formatting)
    if own is not None:
        for mark in copy.findall(w("highlight")):
            copy.remove(mark)
        _in_order(copy, element("highlight", val="yellow"))
        made.remove(own)
    made.insert(0, copy)
    return made


# What must stand behind a highlight in the properties of a run.
_AFTER = [w(tag) for tag in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs")]
_AFTER += [w(tag) for tag in ("em", "lang", "eastAsianLayout", "specVanish", "oMath")]


def _in_order(properties: etree._Element, mark: etree._Element) -> None:
    behind = next((node for node in properties if node.tag in _AFTER), None)
    if behind is None:
        properties.append(mark)
    else:
        behind.addprevious(mark)


def _swap(before: etree._Element, runs: Sequence[etree._Element]) -> None:
    for made in runs:
        before.addprevious(made)
    before.getparent().remove(before)


def _joined(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in _texts(paragraph))


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The pieces of text of a paragraph in order, drawings apart."""
    return (node for node in paragraph.iter(w("t")) if node.getparent().tag == w("r"))
