"""雷同: sentences that other speeches say too, word for word or with other figures and another 我县."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

RUN = 8  # characters; what is shared is counted in runs of so many
SHORTEST = 12  # characters; 让我们共同努力 belongs to nobody
SAME = 0.7  # of a sentence's runs in the other speech: it is the same sentence, at most a name has been changed
_TOLD = 3  # other speeches named

_FIGURE = patterns.compiled(r"[0-9０-９](?:[.．,，]?[0-9０-９])*")
_OUR_PLACE = patterns.compiled("[我全][省市州县区旗镇乡厂局校]")
_SILENT = patterns.compiled(r"[^\w]+")


class _Shared(NamedTuple):
    """A sentence at ``start`` to ``end``, what it counts, and the other speech that says it (an index, -1 = none)."""

    start: int
    end: int
    size: int
    other: int


def _plain(text: str) -> str:
    """The words alone: no punctuation, every figure and every 我县 alike."""
    return _SILENT.sub("", _FIGURE.sub("0", _OUR_PLACE.sub("我□", text)))


def _runs(plain: str) -> set[str]:
    return {plain[at : at + RUN] for at in range(len(plain) - RUN + 1)}


def _compared(document: Document) -> tuple[_Shared, ...]:
    """Every sentence of the speech with the speech that shares most of it."""
    if not document.grounds.others:
        return ()
    others = [_runs(_plain(other.text)) for other in document.grounds.others]
    declared = {_plain(wording.text) for wording in document.grounds.wordings}
    spoken = {line.block for line in document.spoken}
    found = []
    for start, end in document.sentences:
        line = document.line_at(start)
        plain = _plain(document.text[start:end])
        if line is None or line.block not in spoken or len(plain) < SHORTEST or plain in declared:
            continue
        runs = _runs(plain)
        shares = [len(runs & other) / len(runs) for other in others]
        best = max(range(len(shares)), key=shares.__getitem__)
        found.append(_Shared(start, end, len(plain), best if shares[best] >= SAME else -1))
    return tuple(found)


def shared_sentences(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each sentence that another speech says."""
    for sentence in document.once(_compared):
        if sentence.other >= 0:
            yield Hit(sentence.start, sentence.end, {"稿": document.grounds.others[sentence.other].name})


def share(document: Document, rule: Rule) -> Iterator[Hit]:
    """One hit, on the first line, when the shared sentences make up 下限 per cent of the speech, but not 上限."""
    sentences = document.once(_compared)
    whole = sum(sentence.size for sentence in sentences)
    by_other: dict[int, int] = {}
    for sentence in sentences:
        if sentence.other >= 0:
            by_other[sentence.other] = by_other.get(sentence.other, 0) + sentence.size
    percent = 100 * sum(by_other.values()) / whole if whole else 0
    low, high = (int("".join(rule.options.get(name, ())) or default) for name, default in (("下限", 1), ("上限", 101)))
    if by_other and low <= percent < high and document.lines:
        most = sorted(by_other, key=lambda other: (-by_other[other], other))[:_TOLD]
        told = "、".join(f"“{document.grounds.others[n].name}”（{100 * by_other[n] / whole:.0f}%）" for n in most)
        first = document.lines[0]
        count = sum(sentence.other >= 0 for sentence in sentences)
        yield Hit(first.start, first.end, {"比例": f"{percent:.0f}%", "稿": told, "句数": str(count)})


CHECKS = {
    "句子": Check(shared_sentences, values=("稿",)),
    "比例": Check(share, values=("比例", "稿", "句数"), options=("下限", "上限")),
}
