"""序号: sequences of every form (一、 （一） 1. （1） ① 第一， 一是 一要 首先), nested and across paragraphs.

`series_of` sorts all marks of a text into series; the checks look at one series after the other, and
`speechgen.check.counting` counts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line, number_value

# How deep a form stands; a mark at the head of a line ends every series of a deeper form.
RANKS = {"部分": 0, "一、": 1, "（一）": 2, "1.": 3, "（1）": 4, "①": 5}
IN_WORDS = 6  # 一是, 一要, 第一，, 其一, 首先
HEADINGS = 2  # 一、 and （一）: inside a part, words begin anew
WORDS = ("首先", "其次", "再次", "最后")
VERBS = "抓靠查讲防"  # 一抓…，二抓…: also words of their own (一查到底), so only gaps are told
_SPOKEN = ("heading", "paragraph")
_HAN = "零一二三四五六七八九"
_LONG = 800  # characters; a shorter text may be an excerpt
_SHORT = 120  # characters; what is shorter, and has fewer than three lines, may be cut out of a sentence
_BEFORE_MARK = r"\n 　\t\xa0。！？!?；;，,：:—…”’\")）、·"  # a number inside a line stands after one of these


class Mark(NamedTuple):
    """One number of a sequence at ``text[start:end]``: form, value (0 for 最后), and whether a line begins with it."""

    start: int
    end: int
    form: str
    number: int
    written: str
    line: int
    head: bool


class Series:
    """Marks that belong together, in their order. ``breaks`` are where a higher heading stands between two of them."""

    def __init__(self, mark: Mark, after: int = 0, floor: int = 0, under: str = "") -> None:
        self.marks = [mark]
        self.breaks: list[int] = []
        self.forms = {mark.form}
        self.after = after  # the number of the series that this one goes on from
        self.floor = floor  # where the text begins that the first mark could stand in
        self.under = under  # the form of the heading above
        self.restarted: Mark | None = None  # the last mark of the series that it breaks off

    @property
    def form(self) -> str:
        """The form of most of its marks."""
        return Counter(mark.form for mark in self.marks).most_common(1)[0][0]

    @property
    def last(self) -> int:
        """The number that the next mark is counted from."""
        return self.marks[-1].number

    def segment(self, mark: Mark) -> list[Mark]:
        """The marks from ``mark`` to the next higher heading."""
        at = self.marks.index(mark)
        return self.marks[at : next((b for b in self.breaks if b > at), len(self.marks))]


class Fault(NamedTuple):
    """What is wrong with one mark of a series: 跳, 重, 乱 or 缺头, and the numbers that are missing."""

    kind: str
    series: Series
    mark: Mark
    before: Mark | None
    missing: tuple[int, ...] = ()


def han(number: int) -> str:
    """1 to 99 as headings write it."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


def written(form: str, number: int) -> str:
    """How a number of a form is written: (是, 3) → 三是."""
    if form in ("是", "要", *VERBS):
        return han(number) + form
    if form == "首先":
        return WORDS[number - 1] if number <= len(WORDS) else ""
    if form == "①":
        return chr(ord("①") + number - 1) if number <= 20 else ""
    pattern = {"部分": "第{}部分", "一、": "{}、", "（一）": "（{}）", "第": "第{}", "其": "其{}"}.get(form)
    return pattern.format(han(number)) if pattern else f"（{number}）" if form == "（1）" else f"{number}."


# ── finding the marks ─────────────────────────────────────────────────────────────────────────


