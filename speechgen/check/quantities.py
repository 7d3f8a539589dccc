"""Numbers with units as they stand in running prose: how much, how exactly it is said, and where.

Dates and times are no quantities here (see `dates`), nor is a number without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document

# Things and events, counted one by one: such a number is exact unless the prose says 约, 余 …
_COUNTED = """
    口人
    批次 人次 件次 户次 车次 架次 班次 场次 台次 辆次 家次 起次 台套 套 起 件 人 家 处 户 名 次 个 项 条 所 座 栋 幢 间
    台 辆 艘 架 批 份 宗 笔 位 场 例 类 种 组 支 只 头 匹 株 棵 块 张 本 册 篇 盏 元 元/吨 元/月
"""
# What is measured, and so rounded.
_MEASURED = """
    美元 吨 公斤 千克 克 斤 平方公里 平方千米 平方米 立方米 立方 公里 千米 米 毫米 亩 公顷 升 毫升 千瓦时 千瓦 度
    个小时 小时 分钟 个工作日 工作日 个月 天 微克/立方米 微克
"""
_SAME = {"百分点": "个百分点", "口人": "人"}
_CHANGES = "个百分点 百分点 % ‰ 倍 成"
# After a Chinese numeral these may as well begin another word (三成为, 两人民法庭): then they are no unit.
_NOT_BEFORE = {"成": "为立员绩果效长功本都分套熟就", "人": "民大", "次": "序要生", "位": "置", "个": "百", "家": "庭"}
_SCALES = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_HALF = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF0E: 0x2E, 0xFF05: 0x25, 0xFF0F: 0x2F}
_FULL_WIDTH = patterns.compiled("[０-９．％／]")

NEAR, OVER, UNDER = "约", "超", "近"  # how roughly a number is said; "" when it is meant exactly
_BEFORE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (NEAR, ("约", "大约", "左右", "大概", "大致")),
    (OVER, ("超过", "超", "突破", "逾", "高于", "不低于", "不少于", "至少", "大于", "多于")),
    (UNDER, ("近", "接近", "不足", "不到", "低于", "不超过", "不高于", "至多", "小于", "少于")),
)
_NO_ROUGHNESS = ("签约", "预约", "履约", "违约", "节约", "解约", "续约", "附近", "就近")
_AFTER: tuple[tuple[str, tuple[str, ...]], ...] = (
    (OVER, ("以上", "有余", "还多", "多", "余")),
    (NEAR, ("左右", "上下", "许")),
    (UNDER, ("以内", "以下")),
)


class Amount(NamedTuple):
    """A number at ``Document.text[start:end]``: its value in the base unit (1.2万人 is 12000 人).

    ``step`` is what one unit of its last digit is worth, ``exact`` says that it was counted and not rounded.
    百分之八, 八成 and 一半 come as per cent, 翻一番 as 1 番, 持平 as 0 持平. ``rough`` is NEAR, OVER, UNDER or "".
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    unit: str
    exact: bool
    rough: str = ""
    places: int = 0
    scale: str = ""

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest that the number may stand for."""
        slack = Fraction(0) if self.exact else self.step / 2
        return self.value - slack, self.value + slack


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_HAN = "[一二三四五六七八九十两百千万亿零〇]"
_WORD = patterns.compiled("持平|翻了?[一两二三]?番")
_LONGEST = 24  # signs; nobody writes a longer number


@cache
def _start() -> re.Pattern[str]:
    """A run of digits or Chinese numerals with a sign after it that a quantity may have there. It begins with one
    class of signs, and what must not stand before is asked after that: the quickest to look for."""
    signs = "0-9一二三四五六七八九十两百千万亿零〇持翻"
    heads = {word[0] for word in (_COUNTED + _MEASURED + _CHANGES).split()} | set("分点半多余来几.,， 番")
    after = re.escape("".join(sorted(heads)))
    return patterns.compiled(rf"[{signs}](?<![第{signs}].)[{signs}]*+(?:(?<=[持翻])|(?=[{after}]))")


@cache
def _after_start() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows where a number may start: of Arabic digits, of Chinese numerals."""
    units = (_COUNTED + _MEASURED + _CHANGES).split()
    plain = [word for word in units if word not in _NOT_BEFORE and word not in ("%", "‰")]
    han_units = _any(plain) + "|" + "|".join(f"{word}(?![{no}])" for word, no in _NOT_BEFORE.items())
    digits = r"[0-9]{1,3}(?:[,，][0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,9})?|[0-9]{1,24}(?:\.[0-9]{1,9})?"
    han = f"{_HAN}{{1,16}}(?:点[一二三四五六七八九零〇]{{1,8}})?"
    arabic = patterns.compiled(
        rf"(?P<number>{digits}) ?(?P<scale>{_any(_SCALES)})?(?P<rough>[多余来几])?(?P<scale2>万亿|亿|万)?"
        rf" ?(?P<unit>{_any(units)})"
    )
    chinese = patterns.compiled(
        rf"百分之(?P<percent>{digits}|{han})|一半|(?P<below>[二三四五六七八九十])分之(?P<above>[一二三四五六七八九])"
        rf"|(?P<han>{han})(?P<han_rough>[多余来几])?(?P<han_unit>{han_units})"
    )
    return arabic, chinese


