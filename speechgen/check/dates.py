"""日期: days that do not exist, or that do not agree with the weekday, the calendar, the year or the meeting.

The year of a day is the written one, else the speech's; with neither, what needs a year is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from typing import NamedTuple

from speechgen import holidays, patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.quantities import half, han_value
from speechgen.check.rule import Hit, Rule

Found = tuple[str, Hit]

_WEEKDAYS = "一二三四五六日"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HAN = "[一二三四五六七八九十廿]{1,3}"
_NUMBER = f"(?:[0-9]{{1,2}}|{_HAN})"
_YEAR = "(?:20[0-9]{2}|19[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2})"


class Day(NamedTuple):
    """A day at ``Document.text[start:end]`` as written; ``year`` is 0 where none is."""

    start: int
    end: int
    year: int
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The day in a year; None when there is none."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@cache
def _day() -> re.Pattern[str]:
    return patterns.compiled(rf"月(?P<day>{_NUMBER})(?P<sign>[日号]|(?=[（(]))")


@cache
def _before_month() -> re.Pattern[str]:
    return patterns.compiled(rf"(?:(?P<year>{_YEAR})年)?(?P<month>{_NUMBER})\Z")


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    value = han_value(text.replace("廿", "二十"))
    return int(value) if value is not None else 0


def _year_value(text: str) -> int:
    return (
        int(text)
        if text.isdecimal()
        else int(
            "".join(str("〇一二三四五六七八九".index(sign)) for sign in patterns.compiled("[零○]").sub("〇", text))
        )
    )


def days(document: Document) -> tuple[Day, ...]:
    """Every day with month and number, in order, whether it exists or not; lunar ones (腊月二十三) left out."""
    text = document.once(half)
    found = []
    for match in _day().finditer(text):
        head = text[max(0, match.start() - 10) : match.start()]
        before = _before_month().search(head)
        if before is None or (not match["sign"] and text[match.end() : match.end() + 1] not in "（("):
            continue
        start = match.start() - len(before[0])
        if not before["year"] and (
            text[start - 1 : start].isdecimal() or text[max(0, start - 2) : start] in ("农历", "阴历", "闰")
        ):
            continue
        if text[max(0, start - 2) : start] in ("农历", "阴历"):
            continue
        year = _year_value(before["year"]) if before["year"] else 0
        found.append(Day(start, match.end(), year, _value(before["month"]), _value(match["day"])))
    return tuple(found)


def _matches(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern in the text with half-width digits."""
    text = document.once(half)
    return document.matches(pattern) if text == document.text else pattern.finditer(text)


def found(document: Document) -> tuple[Found, ...]:
    """All that the checks of this kind find, each with the check that it belongs to."""
    return tuple(_found(document))


def _found(document: Document) -> Iterator[Found]:
    for look in (
        _impossible,
        _weekdays,
        _lunar,
        _festivals,
        _countdowns,
        _deadlines,
        _unfinished,
        _periods,
        _year_words,
        _plans,
        _anniversaries,
        _quarters,
    ):
        yield from look(document)


def _near(day: Day, document: Document) -> date | None:
    """The day as a date: of the written year, else the one nearest to the speech's day."""
    if day.year:
        return day.on(day.year)
    spoken = document.day
    if spoken is None:
        return None
    near = [found for year in (spoken.year - 1, spoken.year, spoken.year + 1) if (found := day.on(year))]
    return min(near, key=lambda one: abs((one - spoken).days), default=None)


def _said(day: date, year: bool = False) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


# ── what does not exist ───────────────────────────────────────────────────────────────────────