@cache
def _inline() -> re.Pattern[str]:
    """A number inside a line with the sign before it; what comes after is only looked at, it may be before the next."""
    number = "[一二三四五六七八九十]{1,3}"
    return patterns.compiled(
        rf"[{_BEFORE_MARK}](?=[一二三四五六七八九十0-9第其首再最（(①-⑳])(?:"
        rf"(?P<verb>{number})(?:是(?!一[、，；。]|二[、，；。])|要(?![素点件务闻领义旨害塞紧职略])|[{VERBS}])"
        rf"|(?<=[。；;：:\n])(?P<dot>[0-9]{{1,2}})[.．、](?![0-9])"
        rf"|第(?P<order>{number})(?:(?=[，,：:。]|(?:点|个?方面|个问题)(?:[是，,：:]|意见))|(?=、(?!第|[一二三四五六七八九]))"
        rf"|是|要(?![务素点件义])|(?P<part>部分)(?![的人居群]))"
        rf"|其(?P<other>[一二三四五六])(?:(?=[，,：:])|是)"
        rf"|(?P<word>首先(?![，,]?请)|其次|(?:再次|最后)(?=[，,：:]))"
        rf"|[（(](?:(?P<round>{number})|(?P<arabic>[0-9０-９]{{1,2}}))(?=[）)])"
        rf"|(?P<ring>[①-⑳]))"
    )


@cache
def _quoted() -> re.Pattern[str]:
    return patterns.compiled(r"“[^“”\n]*”|「[^「」\n]*」")


@cache
def _not_a_number() -> re.Pattern[str]:
    """一、二、三产业; 3、4月份: a list of numbers, not the number of a line."""
    return patterns.compiled(
        r"[一二三四五六七八九]{1,2}(?:[、，]|季度|产业|类|级|线|期|轮|批|次|号|年级|等|把手|审|是|要)|[至到~～—-]"
    )


def marks_of(document: Document) -> tuple[Mark, ...]:
    """All numbers of sequences that stand in headings and paragraphs, in their order."""
    text = document.text
    quotes = [match.span() for match in _quoted().finditer(text)]
    openings = [start for start, _ in quotes]

    def is_quoted(at: int) -> bool:
        number = bisect_right(openings, at) - 1
        return number >= 0 and openings[number] < at < quotes[number][1]

    lines = document.lines
    starts = [line.start for line in lines]
    heads = [_head_mark(text, line, number) for number, line in enumerate(lines)]
    found = [mark for mark in heads if mark]
    for match in _inline().finditer("\n" + text):
        at = match.start()  # of the mark in the text: the sign before it, less the line break that was put first
        number = bisect_right(starts, at) - 1
        if number < 0 or lines[number].kind not in _SPOKEN or is_quoted(at):
            continue
        head, line = heads[number], lines[number]
        if head is None or at >= head.end:
            mark = _inline_mark(match, number, not text[line.start : at].strip())
            if mark:
                found.append(mark)
    return tuple(sorted(found))


def _head_mark(text: str, line: Line, number: int) -> Mark | None:
    marker = line.marker
    if marker is None or line.kind not in _SPOKEN or marker.form not in RANKS or marker.form == "①":
        return None
    start = line.start + len(line.text) - len(line.text.lstrip())
    end = line.start + marker.end
    if marker.form in ("一、", "1.") and _not_a_number().match(text, end, line.end):
        return None
    if marker.form == "1." and text[end - 1] == "、" and text[end : end + 1].isdecimal():
        return None  # 3、4月份
    return Mark(start, end, marker.form, marker.number, text[start:end].strip(), number, True)


def _inline_mark(match: re.Match[str], line: int, head: bool) -> Mark | None:
    which = match.lastgroup or ""
    said = match[0][1:]
    start, end = match.start(), match.end() - 1
    if which == "word":
        return Mark(start, end, "首先", 0 if said == "最后" else WORDS.index(said) + 1, said, line, head)
    if which == "verb":
        return Mark(start, end, said[-1], number_value(match["verb"]), said, line, head)
    if which == "part":
        return Mark(start, end, "部分", number_value(match["order"]), said, line, True) if head else None
    form = {"order": "第", "other": "其", "round": "（一）", "arabic": "（1）", "ring": "①", "dot": "1."}[which]
    value = number_value(match[which])
    if which in ("round", "arabic"):
        said, end = said + "）", end + 1
    if not value or (form == "第" and match[0][0] == "、"):
        return None
    return Mark(start, end, form, value, said, line, head)


# ── sorting them into series ──────────────────────────────────────────────────────────────────


def series_of(document: Document) -> tuple[Series, ...]:
    """All series of a text, in the order of their first marks."""
    return document.once(_sort)


