"""Festivals, seasons and countdowns as a secretary would check them against the calendar on the wall."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import holidays
from speechgen.holidays import coming, festivals, lunar_text, occasion, occasions, say_countdown

DECEMBER = date(2026, 12, 24)
untimed = settings(deadline=None)
days = st.dates(date(2019, 1, 1), date(2051, 12, 31))


def test_the_festivals_of_2027_stand_in_order() -> None:
    assert [(one.name, one.day) for one in festivals(2027)] == [
        ("元旦", date(2027, 1, 1)),
        ("除夕", date(2027, 2, 5)),
        ("春节", date(2027, 2, 6)),
        ("元宵", date(2027, 2, 20)),
        ("清明", date(2027, 4, 5)),
        ("五一", date(2027, 5, 1)),
        ("端午", date(2027, 6, 9)),
        ("中秋", date(2027, 9, 15)),
        ("国庆", date(2027, 10, 1)),
        ("重阳", date(2027, 10, 8)),
    ]


def test_the_table_agrees_with_the_calendar_it_was_made_from() -> None:
    for year in holidays._MOVING:
        assert holidays._moving(year) == holidays._computed(year), year


def test_the_table_covers_2020_to_2050_without_a_gap() -> None:
    assert list(holidays._MOVING) == list(range(2020, 2051))


@pytest.mark.parametrize(
    ("year", "spring"), [(1999, date(1999, 2, 16)), (2019, date(2019, 2, 5)), (2051, date(2051, 2, 11))]
)
def test_years_outside_the_table_are_computed(year: int, spring: date) -> None:
    assert {one.name: one.day for one in festivals(year)}["春节"] == spring


def test_a_known_year_needs_no_lunar_library() -> None:
    code = (
        "import sys; from datetime import date; from speechgen.holidays import *; day = date(2026, 12, 24); "
        "say_countdown(occasion('元旦春节', day), day); assert 'lunar_python' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_new_year_of_a_december_meeting_is_next_years() -> None:
    found = occasion("元旦春节", DECEMBER)
    assert found is not None
    assert (found.year, found.short, found.festivals) == (2027, "两节", ("元旦", "春节"))
    assert say_countdown(found, DECEMBER) == "离元旦还有8天，离春节还有44天"


@pytest.mark.parametrize("day", [date(2026, 11, 20), DECEMBER, date(2027, 1, 8), date(2027, 2, 10)])
def test_a_postponed_meeting_keeps_the_occasions_year(day: date) -> None:
    found = occasion("元旦春节", day)
    assert found is not None
    assert found.year == 2027


def test_what_is_past_is_not_counted_down_to() -> None:
    found = occasion("元旦春节", date(2027, 1, 1))
    assert found is not None
    assert say_countdown(found, date(2027, 1, 1)) == "离春节还有36天"
    assert say_countdown(found, date(2027, 2, 6)) == ""


def test_festivals_on_one_day_share_their_countdown() -> None:
    day = date(2031, 9, 23)  # 中秋 of 2031 is 1 October
    found = occasion("国庆中秋", day)
    assert found is not None
    assert say_countdown(found, day) == "离中秋、国庆还有8天"


@pytest.mark.parametrize(
    ("typed", "day", "name"),
    [
        ("两节", DECEMBER, "元旦春节"),
        ("双节", DECEMBER, "元旦春节"),
        ("两节", date(2026, 9, 1), "国庆中秋"),
        ("双节", date(2026, 9, 1), "国庆中秋"),
        ("元旦、春节", DECEMBER, "元旦春节"),
        ("2027年元旦春节期间", DECEMBER, "元旦春节"),
        ("“五一”", date(2027, 4, 20), "五一"),
        ("劳动节", date(2027, 4, 20), "五一"),
        ("国庆节", date(2027, 9, 20), "国庆"),
        ("国庆中秋", date(2027, 9, 1), "国庆中秋"),
        ("清明节前后", date(2027, 3, 20), "清明"),
        ("全国两会", date(2027, 2, 20), "两会"),
        ("高考、中考", date(2027, 5, 20), "高考中考"),
        ("暑期", date(2027, 6, 20), "夏季"),
    ],
)
def test_aliases_and_ways_of_typing(typed: str, day: date, name: str) -> None:
    found = occasion(typed, day)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", ["", "节", "期间", "泼水节", "安全生产", "元旦春节安全"])
def test_the_unknown_is_unknown(typed: str) -> None:
    assert occasion(typed, DECEMBER) is None


@pytest.mark.parametrize("name", ["两会", "汛期", "高考", "中考", "夏季", "秋冬", "森林防火"])
def test_what_has_no_fixed_day_has_no_countdown(name: str) -> None:
    found = occasion(name, DECEMBER)
    assert found is not None
    assert coming(found, DECEMBER) == ()
    assert say_countdown(found, DECEMBER) == ""


@pytest.mark.parametrize(
    ("name", "day", "year"),
    [
        ("两会", date(2026, 12, 20), 2027),
        ("两会", date(2027, 2, 20), 2027),
        ("汛期", date(2027, 4, 20), 2027),
        ("秋冬", date(2026, 11, 20), 2026),
        ("秋冬", date(2027, 1, 20), 2026),
        ("五一", date(2027, 5, 3), 2027),
        ("五一", date(2027, 5, 20), 2028),
    ],
)
def test_the_year_of_a_season(name: str, day: date, year: int) -> None:
    found = occasion(name, day)
    assert found is not None
    assert found.year == year


def test_every_known_name_is_found_by_itself_and_no_two_share_one() -> None:
    names = occasions()
    assert len(set(names)) == len(names)
    for name in names:
        found = occasion(name, DECEMBER)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DECEMBER, "农历十一月十六"),
        (date(2025, 7, 27), "农历闰六月初三"),
        (date(2027, 2, 5), "农历腊月廿九"),
        (date(2027, 2, 6), "农历正月初一"),
        (date(2033, 12, 25), "农历闰十一月初四"),
    ],
)
def test_lunar_days(day: date, said: str) -> None:
    assert lunar_text(day) == said


@untimed
@given(days, st.sampled_from(occasions()))
def test_a_countdown_is_always_to_a_later_day_and_exact(day: date, name: str) -> None:
    found = occasion(name, day)
    assert found is not None
    for festival, left in coming(found, day):
        assert left > 0
        assert day + timedelta(days=left) == festival.day
        assert festival.day.year == found.year


@untimed
@given(
    days, st.sampled_from([name for name in occasions() if name in {"元旦", "清明", "国庆中秋", "元旦春节"}])
)
def test_before_its_festivals_an_occasion_has_something_ahead(day: date, name: str) -> None:
    found = occasion(name, day)
    assert found is not None
    last = max(one.day for one in festivals(found.year) if one.name in found.festivals)
    assert bool(coming(found, day)) == (day < last)
    assert (last - day).days <= 366 + 30


def test_the_table_of_lunar_months_agrees_with_lunar_python_on_every_day() -> None:
    from datetime import timedelta

    from lunar_python import Solar

    from speechgen.holidays import _lunar_day, _lunar_from_table

    day, end = date(2020, 1, 25), date(2051, 2, 10)
    while day <= end:
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        assert _lunar_from_table(day) == (lunar.getMonth(), lunar.getDay()), day
        assert _lunar_day(lunar.getDay()) == lunar.getDayInChinese()
        day += timedelta(days=1)
