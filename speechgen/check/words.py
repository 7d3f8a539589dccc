"""用词 and 式样: words of a list in their contexts, and patterns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from operator import itemgetter

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Entry, Hit, Rule

AS_OF = date(2026, 11, 1)
PATTERN_FLAGS = re.MULTILINE
UNDECLARED = "无依据"  # option: a word, or pattern, counts only where the meeting file does not hold it


def find_words(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each place where a word of the rule's list stands in the wrong context."""
    entries_with = _entries_with(rule)
    present = document.present(entries_with)
    if not present:
        return
    declared = document.declared if UNDECLARED in rule.options and document.meeting else ""
    for number in sorted({number for word in present for number in entries_with[word]}):
        entry = rule.entries[number]
        if not _in_force(entry, document.day):
            continue
        for word in entry.wrong:
            if word in declared:
                continue
            for start in document.occurrences(word):
                if _counts(document, entry, word, start):
                    values = {"词": word, "改": entry.right, "注": entry.note, "日期": _day(entry.since)}
                    yield Hit(start, start + len(word), values, entry.right, entry.safe)


def _entries_with(rule: Rule) -> dict[str, list[int]]:
    """The numbers of the entries with each word of the rule; made once for many texts checked by the same rules."""
    known = _last.get(rule.code)
    if known is None or known[0] is not rule.entries:
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(rule.entries):
            for word in entry.wrong:
                found.setdefault(word, []).append(number)
        known = _last[rule.code] = (rule.entries, found)
    return known[1]


_last: dict[str, tuple[tuple[Entry, ...], dict[str, list[int]]]] = {}


def _in_force(entry: Entry, day: date | None) -> bool:
    """A speech without a date is taken for one of today, which is when the lists were last gone through."""
    day = day or AS_OF
    return (entry.since is None or day >= entry.since) and (entry.until is None or day <= entry.until)


def _counts(document: Document, entry: Entry, word: str, start: int) -> bool:
    text, end = document.text, start + len(word)
    if entry.before and not text.endswith(entry.before, 0, start):
        return False
    if entry.after and not text.startswith(entry.after, end):
        return False
    if entry.not_before and text.endswith(entry.not_before, 0, start):
        return False
    if entry.not_after and text.startswith(entry.not_after, end):
        return False
    if any(_covers(text, longer, word, start) for longer in entry.within):
        return False
    if entry.beside or entry.not_beside:
        sentence = document.said_around(start)
        if entry.beside and not any(other in sentence for other in entry.beside):
            return False
        if any(other in sentence for other in entry.not_beside):
            return False
    return True


def _covers(text: str, longer: str, word: str, start: int) -> bool:
    """Whether the word at ``start`` is part of ``longer`` there."""
    at = longer.find(word)
    while at >= 0:
        if start >= at and text.startswith(longer, start - at):
            return True
        at = longer.find(word, at + 1)
    return False


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def find_pattern(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each match of a pattern of the rule that no pattern of its 除外 covers."""
    text = document.text
    right = "".join(rule.options.get("正", ()))
    declared = document.declared if UNDECLARED in rule.options and document.meeting else ""
    spared = _Spared(text, rule.options.get("除外", ()))
    for pattern in rule.options.get("式", ()):
        compiled = _compiled(pattern)
        if declared and compiled.search(declared):
            continue
        group = "处" if "处" in compiled.groupindex else 0
        for match in document.matches(compiled):
            start, end = match.span(group)
            if start < end and not spared.covers(start, end):
                yield Hit(start, end, {"词": text[start:end], "改": right}, right)


class _Spared:
    """What the patterns of 除外 match, in the lines around what is asked for."""

    def __init__(self, text: str, spared: Sequence[str]) -> None:
        self.text, self.spared = text, spared
        self.spans: dict[tuple[int, int], list[tuple[int, int]]] = {}  # by line: where one starts, how far they reach

    def covers(self, start: int, end: int) -> bool:
        """Whether one of them holds the whole stretch."""
        if not self.spared:
            return False
        first, last = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        around = (first, last if last >= 0 else len(self.text))
        if around not in self.spans:
            found = sorted(m.span() for pattern in self.spared for m in _compiled(pattern).finditer(self.text, *around))
            reached = accumulate((b for _, b in found), max)
            self.spans[around] = [(a, b) for (a, _), b in zip(found, reached, strict=True)]
        spans = self.spans[around]
        before = bisect_right(spans, start, key=itemgetter(0))
        return before > 0 and end <= spans[before - 1][1]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return patterns.compiled(pattern, PATTERN_FLAGS)


WORDS = {"": Check(find_words, values=("词", "改", "注", "日期"), options=("词表", UNDECLARED))}
PATTERNS = {"": Check(find_pattern, values=("词", "改"), options=("式", "除外", "正", UNDECLARED))}
