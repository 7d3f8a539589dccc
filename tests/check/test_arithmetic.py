"""Figures that do not agree: what the rules' own examples cannot show."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.check import arithmetic
from speechgen.check.document import Document
from speechgen.model import Block, Draft


def document(text: str) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))


def told(text: str) -> list[tuple[str, str, str]]:
    """Which check found what, and what should stand there."""
    return [(look, text[hit.start : hit.end], hit.suggestion) for look, hit in arithmetic.found(document(text))]


def test_the_right_value_is_offered_in_the_words_that_stand_there() -> None:
    assert told("信访5220件，去年同期3163件，同比增长了53%。") == [("变化幅度", "增长了53%", "增长了65.0%")]


def test_a_wrong_direction_is_told_as_such_and_not_as_a_wrong_value() -> None:
    assert told("火灾46起，去年同期58起，同比上升20.7%。") == [("增减方向", "上升20.7%", "下降20.7%")]


@pytest.mark.parametrize(
    ("text", "look", "spot"),
    [
        ("今年受理9600件，去年是3200件，今年是去年的2倍。", "倍数混用", "2倍"),
        ("本月办件6000件，上月是1500件，本月是上月的2倍。", "倍数", "2倍"),
        ("排查隐患43处，到上月底已整改41处，整改率97.3%。", "占比", "整改率97.3%"),
        ("筹集资金1860万元，其中中央补助820万元、省级补助460万元、县级配套480万元。", "分项不足", "1860万元"),
    ],
)
def test_the_time_and_the_source_of_figures_are_told_in_many_ways(text: str, look: str, spot: str) -> None:
    assert [found[:2] for found in told(text)] == [(look, spot)]


def test_each_item_of_a_list_is_held_against_its_own_base() -> None:
    text = "事故7起、死亡3人，去年同期分别为9起、5人，同比分别下降22.2%、50%。"
    assert told(text) == [("变化幅度", "50%", "40.0%")] or told(text)[0][:2] == ("变化幅度", "50%")


@given(st.integers(20, 9999), st.integers(20, 9999))
def test_a_change_computed_to_one_place_is_never_found_fault_with(now: int, before: int) -> None:
    if now == before:
        return
    percent = abs(now - before) / before * 100
    verb = "增长" if now > before else "下降"
    assert told(f"信访{now}件，去年同期{before}件，同比{verb}{percent:.1f}%。") == []
    assert told(f"信访{now}件，去年同期{before}件，同比{verb}{percent:.0f}%。") == []


@given(st.integers(20, 9999), st.integers(20, 9999))
def test_a_change_two_points_off_is_found(now: int, before: int) -> None:
    if now == before:
        return
    percent = abs(now - before) / before * 100 + 2
    verb = "增长" if now > before else "下降"
    assert "变化幅度" in [look for look, _, _ in told(f"信访{now}件，去年同期{before}件，同比{verb}{percent:.1f}%。")]


@pytest.mark.parametrize(
    "text",
    [
        "信访5220件，其中重复信访1200件，去年同期3163件，增长53%。",  # of which of the two?
        "信访5220件，去年同期3163件，死亡人数下降20%。",  # another figure's change
        "信访5220件，去年同期3163件，环比增长5%。",  # another time's
        "生产总值从4.16万亿元增加到5.67万亿元，增长30%。",  # at constant prices
        "信访5000多件，去年同期3163件，增长65%。",  # roughly told
        "参训100人，其中女性60人、党员50人。",  # the same people
        "完成投资14亿元，完成年度目标的105%。",
        "今年受理9600件，去年是3200件，今年是去年的3倍。",
        "到上月底62件，本月71件，环比增长14.5%。",
        "筹集资金1860万元，其中中央补助820万元、省级补助460万元。",  # not all sources
        "隐患126处，其中重大隐患12处、较大隐患24处、一般隐患80处。",
    ],
)
def test_it_is_silent_when_it_cannot_be_sure(text: str) -> None:
    assert told(text) == []


def test_lines_do_not_mix() -> None:
    assert told("信访5220件\n去年同期3163件，同比增长53%。") == []


@given(
    st.text(
        alphabet="0123456789一二三十百万亿.%％起件处人元个百分点去年同期增长下降占其中已整改率共合计分别为，。、（）从到比的翻番倍\n",
        max_size=120,
    )
)
def test_no_text_breaks_it_and_every_find_lies_in_it(text: str) -> None:
    for _, hit in arithmetic.found(document(text)):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize("junk", ["7起，", "去年同期", "增长5%", "其中1处、", "1", "共1件", "分别下降5%、"])
def test_a_long_monotonous_text_does_not_hang(junk: str) -> None:
    made = document(junk * (200_000 // len(junk)))
    started = time.process_time()
    arithmetic.found(made)
    assert time.process_time() - started < 60  # a guard against patterns that never end: usual is a second
