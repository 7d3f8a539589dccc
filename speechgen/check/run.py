"""Runs every rule over a draft."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate

from speechgen.check import damage, people, residue, slips, wordings
from speechgen.check.document import Beginnings, Document, Grounds, Vocabulary
from speechgen.check.kinds import KINDS
from speechgen.check.rule import Hit, Rule, Rulebook
from speechgen.check.shape import Line
from speechgen.check.words import PATTERN_FLAGS
from speechgen.model import Block, Draft, Finding, Source
from speechgen.patterns import reach

GRAVITY = {"error": 0, "warning": 1, "hint": 2}
_FEW = 12  # characters; a longer stretch can be wrong in two ways at once
_KINDS_IN_SCOPE = {"标题": "title", "称谓": "salutation", "小标题": "heading", "正文": "paragraph"}


# Kinds of check that look for pairs of characters of their own.
_BEGINNINGS: dict[str, tuple[Beginnings, ...]] = {
    "提法": (wordings.beginnings,),
    "张冠李戴": (residue.beginnings,),
    "近音近形": slips.PAIRS,
}
# Kinds of check that look for words of their own.
_WORDS: dict[str, tuple[str, ...]] = {"残留": damage.WORDS, "名单": people.HEADS}


def document_for(draft: Draft, rulebook: Rulebook, grounds: Grounds | None = None) -> Document:
    """A draft, made ready for the rules that will look at it."""
    kinds = {rule.kind for rule in rulebook.rules.values()}
    beginnings = [one for kind, some in _BEGINNINGS.items() if kind in kinds for one in some]
    return Document(draft, grounds, vocabulary(rulebook), beginnings)


def vocabulary(rulebook: Rulebook) -> Vocabulary:
    """All words of all rules' lists, and those that the rules' patterns need, to be looked for in one pass."""
    if not _last or _last[0][0] is not rulebook.rules:
        _last[:] = [(rulebook.rules, Vocabulary(_words(rulebook.rules.values())))]
    return _last[0][1]


_last: list[tuple[dict[str, Rule], Vocabulary]] = []  # of many texts checked by the same rules it is made once


def _words(rules: Collection[Rule]) -> Iterator[str]:
    kinds = {rule.kind for rule in rules}
    for kind, words in _WORDS.items():
        if kind in kinds:
            yield from words
    for rule in rules:
        for entry in rule.entries:
            yield from entry.wrong
        looked_for = [(one.pattern, one.flags) for one in KINDS[rule.kind][rule.look].patterns()]
        if rule.kind == "式样":
            looked_for += [(pattern, int(PATTERN_FLAGS)) for pattern in rule.options["式"]]
        for pattern, flags in looked_for:
            yield from (word for word in reach(pattern, flags).words if len(word) > 1)


def check(draft: Draft, rulebook: Rulebook, grounds: Grounds | None = None) -> tuple[Finding, ...]:
    """All findings of all rules on a draft, in the order of the text, the graver first at one place.

    Of two rules of one area that find the same few words, the graver one tells.
    """
    document = document_for(draft, rulebook, grounds)
    starts = list(accumulate((len(block.text) + 1 for block in draft.blocks), initial=0))
    found: dict[tuple[int, int, str], tuple[Rule, Hit]] = {}
    for rule in sorted(rulebook.rules.values(), key=lambda rule: GRAVITY[rule.severity]):
        for hit in KINDS[rule.kind][rule.look].find(document, rule):
            if _in_scope(document, rule, hit):
                teller = rule.code.partition("-")[0] if hit.end - hit.start <= _FEW else rule.code
                found.setdefault((hit.start, hit.end, teller), (rule, hit))
    findings = [_finding(document, starts, rule, hit) for rule, hit in found.values()]
    return tuple(sorted(findings, key=lambda f: (f.block, f.start, GRAVITY[f.severity], f.end, f.rule)))


def _in_scope(document: Document, rule: Rule, hit: Hit) -> bool:
    if "全文" in rule.scope:
        return True
    line = document.line_at(hit.start)
    return line is not None and any(_within(document, line, hit, scope) for scope in rule.scope)


def _within(document: Document, line: Line, hit: Hit, scope: str) -> bool:
    if scope == "开头":
        return bool(document.opening) and document.opening[0].start <= line.start <= document.opening[-1].start
    if scope == "结束语":
        return line in document.closing
    if scope == "小标题" and hit.start < line.start + line.lead:
        return True
    return line.kind == _KINDS_IN_SCOPE[scope]


def _finding(document: Document, starts: list[int], rule: Rule, hit: Hit) -> Finding:
    line = document.line_at(hit.start)
    number = line.block if line else bisect_right(starts, hit.start) - 1
    offset, block = starts[number], document.draft.blocks[number]
    start = hit.start - offset
    end = max(start, min(hit.end - offset, len(block.text)))
    whole = hit.end - offset <= len(block.text)  # of a stretch over several blocks only the first part is shown
    return Finding(rule.code, rule.severity, number, start, end, dict(hit.values), _source(block, start, end),
                   hit.suggestion, hit.safe and whole)  # fmt: skip


def _source(block: Block, start: int, end: int) -> Source | None:
    """What the stretch rests on: where it is of several makes, what was typed goes before our own words."""
    sources: list[Source] = list(_sources(block, start, end))
    return next((source for source in sources if source.origin == "field"), sources[0] if sources else None)


def _sources(block: Block, start: int, end: int) -> Iterator[Source]:
    for span in block.spans:
        if span.start < max(end, start + 1) and start < span.end:
            yield span.source
