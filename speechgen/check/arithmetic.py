"""算术: figures that do not agree with each other, or with the meeting file. All exact, and silent when unsure.

Figures are read paragraph by paragraph. Which of them belong together is told by the words between them: those
must be nothing but punctuation and words of comparing (，去年同期), or the figures are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from speechgen import patterns
from speechgen.check import reckoning
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.quantities import NEAR, OVER, UNDER, Amount, amounts
from speechgen.check.rule import Hit, Rule
from speechgen.model import Quantity, Reading

_UP = ("增长", "上升", "增加", "提高", "提升", "扩大", "上涨", "攀升", "增多", "多", "增", "升", "涨", "高")
_DOWN = ("下降", "减少", "降低", "回落", "缩小", "缩短", "压减", "压缩", "下滑", "下跌", "少", "减", "降", "低")
_OPPOSITE = {
    "增长": "下降", "上升": "下降", "增加": "减少", "提高": "下降", "提升": "下降", "上涨": "下跌", "攀升": "下降",
    "增多": "减少", "扩大": "缩小", "多": "少", "增": "减", "升": "降", "涨": "跌", "高": "低",
    "下降": "上升", "减少": "增加", "降低": "提高", "回落": "上升", "缩小": "扩大", "缩短": "延长", "压减": "增加",
    "压缩": "增加", "下滑": "上升", "下跌": "上涨", "少": "多", "减": "增", "降": "升", "低": "高",
}  # fmt: skip
_RATES = "率|比重|占比|比例|满意度|增速|增幅|份额|含量|浓度"
_FAR = 200  # so many characters back a sentence is read, however long it runs
_MOST = 40  # figures of a list
_LONGEST_GAP = 30  # characters between figures that belong together

# Words of comparing. A label says with which time; the others say nothing.
_YEARLY = "去年同期|上年同期|去年|上年|前年同期|前年|同期|上一年度?"
_MONTHLY = "上个?月|上季度|上半年|上一季度"
_LONG_AGO = "(?:[一二三四五六七八九十两几0-9]{1,2}年|改造|搬迁|改革|整治)前|原来|过去|当初"
_GIVEN = r"20[0-9]{2}年(?:同期|全年|末|底)?"
_LABEL = f"{_YEARLY}|{_MONTHLY}|{_GIVEN}|{_LONG_AGO}"
_STOP = r"[，,、；;（(）)：:\s]*"
_SPAN = r"(?:[0-9]{1,2}(?:[-—–至~～][0-9]{1,2})?月份?|前[一二三0-9]+(?:个?月|季度)|全年|上半年|下半年)?"
_FILL = "(?:总体|总数|总量|数量|起数|件数|人数|户数|总件数|也|又|都|均|已|共|净|累计|总共|即|则|分别|同时|相应)*"


@cache
def _change() -> re.Pattern[str]:
    """The words between a figure and how much it changed: ，同比增长 / 比去年同期多 / 、下降了."""
    verb = "|".join(_UP + _DOWN)
    return patterns.compiled(
        rf"(?P<stop>(?:相比较?|比较|相较)?[。\s]*{_STOP}){_FILL}(?:(?P<label>同比|环比)|(?:与|同|和|比|较|相比|相较于?|对比)(?P<than>{_LABEL})(?:的|全县|全市|全年)?"
        rf"(?:相比|比较|相比较)?)?{_SPAN}[，,]?{_FILL}(?P<verb>{verb})(?P<width>幅度?|率)?(?P<after>了|约|近|超过?|逾|达到?|为|是|将近|接近|不足|不到|至少)*"
    )


@cache
def _base() -> re.Pattern[str]:
    """The words before the figure of the other time: （去年同期 / ，而上年同期为 / 从去年的."""
    return patterns.compiled(
        rf"[。\s]*{_STOP}(?:而|且)?(?P<than>比|较|与|和|同|是|相当于|从|由)?(?P<label>{_LABEL}){_SPAN}(?:的|为|是|只有|仅有?|有|共有?|发生|受理|数为|[，,])*"
        rf"(?P<noun>[^，,。；;、（(0-9]{{0,12}}?)(?:为|是|只有|仅有?|共|的|发生|达|达到)*"
    )


@cache
def _now() -> re.Pattern[str]:
    """The words before the figure of today, where that of the other time came first: 下降到 / ，今年."""
    verb = "|".join((*_UP, *_DOWN, "压", "跌", "缩", "发展", "扩展", "壮大", "调整"))
    return patterns.compiled(
        rf"{_STOP}(?:到|至)?(?:(?:今年以?来?|本年|目前|现在|现|截至目前|20[0-9]{{2}}年)(?:的|同期)?{_SPAN}[，,]?(?P<noun>[^，,。；;、（(0-9]{{0,12}}?))?"
        rf"(?:大幅|逐步|已经?|又|再|进一步|明显|持续)?(?P<to>(?:{verb})?(?:到了?|至|为|成)|达到?|为|是|只有|有|发生|共)?(?:今年|目前|现在|现|20[0-9]{{2}}年)?的?"
    )


_UP_TO_MARK = patterns.compiled("(?s).*[，,。；;、（(：:]")
_VERBS = patterns.compiled("[长升加高大涨多增降少低落小短减缩滑跌]")  # what verbs of change end with
_TIMES = patterns.compiled("[年期月季从由上前原过当]")
_BY_NOW = patterns.compiled(
    "[到至](?:上个?月|上季度|上半年)[底末]?(?:[，,]|为止)?(?:已|完成|累计|共|办结|整改|化解|销号)"
)


class _Change(NamedTuple):
    """A stated change: its figure, which way, against which time, and where its words begin."""

    at: int  # number of its figure
    verb: str
    label: str
    start: int


class _Pair(NamedTuple):
    """The figure of today and that of another time, by number."""

    now: int
    before: int
    label: str


def _labelled(tail: str) -> re.Match[str] | None:
    """The words of another time at the end of a clause that begins with a name: 事故起数比去年同期的."""
    found = patterns.compiled(f"[比较从由]?(?:{_LABEL})").search(tail)
    return _base().fullmatch(tail, found.start()) if found else None


def _kind_of_label(label: str) -> str:
    if not label:
        return ""
    if label[:2] == "20":
        return label[:4]
    if label in ("原来", "过去", "当初") or (label[-1] == "前" and label != "前年"):
        return "久"
    return "月" if label == "环比" or label.startswith(("上月", "上个", "上季", "上半", "上一季")) else "年"


def _agree(one: str, other: str) -> bool:
    """Whether two labels may mean the same time: 同比 and 去年同期, but not 环比 and 去年同期."""
    first, second = _kind_of_label(one), _kind_of_label(other)
    return not first or not second or first == second or {first[0], second[0]} == {"年", "2"}


class _Paragraph:
    """The figures of a line with the words before each."""

    def __init__(self, document: Document, figures: Sequence[Amount], line_start: int, line_end: int) -> None:
        self.document, self.figures = document, figures
        self.text, self.start, self.end = document.text, line_start, line_end
        ends = [line_start, *(figure.end for figure in figures)]
        self.gaps = [self.text[end : figure.start] for end, figure in zip(ends, figures, strict=False)]
        self.changes: dict[int, _Change] = {}
        self.bases: dict[int, str] = {}
        for number in range(len(figures)):
            self._tell(number)

    def _tell(self, number: int) -> None:
        figure, gap = self.figures[number], self.gaps[number]
        if figure.unit in ("持平", "番"):
            return
        near = gap[-_LONGEST_GAP:]
        verb, time = _VERBS.search(gap[-8:]), _TIMES.search(near)
        if not (verb or time):
            return
        cut = _UP_TO_MARK.match(near)
        tail = near[cut.end() if cut else 0 :]
        match = None
        if verb:
            match = _change().fullmatch(gap) if len(gap) <= _LONGEST_GAP else None
            match = match or _change().fullmatch(tail)
        if match and self._is_change(match, figure):
            said = match["stop"]
            start = figure.start - len(match[0]) + len(said)
            self.changes[number] = _Change(number, match["verb"], match["label"] or match["than"] or "", start)
            return
        if not time or _BY_NOW.search(near):
            return
        match = None if len(gap) > _LONGEST_GAP else _base().fullmatch(gap)
        if match is None:
            match = _base().fullmatch(tail) or _labelled(tail)
        if match:
            self.bases[number] = match["label"]
        elif patterns.compiled(r"(?:从|由)(?:原来|此前|过去|最初|年初|原先|之前)?的?$").search(tail):
            self.bases[number] = ""

    def _is_change(self, match: re.Match[str], figure: Amount) -> bool:
        verb, after = match["verb"], match["after"] or ""
        if len(verb) == 1 and not (match["label"] or match["than"]) and verb in "高低":
            return False
        amount = figure.unit not in ("%", "倍", "个百分点")
        return not (amount and not match["width"] and after in ("达", "达到", "为", "是"))

    def near(self, one: int, other: int) -> bool:
        """Whether nothing but a short stretch of one sentence stands between two neighbours."""
        gap = self.gaps[max(one, other)]
        return len(gap) <= _LONGEST_GAP and "。" not in gap and "；" not in gap

    def pair(self, number: int) -> _Pair | None:
        """The two figures that the change ``number`` is about."""
        before = [n for n in (number - 1, number - 2, number - 3, number - 4) if n >= 0]
        while before and before[0] in self.changes and self.follows(before[0] + 1):
            before = before[1:]  # 减少2起，下降22.2%
        if not before or not self.follows(number):
            return None
        last = before[0]
        years = self._years(last, before[1]) if len(before) > 1 and self.near(last, before[1]) else None
        if years:
            return years if self.same(last, before[1]) else None
        if last in self.bases:
            ahead = number + 1
            if ahead < len(self.figures) and self._today_follows(last, ahead):
                return _Pair(ahead, last, self.bases[last])
            if len(before) > 1 and before[1] not in self.bases and before[1] not in self.changes:
                return self._both(before[1], last)
            return None
        if len(before) > 1 and before[1] in self.bases and self._today_follows(before[1], last):
            return _Pair(last, before[1], self.bases[before[1]]) if self.same(last, before[1]) else None
        ahead = number + 1
        while ahead <= number + 3 and ahead in self.changes and self.follows(ahead):
            ahead += 1
        if ahead in self.bases and self.near(ahead, ahead - 1) and self.bases[ahead]:
            return self._both(last, ahead)
        return None

    def _today_follows(self, base: int, now: int) -> bool:
        if now != base + 1 and now - 1 not in self.changes:
            return False
        match = _now().fullmatch(self.gaps[now])
        if not match or now in self.changes or not self.same(base, now):
            return False
        noun = match["noun"] or ""
        return (bool(match["to"]) or bool(noun) or len(self.gaps[now].strip("，, ")) > 1) and self._known(noun, base)

    def _both(self, now: int, base: int) -> _Pair | None:
        match = _base().fullmatch(self.gaps[base])
        if match is None or "其中" in self.gaps[now] or not self.same(now, base) or not self._known(match["noun"], now):
            return None
        return _Pair(now, base, self.bases[base])

    def _known(self, noun: str, number: int) -> bool:
        """Whether a name between two figures was said before the first."""
        return (
            not noun or noun in self.text[max(self.start, self.figures[number].start - 40) : self.figures[number].start]
        )

    def _years(self, last: int, first: int) -> _Pair | None:
        """2025年58起，2026年46起: the pair by the years written right before the figures."""
        told = [
            patterns.compiled(r"(20[0-9]{2})年[^，,。；;、（(0-9]{0,12}$").search(self.gaps[n]) for n in (first, last)
        ]
        if first in self.changes or last in self.changes or not told[0] or not told[1]:
            return None
        one, other = told[0][1], told[1][1]
        if one == other:
            return None
        return _Pair(last, first, one) if one < other else _Pair(first, last, other)

    def follows(self, number: int) -> bool:
        """Whether the words between a change and the figure before it name nothing else."""
        gap = self.gaps[number]
        if number in self.changes:
            match = _change().fullmatch(gap)
            return bool(match) and (
                ("。" not in gap and "；" not in gap) or bool(match and (match["label"] or match["than"]))
            )
        return False

    def elsewhen(self, number: int) -> bool:
        """Whether a figure is that of another time; 上半年 and 2025年 may as well begin what is told of now."""
        return number in self.bases and not self.bases[number].startswith(("上半年", "20"))

    def same(self, one: int, other: int) -> bool:
        return self.figures[one].unit == self.figures[other].unit

    def said(self, number: int) -> str:
        figure = self.figures[number]
        return self.text[figure.start : figure.end]

    def before_in_sentence(self, number: int) -> str:
        """What the sentence says before a figure."""
        start = self.figures[number].start
        text = self.text[max(self.start, start - _FAR) : start]
        return text[max(text.rfind("。"), text.rfind("；")) + 1 :]


Found = tuple[str, Hit]


def found(document: Document) -> tuple[Found, ...]:
    """All that the checks of this kind find, each with the check that it belongs to."""
    return tuple(_found(document))


def _found(document: Document) -> Iterator[Found]:
    everything = document.once(amounts)
    for block, figures in groupby(everything, key=lambda figure: document.line_at(figure.start)):
        if block is None:
            continue
        inside = list(figures)
        if len(inside) == 1 and not _may_be_wrong_alone(inside[0]):
            continue
        paragraph = _Paragraph(document, inside, block.start, block.end)
        told = [hit for look in _LOOKS for hit in look(paragraph)]
        yield from told
        if len(inside) > 1:
            more = reckoning.found(document.text, inside, block.start, block.end)
            yield from _elsewhere(told, more)
    yield from reckoning.proportions(document.text)
    yield from _twice(document, everything)
    yield from _against_meeting(document, everything)


def _may_be_wrong_alone(figure: Amount) -> bool:
    """下降2倍, 整改率120%."""
    return figure.unit == "倍" or (figure.unit == "%" and figure.value > 100)


def _elsewhere(told: list[Found], more: Iterable[Found]) -> Iterator[Found]:
    """Those that are not about a stretch that something was told of already."""
    spans = [(hit.start, hit.end) for _, hit in told]
    for look, hit in more:
        if not any(start < hit.end and hit.start < end for start, end in spans):
            spans.append((hit.start, hit.end))
            yield look, hit


# ── a stated change ───────────────────────────────────────────────────────────────────────────


def _changes(paragraph: _Paragraph) -> Iterator[Found]:
    for number, change in paragraph.changes.items():
        pair = paragraph.pair(number)
        if pair and _agree(pair.label, change.label):
            yield from _judge(paragraph, change, pair)
    for number, figure in enumerate(paragraph.figures):
        if figure.unit == "持平" and not figure.rough and number > 1:
            gap = paragraph.gaps[number]
            pair = _pair_before(paragraph, number)
            if pair and patterns.compiled(rf"{_STOP}(?:同比|环比|[与和同](?:{_LABEL})(?:相比)?)?(?:基本)?").fullmatch(
                gap
            ):
                now, before = paragraph.figures[pair.now], paragraph.figures[pair.before]
                if not now.rough and not before.rough and _apart(now, before):
                    values = _values(paragraph, "持平", "", pair)
                    yield "持平", Hit(figure.start, figure.end, values)


def _pair_before(paragraph: _Paragraph, number: int) -> _Pair | None:
    """The pair that ends right before a figure."""
    last, first = number - 1, number - 2
    if first < 0:
        return None
    if last in paragraph.bases and first not in paragraph.bases and first not in paragraph.changes:
        return paragraph._both(first, last)
    if first in paragraph.bases and paragraph._today_follows(first, last):
        return _Pair(last, first, paragraph.bases[first])
    return None


def _apart(one: Amount, other: Amount) -> bool:
    return one.bounds[1] < other.bounds[0] or other.bounds[1] < one.bounds[0]


def _judge(paragraph: _Paragraph, change: _Change, pair: _Pair) -> Iterator[Found]:
    figures = paragraph.figures
    stated, now, before = figures[change.at], figures[pair.now], figures[pair.before]
    if now.value == before.value == 0 or pair.now == pair.before:
        return
    start, end = change.start, stated.end
    start += len(paragraph.text[start:end]) - len(paragraph.text[start:end].lstrip("，,、（( "))
    verb_at = paragraph.text.rfind(change.verb, change.start, stated.start)
    prefix = paragraph.text[verb_at : stated.start]

    def hit(computed: str, claim: str = "") -> Hit:
        return Hit(verb_at, end, _values(paragraph, paragraph.text[verb_at:end], computed, pair), claim)

    if patterns.compiled("年均|月均|日均|平均每|实际|可比|不变价").search(
        paragraph.gaps[change.at] + paragraph.before_in_sentence(change.at)[-16:],
    ):
        return
    finer = min(now.step, before.step)
    low_now, high_now = _bounds(now, finer)
    low_before, high_before = _bounds(before, finer)
    up = change.verb in _UP
    rose = now.value > before.value
    if stated.unit in ("%", "倍", "个百分点", now.unit) and _apart(now, before) and rose != up and stated.value > 0:
        verb = _OPPOSITE[change.verb]
        computed = _say_change(now, before, stated)
        yield (
            "增减方向",
            hit(
                verb + computed,
                (verb + prefix[len(change.verb) :] + computed)
                if computed and not now.rough and not before.rough
                else "",
            ),
        )
        return
    if now.rough or before.rough or rose != up:
        return
    is_rate = now.unit == "%"
    name = paragraph.before_in_sentence(min(pair.now, pair.before))
    if stated.unit == "%" and is_rate:
        points = abs(now.value - before.value)
        relative = points / before.value * 100 if before.value else None
        both = relative is not None and _fits(stated, points, points) and _fits(stated, relative, relative)
        if both and points != relative and patterns.compiled("率[^，,。；;]{0,6}$").search(name):
            said = _number(points, stated.places) + "个百分点"
            yield "率用百分比", hit(said, prefix + said)
        elif _fits(stated, points, points) and not (
            relative is not None and _fits(stated, relative, relative) and points != relative
        ):
            said = _number(points, stated.places) + "个百分点"
            yield "百分点混用", hit(said, prefix + said)
        elif relative is not None and not _fits(
            stated, (low_now - high_before) / before.value * 100, (high_now - low_before) / before.value * 100
        ):
            low, high = abs(points) - finer, abs(points) + finer
            if not _fits(stated, low, high):
                said = _number(points, _places(finer)) + "个百分点"
                yield "增减数额", hit(said, prefix + said)
    elif stated.unit == "%" and before.value > 0 and not patterns.compiled("生产总值|GDP|增加值").search(name[-20:]):
        ratios = sorted((_change_of(low_now, high_before), _change_of(high_now, low_before)))
        if not _fits(stated, ratios[0], ratios[1]):
            said = _number(abs(now.value / before.value - 1) * 100, max(1, stated.places)) + "%"
            yield "变化幅度", hit(said, prefix + said)
    elif stated.unit == "个百分点" and is_rate:
        low, high = sorted((abs(low_now - high_before), abs(high_now - low_before)))
        if not _fits(stated, max(Fraction(0), low), high):
            said = _number(abs(now.value - before.value), _places(finer)) + "个百分点"
            yield "增减数额", hit(said, prefix + said)
    elif (
        stated.unit == "个百分点"
        and not is_rate
        and before.value > 0
        and not patterns.compiled(_RATES).search(name[-12:])
    ):
        said = _number(abs(now.value / before.value - 1) * 100, max(1, stated.places)) + "%"
        yield "数额用百分点", hit(said, prefix + said)
    elif stated.unit == now.unit:
        apart = abs(now.value - before.value)
        slack = (Fraction(0) if now.exact else now.step / 2) + (Fraction(0) if before.exact else before.step / 2)
        if not _fits(stated, apart - slack, apart + slack, exact=now.exact and before.exact and stated.exact):
            said = _amount_like(apart, now, stated)
            yield "增减数额", hit(said, prefix + said)
    elif stated.unit == "倍" and before.value > 0 and up:
        ratio = now.value / before.value
        if _fits(stated, low_now / high_before - 1, (high_now / low_before if low_before > 0 else ratio) - 1):
            return
        more = _number(ratio - 1, max(1, stated.places)) + "倍"
        if _fits(stated, ratio, ratio):
            yield "倍数混用", hit(more, prefix + more)
        else:
            yield "倍数", hit(more, prefix + more)


def _bounds(figure: Amount, step: Fraction) -> tuple[Fraction, Fraction]:
    """What a figure may stand for when it is beside one that is told to ``step``: 13亿元 beside 12.6亿元 is 13.0."""
    slack = Fraction(0) if figure.exact else min(figure.step, step) / 2
    return figure.value - slack, figure.value + slack


def _change_of(now: Fraction, before: Fraction) -> Fraction:
    return abs(now - before) / before * 100 if before > 0 else Fraction(0)


def _fits(stated: Amount, low: Fraction, high: Fraction, exact: bool = False) -> bool:
    """Whether a stated value agrees with what is computed to lie between two bounds, beyond its own rounding."""
    if low > high:
        low, high = high, low
    slack = Fraction(0) if exact else stated.step
    if stated.rough == OVER:
        return high >= stated.value - slack and low <= stated.value * Fraction(3, 2) + slack
    if stated.rough == UNDER:
        return low <= stated.value + slack and high >= stated.value * Fraction(3, 4) - slack
    if stated.rough == NEAR:
        slack = max(slack, stated.value / 10)
        return low - slack <= stated.value <= high + slack
    if exact:
        return low <= stated.value <= high
    if stated.unit == "倍" and not stated.places:
        slack = Fraction(1, 4) if stated.value < 8 else Fraction(1, 2)  # 3倍 is not said of 2.5
        return low - slack <= stated.value <= high + slack
    if stated.unit == "倍":
        return low - slack * Fraction(19, 20) < stated.value < high + slack * Fraction(3, 5)
    return low - slack < stated.value < high + slack


def _say_change(now: Amount, before: Amount, stated: Amount) -> str:
    """The change in the unit that it was stated in."""
    apart = abs(now.value - before.value)
    if stated.unit == now.unit and stated.unit != "%":
        return _amount_like(apart, now, stated)
    if now.unit == "%":
        return _number(apart, _places(min(now.step, before.step))) + "个百分点"
    if stated.unit == "%" and before.value > 0:
        return _number(apart / before.value * 100, max(1, stated.places)) + "%"
    return ""


def _number(value: Fraction, places: int) -> str:
    """To so many places, half up, zeros kept: 65.0."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def _places(step: Fraction) -> int:
    return len(str(step.denominator)) - 1


