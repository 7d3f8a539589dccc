"""标点: marks of the wrong width, lonely or crossed pairs, doubled marks, marks that the standard uses otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.prose import broken_lines
from speechgen.check.quantities import has_full_width
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line, marker_of

FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。", "．": "。", "｡": "。"}
PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_OPEN = "“‘《（【〔「『"
_CLOSE = "”’》）】〕」』"
_STRENGTH = "、，：；。！？"  # of two marks that clash the later one here stays
_NOT_TITLE_LINES = ("paragraph", "heading")


def is_han(char: str) -> bool:
    """Whether ``char`` (one character, or "") is a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return patterns.compiled(pattern, re.MULTILINE)


def _values(found: str, right: str) -> dict[str, str]:
    return {"词": found, "改": right}


def _hit(text: str, start: int, end: int, right: str = "", safe: bool = False) -> Hit:
    return Hit(start, end, _values(text[start:end], right), right, safe and bool(right))


def _replaced(
    pattern: str, right: Callable[[re.Match[str]], str], safe: bool = False, only_with: tuple[str, ...] = ()
) -> Callable[[Document, Rule], Iterator[Hit]]:
    """A check that finds a pattern and knows what should stand there; "" = this match is no slip.
    Without one of ``only_with`` in the text there is nothing to look for."""

    def find(document: Document, rule: Rule) -> Iterator[Hit]:
        text = document.text
        if only_with and not any(word in text for word in only_with):
            return
        for match in document.matches(_compiled(pattern)):
            better = right(match)
            if better:
                yield _hit(text, match.start(), match.end(), better, safe)

    return find


# ── width ─────────────────────────────────────────────────────────────────────────────────────


def _out_of_step(document: Document) -> bool:
    """Whether pinyin stands in brackets after characters: there the marks are part of a graver damage."""
    pattern = r"[\u4e00-\u9fffA-Z?]\([a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
    return _compiled(pattern).search(document.text) is not None


def find_half_width(document: Document, rule: Rule) -> Iterator[Hit]:
    """Half-width marks between or beside Chinese characters."""
    if document.once(_out_of_step):
        return
    yield from _half_points(document.text)
    yield from _half_brackets(document.text)
    yield from _half_quotes(document)


def _half_points(text: str) -> Iterator[Hit]:
    for match in _compiled(r"[,:;?!｡.．] *").finditer(text):
        start, mark = match.start(), match[0][0]
        before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
        wide_before = is_han(before) or (before != "" and before in _CLOSE + "％%℃")
        wide_before = wide_before or (before in (")", '"') and is_han(text[start - 2 : start - 1]))
        wide_after = is_han(after) or (after != "" and after in _OPEN)
        if mark in ".．｡":
            yield from _half_stop(text, match, wide_before, after)
            continue
        if mark in "?!":
            counts = wide_before and not after.isascii()
            counts = counts or (wide_before and after in ("", "\n", "\r"))
        else:
            counts = wide_before or wide_after
        if mark == ";" and _compiled(r"&#?\w{2,8}$").search(text, max(0, start - 10), start):
            continue
        if not counts or (before.isdecimal() and after.isdecimal()):
            continue
        end = match.end() if wide_after else start + 1
        yield _hit(text, start, end, FULL[mark], True)


def _half_stop(text: str, match: re.Match[str], wide_before: bool, after: str) -> Iterator[Hit]:
    start = match.start()
    if match[0][0] == "｡":
        yield _hit(text, start, start + 1, "。", True)
        return
    if not wide_before or (after.isascii() and after.isalnum()) or (after and after in "..．…"):
        return
    head = text.rfind("\n", 0, start) + 1
    marker = marker_of(text[head : start + 1])
    if marker and head + marker.end >= start + 1:
        return
    if after in ("", "\n", "\r") or after in _CLOSE:
        yield _hit(text, start, start + 1, "。", start - head >= 6)
        return
    clause = _compiled(r"[，。；：？！、,;:\n]")  # between two short words it may be the dot of a foreign name
    said_before = clause.search(text[max(head, start - 8) : start]) is None and start - head >= 8
    said_after = clause.search(text[match.end() : match.end() + 4]) is None
    if said_before and said_after and is_han(after):
        yield _hit(text, start, match.end(), "。")


