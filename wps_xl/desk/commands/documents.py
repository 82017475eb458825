"""The verbs ``brief``, ``scorecard``, ``extract``, ``practices``: documents beside the report."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.store import host_of, logged, now, tell_slips
from wps_xl.desk.commands.updating import refuse_edited, refuse_other
from wps_xl.desk.hosts.locks import refuse_if_open, state
from wps_xl.desk.hosts.together import Document
from wps_xl.model import Draft
from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.review.workbook import Review

PAGE = "templates/page.docx"
REPORT = "templates/council_report.docx"


def brief(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """What was reported on one country, by thematic area (S/2007/567, para. 58 (j))."""
    from wps_xl.report.documents.brief import build

    return _document("brief", options, lambda review: build(review, options["country"]))


def scorecard(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """One page for the head of an entity (paras. 46-47)."""
    from wps_xl.report.documents.scorecard import build

    template = assets.path(PAGE)
    return _document(
        "scorecard", options, lambda review: build(review, options["entity"], template)
    )


def extract(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """The sentences that name an entity, to be confirmed by it."""
    from wps_xl.report.documents.extract import build

    template = assets.path(REPORT)
    return _document("extract", options, lambda review: build(review, options["entity"], template))


def practices(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """The compilation of good practices, with the panel's sheets (paras. 50-54)."""
    from wps_xl.report.documents.compilation import build, left_out

    def compiled(review: Review) -> Draft:
        tell_slips(review)
        without = left_out(review)
        if without:
            tell(f"Left out, as column In report says no: {counted(without, 'case')}.")
        return build(review)

    return _document("practices", options, compiled)


def _document(verb: str, options: Mapping[str, Any], build: Callable[[Review], Draft]) -> Outcome:
    from wps_xl.office.word.document import write

    workbook: Path = options["workbook"]
    target: Path = options["out"]
    host = host_of(options)
    refuse_other(target)
    refuse_if_open(target)
    host.ready(workbook)
    before = state(target)
    refuse_edited(target)
    review = host.read(workbook)
    moment = now()
    draft = build(review)
    about = {
        "title": draft.fields["title"],
        "author": "wps_xl",
        "created": moment.isoformat(),
        "modified": moment.isoformat(),
    }
    content = io.BytesIO()
    printed = write(draft, assets.path(PAGE), content, properties=about)
    document = Document(target, content.getvalue(), before)
    host.write(logged(review, verb, f"{target.name}.", moment), workbook, moment, [document])
    return Outcome([f"Wrote {target}: {draft.fields['title']}, {printed.words} words."])
