"""算术: claims that rest on a whole sentence – averages, shares in words, sums over years, differences, runs of falls.

Each figure of a line becomes one sign, so that a pattern can tell how figures and words follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from speechgen import patterns
from speechgen.check.quantities import OVER, UNDER, Amount, han_value
from speechgen.check.rule import Hit

if TYPE_CHECKING:
    import re

Found = tuple[str, Hit]

# What a figure becomes: an amount, per cent, 倍, 个百分点, 番, 持平.
_A, _P, _X, _OTHER = "\ue000", "\ue001", "\ue002", "\ue003"
_SIGNS = "\ue000-\ue003"
_SIGN_OF = {"%": _P, "倍": _X, "个百分点": _OTHER, "番": _OTHER, "持平": _OTHER}
_GROUPS = ("组", "批", "个", "类", "种")
_MOST = 40  # figures of a list
_UNIT_SUM_MOST = 12


class Sentence(NamedTuple):
    """A sentence with a sign for each figure: ``figures[n]`` stands at ``said[places[n]]``."""

    text: str  # of the document
    said: str
    figures: list[Amount]
    places: list[int]

    def number(self, place: int) -> int:
        """The figure at a place of ``said``."""
        return self.places.index(place)

    def typed(self, number: int) -> str:
        figure = self.figures[number]
        return self.text[figure.start : figure.end]

    def offset(self, place: int, number: int) -> int:
        """Where in the document a place shortly before a figure is."""
        return self.figures[number].start - (self.places[number] - place)


@cache
def _bare() -> re.Pattern[str]:
    return patterns.compiled(r"(?:(?<![0-9.．第])[0-9]{1,6}(?:\.[0-9]{1,3})?(?:、|和)){1,12}$")


def _with_bare(text: str, figures: Sequence[Amount], start: int) -> list[Amount]:
    """The figures, and before one of them those that share its unit: 85、97、114公里."""
    found: list[Amount] = []
    end = start
    for figure in figures:
        if figure.unit in _GROUPS and figure.value < 10 and not text[figure.start].isdecimal():
            continue  # 分三批, 二组: they name the parts
        if figure.unit in ("个月", "天") and text[figure.start - 1] in "前头近这":
            continue  # 前十个月: when it was
        if (
            text[figure.start - 1 : figure.start] in ("、", "和")
            and text[figure.start - 2 : figure.start - 1].isdecimal()
        ):
            listed = _bare().search(text[max(end, figure.start - 60) : figure.start])
            at = figure.start - len(listed[0]) if listed else figure.start
            size = figure.step * 10**figure.places
            while at < figure.start:
                sign = min(n for n in (text.find(s, at, figure.start) for s in "、和") if n >= 0)
                typed = text[at:sign]
                places = len(typed.partition(".")[2])
                found.append(
                    figure._replace(
                        start=at,
                        end=sign,
                        value=Fraction(typed) * size,
                        step=size / 10**places,
                        places=places,
                        rough="",
                    )
                )
                at = sign + 1
        found.append(figure)
        end = figure.end
    return found


def sentences(text: str, figures: Sequence[Amount], start: int, end: int) -> Iterator[Sentence]:
    """The sentences of a line that hold two figures or more."""
    if len(figures) < 2:
        return
    at = start
    left = list(figures)
    while left and at < end:
        stop = text.find("。", at, end)
        stop = end if stop < 0 else stop
        inside = [figure for figure in left if figure.start < stop]
        left = left[len(inside) :]
        if len(inside) > 1 and len(inside) <= _MOST and stop - at < 1000:
            told = _with_bare(text, inside, at)
            said: list[str] = []
            places = []
            length, last = 0, at
            for figure in told:
                before = text[last : figure.start]
                said += (before, _SIGN_OF.get(figure.unit, _A))
                length += len(before)
                places.append(length)
                length += 1
                last = figure.end
            said.append(text[last:stop])
            yield Sentence(text, "".join(said), told, places)
        at = stop + 1


def found(text: str, figures: Sequence[Amount], start: int, end: int) -> Iterator[Found]:
    """All that a line claims wrongly, with the check that each belongs to."""
    for sentence in sentences(text, figures, start, end):
        yield from _multiples(sentence)
        yield from _doublings(sentence)
        yield from _targets(sentence)
        yield from _named_wholes(sentence)
        yield from _parts(sentence)
        yield from _periods(sentence)
        yield from _shares(sentence)
        yield from _averages(sentence)
        yield from _sums(sentence)
        yield from _divided(sentence)
        yield from _runs(sentence)
        yield from _differences(sentence)


# ── how figures are said ──────────────────────────────────────────────────────────────────────


def say(value: Fraction, places: int) -> str:
    """To so many places, half up, zeros kept: 65.0."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def say_like(value: Fraction, *models: Amount) -> str:
    """An amount in the scale of the finest of its models."""
    model = min(models, key=lambda one: one.step)
    size = model.step * 10**model.places
    return say(value / size, model.places) + model.scale + model.unit


def bounds(figure: Amount, step: Fraction) -> tuple[Fraction, Fraction]:
    """What a figure may stand for when it is beside one that is told to ``step``: 13亿元 beside 12.6亿元 is 13.0."""
    slack = Fraction(0) if figure.exact else min(figure.step, step) / 2
    return figure.value - slack, figure.value + slack


def _ratio(part: Amount, whole: Amount, sure: bool = False) -> tuple[Fraction, Fraction] | None:
    """Between which two values part / whole lies; ``sure``: the whole is meant exactly, as a target is."""
    if whole.value <= 0 or part.rough or whole.rough or part.unit != whole.unit:
        return None
    finer = min(part.step, whole.step)
    (low, high), (least, most) = bounds(part, finer), bounds(whole, finer)
    if sure:
        least = most = whole.value
    return low / most, high / max(least, whole.value / 2)


def _agrees(stated: Amount, low: Fraction, high: Fraction) -> bool:
    """Whether a stated value is what is computed, rounded to its last digit, or cut off there."""
    if stated.rough == OVER:
        return high >= stated.value - stated.step and low <= stated.value * Fraction(3, 2) + stated.step
    if stated.rough == UNDER:
        return low <= stated.value + stated.step and high >= stated.value * Fraction(3, 4) - stated.step
    if stated.rough:
        slack = max(stated.step, stated.value / 10)
        return low - slack < stated.value < high + slack
    if stated.unit == "倍" and not stated.places:
        slack = Fraction(1, 4) if stated.value < 8 else Fraction(1, 2)  # 3倍 is not said of 2.5
        return low - slack <= stated.value <= high + slack
    return low - stated.step * Fraction(19, 20) < stated.value < high + stated.step * Fraction(3, 5)


