"""On each sheet that the office types on: its words follow the words of a row, or are parked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from analysis.drawn_returns import Drawn, intake_of
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from review.test_office_words import CODEBOOK, EMPTY, TEXTS, TODAY, notes, typed, wordings
from rows import rows_in

from wps_xl.desk.commands.store import with_rows
from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.review.consolidation import Consolidated, consolidate
from wps_xl.review.layout import office_fields
from wps_xl.review.workbook import Review

OUR_FOCUS, OUR_CHALLENGE = "Our wording: focus", "Our wording: challenge"


@dataclass(frozen=True)
class Kind:
    """How rows of a sheet are drawn: the column of their words, their numbers, all else.

    ``codes`` number rows for good; ``letter`` is that of numbers which an entity gives anew.
    """

    form: str
    sheet: str
    words: str
    letter: str = ""
    codes: Sequence[str] = ()
    more: Mapping[str, Value] = field(default_factory=dict)

    def numbers(self) -> list[str]:
        """The numbers of rows in turn."""
        given = (f"{self.letter}-{at}" for at in count(1))
        return list(self.codes) or [next(given) for _ in range(20)]

    def row(self, number: str, text: str) -> Drawn:
        """One row."""
        return Drawn(number, {self.words: text, **self.more})

    def numbered(self, texts: Sequence[str]) -> list[Drawn]:
        """Rows that say these texts, numbered from the first."""
        pairs = zip(self.numbers(), texts, strict=False)
        return [self.row(number, text) for number, text in pairs]

    def sent(self, review: Review, rows: Sequence[Drawn]) -> Consolidated:
        """The workbook after the entity has sent these rows."""
        return consolidate(review, intake_of(CODEBOOK, self.form, {self.sheet: rows}), TODAY)

    def says(self, review: Review) -> list[str]:
        """The words of the rows of the data sheet."""
        return [str(row.raw(self.words)) for row in review.rows_of(self.sheet)]


KINDS = (
    Kind("progress", "Progress", "activity", "A", more={"area": "A"}),
    Kind("progress", "Measures", "measure", "M", more={"activity_id": "A-1", "value": 5}),
    Kind("progress", "Overview", "focus", codes=list(CODEBOOK["areas_of_action"])),
    Kind(
        "progress",
        "Checklist",
        "evidence",
        codes=list(CODEBOOK["questions"])[:12],
        more={"answer": "yes"},
    ),
    Kind("progress", "Updates", "note", "R", more={"rating": "on-track"}),
    Kind("plan", "Initiatives", "title", "I", more={"thematic_area": "PROT"}),
    Kind("plan", "Results", "indicator", "R", more={"initiative_id": "I-1"}),
    Kind("practices", "Practices", "title", "P", more={"kind": "practice"}),
)
MOVING = tuple(kind for kind in KINDS if kind.letter)
PATTERN = "Helped the police of {} to write a manual on the protection of witnesses."
FILLED = tuple(PATTERN.format(name) for name in ("Liberia", "Burundi", "Nepal", "Haiti"))


def named(kinds: Sequence[Kind]) -> list[object]:
    return [pytest.param(kind, id=kind.sheet) for kind in kinds]


def test_every_sheet_that_the_office_types_on_is_drawn_here() -> None:
    # Rows of Resources have no words but those of their initiative; see test_moves.
    sheets = [sheet.name for sheet in data_sheets(CODEBOOK) if office_fields(sheet.name)]

    assert {kind.sheet for kind in KINDS} == {*sheets} - {"Resources"}


@pytest.mark.parametrize("kind", named(MOVING))
def test_words_follow_rows_of_every_sheet_that_are_numbered_anew(kind: Kind) -> None:
    before = kind.sent(EMPTY, kind.numbered(FILLED[:2])).review
    before = typed(before, kind.sheet, Our_wording=["Of one.", "Of two."])

    after = kind.sent(before, kind.numbered([FILLED[2], *FILLED[:2]]))

    assert wordings(after.review, kind.sheet) == [None, "Of one.", "Of two."]


@pytest.mark.parametrize("kind", named(KINDS))
def test_words_of_a_row_retyped_under_its_number_are_parked_and_named(kind: Kind) -> None:
    before = kind.sent(EMPTY, kind.numbered([TEXTS[0], FILLED[0], TEXTS[2]])).review
    before = typed(before, kind.sheet, Our_wording=["One.", "Two.", "Three."], In_report=["no"] * 3)

    after = kind.sent(before, kind.numbered([TEXTS[1], FILLED[1], TEXTS[2] + " Again."]))

    one, two, three = kind.numbers()[:3]
    assert wordings(after.review, kind.sheet) == [None, None, "Three."]
    assert wordings(after.review, kind.sheet, "In report") == [None, None, "no"]
    assert "Our wording: One." in notes(after.review)
    assert "Our wording: Two." in notes(after.review)
    parked, changed = sorted(after.said, reverse=True)
    assert f"{kind.sheet} UNDP {one} (In report, Our wording)" in parked
    assert f"{kind.sheet} UNDP {two} (In report, Our wording)" in parked
    assert changed.startswith("Changed by their entities, with what the office typed left beside")
    assert f"{kind.sheet} UNDP {three} (In report, Our wording)" in changed


def test_an_answer_turned_round_parks_what_was_typed_beside_it() -> None:
    kind = next(kind for kind in KINDS if kind.sheet == "Checklist")
    (code, *_) = kind.codes
    before = kind.sent(EMPTY, [Drawn(code, {"answer": "no"})]).review
    before = typed(before, kind.sheet, Our_wording=["Had nothing to tell."])

    after = kind.sent(before, [Drawn(code, {"answer": "yes", "evidence": "Progress A-1"})])

    assert wordings(after.review, kind.sheet) == [None]
    assert "Had nothing to tell." in notes(after.review)


def test_words_about_a_challenge_are_parked_with_the_challenge_and_the_focus_keeps_its_own() -> (
    None
):
    kind = next(kind for kind in KINDS if kind.sheet == "Overview")
    both = [Drawn("A", {"focus": TEXTS[0], "challenge": TEXTS[1]})]
    before = kind.sent(EMPTY, both).review
    rows = rows_in(before, "Overview")
    rows[0] |= {OUR_FOCUS: "Of the focus.", OUR_CHALLENGE: "Of the challenge."}

    after = kind.sent(with_rows(before, "Overview", rows), [Drawn("A", {"focus": TEXTS[0]})])
    again = kind.sent(after.review, [Drawn("A", {"focus": TEXTS[0]})])

    assert wordings(after.review, "Overview", OUR_FOCUS) == ["Of the focus."]
    assert wordings(after.review, "Overview", OUR_CHALLENGE) == [None]
    assert f"{OUR_CHALLENGE}: Of the challenge." in notes(after.review)
    assert f"Overview UNDP A ({OUR_CHALLENGE})" in " ".join(after.said)
    assert again.said == ()


SLIP = "zz"
SPARE = (*TEXTS, *FILLED)
EDIT = st.tuples(
    st.sampled_from(["insert", "delete", "swap", "renumber", "retype", "slip", "hold"]),
    st.integers(0, 7),
    st.integers(0, 7),
)
ROUNDS = st.lists(st.lists(EDIT, min_size=1, max_size=5), min_size=1, max_size=2)


def edited(kind: Kind, rows: list[Drawn], edit: tuple[str, int, int]) -> list[Drawn]:
    """The rows after somebody at the entity has worked on them; numbers stay each its own."""
    what, one, other = edit
    at, to = (one % len(rows), other % len(rows)) if rows else (0, 0)
    texts = [str(row.says[kind.words]) for row in rows]
    spare = [text for text in SPARE if text not in map(meant, texts)]
    numbers = [row.number for row in rows]
    if what == "insert":
        free = next(number for number in kind.numbers() if number not in numbers)
        rows.insert(at, kind.row(free, spare[other % len(spare)]))
    elif not rows:
        return rows
    elif what == "delete":
        del rows[at]
    elif what == "swap":
        rows[at], rows[to] = rows[to], rows[at]
        if one > other:
            rows = [replace(row, number=n) for row, n in zip(rows, numbers, strict=True)]
    elif what == "renumber":
        rows = [replace(r, number=n) for r, n in zip(rows, kind.numbers(), strict=False)]
    elif what == "retype":
        rows[at] = kind.row(numbers[at], spare[other % len(spare)])
    elif what == "slip":
        rows[at] = kind.row(numbers[at], meant(texts[at]).replace(" ", f"{SLIP} ", 1))
    elif what == "hold":
        rows[at] = replace(rows[at], held=not rows[at].held)
    return rows


def meant(text: str) -> str:
    """A text without its slips."""
    return text.replace(SLIP, "")


def everything(review: Review, sheet: str) -> str:
    """All that stands in a data sheet, Decisions and Notes."""
    frames = (review.tables[name] for name in (sheet, "Decisions", "Notes"))
    return "\n".join(str(value) for frame in frames for value in frame.to_numpy().ravel())


@settings(max_examples=8, deadline=None, phases=[Phase.generate], derandomize=True)
@given(kind=st.sampled_from(KINDS), first=st.permutations(SPARE), rounds=ROUNDS)
def test_whatever_an_entity_edits_no_words_stand_beside_others_and_none_is_lost(
    kind: Kind, first: list[str], rounds: list[list[tuple[str, int, int]]]
) -> None:
    rows = kind.numbered(first[:4])
    review = kind.sent(EMPTY, rows).review
    about: dict[str, tuple[str, str]] = {}

    for turn, edits in enumerate(rounds):
        typed_before = wordings(review, kind.sheet)
        words = [str(w or f"Words {turn}.{at}.") for at, w in enumerate(typed_before)]
        keys = list(review.tables[kind.sheet].iloc[:, 1])
        for word, key, text in zip(words, keys, kind.says(review), strict=True):
            about[word] = (key if kind.codes else "", text)
        review = typed(review, kind.sheet, Our_wording=words)
        for edit in edits:
            rows = edited(kind, list(rows), edit)
        review = kind.sent(review, rows).review

        left = dict(zip(wordings(review, kind.sheet), kind.says(review), strict=True))
        for beside, text in left.items():
            assert not beside or meant(about[str(beside)][1]) == meant(text)
        kept = everything(review, kind.sheet)
        assert [word for word in about if word not in kept] == []
        there = {(r.number if kind.codes else "", r.says[kind.words]) for r in rows if not r.held}
        assert {w for w in words if about[w] in there} <= left.keys(), "parked, but clearly there"

    again = kind.sent(review, rows).review
    for name, frame in review.tables.items():
        assert name == "Register" or again.tables[name].equals(frame), name
