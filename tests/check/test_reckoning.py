"""算术: what examples of rules cannot show – where the claim stands, what it should be, and that nothing is raised."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check import reckoning
from speechgen.check.quantities import read_amounts
from speechgen.check.rule import Hit


def found(text: str) -> list[tuple[str, Hit]]:
    return list(reckoning.found(text, read_amounts(text), 0, len(text)))


@pytest.mark.parametrize(
    ("text", "look", "spot", "computed"),
    [
        ("五年前全县民宿只有120家，如今达到190家，翻了一番。", "翻番", "翻了一番", "1.6倍"),
        ("欠款2.3亿元，已经支付1.64亿元，尚欠7600万元。", "剩余", "尚欠7600万元", "6600万元"),
        (
            "共出动1860人次，分三批进行：第一批620人次，第二批580人次，第三批640人次。",
            "分项不足",
            "1860人次",
            "1840人次",
        ),
        ("去年办结312件，今年办结286件，多办了26件。", "增减方向", "多办了26件", "26件"),
        ("2023年33起，2024年27起，2025年22起，今年16起，连续四年下降。", "连续几年数法", "连续四年下降", "3"),
        ("24个村312户，平均每个村8户。", "平均", "平均每个村8户", "13户"),
        ("三年分别修了85、97、114公里，三年一共286公里。", "合计", "三年一共286公里", "296公里"),
        ("今年收入1.35亿元，去年8600万元，多了4100万元。", "增减数额", "多了4100万元", "4900万元"),
        ("今年产量达到1.2万吨，是2020年4000吨的4倍。", "倍数", "4倍", "3倍"),
        ("目标40公里，已完成34公里，完成目标的87.5%。", "占比", "完成目标的87.5%", "85.0%"),
        ("收入完成5.2亿元，占8亿元年度预算的75%。", "占比", "75%", "65.0%"),
        ("已返岗860人，占一线职工的60%，一线职工一共有1720人。", "占比", "占一线职工的60%", "50.0%"),
        ("养殖大户320户，已签约80户，占养殖大户的40%。", "占比", "占养殖大户的40%", "25.0%"),
        ("全村共500亩油菜，已收350亩，正好八成。", "占比", "八成", "70.0%"),
        ("10月62件，11月71件，环比增长11.5%。", "变化幅度", "增长11.5%", "14.5%"),
        ("一产占24%、二产占45%、三产占41%。", "占比合计", "24%、二产占45%、三产占41%", "110%"),
        ("240户里有320户用上了自来水。", "部分大于总数", "320户", ""),
        ("事故连续三年下降，2023年45起、2024年38起、2025年40起。", "连续几年", "连续三年下降", "0"),
    ],
)
def test_the_claim_is_the_spot_and_what_it_should_be_is_told(text: str, look: str, spot: str, computed: str) -> None:
    ((name, hit),) = found(text)
    assert (name, text[hit.start : hit.end], hit.values["算"]) == (look, spot, computed)


@given(st.integers(2, 60), st.integers(2, 90), st.integers(0, 90))
def test_an_average_is_told_only_when_it_is_wrong(villages: int, each: int, stated: int) -> None:
    text = f"{villages}个村{villages * each}户，平均每个村{stated}户。"
    assert bool(found(text)) == (stated != each)


def test_numbers_without_a_unit_share_the_next() -> None:
    text = "分别修了85、97、114公里"
    (sentence,) = reckoning.sentences(text + "，共296公里", read_amounts(text + "，共296公里"), 0, len(text) + 8)
    assert [figure.value for figure in sentence.figures] == [Fraction(n) for n in (85, 97, 114, 296)]
    assert [sentence.typed(n) for n in range(3)] == ["85", "97", "114公里"]


@settings(max_examples=200)
@given(st.text("0123456789一二三.%户个村年月占共均平每倍是的，、。；：中里有去今连续下降（）亿万", max_size=60))
def test_nothing_is_raised_and_hits_lie_in_the_text(text: str) -> None:
    for _, hit in found(text):
        assert 0 <= hit.start < hit.end <= len(text)


def test_long_texts_are_read_quickly() -> None:
    start = time.perf_counter()
    for text in ("3件、" * 30000, "占5%、" * 30000, "全县12处隐患中有3处，" * 8000):
        found(text)
    assert time.perf_counter() - start < 5