def _sort(document: Document) -> tuple[Series, ...]:
    marks = marks_of(document)
    following = _following(marks)
    text = document.text
    every: list[Series] = []
    stack: list[Series] = []
    closed: dict[str, Series] = {}
    barrier: dict[str, int] = {}  # the highest heading since a form was closed
    floor = 0

    def close(since: int) -> None:
        while len(stack) > since:
            series = stack.pop()
            for form in series.forms:
                closed[form] = series
                barrier[form] = IN_WORDS

    for number, mark in enumerate(marks):
        rank = RANKS.get(mark.form, IN_WORDS)
        if mark.head and rank < IN_WORDS:
            close(next((n for n, s in enumerate(stack) if _rank(s) > rank), len(stack)))
            for form in barrier:
                barrier[form] = min(barrier[form], rank)
        at = next((n for n in range(len(stack) - 1, -1, -1) if mark.form in stack[n].forms), -1)
        if at >= 0:
            close(at + 1)
            series = stack[at]
            if mark.number != 1 or _is_slip(text, series, mark, following[number]):
                if not mark.number:
                    mark = mark._replace(number=series.last + 1)
                series.marks.append(mark)
            else:
                fresh = Series(mark, floor=series.marks[-1].end, under=series.under)
                fresh.restarted = series.marks[-1]
                close(at)
                stack.append(fresh)
                every.append(fresh)
        elif mark.number == 0:
            continue  # 最后 without 首先 and 其次 is an adverb
        elif mark.number > 1 and mark.form in closed and _goes_on(closed[mark.form], mark, barrier[mark.form]):
            series = closed[mark.form]
            if rank < IN_WORDS and barrier[mark.form] < rank:
                series.breaks.append(len(series.marks))
            series.marks.append(mark)
            stack.append(series)
        elif mark.number > 1 and stack and _mixes(stack[-1], mark):
            stack[-1].marks.append(mark)
            stack[-1].forms.add(mark.form)
        else:
            under = next((s.form for s in reversed(stack) if _rank(s) < IN_WORDS), "")
            fresh = Series(mark, floor=floor, under=under)
            stack.append(fresh)
            every.append(fresh)
        if mark.head and rank <= HEADINGS:
            floor = mark.end
    return tuple(every)


def _rank(series: Series) -> int:
    return min(RANKS.get(form, IN_WORDS) for form in series.forms)


def _following(marks: tuple[Mark, ...]) -> list[int]:
    """For each mark the number of the next mark of its form, 0 when there is none."""
    seen: dict[str, int] = {}
    numbers = []
    for mark in reversed(marks):
        numbers.append(seen.get(mark.form, 0))
        seen[mark.form] = mark.number
    return numbers[::-1]


def _is_slip(text: str, series: Series, mark: Mark, following: int) -> bool:
    """Whether a 一 where another number is due is a wrong number, and not the beginning of a new series."""
    last = series.marks[-1]
    if following == series.last + 2:
        return True
    if mark.head and last.head and mark.form in RANKS:
        return len(series.marks) == 1 and last.number == 1 and RANKS[mark.form] <= HEADINGS
    if mark.form == "首先" or mark.line != last.line or mark.start - last.end > 200:
        return False
    stops = "[：:]" if len(series.marks) == 1 else "[。！？：:]"  # a set of one is no set
    return not patterns.compiled(stops).search(text[last.end : mark.start])


def _goes_on(series: Series, mark: Mark, barrier: int) -> bool:
    """（三） under 一、 and （四） under 二、 may run on; words run on only inside one part."""
    if series.last + 1 != mark.number:
        return False
    return mark.form in RANKS or barrier > HEADINGS


def _mixes(series: Series, mark: Mark) -> bool:
    """Whether 二是 goes on from 第一，."""
    last = series.marks[-1]
    if {mark.form, last.form} & {*RANKS, *VERBS} or series.last + 1 != mark.number:
        return False
    return mark.line == last.line or (mark.head and last.head)


# ── what is wrong with a series ───────────────────────────────────────────────────────────────


def faults(document: Document) -> tuple[Fault, ...]:
    """Every mark that does not go on from the one before."""
    return document.once(_faults)