def _agrees_in_words(sentence: Sentence, number: int, low: Fraction, high: Fraction) -> bool:
    """Whether a share in tenths, halves or thirds, or in per cent, is what is computed (in per cent)."""
    stated = sentence.figures[number]
    typed = sentence.typed(number)
    if "成" not in typed and typed != "一半" and "分之" not in typed.replace("百分之", ""):
        return _agrees(stated, low, high)
    before = sentence.text[max(0, stated.start - 3) : stated.start]
    after = sentence.text[stated.end : stated.end + 3]
    value = stated.value
    if stated.rough == OVER or after.startswith(("以上", "多", "还多", "强")) or before.endswith(("过", "超")):
        return high > value - 1
    if before.endswith(("不到", "不足", "低于", "少于")) or after.startswith("以下"):
        return low < value + 1
    if before.endswith(("近", "将近", "接近")):
        return low < value + 1 and high > value - 9
    slack = 5 if "分之" not in typed else 4
    return low - slack <= value <= high + slack


def _alike(one: Amount, other: Amount) -> bool:
    people = ("人", "名", "位")
    return one.unit == other.unit or (one.unit in people and other.unit in people)


def _hit(sentence: Sentence, place: int, number: int, computed: str, now: int, before: int) -> Hit:
    """The words from ``place`` to the end of a figure, with what they should say."""
    start, stated = sentence.offset(place, number), sentence.figures[number]
    said = sentence.text[start : stated.end]
    values = {"述": said, "算": computed, "今": sentence.typed(now), "前": sentence.typed(before)}
    return Hit(start, stated.end, values, said[: stated.start - start] + computed if computed else "")


_NOT = "，,。；;、：:（）()"  # what parts clauses


def _words(most: int, more: str = "") -> str:
    """Up to so many signs of one clause."""
    return rf"[^{_NOT}{_SIGNS}{more}]{{0,{most}}}"


# ── 是…的几倍 ─────────────────────────────────────────────────────────────────────────────────


@cache
def _multiple() -> re.Pattern[str]:
    clause = _words(14)
    return patterns.compiled(
        rf"(?P<a>{_A})(?P<link>{_words(8)}(?:到了?|至|为|成){_words(3)}|(?:{_words(6)}[，,]){clause}(?:是|为|达到?|相当于){_words(10)})(?P<b>{_A})"
        rf"(?:(?P<of>的)|{_words(4)}[，,]{_words(6)}(?:是|为|达到?|相当于)(?P<then>原来|原先|过去|以前|之前|当初|此前|年初|起步时|刚起步时|{_words(4)}年前|{_words(6)}年|{_words(4)}时期?)?的)"
        rf"(?:约|近|超过?|整整|将近)*(?P<x>{_X})"
    )


def _multiples(sentence: Sentence) -> Iterator[Found]:
    """达到1.2万吨，是2020年4000吨的4倍; 由500吨扩大到2000吨，是原来的3倍."""
    if _X not in sentence.said or "的" not in sentence.said:
        return
    for match in _multiple().finditer(sentence.said):
        a, b, x = (sentence.number(match.start(name)) for name in "abx")
        if match["of"]:
            if not patterns.compiled("[，,].*(?:是|为|达到?|相当于)").search(match["link"]):
                continue
            now, before = a, b
        else:
            if "，" in match["link"] or not match["then"]:
                continue
            now, before = b, a
        if patterns.compiled("计划|目标|比|平均|其中").search(match["link"]):
            continue
        ratio = _ratio(sentence.figures[now], sentence.figures[before])
        stated = sentence.figures[x]
        if ratio is None:
            continue
        real = sentence.figures[now].value / sentence.figures[before].value
        fine = all(sentence.figures[n].value >= 10 * sentence.figures[n].step for n in (now, before))
        if _agrees(stated, *((real, real) if fine else ratio)):
            continue
        said = say(real, 0 if real.denominator == 1 else max(1, stated.places)) + "倍"
        look = "倍数混用" if _agrees(stated, real - 1, real - 1) else "倍数"
        yield look, _hit(sentence, match.start("x"), x, said, now, before)


@cache
def _doubled() -> re.Pattern[str]:
    """The words between two figures that belong to two times, the earlier first."""
    return patterns.compiled(
        "(?:增[加长]|上?升|提高|扩大|发展|扩展|壮大|涨|翻)(?:到了?|至|为)|[，,；](?:.*(?:今年|现在|现|目前|如今|去年|20[0-9]{2}年|到了?|达到?|眼下|本月|这个月))"
    )


@cache
def _just() -> re.Pattern[str]:
    """Nothing but such words between the second figure and 翻了一番."""
    return patterns.compiled(
        "[^，,。；]{0,4}[，,]?(?:比[^，,。；]{1,8}?)?(?:正好|刚好|恰好|整整|已经?|实现了?|几乎|差不多|等于|相当于|就|又|也|基本上?|可以说是?|算是|是|足足|一下子|规模|数量|总量|人数|的|了)*"
    )


_EARLIER = "年前|去年|前年|上年|同期|20[0-9]{2}年|原来|当初|过去|刚开始|起步|上个?月|由|从|最初|开始时|改造前|前些年"


def _doublings(sentence: Sentence) -> Iterator[Found]:
    """三年前12.6万人次，今年达到20.1万人次，翻了一番."""
    figures, said, places = sentence.figures, sentence.said, sentence.places
    for number, stated in enumerate(figures):
        if stated.unit != "番" or stated.rough or number < 2:
            continue
        one, other = figures[number - 2], figures[number - 1]
        gap = said[places[number - 1] + 1 : places[number]]
        link = said[places[number - 2] + 1 : places[number - 1]]
        head = said[max(0, places[number - 2] - 24) : places[number - 2]]
        if one.unit != other.unit or one.rough or other.rough or min(one.value, other.value) <= 0:
            continue
        if len(link) > 30 or not _just().fullmatch(gap):
            continue
        if patterns.compiled("其中|计划|目标|力争|预计|将|到20[0-9]{2}年").search(head + link + gap):
            continue
        forward = one.value < other.value and _doubled().search(link) and patterns.compiled(_EARLIER).search(head)
        backward = one.value > other.value and patterns.compiled(rf"[，,（(].*(?:{_EARLIER})").search(link)
        if not (forward or backward):
            continue
        ratio = max(one.value, other.value) / min(one.value, other.value)
        wanted = 2 ** int(stated.value)
        if not Fraction(9, 10) * wanted <= ratio < Fraction(3, 2) * wanted:
            now, before = (number - 1, number - 2) if forward else (number - 2, number - 1)
            hit = _hit(sentence, places[number], number, say(ratio, 1) + "倍", now, before)
            yield "翻番", hit._replace(suggestion="")


