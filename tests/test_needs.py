"""What a text must hold for a pattern to match: never so much that a match is missed."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import patterns
from speechgen.check.document import Document, Vocabulary
from speechgen.check.loader import load_rules
from speechgen.check.words import PATTERN_FLAGS
from speechgen.model import Block, Draft
from speechgen.needs import Reach, reach_of


def spans_by_words(pattern: re.Pattern[str], text: str, words: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    draft = Draft(tuple(Block("paragraph", line) for line in text.split("\n")))
    return [match.span() for match in Document(draft, None, Vocabulary(words)).matches(pattern)]


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@cache
def ours() -> tuple[list[re.Pattern[str]], list[str]]:
    """The patterns of the shipped rules and those of the checks themselves; texts that rules find something in."""
    rules = load_rules().rules.values()
    written = {pattern for rule in rules if rule.kind == "式样" for pattern in rule.options["式"]}
    found = [patterns.compiled(pattern, PATTERN_FLAGS) for pattern in sorted(written)]
    found += [pattern for pattern in list(patterns._made.values()) if pattern not in found]
    texts = {example.text for rule in rules for example in (*rule.bad, *rule.good)}
    return sorted(found, key=lambda pattern: (pattern.pattern, pattern.flags)), sorted(texts)


FILLERS = ("", "\n", "。", "，", "各" * 60, "抓落实 " * 90, "各单位\n" * 30, "１２", "①", "\U00020bb7", "\u2028")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_pattern_tried_around_its_words_finds_what_it_finds_anywhere(data: st.DataObject) -> None:
    known, texts = ours()
    pattern = data.draw(st.sampled_from(known))
    needed = patterns.reach(pattern.pattern, pattern.flags).words
    pieces = st.sampled_from(texts) | st.sampled_from(FILLERS)
    if needed:
        pieces |= st.sampled_from(needed)
    cuts = st.tuples(pieces, st.integers(0, 40), st.integers(0, 40))
    said = "".join(
        piece[start : len(piece) - end] or piece for piece, start, end in data.draw(st.lists(cuts, max_size=9))
    )
    assert spans_by_words(pattern, said) == spans(pattern, said)
    assert spans_by_words(pattern, said, tuple(word for word in needed if len(word) > 1)) == spans(pattern, said)


def test_every_pattern_of_ours_finds_in_the_examples_what_it_finds_anywhere() -> None:
    known, texts = ours()
    whole = "\n".join(texts)
    document = Document(Draft(tuple(Block("paragraph", line) for line in whole.split("\n"))))
    for pattern in known:
        assert [match.span() for match in document.matches(pattern)] == spans(pattern, whole), pattern.pattern


PARTS = st.recursive(
    st.sampled_from(
        ["甲", "乙丙", "[丁戊]", "[^甲]", ".", "\\d", "^", "$", "\\Z", "\\b", "\n", "(?=己)", "(?<=庚)", "(?!辛)"]
    ),
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map("".join),
        st.lists(parts, min_size=1, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
        st.tuples(parts, st.sampled_from(["?", "*", "+", "{2}", "{0,3}", "{1,2}?", "+?"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        st.tuples(st.sampled_from(["(?={})", "(?!{})", "(?P<处>{})", "(?>{})"]), parts).map(
            lambda p: p[0].replace("{}", p[1])
        ),
        parts.map(lambda part: f"({part})\\1" if "(" not in part else part),
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(
    PARTS,
    st.sampled_from([0, re.MULTILINE, re.DOTALL, re.IGNORECASE]),
    st.lists(st.sampled_from([*"甲乙丙丁戊己庚辛1a\n", "甲乙丙", "各" * 70])),
)
def test_any_pattern_finds_the_same(pattern: str, flags: int, pieces: list[str]) -> None:
    try:
        compiled = re.compile(pattern, flags)
    except re.error:  # (…)\1 twice and the like
        return
    text = "".join(pieces)
    assert spans_by_words(compiled, text) == spans(compiled, text)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[一-龥]{2,6}隐患(?:排查|整治)", ("隐患排查", "隐患整治")),
        ("(?:甲方|乙方)?[^，]{0,9}负责人", ("负责人",)),
        ("(?=隐患).", ()),  # what is looked at ahead is not in the match
        ("隐患?", ("隐",)),
        ("(?:隐患)*", ()),
        ("(?i)abc", ()),
        ("[^隐]", ()),
        ("[一-龥]+", ()),
    ],
)
def test_the_words_that_a_match_holds(pattern: str, words: tuple[str, ...]) -> None:
    assert reach_of(pattern, 0).words == words


def test_how_far_a_match_goes() -> None:
    assert reach_of("隐患(?:排查){0,3}", 0)[1:3] == (8, 0)
    assert reach_of("隐患(?=排查|整治到位)", 0)[1:3] == (2, 4)
    assert reach_of("隐患[^。]*", 0) == Reach(("隐患",), None, 0, False)
    assert reach_of("隐患[^。\n]*", 0).line and reach_of("^隐患.*$", re.MULTILINE).line
    assert not reach_of("^隐患.*$", 0).line  # the end of the text is not that of a line
    assert not reach_of("隐患.*", re.DOTALL).line


def test_every_word_of_every_match_is_as_told() -> None:
    known, texts = ours()
    for pattern in known:
        reach = patterns.reach(pattern.pattern, pattern.flags)
        for match in chain.from_iterable(map(pattern.finditer, texts)) if reach.words else ():
            assert any(word in match[0] for word in reach.words), (pattern.pattern, match[0])
            assert reach.width is None or len(match[0]) <= reach.width
            assert not reach.line or "\n" not in match[0]
