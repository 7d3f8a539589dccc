"""季节: what the calendar, the office's 调休.yaml and the bank tell of an occasion, for a secretary who plans ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from speechgen import daysoff, figures, holidays
from speechgen.model import DaysOff, Season

# Days that belong to a festival without being called by an occasion.
_AROUND = {"春节": ("除夕", "春节", "元宵")}
# Festivals with days off by 《全国年节及纪念日放假办法》; for the others nothing is announced.
_WITH_DAYS_OFF = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")


def told(
    known: holidays.Occasion, day: date | None, announced: tuple[DaysOff, ...], seasons: Mapping[str, Season]
) -> Iterator[str]:
    """The lines on an occasion: its days with weekday, lunar date and, from ``day`` on, the days to go; the days off
    where 调休.yaml has them, else that they are missing; the risks of the time."""
    yield f"{known.year}年 {known.name}"
    yield from _days(known.festivals, known.year, day)
    if not known.festivals:
        yield "  这个场合没有固定的日子，以有关部门公布的为准。"
    yield from _off(known.festivals, known.year, announced)
    season = seasons.get(known.name)
    if season:
        yield "  这一段常见的风险（对照本单位的实际，有的再写进会议文件的「风险」）："
        yield from (f"    - {risk}" for risk in season.risks)


def of_year(year: int, day: date | None, announced: tuple[DaysOff, ...]) -> Iterator[str]:
    """The same of all festivals of a year."""
    names = tuple(festival.name for festival in holidays.festivals(year))
    yield f"{year}年的节日"
    yield from _days(names, year, day)
    yield from _off(names, year, announced)


def _days(festivals: Iterable[str], year: int, day: date | None) -> Iterator[str]:
    names = dict.fromkeys(name for festival in festivals for name in _AROUND.get(festival, (festival,)))
    days = {one.name: one.day for one in holidays.festivals(year)}
    for name in sorted(names, key=days.__getitem__):
        on = days[name]
        away = f"  {_away(day, on)}" if day else ""
        yield f"  {name}  {figures.say_day(on, weekday=True)}  {holidays.lunar_text(on)}{away}"


def _away(day: date, on: date) -> str:
    apart = figures.days_until(day, on)
    if apart == 0:
        return "就是这一天"
    return f"从{figures.say_day(day)}算起还有{apart}天" if apart > 0 else f"到{figures.say_day(day)}已过去{-apart}天"


def _off(festivals: Iterable[str], year: int, announced: tuple[DaysOff, ...]) -> Iterator[str]:
    found = {name: daysoff.of(announced, name, year) for name in festivals if name in _WITH_DAYS_OFF}
    for days in dict.fromkeys(filter(None, found.values())):
        yield f"  {'、'.join(days.festivals)}：{daysoff.say(days)}（{days.source}）"
    missing = [name for name, days in found.items() if days is None]
    if missing:
        yield (
            f"  放假调休：{daysoff.FILE} 里没有{year}年{'、'.join(missing)}的安排，这里不猜；收到通知后照着填。"
            "还没有这个文件，运行 speechgen season --new。"
        )
