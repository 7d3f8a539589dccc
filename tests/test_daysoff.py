"""放假调休: as announced, as typed, never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from speechgen import daysoff, holidays
from speechgen.errors import SpeechgenError
from speechgen.model import DaysOff


def load(tmp_path: Path, text: str) -> tuple[DaysOff, ...]:
    path = tmp_path / "调休.yaml"
    path.write_text(text, encoding="utf-8-sig", newline="\r\n")
    return daysoff.load(path)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2月5日至2月11日", date(2027, 2, 5), date(2027, 2, 11)),
        ("2月5日到11日", date(2027, 2, 5), date(2027, 2, 11)),
        ("2月5日—11日", date(2027, 2, 5), date(2027, 2, 11)),
        ("2027年2月5日至2月11日", date(2027, 2, 5), date(2027, 2, 11)),
        ("2月6日", date(2027, 2, 6), date(2027, 2, 6)),
    ],
)
def test_a_span_of_days_is_read_as_notices_write_it(tmp_path: Path, typed: str, first: date, last: date) -> None:
    (found,) = load(tmp_path, f"2027:\n  来源: 通知\n  春节:\n    放假: {typed}\n")
    assert (found.first, found.last) == (first, last)


def test_days_worked_are_said_with_the_days_off(tmp_path: Path) -> None:
    (found,) = load(tmp_path, "2027年:\n  来源: 通知\n  春节:\n    放假: 1月31日至2月7日\n    上班: [1月24日, 2月14日]\n")
    assert daysoff.say(found) == "1月31日至2月7日放假，1月24日、2月14日上班"


def test_two_festivals_share_their_days(tmp_path: Path) -> None:
    (found,) = load(tmp_path, "2028:\n  来源: 通知\n  中秋节、国庆节:\n    放假: 10月1日至8日\n")
    assert daysoff.of((found,), "中秋", 2028) is daysoff.of((found,), "国庆", 2028) is found
    assert daysoff.of((found,), "中秋", 2027) is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("  春节:\n    放假: 2月30日至3月2日\n", "不是真实的起止日期"),
        ("  春节:\n    放假: 2月11日至2月5日\n", "前后不对"),
        ("  春节:\n    放假: 2月8日至2月11日\n", "不包含这个节日"),
        ("  春节:\n    放假: 2月5日至11日\n    上班: 2月9日\n", "在放假的日子里"),
        ("  春节:\n    放假: 2月5日至11日\n    上班: 2月31日\n", "不是一个真实的日期"),
        ("  春分:\n    放假: 2月5日至11日\n", "不认识节日「春分」"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(SpeechgenError) as caught:
        load(tmp_path, f"2027:\n  来源: 通知\n{body}")
    (slip,) = caught.value.slips
    assert message in slip.message and slip.location and slip.location.line >= 3 and slip.remedy


def test_every_slip_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SpeechgenError) as caught:
        load(tmp_path, "明年:\n  来源: 通知\n2027:\n  春节:\n    放假: 2月8日至9日\n")
    assert [slip.code for slip in caught.value.slips] == ["bad-year", "missing-key", "not-the-festival"]


def test_the_starter_is_a_file_that_says_nothing_yet(tmp_path: Path) -> None:
    assert load(tmp_path, daysoff.STARTER.format(年=2027)) == ()


def test_an_occasion_of_a_given_year() -> None:
    known = holidays.of_year("春节期间", 2028)
    assert known and (known.name, known.year) == ("春节", 2028)
    assert holidays.of_year("春天", 2028) is None