def _faults(document: Document) -> tuple[Fault, ...]:
    return tuple(fault for series in series_of(document) for fault in _faults_of(document, series))


def _faults_of(document: Document, series: Series) -> Iterator[Fault]:
    marks = series.marks
    first = marks[0]
    if first.number > 1:
        missing = tuple(range(1, first.number))
        if not _said(document.text, series, missing[-1], series.floor, first.start):
            yield Fault("缺头", series, first, None, missing)
    due = first.number + 1
    seen = {first.number}
    for at in range(1, len(marks)):
        mark, before = marks[at], marks[at - 1]
        number = mark.number
        after = marks[at + 1].number if at + 1 < len(marks) else 0
        repeated = number in seen
        seen.add(number)
        if number == due:
            due += 1
            continue
        if number > due:
            if after == due + 1 and number != due + 1:  # one wrong number among right ones
                yield Fault("乱", series, mark, before)
                due += 1
                continue
            if any(due <= other.number < number for other in marks[at + 1 : at + 40]):
                due = number + 1  # told where the smaller number stands
                continue
            missing = tuple(range(due, number))
            if not _said(document.text, series, missing[-1], before.end, mark.start):
                yield Fault("跳", series, mark, before, missing)
            due = number + 1
            continue
        yield Fault("重" if repeated else "乱", series, mark, before)
        if after == due + 1:
            due += 1


def _said(text: str, series: Series, number: int, start: int, end: int) -> bool:
    """Whether a number that seems to be missing is written there in some other way."""
    between = text[max(start, end - 3000) : end]
    forms = {*series.forms, "首先"} if series.forms & set(RANKS) else {"是", "要", "第", "其", "首先"}
    if series.forms & set(RANKS):
        return any(
            re.search(rf"(?:[。！？；：\s]|^){re.escape(written(form, number))}", between) for form in series.forms
        )
    words = [written(form, number) for form in forms]
    if number == 1:
        words += ["一方面", "一个是", "首要", "一来", "一则", "先是", "一、"]
    return any(word and word in between for word in words)


def _label(mark: Mark | None) -> str:
    return mark.written.rstrip("、.．，, ") if mark else ""


def _fault_hits(kind: str, document: Document, words: bool) -> Iterator[Hit]:
    for fault in faults(document):
        if fault.kind == kind and ("首先" in fault.series.forms) == words:
            form = fault.mark.form
            missing = "、".join(
                "「" + written(form, number).rstrip("、.") + "」"
                for number in fault.missing[:4]
                if written(form, number)
            )
            values = {"前": _label(fault.before), "缺": missing, "号": _label(fault.mark)}
            yield Hit(fault.mark.start, fault.mark.end, values)


def find_skips(document: Document, rule: Rule) -> Iterator[Hit]:
    """一、三、: a number is left out."""
    yield from _fault_hits("跳", document, words=False)


def find_repeats(document: Document, rule: Rule) -> Iterator[Hit]:
    """二、二、: a number stands twice."""
    yield from _fault_hits("重", document, words=False)


def find_disorder(document: Document, rule: Rule) -> Iterator[Hit]:
    """一、三、二、: a number stands after a larger one."""
    yield from _fault_hits("乱", document, words=False)


def find_disordered_words(document: Document, rule: Rule) -> Iterator[Hit]:
    """首先 followed by 再次 or by another 其次 out of order."""
    told = [hit for kind in ("跳", "乱") for hit in _fault_hits(kind, document, words=True)]
    yield from told
    spots = {hit.start for hit in told}
    yield from (hit for hit in _words_left_out(document) if hit.start not in spots)


@cache
def _in_turn() -> re.Pattern[str]:
    """首先, 再次, 最后 at the head of a clause with what is to be done."""
    return patterns.compiled(
        r"(?<![^。；，：\n 　])(?P<word>首先|其次|再次|最后)"
        r"(?=[，,]?(?:要(?!感谢|特别感谢|祝|强调)|是|必须|应|须|需要|坚持|做好|抓好|切实|严格|加强|强化|落实|把|在|从|各|[^，。；：我你祝谢\n]{2,4}(?:要|必须|应)|思想|行动|认识|责任|措施))"
    )


