"""出处: figures and dates that stand in our own words instead of coming from the meeting file."""

from __future__ import annotations

from collections.abc import Iterator

from speechgen import figures
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

_OWN_WORDS = ("outline", "phrase")


def invented_figures(document: Document, rule: Rule) -> Iterator[Hit]:
    """Figures with a unit, and dates, in the words of an outline or phrase.

    Every figure of a speech must come from the meeting file, the calendar or a computation on them.
    """
    start = 0
    for block in document.draft.blocks:
        for span in block.spans:
            if span.source.origin in _OWN_WORDS:
                text = block.text[span.start : span.end]
                for first, last in figures.quantities(text):
                    at = start + span.start
                    yield Hit(at + first, at + last, {"词": text[first:last], "出处": span.source.name})
        start += len(block.text) + 1


CHECKS = {"写死数字": Check(invented_figures, values=("词", "出处"))}
