"""The kinds of check, each a function from a draft to its findings."""

from __future__ import annotations

from collections.abc import Iterator

from speechgen import figures
from speechgen.model import Draft, Finding

_OWN_WORDS = ("outline", "phrase")


def invented_figures(draft: Draft) -> Iterator[Finding]:
    """Figures with a unit, and dates, in the words of an outline or phrase.

    Every figure of a speech must come from the meeting file, the calendar or a computation on them.
    """
    for number, block in enumerate(draft.blocks):
        for span in block.spans:
            if span.source.origin not in _OWN_WORDS:
                continue
            text = block.text[span.start : span.end]
            for start, end in figures.quantities(text):
                yield Finding(
                    "invented-figure", "error", number, span.start + start, span.start + end,
                    {"数": text[start:end], "出处": span.source.name}, span.source,
                )  # fmt: skip
