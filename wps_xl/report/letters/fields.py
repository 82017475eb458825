"""What a letter says: the words that fill the fields of its template (S/2007/567, paras. 4, 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.nouns import plural
from wps_xl.office.word.numbering import letters
from wps_xl.report.council.blocks import fixed_slots
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import mention
from wps_xl.report.letters.correspondence import CORRECTION, REQUEST, AskedForm, Letter
from wps_xl.review.register import REPAIR
from wps_xl.review.workbook import Review

SIGNATORY, REPLY_TO = "signatory", "reply_to"
MOST_CELLS = 3


@dataclass(frozen=True)
class Filled:
    """The fields of one letter, a value a line, and those that ask somebody to act."""

    fields: Mapping[str, Sequence[str]]
    prompts: frozenset[str]


def fill(letter: Letter, review: Review, today: dt.date) -> Filled:
    """The words of one letter, from sheets Cycle, Register, Issues and Wording."""
    wording = Wording(review)
    words = _Words(letter, review, wording, today)
    slots = fixed_slots(review, wording)
    signatory = [part.strip() for part in review.text(SIGNATORY).split(";") if part.strip()]
    reply_to = review.text(REPLY_TO)
    known = {SIGNATORY: signatory, REPLY_TO: reply_to, "mandate": review.cycle.mandate}
    fields: dict[str, Sequence[str]] = {
        "date": [style.date(today)],
        "reference": [review.cycle.code],
        "cycle": [review.cycle.name],
        "review": [style.period(*review.cycle.review)],
        "plan": [slots["plan"]],
        "mandate": [slots["mandate"]],
        "mark": [review.text("mark")] if review.text("mark") else [],
        SIGNATORY: signatory or [wording.text("letter.signatory.missing")],
        REPLY_TO: [reply_to or wording.text("letter.reply_to.missing")],
        **words.recipient(),
        **words.forms(),
        **words.corrections(),
        "attachments": words.attachments(),
    }
    return Filled(fields, frozenset(name for name, said in known.items() if not said))


@dataclass(frozen=True)
class _Words:
    """One letter being worded."""

    letter: Letter
    review: Review
    wording: Wording
    today: dt.date

    def recipient(self) -> dict[str, Sequence[str]]:
        """Whom the letter goes to, and whom a copy."""
        to = self.letter.recipient
        entity = mention(name_of(self.review.codebook, to.entity), seen=(), again=False)
        full = name_of(self.review.codebook, to.entity).full
        head, focal = to.head, to.focal_point
        reached = ", ".join(filter(None, (focal, to.e_mail)))
        unknown = self._say("letter.head.missing", entity=entity)
        return {
            "entity": [entity],
            "addressee": [head, full] if head else [unknown],
            "dear": [self._say("letter.dear", head=head) if head else self._say("letter.dear.all")],
            "focal": [
                self._say("letter.focal", focal=focal)
                if focal
                else self._say("letter.focal.missing")
            ],
            "copy": [self._say("letter.copy", focal=reached)] if reached else [],
        }

    def forms(self) -> dict[str, Sequence[str]]:
        """What is asked for, what is missing, what was received, what was written before."""
        received = [line for line in self.letter.recipient.lines if not line.missing]
        listed = style.join(self._form(line) for line in received)
        entity = self.recipient()["entity"][0]
        return {
            "forms": _lettered(style.subparagraphs(list(map(self._asked, self.letter.asks)))),
            "missing": _lettered(style.subparagraphs(list(map(self._missing, self.letter.asks)))),
            "thanks": [self._say("letter.thanks", entity=entity, list=listed)] if received else [],
            "earlier": [self._earlier(entity)],
        }

    def corrections(self) -> dict[str, Sequence[str]]:
        """How many entries have to be corrected in which form, and the first of them."""
        found = self.letter.corrects
        if not found:
            return {"corrections": [], "cells": []}
        counts = style.same_category([len(line.faults) for line in found])
        listed = style.join(
            self._say(
                "letter.corrections.form",
                n=count,
                noun=plural(len(line.faults), "entry", "entries"),
                form=self._form(line),
                book=_book(line),
            )
            for count, line in zip(counts, found, strict=True)
        )
        every = [fault for line in found for fault in line.faults]
        few = len(every) <= MOST_CELLS
        lead = self._say("letter.cells" if few else "letter.cells.first")
        said = self._say("letter.corrections", list=listed, lead=lead)
        cells = [fault.message for fault in every[:MOST_CELLS]]
        return {"corrections": [said], "cells": _lettered(cells)}

    def attachments(self) -> list[str]:
        """What goes with the letter."""
        if self.letter.kind == REQUEST:
            names = style.join(self._form(line) for line in self.letter.asks)
            return [self._say("letter.attached.forms", list=names)]
        # Of a file that cannot be read there is no copy.
        corrected = [line for line in self.letter.corrects if line.line.status != REPAIR]
        books = style.join(_book(line) for line in corrected)
        return [self._say("letter.attached.copies", list=books)] if books else []

    def _asked(self, line: AskedForm) -> str:
        """A form, what it is about, and when it is due."""
        key = f"letter.form.{line.form}"
        key = key if key in self.wording else "letter.form"
        by = self._say("letter.by", due=style.date(line.due)) if line.due else ""
        slots = fixed_slots(self.review, self.wording)
        return self._say(
            key,
            form=self._label(line),
            review=style.period(*self.review.cycle.review),
            plan=slots["plan"],
            practices_from=slots["practices_from"],
            by=by,
        )

    def _missing(self, line: AskedForm) -> str:
        """A form that is missing, since when."""
        form, due = self._label(line), line.due
        if due is None:
            return self._say("letter.missing", form=form)
        days = (self.today - due).days
        if days <= 0:
            return self._say("letter.missing.due", form=form, due=style.date(due))
        late = style.cardinal(days)
        noun = plural(days, "day", "days")
        return self._say("letter.missing.late", form=form, due=style.date(due), n=late, noun=noun)

    def _earlier(self, entity: str) -> str:
        """The letters that this one follows."""
        before = [one for one in self.letter.recipient.sent if one.kind != CORRECTION]
        if not before:
            return self._say("letter.earlier.none", entity=entity)
        said = (self._say(f"letter.earlier.{one.kind}", date=style.date(one.day)) for one in before)
        return self._say("letter.earlier", list=style.join(said), entity=entity)

    def _form(self, line: AskedForm) -> str:
        label = self._label(line)
        return label[:1].lower() + label[1:]

    def _label(self, line: AskedForm) -> str:
        return self.review.codebook["forms"].label(line.form)

    def _say(self, key: str, **slots: str) -> str:
        return self.wording.text(key, **slots)


def _lettered(items: Sequence[str]) -> list[str]:
    """Items (a), (b), … as they stand in a letter."""
    return [f"({letters(at)})\t{item}" for at, item in enumerate(items, 1)]


def _book(line: AskedForm) -> str:
    return line.line.book or line.faults[0].book


def prompts(review: Review) -> Iterator[str]:
    """What sheet Cycle does not say although letters need it."""
    needs = {SIGNATORY: "who signs", REPLY_TO: "where returns are sent"}
    missing = [what for code, what in needs.items() if not review.text(code)]
    if missing:
        yield f"Sheet Cycle does not say {' and '.join(missing)}: look for yellow in the letters."