def _half_brackets(text: str) -> Iterator[Hit]:
    for match in _compiled(r"[(（]([^()（）\n]{1,120})[)）]").finditer(text):
        inside = match[1]
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        chinese = any(map(is_han, inside)) or ((is_han(before) or is_han(after)) and inside.isascii())
        if not chinese:
            continue
        if match[0][0] == "(":
            yield _hit(text, match.start(), match.start() + 1, "（", True)
        if match[0][-1] == ")":
            yield _hit(text, match.end() - 1, match.end(), "）", True)


def _half_quotes(document: Document) -> Iterator[Hit]:
    text = document.text
    if '"' not in text and "＂" not in text:
        return
    for line in document.lines:
        marks = list(_compiled('["＂“”]').finditer(text, line.start, line.end))
        if not any(m[0] in '"＂' for m in marks):
            continue
        is_open, sound, hits = False, True, []
        for mark in marks:
            if mark[0] in "“”":
                sound = sound and is_open == (mark[0] == "”")
                is_open = mark[0] == "“"
                continue
            hits.append((mark.start(), "”" if is_open else "“"))
            is_open = not is_open
        sound = sound and not is_open
        if any(map(is_han, line.text)):
            for start, right in hits:
                yield _hit(text, start, start + 1, right, sound)


# ── pairs ─────────────────────────────────────────────────────────────────────────────────────


class _Pair:
    """What is wrong with one mark of a pair, and what should stand there if that is known."""

    def __init__(self, kind: str, start: int, right: str = "", sure: bool = False) -> None:
        self.kind, self.start, self.right, self.sure = kind, start, right, sure


def _pairs(document: Document) -> tuple[_Pair, ...]:
    """All lonely, crossed and turned marks of the text. A pair stands within a line, or a broken line and the next."""
    text = document.text
    slips: list[_Pair] = []
    opened: list[tuple[str, int]] = []
    broken = {line.start for line in document.once(broken_lines)}
    lines = document.lines
    pattern = _compiled("[“”‘’（）()《》〈〉【】〔〕「」『』]")
    for number, line in enumerate(lines):
        if len(line.text) < 8 and ("【" in line.text or "】" in line.text):
            continue  # a button of a web page
        if not opened and _all_paired("".join(pattern.findall(line.text))):
            continue
        marks = [(_WIDE.get(m[0]) or m[0], m.start()) for m in pattern.finditer(text, line.start, line.end)]
        if len(marks) > _MOST_MARKS:
            continue  # no speech
        for at, (mark, start) in enumerate(marks):
            _pair(text, line, marks, at, mark, start, opened, slips)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if opened and following and (line.start in broken or _goes_on(following, opened)):
            opened = opened[-4:]
            continue
        slips += [_Pair("缺", start) for mark, start in opened]
        opened = []
    return tuple(sorted(slips, key=lambda slip: slip.start))


@lru_cache(maxsize=1024)
def _all_paired(marks: str) -> bool:
    """Whether each mark of a line has its other one, and no “ stands within another."""
    if len(marks) > _MOST_MARKS:
        return False
    for half, wide in _WIDE.items():
        marks = marks.replace(half, wide)
    marks = _without_pairs(marks, [left + right for left, right in PAIRS.items() if left != "“"])
    marks = marks.replace("“”", "")
    return "“" not in marks and not _without_pairs(marks, [left + right for left, right in PAIRS.items()])


def _without_pairs(marks: str, pairs: list[str]) -> str:
    before = ""
    while marks != before:
        before = marks
        for pair in pairs:
            marks = marks.replace(pair, "")
    return marks


_WIDE = {"(": "（", ")": "）"}
_MOST_MARKS = 200  # of pairs in a line


def _goes_on(following: Line, opened: list[tuple[str, int]]) -> bool:
    """A quotation of several paragraphs opens each of them and closes at its end."""
    return len(opened) == 1 and opened[0][0] == "“" and following.text.lstrip(" \u3000").startswith("“")


