"""计数: a stated number (以下六个方面, 三点意见, 四个到位, 以上三点) and how many there are.

A number is told only where what it counts is certain: the numbered set that follows at once, items that repeat
the key word, a plain list in brackets or between 、. Anything else is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.numbering import HEADINGS, IN_WORDS, RANKS, VERBS, Mark, Series, series_of
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import number_value

_BACK = 40  # how many sets before 以上三点 may be meant
_MOST = 20  # what a leader counts up aloud
_JOINTS = " 　\t\n：:。，,；;—…”’）)"
_NEAR = 45  # characters between a number and the set that it counts


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


# What is counted with a plain measure word; the longer words go first.
_NOUNS = _words(
    "方面|意见|议程|要求|问题|工作|任务|措施|建议|原因|情况|内容|要点|重点|环节|关键|事项|事情|事|特点|优势|不足|短板|关系|观点|体会|感受|希望|"
    "目标|抓手|步骤|阶段|举措|办法|原则|条件|经验|做法|成效|转变|突破|矛盾|困难|风险|隐患|层面|角度|话|字|点|条|项|想法|认识|部分|动作|"
    "行动|工程|机制|关口|关|弱项|薄弱环节|现象|倾向|判断|结论|启示|教训|变化|亮点|提醒|强调|说明|主题|责任|纪律|规律|途径|路径|课题|"
    "文章|硬仗|战役|战|底线|能力|意识|专项整治|整治|改造|清理|清查|排查|检查|攻坚|服务|改革|保障|制度|培训|演练|提升行动|活动|计划|项目|准备|功课|账"
)
_AFTER_NOUN = _NOUNS[:12]  # 方面的工作, 方面问题
# What is counted when a slogan gives the number (四个坚持); only right before its items.
_SLOGANS = _words(
    "到位|坚持|确保|一批|必须|严禁|不放过|一律|落实|统一|提升|提高|注重|加强|强化|突出|结合|狠抓|抓好|围绕|聚焦|深化|促进|推进|推动|"
    "把握|注意|不得|杜绝|防止|保证|保障|一定|更加|着力|严格|处理好|从严|绝不|决不|决不能|决不允许"
)
_ADJECTIVES = "重点|主要|具体|突出|明显|关键|基本|共性|硬性|实际|重要|显著|深刻|主观|客观|直接|大|新|硬|实"


class Promise(NamedTuple):
    """A stated number at ``text[start:end]``: what it counts, with its measure word and noun."""

    start: int
    end: int
    number: int
    measure: str
    noun: str
    cue: bool  # 以下, 下面 … stands before it


# What stands before a number that promises no list.
_NOT_BEFORE = r"第几数每前后近余多等另其约超0-9０-９.．一二三四五六七八九十两百千万亿这那上述之〇零○－\-—~～至"


@cache
def _promise() -> re.Pattern[str]:
    nouns = "|".join(sorted(dict.fromkeys((*_NOUNS, *_SLOGANS)), key=len, reverse=True))
    return patterns.compiled(
        rf"(?P<number>[一二三四五六七八九十两1-9１-９](?<![{_NOT_BEFORE}].)(?<!一(?!十))[一二三四五六七八九十0-9０-９]?)"
        rf"(?:(?P<measure>个方面|方面|个|项|点|条|件|大|类|种|句|步|道|手|层|字)(?:的)?(?P<noun>(?:{_ADJECTIVES}|的)*(?:{nouns})?(?:的?(?:{'|'.join(_AFTER_NOUN)}))?))"
    )


_CUES = ("以下", "下面", "下列", "如下")


@cache
def _speaking() -> re.Pattern[str]:
    """下面，我讲 …, 最后再强调 …, up to the number."""
    return patterns.compiled(
        "(?:下面|现在?|今天|借此机会|在此|这里|接下来|最后|主要|重点|着重|就.{2,20}).{0,14}"
        "(?:讲|谈|说|强调|提|作|安排|部署|明确|通报)[^，。；：]{0,6}$"
    )


def _value(said: str) -> int:
    return 2 if said == "两" else number_value(said)


def promises(document: Document) -> tuple[Promise, ...]:
    """Every stated number of a text that may promise a list."""
    return document.once(_promises)


def _promises(document: Document) -> tuple[Promise, ...]:
    text = document.text
    found = []
    for match in _promise().finditer(text):
        start, end = match.span()
        number = _value(match["number"])
        before = text[max(0, start - 4) : start]
        if not 2 <= number <= _MOST:
            continue
        cue = next((cue for cue in _CUES if before.endswith((cue, cue + "的"))), "")
        if not cue and before.endswith(("超过", "不到", "其中", "任何")):
            continue
        noun = match["noun"]
        first = start - len(cue) - before.endswith("的") if cue else start
        while end > start and text[end - 1] == "的":
            end -= 1
        found.append(Promise(first, end, number, match["measure"], noun.strip("的"), bool(cue)))
    return tuple(found)


# ── numbered sets that follow ─────────────────────────────────────────────────────────────────


class Count(NamedTuple):
    """A promise and the marks that were found in its place."""

    promise: Promise
    marks: list[Mark]
    opening: bool


def counts(document: Document) -> tuple[Count, ...]:
    """Every promise whose numbered set has another number of items."""
    return document.once(_counts)


def _counts(document: Document) -> tuple[Count, ...]:
    return tuple(_wrong_counts(document))


def _wrong_counts(document: Document) -> Iterator[Count]:
    text = document.text
    firsts = sorted(((series.marks[0].start, series) for series in series_of(document)), key=lambda pair: pair[0])
    stated = promises(document)
    first_part = document.opening[-1].end if document.opening else 0
    at = 0
    for number, promise in enumerate(stated):
        while at < len(firsts) and firsts[at][0] < promise.end:
            at += 1
        if at == len(firsts):
            return
        series = firsts[at][1]
        first = series.marks[0]
        if first.number > 1 or first.form in VERBS:
            continue
        later = stated[number + 1] if number + 1 < len(stated) else None
        spoken = _is_spoken(document, promise)
        between = later and later.start < first.start and not (spoken and later.number == promise.number)
        if later and between and (not spoken or _is_list_word(later) or first.start - promise.end > 400):
            continue
        opening = spoken and promise.start < first_part and first.head and RANKS.get(first.form, IN_WORDS) <= HEADINGS
        at_once = text[promise.end : first.start].strip() in ("：", ":")  # 具体内容有三项：一是
        if not _is_near(text, promise, first, opening) or not (_is_list_word(promise) or spoken or at_once):
            continue
        if any(other.number in _sizes(series) for other in _same_sentence(document, promise, stated, number)):
            continue
        if promise.number not in _sizes(series):
            yield Count(promise, series.segment(first), opening)


def _sizes(series: Series) -> set[int]:
    """How many items a set may be said to have: those up to the next heading above, or all."""
    return {len(series.segment(series.marks[0])), len(series.marks)}


def _same_sentence(document: Document, promise: Promise, stated: tuple[Promise, ...], number: int) -> Iterator[Promise]:
    start, end = document.sentence_at(promise.start)
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(stated) and start <= stated[other].start < end:
            yield stated[other]
            other += step


def _is_list_word(promise: Promise) -> bool:
    """三点, 六个方面, 五项工作 count points; 三大基地, 两条高速 count things."""
    return bool(promise.noun) or promise.cue or promise.measure in ("点", "方面", "个方面", "条")


def _is_spoken(document: Document, promise: Promise) -> bool:
    """下面，我讲三点意见."""
    start, _ = document.sentence_at(promise.start)
    said = document.text[max(start, promise.start - 40) : promise.start]
    return bool(_speaking().search(said)) and _is_list_word(promise)


@cache
def _leads_in() -> re.Pattern[str]:
    """Words before a number that is going to be unfolded."""
    return patterns.compiled(
        "(?:抓好?|做好|办好|干好|把握好?|把好|处理好|注意|强调|讲|谈|说|围绕|从|在|明确|突出|落实好?|安排|部署|存在|[有是为]|表现|体现|反映|"
        "分|提出?|克服|增强|强化|解决好?|聚焦|做到|坚持|实行|实施|采取|报告|通报|汇报|发现|取得|具备|认清|看清|正视|吸取|记住|守住|出|把|将|"
        "打好|完成好?|实现|达到|执行|开展|推进|构建|建立|健全|完善|紧盯|用好|担起|树立|处理|理解|领会)"
        "(?:的|好|了|出|在|到|成|为|这|以下|如下|下面|全力|重点|着重|主要|[，：:“])*$"
    )


def _is_near(text: str, promise: Promise, first: Mark, opening: bool) -> bool:
    """Whether the set begins where the number leads to: at once, after a few words, or, of 讲三点意见, with the first
    heading."""
    gap = text[promise.end : first.start]
    stripped = gap.strip(_JOINTS)
    if "一、" in gap:
        return False  # the headings stand inside a line
    if opening:
        return len(gap) <= 400 and gap.count("\n") <= 4
    if promise.noun in _SLOGANS and stripped:
        return False
    if stripped and promise.noun.endswith("任务") and first.head and not promise.cue:
        return False  # 今天明确九项任务，先讲…: headings may group them
    before = text[max(0, promise.start - 12) : promise.start]
    leads = promise.cue or bool(_leads_in().search(before))
    colon = gap.rstrip(" 　\t\n").endswith(("：", ":"))
    if not stripped and (first.form != "一、" or leads or colon):
        return promise.cue or colon or "\n" not in gap or not before.endswith("了")
    if len(gap) > _NEAR or gap.count("\n") > 1 or sum(gap.count(stop) for stop in "。！？") > 1:
        return False
    if before.endswith("了") or not (leads or colon):
        return False
    if promise.measure in ("大", "手", "字", "层") and not promise.cue:
        return False
    after_stop = (
        patterns.compiled("[。！？]").split(gap)[-1].strip(_JOINTS) if patterns.compiled("[。！？]").search(gap) else ""
    )
    if after_stop and not patterns.compiled("具体|主要|即|就是|分别|概括").match(after_stop):
        return False
    return not patterns.compiled(
        "之一|其中|重点是|为重点|优先|要紧|摆在|除|还有|同时|另外|此外|等|完成|实现|取得|达到|兑现|全部"
    ).search(stripped)


def _items(marks: list[Mark]) -> str:
    said = [mark.written.rstrip("、.．，, ") for mark in marks]
    return "、".join(said) if len(said) <= 3 else f"{said[0]}…{said[-1]}"


def find_parts(document: Document, rule: Rule) -> Iterator[Hit]:
    """下面，我讲三点意见, and four headings follow."""
    for count in counts(document):
        if count.opening:
            yield _count_hit(document, count)


def find_counts(document: Document, rule: Rule) -> Iterator[Hit]:
    """以下六个方面, and the set that follows has five items."""
    for count in counts(document):
        if not count.opening:
            yield _count_hit(document, count)


def _count_hit(document: Document, count: Count) -> Hit:
    said = document.text[count.promise.start : count.promise.end]
    values = {"词": said, "数": str(count.promise.number), "实": str(len(count.marks)), "项": _items(count.marks)}
    return Hit(count.promise.start, count.promise.end, values)


# ── items under a dash ────────────────────────────────────────────────────────────────────────


def find_dashes(document: Document, rule: Rule) -> Iterator[Hit]:
    """重点把握四个方面。 and three lines that begin with a dash."""
    text, lines = document.text, document.lines
    dashed = [bool(patterns.compiled(r"[ 　\t]*[—―─-]{2}").match(line.text)) for line in lines]
    by_line = {}
    for promise in promises(document):
        line = document.line_at(promise.start)
        if (
            line is not None
            and _is_list_word(promise)
            and not text[promise.end : line.end].strip(" 　：:。；;，,的抓好落实工作")
        ):
            by_line[line.start] = promise
    for number, line in enumerate(lines[:-1]):
        stated = by_line.get(line.start)
        if stated is None or not dashed[number + 1] or dashed[number]:
            continue
        count = 0
        for is_dashed in dashed[number + 1 :]:
            if not is_dashed:
                break
            count += 1
        if count > 1 and count != stated.number:
            said = text[stated.start : stated.end]
            values = {"词": said, "数": str(stated.number), "实": str(count), "项": "破折号分出的各条"}
            yield Hit(stated.start, stated.end, values)


# ── items that repeat the key word ────────────────────────────────────────────────────────────


class Slogan(NamedTuple):
    """四个到位 at ``text[start:end]``: its number and its key word, and where its items begin and end."""

    start: int
    end: int
    number: int
    word: str
    first: int
    last: int
    bracket: bool


@cache
def _slogan() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?P<all>(?P<number>[二三四五六七八九十两2-9２-９](?<![{_NOT_BEFORE}].)[一二三四五六七八九十]?)"
        r"(?=[^。；！？\n]{1,16}?(?:[：:（(即]|[就别]是|是指|指的|体是|包括|——|[”」][，,]|(?:一批|到位|一律|必须|不放过|一定|严禁)[^，,。]{0,4}[，,]))"
        r"(?P<measure>个|项|大|条|种|类|家|件|道|张|句|所|位|名|座|处|支)?[“”]?(?P<word>(?![二两三四五六七八九])[\u4e00-\u9fff](?:(?![一二两三四五六七八九])[\u4e00-\u9fff]){0,5}))"
        r"(?P<close>[”」]?)(?P<lead>(?:的[\u4e00-\u9fff]{1,8}|的?(?:(?:专项|集中|整治)?行动|工程|管理|机制|制度|举措|模式|做法|活动|理念|体系|方法|任务|建设|计划|清单|格局|要求|工作法|工作机制|目标|原则|标准|措施|工作要求|工作))?[”」]?[，,]?(?:也就是|就是|即|就是要|分别是|指的是|具体是|包括|是指)?[：:]?|——)"
        r"(?P<bracket>[（(])?"
    )


_DIGITS = frozenset("一二两三四五六七八九")
_PARTING = "，,、；;。：:“”「」（）() 和及与\n"


def slogans(document: Document) -> tuple[Slogan, ...]:
    """Every number with a word that a list follows: after a colon, 即, or in brackets."""
    return document.once(_slogans)


def _slogans(document: Document) -> tuple[Slogan, ...]:
    return tuple(_find_slogans(document))


def _find_slogans(document: Document) -> Iterator[Slogan]:
    text = document.text
    for match in _slogan().finditer(text):
        lead, bracket = match["lead"], match["bracket"]
        comma = lead.endswith(("，", ","))
        at_once = comma and text.startswith(match["word"], match.end())  # 五个必须，必须讲政治
        if comma and not at_once:  # 四个一批，能办的先办一批
            ahead = patterns.compiled("[。！？\\n]").split(text[match.end() : match.end() + 240], 1)[0]
            word = _in_items(ahead, match["word"])
            at_once = word in _SLOGANS and abs(ahead.count(word) - _value(match["number"])) == 1
        if not (
            bracket or at_once or patterns.compiled("[：:]$|即|就是|分别是|是指|指的是|具体是|包括|——").search(lead)
        ):
            continue
        start, end = match.span("all")
        if match["close"] and ("“" in match["all"] or "「" in match["all"]):
            end = match.end("close")
        before = text[start - 1] if start else "\n"
        if text[max(0, start - 2) : start - 1] in _DIGITS and before not in _PARTING:
            continue  # 四不两直 has six, 三会一课 four
        number = _value(match["number"])
        if not 2 <= number <= _MOST or text[match.end("word") : match.end("word") + 1] in _DIGITS:
            continue
        first = match.end()
        if bracket:
            last = _end_of(text, first, "）)\n")
            last = last if text[last : last + 1] in ("）", ")") else -1
        else:
            last = _end_of(text, first, "。！？\n")
        if last > first:
            word = match["word"]
            if not match["close"]:  # 四个一批的办法, 四个一批办法
                short = _in_items(text[first:last], word.partition("的")[0] or word)
                end -= len(word) - len(short)
                word = short
            yield Slogan(start, end, number, word, first, last, bool(bracket))


def _in_items(said: str, word: str) -> str:
    """The word, or the longest beginning of it that items repeat; a known slogan at least."""
    if word in said:
        return word
    for size in range(len(word) - 1, 1, -1):
        if word[:size] in _SLOGANS and said.count(word[:size]) > 1:
            return word[:size]
    return word


def _end_of(text: str, start: int, stops: str) -> int:
    found = [at for at in (text.find(stop, start, start + 600) for stop in stops) if at >= 0]
    return min(found, default=min(len(text), start + 600) if len(text) - start <= 600 else -1)


def _repeated(text: str, slogan: Slogan) -> tuple[int, bool]:
    """How many items repeat the key word, and whether that is certain."""
    said = text[slogan.first : slogan.last]
    word = slogan.word
    if patterns.compiled(rf"[0-9０-９]{word}").search(said):  # 监控7路：4路…，3路…: parts of a sum, not items
        return 0, False
    segments = [
        part.strip("“”‘’ 　")
        for part in patterns.compiled("以及|[、，；,;：:。！？]|(?<=[^平共总饱温暖亲])和|及|与").split(said)
    ]
    counted = sum(part.startswith(word) or part.endswith(word) for part in segments)
    if not counted and all(part.count(word) == 1 for part in segments if part):
        counted = sum(map(bool, segments))  # 无证经营的一律取缔、逾期不改的一律停业
    return counted, counted == said.count(word) and counted > 1


def find_slogans(document: Document, rule: Rule) -> Iterator[Hit]:
    """四个到位：责任到位、措施到位、督查到位."""
    fixed = _fixed_terms()
    for slogan in slogans(document):
        text = document.text
        if text[slogan.start : slogan.end] not in fixed:
            yield from _slogan_hits(document, slogan)


def find_fixed(document: Document, rule: Rule) -> Iterator[Hit]:
    """A fixed term (两个维护) whose items the text itself lists, another number of them."""
    fixed = _fixed_terms()
    for slogan in slogans(document):
        if document.text[slogan.start : slogan.end] in fixed:
            hits = list(_slogan_hits(document, slogan)) or (
                list(_plain_hits(document, slogan)) if slogan.bracket else []
            )
            yield from hits


@cache
def _fixed_terms() -> frozenset[str]:
    from speechgen import figures

    return frozenset(figures.FIXED_TERMS)


def _slogan_hits(document: Document, slogan: Slogan) -> Iterator[Hit]:
    text = document.text
    counted, certain = _repeated(text, slogan)
    if not certain or counted == slogan.number:
        return
    if not slogan.bracket:  # the items may be sentences of their own
        line = document.line_at(slogan.first)
        longer = slogan._replace(last=min(line.end if line else slogan.last, slogan.first + 1500))
        more, _ = _repeated(text, longer)
        if more == slogan.number or (more > counted and counted < slogan.number):
            return
    yield _slogan_hit(document, slogan, counted)


def _slogan_hit(document: Document, slogan: Slogan, counted: int) -> Hit:
    said = document.text[slogan.start : slogan.end]
    listed = document.text[slogan.first : slogan.last]
    items = listed if len(listed) <= 40 else listed[:38] + "…"
    return Hit(slogan.start, slogan.end, {"词": said, "数": str(slogan.number), "实": str(counted), "项": items})


# ── plain lists ───────────────────────────────────────────────────────────────────────────────


@cache
def _vague() -> re.Pattern[str]:
    """Signs that a list does not name every item, or names something else."""
    return patterns.compiled("等|…|其中|以及其他|[0-9０-９]|不含|含|均|见|略|以下简称|简称|下同|[。！？《》“”（）()]")


def _plain_items(said: str) -> list[str]:
    """The items of a list that only 、 parts, the last perhaps 和; empty when it is anything else."""
    said = said.strip(" 　")
    if _vague().search(said) or not patterns.compiled("[、；]").search(said):
        return []
    separator = "；" if "；" in said else "、"
    items = said.split(separator)
    if patterns.compiled("[一二三四五六七八九十第其首][一二三四五六七八九十]?[是要，、一二先]").match(items[0]):
        return []
    joined = patterns.compiled("以及|及|和|与").split(items[-1]) if separator == "、" else items[-1:]
    if len(joined) > 2 or (
        len(joined) == 2 and (min(map(len, joined)) < 2 or abs(len(joined[0]) - len(joined[1])) > 2)
    ):
        return []
    items = [*items[:-1], *joined]
    if any(not item or len(item) > 20 or patterns.compiled("[，,：:]").search(item) for item in items):
        return []
    return items


def _plain_hits(document: Document, slogan: Slogan) -> Iterator[Hit]:
    items = _plain_items(document.text[slogan.first : slogan.last])
    if len(items) > 1 and len(items) != slogan.number and max(map(len, items)) <= 2 * min(map(len, items)) + 4:
        yield _slogan_hit(document, slogan, len(items))


def _counts_things(document: Document, slogan: Slogan) -> bool:
    text = document.text
    return not patterns.compiled("以上|以下|分钟|小时|年|月|日|天|周|倍|成").search(text[slogan.start : slogan.end])


def find_bracketed(document: Document, rule: Rule) -> Iterator[Hit]:
    """“四个环节”（排查、登记、整改）."""
    for slogan in slogans(document):
        if slogan.bracket and _is_open(document, slogan) and _counts_things(document, slogan):
            yield from _plain_hits(document, slogan)


def find_listed(document: Document, rule: Rule) -> Iterator[Hit]:
    """把好四个环节：排查、登记、整改。"""
    for slogan in slogans(document):
        if slogan.bracket or not _is_open(document, slogan) or not _counts_things(document, slogan):
            continue
        if document.text[slogan.last : slogan.last + 1] in ("。", "！", "\n", ""):
            items = _plain_items(document.text[slogan.first : slogan.last])
            if items and max(map(len, items)) <= 10:
                yield from _plain_hits(document, slogan)


def _is_open(document: Document, slogan: Slogan) -> bool:
    """No fixed term, and no item repeats the key word (those are counted by it)."""
    said = document.text[slogan.start : slogan.end]
    return said not in _fixed_terms() and slogan.word not in document.text[slogan.first : slogan.last]


# ── lists that come before their number ───────────────────────────────────────────────────────


@cache
def _summing() -> re.Pattern[str]:
    words = "|".join(_SUMMED_WORDS)
    return patterns.compiled(rf"(?P<number>[二三四五六七八九两2-9])(?<![0-9.第].)(?:个|大|项|道|类)?[“「]?(?:{words})")


@cache
def _list_before() -> re.Pattern[str]:
    """A list that only 、 parts, its last item perhaps after 和, up to the end."""
    item = r"[\u4e00-\u9fff]{2,8}"
    return patterns.compiled(rf"(?:^|[^\u4e00-\u9fff“”、）])(?P<list>{item}(?:、{item}){{1,12}})[“「]?$")


_SUMMED_WORDS = _words("到位|环节|方面|关键|重点|关口|落实|统一|同步|结合|一起|不误|过硬|领域|层面|不放过|清|达标|并重")


def find_summed(document: Document, rule: Rule) -> Iterator[Hit]:
    """责任、措施、督查“四到位”; 排查、整改、销号四个环节."""
    text = document.text
    for match in document.matches(_summing()):
        start, end = match.span()
        listed = _list_before().search(text[max(0, start - 100) : start])
        if listed is None:
            continue
        items = listed["list"].split("、")
        items = [*items[:-1], *patterns.compiled("和|及|与").split(items[-1])]
        number = _value(match["number"])
        # the first item has the verb before it (落实责任), the others must be of one length to be sure
        if len({len(item) for item in items[1:]}) > 1 or len(items) == number or len(items) < 3 or "等" in items[-1]:
            continue
        values = {"词": text[start:end], "数": str(number), "实": str(len(items)), "项": listed["list"]}
        yield Hit(start, end, values)


# What is counted by name: 公安、交通、住建三个部门.
_UNITS = _words(
    "主管部门|职能部门|成员单位|责任单位|部门|单位|乡镇|镇街|街道|社区|园区|片区|镇|乡|村|企业|公司|学校|医院|同志|干部|县区|县|区|局|场所|区域|部位|"
    "河流|水库|战线|行业|领域|群体|人群|对象|路段|时段|渠道|窗口|岗位|工种|站点|机构|工作组|专班|小组|关|关口"
)


@cache
def _named() -> re.Pattern[str]:
    return patterns.compiled(
        r"、[\u4e00-\u9fff]{1,8}?(?P<after>等|这|以上|共|的|这么)?(?P<number>[二三四五六七八九两2-9])(?:个|家|名|位|类|条|所|种|座|大|处|道|支)?"
        rf"(?:重点|主要|关键|牵头)?(?:{'|'.join(_UNITS)})"
    )


@cache
def _names_before() -> re.Pattern[str]:
    name = r"[\u4e00-\u9fff]"
    return patterns.compiled(rf"(?:^|[^\u4e00-\u9fff、])(?P<list>{name}{{2,24}}(?:、{name}{{2,8}}){{1,12}})$")


_PERSONS = ("同志", "干部", "代表", "负责人", "负责同志", "主要负责同志", "局长", "书记", "镇长", "乡长", "主任")
_PLACE_ENDS = "镇乡村县区市局委办院校厂矿所站库河路街"  # what a name of a place or an office ends with


_NO_NAME = (
    "建设|发展|开展|召开|实施|推进|新建|完成|[一二三四五六七八九十两]|[的了把在对为]$|^(?:各|有关|相关|其他|其它)"
)


def find_named(document: Document, rule: Rule) -> Iterator[Hit]:
    """公安、交通运输、住建、文旅三个部门."""
    text = document.text
    for match in document.matches(_named()):
        start, end = match.start("number"), match.end()
        after = match["after"] or ""
        stop = start - len(after)
        if after == "的" and not text[start:end].endswith(_PERSONS):
            continue
        listed = _names_before().search(text[max(0, stop - 90) : stop])
        if listed is None:
            continue
        items = listed["list"].split("、")
        items = [*items[:-1], *patterns.compiled("以及|(?<=..)[和与及](?=..)").split(items[-1])]
        number = _value(match["number"])
        if any(patterns.compiled(_NO_NAME).search(item) for item in items[1:]) or patterns.compiled(
            "[和与及一二三四五六七八九十两]"
        ).search(items[0]):
            continue
        if len(items) == number or (after == "等" and len(items) < number):
            continue
        alike = len({item[-1] for item in items}) == 1 or all(item[-1] in _PLACE_ENDS for item in items)
        if len(items) < 3 and (number < 3 or len(items[0]) > 4) and not (alike and after == "这"):
            continue
        if (len(items[0]) > 9 or max(map(len, items[1:])) > 6) and not (alike or after in ("这", "的")):
            continue
        if after == "的" and (len(items) < 3 or len(items) > number):
            continue
        yield Hit(start, end, {"词": text[start:end], "数": str(number), "实": str(len(items)), "项": "、".join(items)})


@cache
def _repeating() -> re.Pattern[str]:
    """A number with what it counts, where the sign before it tells of a list or is part of what is counted."""
    measure, before = "[个项大道条种类本张套]", "(?<=(?P<before>[\u4e00-\u9fff“「]).)"
    return patterns.compiled(
        rf"[二三四五六七八九两十2-9]{before}(?:(?<=[等这上共“「].)|(?={measure}?[\u4e00-\u9fff]{{0,2}}?(?P=before)))"
        rf"(?P<measure>{measure}?)(?P<noun>[\u4e00-\u9fff]{{1,3}})"
    )


def find_repeating(document: Document, rule: Rule) -> Iterator[Hit]:
    """责任清单、任务清单、措施清单这四项清单: every item before the number ends with what is counted."""
    text = document.text
    listing = patterns.compiled("(?P<list>[\u4e00-\u9fff]{2,24}(?:、[\u4e00-\u9fff]{2,10}){1,12})$")
    for match in _repeating().finditer(text):
        stop = match.start()
        if text.rfind("、", max(0, stop - 16), stop) < 2:
            continue
        stop -= text[stop - 1] in "“「"
        if text[stop - 1] in "等这上共":
            stop -= 2 if text.endswith("以上", 0, stop) else 1
        after = text[stop : match.start()].strip("“「")
        sizes = (size for size in (3, 2, 1) if text.endswith(match["noun"][:size], 0, stop))
        noun = match["noun"][: next(sizes, 0)]
        if not noun:
            continue
        listed, number = listing.search(text[max(0, stop - 130) : stop]), _value(match[0][0])
        if listed is None or number < 2:
            continue
        items = patterns.compiled("、|以及|(?<=..)[和与及](?=..)").split(listed["list"])
        if len(items) < 2 or not all(item.endswith(noun) and len(item) > len(noun) for item in items):
            continue
        if len(noun) == 1 and (not (match["measure"] or noun == "关") or len(items) < 3 or noun in "的了个月年日"):
            continue
        if len(items) == number or (after == "等" and len(items) < number):
            continue
        if len(items) == 2 and after not in ("这", "以上"):
            continue
        start, end = match.start(), match.start("noun") + len(noun)
        values = {"词": text[start:end], "数": str(number), "实": str(len(items)), "项": listed["list"][-40:]}
        yield Hit(start, end, values)


def find_all_named(document: Document, rule: Rule) -> Iterator[Hit]:
    """公安、交通运输、住建、文旅三个部门; 责任清单、任务清单、措施清单这四项清单."""
    told = list(find_named(document, rule))
    yield from told
    spots = {hit.start for hit in told}
    yield from (hit for hit in find_repeating(document, rule) if hit.start not in spots)


# ── 一看、二查、三问 ──────────────────────────────────────────────────────────────────────────

_IN_ORDER = "一二三四五六七八九十"


@cache
def _steps() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?P<all>(?<![第几数0-9.一二三四五六七八九十])(?P<number>[二三四五六七八九两2-9])(?:[个道项大步点][\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff]{1,4}))"
        r"[”」]?(?:要求|工作法|机制|制度)?(?:，(?=即|就是))?(?:(?:[，,：:。]|——|即|就是|（)(?:|“|「))"
        r"(?P<first>一(?![是个些定律批种方切线样起直旦般要年次级体把项条步名位天家户人季手期批组段层标楼栋排片区])[\u4e00-\u9fff])"
    )


def find_steps(document: Document, rule: Rule) -> Iterator[Hit]:
    """三个环节，一看证照、二看台账."""
    text = document.text
    for match in document.matches(_steps()):
        first = match.start("first")
        line = document.line_at(first)
        last = min(line.end if line else first, first + 400)
        verbs, at = [text[first + 1]], first
        while len(verbs) < len(_IN_ORDER):
            following = patterns.compiled(rf"[、，,；;。：:]{_IN_ORDER[len(verbs)]}([\u4e00-\u9fff])")
            found = following.search(text, at, min(last, at + 120))
            if found is None or found[1] in "是要个项种类方级线年月日":
                break
            verbs.append(found[1])
            at = found.start()
        number = _value(match["number"])
        if len(verbs) in (1, number):
            continue
        items = "、".join(f"{han}{verb}" for han, verb in zip(_IN_ORDER, verbs, strict=False))
        yield Hit(*match.span("all"), {"词": match["all"], "数": str(number), "实": str(len(verbs)), "项": items})


# ── numbers that look back ────────────────────────────────────────────────────────────────────


@cache
def _backward() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?:以上|上述|上面|前面|刚才)(?:讲的?|说的?|提到的|所讲的?|谈的?)?(?:的|这)?(?P<number>[二三四五六七八九十]{1,2}|[两2-9２-９])"
        r"(?:个方面|方面|个问题|点|条|项|个)(?:意见|要求|工作|任务|措施|建议|问题|原因)?"
    )


def find_backward(document: Document, rule: Rule) -> Iterator[Hit]:
    """以上三点 after four parts."""
    yield from _backward_words(document)
    text = document.text
    every = series_of(document)
    starts = [series.marks[0].start for series in every]
    top = [series for series in every if series.marks[0].head and RANKS.get(series.marks[0].form, IN_WORDS) <= 1][
        -_BACK:
    ]
    last_head = max((mark.start for series in every for mark in series.marks if mark.head), default=0)
    for match in document.matches(_backward()):
        start, end = match.span()
        number = _value(match["number"])
        at = bisect_left(starts, start)
        parts = [series for series in top if series.marks[0].start < start]
        before = [_until(series, start) for series in (*parts, *every[max(0, at - _BACK) : at])]
        if number < 2 or not before or any(len(marks) == number for marks in before):
            continue
        closing = start > last_head
        marks = before[len(parts) - 1] if parts and closing else max(before, key=lambda marks: marks[-1].start)
        if len(marks) < 2 or any(p.number == number for p in _stated_before(document, start)):
            continue
        yield Hit(start, end, {"词": text[start:end], "数": str(number), "实": str(len(marks)), "项": _items(marks)})


@cache
def _backward_word() -> re.Pattern[str]:
    words = "|".join(sorted(_SLOGANS, key=len, reverse=True))
    return patterns.compiled(
        rf"(?<![、\u4e00-\u9fff](?=这))(?:以上|上述|上面|前面|这)(?:讲的?|说的?|提到的)?(?:的|这)?[“「]?(?P<number>[二三四五六七八九两十2-9])[个道]?(?P<word>关口?|{words})"
    )


def _backward_words(document: Document) -> Iterator[Hit]:
    """要把好进货关，…。要把好加工关，…。以上四关: what the sentences before it repeat."""
    text = document.text
    for match in document.matches(_backward_word()):
        start, end = match.span()
        word, number = match["word"], _value(match["number"])
        line = document.line_at(start)
        if line is None or text[start - 1 : start] == "、":
            continue
        head = text[max(line.start, start - 700) : start]
        stated = patterns.compiled(rf"[二三四五六七八九两十2-9][个道]?{word}").search(head)
        if word[0] == "关":
            verbs = "把好|守好|把住|守住|把牢|严把|严守|守牢|过好|过了?|筑牢|盯住|盯牢"
            pattern = rf"(?:{verbs})(?P<item>[\u4e00-\u9fff]{{1,8}}?){word}"
        else:
            item = rf"{word}[^，。；：！\n]{{2,20}}|[^，。；：！、\n]{{2,14}}{word}(?=[，。；！、])"
            pattern = rf"(?:^|[，。；：、！\s])(?:要|二是|一是|必须)?(?P<item>{item})"
        items = list(dict.fromkeys(found["item"] for found in patterns.compiled(pattern).finditer(head)))
        if stated or len(items) < 2 or len(items) == number or "等" in head[-2:]:
            continue
        begin = start if text[start] != "这" else match.start("number")
        values = {"词": text[begin:end], "数": str(number), "实": str(len(items)), "项": "、".join(items)[:40]}
        yield Hit(begin, end, values)


def _until(series: Series, end: int) -> list[Mark]:
    return [mark for mark in series.marks if mark.start < end]


def _stated_before(document: Document, end: int) -> list[Promise]:
    """The numbers stated in the 1,500 characters before an offset."""
    stated = promises(document)
    at = bisect_left(stated, end, key=lambda promise: promise.start)
    return [promise for promise in stated[max(0, at - _BACK) : at] if end - promise.end < 1500]


def _patterns() -> list[re.Pattern[str]]:
    return [_summing(), _named(), _steps(), _backward(), _backward_word()]


_VALUES = ("词", "数", "实", "项")
CHECKS = {
    "开场点数": Check(find_parts, values=_VALUES, patterns=_patterns),
    "分条": Check(find_counts, values=_VALUES, patterns=_patterns),
    "破折号分条": Check(find_dashes, values=_VALUES, patterns=_patterns),
    "重复的词": Check(find_slogans, values=_VALUES, patterns=_patterns),
    "固定提法": Check(find_fixed, values=_VALUES, patterns=_patterns),
    "括号列举": Check(find_bracketed, values=_VALUES, patterns=_patterns),
    "顿号列举": Check(find_listed, values=_VALUES, patterns=_patterns),
    "前面列举": Check(find_summed, values=_VALUES, patterns=_patterns),
    "前面点名": Check(find_all_named, values=_VALUES, patterns=_patterns),
    "动词分条": Check(find_steps, values=_VALUES, patterns=_patterns),
    "回指": Check(find_backward, values=_VALUES, patterns=_patterns),
}
