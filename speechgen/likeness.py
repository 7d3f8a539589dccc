"""雷同: which judgements and arguments two speeches share, sentence by sentence, whatever figures stand in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from speechgen.content import Content
from speechgen.model import Block, Draft
from speechgen.phrases import ARGUED, sentence_key

_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’）》]*")


class Pair(NamedTuple):
    """Two speeches, by key, and the per cent of the shorter one's judgements and arguments that both say."""

    one: str
    other: str
    share: int


def sentences(draft: Draft) -> Iterator[tuple[Block, int, int]]:
    """The sentences of a speech's paragraphs: block, start and end."""
    for block in draft.blocks:
        if block.kind == "paragraph":
            yield from ((block, *found.span()) for found in _SENTENCE.finditer(block.text))


def argued(draft: Draft, content: Content) -> tuple[str, ...]:
    """The sentences of a draft of ours that are for the most part a phrase's judgement or argument."""
    found = []
    for block, start, end in sentences(draft):
        ours = sum(
            max(0, min(span.end, end) - max(span.start, start))
            for span in block.spans
            if span.source.name in content.phrases
            and content.slots[content.phrases[span.source.name].slot].kind in ARGUED
        )
        if ours * 2 > end - start and sentence_key(block.text[start:end]):
            found.append(block.text[start:end])
    return tuple(found)


def pairs(said: Mapping[str, Collection[str]]) -> Iterator[Pair]:
    """Every two speeches that share a sentence. ``said`` holds the keys of sentences (`sentence_key`) of each."""
    users: dict[str, list[str]] = {}
    for name, keys in said.items():
        shared = Counter(other for key in set(keys) for other in users.get(key, ()))
        for other, count in shared.items():
            yield Pair(other, name, count * 100 // min(len(set(keys)), len(set(said[other]))))
        for key in set(keys):
            users.setdefault(key, []).append(name)