def _impossible(document: Document) -> Iterator[Found]:
    text = document.once(half)
    for day in document.once(days):
        if not 1 <= day.month <= 12:
            why = "一年只有12个月"
        elif not 1 <= day.day <= _LENGTHS[day.month - 1]:
            why = f"{day.month}月没有{day.day}日"
        elif (day.month, day.day) == (2, 29) and day.year and day.on(day.year) is None:
            why = f"{day.year}年2月只有28日"
        elif (day.month, day.day) == (2, 29) and not day.year and document.day and _near(day, document) is None:
            why = f"{document.day.year}年2月只有28日"
        else:
            continue
        yield "不存在", Hit(day.start, day.end, {"述": document.text[day.start : day.end], "因": why})
    known = {day.start for day in document.once(days)}
    for match in patterns.compiled("月(?<=[0-9]月)(?<!1[0-2]月)(?<![^0-9][1-9]月)(?![龄嫂])").finditer(text):
        number = patterns.compiled(r"(?<![0-9.])(?:1[3-9]|[2-9][0-9]|0?0)$").search(
            text[max(0, match.start() - 4) : match.start()]
        )
        start = match.start() - len(number[0]) if number else 0
        if number and not any(at in known for at in range(start - 5, start + 1)):
            yield "不存在", Hit(start, match.end(), {"述": text[start : match.end()], "因": "一年只有12个月"})
    clock = patterns.compiled(
        r"(?P<hour>[0-9]{1,2})(?:[:：](?P<minute>[0-9]{2})(?![0-9:：])|[时点](?P<part>[0-9]{1,2})分"
        r"|时(?=[至前后，。、；）整许]|以前|之前|起)|点(?=钟|整|前|半|以前|之前))"
    )
    for match in _from_hours(document, clock):
        hour, minute = int(match["hour"]), int(match["minute"] or match["part"] or 0)
        if (hour > 24 or minute > 59 or (hour == 24 and minute)) and text[
            match.start() - 1 : match.start()
        ] not in tuple("0123456789.:：/"):
            if match["minute"] and (
                hour > 30
                or not patterns.compiled("[上下]午|晚|凌晨|早|时间|[0-9]日|至|前|后|起").search(
                    text[max(0, match.start() - 8) : match.end() + 3]
                )
            ):
                continue  # 3:1, 比分
            why = "一天只有24小时" if hour > 23 and not (minute > 59 and hour < 24) else "一小时只有60分钟"
            yield "不存在", Hit(match.start(), match.end(), {"述": match[0], "因": why})


def _hours(document: Document) -> list[int]:
    """Where a number of one or two digits begins that a colon, 时 or 点 follows."""
    text = document.once(half)
    signs = [match.start() for match in patterns.compiled("[:：时点](?<=[0-9].)").finditer(text)]
    return [sign - 1 - text[max(0, sign - 2)].isdecimal() * (sign > 1) for sign in signs]