def _pair(
    text: str, line: Line, marks: list[tuple[str, int]], at: int, mark: str, start: int,
    opened: list[tuple[str, int]], slips: list[_Pair],
) -> None:  # fmt: skip
    later = [other for other, _ in marks[at + 1 :]]
    if mark in PAIRS:
        if mark == "“" and any(other == "“" for other, _ in opened):
            if opened[-1][1] < line.start:  # a paragraph of a longer quotation opens it anew
                return
            _quote_again(later, start, opened, slips)
            return
        opened.append((mark, start))
        return
    wanted = next(left for left, right in PAIRS.items() if right == mark)
    if opened and opened[-1][0] == wanted:
        opened.pop()
    elif any(other == wanted for other, _ in opened):
        while opened[-1][0] != wanted:
            slips.append(_Pair("缺", opened.pop()[1]))
        opened.pop()
    elif mark == "”" and later[:1] == ["”"] and "“" not in later[:1]:
        slips.append(_Pair("反", start, "“", sure=later.count("”") == 1 and "“" not in later))
        opened.append(("“", start))
    elif mark == "’" and text[start - 1 : start].isalpha() and text[start - 1].isascii():
        return  # an apostrophe
    elif mark == "）" and _compiled(r"[0-9０-９]{1,2}$|(?:^|[\s，。；：、])[a-zA-Z一二三四五六七八九十]{1,2}$").search(
        text[max(line.start, start - 4) : start]
    ):
        return  # 1) at the head of an item
    else:
        slips.append(_Pair("缺", start))


def _quote_again(later: list[str], start: int, opened: list[tuple[str, int]], slips: list[_Pair]) -> None:
    """An opening quote inside an open one: turned the wrong way, nested, or the first was never closed."""
    quotes = [mark for mark in later if mark in "“”"]
    if quotes[:2] == ["”", "”"]:
        slips.append(_Pair("套", start, "‘"))
        opened.append(("“", start))
    elif quotes[:1] == ["”"]:  # “甲、“乙”: the first is lonely
        first = max(n for n, (mark, _) in enumerate(opened) if mark == "“")
        slips.append(_Pair("缺", opened.pop(first)[1]))
        opened.append(("“", start))
    else:
        slips.append(_Pair("反", start, "”", sure=not quotes))
        while opened and opened.pop()[0] != "“":
            pass


def _paired(kind: str) -> Callable[[Document, Rule], Iterator[Hit]]:
    def find(document: Document, rule: Rule) -> Iterator[Hit]:
        for slip in document.once(_pairs):
            if slip.kind == kind:
                yield _hit(document.text, slip.start, slip.start + 1, slip.right, slip.sure)

    return find


# ── marks beside marks ────────────────────────────────────────────────────────────────────────


def find_doubled(document: Document, rule: Rule) -> Iterator[Hit]:
    """Two marks where one belongs; the same twice can be made one without looking."""
    text = document.text
    for match in _compiled(r"[，。、；：？！,;][，。、；：？！,;]+|。”。").finditer(text):
        marks = match[0].replace(",", "，").replace(";", "；")
        if (
            set(marks) <= set("？！")
            or (set(marks) == {"。"} and len(marks) >= 3)
            or (set(marks) == {"、"} and len(marks) >= 3)
        ):
            continue  # told by other rules
        if marks == "。”。":
            yield _hit(text, match.start(), match.end(), "”。")
            continue
        same = len(set(marks)) == 1
        right = max(marks, key=_STRENGTH.index)
        yield _hit(text, match.start(), match.end(), right, same)


def find_misplaced(document: Document, rule: Rule) -> Iterator[Hit]:
    """A mark at the head of a line, right after an opening mark or right before a closing one."""
    text = document.text
    heads = set()
    for line in document.lines:
        bare = line.text.lstrip(" \t\u3000")
        if bare[:1] and bare[0] in "，。、；：？！,":
            start = line.end - len(bare)
            heads.add(start)
            yield _hit(text, start, start + 1)
    for match in _compiled(rf"[{_OPEN}][，。、；：]|[，、：][》）】〕]|、”").finditer(text):
        if match.start() not in heads:
            yield _hit(text, match.start(), match.end())