def half_width(text: str) -> str:
    """The text with full-width digits, points and per cent signs made half width; every offset stays."""
    return _FULL_WIDTH.sub(lambda match: chr(_HALF[ord(match[0])]), text)


@lru_cache(maxsize=4096)
def han_value(text: str) -> Fraction | None:
    """The value of a Chinese numeral: 二十一, 三百零五, 六十五点三; None for what is none (三五, 十五五)."""
    whole, point, decimals = text.partition("点")
    value = _han_whole(whole) if len(whole) <= 16 else None
    if value is None:
        return None
    if not point:
        return Fraction(value)
    if not decimals or len(decimals) > 8:
        return None
    return value + Fraction(int("".join(str(_DIGITS[sign]) for sign in decimals)), 10 ** len(decimals))


def _han_whole(text: str) -> int | None:
    for sign, size in _PLACES:
        head, found, tail = text.rpartition(sign)
        if not found:
            continue
        high = 1 if sign == "十" and not head else _han_whole(head)
        low = _han_whole(tail.lstrip("零〇")) if tail.strip("零〇") else 0
        if not high or low is None or low >= size or (size <= 1000 and high > 9):
            return None
        if tail and low < size // 10 and tail[0] not in "零〇":
            return None
        return high * size + low
    return _DIGITS.get(text)


def amounts(document: Document) -> tuple[Amount, ...]:
    """Every quantity of a document, in order."""
    return tuple(_read(document.once(half)))


def half(document: Document) -> str:
    """The text of a document as `half_width` makes it."""
    return half_width(document.text) if document.once(has_full_width) else document.text


def has_full_width(document: Document) -> bool:
    """Whether a full-width digit, letter, point or per cent sign stands in a text."""
    return patterns.compiled("[０-９Ａ-Ｚａ-ｚ．％／]").search(document.text) is not None


def read_amounts(text: str) -> list[Amount]:
    """Every quantity of a text, in order."""
    return _read(half_width(text))


def _read(half: str) -> list[Amount]:
    arabic, chinese = _after_start()
    found = []
    end = 0
    for run in _start().finditer(half):
        start = run.start()
        if start < end or run.end() - start > _LONGEST:
            continue
        first = half[start]
        if first.isdecimal():
            before = half[start - 1 : start]
            match = None if before in (".", "_") or "A" <= before <= "z" else arabic.match(half, start)
            amount = _arabic(half, match) if match else None
        elif first in "持翻":
            match = _WORD.match(half, start)
            amount = _word(half, match) if match else None
        else:
            match = chinese.match(half, start)
            amount = None if match is None else _han(half, match) if match["han"] else _part(half, match)
        if match and amount:
            found.append(amount)
            end = amount.end
    return found


def _word(text: str, match: re.Match[str]) -> Amount:
    """持平, 翻番, 翻两番."""
    start, end = match.span()
    if match[0] == "持平":
        return Amount(
            start, end, Fraction(0), Fraction(0), "持平", True, NEAR if text.startswith("基本", start - 2) else ""
        )
    times = match[0][1:-1].removeprefix("了")
    return Amount(
        start, end, Fraction(_DIGITS[times] if times else 1), Fraction(0), "番", True, _roughness(text, start, end)
    )