def _from_hours(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with an hour, none within another."""
    end = 0
    for start in document.once(_hours):
        match = pattern.match(document.once(half), start) if start >= end else None
        if match:
            yield match
            end = match.end()


# ── weekdays ──────────────────────────────────────────────────────────────────────────────────


def _weekdays(document: Document) -> Iterator[Found]:
    text = document.text
    for day in document.once(days):
        after = patterns.compiled(
            r"[，,]?[（(]?(?:也?就?是)?(?:本周|下周|上周)?(?P<word>(?:星期|周|礼拜)(?P<week>[一二三四五六日天]))(?![年月岁期])"
        ).match(text, day.end)
        before = patterns.compiled(
            r"(?P<word>(?:星期|周|礼拜)(?P<week>[一二三四五六日天]))[（(，,]?(?:即|也就是)?$"
        ).search(
            text[max(0, day.start - 8) : day.start],
        )
        match = after or before
        if match is None:
            continue
        when = _near(day, document)
        if when is None or _WEEKDAYS[when.weekday()] == match["week"].replace("天", "日"):
            continue
        right = match["word"][:-1] + _WEEKDAYS[when.weekday()]
        shift = 0 if after else max(0, day.start - 8)
        values = {"述": match["word"], "算": right, "日": _said(when, True)}
        yield "星期", Hit(match.start("word") + shift, match.end("word") + shift, values, right)


# ── the lunar calendar and festivals ──────────────────────────────────────────────────────────

_LUNAR = (
    "(?:农历|阴历)?(?P<month>闰?(?:正|冬|腊|[二三四五六七八九十]|十[一二]))月"
    "(?P<day>初[一二三四五六七八九十]|(?:二?十|廿)[一二三四五六七八九]?|三十)"
)
_LINK = (
    "[，,]?(?:[（(]|[，,]?(?:也?就?是|即|为|正是|正值|在|恰逢|逢|适逢)|、)?(?:公历|阳历|农历|今年的?|明年的?)?[）)]?"
)


def _lunar(document: Document) -> Iterator[Found]:
    text = document.text
    every = document.once(days)
    for sign in patterns.compiled("月[初十廿二三]").finditer(text):
        head = patterns.compiled("(?:农历|阴历)?闰?(?:正|冬|腊|十[一二]|[二三四五六七八九十])$").search(
            text[max(0, sign.start() - 5) : sign.start()],
        )
        match = patterns.compiled(_LUNAR).match(text, sign.start() - len(head[0])) if head else None
        if match is None:
            continue
        day = next((d for d in every if _adjoin(text, (d.start, d.end), match.span())), None)
        if (
            day is None
            or day.start <= match.start() < day.end
            or (day.start >= match.start() and day.start < match.end())
        ):
            continue
        if not patterns.compiled("农历|阴历|腊|正|冬|闰").match(match[0]) and match["day"][0] not in "初廿":
            continue
        when = _near(day, document)
        if when is None:
            continue
        right = holidays.lunar_text(when).removeprefix("农历")
        if _same_lunar(right, match["month"] + "月" + match["day"]):
            continue
        yield (
            "农历",
            Hit(
                match.start(),
                match.end(),
                {"述": match[0], "算": right, "日": _said(when, True)},
                match[0][: 2 * match[0].startswith(("农历", "阴历"))] + right,
            ),
        )


def _same_lunar(one: str, other: str) -> bool:
    plain = [text.replace("冬月", "十一月").replace("十二月", "腊月").replace("廿", "二十") for text in (one, other)]
    return plain[0] == plain[1]


def _adjoin(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches stand side by side, a bracket or 是 between them."""
    first, second = sorted((one, other))
    between = text[first[1] : second[0]]
    return (
        first[1] <= second[0]
        and len(between) <= 6
        and bool(patterns.compiled(_LINK).fullmatch(between))
        and between != "、"
    )


_FESTIVALS = {
    "元旦": "元旦", "除夕": "除夕", "春节": "春节", "大年初一": "春节", "元宵": "元宵", "清明": "清明",
    "劳动节": "五一", "端午": "端午", "中秋": "中秋", "国庆": "国庆", "重阳": "重阳", "正月初一": "春节",
    "年三十": "除夕", "大年三十": "除夕", "除夕夜": "除夕", "大年夜": "除夕", "过年": "春节",
}  # fmt: skip
_TERMS = [
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
    "冬至",
    "小寒",
    "大寒",
]


def _festivals(document: Document) -> Iterator[Found]:
    text = document.text
    names = "|".join(sorted((*_FESTIVALS, *_TERMS, "腊八", "小年"), key=len, reverse=True))
    for day in document.once(days):
        after = patterns.compiled(
            rf"(?:[（(]|[，,]?(?:也?就?是|即|为|正是|正值|恰逢|适逢|是农历)|，农历)?(?:今年的?|明年的?|我国|传统)?(?P<name>{names})(?:节|佳节)?(?P<end>[）)，,。；;、\n]|当[天日晚]|期间|前后|放假|的?(?:夜|晚|早|白天|凌晨|傍晚|零点|上午|下午|这[天晚日]|那[天晚日])|$)"
        ).match(text, day.end)
        head = text[max(0, day.start - 12) : day.start]
        before = patterns.compiled(
            rf"(?P<name>{names})(?:节|佳节|当[晚天日]|夜)?(?:[（(]|是|在|为|即|（即|（公历|[（，]农历.{{2,5}}，|)$"
        ).search(head)
        match = after or before
        if match is None:
            continue
        if after and patterns.compiled("至|到|—|-|前").match(text[after.end("name") : after.end("name") + 1]):
            continue
        bare = before is not None and text[before.end("name") + max(0, day.start - 12) : day.start] == ""
        if match["name"] in _WEATHER and (bare or after is not None) and text[day.end : day.end + 1] not in "（(":
            continue
        if bare and after is None and text[day.end : day.end + 1] in ("前", "起", "以", "之"):
            continue
        if text[day.end : day.end + 1] in "至到—-~～" and text[day.end : day.end + 1]:
            continue
        when = _near(day, document)
        if when is None:
            continue
        right = _festival_day(match["name"], when.year)
        if right is None or (abs((right - when).days) > 90 and not day.year):
            continue
        if right != when and not (match["name"] == "小年" and when == right + timedelta(days=1)):
            values = {
                "名": match["name"],
                "述": text[day.start : day.end],
                "算": _said(right, bool(day.year)),
                "年": str(when.year),
            }
            yield "节日", Hit(day.start, day.end, values, _said(right, bool(day.year)))


_OTHER_DAYS = ("腊八", "小年", "高考", "年底", "年末")
_WEATHER = ("大雪", "小雪", "雨水", "霜降", "白露")  # 12月8日大雪，交通受阻


def _festival_day(name: str, year: int) -> date | None:
    if name in ("年底", "年末", "高考"):
        return date(year, 6, 7) if name == "高考" else date(year, 12, 31)
    if name in ("腊八", "小年"):
        eve = _festival_day("除夕", year)
        last = 30 if eve and holidays.lunar_text(eve).endswith("三十") else 29
        return eve - timedelta(days=last - (8 if name == "腊八" else 23)) if eve else None
    if name in _FESTIVALS:
        return {festival.name: festival.day for festival in holidays.festivals(year)}[_FESTIVALS[name]]
    from lunar_python import Solar  # late: only 冬至 and the like need it

    table = Solar.fromYmd(year, 7, 1).getLunar().getJieQiTable()  # from the 冬至 before the year to the one in it
    day = table["DONG_ZHI" if name == "冬至" else name]
    return date(day.getYear(), day.getMonth(), day.getDay())


def _countdowns(document: Document) -> Iterator[Found]:
    """离春节还有20天, told on the day of the speech."""
    spoken = document.day
    if spoken is None or "天" not in document.text:
        return
    text = document.once(half)
    names = "|".join((*_FESTIVALS, *_OTHER_DAYS))
    count = rf"(?P<rough>不到|不足|近|约|大约)?(?P<count>[0-9]{{1,3}}|{_HAN})(?P<more>多|余|来)?天"
    for pattern in (
        rf"[距离]离?(?:20[0-9]{{2}}年|今年|明年)?的?(?P<name>{names})节?(?:佳节|假期)?[，,]?(?:已经?|就|也|大约)?(?:还有|还剩|只有|只剩|仅有|仅剩|不到|不足|有)(?:下)?(?:短短|整整)?{count}",
        rf"(?<![距离年前后])(?P<name>{names})节?(?:还有|还剩|只有|只剩|仅剩)(?:下)?{count}",
        rf"[还再][有过]{count}(?:，|左右)?(?:就是|就到|就要到|便是|即将迎来|就要过|就将迎来|将迎来|就迎来)(?:了)?(?:20[0-9]{{2}}年|今年|明年)?的?(?P<name>{names})",
    ):
        for match in _matches(document, patterns.compiled(pattern)):
            target = next(
                (
                    day
                    for year in (spoken.year, spoken.year + 1)
                    if (day := _festival_day(match["name"], year)) and day >= spoken
                ),
                None,
            )
            said = _value(match["count"])
            if target is None or not said:
                continue
            real = (target - spoken).days
            under = match["rough"] in ("不到", "不足", "近") or match[0][
                : match.start("count") - match.start()
            ].endswith(("不到", "不足"))
            if match["more"]:
                fits = said <= real < said + (10 if said % 10 == 0 else 2)
            elif under:
                fits = said - 10 <= real <= said
            elif match["rough"]:
                fits = abs(real - said) <= 3
            else:
                fits = abs(real - said) <= 1
            if not fits:
                start, end = match.start("count"), match.end()
                if "天" not in match[0][-1:]:
                    end = text.index("天", match.end("count")) + 1
                values = {
                    "名": match["name"],
                    "述": text[start:end],
                    "算": f"{real}天",
                    "日": _said(target, True),
                    "今": _said(spoken, True),
                }
                yield "倒计时", Hit(start, end, values, f"{real}天")


# ── deadlines and periods ─────────────────────────────────────────────────────────────────────

_PAST = patterns.compiled(
    "已|曾|此前|当时|了[，。；]|去年|上年|没有|未|逾期|仍|原定|原要求|本应|本该|下发|召开|截至|受理|发生|接到|检查出|出台|还没|至今|印发|原计划|[成报改交开送改结毕完]了|推迟|上个?月|上次|上回|上周|原先|(?:通知|文件|方案|会议|曾经)要求|报送的|提交的|完成的|到位的"
)
_OVER = patterns.compiled(
    "已(?!经?逾期)|曾|至今|仍[未没有]|还没|了[，。；]|结果|还有.{0,8}[没未]"
)  # in the words after those
_FUTURE = patterns.compiled(
    "完成|务必|必须|确保|报送|上报|整改|办结|到位|要|报|清零|落实|实现|销号|付清|兑付|交|备齐|改完|拿出|开工|启动|建成|投入|投用|说明|说清|形成|制定|兑现|拆除|走完|走到|查完|清理|摸清|备好|排完|关停|搬离|签订|明确|组织|开展|通车|入住|安装|拨付|发放|汇总|反馈|移交|修订|完毕|挂牌|停产|停业|整顿|停用|更换|换|关闭|收齐|发|消号|搬"
)


def _deadlines(document: Document) -> Iterator[Found]:
    """12月10日前完成, said on 24 December."""
    spoken = document.day
    if spoken is None:
        return
    text = document.once(half)
    stated = [
        (day, day.start, match.end())
        for day in document.once(days)
        if (match := patterns.compiled("[之以]?前").match(text, day.end))
    ]
    named = patterns.compiled(
        rf"(?:(?P<year>{_YEAR})年)?(?<![0-9至到—~-])(?P<month>{_NUMBER})月(?P<part>底|末|上旬|中旬|下旬|份)?[之以]?前"
    )
    for sign in patterns.compiled("月(?:底|末|上旬|中旬|下旬|份)?[之以]?前").finditer(text):
        head = _before_month().search(text[max(0, sign.start() - 10) : sign.start()])
        found = named.match(text, sign.start() - len(head[0])) if head else None
        if found is None:
            continue
        month = _value(found["month"])
        if 1 <= month <= 12 and not text[found.start() - 1 : found.start()].isdecimal():
            last = {"上旬": 10, "中旬": 20}.get(found["part"] or "", _LENGTHS[month - 1] - (month == 2))
            year = _year_value(found["year"]) if found["year"] else 0
            stated.append((Day(found.start(), found.end(), year, month, last), found.start(), found.end()))
    for day, start, end in stated:  # all of them deadlines
        due = day.on(spoken.year)
        if due is None or due >= spoken:
            continue
        if not day.year and (spoken - due).days > 180:
            continue  # a January day of a December meeting
        begin = document.sentence_at(start)[0]
        before = patterns.compiled("[，,；;]").split(text[max(begin, start - 40) : start])[-1][-20:]
        rest = text[end : end + 24].partition("。")[0]
        first = patterns.compiled("[，,；;]").split(rest)[0]
        if (
            _PAST.search((before + first).replace("逾期的", ""))
            or _OVER.search(rest)
            or first.endswith("的")
            or not (_FUTURE.search(rest) or patterns.compiled("务必|必须|确保|须|限[为是]?$|力争|请|要").search(before))
            or patterns.compiled("年|月").search(text[end : end + 3])
        ):
            continue
        if text[max(0, start - 1) : start] in ("《", "“"):
            continue
        values = {"述": document.text[start:end], "日": _said(spoken, True), "算": _said(due, True)}
        yield "期限已过", Hit(start, end, values)


# ── periods that are not over ─────────────────────────────────────────────────────────────────

_COUNTED = patterns.compiled(
    "发生|完成|受理|排查|[^公]共|累计|同比|增长|下降|上升|达到?[0-9]|实现|接报|查处|办理|接待|新增|立案|收入|支出|已|处置|整改|开展|培训|化解|增加|减少"
)
_TALLY = patterns.compiled("[0-9](?:[万亿]?(?:元|吨|人次?|户次?|批次|件次?|起|家|处|宗|例|亩|公里|辆|台|场))")
_NOT_YET = patterns.compiled(
    "力争|预计|计划|确保|目标|将|争取|每月|每季|安排|时间|为期|重点|任务|拟|预期|预测|要|务必|必须|去年|上年|前年|规划|第[一二三]阶段|实施|届时|有望"
)


@cache
def _period_end() -> re.Pattern[str]:
    year = rf"(?:(?P<year>{_YEAR})年|(?P<this>今年|本年|今年以来))?"
    return patterns.compiled(
        rf"{year}[，,]?(?:(?:1|一|元)(?:月份?)?(?:—{{1,2}}|-{{1,2}}|–|~|～|至|到)(?P<to>{_NUMBER})月份?"
        rf"|前(?P<months>{_NUMBER})个月|(?P<part>上半年|前三季度|前3季度|一季度))(?!前|底前|末前|以前|之前|[至到—–-])"
        rf"|截至(?:今年|目前|(?P<year2>{_YEAR})年)?(?P<until>{_NUMBER})月(?:(?P<day>{_NUMBER})日|底|末|份)?(?!前|底前|以前|之前)"
    )


def _unfinished(document: Document) -> Iterator[Found]:
    """1—12月发生事故7起, told in November."""
    spoken = document.day
    if spoken is None:
        return
    text = document.once(half)
    if not any(word in text for word in ("月", "上半年", "季度")):
        return
    for match in _matches(document, _period_end()):
        start, end = match.span()
        if text[start - 1 : start].isdecimal() or text[max(0, start - 2) : start] in ("去年", "上年", "前年", "明年"):
            continue
        if text[start - 1 : start] == "提":
            continue  # 提前3个月
        typed = match["to"] or match["months"] or match["until"]
        part = match["part"]
        month = _value(typed) if typed else {"上半年": 6, "一季度": 3}.get(part or "", 9)
        written = match["year"] or match["year2"]
        if not 1 <= month <= 12 or (match["months"] and not typed):
            continue
        year = _year_value(written) if written else spoken.year
        if not written and not match["this"] and spoken.month <= 3 and month > 3:
            continue  # of the year before
        length = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        of_month = _value(match["day"]) if match["day"] else length
        if not 1 <= of_month <= length:
            continue
        last = date(year, month, of_month)
        allowed = 0 if match["day"] else 9 if part or last.month == spoken.month else 0
        if year != spoken.year or (last - spoken).days <= allowed:
            continue
        begin, stop = document.sentence_at(start)
        rest = text[end : min(stop, end + 40)]
        figure = patterns.compiled("[0-9一二三四五六七八九十百]").search(rest)
        clause = rest[: figure.end()] + patterns.compiled("[，。；]").split(rest[figure.end() :])[0] if figure else ""
        before = patterns.compiled("[，,；;]").split(text[max(begin, start - 16) : start])[-1]
        if (
            not figure
            or not (_COUNTED.search(clause) or _TALLY.search(clause))
            or _NOT_YET.search(clause)
            or _NOT_YET.search(before)
        ):
            continue
        values = {"述": document.text[start:end].strip("，,"), "日": _said(spoken, True), "算": _said(last, True)}
        yield "统计期未到", Hit(start, start + len(values["述"]), values)


_TO = r"\s*(?:至|到|—{1,2}|-{1,2}|–|~|～)\s*"
_NEXT = patterns.compiled("次年|翌年|明年|第二年|来年|后年")


def _periods(document: Document) -> Iterator[Found]:
    """12月25日至12月20日; 2026年11—1月; 2026—2024年."""
    text = document.once(half)
    every = document.once(days)
    link = patterns.compiled(_TO)
    by_start = {day.start: day for day in every}
    short = patterns.compiled(rf"{_TO}(?P<day>[0-9]{{1,2}})[日号]")
    for first in every:
        match = link.match(text, first.end)
        second = by_start.get(match.end()) if match else None
        if second is None:
            brief = short.match(text, first.end)
            if brief is None:
                continue
            second = Day(first.end, brief.end(), first.year, first.month, int(brief["day"]))
        year = first.year or 2000
        begin, end = first.on(year), second.on(second.year or year)
        if begin is None or end is None or end >= begin:
            continue
        crosses = not second.year and first.month - second.month >= 6  # 12月25日至1月5日
        if crosses or (second.year and not first.year):
            continue
        yield "起止颠倒", Hit(first.start, second.end, {"述": document.text[first.start : second.end]})
    months = rf"年(?P<first>[0-9]{{1,2}})月?{_TO}(?P<next>{_NEXT.pattern})?(?P<last>[0-9]{{1,2}})月(?!前|底前)(?![0-9])"
    for match in patterns.compiled(months).finditer(text):
        written = patterns.compiled(_YEAR + "$").search(text[max(0, match.start() - 4) : match.start()])
        if written and not match["next"] and 12 >= int(match["first"]) > int(match["last"]):
            start = match.start() - 4
            yield "起止颠倒", Hit(start, match.end(), {"述": document.text[start : match.end()]})
    for match in patterns.compiled(rf"(?P<first>20[0-9]{{2}})年?{_TO}(?P<last>20[0-9]{{2}})年").finditer(text):
        if int(match["first"]) > int(match["last"]) and not text[match.start() - 1 : match.start()].isdecimal():
            yield "起止颠倒", Hit(match.start(), match.end(), {"述": document.text[match.start() : match.end()]})
    hours = rf"(?P<first>[0-9]{{1,2}})(?:[:：][0-9]{{2}}|时|点){_TO}(?P<last>[0-9]{{1,2}})(?:[:：][0-9]{{2}}|时|点)"
    for match in _from_hours(document, patterns.compiled(hours)):
        if (
            20 >= int(match["first"]) > int(match["last"]) >= 7
            and not text[match.start() - 1 : match.start()].isdecimal()
        ):
            yield "起止颠倒", Hit(match.start(), match.end(), {"述": document.text[match.start() : match.end()]})


# ── years ─────────────────────────────────────────────────────────────────────────────────────

_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}


