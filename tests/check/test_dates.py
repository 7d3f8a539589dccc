"""Days, weekdays, festivals and years against the calendar: what the rules' own examples cannot show."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import holidays
from speechgen.check import dates
from speechgen.check.document import Document, Grounds
from speechgen.model import Block, Draft


def document(text: str, day: date | None = None) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))), Grounds(day=day))


def told(text: str, day: date | None = None) -> list[tuple[str, str, str]]:
    return [(look, text[hit.start : hit.end], hit.suggestion) for look, hit in dates.found(document(text, day))]


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 30))


@given(DAYS)
def test_the_calendar_agrees_with_itself(day: date) -> None:
    week = "一二三四五六日"[day.weekday()]
    lunar = holidays.lunar_text(day)
    assert (
        told(
            f"{day.year}年{day.month}月{day.day}日（星期{week}），{day.year}年{day.month}月{day.day}日（{lunar}）开会。"
        )
        == []
    )


@given(DAYS)
def test_the_next_day_has_another_weekday(day: date) -> None:
    week = "一二三四五六日"[(day + timedelta(days=1)).weekday()]
    assert ("星期", f"周{week}", f"周{'一二三四五六日'[day.weekday()]}") in told(
        f"{day.year}年{day.month}月{day.day}日（周{week}）开会。"
    )


def test_a_day_without_a_year_needs_the_day_of_the_speech() -> None:
    text = "12月24日（周五）开会。"
    assert told(text) == []
    assert told(text, date(2026, 12, 20)) == [("星期", "周五", "周四")]


def test_a_january_day_of_a_december_meeting_is_next_years() -> None:
    assert told("1月20日前付清，1月1日（星期五）值班。", date(2026, 12, 24)) == []


@pytest.mark.parametrize(
    "term", ["冬至（2026年12月22日）", "立春（2027年2月4日）", "清明（2026年4月5日）", "夏至（2026年6月21日）"]
)
def test_terms_of_the_season_on_their_days(term: str) -> None:
    assert told(f"{term}前后要防火。") == []


def test_a_term_of_the_season_on_another_day() -> None:
    assert told("冬至（2026年12月21日）前后要防火。") == [("节日", "2026年12月21日", "2026年12月22日")]


def test_written_years_in_chinese_numerals() -> None:
    assert told("今天是二〇二六年十二月二十四日，星期五。") == [("星期", "星期五", "星期四")]


def test_another_meetings_deadline_is_no_slip() -> None:
    assert told("上次会议要求12月10日前完成的，仍有两处没有完成。", date(2026, 12, 24)) == []


@given(
    st.text(
        alphabet="0123456789二〇一三十年月日前至—-（）星期周五腊正初廿元旦春节离还有天今去明建党周年“”四时点分:季度上半第个规划开局之",
        max_size=100,
    ),
    st.none() | DAYS,
)
def test_no_text_breaks_it_and_every_find_lies_in_it(text: str, day: date | None) -> None:
    for _, hit in dates.found(document(text, day)):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize("junk", ["1", "月", "12月", "月1日", "周年", "2026年", "十四五", "1:", "年1"])
def test_a_long_monotonous_text_does_not_hang(junk: str) -> None:
    made = document(junk * (200_000 // len(junk)), date(2026, 12, 24))
    started = time.process_time()
    dates.found(made)
    assert time.process_time() - started < 60  # a guard against patterns that never end: usual is a second
