"""Templates and targets that are missing, broken, open or not to be replaced."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory, XmlPart
from lxml import etree
from office.word.reading import TEMPLATE, W, Write, faults, one, texts, xml
from office.word.sample_draft import draft, paragraph

from wps_xl.errors import CodebookError, InputError, OutputError
from wps_xl.model import Draft, DraftTable, Paragraph, Section
from wps_xl.office.word import document
from wps_xl.office.word.document import boilerplate


def test_an_empty_draft_is_a_document(write: Write) -> None:
    assert write(Draft({}, ())).words == 0
    assert write(Draft({}, (Section("s", "", 1, (Paragraph("p", ()),)),))).words == 0


def test_a_ragged_table_is_filled_up(write: Write, tmp_path: Path) -> None:
    write(one(DraftTable("t", "Ragged", ("A",), ((), ("1", "2", "3")), (1,))))

    table = docx.Document(str(tmp_path / "draft.docx")).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        *(["A", "", ""], ["", "", ""], ["1", "2", "3"])
    ]


def test_a_wide_table_takes_the_full_measure(write: Write, tmp_path: Path) -> None:
    write(one(DraftTable("t", "Wide", ("A", "B"), (("1", "2"),), (6000, 3000))))

    grid = xml(tmp_path / "draft.docx").findall(f".//{W}tbl")[1].findall(f".//{W}gridCol")
    assert [int(column.get(f"{W}w")) for column in grid] == [6566, 3283]


def test_an_existing_file_is_kept_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_text("the drafter's")

    with pytest.raises(OutputError, match="exists already"):
        document.write(draft(), TEMPLATE, path, overwrite=False)

    assert path.read_text() == "the drafter's"
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "~$aft.docx").touch()

    with pytest.raises(OutputError, match=r"draft\.docx is open"):
        document.write(draft(), TEMPLATE, tmp_path / "draft.docx")


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "draft.docx"
    path.write_text("old")

    def fail(_: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="cannot be written"):
        document.write(draft(), TEMPLATE, path)

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "is empty"), (b"PK\x03\x04rubbish", "is cut off")]
)
def test_a_template_that_is_no_word_file_is_named(
    content: bytes, message: str, tmp_path: Path
) -> None:
    template = tmp_path / "template.docx"
    template.write_bytes(content)

    with pytest.raises(InputError, match=rf"template\.docx {message}"):
        boilerplate(template)
    with pytest.raises(InputError, match="There is no file"):
        boilerplate(tmp_path / "absent.docx")


def test_what_is_wrong_in_the_call_is_said(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"

    with pytest.raises(CodebookError, match="no style 'Fancy', which paragraph 'a'"):
        document.write(one(paragraph("a", "x", style="Fancy")), TEMPLATE, path)
    with pytest.raises(InputError, match="no edition 'final'"):
        document.write(draft(), TEMPLATE, path, edition="final")
    with pytest.raises(CodebookError, match="no property 'colour'"):
        document.write(draft(), TEMPLATE, path, properties={"colour": "red"})
    assert not path.exists()


def test_words_that_staff_change_in_the_template_come_back(tmp_path: Path) -> None:
    word = docx.Document(str(TEMPLATE))
    for node in word.element.body.iter(f"{W}t"):
        if (node.text or "").startswith("The {{plan}} is rooted"):
            node.text = "The {{pl"
            again = etree.SubElement(node.getparent(), f"{W}t")
            again.text = "an}} was changed."
    changed = tmp_path / "changed.docx"
    word.save(str(changed))

    assert boilerplate(changed)["plan.policy.1"] == "The {{plan}} was changed."


def template_without(tag: str, target: Path) -> Path:
    """The template without the block that has this tag."""
    word = docx.Document(str(TEMPLATE))
    for control in list(word.element.body.iter(f"{W}sdt")):
        if control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag:
            control.getparent().remove(control)
    word.save(str(target))
    return target


def test_a_template_without_a_place_for_the_report_is_refused(tmp_path: Path) -> None:
    template = template_without("wps:slot:sections", tmp_path / "template.docx")

    with pytest.raises(InputError, match="no block tagged 'wps:slot:sections'"):
        document.write(draft(), template, tmp_path / "draft.docx")


@pytest.mark.parametrize("tag", ["wps:slot:contents", "wps:slot:annexes", "wps:boiler:plan.1"])
def test_the_other_blocks_of_the_template_may_be_taken_out(tag: str, tmp_path: Path) -> None:
    template = template_without(tag, tmp_path / "template.docx")

    document.write(draft(), template, tmp_path / "draft.docx")

    assert faults(tmp_path / "draft.docx") == [] or tag == "wps:slot:contents"
    assert "Register of responses" in texts(tmp_path / "draft.docx")


def test_what_staff_add_to_the_template_stays_and_their_controls_are_dissolved(
    tmp_path: Path,
) -> None:
    word = docx.Document(str(TEMPLATE))
    control = etree.fromstring(
        f'<w:sdt xmlns:w="{W[1:-1]}"><w:sdtPr><w:tag w:val="ours"/></w:sdtPr><w:sdtContent><w:p>'
        "<w:r><w:t>Our own paragraph.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    word.element.body.insert(1, control)
    word.save(str(tmp_path / "template.docx"))

    document.write(draft(), tmp_path / "template.docx", tmp_path / "draft.docx")

    assert faults(tmp_path / "draft.docx") == []
    assert "Our own paragraph." in texts(tmp_path / "draft.docx")


def test_another_library_may_have_taken_over_the_footnotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = dict(PartFactory.part_type_for)
    kinds[CONTENT_TYPE.WML_FOOTNOTES] = XmlPart
    monkeypatch.setattr(PartFactory, "part_type_for", kinds)

    document.write(draft(), TEMPLATE, tmp_path / "draft.docx")

    assert faults(tmp_path / "draft.docx") == []