@cache
def _year_after_word() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<word>[今本去上前明来后]年)(?:[（(](?:即|也就是)?|，?(?:即|也就是|就是|是)|)(?P<year>{_YEAR})(?P<sign>年|[）)])"
    )


def _year_words(document: Document) -> Iterator[Found]:
    """去年（2024年） in a speech of 2026; without a date, against what the speech itself calls 今年."""
    text = document.once(half)
    told = []
    words = "|".join(_OFFSETS)
    for match in _matches(document, _year_after_word()):
        if not patterns.compiled("(?:至|到|—|-|以来|之)").match(text[match.end() : match.end() + 2]):
            told.append((match["word"], _year_value(match["year"]), match.start("year"), match.end("year")))
    for match in patterns.compiled(
        rf"年(?:[（(，]?(?:即|也就是|就是|是)?(?P<word>{words})[）)]|是(?P<is>今年|去年|明年))"
    ).finditer(text):
        written = patterns.compiled(_YEAR + "$").search(text[max(0, match.start() - 4) : match.start()])
        if written:
            told.append((match["word"] or match["is"], _year_value(written[0]), match.start() - 4, match.start()))
    this = document.day.year if document.day else next((year - _OFFSETS[word] for word, year, _, _ in told), 0)
    for word, year, start, end in told:
        right = this + _OFFSETS[word]
        if year != right:
            values = {"名": word, "述": f"{year}年", "算": f"{right}年", "今": f"{this}年"}
            yield "年份称呼", Hit(start, end, values, str(right))


