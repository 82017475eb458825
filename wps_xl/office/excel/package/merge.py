"""Puts freshly built sheets into the workbook of the staff, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from wps_xl.errors import OutputError
from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.office.excel.package import pivot_parts, sheet_part, workbook_part
from wps_xl.office.excel.package.foreign import follow_foreign, follow_names
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.our_sheets import ReadySheet, made_ready, sheet_contents
from wps_xl.office.excel.package.parts import (
    DOCUMENT,
    MAIN,
    TYPES,
    Content,
    Package,
    Relation,
    content_types,
    declare,
    free_ids,
    free_name,
    reachable,
    relations_name,
    relations_xml,
    renamed,
    serialized,
)
from wps_xl.office.excel.package.pivot_filters import tell_of_set_up
from wps_xl.office.excel.package.stylesheet import merge_styles
from wps_xl.office.excel.package.table_parts import table_contents
from wps_xl.office.excel.package.workbook_part import Sheet

_NAMED = 10
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_new(target: IO[bytes], fresh: Fresh) -> None:
    """Write a workbook that holds our sheets only."""
    package = fresh.package
    contents: dict[str, Content] = {
        sheet.part: sheet_part.with_blocks(package.tree(sheet.part), fresh.blocks[sheet.name], {})
        for sheet in fresh.sheets
        if sheet.name in fresh.blocks
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in package.names:
            _add(archive, name, contents.get(name) or package.read(name))


def write_merged(target: IO[bytes], file: Package, fresh: Fresh) -> None:
    """Write the file with our sheets renewed; every part that is not ours stays byte by byte."""
    _refuse(file)
    contents, gone = _merge(file, fresh)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in [*file.names, *(name for name in contents if name not in file)]:
            if name not in gone or name in contents:
                _add(archive, name, contents[name] if name in contents else file.read(name))


def _add(archive: ZipFile, name: str, content: Content) -> None:
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    if isinstance(content, bytes):
        archive.writestr(entry, content)
        return
    with archive.open(entry, "w") as part:
        content(part)


def _refuse(file: Package) -> None:
    if any(name.startswith("_xmlsignatures/") for name in file.names):
        raise OutputError(
            "The review workbook is digitally signed, and a change would break the signature. "
            "Save it under another name without one, then try again."
        )
    if etree.QName(file.tree(file.workbook)).namespace != MAIN[1:-1]:
        raise OutputError(
            "The review workbook is saved as Strict Open XML. Open it in Excel, save it as "
            "Excel Workbook, then try again."
        )


def _merge(file: Package, fresh: Fresh) -> tuple[dict[str, Content], set[str]]:
    """The parts that are written anew, by name, and the names of those that go."""
    index = file.tree(file.workbook)
    standing = {sheet.name.casefold(): sheet for sheet in workbook_part.sheets(file, index)}
    ours = {
        sheet.part: standing[sheet.name.casefold()]
        for sheet in fresh.sheets
        if sheet.name.casefold() in standing
    }
    others = [sheet for sheet in standing.values() if sheet not in ours.values()]
    lost = follow_names(index, fresh.moved)
    pivots = pivot_parts.standing(file, list(ours.values()), others, _pivot_names(fresh))
    pairs = [(sheet, ours[sheet.part]) for sheet in fresh.sheets if sheet.part in ours]
    tell_of_set_up(file, fresh.package, pairs, pivots.renewed)
    made = {
        sheet.part: made_ready(file, fresh, sheet, ours.get(sheet.part), pivots)
        for sheet in fresh.sheets
    }
    gone = _gone(file, ours, made, pivots)
    names = _names(file, fresh.package, ours, made, gone)
    contents = _contents(file, fresh, index, made, names, gone, pivots)
    foreign = follow_foreign(file, others, ours.values(), gone, fresh.moved)
    contents |= foreign.contents
    _tell_lost([*lost, *foreign.lost])
    bare = {relations_name(sheet.part) for sheet in ours.values()} - contents.keys()
    return dict(sorted(contents.items())), gone | bare


def _tell_lost(lost: Sequence[tuple[str, str]]) -> None:
    """Name each formula of staff that points at rows which are gone, or lie apart now."""
    for place, reference in lost[:_NAMED]:
        tell(f"{place}: {reference} points at rows that are gone or lie apart now. See to it.")
    if len(lost) > _NAMED:
        tell(f"{counted(len(lost) - _NAMED, 'more formula')} like these.")


def _contents(
    file: Package,
    fresh: Fresh,
    index: etree._Element,
    made: Mapping[str, ReadySheet],
    names: Mapping[str, str],
    gone: set[str],
    pivots: pivot_parts.Standing,
) -> dict[str, Content]:
    """All parts that are ours, and the indexes of the file."""
    package, looks = fresh.package, file.related(file.workbook, "styles")[0]
    own_looks = package.related(package.workbook, "styles")[0]
    styles = merge_styles(file.read(looks), package.read(own_looks))
    contents: dict[str, Content] = {looks: styles.xml}
    for sheet in fresh.sheets:
        contents |= sheet_contents(fresh, sheet, made[sheet.part], names, styles)
    numbers = pivot_parts.cache_numbers(file, fresh, index, pivots)
    contents |= pivot_parts.pivot_contents(file, fresh, index, names, numbers, styles, pivots)
    contents |= table_contents(file, fresh, names, gone, styles)
    for part in names.keys() - made.keys():
        contents.setdefault(names[part], package.read(part))
    contents |= _relation_contents(package, made, names)
    relations = _index(file, fresh, index, names, numbers, gone)
    contents[file.workbook] = serialized(index)
    contents[relations_name(file.workbook)] = relations_xml(relations)
    contents[TYPES] = _types(file, package, names, gone)
    return contents


def _pivot_names(fresh: Fresh) -> set[str]:
    package = fresh.package
    return {
        pivot_parts.name_of(package, pivot)
        for sheet in fresh.sheets
        for pivot in package.related(sheet.part, "pivotTable")
    }


def _gone(
    file: Package,
    ours: Mapping[str, Sheet],
    made: Mapping[str, ReadySheet],
    pivots: pivot_parts.Standing,
) -> set[str]:
    """Parts that nothing leads to any more once our sheets are renewed, with their index."""
    before = {sheet.part: made[part] for part, sheet in ours.items()}
    shown = {r.target: s.drawing for s in before.values() for r in s.kept if r.kind == "drawing"}
    numbers = {sheet.entry.get("sheetId", "") for sheet in ours.values()}

    def left(part: str) -> Sequence[Relation]:
        if part in before:
            drawing = before[part].drawing
            return [*before[part].kept, *(drawing.kept if drawing else ())]
        edited = shown.get(part)
        found = file.relations(part) if edited is None else edited.kept
        if part == file.workbook:
            found = [one for one in found if one.target not in pivots.caches]
            return [one for one in found if not _is_stale_chain(file, one, numbers)]
        return found

    parts = reachable(file.relations, [""]) - reachable(left, [""])
    return parts | {relations_name(part) for part in parts if relations_name(part) in file}


def _is_stale_chain(file: Package, relation: Relation, sheet_ids: set[str]) -> bool:
    """Whether it is the order of calculation and names cells of ours, which may hold no formula."""
    if relation.kind != "calcChain":
        return False
    cells = file.tree(relation.target)
    return bool({cell.get("i", "") for cell in cells} & sheet_ids)


def _names(
    file: Package,
    package: Package,
    ours: Mapping[str, Sheet],
    made: Mapping[str, ReadySheet],
    gone: set[str],
) -> dict[str, str]:
    """Fresh part → its name in the file: that of the sheet it renews, else one that is free."""
    names = {part: sheet.part for part, sheet in ours.items()}
    taken = {name.casefold() for name in file.names if name not in gone}
    start = [relation.target for sheet in made.values() for relation in sheet.fresh]
    parts = reachable(package.relations, [part for part in start if part in package])
    for part in package.names:
        if part in made.keys() | parts and part not in names:
            names[part] = free_name(part, taken)
            taken.add(names[part].casefold())
    return names


def _relation_contents(
    package: Package, made: Mapping[str, ReadySheet], names: Mapping[str, str]
) -> dict[str, Content]:
    """The index of every fresh part that has one; sheets and drawings have theirs already."""
    return {
        relations_name(name): relations_xml(renamed(package.relations(part), names))
        for part, name in names.items()
        if part not in made and package.relations(part) and "/drawings/" not in part
    }


def _index(
    file: Package,
    fresh: Fresh,
    index: etree._Element,
    names: Mapping[str, str],
    numbers: Mapping[int, int],
    gone: set[str],
) -> list[Relation]:
    """Renew the workbook part; its relationships."""
    before = workbook_part.caches(file, index)
    relations = [r for r in file.relations(file.workbook) if r.target not in gone]
    known = {relation.target for relation in relations}
    new_sheets = [sheet for sheet in fresh.sheets if names[sheet.part] not in known]
    caches = {
        part: int(entry.get("cacheId"))
        for part, entry in workbook_part.caches(fresh.package, fresh.index).items()
        if part in names
    }
    ids = iter(free_ids(relations, len(new_sheets) + len(caches)))
    entered = {sheet.name: next(ids) for sheet in new_sheets}
    relations += [
        Relation(entered[sheet.name], f"{DOCUMENT}/worksheet", names[sheet.part])
        for sheet in new_sheets
    ]
    listed = [(numbers[number], next(ids), names[part]) for part, number in caches.items()]
    relations += [
        Relation(id_, f"{DOCUMENT}/pivotCacheDefinition", part) for _, id_, part in listed
    ]
    workbook_part.insert_sheets(index, fresh.sheets, entered)
    workbook_part.merge_names(index, fresh.index)
    stale = [entry for part, entry in before.items() if part in gone]
    workbook_part.enter_caches(index, stale, [(number, id_) for number, id_, _ in listed])
    workbook_part.compute_on_opening(index)
    if fresh.frozen:
        workbook_part.section(index, "fileSharing").set("readOnlyRecommended", "1")
    return relations


def _types(file: Package, package: Package, names: Mapping[str, str], gone: set[str]) -> bytes:
    """The list of content types without what is gone, with what is new."""
    tree = file.tree(TYPES)
    parts, endings = content_types(package.tree(TYPES))
    new = {names[part]: kind for part, kind in parts.items() if part in names}
    used = {name.rpartition(".")[2].casefold() for name in names.values()}
    declare(tree, gone, new, {ending: kind for ending, kind in endings.items() if ending in used})
    return serialized(tree)
