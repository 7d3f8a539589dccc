"""Figures and dates: what a secretary types into plain data, and back into words for a speech.

Everything is a pure function on plain data, exact (`Decimal` in, `Fraction` between, never float),
and total: a `say_` function never raises and returns ``""`` for what cannot be said honestly (a figure
that is missing, negative, not finite, of another unit; a per cent of zero). Rules of saying come from
the field guide: a base under 20 is compared by its absolute change, never by per cent; a change of
rates is told in 个百分点; a verb never contradicts the figures and no minus sign is ever written.

Units: a leading 万, 亿 … of a unit is a scale, so 1.2万人 and 9800人 compare (12000 with 9800 人).
个 and 项, 批次 and 人次 are different units and are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from speechgen import patterns
from speechgen.model import Quantity, Reading

Direction = Literal["上升", "下降", "持平", "缺"]

LAST_YEAR = "比去年同期"
A_FEW = 2  # things by which a count under a hundred may change without a per cent worth telling
SMALL_BASE = 20  # field guide: under this, the absolute change, never per cent


def _words(text: str) -> tuple[str, ...]:
    """A list of words that is easy to read and to add to: parted by white space."""
    return tuple(text.split())


# ── words, as data ────────────────────────────────────────────────────────────────────────────

# Measure words of things and events: what 「这4家…」 can point back to.
_COUNTED = _words(
    """
    批次 人次 件次 户次 车次 架次 班次 场次 台次 辆次 家次 起次 台套 套 起 件 人 家 处 户 名 次 个 项 条 所 座 栋 幢
    间
    台 辆 艘 架 批 份 宗 笔 位 场 例 类 种 组 支 口 只 头 匹 株 棵 对 片 块 张 本 册 封 篇 枚 瓶 箱 袋 桶 根 盏 具 部
    """
)

# Units of time, money, size and rate: figures too, but nothing that 「这…」 points back to.
_MEASURED = _words(
    """
    元 美元 吨 公斤 千克 克 斤 平方公里 平方千米 平方米 立方米 立方 公里 千米 厘米 毫米 米 里 亩 公顷 升 毫升 千瓦时
    千瓦
    兆瓦 伏 度 摄氏度 ℃ 个小时 小时 分钟 秒 个工作日 工作日 个月 个季度 季度 个星期 星期 周年 年 月份 月 天 日 号 周
    时 点
    分 个百分点 百分点 倍 成 % ％ ‰ 级 期 层 楼 届 轮 代 版 步 遍 村 镇 乡 县 市 岁 列 门 单 颗 枚 强 大 微克 大卡
    mm cm km kg m
    """
)

# After a Chinese numeral only these make a figure: 三级联动, 两手抓, 三道防线, 十分 … are language.
_COUNTED_AFTER_HAN = _words(
    """
    批次 人次 件次 户次 车次 架次 班次 场次 台次 辆次 家次 起次 台套 套 起 件 人 家 处 户 名 次 个 项 条 所 座 栋 幢
    间
    台 辆 艘 架 批 份 宗 笔 位 场 例 类 种 组 支 元 美元 吨 公斤 公里 千米 米 亩 公顷 平方米 平方公里 立方米
    个小时 小时 分钟 秒钟 个工作日 工作日 个月 个季度 个星期 星期 周年 年 天 日 周 时 点 个百分点 百分点 倍 成 轮
    """
)

# Words in which such a measure word is the beginning of another word (三成为, 两时期): no figure.
_NOT_MEASURE = {
    "成": "为立员绩果效长功本都分套熟就",
    "时": "代期候段候间刻",
    "周": "边围末期到密",
    "点": "燃火名",
    "位": "置",
    "次": "序要生",
    "人": "民大",
}

# Fixed terms: numerals that belong to the language or to a name, not figures that somebody states.
# Idioms and everyday words; terms of the trade; names of days and meetings. Longest is tried first.
FIXED_TERMS = _words(
    """
    一把手 一岗双责 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 一要 二要 三要 四要 五要 六要 七要 八要 九要
    十要
    一件一件 一处一处 一户一户 一家一户 一家一家 一个一个 一项一项 一条一条 一人一策 一人一档 一户一策 一户一档
    一企一策 一事一策
    一案一策 一件一策 一家人 一条龙 一条心 一人多岗 一个劲 一个个 一件件 一项项 一条条 一处处 一户户 一家家 一个时期
    一个阶段 一个口子
    一个标准 一个声音 一个调子 一个不漏 一个不少 一个都不能少 一人不漏 一户不漏 一处不漏 一项不漏 一件不漏 一件事
    一起来 一起抓
    同一 统一 万一 唯一 单一 专一 一定 一些 一起 一线 一旦 一点 一道 一张 一盘 一律 一直 一般 一切 一致 一并 一同
    一样 一再 一方面
    一方 一手 一面 一边 一度 一时 一向 一贯 一心 一味 一体 一票 一级 一代 一流 一律 一次性 一月一调度 一月一通报
    一日一 一天一
    万无一失 千家万户 三令五申 百姓 千方百计 千辛万苦 千头万绪 千变万化 万众一心 万家灯火 百花齐放 百家争鸣 百年大计
    十年树木
    三天两头 三番五次 三五成群 三位一体 五位一体 三头六臂 三人成虎 三人行 十个指头 十天半月 十天半个月 十年如一日
    一年到头 一年之计
    四处奔走 四处奔波 四处打听 四处寻找 四处找 四处跑 四处碰壁 四处告 谣言四起 怨声四起 四周 两条腿 两条线 两点一线
    两位数 三点半课堂
    两个轮子 两个拳头 两件大事 一百个 三九天 三伏天 数九天 三年五载 一年两度 一日三餐 一日之计
    二次事故 二次伤害 二次灾害 二次污染 二次供水 二次装修 二次加压
    两节 两会 双节 四不两直 三管三必须 三个必须 四个意识 四个自信 四个全面 四个最严 两个确立 两个维护 两个责任
    三个责任人
    三个区分开来 两个至上 三个一 五个一 六个一 四个一 两个毫不动摇 八项规定 十五条硬措施 十五条措施 三年行动
    五年规划 五年计划
    十年禁渔 九年义务教育 两个市场 两种资源 二人转 两个清单 一办两所 十户联防 五户联保 双十一 十五五 十四五 十三五
    十六五
    十一假期 十一期间 十一黄金周 十一长假 五一 六一 七一 八一 三八 六一儿童节 二十四节气
    """
)

# 「24小时值班」 says round the clock; 「24小时内」 is a deadline and stays a figure.
_ROUND_THE_CLOCK = _words(
    "值班 值守 在岗 在位 专人 领导 不间断 待命 带班 畅通 轮班 巡查 巡逻 监控 监测 备勤 应急值 双人"
)


# ── how numbers are written ───────────────────────────────────────────────────────────────────

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  # full width to half

_HAN_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_WEEKDAYS = "一二三四五六日"

_SCALES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2}
_UNSCALED = ("千克", "千瓦", "千米", "千伏", "千卡", "千帕", "百分", "千分")  # 千 and 百 belong to the unit
_RATES = {
    "%": "个百分点", "‰": "个千分点", "个百分点": "个百分点", "百分点": "个百分点", "个千分点": "个千分点",
}  # fmt: skip
_GROWING = ("元", "吨", "千瓦时", "公斤", "千克")  # of amounts one says 增长, of events 上升
_STANDING = _words(
    "人 名 位 户 家 口 头 只 台 辆 艘 架 座 栋 幢 间 所"
)  # of people and things that stand or live: 增加

_DIGIT = "[0-9０-９]"
_ARABIC = rf"(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+(?!{_DIGIT})|{_DIGIT}+)(?:[.．]{_DIGIT}+)?"
_HAN = "[〇零一二两三四五六七八九十百千万亿]+"
_HAN_START = "[〇零一二两三四五六七八九十]"


def _half_width(text: str) -> str:
    """The text with full-width signs made half width; every character keeps its offset."""
    return text.translate(_HALF)


def _han_value(text: str) -> int | None:
    """The value of a Chinese numeral: 二十一, 三百零五, 两万三千.

    None for 三五 and 十五五 (no number), for 百 alone, and for spoken short forms (一百二 is not 102).
    """
    if len(text) > 20:  # no number that anybody writes
        return None
    for sign, size in _HAN_PLACES.items():
        head, found, tail = text.rpartition(sign)
        if not found:
            continue
        high = 1 if sign == "十" and not head else _han_value(head)
        low = _han_value(tail.lstrip("零〇")) if tail else 0
        if not high or low is None or low >= size or (size <= 1000 and high > 9):
            return None
        if tail and low < size // 10 and tail[0] not in "零〇":
            return None
        return high * size + low
    return _HAN_DIGITS.get(text)


def _number(text: str) -> Decimal | None:
    """The value of one number as typed, Arabic or Chinese."""
    if text[0] in "〇零一二两三四五六七八九十百千万亿":
        han = _han_value(text)
        return None if han is None else Decimal(han)
    return Decimal(patterns.compiled("[,，]").sub("", _half_width(text)))


# ── reading figures ───────────────────────────────────────────────────────────────────────────

_UNIT_SIGN = r"(?:(?![〇零一二两三四五六七八九十和])[A-Za-z%‰℃°㎡²³·\u3400-\u9fff])"
_TYPED_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_TYPED_UNIT = rf"(?:(?!/)(?:(?:\s*|/){_UNIT_SIGN})+)?"
_TYPED = patterns.compiled(
    rf"\s*(?P<number>{_TYPED_ARABIC}|{_HAN_START}{_HAN[:-1]}*)\s*(?P<unit>{_TYPED_UNIT})"
    rf"\s*(?:[和、](?=\s*(?:[0-9]|{_HAN_START})))?"
)
_NOT_A_UNIT = patterns.compiled(
    r"^(?:[多余来几约近不月日号时]|点$)|以上|以下|以内|以外|左右|上下|不足|同比|去年|上年|上升|下降|增长|减少|增加|持平|其中"
)
_PART = patterns.compiled(r"[;()]|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
_SLASH = patterns.compiled(rf"/(?=\s*(?:(?:去年|上年)?同期|去年|上年)?\s*(?:[0-9]|{_HAN_START}|[-—–]+\s*$))")
_LABELS = {
    "now": "今年 本年 今年以来",
    "before": "去年同期 上年同期 去年 上年 同期",
    "total": "共有 共计 总共 合计 一共 总数 总计 全部 共",
    "target": "年度目标 全年目标 目标任务 目标 年度任务 年度计划 计划 任务",
}
_LABEL_KINDS = {word: kind for kind, words in _LABELS.items() for word in words.split()}
_LABEL = patterns.compiled(
    rf"\s*(?P<word>{'|'.join(sorted(_LABEL_KINDS, key=len, reverse=True))})\s*(?:数?[为是])?\s*:?"
)
_MISSING = patterns.compiled(r"\s*[-—–]+\s*")


def _pieces(text: str) -> list[Quantity] | None:
    """The quantities that ``text`` consists of, one after the other; None when anything else is in it.

    Here alone a unit may be empty: that of 7/9起 is still to be taken from its neighbour.
    """
    half = _half_width(text)
    found: list[Quantity] = []
    start = 0
    while start < len(half):
        match = _TYPED.match(half, start)
        if match is None:
            return None
        unit = "".join(match["unit"].split())
        value = _number(match["number"])
        if value is None or len(unit) > 10 or (unit and _NOT_A_UNIT.search(unit)):
            return None
        if unit == "年" and value >= 1900:  # a year, not so many years
            return None
        typed = text[match.start("number") : match.end("unit")].strip()
        found.append(Quantity(value, unit, typed))
        start = match.end()
    return found or None


def read_quantity(text: str) -> Quantity | None:
    """One figure with its unit: 7起, 12.30亿元, 98.5％, 1,234 件, 1.2万人次, 两家.

    Out: value as typed (1.2 for 1.2万人), unit with its scale (万人), text as typed. None for anything that
    is not exactly one figure with a unit: a bare number, 约7起, 10余家, 3至5家, a minus, a date.
    """
    pieces = _pieces(text)
    if pieces is None or len(pieces) != 1 or not pieces[0].unit:
        return None
    return pieces[0]


def read_figure(text: str) -> Reading | None:
    """A line of 数据: 7起 / 9起 (this year / a year before), 41处，共43处, 12.6亿元，目标13亿元.

    A missing unit is taken from the other figure (7/9起). Pairs: 12批次86人次 / 15批次102人次, or each with its
    own slash. ``—`` after the slash means that the year before is not known. Labels understood: 去年(同期),
    共, 目标, 计划 …, with a comma or in brackets. None when the line cannot be read or cannot be true: units
    that do not compare (3000批次/4000人次), no unit at all, more done than there is.
    """
    stated = _stated(text)
    if stated is None:
        return None
    units = {piece.unit for _, piece in stated if piece.unit}
    if any(not piece.unit for _, piece in stated) and len(units) != 1:
        return None
    only = next(iter(units), "")
    slots: dict[str, dict[str, Quantity]] = {}
    for kind, piece in sorted(stated, key=lambda one: one[0] != "now"):
        text_ = piece.text if piece.unit else piece.text + only
        quantity = Quantity(piece.value, piece.unit or only, text_)
        base = _unit(quantity.unit)[1]
        if kind == "now":
            if base in slots:
                return None
            slots[base] = {"now": quantity}
        elif base not in slots or kind in slots[base]:
            return None
        else:
            slots[base][kind] = quantity
    readings = [
        Reading(slot["now"], slot.get("before"), slot.get("total"), slot.get("target")) for slot in slots.values()
    ]
    if not 1 <= len(readings) <= 2 or any(_overfull(reading) for reading in readings):
        return None
    first, *rest = readings
    if not rest:
        return first
    return Reading(first.now, first.before, first.total, first.target, rest[0])


def _overfull(reading: Reading) -> bool:
    pair = _pair(reading.now, reading.total)
    return pair is not None and pair[0] > pair[1]


def _stated(text: str) -> list[tuple[str, Quantity]] | None:
    """Every figure of a line with its kind (now, before, total, target), or None when one is unreadable."""
    half = _half_width(text)
    stated: list[tuple[str, Quantity]] = []
    cuts = [(-1, 0), *((m.start(), m.end()) for m in _PART.finditer(half)), (len(half), len(half))]
    for (_, start), (end, _) in pairwise(cuts):
        if not half[start:end].strip():
            continue
        sides = _SLASH.split(half[start:end])
        offset = start
        for number, side in enumerate(sides):
            kind = "now" if number == 0 else "before"
            label = _LABEL.match(side)
            if label:
                kind = _LABEL_KINDS[label["word"]]
            body_start = offset + (label.end() if label else 0)
            body = text[body_start : offset + len(side)]
            offset += len(side) + 1
            if number == 1 and _MISSING.fullmatch(half[body_start : offset - 1]):
                continue
            pieces = _pieces(body)
            if pieces is None or (len(sides) == 2 and kind != ("now", "before")[number]) or number > 1:
                return None
            stated.extend((kind, piece) for piece in pieces)
    return stated or None


# ── reading dates ─────────────────────────────────────────────────────────────────────────────

_HAN_YEAR = "[一二][〇零○一二三四五六七八九]{3}"
_DAY = patterns.compiled(
    rf"(?:(?P<year>[0-9]{{4}}|{_HAN_YEAR})年)?(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    rf"(?P<day>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]?(?:\((?:星期|周|礼拜)(?P<week>[一二三四五六日天])\))?(?:[之以]?前)?"
)
_ISO_DAY = patterns.compiled(r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})")


def read_day(text: str, year: int, after: date | None = None) -> date | None:
    """A day as typed: 2026-12-24, 12月24日, 12月24号, 2027年1月20日, 12月31日前, 12月24日（星期四）.

    A day without a year falls in ``year``, or, with ``after``, on its first return on or after that day (a
    January deadline of a December meeting). None when it is no day, the day does not exist (2月30日), or the
    weekday beside it is another one.
    """
    return _read_day(text, year, after, None)


def read_past_day(text: str, before: date) -> date | None:
    """Like `read_day`; a day without a year falls on or before ``before`` (the superior's meeting)."""
    return _read_day(text, before.year, None, before)


def _read_day(text: str, year: int, after: date | None, before: date | None) -> date | None:
    half = "".join(_half_width(text).split())
    match = _ISO_DAY.fullmatch(half) or _DAY.fullmatch(half)
    if match is None:
        return None
    month, day = _count(match["month"]), _count(match["day"])
    if month is None or day is None:
        return None
    if match["year"]:
        digits = match["year"].replace("○", "〇")
        year = int("".join(str(_HAN_DIGITS.get(char, char)) for char in digits))
    elif after is not None:
        year = after.year + ((month, day) < (after.month, after.day))
    elif before is not None:
        year = before.year - ((month, day) > (before.month, before.day))
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    week = match.groupdict().get("week")
    if week and _WEEKDAYS[found.weekday()] != week.replace("天", "日"):
        return None
    return found


def _count(text: str) -> int | None:
    number = _number(text)
    return None if number is None else int(number)


# ── finding figures in a sentence ─────────────────────────────────────────────────────────────


def _any(words: Iterable[str]) -> str:
    """An alternation that prefers the longest word."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _after_han() -> str:
    plain = [word for word in _COUNTED_AFTER_HAN if word not in _NOT_MEASURE]
    guarded = [f"{word}(?![{signs}])" for word, signs in _NOT_MEASURE.items() if word in _COUNTED_AFTER_HAN]
    return "|".join([_any(plain), *guarded])


_TO = r"\s*(?:[-—–~～至到]|——)\s*"
_MONTH_HAN = "(?:十[一二]?|[二三四五六七八九])"
_DAY_HAN = "[一二三四五六七八九十]{1,3}[日号]"
_YEAR_DAY = rf"{_DIGIT}{{4}}\s*年(?:\s*{_DIGIT}{{1,2}}\s*月(?:\s*{_DIGIT}{{1,2}}\s*[日号])?)?"
_ISO = rf"{_DIGIT}{{4}}(?P<iso>[-./]){_DIGIT}{{1,2}}(?P=iso){_DIGIT}{{1,2}}"
_MONTH_DAY = rf"{_DIGIT}{{1,2}}\s*月\s*{_DIGIT}{{1,2}}\s*[日号]"
_YEAR_DAY_HAN = rf"{_HAN_YEAR}年(?:(?:{_MONTH_HAN}|一)月(?:{_DAY_HAN})?)?"
_MONTH_DAY_HAN = rf"{_MONTH_HAN}月(?:{_DAY_HAN})?|一月(?:{_DAY_HAN}|(?!一))"
_CLOCK = rf"{_DIGIT}{{1,2}}[:：]{_DIGIT}{{2}}(?:[:：]{_DIGIT}{{2}})?(?!{_DIGIT})"
_HOUR_MINUTE = rf"{_DIGIT}{{1,2}}\s*[时点]\s*{_DIGIT}{{1,2}}\s*分"
_PART_OF = rf"[百千万]分之(?:{_ARABIC}|{_HAN})|[二三四五六七八九十]+分之{_HAN}"
_DEADLINE = "[一半]个?(?:小时|工作日|月|星期|周|天|日|年)[之以]?内|半个?小时|半个月"
_HAN_NUMBER = rf"{_HAN_START}{_HAN[:-1]}*|[百千][万亿]"


@cache
def _scan() -> re.Pattern[str]:
    """What a sentence is searched for, read from left to right; compiled when first wanted (start-up time).

    Groups: fixed (to be passed over), figure (dates, times, parts, ordinals), deadline, count (Arabic), han.
    """
    unit = _any(_COUNTED + _MEASURED)
    round_the_clock = rf"(?:24|２４|二十四)小时(?=(?:的|专人|实行)?(?:{_any(_ROUND_THE_CLOCK)}))"
    passed_over = [
        round_the_clock,
        rf"第\s*{_HAN}",
        rf"第\s*{_DIGIT}+\s*(?=[条款项章节编])",
        _any(FIXED_TERMS),
    ]
    ordinal = rf"第\s*{_ARABIC}\s*(?:{unit})?"
    figures = [
        _YEAR_DAY, _ISO, _MONTH_DAY, _YEAR_DAY_HAN, _MONTH_DAY_HAN, _CLOCK, _HOUR_MINUTE, _PART_OF, ordinal,
        rf"(?<!{_DIGIT}){_DIGIT}+/{_DIGIT}+",
    ]  # fmt: skip
    scale = f"(?:{_any(_SCALES)})"
    rough = rf"(?P<rough>(?:{_TO}{_ARABIC})?\s*[多余几来]?)"
    count = rf"(?P<number>{_ARABIC}){rough}\s*(?P<unit>{scale}?(?P<rest>[多余])?\s*(?:{unit})|万亿|亿|万)"
    han_rough = rf"(?P<han_rough>(?:[至到]{_HAN})?[多余几来]?)"
    han = rf"(?P<han_number>{_HAN_NUMBER}){han_rough}(?P<han_unit>{_after_han()})"
    return patterns.compiled(
        rf"(?P<fixed>{'|'.join(passed_over)})|(?P<figure>{'|'.join(figures)})"
        rf"|(?P<deadline>{_DEADLINE})"
        rf"|(?<![A-Za-z0-9０-９.．])(?P<count>{count})|(?P<han>{han})"
    )


_OPENING_QUOTES = "“‘「『《\"'"
_INEXACT_AFTER = patterns.compiled(r"\s*(?:以上|以下|以内|左右|上下|开外)")
# 一起 is "together" unless an event follows it.
_ONE_EVENT = patterns.compiled(
    r"一起(?=(?:较大|一般|重大|生产|道路|交通|刑事|治安|亡人)*(?:事故|案件|火灾|事件|纠纷|投诉|举报|违))"
)
_ONE_COUNTED = _words("家 处 户 名 所 座 栋 辆 台 人 件 个 条 项 批")


_VAGUE = "几数"  # 几十年, 数十家


def quantities(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets (code points, start and end) of every number with a unit and every date or time in ``text``.

    Arabic digits with a unit always count. Chinese numerals count from two upwards with a measure word, unless
    they open a quotation (“四个意识”), are ordinals (第三次) or stand in `FIXED_TERMS`; 一 with a measure word
    is language, except in a deadline (一小时内). Bare numbers (12345热线) have no unit and are not counted.
    """
    return tuple((match.start(), match.end()) for match in _scan().finditer(text) if _is_figure(match))


def _is_figure(match: re.Match[str]) -> bool:
    if match["fixed"] is not None:
        return False
    if match["han"] is None:
        return True
    if match.start() and match.string[match.start() - 1] in _OPENING_QUOTES + _VAGUE:
        return False
    if match["han_number"][0] in "百千":
        return True
    value = _han_value(match["han_number"])
    if match["han_rough"][:1] in ("至", "到"):
        return value is not None
    # 二次, 二级, 二元 rank; a count of two says 两. A day of the month may well be 二日.
    ranking = match["han_number"] == "二" and match["han_unit"] not in ("日", "人")
    return value is not None and value >= 2 and not ranking


def counts(text: str) -> tuple[Quantity | None, ...]:
    """The counts of things in a sentence, in order: 暗访9家夜间营业场所，4家安全出口上锁 → 9家, 4家.

    Dates, times, durations, money, sizes, per cents, ordinals, document and telephone numbers are no counts.
    None stands for one that is not exact (10余家, 3至5家, 5家以上).
    """
    found: list[Quantity | None] = []
    for kind, number, unit, exact, typed in _counts(text):
        value = _number(number)
        if kind and value is not None:
            found.append(Quantity(value, unit, typed) if exact else None)
    return tuple(found)


def last_quantity(text: str) -> Quantity | None:
    """The last of the `counts` of a sentence; None when there is none, or when the last one is not exact."""
    return next(reversed(counts(text)), None)


def _counts(text: str) -> Iterator[tuple[bool, str, str, bool, str]]:
    """Every count of things: whether it is one, its number, unit, whether exact, and the text of it."""
    for match in _scan().finditer(text):
        typed = match.group().strip()
        inexact = bool(_INEXACT_AFTER.match(text, match.end()))
        event = match["fixed"] and _ONE_EVENT.match(text, match.start())
        if event:
            yield True, "一", "起", not inexact, "一起"
        elif match["count"] is not None:
            unit = "".join(match["unit"].split())
            exact = not match["rough"].strip() and not match["rest"] and not inexact
            yield _unit(unit)[1] in _COUNTED, match["number"], unit, exact, typed
        elif match["han"] is not None:
            unit, number = match["han_unit"], match["han_number"]
            counted = unit in _COUNTED and (_is_figure(match) or (number == "一" and unit in _ONE_COUNTED))
            yield (
                counted and number[0] not in "百千",
                number,
                unit,
                not match["han_rough"] and not inexact,
                typed,
            )


# ── comparing ─────────────────────────────────────────────────────────────────────────────────

_EXACT = Context(prec=200)


@lru_cache(maxsize=1024)
def _unit(unit: str) -> tuple[int, str]:
    """The power of ten in front of a unit, and the unit itself: 亿元 → 8, 元."""
    plain = "".join(_half_width(unit).split())
    if not plain.startswith(_UNSCALED):
        for word, power in _SCALES.items():
            if plain.startswith(word):
                return power, plain.removeprefix(word)
    return 0, plain


def _amount(quantity: Quantity | None) -> Decimal | None:
    """The value in the base unit, exact; None for what cannot be computed with."""
    if quantity is None or not quantity.value.is_finite() or quantity.value < 0:
        return None
    value = quantity.value
    if len(value.as_tuple().digits) > 40 or abs(value.adjusted()) > 40:  # no figure that anybody speaks
        return None
    return _EXACT.scaleb(abs(value), _unit(quantity.unit)[0])


def _pair(one: Quantity | None, other: Quantity | None) -> tuple[Decimal, Decimal] | None:
    """Both amounts in their common base unit; None when one is missing or the units differ."""
    first, second = _amount(one), _amount(other)
    if one is None or other is None or first is None or second is None:
        return None
    if _unit(one.unit)[1] != _unit(other.unit)[1]:
        return None
    return first, second


def _is_rate(quantity: Quantity) -> bool:
    return _unit(quantity.unit)[1] in _RATES


def direction(now: Quantity | None, before: Quantity | None) -> Direction:
    """Whether a figure rose, fell or stayed; 缺 when one is missing or their units differ."""
    pair = _pair(now, before)
    if pair is None:
        return "缺"
    if pair[0] == pair[1]:
        return "持平"
    return "上升" if pair[0] > pair[1] else "下降"


# ── saying figures ────────────────────────────────────────────────────────────────────────────


def _plain(value: Decimal) -> str:
    """A computed number without exponent and without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Fraction, places: int = 1) -> str:
    """A positive number to so many decimal places, half up, without idle zeros."""
    scaled = int(value * 10**places + Fraction(1, 2))
    return _plain(_EXACT.scaleb(Decimal(scaled), -places))


def _share(part: Decimal, whole: Decimal) -> str:
    """``part`` of ``whole`` in per cent; as many places as it takes not to say 100% of what is not all, nor 0%."""
    share = Fraction(part) / Fraction(whole) * 100
    for places in range(1, 5):
        text = _rounded(share, places)
        if (text == "100") == (share == 100) and (text == "0") == (share == 0):
            return text + "%"
    return ""


def _typed_number(quantity: Quantity) -> str:
    """The number as it was typed, in half width and without thousands commas; else from the value."""
    pieces = _pieces(quantity.text)
    if pieces and len(pieces) == 1 and pieces[0].value == quantity.value:
        match = _TYPED.match(_half_width(pieces[0].text))
        if match and pieces[0].unit == quantity.unit:
            return match["number"].replace(",", "").replace("，", "")
    value = quantity.value
    return ("负" if value < 0 else "") + format(abs(value), "f")


def say_value(q: Quantity) -> str:
    """The figure as typed, in Chinese convention: 12.30亿元 stays, 「7 起」→ 7起, 1,234件 → 1234件."""
    if not q.value.is_finite() or len(q.value.as_tuple().digits) > 40 or abs(q.value.adjusted()) > 40:
        return ""
    return _typed_number(q) + "".join(_half_width(q.unit).split())


def difference(now: Quantity | None, before: Quantity | None) -> str:
    """How far apart, without a direction: 2起, 0.6亿元, 1.3个百分点; "" when equal or not comparable.

    Of two scales the smaller one is used: 1.2万人 and 9800人 are 2200人 apart.
    """
    pair = _pair(now, before)
    if pair is None or now is None or before is None or pair[0] == pair[1]:
        return ""
    apart = _EXACT.subtract(max(pair), min(pair))
    finer = min(now, before, key=lambda one: _unit(one.unit)[0])
    power, base = _unit(finer.unit)
    unit = _RATES.get(base) or "".join(_half_width(finer.unit).split())
    return _plain(_EXACT.scaleb(apart, -power)) + unit


def say_comparison(now: Quantity | None, before: Quantity | None, than: str = LAST_YEAR) -> str:
    """A clause that compares: 比去年同期减少2起 / 同比下降12.5% / 与去年同期持平; "" when it cannot be done.

    ``than`` names the other time (比上月). A base under 20, a fall to nothing, and a change of one or two things of
    less than a hundred are told as the absolute change; rates in 个百分点; else per cent to one place, half up. A base
    of zero is named, not computed with.
    """
    pair = _pair(now, before)
    if pair is None or now is None:
        return ""
    new, old = pair
    period = than.removeprefix("比")
    if new == old:
        return f"与{period}持平"
    if old == 0:
        return f"{period}为零"
    rose = new > old
    if _is_rate(now):
        return than + ("提高" if rose else "下降") + difference(now, before)
    absolute = than + ("增加" if rose else "减少") + difference(now, before)
    integers = new == new.to_integral_value() and old == old.to_integral_value()
    whole = integers and _unit(now.unit) == (0, now.unit) != (0, "元")
    few = whole and old < 100 and max(pair) - min(pair) <= A_FEW
    if old < SMALL_BASE or new == 0 or few:
        return absolute
    percent = _rounded(Fraction(max(pair) - min(pair)) / Fraction(old) * 100)
    if percent == "0":
        return f"与{period}基本持平"
    if not rose and percent == "100":  # rounding would leave nothing of what is still there
        return absolute
    base = _unit(now.unit)[1]
    grows, falls = ("增加", "减少") if base in _STANDING else ("增长" if base in _GROWING else "上升", "下降")
    lead = "同比" if than == LAST_YEAR else than
    return f"{lead}{grows if rose else falls}{percent}%"


def say_share(done: Quantity | None, total: Quantity | None) -> str:
    """``done`` as a share of ``total``: 95.3%; "" for rates, a total of zero, or more than all.

    One place, half up; more places where one would say 100% although something is left, or 0% of something.
    """
    pair = _pair(done, total)
    if pair is None or done is None or _is_rate(done) or pair[1] == 0 or pair[0] > pair[1]:
        return ""
    return _share(*pair)


def remaining(done: Quantity | None, total: Quantity | None) -> str:
    """What is left to do: 2处; "" when nothing is, or the two do not go together."""
    pair = _pair(done, total)
    return difference(done, total) if pair is not None and pair[0] < pair[1] else ""


def say_target(now: Quantity | None, target: Quantity | None) -> str:
    """How a figure stands to a target that is to be reached: 完成目标的96.9%, 达到目标, 超出目标0.6亿元.

    Rates and targets under 20: 离目标还差3家 / 高于目标0.5个百分点. "" when there is nothing to say. A ceiling (not
    more than so many accidents) is no target in this sense.
    """
    pair = _pair(now, target)
    if pair is None or now is None or pair[1] == 0:
        return ""
    new, goal = pair
    if new == goal:
        return "达到目标"
    apart = difference(now, target)
    if new > goal:
        return ("高于目标" if _is_rate(now) else "超出目标") + apart
    if _is_rate(now) or goal < SMALL_BASE or new == 0:
        return f"离目标还差{apart}"
    share = _share(new, goal)
    return f"完成目标的{share}" if share else f"离目标还差{apart}"


def say_multiple(now: Quantity | None, before: Quantity | None) -> str:
    """是去年同期的2.5倍, from twice upwards on a base of 20 and more; else ""."""
    pair = _pair(now, before)
    if pair is None or now is None or _is_rate(now) or pair[1] < SMALL_BASE or pair[0] < 2 * pair[1]:
        return ""
    return f"是去年同期的{_rounded(Fraction(pair[0]) / Fraction(pair[1]))}倍"


def say_range(low: Quantity, high: Quantity) -> str:
    """3至5家, 3%至5%, 9800人至1.2万人; "" when the units differ or the first is the larger."""
    pair = _pair(low, high)
    if pair is None or pair[0] > pair[1]:
        return ""
    if pair[0] == pair[1]:
        return say_value(low)
    if low.unit == high.unit and not _is_rate(low):
        return f"{_typed_number(low)}至{say_value(high)}"
    return f"{say_value(low)}至{say_value(high)}"


# What a unit's figure is called when two of them stand in one clause.
_UNIT_NAMES = {"起": "起数", "人": "人数", "件": "件数", "户": "户数", "家": "家数", "元": "金额"}


def say_reading(name: str, reading: Reading, than: str = LAST_YEAR) -> str:
    """The whole clause of a line of 数据: 生产安全事故7起，比去年同期减少2起.

    ``than`` is what last year is called (比上年 for a whole year). A total comes first where the name ends with
    what is done: 隐患共43处，已整改41处，还有2处没有整改. A pair:
    信访12批次86人次，批次比去年同期减少3批次，人次同比下降15.7%.
    """
    # PM2.5浓度 is no danger, PM2.5 is: its digits would run into the figure's.
    name = name.strip()
    if len(reading.now.unit) > 1 and len(name) > len(reading.now.unit) + 1:
        name = name.removesuffix(reading.now.unit)  # 抽检批次1126批次
    both = [one for one in (reading, reading.also) if one is not None and say_value(one.now)]
    if not both:
        return ""
    link = "为" if patterns.compiled(r"[0-9０-９A-Za-z.．%％]$").search(name) else ""
    if len(both) == 1:
        plainly = "，".join([name + link + say_value(both[0].now), *_remarks(both[0], than)])
        return _say_part_done(name, both[0]) or plainly
    nouns = [_unit_noun(one.now) for one in both]
    remarks = [_remarks(one, than) for one in both]
    values = "".join(say_value(one.now) for one in both)
    if all(len(said) <= 1 for said in remarks) and all(
        noun or not said for noun, said in zip(nouns, remarks, strict=True)
    ):
        told = [noun + said[0] for noun, said in zip(nouns, remarks, strict=True) if said]
        return "，".join([name + link + values, *told])
    clauses = ["，".join([say_value(one.now), *said]) for one, said in zip(both, remarks, strict=True)]
    return name + link + "；".join(clauses)


_DOING = (
    "整改销号|整改|销号|化解|办结|整治|处置|核查|兑付|付清|清零|完成|拆除|落实|验收|报送|答复|发放|交付|入户走访|走访|"
    "修复|安装|检测|划线|开工|竣工|培训|清理|加固|巡查|排查|检查|摘牌|更换|改造|配备|到位|签订|回访|体检|上传|投产|入统"
)
_DONE = patterns.compiled(rf"(?P<what>.{{2,}}?)(?P<done>(?:按期|按时|如期|及时)?(?:{_DOING}))")
# What is done, not what it is done to, so that no number can follow: not 实名制考勤共61个, but 实名制考勤已完成58个.
_DOINGS = patterns.compiled(
    "(?:取暖|用火|用电|用气|供餐|管理|工作|监管|监控|监测|治理|建设|服务|活动|考勤|防护|保障|措施|制度|责任|监测人|演练|接入|扫码|"
    "上岗|联网|公示|公开|缴存|投保|备案|登记|录入|建档|认领|包保|结对|宣传|督导|值守|巡护|供应|投放)$"
)
# What things or people are when the work is done: 管护员上岗612人，还有28人没有上岗.
_STAND = patterns.compiled("(?P<what>.{2,}?)(?P<stand>上岗|在线|联网|到岗|就位|投保|签约|入住|开通|通车)")
_STATE = patterns.compiled("(?P<what>.{2,}?)(?P<state>合格|达标|正常|满意|在岗|持证)")
# What a measure word counts, where it is not things of all kinds; and what has a length or an amount, not a number.
_PERSONS = patterns.compiled("(?:[人员工生师者]|群众|对象|干部|司机|民警|骑手|儿童|学徒)$")
_HOUSEHOLDS = patterns.compiled("(?:户|家庭|人家|住户|对象|住房|房屋|危房|自建房)$")
_COUNTED_AS = {"人": _PERSONS, "名": _PERSONS, "位": _PERSONS, "户": _HOUSEHOLDS}
_UNCOUNTED = patterns.compiled("(?:电路|线路|电线|管网|管线|管道|资金)$")
# How people are trained, not whom: 外包装卸工安全培训.
_TRAINED_IN = patterns.compiled("(?:安全|业务|技能|专业|岗前|上岗|法治|法律|消防|专题|集中|应急|轮流|全员|普法)+$")
# Those of a whole that have done or not done something: 开设工资专用账户的在建项目.
_THOSE = patterns.compiled("(?P<how>[^的]{3,})的(?P<what>[^的]{2,})")
_HAVE_NOT = ("没", "未", "不", "无", "逾期", "超期", "拖欠", "欠", "缺", "违")
_HAVE = (
    "开设|存储|缴存|缴纳|安装|配备|配齐|签订|落实|建立|办理|取得|参加|实行|设立|制定|完成|接入|开通|通过|开展|公示|购买|"
    "投保|备案"
)
_WHOLE_FIRST = patterns.compiled(rf"(?P<whole>共?[^，,]+)[，,]\s*(?:其中)?已经?(?P<done>{_DOING})了?(?P<now>[^，,]+)")


def whole_first(name: str, text: str) -> tuple[str, str]:
    """A figure typed the other way round, 消防隐患: 203处，已整改189处, as `read_figure` and `say_reading` know it:
    消防隐患整改, 189处，共203处. Any other name and text come back as they are."""
    found = _WHOLE_FIRST.fullmatch(text.strip())
    if not found:
        return name, text
    done = "" if name.endswith(found["done"]) else found["done"]
    return name + done, f"{found['now']}，共{found['whole'].removeprefix('共')}"


def _say_part_done(name: str, reading: Reading) -> str:
    """「重大事故隐患共43处，已整改销号41处，还有2处没有整改销号」: the whole first, then what is done of it, which
    is 完成 where the name does not end with it. Empty when the figure has no total.
    """
    if reading.before or reading.target or reading.total is None or _pair(reading.now, reading.total) is None:
        return ""
    found = _DONE.fullmatch(name)
    what, done = (found["what"], found["done"]) if found else (name, "完成")
    left = remaining(reading.now, reading.total)
    if not left and not say_share(reading.now, reading.total):
        return ""
    if those := _THOSE.fullmatch(name):
        return _say_those(those["what"], those["how"], reading, left)
    if state := _STATE.fullmatch(name):  # 抽查共1208张，1142张合格，还有66张不合格
        how = state["state"]
        rest = f"{say_value(reading.now)}{how}，还有{left}不{how}" if left else f"全部{how}"
        return f"{state['what']}共{say_value(reading.total)}，{rest}"
    if left and (stands := _STAND.fullmatch(name)):
        return f"{name}{say_value(reading.now)}，还有{left}没有{stands['stand']}"
    if not left:
        return f"{what}共{say_value(reading.total)}，已全部{done}" if found else f"{what}已全部完成"
    whom = _TRAINED_IN.sub("", what) if done == "培训" else what
    if found and _is_counted_in(reading.total.unit, whom):
        return f"{whom}共{say_value(reading.total)}，已{done}{say_value(reading.now)}，还有{left}没有{done}"
    if done in ("培训", "改造"):  # 木房村寨电路改造: it is neither the circuits nor the training that is counted
        what, done = name, "完成"
    return f"{what}已{done}{say_value(reading.now)}，还有{left}没有{done}"


def _is_counted_in(unit: str, what: str) -> bool:
    """Whether so many of a unit can be so many of that: 38个 are 项目, not 电路."""
    base = _unit(unit)[1]
    if base in _COUNTED_AS:
        return _COUNTED_AS[base].search(what) is not None
    return not (_DOINGS.search(what) or (base == "个" and _UNCOUNTED.search(what)))


def _say_those(what: str, how: str, reading: Reading, left: str) -> str:
    """「在建项目共213个，开设工资专用账户的206个，还有7个没有开设」."""
    assert reading.total is not None
    whole = f"{what}共{say_value(reading.total)}"
    if how.startswith(_HAVE_NOT):
        return f"{whole}，其中{how}的{say_value(reading.now)}"
    if not left:
        return f"{whole}，全部{how}"
    verb = patterns.compiled(_HAVE).match(how)
    return f"{whole}，{how}的{say_value(reading.now)}，还有{left}没有{verb[0] if verb else '做到'}"


def _unit_noun(quantity: Quantity) -> str:
    base = _unit(quantity.unit)[1]
    return base if len(base) == 2 and base.endswith("次") else _UNIT_NAMES.get(base, "")


def _remarks(reading: Reading, than: str) -> list[str]:
    said = [say_comparison(reading.now, reading.before, than)]
    if reading.total is not None and _pair(reading.now, reading.total) is not None:
        left = remaining(reading.now, reading.total)
        said.append(f"共{say_value(reading.total)}")
        said.append(f"还剩{left}" if left else "已全部完成" if say_share(reading.now, reading.total) else "")
    said.append(say_target(reading.now, reading.target))
    return [clause for clause in said if clause]


# ── saying dates and counts ───────────────────────────────────────────────────────────────────


def say_day(d: date, year: bool = False, weekday: bool = False) -> str:
    """12月24日, 2026年12月24日, 12月24日（星期四）."""
    said = f"{d.month}月{d.day}日"
    if year:
        said = f"{d.year}年{said}"
    return f"{said}（星期{_WEEKDAYS[d.weekday()]}）" if weekday else said


def days_until(today: date, day: date) -> int:
    """Days from ``today`` to ``day``; negative when it is past."""
    return (day - today).days


def chinese_count(n: int) -> str:
    """0 to 99 in Chinese numerals: 零, 三, 十, 十二, 二十一. Raises ValueError outside."""
    if not 0 <= n <= 99:
        raise ValueError(f"chinese_count says 0 to 99, not {n}")
    digits = "零一二三四五六七八九"
    tens, ones = divmod(n, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def counted(n: int) -> str:
    """Like `chinese_count`, before a measure word: 两点意见, 三点意见."""
    return "两" if n == 2 else chinese_count(n)