def _amount_like(value: Fraction, *models: Amount) -> str:
    """An amount in the scale of the finest of its models."""
    model = min(models, key=lambda one: one.step)
    size = model.step * 10**model.places
    return _number(value / size, model.places) + model.scale + model.unit


def _values(paragraph: _Paragraph, stated: str, computed: str, pair: _Pair) -> dict[str, str]:
    return {"述": stated, "算": computed, "今": paragraph.said(pair.now), "前": paragraph.said(pair.before)}


# ── lists with 分别, multiples, changes without a base ────────────────────────────────────────


def _lists(paragraph: _Paragraph) -> Iterator[Found]:
    """事故7起、死亡3人，去年同期分别为9起、5人，同比分别下降22.2%、40%."""
    figures, gaps = paragraph.figures, paragraph.gaps
    for first, gap in enumerate(gaps):
        match = (
            patterns.compiled(r"分别(?P<verb>" + "|".join(v for v in _UP + _DOWN if len(v) > 1) + r")了?$").search(gap)
            if "分别" in gap
            else None
        )
        if match is None or "年均" in gap or len(gap) > 40:
            continue
        verbs, count = [match["verb"]], 1
        while first + count < len(figures):
            link = patterns.compiled(
                "(?:、|和|与|，)(?P<verb>" + "|".join(v for v in _UP + _DOWN if len(v) > 1) + ")?了?"
            ).fullmatch(
                gaps[first + count],
            )
            if not link:
                break
            verbs.append(link["verb"] or verbs[-1])
            count += 1
        if count < 2 or first < 2 * count or "。" in gap:
            continue
        pairs = _bases_of_list(paragraph, first, count)
        for offset, pair in enumerate(pairs):
            stated = figures[first + offset]
            start = (
                stated.start - len(verbs[offset])
                if offset == 0 or gaps[first + offset].endswith(verbs[offset])
                else stated.start
            )
            yield from _judge_listed(paragraph, _Change(first + offset, verbs[offset], "", start), pair)


