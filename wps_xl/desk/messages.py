"""The one message after a press: what was done, then what to do next."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from wps_xl.errors import WpsError

# A message box holds about a thousand characters.
LONGEST = 1_000
WHOLE = "message.txt"

_NEXT: Mapping[str, str] = {
    "new": "Next: look at sheets Cycle and Register of the new workbook, then press Issue forms.",
    "letters": "Next: read each letter in Word, then sign it and send it with its forms or its "
    "correction copy.",
    "snapshot": "Next: go on in this workbook; Compare shows later what changed since the copy.",
    "validate": "Next: look at the warnings on sheet Issues, if any; then press Consolidate.",
    "correction_copies": "Next: send each copy back to its entity.",
    "consolidate": "Next: look at sheet Start, then press Council report.",
    "compare": "Next: look at sheet Comparison, where each difference is a line.",
    "report": "Next: read the yellow paragraphs in Word.",
    "update_draft": "Next: accept or reject each tracked change in Word, if there are any.",
    "submission": "Next: read it once more; then submit it, and press Snapshot.",
    "check": "Next: nothing has to be corrected in this draft.",
    "brief": "Next: read it in Word.",
    "scorecard": "Next: read it in Word, then send it to the head of the entity.",
    "extract": "Next: read it in Word, then send it to the entity to confirm.",
    "practices": "Next: read it in Word; enter what the panel finds on sheet Practices.",
    "trace": "Next: to change a sentence, have its cell corrected in the return; then press "
    "Consolidate and Update draft.",
}
_NEXT_WITH_ERRORS: Mapping[str, str] = {
    "validate": "Next: look at sheet Issues; answer there, or press Correction copies.",
    "consolidate": "Next: look at sheet Issues. Rows with errors are held back: have them "
    "corrected, then press Consolidate again.",
    "check": "Next: correct the draft in Word and save it, then press Check draft again.",
}


def next_step(button_id: str, errors: bool) -> list[str]:
    """What to do after a press, where the command itself does not say."""
    known = _NEXT_WITH_ERRORS.get(button_id) if errors else None
    text = known or _NEXT.get(button_id)
    return [text] if text else []


def told(lines: Sequence[str]) -> list[str]:
    """The lines before the first blank one, as tables do not fit into a message box."""
    return list(takewhile(bool, lines))


def message(lines: Sequence[str], after: Sequence[str], show: Callable[[Path], None]) -> str:
    """The lines as one message; where they do not fit, all of them are shown as a text file."""
    text = "\n".join([*lines, *after])
    if len(text) <= LONGEST:
        return text
    from wps_xl.log import log_file, log_place

    whole = log_place().with_name(WHOLE)
    try:
        whole = log_file().with_name(WHOLE)
        whole.write_text(text, encoding="utf-8-sig")
    except OSError as fault:
        place = f"… The rest could not be written into {whole} ({fault.strerror})."
    else:
        place = f"… All of it is in {whole}, which opens now."
        with contextlib.suppress(WpsError):
            show(whole)
    ending = [place, *after]
    begun = "\n".join(lines)[: LONGEST - len("\n".join(ending))].rsplit("\n", 1)[0]
    return "\n".join([begun, *ending])
