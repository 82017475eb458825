"""Puts a draft and a template together, step by step; ``document.py`` says in which order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from docx.document import Document
from lxml import etree

from wps_xl.errors import CodebookError, InputError
from wps_xl.model import Draft, Paragraph
from wps_xl.office.word import comments, contents, footnotes, ledger, masthead, package
from wps_xl.office.word.lists import Lists
from wps_xl.office.word.numbering import blocks, labels, table_bookmark
from wps_xl.office.word.ooxml import Bookmarks, controls, w
from wps_xl.office.word.story import Story, Written
from wps_xl.office.word.update.captions import Caption
from wps_xl.office.word.update.rows import as_text, rows

LEDGER_PROPERTIES = ("run", "workbook")
WHOLE = "whole"

_OFFICE = "http://schemas.microsoft.com/office"
_THREADS = (
    f"{_OFFICE}/2011/relationships/commentsExtended",
    f"{_OFFICE}/2016/09/relationships/commentsIds",
    f"{_OFFICE}/2018/08/relationships/commentsExtensible",
    f"{_OFFICE}/2011/relationships/people",
)
_HIDDEN = re.compile(r"_wps(?:Fn|Sec|Tab)?_")


def begin(draft: Draft, document: Document, template: Path) -> Story:
    """A story that still has to be told, once the draft is known to fit the template."""
    _check_styles(draft, document, template)
    return Story(
        labels=labels(draft),
        notes=package.root_of(package.footnotes_part(document, template.name)),
        bookmarks=Bookmarks.after(document.element.body),
        lists=Lists.of(document.styles.element, package.numbering(document, template.name)),
    )


def _check_styles(draft: Draft, document: Document, template: Path) -> None:
    known = {style.get(w("styleId")) for style in document.styles.element.iter(w("style"))}
    for block in blocks((*draft.sections, *draft.annexes)):
        if isinstance(block, Paragraph) and block.style not in known:
            raise CodebookError(
                f"{template.name} has no style '{block.style}', which paragraph '{block.key}' "
                "asks for. Put the style back, or choose another."
            )


def place(
    draft: Draft, story: Story, document: Document, template: Path, table: list[etree._Element]
) -> list[etree._Element]:
    """Put everything generated where the template's slots are; returns what was generated."""
    body = document.element.body
    slots = dict(controls(body, "wps:slot:"))
    if "sections" not in slots:
        raise InputError(
            f"{template.name} has no block tagged 'wps:slot:sections', where the report goes. "
            "Put it back, or build the template again."
        )
    sections, annexes = story.sections(draft), story.annexes(draft)
    _replace(slots["sections"], sections)
    if "contents" in slots:
        grid = next(node for node in table if node.tag == w("tbl"))
        story.written.insert(
            0, Written(contents.KEY, "contents", table_bookmark(contents.KEY), grid)
        )
        _replace(slots["contents"], table)
    if "annexes" in slots:
        _replace(slots["annexes"], annexes)
    else:
        for node in annexes:
            body[-1].addprevious(node)
    _clear(body)
    return [*sections, *annexes]


def _replace(control: etree._Element, nodes: Iterable[etree._Element]) -> None:
    for node in nodes:
        control.addprevious(node)
    control.getparent().remove(control)


def _clear(body: etree._Element) -> None:
    """Take out fixed paragraphs and help, and dissolve whatever block control is left."""
    for key, control in controls(body, ""):
        if control.getparent() is not body:
            continue
        ours = key.startswith("wps:")
        _replace(control, [] if ours else list(control.find(w("sdtContent"))))


def settle_notes(document: Document, template: Path, story: Story) -> None:
    """Bring the notes into the order of their marks and store them."""
    footnotes.settle(document.element.body, story.notes)
    package.put_root(package.footnotes_part(document, template.name), story.notes)


def fill_masthead(document: Document, draft: Draft) -> None:
    """Write the draft's fields into masthead, headers, footers and title."""
    write_masthead(document, masthead.values(draft.fields))


def write_masthead(document: Document, found: Mapping[str, str]) -> None:
    """Write these fields wherever they stand, and into the data behind them."""
    masthead.fill(package.stories(document), found)
    part = package.custom_part(document, masthead.NAMESPACE)
    if part is not None:
        package.put_content(part, masthead.bound_data(part.blob, found))


