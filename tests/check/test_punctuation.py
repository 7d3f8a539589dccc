"""标点: what the examples of the rules cannot show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check.document import Document
from speechgen.check.punctuation import CHECKS
from speechgen.check.rule import Hit, Rule
from speechgen.model import Block, Draft, Location


def document(text: str) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))


def hits(look: str, text: str) -> list[Hit]:
    rule = Rule("xx-01", "试", "标点", "warning", "试", Location("试"), look, options={"词尾": ("会议",)})
    return list(CHECKS[look].find(document(text), rule))


def mended(look: str, text: str) -> str:
    """The text with every safe repair done."""
    for hit in sorted(hits(look, text), key=lambda hit: -hit.start):
        if hit.safe:
            text = text[: hit.start] + hit.suggestion + text[hit.end :]
    return text


@pytest.mark.parametrize(
    ("look", "text", "right"),
    [
        ("半角", "同志们:\n要抓好落实, 确保安全;投入1,234万元(含奖金),12:30开会.", "同志们：\n要抓好落实，确保安全；投入1,234万元（含奖金），12:30开会。"),
        ("半角", '落实"党政同责"和"一岗双责"。', "落实“党政同责”和“一岗双责”。"),
        ("反向", "落实“党政同责“的要求。", "落实“党政同责”的要求。"),
        ("重叠", "落实责任。。严格督查，，", "落实责任。严格督查，"),
        ("省略号", "水、电、气。。。都要保障。", "水、电、气……都要保障。"),
        ("破折号", "守住底线--不出事故。", "守住底线——不出事故。"),
        ("全角", "排查１２６处，增长３．５％。", "排查126处，增长3.5％。"),
        ("空格", "各单位要加强 值班，确保 信息畅通。", "各单位要加强值班，确保信息畅通。"),
        ("序次语", "（一）、压实责任\n第一、要抓落实。", "（一）压实责任\n第一，要抓落实。"),
        ("发文字号", "县安委办[2026]15号、县政办发（2026）8号文件", "县安委办〔2026〕15号、县政办发〔2026〕8号文件"),
    ],
)  # fmt: skip
def test_the_safe_repairs_give_the_right_text(look: str, text: str, right: str) -> None:
    assert mended(look, text) == right
    assert mended(look, right) == right


def test_pinyin_in_brackets_is_left_to_graver_rules() -> None:
    assert hits("半角", "穩(wěn)定工作,要抓緊.") == []


def test_a_pair_may_span_a_line_that_was_broken_inside_a_sentence() -> None:
    text = "各单位要牢固树立起“管行业必须管安全、管业务必须管安全、\n管生产经营必须管安全”的理念，抓好落实。"
    assert hits("配对", text) == []


def test_crossed_pairs_are_told_once() -> None:
    found = hits("配对", "认真执行《安全生产法（修正》）的要求。")
    assert len(found) == 2
    assert {hit.start for hit in found} == {10, 14}


def test_nothing_is_said_of_a_text_with_too_many_marks_and_it_takes_no_time() -> None:
    for mark in "“”（《，、。":
        for look in CHECKS:
            hits(look, mark * 20_000)


_TEXT = st.text(
    alphabet="要抓好安全第一二三（）()“”‘’《》，。、；：？！…—,.;:?!\"' -~\n　１２12ＡAb、等和〔〕2026号", max_size=60
)


@settings(max_examples=150, deadline=None)
@given(_TEXT)
def test_any_text_gives_hits_inside_it(text: str) -> None:
    for look in CHECKS:
        for hit in hits(look, text):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) == {"词", "改"}
            assert not hit.safe or hit.suggestion != text[hit.start : hit.end]