def _bases_of_list(paragraph: _Paragraph, first: int, count: int) -> list[_Pair]:
    units = [figure.unit for figure in paragraph.figures]
    starts = range(first - 2 * count, first)
    if any(n in paragraph.changes for n in starts):
        return []
    gaps = paragraph.gaps
    if any("。" in gap or "；" in gap or len(gap) > _LONGEST_GAP for gap in gaps[starts[1] : first]):
        return []
    nows, bases = list(starts[:count]), list(starts[count:])
    if (
        patterns.compiled(_YEARLY + "|" + _MONTHLY).search(gaps[bases[0]])
        and units[nows[0] : nows[0] + count] == units[bases[0] : bases[0] + count]
    ):
        return [_Pair(now, base, "") for now, base in zip(nows, bases, strict=True)]
    nows, bases = list(starts[::2]), list(starts[1::2])
    if all(n in paragraph.bases for n in bases) and all(units[a] == units[b] for a, b in zip(nows, bases, strict=True)):
        return [_Pair(now, base, "") for now, base in zip(nows, bases, strict=True)]
    nows, bases = list(starts[count:]), list(starts[:count])
    if patterns.compiled(r"从|由|去年|上年").search(gaps[bases[0]]) \
            and patterns.compiled("到|至|今年").search(gaps[nows[0]]) \
            and units[nows[0] : nows[0] + count] == units[bases[0] : bases[0] + count]:  # fmt: skip
        return [_Pair(now, base, "") for now, base in zip(nows, bases, strict=True)]
    return []


