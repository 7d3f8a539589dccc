"""What the lines of a speech are: title, byline, date, salutation, heading or paragraph, told by their words.

Our own drafts say so themselves; of a text file, or a Word file without styles, the words must tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from speechgen import patterns
from speechgen.model import Block, BlockKind

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"

# A number at the head of a line, by its form; the first four are the levels of headings.
FORMS = {
    "一、": rf"({HAN_NUMBER})[、．.]",
    "（一）": rf"[（(]({HAN_NUMBER})[）)]",
    "1.": r"([0-9０-９]{1,2})(?:[.．](?![0-9０-９])|、)",
    "（1）": r"[（(]([0-9０-９]{1,2})[）)]",
    "①": "([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])",
    "第一，": rf"第({HAN_NUMBER})[，,、：:]",
}
LEVELS = ("一、", "（一）", "1.", "（1）")
_LONGEST_HEADING = 60  # a sentence-long heading (稳定压倒一切，必须…，切实…) is some forty
_HEAD_LINES = 8  # title, byline, date and salutation stand within so many lines
_INDENT = " \t\u3000\xa0"

_MARKER = patterns.compiled("|".join(f"(?P<f{n}>{form})" for n, form in enumerate(FORMS.values())))
_DIGIT, _COUNT = "[0-9０-９一二三四五六七八九〇○零xX×]", "[0-9０-９一二三四五六七八九十xX×]"
_DATE = patterns.compiled(rf"[（(]?{_DIGIT}{{2,4}} ?年 ?{_COUNT}{{1,3}} ?月 ?{_COUNT}{{1,3}} ?日[）)]?")
_SALUTATION = patterns.compiled(
    r"(?:尊敬的|各位|同志们|老师们|同学们|父老乡亲|乡亲们|朋友们|女士们|全体|全[市县区镇乡校厂]|来宾).{0,40}(?:[：:]|好[！!。]|(?<=们)[！!])|"
    r"[^。；：]{0,30}(?:同志们?|代表|领导|来宾|[友士生亲工员]们|委员)[：:]"
)
_TITLE = patterns.compiled("(?:讲话|发言|报告)(?!人)|致辞|致词|讲稿|主持词|部署|动员|工作会议|座谈会")
_CHROME = patterns.compiled("[>＞»]|当前位置|首页|来源[：:]|发布(?:时间|日期)|浏览|字[号体][：:]|点击|打印|关闭")
_STOP = patterns.compiled("[。！？!?；;]")


class Marker(NamedTuple):
    """A number at the head of a line: its form (a key of FORMS), its value, and where it ends in the line."""

    form: str
    number: int
    end: int


class Line(NamedTuple):
    """A line that holds text, at ``Document.text[start:end]``; ``block`` is its number in the draft.

    ``level`` is that of a heading (1–4), or of the lead sentence (段首主题句) that the first ``lead`` characters are.
    """

    start: int
    end: int
    text: str
    kind: BlockKind
    level: int
    lead: int
    marker: Marker | None
    block: int


def number_value(text: str) -> int:
    """The value of a counting number as headings write it: 三, 十二, 12, １２, ⑫; 0 for anything else."""
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


_DIGITS = {han: value for value, han in enumerate("一二三四五六七八九", start=1)}


def marker_of(text: str) -> Marker | None:
    """The number at the head of a line, after its indent."""
    indent = len(text) - len(text.lstrip(_INDENT))
    match = _MARKER.match(text, indent)
    if match is None:
        return None
    which = next(n for n in range(len(FORMS)) if match[f"f{n}"])
    digits = next((group for group in match.groups()[::-1] if group and number_value(group)), "")
    if not digits:  # 0. and 十十、 count nothing
        return None
    return Marker(list(FORMS)[which], number_value(digits), match.end())


def shape(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of a speech that hold text, in order, with what each is."""
    starts = accumulate((len(block.text) + 1 for block in blocks), initial=0)
    rows = [(number, start, block) for number, (start, block) in enumerate(zip(starts, blocks, strict=False))
            if block.text.strip()]  # fmt: skip
    told = any(block.kind in ("byline", "date", "salutation") for _, _, block in rows)  # by our own styles
    kinds: dict[int, BlockKind] = {} if told else _head_kinds([block for _, _, block in rows])
    return tuple(_line(block, start, number, kinds.get(row)) for row, (number, start, block) in enumerate(rows))


def _line(block: Block, start: int, number: int, kind: BlockKind | None) -> Line:
    text, end = block.text, start + len(block.text)
    if block.kind != "paragraph" or kind:
        marker = marker_of(text) if block.kind == "heading" else None
        own = block.kind if block.kind != "paragraph" else kind or "paragraph"
        return Line(start, end, text, own, block.level, block.lead, marker, number)
    marker = marker_of(text)
    level = LEVELS.index(marker.form) + 1 if marker and marker.form in LEVELS else 0
    if not level or block.lead:
        return Line(start, end, text, "paragraph", block.level, block.lead, marker, number)
    stop = _STOP.search(text)
    if stop is None and len(text) <= _LONGEST_HEADING and not text.rstrip().endswith(("：", ":", "，")):
        return Line(start, end, text, "heading", level, 0, marker, number)
    if stop and stop[0] == "。" and stop.end() <= _LONGEST_HEADING:
        alone = not text[stop.end() :].strip()
        own, lead = ("heading", 0) if alone else ("paragraph", stop.end())
        return Line(start, end, text, own, level, lead, marker, number)
    return Line(start, end, text, "paragraph", 0, 0, marker, number)


def _head_kinds(blocks: Sequence[Block]) -> dict[int, BlockKind]:
    """What stands before the speech itself, by row: title, byline, date, salutation."""
    head = [block.text.strip(_INDENT) for block in blocks[:_HEAD_LINES]]
    body = next((n for n, block in enumerate(blocks[:_HEAD_LINES]) if _begins_body(block)), len(head))
    salutation = next((n for n, text in enumerate(head[: body + 1])
                       if _SALUTATION.fullmatch(text) and not marker_of(text)), None)  # fmt: skip
    until = body if salutation is None else salutation
    kinds: dict[int, BlockKind] = {} if salutation is None else {salutation: "salutation"}
    dates = [n for n in range(until) if _DATE.fullmatch(head[n])]
    titles = [n for n in range(until) if n not in dates and _may_be_title(head[n])]
    if salutation is None and not dates and not titles:
        return kinds
    first_title = titles[0] if titles else -1
    for n in range(until):
        if n in dates:
            kinds[n] = "date"
        elif n in titles or (n < first_title and not _CHROME.search(head[n])):
            kinds[n] = "title"
        elif first_title >= 0 and n > first_title and len(head[n]) <= 30:
            kinds[n] = "byline"
    return kinds


def _begins_body(block: Block) -> bool:
    text = block.text.strip(_INDENT)
    return block.kind == "heading" or bool(marker_of(text)) or len(text) > _LONGEST_HEADING or "。" in text


def _may_be_title(text: str) -> bool:
    said = "".join(text.split())  # 讲　话
    return bool(_TITLE.search(said)) and not said.endswith(("，", "、")) and not _CHROME.search(said)
