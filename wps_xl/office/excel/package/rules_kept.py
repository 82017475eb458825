"""Rules that staff laid over ranges of our tables: colours by condition, limits of entries."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from wps_xl.model import split_address
from wps_xl.notices import tell
from wps_xl.office.excel.package.parts import MAIN
from wps_xl.office.excel.package.ranges_kept import columns_of, is_beside, moved_areas
from wps_xl.office.excel.package.references import Move, Moves, followed
from wps_xl.office.excel.package.sheet_part import add

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_NEWER = ("conditionalFormattings", "dataValidations")
_COLOURS, _LIMITS = "rule of colours", "drop-down list or limit of entries"


@dataclass(frozen=True)
class _Laid:
    """How a sheet is laid anew, and which of its columns have entries limited by us."""

    sheet: str
    move: Move
    moves: Moves
    offered: frozenset[int]

    def takes(self, areas: str) -> bool:
        """Whether staff may limit there what is typed: columns of theirs, and of the office."""
        now = [(at, self.move.column(at)) for at in columns_of(areas)]
        ours = self.move.office - self.offered
        return all(self.move.is_own(old) or new in ours for old, new in now)

    def formula(self, text: str, areas: str, now: str, what: str) -> str:
        """A formula of a rule over ``areas``, which stand at ``now``; what is lost is named."""
        found = followed(text, self.sheet, self.moves, _top(now) - _top(areas))
        for reference in found.lost:
            tell(
                f"{self.sheet}!{now}: your {what} names {reference}, whose rows are gone or lie "
                "apart now. See to it."
            )
        return found.text

    def areas(self, areas: str, what: str) -> str:
        """Where the ranges stand; blank, and named, where all their rows are gone."""
        now = moved_areas(areas, self.move)
        if areas and not now:
            tell(f"{self.sheet}!{areas}: the rows are gone, and with them your {what}.")
        return now

    def refuse(self, areas: str) -> None:
        tell(
            f"{self.sheet}!{areas}: your {_LIMITS} was not kept, as wps_xl fills these columns or "
            "limits them itself. Put it on a column of your own."
        )


def keep_rules(
    tree: etree._Element, old: etree._Element, sheet: str, move: Move, moves: Moves
) -> None:
    """Conditional formats of staff, and lists and limits in columns that they fill."""
    limited = [rule.get("sqref") for rule in tree.iter(f"{MAIN}dataValidation")]
    offered = frozenset(at for areas in limited for at in columns_of(areas))
    laid = _Laid(sheet, move, moves, offered)
    _keep_colours(tree, old, laid)
    _keep_limits(tree, old, laid)
    _keep_newer(tree, old, laid)


def _keep_colours(tree: etree._Element, old: etree._Element, laid: _Laid) -> None:
    ours = {_known_by(rule) for rule in tree.iter(f"{MAIN}cfRule")}
    highest = len(ours)
    for block in old.findall(f"{MAIN}conditionalFormatting"):
        copy = deepcopy(block)
        # Ours name the first row; as they stood they are known too.
        for rule in copy.findall(f"{MAIN}cfRule"):
            if _known_by(rule) in ours:
                copy.remove(rule)
        if not len(copy):
            continue
        _move(copy, laid, _COLOURS, "formula")
        for rule in copy.findall(f"{MAIN}cfRule"):
            if _known_by(rule) in ours:
                copy.remove(rule)
            highest += 1
            rule.set("priority", str(highest))
        if len(copy) and copy.get("sqref"):
            add(tree, copy)


def _known_by(rule: etree._Element) -> tuple[object, ...]:
    formulas = tuple(formula.text for formula in rule.iter(f"{MAIN}formula"))
    return rule.get("type"), rule.get("operator"), formulas


def _move(element: etree._Element, laid: _Laid, what: str, *formulas: str) -> None:
    areas = element.get("sqref", "")
    now = laid.areas(areas, what)
    element.set("sqref", now)
    for name in formulas if now else ():
        for formula in element.iter(f"{MAIN}{name}"):
            formula.text = laid.formula(formula.text or "", areas, now, what)


def _top(areas: str) -> int:
    """The first row of all ranges, which relative references of a rule are counted from."""
    return min(split_address(area.partition(":")[0].replace("$", ""))[1] for area in areas.split())


def _keep_limits(tree: etree._Element, old: etree._Element, laid: _Laid) -> None:
    found = []
    for rule in old.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
        areas = rule.get("sqref", "")
        if _is_offer(rule) and not is_beside(areas, laid.move):
            continue
        if not laid.takes(areas):
            laid.refuse(areas)
            continue
        copy = deepcopy(rule)
        _move(copy, laid, _LIMITS, "formula1", "formula2")
        found += [copy] if copy.get("sqref") else []
    if found:
        standing = tree.find(f"{MAIN}dataValidations")
        if standing is None:
            standing = etree.Element(f"{MAIN}dataValidations")
            add(tree, standing)
        standing.extend(found)
        standing.set("count", str(len(standing)))


def _is_offer(rule: etree._Element) -> bool:
    """Whether it only offers entries, as ours do: Excel lets other lists refuse the rest."""
    return rule.get("type") == "list" and rule.get("showErrorMessage") not in ("1", "true")


def _keep_newer(tree: etree._Element, old: etree._Element, laid: _Laid) -> None:
    """The same as Excel 2010 and later stores them, in extensions; none of them is ours."""
    for extension in old.iterfind(f"{MAIN}extLst/{MAIN}ext"):
        kinds = {etree.QName(child).localname for child in extension if isinstance(child.tag, str)}
        if not kinds & set(_NEWER):
            continue
        copy = deepcopy(extension)
        _move_newer(copy.iter(f"{_XM}sqref"), laid)
        if next(copy.iter(f"{_XM}sqref"), None) is not None:
            for rules in copy.iter(f"{_X14}dataValidations"):
                rules.set("count", str(len(rules)))
            extensions(tree).append(copy)


def _move_newer(found: Iterable[etree._Element], laid: _Laid) -> None:
    for areas in list(found):
        rule, text = areas.getparent(), areas.text or ""
        limits = rule.tag == f"{_X14}dataValidation"
        if limits and not laid.takes(text):
            laid.refuse(text)
            rule.getparent().remove(rule)
            continue
        what = _LIMITS if limits else _COLOURS
        now = laid.areas(text, what)
        if not now:
            rule.getparent().remove(rule)
            continue
        areas.text = now
        for formula in rule.iter(f"{_XM}f"):
            formula.text = laid.formula(formula.text or "", text, now, what)


def extensions(tree: etree._Element) -> etree._Element:
    """The list of extensions of a sheet, made where it is missing."""
    found = tree.find(f"{MAIN}extLst")
    if found is None:
        found = etree.Element(f"{MAIN}extLst")
        add(tree, found)
    return found