def _judge_listed(paragraph: _Paragraph, change: _Change, pair: _Pair) -> Iterator[Found]:
    """Like any change; the spot of one without its own verb is its figure."""
    stated = paragraph.figures[change.at]
    bare = change.start == stated.start
    for look, hit in _judge(paragraph, change._replace(start=min(change.start, stated.start)), pair):
        if not bare:
            yield look, hit
            continue
        suggestion = hit.suggestion.rpartition(change.verb)[2] if change.verb in hit.suggestion else ""
        yield look, hit._replace(start=stated.start, end=stated.end, suggestion=suggestion)


def _multiples(paragraph: _Paragraph) -> Iterator[Found]:
    """是去年的1.6倍 against the two figures, and 翻一番."""
    for number, figure in enumerate(paragraph.figures):
        gap = paragraph.gaps[number]
        if figure.unit == "倍" and number not in paragraph.changes:
            match = patterns.compiled(
                rf"{_STOP}(?:(?:(?:今年|本年|现在|目前|如今|本月|这个月|总量|总数|数量|规模|已经?|也|就|正好|刚好|整整|几乎|差不多)*"
                rf"(?:是|为|达到?|相当于)(?:了)?(?:{_LABEL})?(?:水平)?的?|的)(?:约|近|超过?|整整)?)"
            ).fullmatch(gap)
            pair = _pair_before(paragraph, number) if match else None
            if pair is None or (gap.strip() == "的" and pair.now > pair.before):
                continue
            now, before = paragraph.figures[pair.now], paragraph.figures[pair.before]
            if before.value <= 0 or now.rough or before.rough:
                continue
            finer = min(now.step, before.step)
            low, high = (
                _bounds(now, finer)[0] / _bounds(before, finer)[1],
                _bounds(now, finer)[1] / max(_bounds(before, finer)[0], finer / 2),
            )
            if _fits(figure, low, high):
                continue
            ratio = now.value / before.value
            said = _number(ratio, max(1, figure.places)) + "倍"
            look = "倍数混用" if _fits(figure, ratio - 1, ratio - 1) else "倍数"
            yield look, Hit(figure.start, figure.end, _values(paragraph, paragraph.said(number), said, pair), said)
        elif figure.unit == "番":
            pair = _pair_before(paragraph, number) if number > 1 else None
            if (
                pair is None
                or figure.rough
                or not patterns.compiled(rf"{_STOP}(?:比(?:{_LABEL}))?(?:实现|将|已|整整|了)*").fullmatch(gap)
            ):
                continue
            now, before = paragraph.figures[pair.now], paragraph.figures[pair.before]
            wanted = 2 ** int(figure.value)
            if before.value > 0 and not Fraction(9, 10) * wanted <= now.value / before.value < Fraction(3, 2) * wanted:
                said = _number(now.value / before.value, 1) + "倍"
                yield "翻番", Hit(figure.start, figure.end, _values(paragraph, paragraph.said(number), said, pair))


def _without_base(paragraph: _Paragraph) -> Iterator[Found]:
    """What a change tells by itself: the base that follows from it, 个百分点 of an amount, a fall in 倍."""
    figures = paragraph.figures
    for number, figure in enumerate(figures):
        if figure.unit == "倍" or (figure.unit == "%" and figure.value > 100):
            yield from _fall(paragraph, number)
    for number, change in paragraph.changes.items():
        stated = figures[number]
        verb_at = paragraph.text.rfind(change.verb, change.start, stated.start)
        said = paragraph.text[verb_at : stated.end]
        start, end = verb_at, stated.end
        if not paragraph.follows(number) or number == 0:
            continue
        last = number - 1
        if last in paragraph.bases or "。" in paragraph.gaps[number]:
            continue
        clause = patterns.compiled("[，,。；;]").split(paragraph.before_in_sentence(last))[-1]
        if (
            last not in paragraph.changes
            and paragraph.pair(number) is None
            and not patterns.compiled("分别|年均").search(paragraph.gaps[number])
        ):
            now = figures[last]
            rate = bool(patterns.compiled(_RATES).search(clause[-14:]))
            if stated.unit == "个百分点" and now.exact and not rate:
                yield "数额用百分点", Hit(start, end, _alone(said, paragraph.said(last), ""))
            if (
                stated.unit == "%"
                and now.unit == "%"
                and change.label
                and patterns.compiled(
                    r"(?:整改|办结|化解|合格|覆盖|达标|满意|完成|调解|签约|到位|入户|及时|参评|发案|复发|破案|结案|履行|成功|普及|参保|优良)率[为达到是]*$"
                ).search(
                    clause,
                )
            ):
                right = said.replace("%", "个百分点").replace("％", "个百分点")
                yield "率用百分比", Hit(start, end, _alone(said, paragraph.said(last), right), right)
        if last in paragraph.changes and paragraph.follows(last) and last > 0:
            yield from _both_changes(paragraph, last - 1, paragraph.changes[last], change)