# ── a target and what is done of it ───────────────────────────────────────────────────────────

_AIM = "计划|目标|任务|指标|预算|应[种建收发缴办改签完拨兑]|要建|要完成|要改|需要|总投资|预计|拟"
_AT = "已|完成|签约|完工|开工|办结|兑付|拨付|实收|实际|建成|到位|目前|现在|实现|达到|改造了|征收|铺设|落实|累计"


@cache
def _target() -> re.Pattern[str]:
    claim = (
        rf"[，,（(](?:{_words(4)}(?:完成了?|占|达到?|为|是|相当于|进度|完成率)(?:了|到)?(?:{_words(8)}(?:目标|任务|计划|指标|预算|总数|总量|需求|数|量|投资)(?:数|量|总数|任务)?)?的?"
        rf"|{_words(6)}(?:率|进度|比例)(?:为|达到?|是|已达|仅为|只有)*"
        rf"|(?:已经?|还|才|刚刚?|只|仅|也|就|不|有|差不多)*)(?:约|近|将近|接近|超过?|仅|只有|过|到了?|达到?|足)*"
    )
    return patterns.compiled(
        rf"(?P<head>{_words(16)})(?P<a>{_A})(?P<one>{_words(8)}[，,；]{_words(16)}(?:[，,]{_words(14)})?)(?P<b>{_A}){_words(10)}(?P<claim>{claim})(?P<p>{_P}|过半|半数|大半)"
    )


@cache
def _of_target() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<a>{_A}){_words(10)}(?P<claim>[，,](?:占|完成了?|为|是|达到?|相当于)(?P<what>{_words(12)}))(?P<b>{_A})(?:{_words(6)}(?:目标|任务|计划|预算|指标)(?:数|任务|额|总额|总量)?|(?:总投资|总任务|总量|总数|投资))?的(?:约|近|超过?)*(?P<p>{_P})"
    )


def _targets(sentence: Sentence) -> Iterator[Found]:
    """目标40公里，已完成34公里，完成目标的87.5%, in either order."""
    if not patterns.compiled(f"{_P}|过半|半数|大半").search(sentence.said):
        return
    aims, dones = patterns.compiled(_AIM), patterns.compiled(_AT)
    said = sentence.said
    for match in _target().finditer(said) if aims.search(said) and dones.search(said) else ():
        first, second = (sentence.number(match.start(name)) for name in "ab")
        head, link = match["head"], match["one"]
        if patterns.compiled("同比|环比|其中|去年|上年|平均|超额|增|降|分别").search(link + match["claim"]):
            continue
        rate = patterns.compiled("(..)率").search(match["claim"])
        if rate and rate[1] not in ("完成", "执行", "实现") and not set(rate[1]) & set(link):
            continue
        aim_first = bool(aims.search(head)) and bool(dones.search(link))
        aim_last = bool(aims.search(link)) and bool(dones.search(head)) and not aims.search(head)
        if aim_first == aim_last:
            continue
        part, whole = (second, first) if aim_first else (first, second)
        if match["p"] == _P:
            yield from _judge(sentence, match, sentence.number(match.start("p")), part, whole)
        elif sentence.figures[part].unit == sentence.figures[whole].unit:
            yield from _half(sentence, match, second, part, whole)
    for match in _of_target().finditer(said) if "的" in said else ():
        part, whole, stated = (sentence.number(match.start(name)) for name in "abp")
        if not patterns.compiled("多|高|超|增|降|比").search(match["what"]):
            yield from _judge(sentence, match, stated, part, whole)


@cache
def _named_whole() -> re.Pattern[str]:
    """3.2万人，占外出务工人员的35%，外出务工人员一共是12.8万人: the whole is named, and told after."""
    return patterns.compiled(
        rf"(?P<a>{_A}){_words(8)}(?P<claim>[，,（(](?:只|仅|才|已|就|还|约|也|不)*(?:占|是|为|达到?|相当于)(?:到|了)?(?P<what>{_words(16)})的(?:约|近|将近|接近|超过?|仅|不到|不足)*)(?P<p>{_P})"
        rf"[^{_SIGNS}]{{0,8}}?(?P=what){_words(10)}(?P<b>{_A})"
    )


@cache
def _named_before() -> re.Pattern[str]:
    """外出务工人员12.8万人，已返乡3.2万人，占外出务工人员的35%."""
    return patterns.compiled(
        rf"(?P<what>[^{_NOT}{_SIGNS}]{{3,12}})(?:共有|一共有?|总共有?|总数|共|有|是|为|达到?|计)*(?P<b>{_A})[，,；]{_words(14)}(?P<a>{_A}){_words(8)}"
        rf"(?P<claim>[，,（(](?:只|仅|才|已|就|还|约|也)*占(?:到|了)?(?:全[县市区镇乡村省])?(?P=what)(?:总数|总量|人数)?的(?:约|近|将近|接近|超过?|仅|不到|不足)*)(?P<p>{_P})"
    )


def _named_wholes(sentence: Sentence) -> Iterator[Found]:
    if _P not in sentence.said or "的" not in sentence.said:
        return
    for pattern in (_named_whole(), _named_before()):
        for match in pattern.finditer(sentence.said):
            part, whole, stated = (sentence.number(match.start(name)) for name in "abp")
            if len(match["what"]) < 3 or patterns.compiled("多|高|超|增|降|比|去年|上年|同期").search(match["what"]):
                continue
            if not patterns.compiled("去年|上年|同期|新增|增|降|减").search(
                sentence.said[max(0, match.start() - 8) : match.end()].replace(match["what"], "")
            ):
                yield from _judge(sentence, match, stated, part, whole)


def _judge(sentence: Sentence, match: re.Match[str], stated: int, part: int, whole: int) -> Iterator[Found]:
    figures = sentence.figures
    ratio = _ratio(figures[part], figures[whole], sure=True)
    if ratio is None or figures[part].value > 2 * figures[whole].value:
        return
    if _agrees_in_words(sentence, stated, ratio[0] * 100, ratio[1] * 100):
        return
    real = figures[part].value / figures[whole].value * 100
    computed = say(real, max(1, figures[stated].places)) + "%"
    place = match.start("claim") + 1
    if place <= sentence.places[stated - 1]:  # the figure of the target stands in the claim
        place = match.start("p")
    yield "占比", _hit(sentence, place, stated, computed, part, whole)


# ── part and whole ────────────────────────────────────────────────────────────────────────────

