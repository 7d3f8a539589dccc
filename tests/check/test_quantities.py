"""Numbers with units in running prose."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.check.quantities import NEAR, OVER, UNDER, han_value, read_amounts

SIGNS = "0123456789０５，,.．%％一二两三十百千万亿零点分之成倍番翻半持平起件元个百分点约近超余多月日年至—第，。"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("信访5,220件。", 5220, "件"),
        ("信访５２２０件。", 5220, "件"),
        ("受理1.2万件次", 12000, "件次"),
        ("四十三处隐患", 43, "处"),
        ("一百二十六处", 126, "处"),
        ("增长65.0％", 65, "%"),
        ("增长百分之六十五点五", Fraction(131, 2), "%"),
        ("提高2.5个百分点", Fraction(5, 2), "个百分点"),
        ("提高2.5百分点", Fraction(5, 2), "个百分点"),
        ("下降三成", 30, "%"),
        ("完成了一半", 50, "%"),
        ("翻两番", 2, "番"),
        ("翻了一番", 1, "番"),
        ("追发386万元", 3860000, "元"),
        ("发电1.5亿千瓦时", 150000000, "千瓦时"),
        ("发生一起事故", 1, "起"),
    ],
)
def test_a_quantity_is_read_in_its_base_unit(text: str, value: int, unit: str) -> None:
    (amount,) = read_amounts(text)
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["2026年12月24日", "第3起", "PM2.5浓度", "一起抓", "十四五规划", "12345热线", "三成为辅", "A4纸"]
)
def test_dates_ordinals_and_names_are_no_quantities(text: str) -> None:
    assert read_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("约7起", NEAR),
        ("7起左右", NEAR),
        ("3至5家", NEAR),
        ("20余起", OVER),
        ("5000多件", OVER),
        ("超过3件", OVER),
        ("12亿元以上", OVER),
        ("近3倍", UNDER),
        ("不到8天", UNDER),
        ("7起", ""),
    ],
)
def test_how_roughly_a_number_is_meant(text: str, rough: str) -> None:
    assert read_amounts(text)[0].rough == rough


def test_a_counted_number_is_exact_and_a_scaled_one_is_not() -> None:
    exact, scaled = read_amounts("7起，12.6亿元")
    assert exact.bounds == (7, 7)
    assert scaled.bounds == (1255000000, 1265000000)


def test_spoken_short_forms_are_no_numbers() -> None:
    assert [han_value(text) for text in ("三五", "十五五", "一百二", "百")] == [None, None, None, None]


@given(st.text(alphabet=SIGNS, max_size=60))
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for amount in read_amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        end = amount.end


@pytest.mark.parametrize("junk", ["1", "一", "1,", "百分之", "1,111", "十", "翻", "三分之"])
def test_a_long_run_of_one_sign_costs_no_more_than_its_length(junk: str) -> None:
    started = time.perf_counter()
    read_amounts(junk * (200_000 // len(junk)))
    assert time.perf_counter() - started < 3