def _fall(paragraph: _Paragraph, number: int) -> Iterator[Found]:
    """A fall in 倍, or by more than all."""
    figure = paragraph.figures[number]
    match = patterns.compiled(
        r"(?:下降|减少|降低|回落|缩小|缩短|压减|下滑|下跌|降幅)(?:了|约|近|超过?|达到?|为)*$"
    ).search(
        paragraph.gaps[number][-10:],
    )
    if match is None:
        return
    hit = Hit(figure.start - len(match[0]), figure.end, {"述": match[0] + paragraph.said(number)})
    if figure.unit == "倍":
        yield "下降倍数", hit
    elif not patterns.compiled("利润|亏|净|收益|盈").search(
        paragraph.text[max(0, figure.start - 60) : figure.end + 20]
    ):
        yield "降幅过百", hit


def _alone(said: str, now: str, computed: str) -> dict[str, str]:
    return {"述": said, "算": computed, "今": now, "前": ""}


def _both_changes(paragraph: _Paragraph, now_at: int, one: _Change, other: _Change) -> Iterator[Found]:
    """7起，减少2起，下降22.2%: the base follows from the first two."""
    figures = paragraph.figures
    if patterns.compiled("比|较|从|由").search(paragraph.gaps[now_at][-20:]):
        return
    if (
        now_at in paragraph.changes
        or now_at in paragraph.bases
        or paragraph.pair(one.at)
        or not _agree(one.label, other.label)
    ):
        return
    if (one.verb in _UP) != (other.verb in _UP):
        return
    now, first, second = figures[now_at], figures[one.at], figures[other.at]
    amount, percent, told = (first, second, other) if second.unit == "%" else (second, first, one)
    if percent.unit != "%" or amount.unit != now.unit or now.unit == "%" or now.rough or amount.rough:
        return
    sign = -1 if one.verb in _UP else 1
    before = now.value + sign * amount.value
    if before <= 0 or patterns.compiled("年均|生产总值|GDP|增加值").search(paragraph.before_in_sentence(told.at)[-40:]):
        return
    low, high = amount.bounds
    bounds = sorted(
        low / (now.value + sign * low) * 100 if now.value + sign * low > 0 else Fraction(0) for low in (low, high)
    )
    if not now.exact:
        slack = bounds[1] * (now.step / now.value if now.value else 0)
        bounds = [bounds[0] - slack, bounds[1] + slack]
    if _fits(percent, bounds[0], bounds[1]):
        return
    verb_at = paragraph.text.rfind(told.verb, told.start, percent.start)
    said = _number(amount.value / before * 100, max(1, percent.places)) + "%"
    prefix = paragraph.text[verb_at : percent.start]
    values = {"述": paragraph.text[verb_at : percent.end], "算": said, "今": paragraph.said(now_at),
              "前": _amount_like(before, now, amount)}  # fmt: skip
    yield "数额与幅度", Hit(verb_at, percent.end, values, prefix + said)


# ── shares ────────────────────────────────────────────────────────────────────────────────────

_BOUNDED = (
    "整改|办结|化解|覆盖|合格|达标|满意|销号|按期办结|调解成功|参保|入学|巩固|普及|签约|到位|破案|结案|优良|受理|响应|见面|回访|入户|整治|排查|"
    "上户|在线|入网|知晓|接种|持证|培训|安装"
)


@cache
def _rate() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<stop>{_STOP})(?:[^，,。；;、（(0-9]{{0,8}}?)(?P<verb>[^，,。；;、（(0-9]{{2,4}})率(?:为|达|达到|是|约|已达|已|仅|只有|近|超过?)*"
    )


@cache
def _of_whole() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<stop>{_STOP})(?:约|仅|只|均)?占(?:比|到|了)?(?:全部[^，,。；;、0-9]{{0,6}}|其中|(?:[^，,。；;、0-9国省市县区镇村]{{0,6}})?(?:总数|总量|总额|总人数|总件数|总起数|总户数))?的?"
        r"(?:为|达|约|近|超过?|到|达到)*"
    )


_TARGET = patterns.compiled(
    r"(?:[，,]?(?:占|完成|达到|达|为|是|相当于)了?)(?P<what>[^，,。；;0-9]{0,8}(?:计划|目标|任务|总数|总量|预算|全部|全年|年初|总[^，,。；;0-9]{0,4}))[^，,。；;0-9]{0,8}"
)


_OF_TARGET = patterns.compiled(
    rf"{_STOP}(?:占|完成了?|达到?|为)(?:年度|全年|年初)?(?:计划|目标|任务|目标任务|计划任务|预算)的(?:约|近|超过?)?"
)


def _shares(paragraph: _Paragraph) -> Iterator[Found]:
    figures, gaps = paragraph.figures, paragraph.gaps
    for number, figure in enumerate(figures):
        gap = gaps[number]
        if figure.unit == "%":
            yield from _share(paragraph, number)
            over = patterns.compiled(rf"(?P<name>(?:{_BOUNDED})率)[为达到是约已]*$").search(gap[-16:])
            if over and figure.value > 100 and not figure.rough:
                start = figure.start - (len(gap[-16:]) - over.start())
                yield "超过百分之百", Hit(start, figure.end, {"述": over["name"], "算": paragraph.said(number)})
            elif figure.value > 100 and patterns.compiled("占(?:总数|总量|全部|比|总额)[^，,。；;0-9]{0,4}$").search(
                gap[-12:]
            ):
                yield "超过百分之百", Hit(figure.start, figure.end, {"述": "占比", "算": paragraph.said(number)})
        elif number and figure.unit not in ("持平", "番"):
            yield from _left_over(paragraph, number)
            if figure.unit == figures[number - 1].unit:
                yield from _part_over_whole(paragraph, number)


def _over_all(paragraph: _Paragraph, number: int) -> Iterator[Found]:
    """A share of more than 100 %."""
    figure, gap = paragraph.figures[number], paragraph.gaps[number]
    over = patterns.compiled(rf"(?P<name>(?:{_BOUNDED})率)[为达到是约已]*$").search(gap[-16:])
    if over and not figure.rough:
        start = figure.start - (len(gap[-16:]) - over.start())
        yield "超过百分之百", Hit(start, figure.end, {"述": over["name"], "算": paragraph.said(number)})
    elif patterns.compiled("占(?:总数|总量|全部|比|总额)[^，,。；;、0-9]{0,4}$").search(gap[-12:]):
        yield "超过百分之百", Hit(figure.start, figure.end, {"述": "占比", "算": paragraph.said(number)})