_AMONG = "中|里|当中|之中|里面|里头|内"


@cache
def _part() -> re.Pattern[str]:
    """240户里有320户; 全村240户，有320户 …; 3600户中，有1200户安装了报警器，超过半数."""
    claim = (
        rf"(?:{_words(14)}[，,（(]{_words(12)}?|{_words(12)}?)(?P<claim>(?:占(?:比|了|到|总数的?|全部的?|其中的?)*|率|比例)?(?:已|为|是|达到?|约|仅|只|有|超过?|接?近|将近|不到|不足|了)*"
        rf"(?P<p>{_P}|过半|半数|大半|大多数|绝大多数|多数))"
    )
    return patterns.compiled(
        rf"(?P<head>{_words(12)})(?P<a>{_A})(?P<noun>{_words(14)})(?P<link>(?:(?<=[中里内])(?![心小学医国央型等期部间程])[，,]?|[，,]其中[，,]?|[，,])(?:{_words(10)}))(?P<b>{_A})(?P<rest>{claim})?"
    )


_MAY_BE_PART = (
    f"[中里内]|[，,](?:现在?|目前|已经?|就|只|仅|才|还)?(?:有|已)|(?:全|共|总|辖).*(?:{_P}|过半|半数|大半|多数)"
)


def _parts(sentence: Sentence) -> Iterator[Found]:
    figures, said = sentence.figures, sentence.said
    if said.count(_A) < 2 or not patterns.compiled(_MAY_BE_PART).search(said):
        return
    for match in _part().finditer(said):
        whole, part = sentence.number(match.start("a")), sentence.number(match.start("b"))
        one, other = figures[whole], figures[part]
        noun, link, head = match["noun"], match["link"], match["head"]
        if not _alike(one, other) or one.rough or other.rough:
            continue
        among = noun.endswith(("中", "里", "内")) or "其中" in link
        owned = bool(patterns.compiled(r"^[，,](?:现在?|目前|已经?|就|只|仅|才|还)?(?:有|已)").search(link)) and bool(
            patterns.compiled("全|共|总|辖|现有|在册|走|访|查|检|摸排|登记|受理|评|测|看|跑|到|了$").search(head)
        )
        counted = bool(match["p"]) and bool(patterns.compiled("全|共|总|辖").search(head))
        if patterns.compiled("去年|上年|同期|计划|目标|任务|新增|累计|另|超|比|增|分别|涉及|平均|以来|年均").search(
            head + noun + link
        ):
            continue
        if patterns.compiled("[0-9]{4}年|[0-9一二三四五六七八九十]月").search(link):
            continue
        if other.bounds[0] > one.bounds[1]:
            if among or owned:
                values = {"述": sentence.typed(part), "算": "", "今": sentence.typed(part), "前": sentence.typed(whole)}
                yield "部分大于总数", Hit(other.start, other.end, values)
            continue
        if not match["p"] or not (among or owned or counted) or other.value > one.value:
            continue
        rest = match["rest"]
        if patterns.compiled("同比|环比|增|降|提高|其中|中[，,]|里|全[国省市县区]|剩|还有|其余|另").search(rest):
            continue
        if match["p"] == _P and not patterns.compiled(
            "占|率|比例|超|近|不到|不足|[，,（(](?:刚好|正好|恰好|大约|大概|差不多|整整|只|仅|才|还|已经?|也就|就|有|是|了|够|足足|足有|几乎|达到?)*$|过"
        ).search(rest[:-1]):
            continue
        rate = patterns.compiled("(..)率").search(rest)
        if rate and rate[1] != "完成" and not set(rate[1]) & set(link + rest[: rate.start()]):
            continue
        if patterns.compiled("未|没|不").search(link + rest.replace("不到", "").replace("不足", "")) and "率" in rest:
            continue
        low = high = other.value / one.value * 100
        if match["p"] == _P:
            number = sentence.number(match.start("p"))
            if _agrees_in_words(sentence, number, low, high):
                continue
            computed = say(low, max(1, figures[number].places)) + "%"
            hit = _hit(sentence, match.start("claim"), number, computed, part, whole)
            yield "占比", hit._replace(suggestion="") if "%" not in sentence.typed(number) else hit
            continue
        yield from _half(sentence, match, part, part, whole)


def _half(sentence: Sentence, match: re.Match[str], last: int, part: int, whole: int) -> Iterator[Found]:
    """超过半数 and the like, said right after the figure ``last``, of a part that is less."""
    one, other = sentence.figures[whole], sentence.figures[part]
    if one.rough or other.rough or one.value <= 0:
        return
    low = other.value / one.value * 100
    under = patterns.compiled("不到|不足|未").search(match["claim"])
    near = patterns.compiled("接?近").search(match["claim"])
    if not (low > 51 if under else not 35 < low < 51 if near else low < 49):
        return
    claim = match["claim"] if match["claim"].endswith(match["p"]) else match["claim"] + match["p"]
    end = sentence.figures[last].end + match.end("p") - sentence.places[last] - 1
    start = end - len(claim.lstrip("，,（("))
    said = sentence.text[start:end]
    values = {"述": said, "算": say(low, 1) + "%", "今": sentence.typed(part), "前": sentence.typed(whole)}
    yield "占比", Hit(start, end, values)


# ── one period and the next ───────────────────────────────────────────────────────────────────

_PERIODS = ("上月本月", "上个月本月", "上个月这个月", "上月这个月", "上周本周", "上季度本季度", "上半年下半年")
_ORDER = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}


@cache
def _period() -> re.Pattern[str]:
    label = (
        "(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|[一二三四]季度|[上本]月份?|上个月|这个月"
        "|[上本这]周|[上本]季度|[上下]半年)"
    )
    verb = "增长|上升|增加|提高|上涨|下降|减少|降低|回落|下滑|下跌|增|升|涨|降|减"
    return patterns.compiled(
        rf"(?<![至到—－–~～0-9-])(?P<one>{label})(?P<head>[，,]?{_words(14)})(?P<a>{_A}){_words(4)}[，,；、]而?(?P<two>比?{label})(?P<noun>[，,]?{_words(14)})(?P<b>{_A})"
        rf"(?:{_words(4)}[，,]|(?P<inside>的?)){_words(4)}(?P<label>环比|比上月|较上月|比上个月|比上季度|较上季度|比上半年)?{_words(2)}?(?P<verb>{verb})(?:了|约|近)*(?P<c>[{_A}{_P}])"
        rf"|(?P<now>{_A})[，,]环?比(?P<named>{label})(?:的|为)*(?P<old>{_A})(?P<verb2>{verb})(?:了|约|近)*(?P<c2>[{_A}{_P}])"
    )


