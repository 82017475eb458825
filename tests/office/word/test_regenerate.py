"""An update follows the workbook and leaves alone what the drafter did."""

from __future__ import annotations

from pathlib import Path

import docx
from office.word.reading import comments, faults
from office.word.sample_draft import areas_table, draft, paragraph, sentence
from office.word.updating import (
    accepted,
    actions,
    add_below,
    delete,
    edited,
    lines,
    rejected,
    remove_comments,
    replaced,
    say,
    split,
    updated,
    words_changed,
    written,
)

from wps_xl.model import Draft, Footnote, Paragraph, Reference, Section

CHANGED = (("Four entities", "Five entities"), ("UNEP and WFP", "UNEP, UNESCO and WFP"))


def test_an_untouched_paragraph_follows_the_workbook(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    after = words_changed(draft(), *CHANGED)

    new, done = updated(after, old)

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert [line.detail for line in done.done if line.action == "updated"] == [
        "“Four” → “Five”; “UNEP” → “UNEP, UNESCO”"
    ]
    assert faults(new) == []


def test_a_second_run_on_the_same_data_changes_nothing(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("B.1", "Some", "About"), delete("intro.2.b.i"))
    after = words_changed(draft(), *CHANGED, ("$140,000", "$150,000"))
    once, _ = updated(after, old, "once.docx")

    twice, done = updated(after, once, "twice.docx")

    assert docx.Document(str(twice)).element.xml == docx.Document(str(once)).element.xml
    assert comments(twice) == comments(once)
    assert set(actions(done).values()) == {"your text kept", "you deleted it"}


def test_an_edited_paragraph_stands_and_a_comment_says_what_changed(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), say("B.1", "Some", "About"))
    after = words_changed(draft(), ("$140,000", "$150,000"))

    new, done = updated(after, old)

    assert lines(accepted(new)) == lines(rejected(new)) == lines(old)
    assert actions(done) == {"Some $150,000 was disbursed.": "your text kept, data changed"}
    assert [text for text in comments(new) if text.startswith("Update")] == [
        "Update: the workbook has changed since; your text was kept. "
        "Changed: “$140,000” → “$150,000”"
    ]
    assert faults(new) == []


def test_an_edit_without_new_data_is_kept_in_silence(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), say("B.1", "Some", "About"))

    new, done = updated(draft(), old)

    assert lines(new) == lines(old)
    assert comments(new) == comments(old)
    assert actions(done) == {"Some $140,000 was disbursed.": "your text kept"}


def test_a_deleted_paragraph_stays_out(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), delete("B.1"))
    after = words_changed(draft(), ("$140,000", "$150,000"))

    new, done = updated(after, old)

    assert lines(rejected(new)) == lines(old)
    assert not any("was disbursed" in line for line in lines(new))
    assert actions(done) == {
        "Some $150,000 was disbursed.": "you deleted it",
        "Contents": "updated",
    }
    assert [text for text in comments(new) if "deleted" in text] == [
        "Update: a paragraph that you deleted below would have changed: “$140,000” → “$150,000”"
    ]
    assert faults(new) == []