def find_shouting(document: Document, rule: Rule) -> Iterator[Hit]:
    """！！ and ？？, or more of them."""
    text = document.text
    for match in document.matches(_compiled(r"[！？!?]{2,}")):
        marks = {FULL.get(mark, mark) for mark in match[0]}
        if is_han(text[match.start() - 1 : match.start()]) and not (len(match[0]) == 2 and len(marks) == 2):
            yield _hit(text, match.start(), match.end(), "！" if "！" in marks else "？")


def find_unended(document: Document, rule: Rule) -> Iterator[Hit]:
    """A paragraph that ends without a stop; the spot is its last clause."""
    broken = {line.start for line in document.once(broken_lines)}
    for line in document.lines:
        said = line.text.rstrip(" \t\u3000\xa0")
        if line.kind != "paragraph" or len(said) < 16 or line.start in broken:
            continue
        last = said[-1]
        if not (is_han(last) or last in "，、," or last in "%％" or last.isdecimal()):
            continue
        full = "。" in said or "；" in said or (len(said) >= 30 and said.count("，") >= 2)
        if not full or (line.lead and line.lead >= len(said)):
            continue
        clause = max(said.rfind(mark, 0, len(said) - 1) for mark in "，。；：、") + 1
        start = line.start + max(clause, len(said) - 12)
        end = line.start + len(said)
        right = document.text[start:end].rstrip("，、,") + "。"
        yield Hit(start, end, _values(document.text[start:end], right), right)


def find_heading_stop(document: Document, rule: Rule) -> Iterator[Hit]:
    """A heading on a line of its own that ends with a mark other headings of the speech do not end with."""
    headings = [line for line in document.lines if line.kind == "heading" and not line.lead]
    forms = {line.marker.form for line in headings if line.marker}
    headings += [line for line in document.lines if line.kind == "paragraph" and len(line.text) <= 40 and line.marker
                 and line.marker.form in forms and line.text.rstrip()[-1] in "；，、,;"]  # fmt: skip
    marked = [line for line in headings if line.text.rstrip()[-1] in "。；，、,;"]
    stopped = [line for line in marked if line.text.rstrip()[-1] == "。"]
    if (len(stopped) > 2 and len(stopped) * 2 >= len(headings)) or len(stopped) == len(headings):
        marked = [line for line in marked if line not in stopped]  # a habit, and sentence-long headings may have it
    for line in marked:
        end = line.start + len(line.text.rstrip())
        yield Hit(end - 1, end, _values(line.text.rstrip()[-1], ""))


# ── marks that the standard uses otherwise ────────────────────────────────────────────────────


def find_needless_comma(document: Document, rule: Rule) -> Iterator[Hit]:
    """、 between quoted or titled items beside each other: the first of either, a habit is told once."""
    text = document.text
    for marks in ("”、“", "》、《"):
        at = text.find(marks)
        if at >= 0:
            yield _hit(text, at, at + len(marks), marks.replace("、", ""))


_NUMBER_WORDS = "一两三四五六七八九"


def find_rough_number(document: Document, rule: Rule) -> Iterator[Hit]:
    """七、八个: two numbers that follow each other and mean about so many."""
    text = document.text
    unit = "[十百千万亿]{0,2}(?:个(?!方面|问题|坚持|确保)|人|次|天|里|名|位|家|起|公里|米|岁|分钟|小时|成|倍|户|处|年(?!级)|件|吨|斤)"  # noqa: E501
    pattern = rf"(?<![第一二两三四五六七八九十百、])([一二两三四五六七八])、([二两三四五六七八九])({unit})"
    order = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2}
    for match in document.matches(_compiled(pattern)):
        if order[match[2]] != order[match[1]] + 1 or marker_of(
            text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        ):
            continue
        yield _hit(text, match.start(), match.end(), match[1] + match[2] + match[3])


def find_not_a_title(document: Document, rule: Rule) -> Iterator[Hit]:
    """《…》 around the name of a meeting, an activity, a body: the words to look for are the rule's 词尾."""
    ends = tuple(rule.options.get("词尾", ()))
    spared = tuple(rule.options.get("除外", ()))
    for match in document.matches(_compiled("《([^《》\n]{2,40})》")):
        if match[1].endswith(ends) and not any(word in match[1] for word in spared):
            yield _hit(document.text, match.start(), match.end(), match[1])