def _differ(one: str, other: str) -> bool:
    """Whether two names, both told, have no word of two signs in common."""
    plain = [patterns.compiled("[，,了是为有共只仅的则，]|全[国省市县区镇乡]").sub("", name) for name in (one, other)]
    if min(map(len, plain)) < 2:
        return False
    return not any(plain[1][at : at + 2] in plain[0] for at in range(len(plain[1]) - 1))


def _rank(label: str) -> int:
    if label.startswith(("上", "本", "这", "下")):
        return 0 if label.startswith("上") else 1
    number = label.removesuffix("份").removesuffix("月").removesuffix("季度")
    return int(number) if number.isdecimal() else _ORDER.get(number, 0)


def _periods(sentence: Sentence) -> Iterator[Found]:
    """10月62件，11月71件，环比增长11.5%."""
    said = sentence.said
    if not patterns.compiled("月|季度|半年|周").search(said):
        return
    for match in _period().finditer(said):
        if match["now"]:
            now, before, number = (sentence.number(match.start(name)) for name in ("now", "old", "c2"))
            verb, place = match["verb2"], match.start("verb2")
        else:
            one, two = match["one"], match["two"].removeprefix("比")
            first, second, number = (sentence.number(match.start(name)) for name in "abc")
            if one[-2:] != two[-2:] and one.strip("份")[-1] != two.strip("份")[-1]:
                continue
            if _differ(match["head"], match["noun"]):
                continue
            if "同比" in said[match.end("b") : match.start("verb")] or "其中" in match["head"] + match["noun"]:
                continue
            if match["two"].startswith("比"):
                now, before = first, second
            elif _rank(one) < _rank(two) or (_rank(one), _rank(two)) == (12, 1):
                now, before = second, first
            else:
                now, before = first, second
            verb, place = match["verb"], match.start("verb")
        yield from _judge_change(sentence, now, before, number, verb, place)


def _judge_change(sentence: Sentence, now: int, before: int, number: int, verb: str, place: int) -> Iterator[Found]:
    figures = sentence.figures
    today, base, stated = figures[now], figures[before], figures[number]
    if today.unit != base.unit or today.rough or base.rough or base.value <= 0 or today.value == base.value:
        return
    up = verb in ("增长", "上升", "增加", "提高", "上涨", "增", "升", "涨")
    apart = abs(today.value - base.value)
    finer = min(today.step, base.step)
    if stated.unit == "%":
        if today.unit == "%":
            return
        low, high = sorted(
            abs(a / b - 1) * 100
            for a, b in zip(bounds(today, finer), reversed(bounds(base, finer)), strict=True)
            if b > 0
        )
        computed = say(apart / base.value * 100, max(1, stated.places)) + "%"
        look = "变化幅度"
    elif stated.unit == today.unit:
        slack = sum((Fraction(0) if one.exact else one.step / 2 for one in (today, base)), Fraction(0))
        low, high = apart - slack, apart + slack
        computed = say_like(apart, today, base)
        look = "增减数额"
    else:
        return
    if (today.value > base.value) != up:
        yield "增减方向", _hit(sentence, place, number, "", now, before)
    elif not _agrees(stated, low, high) and not (stated.exact and low == high == stated.value):
        yield look, _hit(sentence, place, number, computed, now, before)


# ── shares of one whole ───────────────────────────────────────────────────────────────────────


@cache
def _share_end() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?:占(?:比|到|了|全部|总数|总量|总额|[^，。；、]{0,4}的)*|比重|占比|比例)(?:分别|各)?(?:为|是|达到?|约|近|只有|仅)*$"
    )


_WHOLE = (
    "从.{1,8}(?:看|说|分析)|按.{1,8}(?:分|看|划分|统计)|"
    "结构|渠道|来源|原因|类型|类别|构成|组成|分布|占比|比重|产业|分别"
)
_DIVIDED = (
    "产业|三产|[各两三四五]种|[各两三四五]类|结构|构成|组成|渠道|来源|原因|年龄|从.{1,8}看|按.{1,8}分|类型|其他|其余"
)
_ALL = frozenset(
    ("一产", "二产", "三产", "第一产业", "第二产业", "第三产业", "服务业", "其他", "其它", "其余", "其他原因", "其他类")
)
_OVERLAP = "女|男|党员|团员|岁|学历|硕士|本科|退休|独居|低保|残疾|少数民族|以上"


def _shares(sentence: Sentence) -> Iterator[Found]:
    """一产占24%、二产占45%、三产占41%: more than the whole."""
    figures, said = sentence.figures, sentence.said
    if said.count(_P) < 2 and said.count("占") < 2 and ":" not in said and "：" not in said:
        return
    run: list[int] = []
    names: list[str] = []
    listed = False
    for number, figure in enumerate([*figures, None]):
        gap = ""
        if figure is not None:
            gap = said[sentence.places[number - 1] + 1 if number else 0 : sentence.places[number]]
        ends = _share_end().search(gap) if figure is not None and figure.unit == "%" else None
        clause = gap[max(gap.rfind(sign) for sign in "，,、；;：:") + 1 :]
        if run and figure is not None and figure.unit == "%" and listed and gap in ("、", "和", "，", "与", "以及"):
            run.append(number)
            names.append("")
            continue
        if run and (ends is None or not gap.startswith(("，", "、", "；", ",", ";", "和")) or len(gap) > 24):
            yield from _judge_shares(sentence, run, names, listed)
            run, names, listed = [], [], False
        if ends is not None and "分别" in ends[0] and run:
            yield from _judge_shares(sentence, run, names, listed)
            run, names, listed = [], [], False
        if ends is not None:
            run.append(number)
            names.append(clause[: max(0, len(clause) - len(ends[0]))])
            listed = listed or "分别" in ends[0]
    if run:
        yield from _judge_shares(sentence, run, names, listed)


@cache
def _proportion() -> re.Pattern[str]:
    number = r"[0-9]{1,2}(?:\.[0-9]{1,2})?"
    return patterns.compiled(
        rf"结构[^，。；\n0-9]{{0,14}}(?P<all>(?P<a>{number})[:：∶](?P<b>{number})[:：∶](?P<c>{number}))(?![0-9:：∶])"
    )


def proportions(text: str) -> Iterator[Found]:
    """三次产业结构比为15:45:45."""
    if "结构" not in text:
        return
    for match in _proportion().finditer(text):
        total = sum((Fraction(match[name]) for name in "abc"), Fraction(0))
        if 85 < total < 115 and abs(total - 100) > Fraction(3, 10):
            start, end = match.span("all")
            said = match["all"]
            values = {"述": said, "算": say(total, 1 if "." in said else 0) + "%", "今": said, "前": "100%"}
            yield "占比合计", Hit(start, end, values)