def test_a_new_paragraph_comes_with_note_reference_and_number(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    note = Footnote("new.note", "UNDP and UNIFEM.")
    new_one = paragraph(
        "A.new", "Two entities", note, " cite paragraph ", Reference("intro.1"), " above."
    )
    first = next(item for item in draft().paragraphs() if item.key == "A.1")
    after = replaced(draft(), {"A.1": [new_one, first]})

    new, done = updated(after, old)

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert [(line.number, line.action) for line in done.done if line.action == "new"] == [
        ("3", "new")
    ]
    assert faults(new) == []
    assert faults(accepted(new)) == []


def test_a_paragraph_that_is_gone_is_deleted_where_nobody_touched_it(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    after = replaced(draft(), {"intro.2.b.i": [], "A.2": []})

    new, done = updated(after, old)

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert list(actions(done).values()) == [*["no longer generated"] * 2, "updated"]
    assert faults(new) == []


def test_a_paragraph_that_is_gone_but_edited_stands(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), say("B.1", "Some", "About"))
    after = replaced(draft(), {"B.1": []})

    new, done = updated(after, old)
    again, _ = updated(after, new, "again.docx")

    assert "About $140,000 was disbursed." in lines(accepted(new))
    assert actions(done)["Some $140,000 was disbursed."] == "your text kept, no longer generated"
    assert sum("no longer holds" in text for text in comments(again)) == 1


def test_sections_come_and_go_with_headings_and_contents(tmp_path: Path) -> None:
    extra = Section("plan", "Update of the Action Plan", 1, (paragraph("plan.1", "It runs."),))
    old = written(draft(), tmp_path / "old.docx")
    more = draft(extra)

    grown, _ = updated(more, old, "grown.docx")
    shrunk, _ = updated(draft(), written(more, tmp_path / "more.docx"), "shrunk.docx")

    assert lines(accepted(grown)) == lines(tmp_path / "more.docx")
    assert lines(rejected(grown)) == lines(old)
    assert lines(accepted(shrunk)) == lines(old)
    assert lines(rejected(shrunk)) == lines(tmp_path / "more.docx")
    assert faults(grown) == []
    assert faults(shrunk) == []


def test_what_drafters_added_and_formatted_is_untouched(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, add_below("A.1", "Our own view."), add_below("intro.1", "Mine.", "SingleTxt"))
    word = docx.Document(str(old))
    body_text = next(p for p in word.paragraphs if p.text.startswith("Some $140,000"))
    body_text.runs[0].italic = True
    word.add_comment(body_text.runs, "Check with Finance.", "A drafter")
    word.save(str(old))
    after = words_changed(draft(), *CHANGED, ("$140,000", "$150,000"))

    new, _ = updated(after, old)

    found = docx.Document(str(accepted(new)))
    mine = next(p for p in found.paragraphs if p.text == "Our own view.")
    assert mine.runs[0].bold
    money = next(p for p in found.paragraphs if p.text.startswith("Some $150,000"))
    assert all(run.italic for run in money.runs if run.text.strip())
    assert "Check with Finance." in comments(new)
    assert "Mine." in lines(new)
    assert faults(new) == []


def test_a_second_update_before_the_first_was_accepted(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    first, _ = updated(words_changed(draft(), *CHANGED), old, "first.docx")
    after = words_changed(
        draft(), ("Four entities", "Six entities"), ("ECA, UNEP and WFP", "ECA, FAO and WFP")
    )

    second, _ = updated(after, first, "second.docx")

    assert lines(accepted(second)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(second)) == lines(old)
    assert faults(second) == []


def test_an_update_back_to_the_old_data_leaves_the_old_text(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    first, _ = updated(words_changed(draft(), *CHANGED), old, "first.docx")

    back, _ = updated(draft(), first, "back.docx")

    assert lines(accepted(back)) == lines(rejected(back)) == lines(old)
    assert faults(back) == []


def test_a_paragraph_cut_in_two_counts_as_edited(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), split("B.1", "was disbursed."))
    after = words_changed(draft(), ("$140,000", "$150,000"))

    new, done = updated(after, old)

    assert lines(rejected(new)) == lines(old)
    assert {"Some $140,000", "was disbursed."} <= {*lines(accepted(new))}
    assert actions(done) == {
        "Some $150,000 was disbursed.": "your text kept, data changed",
        "Contents": "updated",
    }


def test_numbers_and_references_are_right_among_the_drafters_own_paragraphs(
    tmp_path: Path,
) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), add_below("intro.1", "Our own."))
    after = words_changed(draft(), *CHANGED)

    new, done = updated(after, old)

    changed = next(line for line in done.done if line.action == "updated")
    assert changed.number == "4"
    assert done.printed.paragraphs["intro.2.b"] == "3 (b)"
    assert any("paragraph 3 (b) (i) above" in p.text for p in docx.Document(str(new)).paragraphs)
    assert faults(new) == []


def test_a_reference_to_what_the_drafter_deleted_is_pointed_out(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), delete("intro.2.b.i"))

    new, done = updated(draft(), old)

    assert "refers to what is no longer there" in actions(done).values()
    assert any("put in another number" in text for text in comments(new))


def test_comments_follow_cells_that_moved_and_stay_deleted_otherwise(tmp_path: Path) -> None:
    def tree(row: int) -> Draft:
        one = sentence("one", "One fact.", cells=row)
        return Draft({}, (Section("s", "Only section", 1, (Paragraph("one", (one,)),)),))

    old = written(tree(1), tmp_path / "old.docx")
    same, _ = updated(tree(1), edited(old, remove_comments), "same.docx")
    moved, _ = updated(tree(2), old, "moved.docx")

    assert comments(same) == []
    assert comments(moved) == ["Cells: Progress!D5; Progress!D6"]
    assert faults(moved) == []


def numbered(*texts: str) -> Section:
    """A section whose paragraphs have no name but their place."""
    found = [paragraph(f"item.{at}", text) for at, text in enumerate(texts, 1)]
    return Section(
        "items", "Items", 1, (*found, paragraph("end", "See ", Reference("item.2"), "."))
    )


def test_an_item_between_numbered_ones_is_new_and_the_others_are_known(tmp_path: Path) -> None:
    before = numbered("States plan;", "Entities report;", "Donors give.")
    between = numbered("States plan;", "Women lead;", "Entities report;", "Donors give.")
    old = written(draft(before), tmp_path / "old.docx")
    edited(old, say("item.3", "Donors", "All donors"))

    new, done = updated(draft(between), old)
    again, _ = updated(draft(between), new, "again.docx")
    back, undone = updated(draft(before), new, "back.docx")

    said = actions(done)
    assert said["Women lead;"] == "new"
    assert said["Donors give."] == "your text kept"
    assert "Entities report;" not in said
    assert "Women lead;" in lines(accepted(new))
    assert lines(rejected(new)) == lines(old)
    assert lines(again) == lines(new)
    assert actions(undone)["Women lead;"] == "no longer generated"
    assert lines(accepted(back)) == lines(old)
    assert faults(new) == []


def test_a_new_table_and_a_new_annex_come_tracked(tmp_path: Path) -> None:
    money = areas_table("table.money")
    extra = Section("annex.money", "Money", 0, (paragraph("annex.5", "As follows."), money))
    old = written(draft(), tmp_path / "old.docx")
    after = Draft(draft().fields, draft().sections, (*draft().annexes, extra))

    new, _ = updated(after, old)
    gone, _ = updated(draft(), written(after, tmp_path / "after.docx"), "gone.docx")

    assert lines(accepted(new)) == lines(tmp_path / "after.docx")
    assert lines(rejected(new)) == lines(old)
    assert faults(new) == []
    assert lines(accepted(gone)) == lines(old)
    assert lines(rejected(gone)) == lines(tmp_path / "after.docx")
    assert faults(gone) == []