def _share(paragraph: _Paragraph, number: int) -> Iterator[Found]:
    figures, gaps = paragraph.figures, paragraph.gaps
    stated, gap = figures[number], gaps[number]
    if number < 2 or number in paragraph.changes or paragraph.elsewhen(number):
        return
    last, first = figures[number - 1], figures[number - 2]
    between = gaps[number - 1]
    if "。" in between or "。" in gap or len(between) > _LONGEST_GAP:
        return
    # 完成投资12.6亿元，占年度计划13亿元的96.9%; 年度计划13亿元，完成12.6亿元，完成率96.9%
    if patterns.compiled("的(?:约|近|超过?)?").fullmatch(gap) and _TARGET.fullmatch(between):
        if (
            first.unit == last.unit
            and number - 2 not in paragraph.changes
            and not patterns.compiled("多|高|超").search(between)
        ):
            yield from _judge_share(paragraph, number, number - 2, number - 1)
        return
    if number - 1 in paragraph.changes or paragraph.elsewhen(number - 1):
        return
    rate = _rate().fullmatch(gap)
    if rate:
        yield from _judge_rate(paragraph, number, rate["verb"])
        return
    target = _OF_TARGET.fullmatch(gap)
    if target and first.unit == last.unit:
        if patterns.compiled("计划|目标|任务|预算").search(gaps[number - 2][-14:]) and patterns.compiled(
            "完成|实现|已|到位"
        ).search(between):
            yield from _judge_share(paragraph, number, number - 1, number - 2)
        return
    if last.unit != "%" and _of_whole().fullmatch(gap):
        part = number - 1
        begin, _ = paragraph.document.sentence_at(stated.start)
        told = (
            n for n in range(max(0, part - _MOST), part) if figures[n].start >= begin and figures[n].unit == last.unit
        )
        plain = (n for n in told if n not in paragraph.changes and not paragraph.elsewhen(n))
        wholes = [n for n in plain if figures[n].value >= last.value]
        if not wholes or "；" in paragraph.text[figures[wholes[0]].end : stated.start]:
            return
        if any(_share_fits(stated, last, figures[n]) for n in wholes):
            return
        gap_of_part = gaps[part]
        sure = patterns.compiled("其中|已|有|共").search(gap_of_part) or patterns.compiled(
            "共|总|合计|排查|受理"
        ).search(gaps[wholes[0]])
        if sure and not patterns.compiled("全[国省市县区]|GDP|生产总值").search(gap):
            yield from _judge_share(paragraph, number, part, max(wholes, key=lambda n: figures[n].value))


def _judge_rate(paragraph: _Paragraph, number: int, verb: str) -> Iterator[Found]:
    """整改率 after 排查43处，已整改41处, in either order."""
    figures, gaps = paragraph.figures, paragraph.gaps
    one, other = number - 2, number - 1
    if (
        figures[one].unit != figures[other].unit
        or one in paragraph.changes
        or paragraph.elsewhen(one)
        or figures[one].unit == "%"
    ):
        return
    between, head = gaps[other], gaps[one][-16:]
    act = next((verb[at:] for at in range(len(verb) - 1) if verb[at:] in between or verb[at:] in head), "")
    if not act and verb[:2] in between:
        act = verb[:2]  # 化解成功率
    if not act and verb.endswith(("完成", "到位")):
        act = next((word for word in ("完成", "到位") if word in between), "")
    if not act:
        return
    in_between = act in between
    part, whole = (other, one) if in_between else (one, other)
    near = between if in_between else head
    if figures[part].value > figures[whole].value and verb not in ("完成", "任务完成", "目标完成"):
        return  # told by 部分大于总数
    negative = patterns.compiled(f"(?:不|未|没有|尚未|没){act}").search(near)
    if not in_between and not patterns.compiled("共|总|计划|任务|目标|应").search(between):
        return
    if patterns.compiled("；|。|去年|上年|同期").search(between):
        return
    if negative:
        yield from _judge_share(paragraph, number, part, whole, left=True)
    else:
        yield from _judge_share(paragraph, number, part, whole)


def _share_fits(stated: Amount, part: Amount, whole: Amount, left: bool = False) -> bool:
    if whole.value <= 0:
        return True
    finer = min(part.step, whole.step)
    low, high = (
        _bounds(part, finer)[0] / _bounds(whole, finer)[1] * 100,
        _bounds(part, finer)[1] / max(_bounds(whole, finer)[0], finer / 4) * 100,
    )
    if left:
        low, high = 100 - high, 100 - low
    return _fits(stated, low, high)


def _judge_share(
    paragraph: _Paragraph, number: int, part_at: int, whole_at: int, left: bool = False
) -> Iterator[Found]:
    stated, part, whole = (paragraph.figures[n] for n in (number, part_at, whole_at))
    if part.rough or whole.rough or whole.value <= 0 or part.unit == "%" or _share_fits(stated, part, whole, left):
        return
    share = part.value / whole.value * 100
    said = _number(100 - share if left else share, max(1, stated.places)) + "%"
    gap = paragraph.gaps[number]
    cut = max(gap.rfind(sign) for sign in "，,、（(；;")
    start = stated.start if gap.strip() == "的" else stated.start - len(gap) + cut + 1
    prefix = paragraph.text[start : stated.start]
    values = {
        "述": paragraph.text[start : stated.end],
        "算": said,
        "今": paragraph.said(part_at),
        "前": paragraph.said(whole_at),
    }
    yield "占比", Hit(start, stated.end, values, prefix + said)


_LEFT = patterns.compiled(
    rf"{_STOP}(?:还有|还剩|尚有|仍有|剩余|还剩余|剩下|尚余|余下|其余|未整改|未办结|未化解|未完成|尚未[^，。；0-9]{{2,4}}(?:的)?(?:有)?)(?:的|为|有)*[^，,。；;、0-9]{{0,4}}"
)
_DONE = patterns.compiled(
    rf"{_STOP}(?:其中)?(?:目前|现|截至目前)?[，,]?(?:已经?|完成|整改|办结|化解)[^，,。；;、（(0-9]{{0,6}}"
)
_WHOLE = patterns.compiled(
    "共|排查|发现|登记|受理|收到|接到|接收|摸排|交办|转办|总计|合计|查出|梳理|下发|发出|印发|移送|移交|在册|抽查|检查"
)


def _left_over(paragraph: _Paragraph, number: int) -> Iterator[Found]:
    """43处，已整改41处，整改率95.3%，还有3处."""
    figures, gaps = paragraph.figures, paragraph.gaps
    done_at = number - 2 if figures[number - 1].unit == "%" else number - 1
    if done_at < 1 or not _LEFT.fullmatch(gaps[number]) or not _DONE.fullmatch(gaps[done_at]):
        return
    figure, done, whole = figures[number], figures[done_at], figures[done_at - 1]
    told = (figure, done, whole)
    if len({one.unit for one in told}) > 1 or any(one.rough or not one.exact for one in told):
        return
    if any(n in paragraph.changes or paragraph.elsewhen(n) for n in (number, done_at, done_at - 1)):
        return
    left = whole.value - done.value
    if left >= 0 and left != figure.value:
        start = figure.start - len(gaps[number].lstrip("，,、；; （("))
        said = _amount_like(left, figure)
        values = {
            "述": paragraph.text[start : figure.end],
            "算": said,
            "今": paragraph.said(done_at),
            "前": paragraph.said(done_at - 1),
        }
        yield "剩余", Hit(start, figure.end, values, paragraph.text[start : figure.start] + said)


_AMONG = patterns.compiled(rf"{_STOP}其中[，,：:]?(?!.*(?:去年|上年|累计))[^，,。；;、（(0-9]{{0,12}}")


def _part_over_whole(paragraph: _Paragraph, number: int) -> Iterator[Found]:
    """共43处，已整改45处 / 已整改45处，共43处 / 43处，其中重大45处."""
    figures, gaps = paragraph.figures, paragraph.gaps
    figure, last, gap, head = figures[number], figures[number - 1], gaps[number], gaps[number - 1]
    if figure.rough or last.rough or not (figure.exact and last.exact):
        return
    if number in paragraph.changes or paragraph.elsewhen(number) or number - 1 in paragraph.changes:
        return
    done = (
        _DONE.fullmatch(gap)
        and _WHOLE.search(head[-14:])
        and not patterns.compiled("计划|目标|任务|完成").search(head[-14:] + gap)
    )
    among = "其中" in gap and _AMONG.fullmatch(gap)
    if figure.value > last.value and (done or among):
        part, whole = number, number - 1
    elif (
        last.value > figure.value
        and patterns.compiled("[，,（(](?:总共|一共|共计|共|总数)(?:有|为)?").fullmatch(gap)
        and _DONE.search(patterns.compiled("[，,。；;]").split(head)[-1])
        and not paragraph.elsewhen(number - 1)
        and not (number > 1 and figures[number - 2].unit == figure.unit)
    ):
        part, whole = number - 1, number
    else:
        return
    values = {"述": paragraph.said(part), "算": "", "今": paragraph.said(part), "前": paragraph.said(whole)}
    yield "部分大于总数", Hit(figures[part].start, figures[part].end, values)