_BETWEEN = (
    "其次",
    "第二",
    "其二",
    "二是",
    "二要",
    "接着",
    "然后",
    "接下来",
    "随后",
    "另外",
    "此外",
    "再就是",
    "还要",
    "同时",
    "第三",
    "再者",
    "进而",
)


def _words_left_out(document: Document) -> Iterator[Hit]:
    """首先要 … 最后要 …, or 首先要 … 再次要 …, with nothing between them that says 其次."""
    for line in document.lines_with("首先"):
        marks = [(m["word"], m.start(), m.end()) for m in _in_turn().finditer(document.text, line.start, line.end)]
        for (word, start, end), (before, _, begin) in zip(marks[1:], marks, strict=False):
            between = document.text[begin:start]
            if len(between) > 400 or any(one in between for one in _BETWEEN):
                continue
            if (before, word) in (
                ("首先", "再次"),
                ("首先", "最后"),
                ("最后", "再次"),
                ("最后", "其次"),
                ("再次", "其次"),
            ):
                yield Hit(start, end, {"前": before, "缺": "", "号": word})


def find_headless(document: Document, rule: Rule) -> Iterator[Hit]:
    """A set inside the text that begins with 二 or later."""
    top = _first_heading(document)
    for fault in faults(document):
        if fault.kind == "缺头" and fault.series is not top and not fault.series.forms & {"首先", "部分", *VERBS}:
            if fault.mark.form in RANKS and not fault.mark.head:
                continue  # （二） inside a line may cite a clause
            missing = written(fault.mark.form, 1).rstrip("、.")
            yield Hit(fault.mark.start, fault.mark.end, {"号": _label(fault.mark), "缺": f"「{missing}」"})


def _first_heading(document: Document) -> Series | None:
    return next((s for s in series_of(document) if s.marks[0].head and _rank(s) <= HEADINGS), None)


def find_truncated(document: Document, rule: Rule) -> Iterator[Hit]:
    """The first heading of the text is 二、 or later: its beginning is missing."""
    top = _first_heading(document)
    for fault in faults(document):
        if fault.kind == "缺头" and fault.series is top:
            missing = written(fault.mark.form, 1).rstrip("、.")
            yield Hit(fault.mark.start, fault.mark.end, {"号": _label(fault.mark), "缺": f"「{missing}」"})


def find_restarts(document: Document, rule: Rule) -> Iterator[Hit]:
    """A heading begins again with 一 although no higher heading stands between."""
    for series in series_of(document):
        first, last = series.marks[0], series.restarted
        if last is None or not (first.head and last.head) or first.form not in RANKS or last.number < 2:
            continue
        between = document.lines[last.line : first.line]
        if RANKS[first.form] > HEADINGS and len(between) > 1:
            continue
        if any(_introduces(line) for line in between[1:]) or between[0].text.rstrip().endswith(("：", ":")):
            continue
        yield Hit(first.start, first.end, {"号": _label(first), "前": _label(last)})


def _introduces(line: Line) -> bool:
    """A title, a heading without a number, or a sentence that leads over to a new list."""
    text = line.text.strip()
    return (
        line.kind != "paragraph" or text.endswith(("：", ":")) or (len(text) <= 40 and text[-1] not in "。！？!?；;”）")
    )


def find_mixtures(document: Document, rule: Rule) -> Iterator[Hit]:
    """第一，… 二是 … 第三，: numbers of several forms in one set."""
    for series in series_of(document):
        if len(series.forms) > 1:
            main = series.form
            if len(series.marks) == 2 or main == "首先":
                main = series.marks[0].form
            for mark in series.marks:
                if mark.form != main:
                    due = written(main, mark.number) or series.marks[0].written
                    yield Hit(mark.start, mark.end, {"号": _label(mark), "前": _label(series.marks[0]), "改": due})