def find_two_colons(document: Document, rule: Rule) -> Iterator[Hit]:
    """A colon inside what another colon of the sentence leads in; the spot is the second one."""
    text = document.text
    for match in _compiled("：[^：。；！？…\n“”【】]{4,120}(：)").finditer(text):
        start = match.start(1)
        line = document.line_at(start)
        if line is None or line.kind != "paragraph" or text[match.start() - 1].isdecimal():
            continue
        head = text[line.start : match.start()]
        if patterns.compiled(r"\s*(?:同志们|各位[^，。]{0,12})").fullmatch(head):
            continue
        yield _hit(text, start, start + 1)


def find_ordinal_mark(document: Document, rule: Rule) -> Iterator[Hit]:
    """第一、 for 第一，; a mark after a number in brackets or a ring."""
    text = document.text
    for match in document.matches(_compiled(r"第[一二三四五六七八九十]{1,2}、(?=[^第一二三四五六七八九十])")):
        before = text[max(0, match.start() - 6) : match.start()].rstrip(" \t\u3000")
        if not before or before[-1] in "\n。；：！？":
            yield _hit(text, match.start(), match.end(), match[0][:-1] + "，", True)
    number = _compiled(r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[（(][0-9０-９]{1,2}[）)]|[①-⑳])$")
    for match in _compiled(r"[）)①-⑳][、．.](?![0-9])").finditer(text):
        head = number.search(text, max(0, match.start() - 4), match.start() + 1)
        if head:
            yield _hit(text, head.start(), match.end(), head[0], True)


def _document_number(match: re.Match[str]) -> str:
    year, number = match["year"], match["number"]
    better = f"〔{year}〕{number}号"
    return better if better != match[0] else ""


def _wide_digits(match: re.Match[str]) -> str:
    found = match[0]
    if not any("０" <= char <= "９" for char in found) and set(found) <= set("ＸｘＯｏ"):
        return ""  # a blank, told by another rule
    return found.translate({ord(char): ord(char) - 0xFEE0 for char in found if "！" <= char <= "～"})


def find_full_width(document: Document, rule: Rule) -> Iterator[Hit]:
    """Full-width digits and letters."""
    if not document.once(has_full_width):
        return
    for match in _compiled(r"[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*").finditer(document.text):
        better = _wide_digits(match)
        if better:
            yield _hit(document.text, match.start(), match.end(), better, True)


def find_spaces(document: Document, rule: Rule) -> Iterator[Hit]:
    """White space between the characters of a running sentence; names set wide and marks of headings are spared."""
    text = document.text
    pattern = _compiled(
        r"(?<=[\u4e00-\u9fff，。、；：）”》])[ \u3000\xa0]{1,4}(?=[\u4e00-\u9fff“《（])|(?<=[\u4e00-\u9fff])[ \u3000\xa0]{1,4}(?=[，。、；：）”》？！])"  # noqa: E501
    )
    blanks = (match.start() for match in _compiled("[ \u3000\xa0]+").finditer(text))
    inner = {
        line.start: line for at in blanks if text[at - 1 : at] not in ("", "\n") and (line := document.line_at(at))
    }
    for line in inner.values():
        if (
            line.kind not in _NOT_TITLE_LINES
            or not any(mark in line.text for mark in "，。；")
            or (line.marker and line.kind == "heading")
        ):
            continue
        found = [m.span() for m in pattern.finditer(text, line.start, line.end)]
        if not found or len(found) > 12:
            continue
        for start, end in found:
            if line.marker and start <= line.start + line.marker.end + 1:
                continue
            if _name_set_wide(text, start, end):
                continue
            left, right = text[start - 1], text[end]
            yield Hit(
                start - 1, end + 1, _values(text[start - 1 : end + 1], left + right), left + right, end - start <= 2
            )