def annotate(
    document: Document,
    story: Story,
    about: Mapping[str, str],
    template: Path,
    fields: Mapping[str, str],
) -> None:
    """Comments and ledger of the annotated edition."""
    found = {**about, WHOLE: whole_text(document, story.notes)}
    keep_ledger(document, entries(story), found, template, masthead.values(fields))
    date = masthead.moment(about["modified"]) if "modified" in about else None
    if story.remarks:
        comments.attach(document.element.body, document.comments, story.remarks, date)


def keep_ledger(
    document: Document,
    found: Iterable[ledger.Entry],
    about: Mapping[str, str],
    template: Path,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Store the ledger, with what it was made from and the fields of the masthead."""
    part = package.custom_part(document, ledger.NAMESPACE)
    source = {"template": hashlib.sha256(template.read_bytes()).hexdigest()[:16]}
    names = (name for name in about if name in (*LEDGER_PROPERTIES, WHOLE))
    source |= {name: about[name] for name in names}
    source |= {f"{ledger.FIELD}{name}": text for name, text in (fields or {}).items()}
    content = ledger.to_xml(found, source)
    if part is not None:
        package.put_content(part, content)
    else:
        package.add_custom_part(document, content)


def whole_text(document: Document, notes: etree._Element) -> str:
    """What stands for every word of the text, whoever wrote it, those of text boxes included."""
    body, texts = document.element.body, ledger.note_texts(notes)
    boxes = ledger.box_texts(body, texts)
    return ledger.digest("\n".join((ledger.visible_text(body, texts), *boxes)))


def entries(story: Story) -> list[ledger.Entry]:
    """What the ledger says of each block that was written, in printed order."""
    notes = ledger.note_texts(story.notes)
    remarks = {node: "\n".join(lines) for node, lines in remarks_by_block(story).items()}
    return [_entry(block, notes, remarks.get(block.node, "")) for block in story.written]


def remarks_by_block(story: Story) -> dict[etree._Element, list[str]]:
    """The texts of the comments on each paragraph."""
    found: dict[etree._Element, list[str]] = {}
    for remark in story.remarks:
        node = next(remark.first.iterancestors(w("p")))
        found.setdefault(node, []).append(comments.text_of(remark.lines))
    return found


def _entry(block: Written, notes: Mapping[str, str], remarks: str) -> ledger.Entry:
    text = ledger.visible_text(block.node, notes)
    entry = ledger.Entry(
        block.key,
        block.kind,
        block.bookmark,
        ledger.fingerprint(text),
        text,
        block.cells,
        ledger.digest(remarks),
    )
    if block.kind != "table":
        return entry
    above, below = Caption.fresh(block.node).texts(notes)
    return replace(
        entry, base=as_text(row.cells for row in rows(block.node, notes)), above=above, below=below
    )


def strip(document: Document) -> None:
    """Take ledger, hidden bookmarks that no field uses, threads and people out of an edition."""
    part = package.custom_part(document, ledger.NAMESPACE)
    threads = [part for kind in _THREADS for part in package.related(document, kind)]
    for gone in (*threads, *([part] if part is not None else [])):
        package.drop_part(document, gone)
    body = document.element.body
    used = {word for text in _instructions(body) for word in text.split()}
    used |= {node.get(w("anchor")) for node in body.iter(w("hyperlink"))}
    for start in list(body.iter(w("bookmarkStart"))):
        name = start.get(w("name"), "")
        if _HIDDEN.match(name) and name not in used:
            _remove_bookmark(body, start)


def _instructions(body: etree._Element) -> Iterator[str]:
    """What the fields of each paragraph say; Word cuts instructions into runs."""
    for paragraph in body.iter(w("p")):
        yield "".join(node.text or "" for node in paragraph.iter(w("instrText")))
    yield from (node.get(w("instr"), "") for node in body.iter(w("fldSimple")))


def _remove_bookmark(body: etree._Element, start: etree._Element) -> None:
    number = start.get(w("id"))
    for end in list(body.iter(w("bookmarkEnd"))):
        if end.get(w("id")) == number:
            end.getparent().remove(end)
    start.getparent().remove(start)


def file_properties(about: Mapping[str, str]) -> dict[str, str]:
    """What of the properties belongs to the file and not to the ledger."""
    return {name: text for name, text in about.items() if name not in LEDGER_PROPERTIES}
