"""雷同: which judgements and arguments two speeches share, sentence by sentence, whatever figures stand in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from speechgen import patterns
from speechgen.content import Content
from speechgen.model import Block, Draft
from speechgen.phrases import ARGUED, sentence_key

_STOP = patterns.compiled(r"[。！？][”’）》]*")


class Pair(NamedTuple):
    """Two speeches, by key, and the per cent of the shorter one's judgements and arguments that both say."""

    one: str
    other: str
    share: int


def sentences(block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block as offsets; together they cover it."""
    start = 0
    for stop in _STOP.finditer(block.text):
        yield start, stop.end()
        start = stop.end()
    if start < len(block.text):
        yield start, len(block.text)


def said(draft: Draft) -> Iterator[tuple[Block, int, int]]:
    """The sentences of a speech's paragraphs: block, start and end."""
    for block in draft.blocks:
        if block.kind == "paragraph":
            yield from ((block, start, end) for start, end in sentences(block))


def argued(draft: Draft, content: Content) -> tuple[str, ...]:
    """The sentences of a draft of ours that are for the most part a phrase's judgement or argument."""
    found = []
    for block, start, end in said(draft):
        ours = sum(
            max(0, min(span.end, end) - max(span.start, start))
            for span in block.spans
            if span.source.name in content.phrases
            and content.slots[content.phrases[span.source.name].slot].kind in ARGUED
        )
        if ours * 2 > end - start and sentence_key(block.text[start:end]):
            found.append(block.text[start:end])
    return tuple(found)


def pairs(keys_of: Mapping[str, frozenset[str]]) -> Iterator[Pair]:
    """Every two speeches that share a sentence. ``keys_of`` holds the keys of sentences (`sentence_key`) of each."""
    users: dict[str, list[str]] = {}
    for name, keys in keys_of.items():
        shared = Counter(other for key in keys for other in users.get(key, ()))
        for other, count in shared.items():
            yield Pair(other, name, count * 100 // min(len(keys), len(keys_of[other])))
        for key in keys:
            users.setdefault(key, []).append(name)
