"""Festivals and seasons of a year, and how far away they are.

Only what the calendar itself fixes is told. Days off and working weekends (调休) are announced year by year
and never guessed; the dates of 两会, 高考 and a flood season are set by others, so these have no countdown.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from speechgen import patterns


class Festival(NamedTuple):
    """A festival by its short name and its day."""

    name: str
    day: date


class Occasion(NamedTuple):
    """What a meeting is held for. ``year`` is that of its festivals: 元旦春节 of a December meeting is next
    year's. ``festivals`` is empty for what has no day of its own (两会, 汛期 …)."""

    name: str
    festivals: tuple[str, ...]
    short: str
    year: int


# 春节, 清明, 端午, 中秋, 重阳 as month and day. Made with lunar_python, which follows GB/T 33661-2017
# 《农历的编算和颁行》; tests/test_holidays.py holds the table against it.
_MOVING_NAMES = ("春节", "清明", "端午", "中秋", "重阳")
_MOVING = {
    2020: "0125 0404 0625 1001 1025",
    2021: "0212 0404 0614 0921 1014",
    2022: "0201 0405 0603 0910 1004",
    2023: "0122 0405 0622 0929 1023",
    2024: "0210 0404 0610 0917 1011",
    2025: "0129 0404 0531 1006 1029",
    2026: "0217 0405 0619 0925 1018",
    2027: "0206 0405 0609 0915 1008",
    2028: "0126 0404 0528 1003 1026",
    2029: "0213 0404 0616 0922 1016",
    2030: "0203 0405 0605 0912 1005",
    2031: "0123 0405 0624 1001 1024",
    2032: "0211 0404 0612 0919 1012",
    2033: "0131 0404 0601 0908 1001",
    2034: "0219 0405 0620 0927 1020",
    2035: "0208 0405 0610 0916 1009",
    2036: "0128 0404 0530 1004 1027",
    2037: "0215 0404 0618 0924 1017",
    2038: "0204 0405 0607 0913 1007",
    2039: "0124 0405 0527 1002 1026",
    2040: "0212 0404 0614 0920 1014",
    2041: "0201 0404 0603 0910 1003",
    2042: "0122 0404 0622 0928 1022",
    2043: "0210 0405 0611 0917 1011",
    2044: "0130 0404 0531 1005 1029",
    2045: "0217 0404 0619 0925 1018",
    2046: "0206 0404 0608 0915 1008",
    2047: "0126 0405 0529 1004 1027",
    2048: "0214 0404 0615 0922 1016",
    2049: "0202 0404 0604 0911 1005",
    2050: "0123 0404 0623 0930 1024",
}

_FIXED = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1)}

# So many days after its last festival an occasion still means the one just past.
_LINGERS = {"春节": 14, "五一": 4, "国庆": 7}
_LINGERS_ELSE = 2


class _Known(NamedTuple):
    """An occasion without its year. A season (no festivals) belongs to the next year from the month
    ``next_from`` on, and to the year before until the month ``last_until``."""

    name: str
    festivals: tuple[str, ...] = ()
    short: str = ""
    aliases: tuple[str, ...] = ()
    next_from: int = 13
    last_until: int = 0


