"""What an open workbook is to hold and show after a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from wps_xl.review.workbook import Review
from wps_xl.sheets.review.shown import Shown, shown
from wps_xl.sheets.review.written import with_notes


def next_state(review: Review, before: Shown, written: dt.datetime) -> tuple[Review, int, Shown]:
    """What the open workbook is to hold, how many notes that made, and what it is to show.

    What staff typed where nothing is written stands there afterwards, and makes no note.
    """
    kept, notes = with_notes(review, written)
    after = shown(kept, written)
    over = tuple(t for t in review.typed if t.row or before.fills(t) or after.fills(t))
    if len(over) < len(review.typed):
        kept, notes = with_notes(replace(review, typed=over), written)
        after = shown(kept, written)
    return kept, notes, after