def find_single(document: Document, rule: Rule) -> Iterator[Hit]:
    """A set of one: 一是 and nothing after it."""
    for series in series_of(document):
        mark = series.marks[0]
        if len(series.marks) > 1 or mark.number != 1 or mark.form in ("首先", *VERBS):
            continue
        if mark.form in RANKS and (not mark.head or RANKS[mark.form] > 3):
            continue
        if not patterns.compiled("另一|其次|二来|再就是|还有就是|再一个|二则|第二|二是|二要").search(
            document.text[mark.end : mark.end + 600]
        ):
            yield Hit(mark.start, mark.end, {"号": _label(mark), "缺": written(mark.form, 2).rstrip("、.")})


def find_jumps(document: Document, rule: Rule) -> Iterator[Hit]:
    """（1） directly under 一、: two levels are left out."""
    for series in series_of(document):
        mark = series.marks[0]
        if mark.head and series.under in RANKS and mark.form in RANKS and RANKS[mark.form] - RANKS[series.under] > 2:
            due = next(form for form, rank in RANKS.items() if rank == RANKS[series.under] + 1)
            yield Hit(mark.start, mark.end, {"号": _label(mark), "上": series.under, "改": due})


def _style(mark: Mark) -> str:
    """How a number of its form is written: 、 or . or full-width, half-width or full-width brackets."""
    return (
        patterns.compiled("[一二三四五六七八九十]+|[0-9]+")
        .sub("1", patterns.compiled("[０-９]+").sub("１", mark.written))
        .strip()
    )


def find_styles(document: Document, rule: Rule) -> Iterator[Hit]:
    """1、 among 1. 2. 3., (二) among （一）（三）: told once for each run of them."""
    by_form: dict[str, list[Mark]] = {}
    for series in series_of(document):
        for mark in series.marks:
            if mark.form in RANKS and mark.form != "①" and (mark.head or mark.form != "（一）"):
                by_form.setdefault(mark.form, []).append(mark)
    for marks in by_form.values():
        marks.sort()
        styles = Counter(map(_style, marks))
        usual = styles.most_common(1)[0][0]
        previous = usual
        for mark in marks:
            style = _style(mark)
            if style not in (usual, previous):
                sample = next(other.written for other in marks if _style(other) == usual)
                yield Hit(mark.start, mark.end, {"号": mark.written, "多": sample})
            previous = style


@cache
def _doubled() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?m)^[ 　\t]*(?P<all>[（(](?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[）)][、.．，,]|[①-⑳][、.．，,])"
    )


def find_doubled(document: Document, rule: Rule) -> Iterator[Hit]:
    """（一）、: a number in brackets needs no further mark."""
    for match in document.matches(_doubled()):
        start, end = match.span("all")
        right = document.text[start : end - 1]
        yield Hit(start, end, {"号": document.text[start:end], "改": right}, right)


# ── the end of the text ───────────────────────────────────────────────────────────────────────

_CLOSED = "。！？!?…”’）)》」』；;.】~～"


@cache
def _tail() -> re.Pattern[str]:
    """What stands in a line after the speech."""
    return patterns.compiled(
        "谢谢|[0-9０-９]{4}年|[A-Za-z]{4}|来源|编辑|相关|版权|上一篇|下一篇|附件|注[：:]|打印|关闭|^[—\\-·\\s0-9]+$"
    )


@cache
def _last_words() -> re.Pattern[str]:
    """Words that close a speech."""
    return patterns.compiled(
        "同志们|各位|谢谢|让我们|希望大家|我就讲|就讲这些|祝|新春|新年|愉快|完了|代表们|乡亲|朋友们|最后，|总之|奋斗|奋勇"
    )