def _part(text: str, match: re.Match[str]) -> Amount | None:
    """百分之…, 一半, 三分之一."""
    start, end = match.span()
    rough = _roughness(text, start, end)
    if match["percent"]:
        typed = match["percent"].replace(",", "").replace("，", "")
        value = Fraction(typed) if typed[0].isdecimal() else han_value(typed)
        places = len(typed.replace("点", ".").partition(".")[2])
        return None if value is None else Amount(start, end, value, Fraction(1, 10**places), "%", False, rough, places)
    if match[0] == "一半":
        return Amount(start, end, Fraction(50), Fraction(5), "%", False, rough or NEAR)
    value = Fraction(_DIGITS[match["above"]] * 100, 10 if match["below"] == "十" else _DIGITS[match["below"]])
    return Amount(start, end, value, Fraction(3), "%", False, rough or NEAR) if value < 100 else None


@lru_cache(maxsize=4096)
def _scaled(number: int, power: int) -> Fraction:
    return Fraction(number * 10**power) if power >= 0 else Fraction(number, 10**-power)


def _arabic(text: str, match: re.Match[str]) -> Amount | None:
    typed, scale, more, scale2, unit = match.groups("")
    start, end = match.span()
    if not typed.isdecimal():
        typed = typed.replace(",", "").replace("，", "")
    places = len(typed.partition(".")[2])
    power = _SCALES.get(scale, 0) + _SCALES.get(scale2, 0)
    rough = OVER if more else _roughness(text, start, end)
    if unit == "成":
        return Amount(start, end, Fraction(typed) * 10, Fraction(5, 10**places), "%", False, rough or NEAR)
    number, power_of_last = int(typed.replace(".", "")), power - places
    step = _scaled(1, power_of_last)
    value = _scaled(number, power_of_last)
    unit = _SAME.get(unit, unit)
    exact = not places and not power and unit in _counted()
    return Amount(start, end, value, step, unit, exact, rough, places, scale + scale2)


@cache
def _counted() -> frozenset[str]:
    return frozenset(_COUNTED.split())


_LANGUAGE_AFTER_ONE = tuple("个次种类场项批支条件起位")  # 一个, 一次: hardly ever a count


def _han(text: str, match: re.Match[str]) -> Amount | None:
    typed, unit = match["han"], match["han_unit"]
    value = han_value(typed)
    if value is None or (typed == "一" and unit in _LANGUAGE_AFTER_ONE and not text.startswith("事故", match.end())):
        return None
    rough = OVER if match["han_rough"] else _roughness(text, match.start(), match.end())
    places = len(typed.partition("点")[2])
    power = 8 if typed[-1] == "亿" else 4 if typed[-1] == "万" else 0
    if unit == "成":
        return Amount(match.start(), match.end(), value * 10, Fraction(5), "%", False, rough or NEAR)
    unit = _SAME.get(unit, unit)
    exact = not places and not power and unit in _counted()
    return Amount(match.start(), match.end(), value, _scaled(1, power - places), unit, exact, rough, places)


_IS_MORE = patterns.compiled("多[0-9出了收花用交]")
_RANGE_SIGNS = "-—–~～至"


_LAST_BEFORE = frozenset(word[-1] for _, words in _BEFORE for word in words)
_FIRST_AFTER = frozenset(word[0] for _, words in _AFTER for word in words)


def _roughness(text: str, start: int, end: int) -> str:
    """What the words around a number say of how exactly it is meant; a range counts as rough."""
    last, first = text[start - 1 : start], text[end : end + 1]
    before = text[max(0, start - 4) : start]
    if last in _LAST_BEFORE:
        for kind, words in _BEFORE:
            if before.endswith(words) and before[-2:] not in _NO_ROUGHNESS:
                return kind
    if last in _RANGE_SIGNS and len(before) > 1 and (before[-2].isdecimal() or before[-2] in "%％—"):
        return NEAR
    after = text[end : end + 3]
    if first in _FIRST_AFTER:
        for kind, words in _AFTER:
            if after.startswith(words) and not _IS_MORE.match(after):  # 8600万元多4100万元
                return kind
    if first in _RANGE_SIGNS and len(after) > 1 and after[1].isdecimal():
        return NEAR
    return ""