def _year_said(document: Document, start: int, end: int) -> int:
    """The year that a sentence speaks of just before ``start``: written, or 今年 of the speech; 0 when unknown."""
    begin, _ = document.sentence_at(start)
    head = document.once(half)[max(begin, start - 80) : start]
    near = list(patterns.compiled(rf"(?P<year>{_YEAR})年|(?P<word>今年|明年|去年|后年|前年)").finditer(head))
    if not near:
        return 0
    last = near[-1]
    if last["year"]:
        return _year_value(last["year"])
    return document.day.year + _OFFSETS[last["word"]] if document.day else 0


_ORDER = {"开局之年": 0, "开局年": 0, "起步之年": 0, "第一年": 0, "首年": 0, "第二年": 1, "第三年": 2, "第四年": 3,
          "第五年": 4,
          "收官之年": 4, "收官年": 4, "最后一年": 4, "末年": 4, "收尾之年": 4}  # fmt: skip


def _plans(document: Document) -> Iterator[Found]:
    """The years of a five-year plan: 十四五 is 2021–2025."""
    text = document.once(half)
    plan = patterns.compiled(
        r"(?:[“\"]?十(?P<plan>[一二三四五六七])五[”\"]?(?:规划)?|第十(?P<long>[一二三四五六七])个五年(?:规划|计划))"
    )
    for sign in patterns.compiled("十[一二三四五六七](?:五|个五年)").finditer(text):
        match = plan.match(
            text, max(0, sign.start() - (text[max(0, sign.start() - 1) : sign.start()] in ("“", '"', "第")))
        )
        if match is None:
            continue
        number = "一二三四五六七".index(match["plan"] or match["long"]) + 11
        first = 1951 + 5 * number
        name = patterns.compiled('[“”"]|规划|计划').sub("", match[0])
        years = patterns.compiled(
            rf"(?:时期|期间|规划)*[（(，]?(?:即)?(?P<a>20[0-9]{{2}})年?{_TO}(?P<b>20[0-9]{{2}})年?"
        ).match(text, match.end())
        if years and (int(years["a"]), int(years["b"])) != (first, first + 4):
            right = f"{first}—{first + 4}年"
            yield (
                "规划",
                Hit(
                    years.start("a"),
                    years.end(),
                    {"名": name, "述": years[0][years.start("a") - years.start() :], "算": right},
                    right,
                ),
            )
            continue
        order = patterns.compiled(rf"(?:时期|规划)?(?:的|实施的|建设的|发展的)?(?P<order>{'|'.join(_ORDER)})").match(
            text, match.end()
        )
        if order is None:
            continue
        said = _year_said(document, match.start(), order.end())
        behind = patterns.compiled(rf"[（(]?(?P<year>{_YEAR})年?[）)]").match(text, order.end())
        if behind:
            said = _year_value(behind["year"])
        between = text[max(document.sentence_at(match.start())[0], match.start() - 60) : match.start()]
        right_year = first + _ORDER[order["order"]]
        if (
            said
            and said != right_year
            and patterns.compiled(r"(?:年|是|为|作为|也是|又是|既是|[，、和及与])[^，。；]{0,6}$").search(between)
            and abs(said - right_year) <= 6
        ):
            if not behind and not patterns.compiled(
                r"(?:年|今年|明年|去年)(?:是|为|作为|既是|，是|也是)?[^0-9。；]{0,30}$"
            ).search(between):
                continue
            values = {"名": name, "述": order["order"], "算": f"{right_year}年", "今": f"{said}年"}
            yield "规划", Hit(match.start(), order.end(), values)