# ── parts and totals ──────────────────────────────────────────────────────────────────────────

_ITEM = patterns.compiled(r"[、，,；;和](?P<name>[^，,。；;、（(）)0-9：:]{0,14})")
_NO_PART = patterns.compiled("已|完成|同比|占|去年|上年|还有|剩|累计|整改|办结|分别|平均|涉及|其中|共|新增")


def _parts(paragraph: _Paragraph) -> Iterator[Found]:
    """126处，其中重大隐患12处、一般隐患110处: the parts against the whole before them."""
    figures, gaps = paragraph.figures, paragraph.gaps
    for whole_at in range(len(figures) - 2):
        whole, first = figures[whole_at], whole_at + 1
        lead = patterns.compiled(
            r"[^，,。；;、（(0-9]{0,10}[，,：:（(](?P<way>其中|分别为|分别是|包括|其中包括|由)[，,：:]?(?P<name>[^，,。；;、（(）)0-9]{0,14})"
        ).fullmatch(
            gaps[first],
        )
        if lead is None or whole.unit == "%" or whole.rough or whole_at in paragraph.changes:
            continue
        names, numbers = [lead["name"]], [first]
        for number in range(first + 1, min(first + _MOST, len(figures))):
            match = _ITEM.fullmatch(gaps[number])
            if match is None or figures[number].unit != whole.unit or _NO_PART.search(match["name"]):
                break
            names.append(match["name"])
            numbers.append(number)
        parts = [figures[number] for number in numbers]
        if len(parts) < 2 or any(part.unit != whole.unit or part.rough for part in parts) or _NO_PART.search(names[0]):
            continue
        after = paragraph.text[parts[-1].end : parts[-1].end + 14]
        closed = bool(lead["way"] in ("分别为", "分别是", "由") or "其余" in names[-1])
        if lead["way"] in ("包括", "其中包括"):
            closed = not after.startswith("等")
        total = sum((part.value for part in parts), Fraction(0))
        slack = sum((_slack(part) for part in parts), _slack(whole))
        if abs(total - whole.value) <= slack or any(part.value == 0 for part in parts):
            continue
        listed = "、".join(paragraph.said(number) for number in numbers)
        values = {
            "述": paragraph.said(whole_at),
            "算": _amount_like(total, whole),
            "今": listed,
            "前": paragraph.said(whole_at),
        }
        hit = Hit(whole.start, whole.end, values)
        if total > whole.value and (closed or _exclusive(names, whole.unit)):
            yield "分项超出", hit
        mistyped = (
            len(parts) > 2
            and _by_rank(names)
            and total * 100 > whole.value * 85
            and _one_digit_off(values["算"], values["前"])
            and not after.startswith("等")
        )
        if total < whole.value and (closed or mistyped) and not patterns.compiled("[，,、；;]").match(after):
            yield "分项不足", hit


_RANKS = patterns.compiled("中央|国家|上级|本级|地方|财政|银行|贷款|省|市|县|区|乡|镇|村|自筹|社会|群众|企业|其他|其余")


def _by_rank(names: list[str]) -> bool:
    """Whether parts are told by who pays or by level (中央、省级、县级, 自筹): then all are meant."""
    return all(_RANKS.search(name) for name in names) and len(set(names)) == len(names)


