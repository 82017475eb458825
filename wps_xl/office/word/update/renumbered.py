"""Knows paragraphs again that are numbered through, when one has come in between or has gone.

Recommendations have no name but their place. Without this, one put in at the third place would
look like a change to all that follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from lxml import etree

from wps_xl.office.word.ledger import Entry
from wps_xl.office.word.ooxml import bookmark_name, w

ALIKE = 0.5
_NUMBERED = re.compile(r"(?P<group>.+\D)(?P<number>\d+)")
_TARGETS = re.compile(r"_wps\w*_[0-9a-f]{12}")


def known_names(old: Iterable[Entry], new: Iterable[Entry]) -> dict[str, str]:
    """For each bookmark of the fresh draft that must be another one: the name it gets."""
    before, now = _groups(old), _groups(new)
    taken = {entry.bookmark for entries in (*before.values(), *now.values()) for entry in entries}
    names: dict[str, str] = {}
    for group, entries in now.items():
        found = _matched(before.get(group, []), entries)
        for entry in entries:
            same = found.get(entry.bookmark)
            if same is None and any(
                entry.bookmark == one.bookmark for one in before.get(group, ())
            ):
                same = next(name for name in _free(entry.key) if name not in taken)
                taken.add(same)
            if same is not None and same != entry.bookmark:
                names[entry.bookmark] = same
    return names


def rename(root: etree._Element, names: Mapping[str, str]) -> None:
    """Give bookmarks, and the references to them, their other names."""

    def named(match: re.Match[str]) -> str:
        return names.get(match[0], match[0])

    for start in root.iter(w("bookmarkStart")):
        start.set(w("name"), names.get(start.get(w("name"), ""), start.get(w("name"), "")))
    for node in root.iter(w("instrText")):
        node.text = _TARGETS.sub(named, node.text or "")
    for link in root.iter(w("hyperlink")):
        if link.get(w("anchor")) in names:
            link.set(w("anchor"), names[link.get(w("anchor"))])


def _groups(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for entry in entries:
        match = _NUMBERED.fullmatch(entry.key)
        if match and entry.kind == "paragraph":
            found[match["group"]].append((int(match["number"]), entry))
    return {
        group: [entry for _, entry in sorted(members, key=lambda member: member[0])]
        for group, members in found.items()
        if len(members) > 1
    }


def _matched(old: Sequence[Entry], new: Sequence[Entry]) -> dict[str, str]:
    """The fresh bookmark to the one that the same paragraph has in the drafter's document."""
    one, other = [_words(entry) for entry in old], [_words(entry) for entry in new]
    found = {}
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pairs: Iterable[tuple[Entry, Entry]] = zip(old[first:last], new[start:end], strict=True)
        else:
            pairs = _alike(old[first:last], new[start:end])
        found.update({fresh.bookmark: entry.bookmark for entry, fresh in pairs})
    return found


def _alike(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Changed paragraphs in their order: by place where none came or went, else by words."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    left = list(old)
    for fresh in new:
        for at, entry in enumerate(left):
            if SequenceMatcher(None, entry.base, fresh.base, autojunk=False).ratio() >= ALIKE:
                yield entry, fresh
                del left[: at + 1]
                break


def _words(entry: Entry) -> str:
    """What counts: a semicolon or full stop at the end goes with the place in the list."""
    return entry.base.strip().rstrip(";.")


def _free(key: str) -> Iterator[str]:
    at = 1
    while True:
        yield bookmark_name(f"{key}#{at}")
        at += 1
