"""Figures in, words out: what a listener would notice if it were wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from speechgen.figures import (
    FIXED_TERMS,
    Reading,
    chinese_count,
    counted,
    days_until,
    difference,
    direction,
    last_quantity,
    quantities,
    read_day,
    read_figure,
    read_past_day,
    read_quantity,
    remaining,
    say_comparison,
    say_day,
    say_multiple,
    say_range,
    say_reading,
    say_share,
    say_target,
    say_value,
    whole_first,
)
from speechgen.model import Quantity

untimed = settings(deadline=None)  # what is tested is what is said, not how fast


def q(text: str) -> Quantity:
    found = read_quantity(text)
    assert found is not None, text
    return found


def reading(text: str) -> Reading:
    found = read_figure(text)
    assert found is not None, text
    return found


def figures_in(text: str) -> list[str]:
    return [text[start:end] for start, end in quantities(text)]


# ── reading ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("7起", "7", "起"),
        ("７ 起", "7", "起"),
        ("　3人 ", "3", "人"),
        ("12.30亿元", "12.30", "亿元"),
        ("98.5%", "98.5", "%"),
        ("98.5％", "98.5", "%"),
        ("1,234件", "1234", "件"),
        ("1，234，567件", "1234567", "件"),
        ("1.2万人次", "1.2", "万人次"),
        ("0.8个百分点", "0.8", "个百分点"),
        ("12.5亿千瓦时", "12.5", "亿千瓦时"),
        ("350元/吨", "350", "元/吨"),
        ("12个村", "12", "个村"),
        ("两家", "2", "家"),
        ("三十五人", "35", "人"),
        ("一百零五件", "105", "件"),
        ("三万两千人", "32000", "人"),
        ("两亿零三百万元", "203000000", "元"),
        ("五十万亿元", "50000000000000", "元"),
        ("0起", "0", "起"),
        ("3年", "3", "年"),
    ],
)
def test_a_quantity_as_secretaries_type_it(typed: str, value: str, unit: str) -> None:
    assert q(typed) == Quantity(Decimal(value), unit, typed.strip(" 　"))


@pytest.mark.parametrize(
    "typed",
    [
        "", "起", "7", "约7起", "近100人", "10余家", "100多人", "3至5家", "3—5家", "35家（处）", "7起以上", "-8%", "−8%", "负8%",
        "7 9起", "7起9人", "12月24日", "24日", "2026年", "8时", "3点", "一百二人", "三万五人", "三五人", "三百千人", "五万三亿人", "7。5起", "1.2.3件", "比去年减少2起",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_figure_is_none(typed: str) -> None:
    assert read_quantity(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "7起 / 9起", "7起/9起", "７起／９起", "7/9起", "7起/9", "7起（去年9起）", "今年7起，去年同期9起", "7起 / 去年9起", "7起，上年同期：9起",
    ],
)  # fmt: skip
def test_this_year_and_last_year(typed: str) -> None:
    found = reading(typed)
    assert (found.now.value, found.now.unit) == (Decimal(7), "起")
    assert found.before is not None
    assert (found.before.value, found.before.unit) == (Decimal(9), "起")
    assert (found.total, found.target, found.also) == (None, None, None)
    assert say_value(found.before) == "9起"


@pytest.mark.parametrize(
    "typed",
    ["41处，共43处", "41处,共 43 处", "41处（共43处）", "共43处，41处", "41处；总数43处", "41，共43处"],
)
def test_done_of_a_total(typed: str) -> None:
    found = reading(typed)
    assert found.total is not None
    assert (found.now.value, found.now.unit) == (Decimal(41), "处")
    assert (found.total.value, found.total.unit) == (Decimal(43), "处")
    assert found.before is None


def test_against_a_target() -> None:
    found = reading("12.6亿元 / 11.8亿元，目标13亿元")
    assert (found.now, found.before, found.target) == (q("12.6亿元"), q("11.8亿元"), q("13亿元"))


def test_a_dash_says_that_last_year_is_not_known() -> None:
    assert reading("7起 / —") == Reading(q("7起"))


@pytest.mark.parametrize(
    "typed",
    [
        "3000批次/4000人次", "7起/9起/12起", "7 / 9", "7", "", "，", "7起 /", "44处，共43处", "41处，共43项", "5个 / 7项", "7起，9起",
        "12.6亿元，约13亿元", "7起 / 无", "12批次86人次30件", "不详", "共43处", "7起 / 9起，去年8起",
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_be_true_is_none(typed: str) -> None:
    assert read_figure(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "12批次86人次 / 15批次102人次",
        "12批次、86人次／15批次、102人次",
        "12批次和86人次/15批次和102人次",
        "12批次/15批次，86人次/102人次",
        "12批次86人次，去年同期15批次102人次",
    ],
)
def test_a_pair_of_units(typed: str) -> None:
    assert reading(typed) == Reading(q("12批次"), q("15批次"), also=Reading(q("86人次"), q("102人次")))


@untimed
@given(st.text(max_size=30))
def test_reading_never_raises(text: str) -> None:
    read_quantity(text)
    read_figure(text)
    read_day(text, 2026)
    last_quantity(text)
    spans = quantities(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize("text", ["一" + "亿" * 5000 + "元", "9" * 6000 + "起", "一二" * 500 + "家", "1/" * 500])
def test_absurd_numbers_do_no_harm(text: str) -> None:
    read_quantity(text)
    last_quantity(text)
    quantities(text)
    found = read_figure(f"{text} / {text}")
    assert found is None or say_reading("甲", found) == ""


_LINE_SIGNS = "0123456789０９.,，。/／ 　起人处%万亿元批次共去年目标今—-（）()两三十百约：:月日"


@untimed
@given(st.text(alphabet=_LINE_SIGNS, max_size=24))
def test_what_is_read_can_always_be_said(text: str) -> None:
    found = read_figure(text)
    if found is not None:
        said = say_reading("事故", found)
        assert said.startswith("事故")
        assert "-" not in said
        assert "，，" not in said
    quantity = read_quantity(text)
    if quantity is not None:
        assert read_quantity(say_value(quantity)) is not None
        assert q(say_value(quantity)).value == quantity.value


# ── days ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-24", "2026-12-24 ", "2026/12/24", "2026.12.24", "12月24日", "12月24号", "１２月２４日", "12 月 24 日", "2026年12月24日",
        "12月24日（星期四）", "12月24日前", "十二月二十四日", "二〇二六年十二月二十四日", "二○二六年十二月二十四日",
    ],
)  # fmt: skip
def test_a_day_as_secretaries_type_it(typed: str) -> None:
    assert read_day(typed, 2026) == date(2026, 12, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "2月30日",
        "2026-02-30",
        "2月29日",
        "13月1日",
        "12月",
        "24日",
        "12-24",
        "月底",
        "",
        "0月3日",
        "12月24日（星期五）",
        "0000-01-01",
    ],
)
def test_an_impossible_day_is_none(typed: str) -> None:
    assert read_day(typed, 2026) is None


def test_a_deadline_in_january_of_a_december_meeting_is_next_year() -> None:
    meeting = date(2026, 12, 24)
    assert read_day("1月20日", 2026, after=meeting) == date(2027, 1, 20)
    assert read_day("12月31日", 2026, after=meeting) == date(2026, 12, 31)
    assert read_day("12月24日", 2026, after=meeting) == meeting
    assert read_day("2026年1月20日", 2026, after=meeting) == date(2026, 1, 20)
    assert read_day("2月29日", 2026, after=meeting) is None
    assert read_day("2月29日", 2027, after=date(2027, 12, 1)) == date(2028, 2, 29)


def test_the_superiors_meeting_lies_behind() -> None:
    assert read_past_day("12月21日", date(2026, 12, 24)) == date(2026, 12, 21)
    assert read_past_day("12月29日", date(2027, 1, 6)) == date(2026, 12, 29)
    assert read_past_day("2027年1月20日", date(2026, 12, 24)) == date(2027, 1, 20)
    assert read_past_day("2月30日", date(2026, 12, 24)) is None


@untimed
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_days_said_are_read_back(day: date, other: date) -> None:
    assert read_day(say_day(day, year=True, weekday=True), other.year) == day
    later = read_day(say_day(day), other.year, after=other)
    assert later is None or other <= later <= other + timedelta(days=365)
    earlier = read_past_day(say_day(day), other)
    assert earlier is None or other - timedelta(days=365) <= earlier <= other
    assert (later is None or earlier is None) <= ((day.month, day.day) == (2, 29))


def test_saying_days() -> None:
    day = date(2026, 12, 24)
    assert say_day(day) == "12月24日"
    assert say_day(day, year=True) == "2026年12月24日"
    assert say_day(day, weekday=True) == "12月24日（星期四）"
    assert say_day(date(2026, 12, 27), weekday=True) == "12月27日（星期日）"
    assert days_until(day, date(2027, 1, 1)) == 8


# ── comparing and saying ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12.30亿元", "12.30亿元"),
        ("7 起", "7起"),
        ("７起", "7起"),
        ("1,234件", "1234件"),
        ("98.5％", "98.5%"),
        ("1.2 万人", "1.2万人"),
        ("两家", "两家"),
    ],
)
def test_a_value_is_said_as_typed(typed: str, said: str) -> None:
    assert say_value(q(typed)) == said


def test_a_value_never_says_other_than_it_is() -> None:
    assert say_value(Quantity(Decimal(7), "起", "9起")) == "7起"
    assert say_value(Quantity(Decimal(7), "起", "")) == "7起"
    assert say_value(Quantity(Decimal(-7), "起", "-7起")) == "负7起"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("7起", "9起", "比去年同期减少2起"),
        ("9起", "7起", "比去年同期增加2起"),
        ("7起", "19起", "比去年同期减少12起"),
        ("21起", "20起", "比去年同期增加1起"),
        ("24起", "21起", "同比上升14.3%"),
        ("35起", "40起", "同比下降12.5%"),
        ("5220件", "3163件", "同比上升65%"),
        ("12.6亿元", "12亿元", "同比增长5%"),
        ("98.5%", "97.2%", "比去年同期提高1.3个百分点"),
        ("97.2%", "98.5%", "比去年同期下降1.3个百分点"),
        ("3.2‰", "3.5‰", "比去年同期下降0.3个千分点"),
        ("7起", "7起", "与去年同期持平"),
        ("7.0亿元", "7亿元", "与去年同期持平"),
        ("0起", "0起", "与去年同期持平"),
        ("2起", "0起", "去年同期为零"),
        ("0起", "7起", "比去年同期减少7起"),
        ("0起", "35起", "比去年同期减少35起"),
        ("10001件", "10000件", "与去年同期基本持平"),
        ("1件", "10000件", "比去年同期减少9999件"),
        ("1.2万人", "9800人", "同比增加22.4%"),
        ("147人", "142人", "同比增加3.5%"),
        ("412户", "512户", "同比减少19.5%"),
        ("412人次", "512人次", "同比下降19.5%"),
        ("1.2万人", "12000人", "与去年同期持平"),
        ("5个", "7项", ""),
        ("3000批次", "4000人次", ""),
    ],
)
def test_comparisons(now: str, before: str, said: str) -> None:
    assert say_comparison(q(now), q(before)) == said


def test_a_comparison_with_another_time_keeps_its_name() -> None:
    assert say_comparison(q("35起"), q("40起"), than="比上月") == "比上月下降12.5%"
    assert say_comparison(q("7起"), q("9起"), than="比上月") == "比上月减少2起"
    assert say_comparison(q("7起"), q("7起"), than="比上月") == "与上月持平"
    assert say_comparison(q("7起"), q("0起"), than="比上月") == "上月为零"


def test_nothing_is_said_of_what_is_missing() -> None:
    seven = q("7起")
    assert say_comparison(seven, None) == say_comparison(None, seven) == ""
    assert say_share(seven, None) == remaining(None, seven) == say_target(seven, None) == ""
    assert say_multiple(seven, None) == difference(None, None) == ""
    assert direction(seven, None) == direction(None, None) == direction(q("5个"), q("5项")) == "缺"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [("7起", "9起", "下降"), ("9起", "7起", "上升"), ("1.2万人", "12000人", "持平"), ("5%", "4%", "上升")],
)
def test_direction(now: str, before: str, said: str) -> None:
    assert direction(q(now), q(before)) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("7起", "9起", "2起"),
        ("12.60亿元", "12.00亿元", "0.6亿元"),
        ("98.5%", "97.2%", "1.3个百分点"),
        ("1.2万人", "9800人", "2200人"),
        ("1.2亿元", "9800万元", "2200万元"),
        ("7起", "7起", ""),
    ],
)
def test_difference(now: str, before: str, said: str) -> None:
    assert difference(q(now), q(before)) == said
    assert difference(q(before), q(now)) == said


@pytest.mark.parametrize(
    ("done", "total", "share", "left"),
    [
        ("41处", "43处", "95.3%", "2处"),
        ("43处", "43处", "100%", ""),
        ("0处", "43处", "0%", "43处"),
        ("1处", "8处", "12.5%", "7处"),
        ("9999件", "10000件", "99.99%", "1件"),
        ("1件", "100000件", "0.001%", "99999件"),
        ("0处", "0处", "", ""),
        ("44处", "43处", "", ""),
        ("41处", "43项", "", ""),
        ("41%", "43%", "", "2个百分点"),
    ],
)
def test_share_and_remaining(done: str, total: str, share: str, left: str) -> None:
    assert say_share(q(done), q(total)) == share
    assert remaining(q(done), q(total)) == left


@pytest.mark.parametrize(
    ("now", "target", "said"),
    [
        ("12.6亿元", "13亿元", "完成目标的96.9%"),
        ("13.6亿元", "13亿元", "超出目标0.6亿元"),
        ("13亿元", "13.0亿元", "达到目标"),
        ("12家", "15家", "离目标还差3家"),
        ("98.5%", "98%", "高于目标0.5个百分点"),
        ("97.5%", "98%", "离目标还差0.5个百分点"),
        ("0家", "30家", "离目标还差30家"),
        ("99999件", "100000件", "完成目标的99.999%"),
        ("5家", "0家", ""),
        ("5家", "7项", ""),
    ],
)
def test_targets(now: str, target: str, said: str) -> None:
    assert say_target(q(now), q(target)) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("50件", "20件", "是去年同期的2.5倍"),
        ("40件", "20件", "是去年同期的2倍"),
        ("39件", "20件", ""),
        ("38件", "19件", ""),
        ("50件", "0件", ""),
        ("80%", "40%", ""),
    ],
)
def test_multiples(now: str, before: str, said: str) -> None:
    assert say_multiple(q(now), q(before)) == said


def test_ranges() -> None:
    assert say_range(q("3家"), q("5家")) == "3至5家"
    assert say_range(q("3%"), q("5%")) == "3%至5%"
    assert say_range(q("9800人"), q("1.2万人")) == "9800人至1.2万人"
    assert say_range(q("5家"), q("5家")) == "5家"
    assert say_range(q("5家"), q("3家")) == ""
    assert say_range(q("3家"), q("5处")) == ""


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("生产安全事故", "7起 / 9起", "生产安全事故7起，比去年同期减少2起"),
        ("重大事故隐患整改销号", "41处，共43处", "重大事故隐患共43处，已整改销号41处，还有2处没有整改销号"),
        ("重大事故隐患整改销号", "43处，共43处", "重大事故隐患共43处，已全部整改销号"),
        ("固定资产投资", "12.6亿元，目标13亿元", "固定资产投资12.6亿元，完成目标的96.9%"),
        (
            "来访",
            "12批次86人次 / 15批次102人次",
            "来访12批次86人次，批次比去年同期减少3批次，人次同比下降15.7%",
        ),
        ("来访", "12批次86人次", "来访12批次86人次"),
        ("火灾", "12起3人 / 15起3人", "火灾12起3人，起数比去年同期减少3起，人数与去年同期持平"),
        ("清理", "12个村3公里 / 15个村4公里", "清理12个村，比去年同期减少3个村；3公里，比去年同期减少1公里"),
        ("死亡", "3人", "死亡3人"),
        ("PM2.5", "35微克 / 38微克", "PM2.5为35微克，同比下降7.9%"),
    ],
)
def test_whole_clauses(name: str, typed: str, said: str) -> None:
    assert say_reading(name, reading(typed)) == said


# ── what must hold for any figures ────────────────────────────────────────────────────────────

units = st.sampled_from(
    ["起", "人", "万人", "%", "‰", "亿元", "元", "个", "项", "批次", "人次", "个百分点", "", "千瓦时", "万"]
)
any_quantity = st.builds(
    Quantity,
    st.decimals(),
    units | st.text(max_size=4),
    st.text(max_size=8) | st.sampled_from(["7起", "-7起"]),
)
sane_values = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=2) | st.integers(0, 60).map(Decimal)
sane = st.builds(lambda value, unit: Quantity(value, unit, f"{value}{unit}"), sane_values, units)


@st.composite
def alike(draw: st.DrawFn) -> tuple[Quantity, Quantity]:
    unit = draw(units)
    first, second = draw(sane_values), draw(sane_values)
    return Quantity(first, unit, f"{first}{unit}"), Quantity(second, unit, f"{second}{unit}")


def everything_said(one: Quantity, other: Quantity) -> list[str]:
    return [
        say_value(one),
        say_comparison(one, other),
        difference(one, other),
        say_share(one, other),
        remaining(one, other),
        say_target(one, other),
        say_multiple(one, other),
        say_range(one, other),
        say_reading("甲", Reading(one, other, other, other, Reading(other, one))),
    ]


@untimed
@given(any_quantity, any_quantity)
def test_saying_never_raises(one: Quantity, other: Quantity) -> None:
    everything_said(one, other)
    direction(one, other)


@untimed
@given(
    st.builds(Quantity, st.decimals(), units, st.sampled_from(["7起", "-7起", ""])),
    st.builds(Quantity, st.decimals(), units, st.sampled_from(["7起", "-7起", ""])),
)
def test_no_minus_and_no_exponent_is_ever_said(one: Quantity, other: Quantity) -> None:
    for said in everything_said(one, other):
        assert not re.search(r"[-−Ee]|NaN|Inf", said), said


RISING, FALLING = re.compile("上升|增长|增加|提高|超出|高于"), re.compile("下降|减少|还差")


@untimed
@given(alike())
def test_verbs_never_contradict_the_figures(pair: tuple[Quantity, Quantity]) -> None:
    now, before = pair
    said = say_comparison(now, before)
    assert said
    assert bool(RISING.search(said)) <= (now.value > before.value)
    assert bool(FALLING.search(said)) <= (now.value < before.value)
    assert (direction(now, before) == "持平") == (now.value == before.value)
    if said.endswith("基本持平"):
        assert abs(Fraction(now.value) / Fraction(before.value) - 1) < Fraction(1, 2000)
    elif said.endswith("持平"):
        assert now.value == before.value
    target = say_target(now, before)
    assert bool(RISING.search(target)) <= (now.value > before.value)
    assert bool(FALLING.search(target)) <= (now.value < before.value)


@untimed
@given(sane_values, st.integers(20, 10**7), st.sampled_from(["起", "人", "万人", "批次", "亿元"]))
def test_every_per_cent_is_exact_to_one_place_half_up(new: Decimal, old: int, unit: str) -> None:
    said = say_comparison(Quantity(new, unit, ""), Quantity(Decimal(old), unit, ""))
    match = re.search(r"(?:上升|增长|增加|下降|减少)([0-9.]+)%$", said)
    assume(match is not None)
    assert match is not None
    off = Fraction(match[1]) - abs(Fraction(new) - old) / old * 100
    assert -Fraction(1, 20) < off <= Fraction(1, 20)
    assert "." not in match[1] or not match[1].endswith("0")


@untimed
@given(sane_values, st.integers(0, 19), st.sampled_from(["起", "人", "批次"]))
def test_no_per_cent_on_a_small_base(new: Decimal, old: int, unit: str) -> None:
    assert "%" not in say_comparison(Quantity(new, unit, ""), Quantity(Decimal(old), unit, ""))


@untimed
@given(sane, units)
def test_nothing_is_computed_from_zero(now: Quantity, unit: str) -> None:
    zero = Quantity(Decimal(0), unit, f"0{unit}")
    for said in (
        say_comparison(now, zero),
        say_share(now, zero),
        say_multiple(now, zero),
        say_target(now, zero),
    ):
        assert not re.search(r"[0-9]", said), said


@untimed
@given(alike())
def test_a_share_is_whole_only_when_all_is_done(pair: tuple[Quantity, Quantity]) -> None:
    done, total = sorted(pair, key=lambda one: one.value)
    said = say_share(done, total)
    assert (said == "100%") <= (done.value == total.value)
    assert (said == "0%") <= (done.value == 0)
    assert bool(remaining(done, total)) == (done.value < total.value)


# ── figures inside sentences ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("12月8日晚暗访9家夜间营业场所，4家安全出口上锁或堆物", "4家"),
        ("检查9家，一家出口上锁", "一家"),
        ("检查9家企业，发现一起道路交通事故", "一起"),
        ("两家企业停用，其余24小时有人看守", "两家"),
        ("拖欠126人工资320万元", "126人"),
        ("来访12批次86人次，12月31日前办结，化解率80%", "86人次"),
        ("抽查1.2万人次", "1.2万人次"),
    ],
)
def test_the_last_count_of_a_sentence(sentence: str, count: str) -> None:
    found = last_quantity(sentence)
    assert found is not None
    assert found.text == count
    assert say_value(found) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "年底赶工", "大家一起努力", "12月8日晚8时30分", "〔2026〕3号文件", "值班电话0571-88221234", "第3家", "暗访9家，10余家有问题",
        "暗访3至5家", "5家以上", "化解率80%", "拖欠3个月", "万一出事", "一把手负责", "一户一策",
    ],
)  # fmt: skip
def test_no_exact_last_count(sentence: str) -> None:
    assert last_quantity(sentence) is None


@pytest.mark.parametrize(
    "text",
    [
        "三起", "百分之五", "两家", "12月8日", "2026年", "十二月", "100%", "７起", "1,234件", "8:30", "8时30分", "2026-12-24", "2026年12月24日",
        "二〇二六年十二月二十四日", "1—11月", "三至五天", "3.5亿元", "三分之二", "10余家", "十多家", "24小时", "一小时内", "半小时", "第14次", "3号",
        "百万元", "1/3", "二十一家", "三点", "两个", "1.2万",
    ],
)  # fmt: skip
def test_figures_are_found_whole(text: str) -> None:
    assert figures_in(f"我们要在{text}") == [text]


def test_offsets_count_code_points() -> None:
    assert quantities("𠮷镇3起、两家") == ((2, 4), (5, 7))


# Sentences of the kind the phrase bank is made of, with no figure in them.
LANGUAGE = """
各级各部门一把手要亲自抓，落实一岗双责、三管三必须，一件一件盯，一处一处查，一户一户走。
一是压实责任，二是排查隐患，三是严格执法。第一，统一思想；第二，明确分工；第三次提醒不如一次整改。
坚持24小时值班和领导带班，实行24小时专人值守，确保信息一旦发生第一时间上报。
两节、两会期间，四不两直暗访不能停，做到万无一失，让千家万户过一个安心的节日。
对三令五申仍不整改的，同一问题一再出现的，一律依法处理，绝不能一阵风、一刀切。
一线干部十分辛苦，要一视同仁、一心一意，一张网管到底，一盘棋抓统筹，一道门一道门过，一点都不能松。
大家一起想办法，有些同志还存在一些侥幸心理，一定要防万一，百姓的事没有小事。
落实八项规定精神，增强“四个意识”，安全生产治本攻坚三年行动要善始善终，十五五时期要开好局。
三五个人、七八条意见不算多，一两天的事拖了又拖；三天两头出问题，四处奔走也无济于事。
12345热线、119、110要畅通，5G基站、A4纸、PM2.5监测不出问题；依据第26条规定办理。
五一期间人流密集，三级联动、两手抓、三道防线、百日攻坚、双节叠加，千头万绪都要有人管。
二次供水、二次事故、四周环境、四个最严要盯住，上面千条线下面一根针。
"""


@pytest.mark.parametrize("sentence", LANGUAGE.split())
def test_language_is_no_figure(sentence: str) -> None:
    assert figures_in(sentence) == []


@pytest.mark.parametrize("term", FIXED_TERMS)
def test_a_fixed_term_is_no_figure(term: str) -> None:
    assert figures_in(term) == []
    assert figures_in(f"各地{term}，落实到位") == []


@pytest.mark.parametrize("term", ["一家企业", "一起抓", "统一", "两会", "一把手"])
def test_a_figure_beside_a_fixed_term_is_still_found(term: str) -> None:
    assert figures_in(f"{term}，发现3起、两家") == ["3起", "两家"]


@untimed
@given(st.integers(2, 99), st.sampled_from(["家", "起", "处", "户", "名", "天"]))
def test_every_number_with_a_measure_word_is_found_in_both_writings(n: int, measure: str) -> None:
    for text in (f"{n}{measure}", f"{counted(n)}{measure}"):
        assert figures_in(f"对{text}逐一复查") == [text]


# ── counting ──────────────────────────────────────────────────────────────────────────────────


def test_chinese_counts() -> None:
    numbers = {0: "零", 2: "二", 3: "三", 10: "十", 12: "十二", 20: "二十", 21: "二十一", 99: "九十九"}
    assert {n: chinese_count(n) for n in numbers} == numbers
    assert (counted(2), counted(3), counted(12)) == ("两", "三", "十二")
    for n in (-1, 100):
        with pytest.raises(ValueError, match="0 to 99"):
            chinese_count(n)


@untimed
@given(st.integers(1, 99))
def test_chinese_counts_are_read_back(n: int) -> None:
    assert q(f"{chinese_count(n)}家").value == n
    assert q(f"{counted(n)}家").value == n


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("消防隐患", "203处，已整改189处", "消防隐患共203处，已整改189处，还有14处没有整改"),
        ("12345热线诉求", "共1846件, 已办结1791件", "12345热线诉求共1846件，已办结1791件，还有55件没有办结"),
        ("隐患整改", "9处，已经整改了9处", "隐患共9处，已全部整改"),
        ("信访事项", "41件 / 52件", "信访事项41件，同比下降21.2%"),
        ("开设工资专用账户的在建项目", "206个，共213个", "在建项目共213个，开设工资专用账户的206个，还有7个没有开设"),
        ("存储工资保证金的在建项目", "213个，共213个", "在建项目共213个，全部存储工资保证金"),
        ("持证上岗的电工", "50人，共60人", "电工共60人，持证上岗的50人，还有10人没有做到"),
        ("没有戴头盔的骑手", "30人，共100人", "骑手共100人，其中没有戴头盔的30人"),
        ("木房村寨电路改造", "31个，共38个", "木房村寨电路改造已完成31个，还有7个没有完成"),
        ("香菇烘干房改造", "46座，共58座", "香菇烘干房共58座，已改造46座，还有12座没有改造"),
        ("老旧管网改造", "43公里，共50公里", "老旧管网共50公里，已改造43公里，还有7公里没有改造"),
        ("外包装卸工安全培训", "1146人，共1180人", "外包装卸工共1180人，已培训1146人，还有34人没有培训"),
        ("冬春救助资金发放", "4120户，共4385户", "冬春救助资金已发放4120户，还有265户没有发放"),
        ("票证抽查合格", "1142张，共1208张", "票证抽查共1208张，1142张合格，还有66张不合格"),
        ("投诉举报按期办结", "402件，共409件", "投诉举报共409件，已按期办结402件，还有7件没有按期办结"),
    ],
)
def test_a_figure_with_its_whole_first(name: str, typed: str, said: str) -> None:
    called, text = whole_first(name, typed)
    reading = read_figure(text)
    assert reading is not None
    assert say_reading(called, reading) == said