_EVENTS = (
    (1921, "建党|中国共产党成立|中国共产党建党|中国共产党诞生|建党节"),
    (1949, "新中国成立|建国|中华人民共和国成立|新中国建立|中华人民共和国建国|人民政协成立|中国人民政治协商会议成立"),
    (1927, "建军|中国人民解放军建军|人民军队建军|中国人民解放军成立"),
    (1945, "抗战胜利|抗日战争胜利|反法西斯战争胜利|抗日战争暨世界反法西斯战争胜利"),
    (1936, "长征胜利"),
    (1978, "改革开放"),
    (1919, "五四运动"),
    (1922, "建团|共青团成立|中国共产主义青年团成立"),
    (1997, "香港回归|香港回归祖国"),
    (1999, "澳门回归|澳门回归祖国"),
    (1911, "辛亥革命"),
    (1951, "西藏和平解放"),
    (1953, "抗美援朝战争胜利|抗美援朝胜利"),
    (1954, "人民代表大会制度建立|全国人民代表大会成立"),
    (1893, "毛泽东同志诞辰|毛泽东诞辰"),
    (1898, "周恩来同志诞辰|周恩来诞辰"),
    (1904, "邓小平同志诞辰|邓小平诞辰"),
)  # fmt: skip


def _anniversaries(document: Document) -> Iterator[Found]:
    """建党104周年 in 2026."""
    text = document.once(half)
    number = patterns.compiled("(?P<count>[0-9]{2,3}|[一二三四五六七八九十百零〇]{2,5})周年")
    for sign in patterns.compiled("周年").finditer(text):
        digits = patterns.compiled("(?:[0-9]{2,3}|[一二三四五六七八九十百零〇]{2,5})$").search(
            text[max(0, sign.start() - 5) : sign.start()]
        )
        match = number.match(text, sign.start() - len(digits[0])) if digits else None
        if match is None:
            continue
        head = text[max(0, match.start() - 24) : match.start()]
        year = next((year for year, names in _EVENTS if patterns.compiled(rf"(?:{names})$").search(head)), 0)
        count = _value(match["count"])
        if not year or not count:
            continue
        after = text[match.end() : match.end() + 12]
        begin, end = document.sentence_at(match.start())
        sentence = text[max(begin, match.start() - 100) : min(end, match.end() + 60)]
        if (
            patterns.compiled("[^，。；]{0,6}(?:大会|讲话|活动上|时[，的]|纪念日阅兵|阅兵)").match(after)
            or "讲话" in sentence
        ):
            continue
        said = _year_said(document, match.start(), match.end()) or (document.day.year if document.day else 0)
        now = patterns.compiled("今年|明年|即将|迎来|喜迎|献礼|迎接|之际|庆祝|纪念").search(sentence)
        past = patterns.compiled("过去|五年来|这五年|回顾|去年|先后|圆满|成功|举办了|开展了").search(sentence)
        if not said or not now or past or (count % 5 == 0 and "今年" not in sentence):
            continue
        right = said - year
        if count != right and abs(count - right) <= 4:
            values = {"述": f"{match['count']}周年", "算": f"{right}周年", "今": f"{said}年", "始": f"{year}年"}
            yield "周年", Hit(match.start(), match.end(), values, f"{right}周年")