def _one_digit_off(one: str, other: str) -> bool:
    """1760万元 and 1860万元: alike but for one digit."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _exclusive(names: list[str], unit: str) -> bool:
    """Whether parts of these names do not overlap: of people and firms only what is called alike (重点户, 一般户)."""
    if unit not in ("人", "名", "家", "户", "个", "所"):
        return True
    if all(name[-1:] in tuple("区镇乡县村市片路") for name in names):
        return True  # of places
    if all(name in ("幼儿园", "小学", "初中", "高中", "中学", "中职", "职高", "大学") for name in names):
        return True
    ends = {name[-2:] for name in names}
    return len(ends) == 1 and all(len(name) > 2 for name in names)


def _sums(paragraph: _Paragraph) -> Iterator[Found]:
    """分别为12件、15件、18件，合计46件: the total after its parts."""
    figures, gaps = paragraph.figures, paragraph.gaps
    for number, figure in enumerate(figures):
        if (
            number < 2
            or "分别" in gaps[number]
            or not patterns.compiled(
                r"[，,；;。—\s]*(?:总数|[全前上下三两四五][^，,。；;、（(0-9]{1,5}?)?(?:合计|共计|总计|一共|总共|加起来|累计|三项合计|两项合计|共)(?:为|是|达|有)?(?:[^，,。；;、（(0-9]{0,4})"
            ).fullmatch(
                gaps[number],
            )
        ):
            continue
        if figure.rough or figure.unit == "%":
            continue
        parts: list[int] = []
        for part in range(number - 1, max(-1, number - _MOST), -1):
            if (
                figures[part].unit != figure.unit
                or figures[part].rough
                or part in paragraph.changes
                or paragraph.elsewhen(part)
            ):
                break
            parts.append(part)
            match = _ITEM.fullmatch(gaps[part])
            if match is None or _NO_PART.search(match["name"]) or ("；" in gaps[part] and "；" not in gaps[number - 1]):
                break
        if len(parts) < 2 or patterns.compiled("其中|去年|上年|同期|累计|已").search(gaps[parts[-1]][-16:]):
            continue
        slack = sum((_slack(figures[part]) for part in parts), _slack(figure))
        sums = [sum((figures[part].value for part in parts[:count]), Fraction(0)) for count in range(2, len(parts) + 1)]
        if any(abs(total - figure.value) <= slack for total in sums):
            continue
        if (
            patterns.compiled("共|累计").match(gaps[number].strip("，,；;。 "))
            and gaps[number].strip("，,；;。 ")[:2] not in ("共计",)
            and "分别" not in gaps[parts[-1]]
            and len(parts) < 3
        ):
            continue
        said = _amount_like(sums[-1], figure, *(figures[part] for part in parts))
        lead = gaps[number].lstrip("，,；;。—")
        start = figure.start - len(lead)
        listed = "、".join(paragraph.said(part) for part in reversed(parts))
        values = {"述": paragraph.text[start : figure.end], "算": said, "今": listed, "前": paragraph.said(number)}
        yield "合计", Hit(start, figure.end, values, lead + said)


def _slack(figure: Amount) -> Fraction:
    return Fraction(0) if figure.exact else figure.step / 2


_LOOKS: tuple[Callable[[_Paragraph], Iterator[Found]], ...] = (
    _changes, _lists, _multiples, _without_base, _shares, _parts, _sums,
)  # fmt: skip


# ── the same figure twice, and the meeting file ───────────────────────────────────────────────

_NAME = patterns.compiled(
    r"(?:全[县市区镇乡省州旗校厂公司街道]{1,3}|我[县市区镇乡省校厂]|今年以来|今年|目前|截至目前|据统计|共|累计|一共|先后|已|发生|受理|接待|发现|排查|排查出)*(?P<name>[^，,。；;、（(）)：:0-9]{4,14}?)(?:共|累计|为|达|达到|有|是|总计|总数|发生)*"
)
_OTHER_SCOPE = patterns.compiled(
    "去年|上年|同期|其中|[0-9一二三四五六七八九十]月|季度|上半年|下半年|昨|近|每|平均|新增|到20|目标|力争|计划|确保|不[超低少高]|以上|以下|左右|的$|十[三四五]五|第|分别"
)


_EVENTS = ("起", "件", "处", "宗", "批次", "人次", "件次", "户次")


def _twice(document: Document, figures: Iterable[Amount]) -> Iterator[Found]:
    """The same name with the same unit and two values: 生产安全事故7起 … 生产安全事故9起."""
    seen: dict[tuple[str, str], tuple[Amount, str]] = {}
    text = document.text
    previous = 0
    for figure in figures:
        before, previous = previous, figure.end
        if not figure.exact or figure.rough or figure.unit not in _EVENTS:
            continue
        gap = text[max(before, figure.start - 24) : figure.start]
        clause = patterns.compiled("[，,。；;、（(）)：:\n]").split(gap)[-1]
        if (
            len(clause) == len(gap)
            and figure.start - len(gap) == before
            and before
            and text[before - 1] not in "，。；、：\n"
        ):
            continue
        match = _NAME.fullmatch(clause)
        if match is None or _OTHER_SCOPE.search(clause):
            continue
        start, _ = document.sentence_at(figure.start)
        head = text[max(start, figure.start - _FAR) : figure.start]
        if _OTHER_SCOPE.search(head) or patterns.compiled("[镇乡村]|街道|社区|公司").search(head):
            continue
        name = match["name"]
        if patterns.compiled("[了的要把对将在以和与及到]|各|做|办|抓|建|设|增|减|降|升|多|少").search(name):
            continue
        known = seen.setdefault((name, figure.unit), (figure, text[figure.start : figure.end]))
        if known[0].value != figure.value:
            values = {"名": name, "述": text[figure.start : figure.end], "前": known[1], "今": "", "算": ""}
            yield "前后不一", Hit(figure.start, figure.end, values)


def _against_meeting(document: Document, figures: Sequence[Amount]) -> Iterator[Found]:
    """A figure of the meeting file under its own name with another value."""
    if document.meeting is None or not document.meeting.figures:
        return
    text = document.text
    starts = {figure.start: (number, figure) for number, figure in enumerate(figures)}
    ends = {figure.end for figure in figures}
    names = [figure.name.value for figure in document.meeting.figures]
    for known in document.meeting.figures:
        name = known.name.value.strip()
        if len(name) < 2:
            continue
        for at in _places_of(text, name):
            if any(
                len(longer) > len(name)
                and name in longer
                and text.find(longer, max(0, at - len(longer)), at + len(longer)) >= 0
                for longer in names
            ):
                continue
            if at in ends:  # 12起未遂事件有8起发生在夜班: the whole stands before the name
                continue
            sentence, _ = document.sentence_at(at)
            head = text[sentence:at]
            scope = known.scope.value if known.scope else ""
            if patterns.compiled("其中|较大|重大|一般|[镇乡村]$|去年|上年|同期|目标|力争").search(
                head[-14:]
            ) or _other_time(head, scope):
                continue
            end = at + len(name)
            link = patterns.compiled("(?:共|共计|为|是|达|达到|累计|发生|总计|有|数|：)*").match(text[end:])
            begin = end + (link.end() if link else 0)
            if begin not in starts:
                continue
            number, figure = starts[begin]
            yield from _compare(document, known.reading, name, figure, known.text.value)
            if not _EARLIER.search(text, text.rfind("\n", 0, at) + 1, document.sentence_at(at)[1]):
                yield from _old_for_new(document, known.reading, name, figure)
            following = figures[number + 1] if number + 1 < len(figures) else None
            if following and patterns.compiled(rf"[，,（(]?(?:比|较)?(?:{_YEARLY})(?:的|为|是)?").fullmatch(
                text[figure.end : following.start]
            ):
                yield from _compare_one(text, known.reading.before, name, following, "去年同期")


def _other_time(head: str, scope: str) -> bool:
    return (
        any(
            time not in scope
            for time in patterns.compiled(r"[0-9]{1,2}月|20[0-9]{2}年|上半年|下半年|季度").findall(head[-24:])
            if scope
        )
        if head
        else False
    )


def _places_of(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _compare(document: Document, reading: Reading, name: str, figure: Amount, typed: str) -> Iterator[Found]:
    known = [one for one in (reading.now, reading.before, reading.total, reading.target) if one]
    if reading.also:
        known += [one for one in (reading.also.now, reading.also.before, reading.also.total) if one]
    same = [one for one in known if _in_unit(one, figure.unit) is not None]
    if figure.rough or not same or any(_same_value(one, figure) for one in same):
        return
    right = reading.now if _in_unit(reading.now, figure.unit) is not None else same[0]
    yield "会议数字", Hit(figure.start, figure.end, _meeting_values(document.text, name, figure, right), right.text)


_EARLIER = patterns.compiled(
    "去年|上年|前年|同期|上月|上个月|上半年|上季度|同比|环比|[由从]|原来|相比|往年|历史|20[0-9]{2}年"
)


def _old_for_new(document: Document, reading: Reading, name: str, figure: Amount) -> Iterator[Found]:
    """生产安全事故9起 said of now, where the file has 7起 / 9起: the figure of the year before."""
    if figure.rough or not reading.now or not reading.before or _same_value(reading.now, figure):
        return
    others = [one for one in (reading.total, reading.target) if one]
    if reading.also:
        others += [one for one in (reading.also.now, reading.also.before, reading.also.total) if one]
    start, end = document.sentence_at(figure.start)
    if any(_same_value(one, figure) for one in others) or reading.now.text in document.text[start:end]:
        return
    if _same_value(reading.before, figure):
        values = _meeting_values(document.text, name, figure, reading.now)
        yield "会议数字", Hit(figure.start, figure.end, values, reading.now.text)


def _compare_one(text: str, known: Quantity | None, name: str, figure: Amount, when: str) -> Iterator[Found]:
    if known and not figure.rough and _in_unit(known, figure.unit) is not None and not _same_value(known, figure):
        yield (
            "会议数字",
            Hit(figure.start, figure.end, _meeting_values(text, f"{name}（{when}）", figure, known), known.text),
        )


def _meeting_values(text: str, name: str, figure: Amount, known: Quantity) -> dict[str, str]:
    return {"名": name, "述": text[figure.start : figure.end], "前": known.text, "今": "", "算": ""}


def _in_unit(quantity: Quantity, unit: str) -> Fraction | None:
    """The value of a typed figure in the base unit; None when that is another."""
    from speechgen.check.quantities import read_amounts

    read = read_amounts(quantity.text)
    return read[0].value if len(read) == 1 and read[0].unit == unit else None


def _same_value(quantity: Quantity, figure: Amount) -> bool:
    value = _in_unit(quantity, figure.unit)
    if value is None:
        return False
    low, high = figure.bounds
    return low <= value <= high


# ── the checks ────────────────────────────────────────────────────────────────────────────────


def _of(look: str, document: Document, rule: Rule) -> Iterator[Hit]:
    return (hit for name, hit in document.once(found) if name == look)


def _check(look: str, *values: str) -> Check:
    find: Callable[[Document, Rule], Iterable[Hit]] = partial(_of, look)
    return Check(find, values=values or ("述", "算", "今", "前"))


CHECKS = {
    look: _check(look)
    for look in (
        "变化幅度", "增减方向", "增减数额", "倍数", "倍数混用", "翻番", "持平", "数额与幅度", "百分点混用",
        "数额用百分点",
        "率用百分比", "占比", "剩余", "部分大于总数", "分项超出", "分项不足", "合计", "占比合计", "平均",
        "连续几年", "连续几年数法",
    )
} | {
    "超过百分之百": _check("超过百分之百", "述", "算"),
    "下降倍数": _check("下降倍数", "述"),
    "降幅过百": _check("降幅过百", "述"),
    "前后不一": _check("前后不一", "名", "述", "前"),
    "会议数字": _check("会议数字", "名", "述", "前"),
}  # fmt: skip