_KNOWN = (
    _Known("元旦春节", ("元旦", "春节"), "两节", ("两节", "双节", "春节元旦")),
    _Known("岁末年初", ("元旦", "春节"), "岁末年初", ("年末岁首", "年底", "年末", "年终岁尾")),
    _Known("元旦", ("元旦",), "元旦", ("新年",)),
    _Known("春节", ("春节",), "春节", ("除夕", "新春", "春节除夕")),
    _Known("元宵", ("元宵",), "元宵", ("正月十五",)),
    _Known("清明", ("清明",), "清明", ("清明祭扫",)),
    _Known("清明五一", ("清明", "五一"), "清明、五一", ("清明劳动节",)),
    _Known("五一", ("五一",), "五一", ("劳动节", "五一劳动节", "五一国际劳动节", "国际劳动节")),
    _Known("五一端午", ("五一", "端午"), "五一、端午", ("劳动节端午",)),
    _Known("端午", ("端午",), "端午", ()),
    _Known("中秋", ("中秋",), "中秋", ()),
    _Known("国庆", ("国庆",), "国庆", ("十一",)),
    _Known("国庆中秋", ("中秋", "国庆"), "双节", ("中秋国庆", "双节", "两节")),
    _Known("重阳", ("重阳",), "重阳", ("敬老节",)),
    _Known("两会", short="两会", aliases=("全国两会", "省两会", "市两会", "县两会", "区两会"), next_from=7),
    _Known("汛期", short="汛期", aliases=("防汛", "主汛期", "防汛抗旱", "防汛备汛"), next_from=11),
    _Known("高考", short="高考", next_from=8),
    _Known("中考", short="中考", next_from=8),
    _Known("高考中考", short="高考中考", aliases=("中考高考", "中高考"), next_from=8),
    _Known("夏季", short="夏季", aliases=("暑期", "暑假", "防溺水", "高温"), next_from=11),
    _Known("秋冬", short="秋冬", aliases=("秋冬季", "今冬明春", "冬季", "冬春", "秋冬季节"), last_until=5),
    _Known("森林防火", short="森林防火期", aliases=("森林防火期", "森林草原防灭火", "防火期"), last_until=6),
    _Known("开学", short="开学", aliases=("春季开学", "秋季开学", "开学季")),
)

_LINKS = patterns.compiled(r"[\s、，,和及与·・“”\"'‘’《》（）()]|节日|节|期间|前后|假期|假日|小?长假|黄金周")
_YEAR_BEFORE = patterns.compiled(r"^\s*([0-9]{4})\s*年?")


def festivals(year: int) -> tuple[Festival, ...]:
    """The festivals of a solar year by date: 元旦 除夕 春节 元宵 清明 五一 端午 中秋 国庆 重阳.

    Raises ValueError for a year outside 1 to 9999.
    """
    days = {name: date(year, *month_day) for name, month_day in _FIXED.items()}
    days |= _moving(year)
    days["除夕"] = days["春节"] - timedelta(days=1)
    days["元宵"] = days["春节"] + timedelta(days=14)
    return tuple(Festival(name, day) for name, day in sorted(days.items(), key=lambda one: (one[1], one[0])))


def _moving(year: int) -> dict[str, date]:
    """The festivals that move, from the table or, outside it, from lunar_python."""
    if year not in _MOVING:
        return _computed(year)
    days = _MOVING[year].split()
    return {
        name: date(year, int(day[:2]), int(day[2:])) for name, day in zip(_MOVING_NAMES, days, strict=True)
    }


def _computed(year: int) -> dict[str, date]:
    from lunar_python import Lunar, Solar  # late: only years outside the table need it

    lunar_days = {"春节": (1, 1), "端午": (5, 5), "中秋": (8, 15), "重阳": (9, 9)}
    found = {name: Lunar.fromYmd(year, *day).getSolar() for name, day in lunar_days.items()}
    found["清明"] = Solar.fromYmd(year, 2, 1).getLunar().getJieQiTable()["清明"]
    return {name: date(day.getYear(), day.getMonth(), day.getDay()) for name, day in found.items()}


def occasion(name: str, day: date) -> Occasion | None:
    """The occasion that a meeting on ``day`` means by ``name`` or an alias; None when it is unknown.

    Tolerated: 元旦、春节 / “五一” / 国庆节 / 2027年元旦春节期间 (the year follows from ``day``). A word that
    two occasions share (两节, 双节) means the one that comes first.
    """
    wanted = _plain(name)
    if not wanted:
        return None
    known = [one for one in _KNOWN if wanted in {_plain(word) for word in (one.name, *one.aliases)}]
    if not known:
        return None
    return min((_dated(one, day) for one in known), key=lambda one: _ends(one.festivals, one.year))


def of_year(name: str, year: int) -> Occasion | None:
    """The occasion of a given year by its name or an alias; None when it is unknown."""
    wanted = _plain(name)
    found = (one for one in _KNOWN if wanted and wanted in {_plain(word) for word in (one.name, *one.aliases)})
    known = next(found, None)
    return Occasion(known.name, known.festivals, known.short, year) if known else None


def _plain(name: str) -> str:
    return _LINKS.sub("", _YEAR_BEFORE.sub("", name))