_QUARTERS = {
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12), "上半年": (1, 6), "下半年": (7, 12),
    "前三季度": (1, 9), "前两季度": (1, 6), "全年": (1, 12),
}  # fmt: skip


@cache
def _months_of_quarter() -> re.Pattern[str]:
    names = "|".join(sorted(_QUARTERS, key=len, reverse=True))
    return patterns.compiled(
        rf"(?P<name>{names})[（(](?:即)?(?P<a>[0-9]{{1,2}})月?{_TO}(?P<b>[0-9]{{1,2}})月(?:份)?[）)]"
    )


def _quarters(document: Document) -> Iterator[Found]:
    """上半年（1—7月）."""
    for match in _matches(document, _months_of_quarter()):
        first, last = _QUARTERS[match["name"]]
        if (int(match["a"]), int(match["b"])) != (first, last):
            start, end = match.start("a"), match.end() - 1
            right = f"{first}—{last}月"
            yield "季度月份", Hit(start, end, {"名": match["name"], "述": document.text[start:end], "算": right}, right)


# ── the checks ────────────────────────────────────────────────────────────────────────────────


def _of(look: str, document: Document, rule: Rule) -> Iterator[Hit]:
    return (hit for name, hit in document.once(found) if name == look)


def _patterns() -> list[re.Pattern[str]]:
    return [_period_end(), _year_after_word(), _months_of_quarter()]


def _check(look: str, *values: str) -> Check:
    find: Callable[[Document, Rule], Iterable[Hit]] = partial(_of, look)
    return Check(find, values=values, patterns=_patterns)


CHECKS = {
    "不存在": _check("不存在", "述", "因"),
    "星期": _check("星期", "述", "算", "日"),
    "农历": _check("农历", "述", "算", "日"),
    "节日": _check("节日", "名", "述", "算", "年"),
    "倒计时": _check("倒计时", "名", "述", "算", "日", "今"),
    "期限已过": _check("期限已过", "述", "日", "算"),
    "起止颠倒": _check("起止颠倒", "述"),
    "统计期未到": _check("统计期未到", "述", "日", "算"),
    "年份称呼": _check("年份称呼", "名", "述", "算", "今"),
    "规划": _check("规划", "名", "述", "算", "今"),
    "周年": _check("周年", "述", "算", "今", "始"),
    "季度月份": _check("季度月份", "名", "述", "算"),
}
