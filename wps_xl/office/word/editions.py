"""What of a draft goes into an edition: all of it, or what is printed for submission."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from wps_xl.model import Block, Draft, Paragraph, Section
from wps_xl.office.word.ooxml import bookmark_name

ANNOTATED = "annotated"
CLEAN = "clean"
EDITIONS = (ANNOTATED, CLEAN)


def without_prompts(draft: Draft) -> Draft:
    """The draft without prompts, and without sections in which nothing else stood."""
    return replace(draft, sections=_kept(draft.sections), annexes=_kept(draft.annexes))


def without_blocks(draft: Draft, gone: Collection[str]) -> Draft:
    """The draft without the paragraphs that have these bookmarks; their sections stay."""

    def kept(section: Section) -> Section:
        blocks = tuple(block for block in section.blocks if bookmark_name(block.key) not in gone)
        return replace(section, blocks=blocks, sections=tuple(map(kept, section.sections)))

    sections, annexes = tuple(map(kept, draft.sections)), tuple(map(kept, draft.annexes))
    return replace(draft, sections=sections, annexes=annexes)


def _kept(sections: Iterable[Section]) -> tuple[Section, ...]:
    found = []
    for section in sections:
        remaining = tuple(block for block in section.blocks if not _is_prompt(block))
        kept = replace(section, blocks=remaining, sections=_kept(section.sections))
        if kept.blocks or kept.sections or not (section.blocks or section.sections):
            found.append(kept)
    return tuple(found)


def _is_prompt(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.prompt
