"""The check: figures that nobody stated."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from speechgen import draft as line
from speechgen.check.loader import load_rules
from speechgen.check.rule import Rulebook
from speechgen.check.run import check as check_all
from speechgen.model import Block, Draft, Finding, Origin, Source, Span
from tests.examples import SINGLE as EXAMPLES

ROOT = Path(__file__).resolve().parents[2]


ONLY = Rulebook({"sz-90": load_rules().rules["sz-90"]})


def check(draft: Draft) -> tuple[Finding, ...]:
    return check_all(draft, ONLY)


def said(*pieces: tuple[str, Origin]) -> Draft:
    spans, text = [], ""
    for words, origin in pieces:
        spans.append(Span(len(text), len(text) + len(words), Source(origin, "p-1")))
        text += words
    return Draft(
        (
            Block("paragraph", "在前的段。", (Span(0, 5, Source("field", "背景")),)),
            Block("paragraph", text, tuple(spans)),
        )
    )


@pytest.mark.parametrize("origin", ["phrase", "outline"])
@pytest.mark.parametrize("words", ["三天以内", "12月31日", "每周两次", "查了35家"])
def test_a_figure_in_our_own_words_is_an_error(origin: Origin, words: str) -> None:
    draft = said(("各单位要在", origin), (words, origin), ("办完。", origin))
    found = check(draft)
    assert len(found) == 1
    assert found[0].severity == "error" and found[0].rule == "sz-90" and found[0].block == 1
    spot = draft.blocks[1].text[found[0].start : found[0].end]
    assert spot == found[0].values["词"] and spot in words


@pytest.mark.parametrize("origin", ["field", "computed", "calendar", "source", "wording", "statute", "numbering"])
def test_a_figure_that_somebody_stated_is_none(origin: Origin) -> None:
    assert check(said(("126人", origin), ("的工资要付清。", "phrase"))) == ()


@pytest.mark.parametrize(
    "words", ["一把手要亲自抓。", "这件事一刻也不能松。", "24小时值班要落实。", "“四个意识”要牢固。"]
)
def test_language_is_no_figure(words: str) -> None:
    assert check(said((words, "phrase"))) == ()


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = check(said(("3天", "phrase"), ("之后，", "phrase"), ("5家", "phrase")))
    assert [f.start for f in found] == sorted(f.start for f in found) and len(found) == 2


@cache
def made(path: Path) -> line.Made:
    return line.make(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_check_finds_nothing_in_our_own_words(path: Path) -> None:
    """Whatever is found in a draft stands in what the secretary typed."""
    result = made(path)
    told = [
        (f.rule, f.source, result.draft.blocks[f.block].text[f.start : f.end])
        for f in result.findings
        if f.source is None or f.source.origin != "field"
    ]
    assert told == []