def _dated(known: _Known, day: date) -> Occasion:
    year = day.year
    if not known.festivals:
        year += (day.month >= known.next_from) - (day.month <= known.last_until)
    elif day > _ends(known.festivals, year):
        year += 1
    return Occasion(known.name, known.festivals, known.short, year)


def _ends(names: tuple[str, ...], year: int) -> date:
    """The last day on which these festivals of ``year`` are still the talk."""
    days = {one.name: one.day for one in festivals(year)}
    return max(
        (days[name] + timedelta(days=_LINGERS.get(name, _LINGERS_ELSE)) for name in names),
        default=date(year, 12, 31),
    )


def coming(occasion: Occasion, day: date) -> tuple[tuple[Festival, int], ...]:
    """The occasion's festivals after ``day``, by date, each with the days to go (1 is tomorrow)."""
    if not occasion.festivals:
        return ()
    ahead = [one for one in festivals(occasion.year) if one.name in occasion.festivals and one.day > day]
    return tuple((one, (one.day - day).days) for one in ahead)


def say_countdown(occasion: Occasion, day: date) -> str:
    """离元旦还有8天，离春节还有44天; 离中秋、国庆还有8天 when they fall together; "" when nothing is ahead."""
    names: dict[int, list[str]] = {}
    for festival, days in coming(occasion, day):
        names.setdefault(days, []).append(festival.name)
    return "，".join(f"离{'、'.join(same)}还有{days}天" for days, same in names.items())


_LUNAR_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "腊")
_TENS = ("初", "十", "廿", "三")

# The months of each lunar year, 1 for thirty days and 0 for twenty-nine, then the month that a leap month
# follows. Made with lunar_python and held against it like _MOVING.
_MONTHS = {
    2020: "0111010010101 4",
    2021: "011010101010", 2022: "101011010101",
    2023: "0100110110101 2", 2024: "010010110110",
    2025: "1010010101110 6", 2026: "101001001110",
    2027: "110100100110", 2028: "1110100100110 5",
    2029: "110101010011", 2030: "010110101010",
    2031: "0110101101010 3", 2032: "100101101101",
    2033: "0100101011101 11", 2034: "010010101101",
    2035: "101001001101", 2036: "1101001001011 6",
    2037: "110100100101", 2038: "110101010010",
    2039: "1101101010100 5", 2040: "101101011010",
    2041: "010101101101", 2042: "0100101011011 2",
    2043: "010010011011", 2044: "1010010010111 7",
    2045: "101001001011", 2046: "101010100101",
    2047: "1011010100101 5", 2048: "011011010010",
    2049: "101011011010", 2050: "0101010110110 3",
}


def lunar_text(day: date) -> str:
    """农历十一月十六, 农历闰六月初三. The twelfth month is called 腊月, as it is spoken."""
    month, of_month = _lunar_from_table(day) or _lunar_computed(day)
    leap = "闰" if month < 0 else ""
    return f"农历{leap}{_LUNAR_MONTHS[abs(month) - 1]}月{_lunar_day(of_month)}"


def _lunar_from_table(day: date) -> tuple[int, int] | None:
    """The lunar month (negative: a leap month) and day; None outside the table."""
    for year in (day.year, day.year - 1):
        if year not in _MONTHS or year not in _MOVING:
            continue
        left = (day - _moving(year)["春节"]).days
        if left < 0:
            continue
        lengths, _, leap = _MONTHS[year].partition(" ")
        for number, length in enumerate(lengths, start=1):
            days = 29 + int(length)
            if left < days:
                after_leap = bool(leap) and number > int(leap)
                month = number - after_leap
                return (-month if leap and number == int(leap) + 1 else month), left + 1
            left -= days
    return None


def _lunar_computed(day: date) -> tuple[int, int]:
    from lunar_python import Solar  # late: only days outside the table need it

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return lunar.getMonth(), lunar.getDay()


def _lunar_day(number: int) -> str:
    """初一 … 初十, 十一 … 二十, 廿一 … 三十."""
    if number in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[number]
    return _TENS[number // 10] + "一二三四五六七八九"[number % 10 - 1]


def occasions() -> tuple[str, ...]:
    """The known names, for messages and for help."""
    return tuple(one.name for one in _KNOWN)
