"""What stands beside a sentence: open warnings, rows held back, twin lists, twin figures."""

from __future__ import annotations

from report.reviews import Rows, drafted, prompts, review_of, sentence

from wps_xl.model import Value

BOOK = "WFP.xlsx"
PROGRESS: Rows = [
    {
        "entity": "WFP",
        "activity_id": "A-1",
        "area": "A",
        "activity": "Trained people.",
        "role": "lead",
        "chosen": "yes",
        "book": BOOK,
        "sheet": "Progress",
        "row": 5,
    }
]


def issue(
    severity: str, sheet: str, cell: str, message: str, answer: Value = None
) -> dict[str, Value]:
    return {
        "Severity": severity,
        "Entity": "WFP",
        "Form": "progress",
        "Book": BOOK,
        "Sheet": sheet,
        "Cell": cell,
        "Message": message,
        "Our answer": answer,
    }


def held(sheet: str, row: int, name: str, message: str, other: Value = None) -> dict[str, Value]:
    """A line of sheet Held back."""
    of: dict[str, Value] = {
        "Entity": "WFP",
        "Form": "progress",
        "Book": BOOK,
        "Cause": "list-value",
    }
    place: dict[str, Value] = {"Sheet": sheet, "Row": row, "Row id": name}
    return {**of, **place, "Message": message, "Held with": other}


def test_an_open_warning_stands_beside_the_sentence_of_its_row() -> None:
    issues = [issue("warning", "Progress", "K5", "K5 lies outside the period.")]

    draft = drafted(review_of(Progress=PROGRESS, Issues=issues))

    assert "Open warning, WFP: K5 lies outside the period." in sentence(draft, "WFP.A-1").remark


def test_an_answered_warning_and_one_of_another_row_do_not() -> None:
    issues = [
        issue("warning", "Progress", "K5", "Answered.", "accept as is"),
        issue("warning", "Progress", "K6", "Another row."),
    ]

    remark = sentence(drafted(review_of(Progress=PROGRESS, Issues=issues)), "WFP.A-1").remark

    assert "Answered" not in remark
    assert "Another" not in remark


def test_a_row_held_back_is_named_in_its_area_and_beside_its_entitys_sentences() -> None:
    row = held("Progress", 7, "A-3", "B7: 'prevension' is not in the list.")

    draft = drafted(review_of(Progress=PROGRESS, **{"Held back": [row]}))

    named = f"{BOOK}, Progress, row 7: B7: 'prevension' is not in the list."
    assert f"Held back: {named}" in sentence(draft, "WFP.A-1").remark
    (note,) = [text for text in prompts(draft) if "held back" in text]
    assert note.startswith("[Drafter: One row is held back and not used;")
    assert named in note


def test_an_answer_held_back_is_named_beside_the_list_it_would_change() -> None:
    row = held("Checklist", 5, "Q-A0", "C5: answer yes, no or not in our mandate.")
    answers: Rows = [{"entity": "FAO", "question": "Q-A0", "answer": "yes"}]

    draft = drafted(review_of(Checklist=answers, **{"Held back": [row]}))

    assert "Held back: WFP.xlsx, Checklist, row 5" in sentence(draft, "Q-A0").remark


def test_a_row_held_back_of_an_area_nobody_else_reported_on_is_not_silent() -> None:
    rows = [held("Progress", number, "H-1", "B7 is not in the list.") for number in (7, 8)]

    draft = drafted(review_of(**{"Held back": rows}))

    assert any("Progress, rows 7, 8: B7 is not in the list." in text for text in prompts(draft))


def test_a_row_that_others_replace_is_nobodys_question() -> None:
    row = {**held("Progress", 7, "A-3", "A later return counts."), "Cause": "superseded"}

    draft = drafted(review_of(Progress=PROGRESS, **{"Held back": [row]}))

    assert "held back" not in repr(draft).casefold()


def test_where_the_rows_held_back_are_gone_the_errors_say_them() -> None:
    found = issue("error", "Progress", "B7", "B7 is not in the list.", "accept as is")
    named = {name: found[name] for name in ("Book", "Sheet", "Cell", "Message", "Form")}
    key = {**named, "Owner": "WFP", "Rows": "A-3", "Column": "area", "Issue": "list-value"}
    line: dict[str, Value] = {"Entity": "WFP", "Form": "progress", "Held back": 1}
    sheets: dict[str, Rows] = {"Issues": [found], "Issue keys": [key], "Register": [line]}

    draft = drafted(review_of(Progress=PROGRESS, **sheets))

    assert "Held back: WFP.xlsx, Progress, row 7" in sentence(draft, "WFP.A-1").remark


def test_two_lists_with_the_same_members_name_each_other() -> None:
    answers: Rows = [
        {"entity": entity, "question": question, "answer": "yes"}
        for question in ("Q-B0", "Q-E0", "Q-D0")
        for entity in ("WFP", "FAO", "WHO", *(["DPA"] if question == "Q-D0" else []))
    ]

    draft = drafted(review_of(Checklist=answers))

    assert "The same entities as in the list of Q-E0" in sentence(draft, "Q-B0").remark
    assert "The same entities as in the list of Q-B0" in sentence(draft, "Q-E0").remark
    assert sentence(draft, "Q-D0").remark == ""


def test_one_number_with_two_meanings_is_named_beside_both() -> None:
    measures: Rows = [
        {
            "entity": "WFP",
            "measure_id": f"M-{at}",
            "activity_id": "A-1",
            "measure": measure,
            "value": 34086,
            "chosen": "yes",
        }
        for at, measure in enumerate(("victims identified", "victims assisted"), start=1)
    ]

    remark = sentence(
        drafted(review_of(Progress=PROGRESS, Measures=measures)), "WFP.A-1.figures"
    ).remark

    assert "34,086 also stands for ‘victims assisted’ (WFP.M-2)." in remark
    assert "34,086 also stands for ‘victims identified’ (WFP.M-1)." in remark