def _name_set_wide(text: str, start: int, end: int) -> bool:
    """张 三: one character on a side with the next one apart, as names of two characters are set."""
    before, after = text[start - 2 : start - 1], text[end + 1 : end + 2]
    return not is_han(before) or not is_han(after) or after == "同" or text[start - 2 : start] in (
        "书记", "县长", "市长", "区长", "镇长", "主任", "局长", "主席", "部长", "院长", "校长", "经理", "同志", "记者",
    )  # fmt: skip


def find_ranges(document: Document, rule: Rule) -> Iterator[Hit]:
    """10-20人, 2025-2026年: a hyphen or half-width tilde between the ends of a range."""
    text = document.text
    pattern = r"(?<![\d\-A-Za-z/.〔])(\d{1,4}(?:\.\d+)?%?)([-~﹣－])(\d{1,4}(?:\.\d+)?)(?![\d\-~])(?=%|[年月日时人名个家户处次件万亿元天米吨岁公分度℃])"  # noqa: E501
    for match in document.matches(_compiled(pattern)):
        right = "—" if text[match.end()] in "年月日时" else "～"
        yield _hit(text, match.start(2), match.end(2), right)


def find_digits_with_comma(document: Document, rule: Rule) -> Iterator[Hit]:
    """1、 at the head of a line."""
    text, pattern = document.text, _compiled(r"[0-9]{1,2}、(?=[\u4e00-\u9fff“])")
    for start in [0, *(match.end() for match in _compiled("\\n(?=[0-9])").finditer(text))]:
        match = pattern.match(text, start)
        if match:
            yield _hit(text, start, match.end(), match[0][:-1] + ".", True)


def _same(right: str) -> Callable[[re.Match[str]], str]:
    return lambda match: right


def _dash(match: re.Match[str]) -> str:
    return "" if match[0] == "——" else "——"


def _checks(*named: tuple[str, Callable[[Document, Rule], Iterable[Hit]]]) -> dict[str, Check]:
    return {name: Check(find, values=("词", "改")) for name, find in named}


CHECKS: dict[str, Check] = _checks(
    ("半角", find_half_width),
    ("配对", _paired("缺")),
    ("反向", _paired("反")),
    ("套用", _paired("套")),
    ("重叠", find_doubled),
    ("错位", find_misplaced),
    ("叠用", find_shouting),
    ("段末", find_unended),
    ("小标题末", find_heading_stop),
    ("引号间顿号", find_needless_comma),
    ("概数", find_rough_number),
    ("冒号", find_two_colons),
    ("序次语", find_ordinal_mark),
    ("空格", find_spaces),
    ("起止", find_ranges),
    ("省略号", _replaced(r"(?<=[\u4e00-\u9fff”》，、])(?:。{3,}|\.{3,}|．{3,}|、{3,}|(?<!…)…(?!…))", _same("……"), safe=True,  # noqa: E501
                        only_with=("。。。", "...", "．．．", "、、、", "…"))),
    ("破折号", _replaced(
        r"(?<=[\u4e00-\u9fff”》])(?:-{2,4}|－{1,4}|─{1,4}|﹣{2})(?=[\u4e00-\u9fff“《])|^(?:-{2,4}|－{1,4}|─{1,4}|一一)(?=在|为|关于|致)",
        _dash, safe=True, only_with=("--", "－", "─", "﹣", "一一"))),
    ("阿拉伯序号", find_digits_with_comma),
    ("发文字号", _replaced(
        r"(?<=[\u4e00-\u9fff])[\[［【〔(（﹝](?P<year>20\d\d|19\d\d)[\]］】〕)）﹞](?P<number>\d{1,4})号", _document_number, safe=True,  # noqa: E501
        only_with=("[20", "［20", "【20", "〔20", "(20", "（20", "﹝20", "[19", "（19", "(19"))),
    ("虚位", _replaced(
        r"(?<=〔20\d\d〕)(?:第0*|0+)(?P<number>[1-9]\d{0,3})号", lambda m: f"{m['number']}号", safe=True, only_with=("〕",))),  # noqa: E501
    ("全角", find_full_width),
) | {"书名号": Check(find_not_a_title, values=("词", "改"), options=("词尾", "除外"))}  # fmt: skip
