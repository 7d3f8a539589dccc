"""The text of a draft as every kind of check sees it: one string, its lines, sentences and words.

Offsets are code points in ``Document.text``, the blocks of the draft joined by line breaks. Of a text file that is
the text of the file; of a Word file its paragraphs, the empty ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from speechgen import patterns
from speechgen.check import scan
from speechgen.check.shape import Line, shape
from speechgen.layout import Layout
from speechgen.model import Draft, Meeting, Office, Statute, Text, Wording

T = TypeVar("T")

_HEAD_LINES = 12
_FEW = 4  # words that are sooner looked for one by one
_SEVERAL = 12  # characters for which the same holds: each is looked for only once
_CROWDED = 20  # characters; where a needed word stands as often as that, looking around it saves nothing
_LONGEST_WORD = 20  # characters; of the words that a pattern needs
_NEAR = 500  # characters; a sentence of that length is none, and looking through it for each word costs time
_DIGIT, _COUNT = "[0-9０-９〇○零一二三四五六七八九]", "[0-9０-９一二三四五六七八九十]"
_FULL_DATE = patterns.compiled(rf"{_DIGIT}{{4}} ?年 ?{_COUNT}{{1,3}} ?月 ?{_COUNT}{{1,3}} ?日")

_SENTENCE = patterns.compiled(r"""[^。！？!?…\n]*(?:[。！？!?…]+[”’）》」』"']*|\n|\Z)""")


class Speech(NamedTuple):
    """Another speech, to compare with: how to call it, and its text."""

    name: str
    text: str


class Grounds(NamedTuple):
    """What a speech may rest on, as far as it is known; every field may be empty."""

    meeting: Meeting | None = None
    office: Office | None = None
    wordings: tuple[Wording, ...] = ()
    statutes: tuple[Statute, ...] = ()
    others: tuple[Speech, ...] = ()
    day: date | None = None  # of a speech without a meeting file, where the text does not say it
    layout: Layout | None = None  # how the page should look


class Vocabulary:
    """Words to be found all in one pass over a text. A word has two characters at least."""

    def __init__(self, words: Iterable[str]) -> None:
        given = tuple(dict.fromkeys(words))
        self.words = frozenset(given)
        self._words_at = scan.by_rarest(given)
        self._known: dict[str, tuple[tuple[str, int], ...]] = {}  # by pair met so far: words, where they hold it

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def beginnings(self, pairs: Set[str]) -> Set[str]:
        """Those pairs of characters by which words are found."""
        return pairs & self._words_at.keys()

    def occurrences(self, text: str) -> dict[str, list[int]]:
        """Where each word stands in ``text``, words that do not occur left out."""
        return self.occurrences_at(text, scan.positions(text, self.beginnings(scan.pairs(text))))

    def occurrences_at(self, text: str, spots: Iterable[int]) -> dict[str, list[int]]:
        """The same, where it is known at which spots, in order, the ``beginnings`` stand."""
        found: dict[str, list[int]] = defaultdict(list)
        known = self._known
        for at in spots:
            pair = text[at : at + 2]
            held = known.get(pair)
            if held is None:
                words = self._words_at[pair].split("\0") if pair in self._words_at else ()
                held = known[pair] = tuple((word, word.find(pair)) for word in words)
            for word, offset in held:
                if at >= offset and text.startswith(word, at - offset):
                    found[word].append(at - offset)
        return dict(found)


# Which of the pairs of characters of its text a check will ask for.
Beginnings = Callable[["Document", Set[str]], Set[str]]


class Document:
    """A draft with everything that checks ask of its text, worked out once when first asked for.

    ``beginnings`` tell which pairs of characters some checks will ask for, seven of them at most, so that the text is
    gone through for these and the vocabulary in one pass.
    """

    def __init__(
        self,
        draft: Draft,
        grounds: Grounds | None = None,
        vocabulary: Vocabulary | None = None,
        beginnings: Iterable[Beginnings] = (),
    ) -> None:
        self.draft = draft
        self.grounds = grounds or Grounds()
        self.meeting, self.office = self.grounds.meeting, self.grounds.office
        self.text = "\n".join(block.text for block in draft.blocks)
        self.lines: tuple[Line, ...] = shape(draft.blocks)
        self._vocabulary = vocabulary or Vocabulary(())
        self._beginnings = tuple(beginnings)
        self._places: dict[str, list[int]] = {}
        self._spots_of: dict[tuple[str, ...], list[int]] = {}
        self._once: dict[Callable[..., Any], Any] = {}

    def once(self, make: Callable[[Document], T]) -> T:
        """What ``make`` makes of this document, made only the first time it is asked for."""
        if make not in self._once:
            self._once[make] = make(self)
        made: T = self._once[make]
        return made

    @cached_property
    def _occurrences(self) -> dict[str, list[int]]:
        return self._vocabulary.occurrences_at(self.text, scan.ones(scan.only(self._marks, 1)))

    @cached_property
    def _marks(self) -> bytearray:
        pairs = scan.pairs(self.text)
        sought = (self._vocabulary.beginnings(pairs), *(told(self, pairs) for told in self._beginnings))
        return scan.marks(self.text, scan.table([scan.codes(some) for some in sought]))

    def marks(self, told: Beginnings) -> bytearray:
        """A one for each place of the text where one of the pairs stands that are ``told``."""
        if told in self._beginnings:
            return scan.only(self._marks, 2 << self._beginnings.index(told))
        return scan.marks(self.text, dict.fromkeys(scan.codes(told(self, scan.pairs(self.text))), 1))

    def beginnings(self, told: Beginnings) -> list[int]:
        """Where one of the pairs stands that are ``told``."""
        return scan.ones(self.marks(told))

    def occurrences(self, word: str) -> list[int]:
        """Where a word of the vocabulary (the words in the rules' lists) stands."""
        return self._occurrences.get(word, [])

    def present(self, words: Mapping[str, object]) -> Set[str]:
        """Those of some words of the vocabulary that stand in the text."""
        return self._occurrences.keys() & words.keys()

    def places(self, word: str) -> list[int]:
        """Where any word stands, of the vocabulary or not."""
        if word in self._vocabulary:
            return self.occurrences(word)
        found = self._places.get(word)
        if found is None:
            found = self._places[word] = []
            at = self.text.find(word)
            while at >= 0:
                found.append(at)
                at = self.text.find(word, at + 1)
        return found

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern in the whole text, in order; it is tried only around the words that it needs."""
        for start, end in self._stretches(pattern):
            yield from pattern.finditer(self.text, start, end)

    def spots(self, pattern: re.Pattern[str]) -> list[int] | None:
        """Where a word begins that each match of a pattern holds; None when it needs no certain words."""
        words = patterns.reach(pattern.pattern, pattern.flags).words
        return self.spots_of(words) if words else None

    def _stretches(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """The stretches of the text, apart from one another, that hold all matches of a pattern."""
        reach, size = patterns.reach(pattern.pattern, pattern.flags), len(self.text)
        if not reach.words:
            return [(0, size)]
        spots = self.spots_of(reach.words)
        if not spots or len(spots) * _CROWDED > size:
            return [(0, size)] if spots else []
        if reach.width is None or reach.ahead is None:
            return self.lines_around(spots) if reach.line else [(0, size)]
        before, after = reach.width + _LONGEST_WORD, reach.width + reach.ahead + _LONGEST_WORD
        found: list[tuple[int, int]] = []
        first = last = spots[0]
        for at in spots:
            if at - before > last + after:
                found.append((max(0, first - before), last + after))
                first = at
            last = at
        return [*found, (max(0, first - before), last + after)]

    def spots_of(self, words: tuple[str, ...]) -> list[int]:
        """Where one of the words begins, in order; of words that overlap perhaps only the first."""
        found = self._spots_of.get(words)
        if found is None:
            known = {at for word in words if word in self._vocabulary for at in self.occurrences(word)}
            others = [word for word in words if word not in self._vocabulary]
            if len(others) <= _FEW or (len(others) <= _SEVERAL and max(map(len, others)) == 1):
                known.update(at for word in others for at in self.places(word))
            else:
                pattern = patterns.compiled("|".join(map(re.escape, others)))
                known.update(match.start() for match in pattern.finditer(self.text))
            found = self._spots_of[words] = sorted(known)
        return found

    def lines_around(self, spots: Iterable[int]) -> list[tuple[int, int]]:
        """The lines that hold the spots, each once, in order, as offsets."""
        found: list[tuple[int, int]] = []
        end = -1
        for at in sorted(spots):
            if at > end:
                start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
                end = end if end >= 0 else len(self.text)
                found.append((start, end))
        return found

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The sentences as offsets, closing quotes with them, without the white space around. A line ends one."""
        found = []
        for match in _SENTENCE.finditer(self.text):
            start, end = match.span()
            said = match[0]
            start += len(said) - len(said.lstrip())
            end -= len(said) - len(said.rstrip())
            if start < end:
                found.append((start, end))
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset; an empty one at ``offset`` between sentences."""
        number = bisect_right(self._sentence_starts, offset) - 1
        if number >= 0 and offset < self.sentences[number][1]:
            return self.sentences[number]
        return offset, offset

    def said_around(self, offset: int) -> str:
        """The sentence around an offset, as text; of one without end, what stands near."""
        start, end = self.sentence_at(offset)
        return self.text[max(start, offset - _NEAR) : min(end, offset + _NEAR)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line | None:
        """The line around an offset; None on an empty one."""
        number = bisect_right(self._line_starts, offset) - 1
        return self.lines[number] if number >= 0 and offset <= self.lines[number].end else None

    def lines_with(self, *words: str) -> tuple[Line, ...]:
        """The lines that hold one of the words, in order: where a slow pattern need be tried at all."""
        found: set[int] = set()
        for word in words:
            at = self.text.find(word)
            while at >= 0:
                number = bisect_right(self._line_starts, at) - 1
                found.add(number)
                following = number + 1
                after = self._line_starts[following] if following < len(self.lines) else len(self.text)
                at = self.text.find(word, after)
        return tuple(self.lines[number] for number in sorted(found) if number >= 0)

    @cached_property
    def spoken(self) -> tuple[Line, ...]:
        """The lines that are read out: salutation, headings and paragraphs."""
        return tuple(line for line in self.lines if line.kind in ("salutation", "heading", "paragraph"))

    @cached_property
    def _first_part(self) -> int:
        """Where the first part begins, as a number of ``spoken``; its length when there are no headings."""
        numbered = (n for n, line in enumerate(self.spoken) if line.kind == "heading" or line.level == 1)
        return next(numbered, len(self.spoken))

    @cached_property
    def opening(self) -> tuple[Line, ...]:
        """What is said before the first part."""
        return self.spoken[: self._first_part]

    @cached_property
    def closing(self) -> tuple[Line, ...]:
        """What may be the closing: the last lines that are no headings, three at most, one without headings."""
        headed = self._first_part < len(self.spoken)
        last = self.spoken[max(self._first_part, len(self.spoken) - 3) :] if headed else self.spoken[-1:]
        return tuple(line for line in last if line.kind != "heading" and line.marker is None)

    @cached_property
    def day(self) -> date | None:
        """The day of the speech: the meeting file's, else the one written under the title or in it, else the one that
        was told with the text."""
        if self.meeting:
            return self.meeting.day.value
        from speechgen import figures

        head = self.lines[:_HEAD_LINES]
        dated = sorted(head, key=lambda line: line.kind != "date")
        for match in (_FULL_DATE.search(line.text) for line in dated if line.kind in ("date", "title", "byline")):
            written = figures.read_day(match[0], 0) if match else None
            if written:
                return written
        return self.grounds.day

    @cached_property
    def declared(self) -> str:
        """All that was typed into the meeting file and the office profile, a line for each."""
        return "\n".join(text.value for record in (self.meeting, self.office) for text in typed(record))


def typed(record: object) -> Iterator[Text]:
    """Every text that somebody typed into a record of the model, however deep it lies."""
    if isinstance(record, Text):
        yield record
    elif isinstance(record, dict):
        for value in record.values():
            yield from typed(value)
    elif isinstance(record, tuple):  # a named tuple too
        for value in record:
            yield from typed(value)