def find_no_end(document: Document, rule: Rule) -> Iterator[Hit]:
    """A long text that stops at a heading, in the middle of a sentence, or with a numbered item."""
    spoken = [line for line in document.spoken if line.kind != "salutation"]
    while len(spoken) > 1 and _is_tail(spoken[-1].text.strip()):
        spoken.pop()
    if not spoken:
        return
    line = spoken[-1]
    text = line.text.strip()
    start = line.start + len(line.text) - len(line.text.lstrip())
    end = start + len(text)
    cut = max(text.rfind(stop, 0, len(text) - 1) for stop in "。！？；") + 1
    size = sum(len(one.text) for one in spoken)
    if size < _LONG:
        if (size >= _SHORT or len(document.spoken) > 2) and line.kind == "paragraph" and _breaks_off(text):
            yield Hit(start + cut, end, {"末": text[cut:][-20:], "因": "最后一句没有说完"})
        elif _is_whole(document) and _ends_with_item(document, line) and not _last_words().search(text):
            yield Hit(start + cut, end, {"末": text[cut:][-20:], "因": "停在分条上，没有收尾的话"})
        return
    if line.kind == "heading" and line.marker:
        yield Hit(start, end, {"末": text[:20], "因": "停在小标题上，下面没有内容"})
    elif text[-1] in "，,、：:" or (
        text[-1] not in _CLOSED and patterns.compiled("[，。；]").search(text) and len(text) > 15
    ):
        yield Hit(start + cut, end, {"末": text[cut:][-20:], "因": "最后一句没有说完"})
    elif _ends_with_item(document, line) and not _last_words().search(text):
        tail = max(text.rfind(stop, 0, len(text) - 1) for stop in "。！？；") + 1
        yield Hit(start + tail, end, {"末": text[tail:][-20:], "因": "停在分条上，没有收尾的话"})


def _is_whole(document: Document) -> bool:
    """A short text that is nevertheless a whole speech: title, salutation, an opening, and two headings."""
    titled = any(patterns.compiled("讲话|致辞|发言|讲稿").search(line.text) for line in document.lines[:4])
    if not titled or not any(line.kind == "salutation" for line in document.lines):
        return False
    top = _first_heading(document)
    return bool(document.opening) and top is not None and len(top.marks) > 1 and top.marks[0].number == 1


def _breaks_off(text: str) -> bool:
    """Whether the last line of a short text stops inside a sentence."""
    if text[-1] in _CLOSED or text[-1].isascii() or len(text) <= 8 or not patterns.compiled("[，。；]").search(text):
        return False
    if patterns.compiled("电话|联系人|邮箱|网址|地址|责编|编辑|记者|来源").search(text):
        return False
    if len(text) <= 15 and _last_words().search(text):
        return False
    return text[-1] in "，、：" or not patterns.compiled("[0-9]{4}年|[日号局委办会部处科室组]$").search(text[-12:])


def _is_tail(text: str) -> bool:
    """A line after the speech: a date, a source, the chrome of a page."""
    if len(text) > 40 or _tail().search(text):
        return len(text) <= 40
    unstopped = text[-1] not in _CLOSED and text[-1] not in "，,、：:"
    return (
        unstopped
        and not patterns.compiled("[，；]").search(text)
        and not patterns.compiled("[一二三四五六七八九十（(0-9第]").match(text)
    )


def _ends_with_item(document: Document, line: Line) -> bool:
    """The last line is itself an item of a list of two and more: 三、… or 三是… at its head, and that list is
    not one that comes after the closing."""
    for series in reversed(series_of(document)):
        if any(mark.head and line.start <= mark.start < line.end for mark in reversed(series.marks)):
            first = series.marks[0].line
            before = document.lines[max(0, first - 4) : first]
            return len(series.marks) > 1 and not any(other.text.rstrip().endswith("！") for other in before)
    return False


CHECKS = {
    "跳号": Check(find_skips, values=("前", "缺", "号")),
    "重号": Check(find_repeats, values=("前", "缺", "号")),
    "乱序": Check(find_disorder, values=("前", "缺", "号")),
    "首先其次": Check(find_disordered_words, values=("前", "缺", "号")),
    "缺头": Check(find_headless, values=("号", "缺")),
    "从中间起": Check(find_truncated, values=("号", "缺")),
    "重起": Check(find_restarts, values=("号", "前")),
    "混用": Check(find_mixtures, values=("号", "前", "改")),
    "单条": Check(find_single, values=("号", "缺")),
    "跳级": Check(find_jumps, values=("号", "上", "改")),
    "写法": Check(find_styles, values=("号", "多")),
    "叠标点": Check(find_doubled, values=("号", "改")),
    "没有结尾": Check(find_no_end, values=("末", "因")),
}