def _judge_shares(sentence: Sentence, run: list[int], names: list[str], listed: bool) -> Iterator[Found]:
    figures = [sentence.figures[number] for number in run]
    if len(run) < 2 or any(figure.rough == OVER for figure in figures):
        return
    lead = sentence.said[max(0, sentence.places[run[0]] - 50) : sentence.places[run[0]]]
    total = sum((figure.value for figure in figures), Fraction(0))
    slack = sum(
        (Fraction(1) if "成" in sentence.typed(n) else f.step / 2 for n, f in zip(run, figures, strict=True)),
        Fraction(1, 2),
    )
    if not 100 + slack < total <= 150:
        return  # shares far beyond the whole are of several wholes
    aged = all("岁" in name for name in names)
    sure = (
        listed
        or aged
        or any(name in _ALL for name in names)
        or (
            len(run) > 2
            and bool(patterns.compiled(_WHOLE).search(lead))
            and not patterns.compiled(_OVERLAP).search("".join(names))
        )
    )
    if listed and not patterns.compiled(_DIVIDED).search(lead):
        return
    if not sure or (listed and patterns.compiled("[GＧ]DP|生产总值|财政|税收|规上|全[国省市县区]").search(lead)):
        return
    first, last = figures[0], figures[-1]
    listing = "、".join(sentence.typed(number) for number in run)
    values = {
        "述": sentence.text[first.start : last.end],
        "算": say(total, max(f.places for f in figures)) + "%",
        "今": listing,
        "前": "100%",
    }
    yield "占比合计", Hit(first.start, last.end, values)


# ── averages ──────────────────────────────────────────────────────────────────────────────────

_HAN = "一二三四五六七八九十百千两"


@cache
def _average() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<claim>(?:平均|均摊到|分摊到)?每(?:个|名|位|家|户|处|所|条|座|支|期|批)?(?P<unit>[^{_NOT}{_SIGNS}0-9有是约近走排受发接处完办培投检出资帮]{{0,5}}?)(?:平均|均)?(?:有|是|为|约|近|走访|排查|受理|发生|接报|处理|完成|办理|培训|投资|检查|出动|资助|帮扶|达到?|达|发放|安置|种植|负责|服务|管理|多)*"
        rf"|(?P<each>[户人村校镇亩企日月年期组场班点家])均(?:有|是|为|约|近|发放|补助|投入|种植|增收|收入|达到?|投资|受理|管理)*)(?P<a>{_A})"
    )


def _averages(sentence: Sentence) -> Iterator[Found]:
    """24个村312户，平均每个村8户."""
    said = sentence.said
    if "均" not in said:
        return
    figures = sentence.figures
    for match in _average().finditer(said):
        claim = match["claim"]
        if "均" not in claim:
            continue
        number = sentence.number(match.start("a"))
        stated = figures[number]
        what = (
            claim[: match.end("unit") - match.start("claim")].partition("每")[2]
            if match["unit"] is not None
            else match["each"]
        )
        head = said[: match.start("claim")]
        if (
            not what
            or patterns.compiled("去年|上年|同期|其中|增|提高|标准|收入|比").search(head[-30:])
            or "增收" in claim
            or "收入" in claim
        ):
            continue
        totals = [n for n in range(number) if figures[n].unit == stated.unit and not figures[n].rough]
        count = _count_of(sentence, head, what, number)
        totals = [n for n in totals if count is None or n != count[1]]
        if count is None or len(totals) != 1 or count[0] <= 0:
            continue
        total = figures[totals[0]]
        low, high = (bound / count[0] for bound in bounds(total, total.step))
        if count[1] < 0 and what in ("天", "日"):
            low, high = low * Fraction(99, 100), high * Fraction(102, 100)
        if _agrees(stated, low, high):
            continue
        mean = total.value / count[0]
        size = stated.step * 10**stated.places
        places = 0 if (mean / size).denominator == 1 else max(1, stated.places)
        computed = say(mean / size, places) + stated.scale + stated.unit
        hit = _hit(sentence, match.start("claim"), number, computed, totals[0], totals[0])
        values = {**hit.values, "前": count[2]}
        yield "平均", hit._replace(values=values)


def _count_of(sentence: Sentence, head: str, what: str, number: int) -> tuple[Fraction, int, str] | None:
    """Of how many the average is: the count, the number of its figure (-1 without one), and how it is said."""
    plain = what.lstrip("个名位家户处所条座支期批") or what
    if what[-1] in "月天日" and len(what) <= 2:
        days = {"月": 12, "天": 365, "日": 365}[what[-1]]
        told = patterns.compiled(rf"(?P<n>[0-9]{{1,3}}|[{_HAN}]{{1,3}})(?:个月|天)").search(head)
        if told is None:
            whole = patterns.compiled("全年|半年|一年[来内]?|去年一年|这一年|今年").search(head)
            if whole and whole[0] == "半年":
                days //= 2
            return (Fraction(days), -1, f"{days}{'个月' if days <= 12 else '天'}") if whole else None
        return None
    found: list[tuple[Fraction, int, str]] = []
    for n in range(number):
        figure = sentence.figures[n]
        after = sentence.said[sentence.places[n] + 1 : sentence.places[n] + 1 + 6]
        one = figure.unit == what or (figure.unit in ("人", "名", "位") and what in ("人", "名", "位"))
        # 24个村: the noun stands after the unit
        named = after.startswith(plain)
        if (one or named or (what == "校" and "校" in after[:4])) and not figure.rough and figure.exact:
            found.append((figure.value, n, sentence.typed(n) + (plain if named and not one else "")))
    if not found:
        for told in patterns.compiled(rf"(?P<n>[0-9]{{1,4}}|[{_HAN}]{{1,3}})个?(?P<w>{plain})").finditer(head):
            value = Fraction(told["n"]) if told["n"].isdecimal() else han_value(told["n"])
            if value:
                found.append((value, -1, told[0]))
    return found[0] if len(found) == 1 else None


# ── parts and their sum ───────────────────────────────────────────────────────────────────────

_TOTAL = "总投资|总面积|总里程|总产值|总收入|总长|合计|共计|总计|一共|总共|加起来|合起来|累计|共|总数|总量"
_PERIOD_NAME = (
    "20[0-9]{2}年|去年|今年|前年|上半年|下半年|[一二三四]季度|第[一二三四五六]批|[一二三四五六]组|第[一二三四五六][组轮期次阶段]"
    "|[东西南北中]片?[区路线]?|城区|乡镇|农村|城镇|园区|首批|[一二三四五六七八九十0-9]{1,2}月份?"
)


