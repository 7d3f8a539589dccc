"""放假调休: the days off around a festival and the weekends worked for them, as an office types them from the yearly
notice into 调休.yaml. They are announced and never follow from the calendar, so nothing here is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from speechgen import figures, holidays, patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields, check_format, nearest
from speechgen.model import DaysOff, Text
from speechgen.yamlio import Keys, read_yaml, told_together

FILE = "调休.yaml"
KEYS: Keys = {"格式": {}, "*": {"来源": {}, "*": {"放假": {}, "上班": {}}}}
LONGEST = 15  # days; more is a slip of the pen

_TO = patterns.compiled(r"\s*(?:[至到~～—–]+|-(?=\s*[0-9０-９]*月))\s*")
_DAY_ALONE = patterns.compiled(r"[0-9０-９]{1,2}[日号]")


def load(path: Path) -> tuple[DaysOff, ...]:
    """All that a 调休.yaml says, by date. Raises SpeechgenError with every slip of the file."""
    slips: list[Slip] = []
    top = Fields(read_yaml(path, KEYS, slips).root, "", KEYS, slips)
    check_format(top)
    found: list[DaysOff] = []
    for entry in top.node.entries:
        if entry.key.text == "格式":
            continue
        year = _year(entry.key.text)
        if year is None:
            top.slip("bad-year", f"「{entry.key.text}」不是年份", entry.key.location, "请写四位数的年份，如「2027:」。")
        elif (fields := top.below(entry.key.text, ("来源", "*"))) is not None:
            found += _of_year(fields, year)
    if slips:
        raise SpeechgenError(*told_together(slips))
    return tuple(sorted(found, key=lambda one: one.first))


def _year(typed: str) -> int | None:
    match = patterns.compiled("([12][0-9]{3})年?").fullmatch(typed.strip())
    return int(match[1]) if match else None


def _of_year(fields: Fields, year: int) -> list[DaysOff]:
    source = fields.text("来源", required=True)
    days = {one.name: one.day for one in holidays.festivals(year)}
    found = []
    for entry in fields.node.entries:
        name = entry.key.text
        if name == "来源":
            continue
        occasion = holidays.of_year(name, year)
        festivals = occasion.festivals if occasion else ()
        if not festivals:
            fields.slip("unknown-festival", f"不认识节日「{name}」", entry.key.location, nearest(name, days))
            continue
        below = fields.below(name, ("放假", "上班"))
        read = _days_off(below, year) if below else None
        if below is None or read is None:
            continue
        first, last, worked = read
        if not all(first <= days[part] <= last for part in festivals):
            real = "、".join(f"{part}是{figures.say_day(days[part])}" for part in festivals)
            fields.slip("not-the-festival", f"「{fields.key(name)}」的放假日期不包含这个节日", below.location,
                        f"{year}年{real}，请核对。")  # fmt: skip
            continue
        told = source.value if source else ""
        found.append(DaysOff(festivals, first, last, worked, told, entry.key.location))
    return found


def _days_off(fields: Fields, year: int) -> tuple[date, date, tuple[date, ...]] | None:
    """The first and last day off and the days worked of one festival; None where they do not hold together."""
    typed = fields.text("放假", required=True)
    worked = [(text, figures.read_day(text.value, year)) for text in fields.texts("上班")]
    for text, day in worked:
        if day is None:
            _slip(fields, text, "不是一个真实的日期", "请写成「2月14日」的样子。")
    if typed is None:
        return None
    first, last = _span(typed, year)
    if first is None or last is None:
        _slip(fields, typed, "不是真实的起止日期", "请写成「2月5日至2月11日」的样子，并核对月份和日子。")
        return None
    if not 0 <= (last - first).days < LONGEST:
        _slip(fields, typed, "前后不对，或者长得不像一个假期", "请核对起止的日期。")
        return None
    inside = [text for text, day in worked if day and first <= day <= last]
    for text in inside:
        _slip(fields, text, "在放假的日子里", "请核对哪一个写错了。")
    return None if inside else (first, last, tuple(day for _, day in worked if day))


def _slip(fields: Fields, text: Text, what: str, remedy: str) -> None:
    fields.slip("bad-days-off", f"「{text.key}」写的是「{text.value}」，{what}", text.location, remedy)


def _span(typed: Text, year: int) -> tuple[date | None, date | None]:
    """「2月5日至2月11日」「10月1日至8日」「1月1日」: the first and the last day."""
    begin, *end = _TO.split(typed.value.strip(), maxsplit=1)
    first = figures.read_day(begin, year)
    if not end:
        return first, first
    words = end[0]
    if first and _DAY_ALONE.fullmatch(words):
        words = f"{first.month}月{words}"
    return first, figures.read_day(words, first.year if first else year, after=first)


def of(days_off: tuple[DaysOff, ...], festival: str, year: int) -> DaysOff | None:
    """The days off for a festival of a year; None where the office has not typed them."""
    return next((one for one in days_off if festival in one.festivals and one.first.year in (year, year - 1)
                 and one.last.year == year), None)  # fmt: skip


def say(days: DaysOff) -> str:
    """「2月5日至11日放假，1月31日、2月14日上班」."""
    end = f"{days.last.day}日" if days.first.month == days.last.month else figures.say_day(days.last)
    off = figures.say_day(days.first) + (f"至{end}" if days.last != days.first else "")
    worked = "、".join(map(figures.say_day, days.worked))
    return f"{off}放假" + (f"，{worked}上班" if worked else "")


STARTER = """\
# 放假调休：收到国务院办公厅每年的通知以后照着填；没有填的年份，程序不会猜。
# 放在单位.yaml 旁边。冒号用半角，后面空一格；井号后面的话是说明。
格式: 1
# {年}:
#   来源: 国务院办公厅关于{年}年部分节假日安排的通知
#   春节:
#     放假: 〇月〇日至〇月〇日
#     上班: [〇月〇日, 〇月〇日]
"""
