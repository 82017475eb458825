"""The notes of correction copies: their texts, and the shapes that programs show them in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping

from lxml import etree

from wps_xl.forms.words import AUTHOR
from wps_xl.intake.asides import LEADS
from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.excel.package.parts import MAIN, parsed, serialized

_WIDE, _HIGH = 300, 110
_PER_CHARACTER, _DEFAULT_WIDTH, _DEFAULT_HEIGHT = 7, 64, 20
_PIXELS_PER_POINT = 96 / 72
_SHAPE = re.compile(rb"<(\w+:)?shape\b.*?</(\w+:)?shape\s*>", re.DOTALL)
_NUMBER = re.compile(rb"_s(\d+)")
_FIRST_SHAPE = 1025
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = "wps_note"
_NEW = (
    f"<xml {_SPACES}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()


def texts_part(before: bytes | None, notes: Mapping[str, str]) -> tuple[bytes, set[str]]:
    """The part with the texts of notes, by address; and the addresses that need a new shape.

    A note of somebody else stays, and ours is written below it.
    """
    tree = parsed(before) if before else etree.Element(f"{MAIN}comments", nsmap={None: MAIN[1:-1]})
    authors, entries = _child(tree, "authors"), _child(tree, "commentList")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{MAIN}author").text = AUTHOR
        names.append(AUTHOR)
    known = {entry.get("ref"): entry for entry in entries}
    fresh = set()
    for address, text in notes.items():
        entry = known.get(address)
        if entry is None:
            fresh.add(address)
            entry = etree.SubElement(entries, f"{MAIN}comment", ref=address)
            entry.set("authorId", str(names.index(AUTHOR)))
            etree.SubElement(entry, f"{MAIN}text")
            _write(entry, text)
        else:
            _write(entry, f"\n{text}")
    entries[:] = sorted(entries, key=lambda entry: _order(entry.get("ref")))
    return serialized(tree), fresh


def cells_of_threads(part: bytes) -> set[str]:
    """The cells that the threads of a part stand on."""
    entries = (e for e in parsed(part).iter() if etree.QName(e).localname == "threadedComment")
    return {entry.get("ref", "") for entry in entries}


def beside_threads(notes: Mapping[str, str], threads: Collection[str]) -> dict[str, str]:
    """The notes by address, those on a cell with a thread on the next free cell of its row.

    Excel writes the note of a thread anew from the thread, so that what stands there is lost.
    """
    placed = {at: text for at, text in notes.items() if at not in threads}
    for at, text in notes.items():
        if at in threads:
            letters, row = split_address(at)
            cells = (
                f"{column_letter(n)}{row}" for n in itertools.count(column_number(letters) + 1)
            )
            free = next(cell for cell in cells if cell not in threads and cell not in placed)
            lead, _, rest = text.partition("\n")
            placed[free] = f"{lead}\nAbout {at}, which has a comment: {rest}"
    return placed


def without_ours(before: bytes) -> tuple[bytes, set[str]]:
    """The texts without our notes, and the addresses where nothing is left."""
    tree = parsed(before)
    gone = set()
    for entry in tree.findall(f"{MAIN}commentList/{MAIN}comment"):
        whole = "".join(entry.itertext())
        if any(whole.startswith(lead) for lead in LEADS.values()):
            gone.add(entry.get("ref"))
            entry.getparent().remove(entry)
        else:
            _cut(entry)
    return serialized(tree), gone


def _cut(entry: etree._Element) -> None:
    """Leave out what we wrote below a note of somebody else."""
    ours = False
    for piece in entry.iter(f"{MAIN}t"):
        words = piece.text or ""
        found = [at for lead in LEADS.values() if (at := words.find(lead)) >= 0]
        piece.text = "" if ours else words[: min(found)].rstrip("\n") if found else words
        ours = ours or bool(found)


def _write(entry: etree._Element, text: str) -> None:
    body = entry.find(f"{MAIN}text")
    lead, _, rest = text.lstrip("\n").partition("\n")
    _run(body, text[: len(text) - len(text.lstrip("\n"))] + lead, bold=True)
    _run(body, f"\n{rest}", bold=False)


def _run(body: etree._Element, words: str, bold: bool) -> None:
    run = etree.SubElement(body, f"{MAIN}r")
    look = etree.SubElement(run, f"{MAIN}rPr")
    if bold:
        etree.SubElement(look, f"{MAIN}b")
    etree.SubElement(look, f"{MAIN}sz", val="9")
    etree.SubElement(look, f"{MAIN}color", indexed="81")
    etree.SubElement(look, f"{MAIN}rFont", val="Tahoma")
    etree.SubElement(look, f"{MAIN}family", val="2")
    text = etree.SubElement(run, f"{MAIN}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words


def _child(tree: etree._Element, name: str) -> etree._Element:
    found = tree.find(f"{MAIN}{name}")
    return etree.SubElement(tree, f"{MAIN}{name}") if found is None else found


def _order(address: str) -> tuple[int, int]:
    letters, row = split_address(address)
    return row, column_number(letters)


def shapes_part(
    before: bytes | None,
    addresses: set[str],
    widths: Mapping[int, float],
    heights: Mapping[int, float],
) -> bytes:
    """The drawing part with a box for each new note, beside its cell.

    ``widths`` of columns [characters] and ``heights`` of rows [points], where they have their own.
    """
    known = before or _NEW
    numbers = [int(number) for number in _NUMBER.findall(known)]
    first = max(numbers, default=_FIRST_SHAPE - 1) + 1
    wide = {at - 1: _pixels(characters) for at, characters in widths.items()}
    high = {at - 1: round(points * _PIXELS_PER_POINT) for at, points in heights.items()}
    shapes = [
        _shape(first + at, address, wide, high)
        for at, address in enumerate(sorted(addresses, key=_order))
    ]
    kind = "" if _TYPE.encode() in known else _shape_type()
    head, end, tail = known.rpartition(b"</xml>")
    return head + (kind + "".join(shapes)).encode() + end + tail


def without_shapes(before: bytes, addresses: set[str]) -> bytes:
    """The drawing part without the boxes of notes that are gone."""
    places = {(row - 1, column - 1) for row, column in map(_order, addresses)}

    def kept(match: re.Match[bytes]) -> bytes:
        row, column = (
            re.search(rb"<(?:\w+:)?%s>\s*(\d+)" % name, match[0]) for name in (b"Row", b"Column")
        )
        gone = row is not None and column is not None and (int(row[1]), int(column[1])) in places
        return b"" if gone else match[0]

    return _SHAPE.sub(kept, before)


def _shape_type() -> str:
    return (
        f'<v:shapetype {_SPACES} id="{_TYPE}" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )


def _shape(number: int, address: str, wide: Mapping[int, int], high: Mapping[int, int]) -> str:
    row, column = (at - 1 for at in _order(address))
    left, into = column + 1, 12
    right, until = _reach(left, into + _WIDE, wide, _DEFAULT_WIDTH)
    bottom, below = _reach(row, 4 + _HIGH, high, _DEFAULT_HEIGHT)
    anchor = f"{left}, {into}, {row}, 4, {right}, {until}, {bottom}, {below}"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#{_TYPE}" fillcolor="#ffffe1" '
        "style='position:absolute;width:225pt;height:82pt;z-index:1;visibility:hidden' "
        'o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _pixels(characters: float) -> int:
    return round(characters * _PER_CHARACTER) + (5 if characters else 0)


def _reach(first: int, size: int, sizes: Mapping[int, int], default: int) -> tuple[int, int]:
    """Which column or row a box of that size ends in, and how far into it [pixels]."""
    at = first
    while size > sizes.get(at, default):
        size -= sizes.get(at, default)
        at += 1
    return at, size
