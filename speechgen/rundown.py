"""讲话分工: who says what, of a meeting with several texts.

Told by what stands in the speeches, each sentence's origins, and not by what was planned: a row for each thing that
the meeting file says, and for each text how many of its sentences speak of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from speechgen.compose import labelled
from speechgen.likeness import sentences
from speechgen.model import Block, Draft, Location, Meeting, Source, Speaker, Text
from speechgen.phrases import sentence_key
from speechgen.sheet import packed
from speechgen.workbook import Entry, add_looks, add_table

TITLE = "讲话分工"
_KINDS = (
    ("背景", "background"), ("依据", "bases"), ("数据", "figures"), ("问题", "problems"), ("风险", "risks"),
    ("经验", "lessons"), ("任务", "tasks"), ("要求", "further_demands"),
)  # fmt: skip


class Spoken(NamedTuple):
    """One text of the meeting, composed."""

    meeting: Meeting
    speaker: Speaker
    draft: Draft
    minutes: float


class Row(NamedTuple):
    """A thing that the meeting file says, and how many sentences of each text speak of it."""

    kind: str
    words: str
    counts: tuple[int, ...]


class Rundown(NamedTuple):
    """``labels`` of the texts, in the order of the file; ``heads``: what is told of each text as a whole; ``repeated``
    sentences with the texts that say them."""

    labels: tuple[str, ...]
    heads: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[Row, ...]
    repeated: tuple[tuple[str, tuple[str, ...]], ...]


def rundown(texts: Sequence[Spoken]) -> Rundown:
    """The table for the texts of one meeting."""
    rows = []
    spoken = [(text.draft.picks, list(_sentence_sources(text.draft))) for text in texts]
    for kind, words, places in _matter(texts):
        about = f"/{kind}:{labelled(words)}/"
        counts = []
        for picks, of_text in spoken:
            phrases = {id_ for path, id_ in picks.items() if about in path}
            counts.append(sum(any(s.location in places or s.name in phrases for s in one) for one in of_text))
        rows.append(Row(kind, words, tuple(counts)))
    labels = tuple(text.meeting.setting.label for text in texts)
    heads = (
        ("讲话人", tuple(_who(text.speaker) for text in texts)),
        ("字数", tuple(str(text.draft.characters) for text in texts)),
        ("约几分钟", tuple(f"{text.minutes:.1f}" for text in texts)),
        ("各部分", tuple("\n".join(_headings(text.draft)) for text in texts)),
    )
    return Rundown(labels, heads, tuple(rows), tuple(_repeated(texts)))


def _who(speaker: Speaker) -> str:
    return " ".join(part.value for part in (speaker.post, speaker.name) if part)


def _headings(draft: Draft) -> Iterator[str]:
    return (block.text for block in draft.blocks if block.kind == "heading" and block.level == 1)


def _matter(texts: Iterable[Spoken]) -> Iterator[tuple[str, str, frozenset[Location]]]:
    """All that the texts may speak of, kind after kind: in words, and where it is typed."""
    for kind, name in _KINDS:
        seen: dict[frozenset[Location], str] = {}
        for text in texts:
            for item in getattr(text.meeting, name):
                places = frozenset(_places(item))
                seen.setdefault(places, _words(item))
        for places, words in seen.items():
            yield kind, words, places


def _places(item: Any) -> Iterator[Location]:
    """Where the words of an item stand."""
    if isinstance(item, Text):
        yield item.location
    elif isinstance(item, tuple):
        for part in item:
            yield from _places(part)


def _words(item: Any) -> str:
    first = item if isinstance(item, Text) else next(part for part in item if isinstance(part, Text))
    return first.value


def _sentence_sources(draft: Draft) -> Iterator[frozenset[Source]]:
    """For each sentence what its words rest on."""
    for block in draft.blocks:
        if block.kind in ("heading", "paragraph"):
            for start, end in sentences(block):
                said = (span for span in block.spans if span.start < end and span.end > start)
                yield frozenset(source for span in said for source in (span.source, *span.via))


def _repeated(texts: Sequence[Spoken]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences that more than one text says, whatever figures stand in them; what the file states is none."""
    users: dict[str, dict[str, str]] = {}
    for text in texts:
        for block in text.draft.blocks:
            if block.kind in ("heading", "paragraph"):
                for start, end in sentences(block):
                    key = sentence_key(block.text[start:end])
                    if key and not _is_stated(block, start, end):
                        users.setdefault(key, {})[text.meeting.setting.label] = block.text[start:end]
    for said in users.values():
        if len(said) > 1:
            yield next(iter(said.values())), tuple(said)


def _is_stated(block: Block, start: int, end: int) -> bool:
    """Whether a sentence is for the most part what the meeting file says."""
    typed = sum(
        max(0, min(span.end, end) - max(span.start, start)) for span in block.spans if span.source.origin == "field"
    )
    return typed * 2 > end - start


def as_xlsx(found: Rundown) -> bytes:
    """The table as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    add_looks(book)
    heads = [("类别", 8), ("内容", 46), *((label, 22) for label in found.labels)]
    add_table(book, "谁讲什么", heads, _cells(found), filtered=False)
    if found.repeated:
        rows = ([Entry(sentence), Entry("、".join(labels))] for sentence, labels in found.repeated)
        add_table(book, "重复的话", [("句子", 80), ("哪几篇", 40)], rows, filtered=False)
    return packed(book)


def _cells(found: Rundown) -> Iterator[list[Entry]]:
    for name, values in found.heads:
        yield [Entry("稿子"), Entry(name), *(Entry(value) for value in values)]
    for row in found.rows:
        unsaid = not any(row.counts)
        told = [Entry(f"{count} 句" if count else None) for count in row.counts]
        yield [Entry(row.kind), Entry(row.words, "warning" if unsaid else "text"), *told]