@cache
def _sum_gap() -> re.Pattern[str]:
    return patterns.compiled(
        rf"[，,；;。—]?(?P<whole>{_words(6)})(?:{_TOTAL})(?:是|为|达|有|就是|约)?{_words(5)}|[，,；;](?P<year>全年|[两三四五]年|[两三四五]批|[三四五]个[镇组村])(?:就)?(?:{_TOTAL}|是|为)?{_words(4)}"
    )


@cache
def _part_gap() -> re.Pattern[str]:
    return patterns.compiled(rf"(?P<rest>{_words(3)})[，,、；;和](?P<name>{_words(12)})")


def _sums(sentence: Sentence) -> Iterator[Found]:
    """三年分别修了85、97、114公里，三年一共286公里."""
    figures, said = sentence.figures, sentence.said
    if len(figures) < 3 or not patterns.compiled(_TOTAL).search(said):
        return
    gaps = [said[(sentence.places[n - 1] + 1 if n else 0) : sentence.places[n]] for n in range(len(figures))]
    named = patterns.compiled(_PERIOD_NAME)
    never = patterns.compiled("已|完成率|整改|办结|其中|同比|环比|占|还有|剩|平均|发现|涉及|查处|新增|同期|目标|计划")
    for number in range(2, len(figures)):
        total = figures[number]
        match = _sum_gap().fullmatch(gaps[number])
        if match is None or total.rough or total.unit in ("%", "倍", "个百分点", "番", "持平"):
            continue
        lead = match["whole"] or match["year"] or ""
        if any(word in gaps[number] for word in ("其中", "涉及", "分别")):
            continue
        parts: list[int] = []
        names: list[str] = []
        at = number - 1
        while at >= 0 and len(parts) < _UNIT_SUM_MOST:
            figure = figures[at]
            if figure.unit != total.unit or figure.rough:
                break
            part = _part_gap().fullmatch(gaps[at]) if at and not (parts and "分别" in gaps[at]) else None
            parts.append(at)
            names.append(part["name"] if part else patterns.compiled(f"[{_NOT}]").split(gaps[at])[-1])
            if part is None or never.search(part["name"]) or "分别" in gaps[at]:
                break
            at -= 1
        if len(parts) < 2:
            continue
        plain = all(not name.strip() for name in names[:-1])  # 316件、274件、158件
        labels = [bool(named.search(name)) for name in names]
        divided = "分别" in gaps[parts[-1]] or "批" in gaps[parts[-1]]
        if not divided and "累计" not in lead and any(never.search(name) for name in names):
            continue
        strong = patterns.compiled("合计|共计|总计|一共|总共|加起来|合起来").search(gaps[number])
        sure = (
            divided
            or all(labels)
            or (plain and len(parts) > 2)
            or (len(parts) > 2 and strong)
            or (len(parts) == 2 and strong and plain)
        )
        if not sure:
            continue
        slack = sum((Fraction(0) if figures[n].exact else figures[n].step / 2 for n in (*parts, number)), Fraction(0))
        sums = [sum((figures[n].value for n in parts[:count]), Fraction(0)) for count in range(2, len(parts) + 1)]
        if any(abs(one - total.value) <= slack for one in sums) or total.value <= max(figures[n].value for n in parts):
            continue
        if (
            all(figures[n].exact or figures[n].scale == total.scale == "" for n in parts) is False
            and slack > total.value / 20
        ):
            continue
        computed = say_like(sums[-1], total, *(figures[n] for n in parts))
        place = sentence.places[number] - len(gaps[number].lstrip("，,；;。—"))
        hit = _hit(sentence, place, number, computed, number, number)
        values = {**hit.values, "今": "、".join(sentence.typed(n) for n in reversed(parts))}
        yield "合计", hit._replace(values=values)


@cache
def _division() -> re.Pattern[str]:
    """，分三批进行：第一批: into how many parts a total is divided."""
    return patterns.compiled(
        rf"(?:{_words(10)}[，,：:（(])?[^，,。；]{{0,8}}?分(?P<way>成|为|别|)[春夏秋冬东南西北上中下老青小大]{{0,5}}(?P<n>[两二三四五六七八九2-9])?(?:个)?[批期组轮片类块次年段路部线级档种季层队][^，,。；：]{{0,8}}(?P<first>[：:，,—（(]+{_words(12)})"
    )


def _divided(sentence: Sentence) -> Iterator[Found]:
    """共出动1860人次，分三批进行：第一批620人次，第二批580人次，第三批640人次."""
    figures, said, places = sentence.figures, sentence.said, sentence.places
    if "分" not in said or len(figures) < 3:
        return
    for whole_at in range(len(figures) - 2):
        whole = figures[whole_at]
        lead = _division().fullmatch(said[places[whole_at] + 1 : places[whole_at + 1]])
        if lead is None or whole.rough or whole.unit in _SIGN_OF:
            continue
        parts = [whole_at + 1]
        for number in range(whole_at + 2, min(len(figures), whole_at + 2 + _UNIT_SUM_MOST)):
            if figures[number].unit != whole.unit:
                break
            if not _part_gap().fullmatch(said[places[number - 1] + 1 : places[number]].replace("；", "，")):
                break
            parts.append(number)
        told = _value_of(lead["n"]) if lead["n"] else len(parts)
        listed = [figures[number] for number in parts]
        if len(parts) < 2 or told != len(parts) or any(one.unit != whole.unit or one.rough for one in listed):
            continue
        total = sum((one.value for one in listed), Fraction(0))
        slack = sum((Fraction(0) if one.exact else one.step / 2 for one in (*listed, whole)), Fraction(0))
        if abs(total - whole.value) <= slack:
            continue
        values = {
            "述": sentence.typed(whole_at),
            "算": say_like(total, whole, *listed),
            "今": "、".join(sentence.typed(number) for number in parts),
            "前": sentence.typed(whole_at),
        }
        yield "分项超出" if total > whole.value else "分项不足", Hit(whole.start, whole.end, values)


def _value_of(typed: str) -> int:
    return int(typed) if typed.isdecimal() else int(han_value(typed) or 0)


# ── years in a row ────────────────────────────────────────────────────────────────────────────


@cache
def _in_a_row() -> re.Pattern[str]:
    down = "下降|减少|降低|回落|下滑|双下降|[“‘]?连降|走低"
    up = "上升|增长|增加|提高|提升|上涨|攀升|[“‘]?连增|走高|增收|连涨"
    return patterns.compiled(
        rf"(?P<all>连续(?P<n>[两二三四五六七八九十2-9])年{_words(6)}?(?:(?P<d>{down})|(?P<u>{up}))|(?P<n2>[两二三四五六七八九十2-9])年?[“‘]?连(?:(?P<d2>[降减])|(?P<u2>[增升涨])))"
    )


def _runs(sentence: Sentence) -> Iterator[Found]:
    """连续三年下降，2023年45起、2024年38起、2025年40起."""
    said, figures = sentence.said, sentence.figures
    if "连" not in said:
        return
    years = patterns.compiled("(20[0-9]{2})年[^，。；、]{0,8}$")
    for match in _in_a_row().finditer(said):
        typed = match["n"] or match["n2"]
        count = int(typed) if typed.isdecimal() else int(han_value(typed) or 0)
        down = bool(match["d"] or match["d2"])
        run = _longest_list(sentence)
        if len(run) < 3 or count < 2:
            continue
        values = [figures[n].value for n in run]
        told = [years.search(said[max(0, sentence.places[n] - 14) : sentence.places[n]]) for n in run]
        stated = [int(one[1]) for one in told if one]
        if len(stated) == len(run) and stated == sorted(stated, reverse=True):
            values.reverse()
        told_before = patterns.compiled("均|都|每年|分别(?:下降|增长)|比上年|同比").search(said)
        moves = [(b < a) if down else (b > a) for a, b in pairwise(values)]
        few = len(values) == count and all(moves) and not told_before
        if len(values) >= count and all(moves[-count:]) and len(moves) <= count and not few:
            continue
        if len(values) > count + 1 and all(moves[-count:]) and not moves[-count - 1]:
            continue
        first = sentence.number(sentence.places[run[0]])
        # a place in words: counted from the next figure, or from the one before
        after = next((n for n, place in enumerate(sentence.places) if place > match.start()), None)
        if after is not None:
            start = sentence.offset(match.start(), after)
        else:
            start = figures[-1].end + match.start() - sentence.places[-1] - 1
        real = 0
        for move in reversed(moves):
            if not move:
                break
            real += 1
        listing = "、".join(sentence.typed(n) for n in run)
        told_values = {"述": match["all"], "算": str(real), "今": listing, "前": sentence.typed(first)}
        yield "连续几年数法" if few else "连续几年", Hit(start, start + len(match["all"]), told_values)


def _longest_list(sentence: Sentence) -> list[int]:
    """The longest run of figures of one unit with little between them."""
    best: list[int] = []
    run: list[int] = []
    said = sentence.said
    for n, figure in enumerate(sentence.figures):
        gap = said[sentence.places[n - 1] + 1 : sentence.places[n]] if n else ""
        fits = run and figure.unit == sentence.figures[run[-1]].unit and len(gap) <= 16
        if fits and patterns.compiled("其中|同比|目标|计划|下降了?$|减少了?$|增长了?$|增加了?$").search(gap):
            fits = False
        run = [*run, n] if fits and figure.unit not in ("%", "个百分点", "倍") else [n]
        if len(run) > len(best):
            best = run
    return best


# ── differences ───────────────────────────────────────────────────────────────────────────────


_REST = ("还剩", "剩下", "剩余", "还有", "尚有", "仍有", "还欠", "尚欠", "结欠", "余下")
_SPENT = "已|偿|还|付|兑|拨|完成|到位|用|花|卖|销|发放|整改|办结|化解|清|追|收|改|修|拆|建成|处理"


@cache
def _difference() -> re.Pattern[str]:
    words = (
        "多出|少了|多了|相差|差额|差距|缺口|结余|还差|尚差|短缺|缺少|盈余|节余|净增|还缺|尚缺|超出|超支|剩余|结存"
        "|还剩下?|剩下|还有|尚有|仍有|还欠|尚欠|结欠|余下|[多少](?:办|收|修|建|发|栽|种|查|卖|产|拆|招|用|花)|[多少差缺余]"
    )
    return patterns.compiled(
        rf"(?P<a>{_A})(?P<one>{_words(10)}[，,；]{_words(14)})(?P<b>{_A})(?P<two>{_words(6)}[，,]{_words(8)}|)(?P<claim>(?:{words})(?:了|为|是|达到?|有|约|就)*)(?P<c>{_A})"
    )


def _differences(sentence: Sentence) -> Iterator[Found]:
    """收入1.35亿元，支出8600万元，结余3900万元."""
    said = sentence.said
    if said.count(_A) < 3 or not patterns.compiled("[多少差缺余超剩欠]|净增|有").search(said):
        return
    for match in _difference().finditer(said):
        a, b, c = (sentence.number(match.start(name)) for name in "abc")
        one, other, stated = (sentence.figures[n] for n in (a, b, c))
        if len({one.unit, other.unit, stated.unit}) > 1 or any(f.rough for f in (one, other, stated)):
            continue
        if not match["two"] and not patterns.compiled("比|较|与|和").search(match["one"]):
            continue
        if patterns.compiled("其中|平均|分别|新增|另|还有|增加|减少").search(match["one"] + match["two"]):
            continue
        rest = match["claim"][:2] in _REST
        if rest and (other.value > one.value or not patterns.compiled(_SPENT).search(match["one"])):
            continue
        short = patterns.compiled(
            "去年|上年|同期|支出|收入|需|计划|到位|落实|目标|比|现有|实|完成|库存|产|供|用|发|任务|应|已|总|今年"
        )
        if len(match["claim"].rstrip("了为是达到有约就")) < 2 and not short.search(
            match["one"] + said[max(0, match.start("a") - 14) : match.start("a")]
        ):
            continue
        apart = abs(one.value - other.value)
        slack = sum((Fraction(0) if f.exact else f.step / 2 for f in (one, other, stated)), Fraction(0))
        computed = say_like(apart, stated)
        if abs(apart - stated.value) <= slack:
            earlier = patterns.compiled("去年|上年|上个?月")
            first = earlier.search(said[max(0, match.start("a") - 14) : match.start("a")])
            second = earlier.search(match["one"])
            more = match["claim"][0] == "多"
            if match["claim"][0] in "多少" and bool(first) != bool(second) and "比" not in match["one"] + match["two"]:
                now, before = (b, a) if first else (a, b)
                if (sentence.figures[now].value > sentence.figures[before].value) != more:
                    hit = _hit(sentence, match.start("claim"), c, computed, now, before)
                    yield "增减方向", hit._replace(suggestion="")
            continue
        if rest:
            yield "剩余", _hit(sentence, match.start("claim"), c, computed, b, a)
        else:
            yield "增减数额", _hit(sentence, match.start("claim"), c, computed, a, b)
