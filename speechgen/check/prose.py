"""句段: how sentences, paragraphs and headings are built and how often they say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from operator import add

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line, marker_of

HAN = "\u4e00-\u9fff"
_ENDS = "。！？!?；;：:…”’）》】」』"
_MARKS = "，。、；：？！,;:?!…"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return patterns.compiled(pattern, re.MULTILINE)


def _number(rule: Rule, name: str, default: int) -> int:
    """A threshold of the rule, a number of its 选项."""
    said = "".join(rule.options.get(name, ()))
    return int(said) if said.isdecimal() else default


def _words(rule: Rule, name: str) -> tuple[str, ...]:
    return tuple(rule.options.get(name, ()))


def _prose(document: Document) -> tuple[Line, ...]:
    """The paragraphs that are read out."""
    return tuple(line for line in document.lines if line.kind == "paragraph")


def _said(text: str) -> str:
    """What remains of a stretch for counting breath: without titles, brackets and quotation."""
    return _compiled(r"《[^《》\n]{0,80}》|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|“[^“”\n]{0,120}”|[\s　]").sub(
        "", text
    )


# ── lines and words ───────────────────────────────────────────────────────────────────────────

_HANGING = "的和与及在对把被将要从向为以是并或而让使给由于因"  # a line that ends so has not ended


def broken_lines(document: Document) -> tuple[Line, ...]:
    """The lines that end inside a sentence: no stop, and the next one goes on without a number or an indent."""
    found = []
    for line, after in pairwise(document.lines):
        if line.kind != "paragraph" or after.kind != "paragraph" or after.marker or after.text[0] in " \t\u3000\xa0":
            continue
        said, goes_on = line.text.rstrip(), after.text.strip()
        if len(said) < 12 or said[-1] in _ENDS or said[-1] in ".)]—-" or not _begins_inside(goes_on):
            continue
        if said[-1] in "，、," or (_ends_inside(said) and _compiled(r"[，。；！？]").search(goes_on)):
            found.append(line)
    return tuple(found)


def _begins_inside(text: str) -> bool:
    return (
        len(text) > 1
        and bool(_compiled(rf"[{HAN}0-9，。、；“《（]").match(text))
        and not text.startswith(
            ("同志们", "各位", "刚才", "下面", "今天", "第一", "第二", "第三", "一是", "二是", "三是", "首先", "其次")
        )
    )


def _ends_inside(said: str) -> bool:
    """Whether a line without a stop was cut by its width rather than forgotten its stop."""
    return said[-1] in _HANGING or (
        20 <= len(said) <= 46 and any(mark in said for mark in "，。；、") and not marker_of(said)
    )


def find_broken(document: Document, rule: Rule) -> Iterator[Hit]:
    """A line break inside a sentence; the spot is the end of the line before it."""
    for line in document.once(broken_lines):
        end = line.start + len(line.text.rstrip())
        clause = max(document.text.rfind(mark, line.start, end - 1) for mark in "，。；、：") + 1
        start = max(line.start, end - 8, clause)
        after = document.text[line.end :].lstrip()[:6] if line.end < len(document.text) else ""
        yield Hit(start, end, {"词": document.text[start:end], "后": after.partition("\n")[0]})


def find_doubled_words(document: Document, rule: Rule) -> Iterator[Hit]:
    """切实切实, 我们我们: a word of two or more characters twice in a row, but those of 除外."""
    text = document.text
    spared = set(_words(rule, "除外"))
    sure = set(_words(rule, "必改"))
    for match in _compiled(rf"([{HAN}]{{2,8}}?)\1").finditer(text):
        word = match[1]
        if word in spared or word[0] == word[1] or (len(word) == 2 and word[0] in "一几半"):
            continue
        if text.startswith(word, match.end()):  # 哈哈哈哈
            continue
        if all(char in "一二三四五六七八九十百千万零〇两" for char in word):
            continue
        yield Hit(match.start(), match.end(), {"词": match[0], "改": word}, word, word in sure)


_PARTICLES = {
    "的的": r"的的(?!确|士)",
    "了了": r"(?<!不甚|不得)(?<!为)了了(?![解结却断事望])",
    "和和": r"和和(?![气美睦平谐乐善顺])",
    "在在": r"(?<![存实潜内外现所正])在在(?![线建岗职校读场座编制押逃研售用册籍案内野])|存在在(?![线建岗职校])",
    "等等等": r"等等等+",
    "们们": "们们",
    "及及": r"及及(?![时早格])",
    "也也": "也也",
    "被被": r"(?<![棉毛])被被",
    "而而": "而而",
    "是是": r"(?<![唯只就但可要还正却])是是(?!非|否)",
    "把把": r"(?<![一每])把把(?!关)",
    "我我": "我我",
    "着着": r"着着(?![力手眼重实装落色])",
    "将将": r"(?<![部老悍干大小中上少猛名强闯战])将将(?![军士领近来校])",
    "并并": r"(?<![合兼吞])并并(?![购轨联网入存列])",
}


@cache
def _particle(twice: str) -> re.Pattern[str]:
    return patterns.compiled(_PARTICLES["等等等" if twice == "等等" else twice])


def find_doubled_particles(document: Document, rule: Rule) -> Iterator[Hit]:
    """的的, 了了, 等等等: a particle typed once too often."""
    text = document.text
    for twice in _compiled(r"([的了和在等们及也被而是把我着将并])\1").finditer(text):
        match = _particle(twice[0]).search(text, max(0, twice.start() - 1), twice.end() + 2)
        if match is None:
            continue
        right = "等等" if match[0][0] == "等" else match[0][:-1] if match[0][-1] == match[0][-2] else match[0]
        yield Hit(match.start(), match.end(), {"词": match[0], "改": right}, right, match[0][0] in "的们也而")


# ── breath ────────────────────────────────────────────────────────────────────────────────────


def find_long_clause(document: Document, rule: Rule) -> Iterator[Hit]:
    """A stretch without any pause mark longer than one breath (上限; 不足 = where a graver rule begins)."""
    most, below = _number(rule, "上限", 45), _number(rule, "不足", 10_000)
    pattern = _compiled(rf"[^{_MARKS}—\n]{{{most},}}")
    for line in document.spoken:
        if line.end - line.start < most or line.kind == "salutation":
            continue
        for match in pattern.finditer(document.text, line.start, line.end):
            length = len(_said(match[0]))
            if most < length <= below and _compiled(f"[{HAN}]").search(match[0]):
                text = match[0].rstrip()
                start = match.end() - len(match[0].lstrip())
                yield Hit(start, match.start() + len(text), {"词": text, "数": str(length), "限": str(most)})


def find_long_sentence(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence too long to be held together; titles, quotations and lists with 、 count little, ； parts it."""
    most, below = _number(rule, "上限", 120), _number(rule, "不足", 10_000)
    spared = _words(rule, "除外")
    text = document.text
    for start, end in document.sentences:
        if end - start <= most:
            continue
        line = document.line_at(start)
        if line is None or line.kind != "paragraph":
            continue
        at = start
        for part in _compiled("[；;]").split(text[start:end]):
            length = _spoken_length(part)
            if most < length <= below and not any(word in part for word in spared):
                stop = min(at + len(part) + 1, end)
                yield Hit(at, stop, {"词": part[:20], "数": str(length), "限": str(most)})
            at += len(part) + 1


def _spoken_length(sentence: str) -> int:
    clauses = _compiled("[，,：:]").split(_said(sentence))
    return sum(min(len(clause), 15) if "、" in clause else len(clause) for clause in clauses)


def find_long_paragraph(document: Document, rule: Rule) -> Iterator[Hit]:
    """A paragraph with no rest for eye or ear; the spot is its first sentence."""
    most = _number(rule, "上限", 400)
    for line in _prose(document):
        if len(line.text) > most:
            start, end = document.sentence_at(line.start + len(line.text) - len(line.text.lstrip()))
            yield Hit(start, min(end, line.end), {"数": str(len(line.text.strip())), "限": str(most)})


def find_chain(document: Document, rule: Rule) -> Iterator[Hit]:
    """A clause with four 的 or more."""
    most = _number(rule, "上限", 3)
    for match in document.matches(_compiled(rf"[^{_MARKS}\n]+")):
        if match[0].count("的") <= most:
            continue
        count = len(_compiled("的(?!确)").findall(_said(match[0])))
        if count > most:
            text = match[0].strip()
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Hit(start, start + len(text), {"词": text, "数": str(count)})


# ── the same again ────────────────────────────────────────────────────────────────────────────


def _known(document: Document) -> tuple[str, ...]:
    """Wordings that are quoted whole, so may be said twice."""
    return tuple(wording.text for wording in document.grounds.wordings)


def find_same_paragraph(document: Document, rule: Rule) -> Iterator[Hit]:
    """A paragraph of some length that stands in the speech twice; the spot is the second."""
    seen: dict[str, int] = {}
    for number, line in enumerate(_prose(document), start=1):
        said = "".join(line.text.split())
        if len(said) < 30:
            continue
        if said in seen:
            yield Hit(line.start, line.end, {"词": said[:12], "前": str(seen[said])})
        seen.setdefault(said, number)


def find_same_sentence(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence said twice word for word (the paragraph as a whole not)."""
    least = _number(rule, "至少", 12)
    text = document.text
    paragraphs = Counter("".join(line.text.split()) for line in _prose(document))
    seen: set[str] = set()
    known = _known(document)
    for start, end in document.sentences:
        said = text[start:end].strip(_ENDS + " \u3000")
        if len(said) < least or not _is_prose(document, start):
            continue
        bare = _compiled(r"^(?:[一二三四五六七八九十]+[、是要]|第[一二三四五六七八九十]+[，、])").sub("", said)
        if bare in seen:
            line = document.line_at(start)
            if line and paragraphs["".join(line.text.split())] < 2 and not any(bare in other for other in known):
                yield Hit(start, end, {"词": said[:20]})
        seen.add(bare)


def _is_prose(document: Document, at: int) -> bool:
    line = document.line_at(at)
    return line is not None and line.kind == "paragraph"


def find_same_clause(document: Document, rule: Rule) -> Iterator[Hit]:
    """A clause of some length said twice in sentences that differ."""
    least = _number(rule, "至少", 12)
    text = document.text
    seen: dict[str, int] = {}
    sentences: set[str] = set()
    known = _known(document)
    for start, end in document.sentences:
        if end - start < least or not _is_prose(document, start):
            continue
        whole = text[start:end].strip(_ENDS)
        if whole in sentences:
            continue  # told as a sentence
        sentences.add(whole)
        for match in _compiled(rf"[^{_MARKS}\n—“”《》（）]+").finditer(text, start, end):
            said = match[0].strip()
            if len(said) < least or said.isascii():
                continue
            again = said in seen and seen[said] != start and len(said) < len(whole)
            if again and not any(said in other for other in known):
                yield Hit(match.start(), match.end(), {"词": said})
            seen.setdefault(said, start)


def find_similar(document: Document, rule: Rule) -> Iterator[Hit]:
    """Two sentences in a row that say nearly the same; the spot is the second."""
    text = document.text
    before = ""
    for start, end in document.sentences:
        said = text[start:end].strip(_ENDS + " \u3000")
        if len(said) < 15 or not _is_prose(document, start):
            before = ""
            continue
        if before and before != said and abs(len(before) - len(said)) <= max(2, len(said) // 8):
            pairs, others = (set(map(add, sentence, sentence[1:])) for sentence in (said, before))
            shared = 2 * len(pairs & others) / (len(pairs) + len(others))
            if shared >= 0.85 and not _compiled("[0-9]").search(said):
                yield Hit(start, end, {"词": said[:20]})
        before = said


def find_word_again(document: Document, rule: Rule) -> Iterator[Hit]:
    """One of the rule's words (词) three times or more in a sentence; the spot is the last."""
    words, most = _words(rule, "词"), _number(rule, "上限", 2)
    text = document.text
    if not words:
        return
    pattern = _compiled("|".join(map(re.escape, words)))
    counts: Counter[str] = Counter()
    last = (-1, -1)
    for match in pattern.finditer(text):
        sentence = document.sentence_at(match.start())
        if sentence != last:
            counts, last = Counter(), sentence
        counts[match[0]] += 1
        if counts[match[0]] == most + 1:
            total = text.count(match[0], *sentence)
            yield Hit(match.start(), match.end(), {"词": match[0], "数": str(total)})


# ── headings ──────────────────────────────────────────────────────────────────────────────────


def _heading_text(line: Line) -> str:
    """The words of a heading or lead sentence, without its number and stop."""
    head = line.text[: line.lead] if line.lead else line.text
    return head[line.marker.end if line.marker else 0 :].strip(" \t\u3000\xa0").rstrip("。")


def _siblings(document: Document) -> tuple[tuple[Line, ...], ...]:
    """The numbered headings and lead sentences that belong to one set: a level, under one heading above."""
    sets: list[list[Line]] = []
    current: dict[int, list[Line]] = {}
    for line in document.lines:
        if not (line.level and line.marker and (line.kind == "heading" or line.lead)):
            continue
        for deeper in [level for level in current if level > line.level]:
            del current[deeper]
        if line.level not in current or line.marker.number == 1:
            current[line.level] = []
            sets.append(current[line.level])
        current[line.level].append(line)
    return tuple(tuple(lines) for lines in sets if len(lines) > 1)


def _span(line: Line) -> tuple[int, int]:
    indent = len(line.text) - len(line.text.lstrip())
    return line.start + indent, line.start + (line.lead or len(line.text.rstrip()))


def find_same_heading(document: Document, rule: Rule) -> Iterator[Hit]:
    """A heading that repeats another one of its level word for word."""
    seen: dict[tuple[int, str], Line] = {}
    for lines in document.once(_siblings):
        for line in lines:
            said = _heading_text(line)
            if said and (line.level, said) in seen:
                yield Hit(*_span(line), {"词": said})
            seen.setdefault((line.level, said), line)


def find_unequal_stops(document: Document, rule: Rule) -> Iterator[Hit]:
    """Of the headings of one set that stand on lines of their own, one ends with a stop and the others do not."""
    for lines in document.once(_siblings):
        alone = [line for line in lines if line.kind == "heading"]
        stopped = [line for line in alone if line.text.rstrip().endswith("。")]
        if not stopped or len(stopped) == len(alone):
            continue
        odd = stopped if len(stopped) * 2 <= len(alone) else [line for line in alone if line not in stopped]
        how = "有句号" if odd == stopped else "没有句号"
        for line in odd:
            end = line.start + len(line.text.rstrip())
            start = end - 1 if odd == stopped else max(line.start, end - 4)
            yield Hit(start, end, {"词": _heading_text(line), "怎样": how})


def _syntax(said: str) -> str:
    """A heading by its build: parts by commas, and 要… or 以… at its head."""
    head = next((word for word in ("必须", "要", "以", "在", "关于", "把") if said.startswith(word)), "")
    return f"{head}{len(_compiled('[，、；]').split(said))}{'：' if '：' in said else ''}"


def find_uneven_headings(document: Document, rule: Rule) -> Iterator[Hit]:
    """One heading of a set that differs from all others both in length (over 相差) and in build."""
    most = _number(rule, "相差", 6)
    for lines in document.once(_siblings):
        if len(lines) < 3:
            continue
        said = [_heading_text(line) for line in lines]
        for number, line in enumerate(lines):
            others = said[:number] + said[number + 1 :]
            lengths = [len(other) for other in others]
            if max(lengths) - min(lengths) > 4 or len({_syntax(other) for other in others}) > 1:
                continue
            apart = min(abs(len(said[number]) - length) for length in lengths)
            if apart > most and _syntax(said[number]) != _syntax(others[0]):
                yield Hit(*_span(line), {"词": said[number], "数": str(len(said[number])), "别": others[0]})


# ── signs of a machine ────────────────────────────────────────────────────────────────────────


def find_dense(document: Document, rule: Rule) -> Iterator[Hit]:
    """A paragraph where the rule's words (词) come too thick; the spot is the last of them."""
    pattern = _compiled("|".join(map(re.escape, _words(rule, "词"))))
    per, most = _number(rule, "每百字", 4), _number(rule, "上限", 5)
    for line in _prose(document):
        if len(line.text) < 60:
            continue
        found = list(pattern.finditer(document.text, line.start, line.end))
        if len(found) > most and len(found) * 100 > per * len(line.text):
            words = "、".join(dict.fromkeys(m[0] for m in found))
            yield Hit(*found[-1].span(), {"词": words, "数": str(len(found))})


def find_threes(document: Document, rule: Rule) -> Iterator[Hit]:
    """Lists of exactly three items, one after the other and no other list between; the spot is the last one."""
    most = _number(rule, "上限", 5)
    run = 0
    for line in _prose(document):
        for match in _compiled(r"[^，。；：！？\n]+").finditer(document.text, line.start, line.end):
            if "、" not in match[0]:
                continue
            run = run + 1 if match[0].count("、") == 2 else 0
            if run == most:
                yield Hit(match.start(), match.end(), {"词": match[0], "数": str(run)})


def find_no_short(document: Document, rule: Rule) -> Iterator[Hit]:
    """A speech of some length without a single short sentence."""
    least, short = _number(rule, "全文", 1500), _number(rule, "短句", 15)
    lines = _prose(document)
    if sum(len(line.text) for line in lines) < least:
        return
    starts = {line.start for line in lines}
    lengths = [end - start for start, end in document.sentences
               if (line := document.line_at(start)) and line.start in starts]  # fmt: skip
    if len(lengths) >= 10 and min(lengths) >= short:
        first = document.lines[0]
        yield Hit(first.start, first.end, {"数": str(min(lengths)), "限": str(short)})


def find_same_opening(document: Document, rule: Rule) -> Iterator[Hit]:
    """The same connective at the head of three paragraphs (词: the connectives); the spot is the third."""
    counts: Counter[str] = Counter()
    words = _words(rule, "词")
    for line in _prose(document):
        said = line.text.lstrip(" \t\u3000\xa0")
        word = next((word for word in words if said.startswith(word)), "")
        if word:
            counts[word] += 1
            if counts[word] == 3:
                start = line.end - len(said)
                yield Hit(start, start + len(word), {"词": word, "数": "3"})


def find_figures(document: Document, rule: Rule) -> Iterator[Hit]:
    """More figures in a sentence than an ear can hold; the spot is the sentence."""
    most = _number(rule, "上限", 5)
    text = document.text
    figure = _compiled(
        r"(?<![0-9０-９,.])[0-9０-９][0-9０-９,.．]{0,15}\s?(?:%|％|个百分点|[万亿]?[元起件人次处家户个名批宗吨亩公米])"
    )
    for start, end in document.sentences:
        if end - start < 30 or not _is_prose(document, start):
            continue
        count = len(figure.findall(text, start, end))
        if count > most:
            yield Hit(start, end, {"数": str(count), "限": str(most)})


# ── grammar ───────────────────────────────────────────────────────────────────────────────────

_DIGITS = r"[0-9０-９一二三四五六七八九十百千万亿两几数.．,]+"
_UNIT = (
    r"(?:[多余]?[万亿])?(?:%|％|个百分点|个小时|分钟|小时|公里|[个人次起件处家户名年天月日批宗吨亩米元岁倍成位辆场])?"
)


def find_rough_twice(document: Document, rule: Rule) -> Iterator[Hit]:
    """大约…左右, 超过…以上: a figure made rough from both sides."""
    text = document.text
    pattern = _compiled(
        rf"(?P<rough>大约|大概|约|将近|接近|近|超过|突破|至少|最少|不少于|不低于|高达|多达|逾|超)(?P<number>{_DIGITS})(?P<tail>余|多)?{_UNIT}"
        r"(?:人民币)?(?P<end>左右|上下|以上|之多)?"
    )
    for match in pattern.finditer(text):
        rough, tail, end = match["rough"], match["tail"], match["end"]
        before = text[match.start() - 1 : match.start()]
        if (rough == "约" and before in tuple("节公条合契大制相预签特履违失")) or (
            rough == "近" and before in tuple("最附接邻将临靠远")
        ):
            continue
        if rough == "超" and before == "赶":
            continue
        if end == "之多":
            clash = rough in ("约", "大约", "大概", "近", "将近", "接近")
        elif end in ("左右", "上下"):
            clash = rough not in ("高达", "多达")
        elif end == "以上":
            clash = True
        else:
            years = _compiled(r"[年天月日周]|个月").search(match[0]) is not None or text.startswith(
                ("年", "个月", "天", "周"), match.end()
            )
            clash = tail is not None and rough not in ("高达", "多达") and not (rough == "近" and years)
        if clash:
            other = end or tail or ""
            yield Hit(match.start(), match.end(), {"词": match[0], "前": rough, "后": other}, "", False)


def find_no_subject(document: Document, rule: Rule) -> Iterator[Hit]:
    """通过…，使…: what should be the subject has become an adverbial; at the head of a sentence."""
    pattern = _compiled(
        r"(?P<spot>(?:通过|经过|随着|由于)[^，。；：！？\n]{2,40}，(?:[^，。；：！？\n]{2,20}，)?(?:从而|进而|就|也|都)?使(?:得)?)(?![用命馆者节领])"
    )
    for start, end in document.sentences:
        head = _compiled(r"[ \t\u3000]*(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十]+[）)、])?").match(
            document.text, start
        )
        at = head.end() if head else start
        match = pattern.match(document.text, at, end)
        if match:
            yield Hit(match.start("spot"), match.end("spot"), {"词": match["spot"]})


def find_twice_denied(document: Document, rule: Rule) -> Iterator[Hit]:
    """防止…不发生: denied once too often, so that it says the contrary."""
    pattern = _compiled(
        r"(?:防止|避免|杜绝|严防|防范|预防|遏制|以免|以防)(?P<between>[^，。；：！？、\n]{0,16}?)"
        r"(?:不再|不|没有|未)(?:发生|出现|重演|反弹|蔓延|扩大|爆发|复发|泄漏|泄露|再次发生)"
    )
    sure = _words(rule, "除外")
    for match in document.matches(pattern):
        if any(word in match["between"] for word in sure):
            continue
        yield Hit(match.start(), match.end(), {"词": match[0]})


def find_plural(document: Document, rule: Rule) -> Iterator[Hit]:
    """各位同志们, 三位同志们: a number and 们 at one word."""
    pattern = _compiled(
        rf"(?P<head>各位|[0-9一二两三四五六七八九十几]{{1,3}}[名位个])(?P<who>(?:[{HAN}]{{0,4}})(?:同志|领导|代表|委员|来宾|朋友|老师|同学|专家|干部|职工|群众|党员|乡亲|同仁|嘉宾))们"
    )
    for match in document.matches(pattern):
        right = match["head"] + match["who"]
        yield Hit(match.start(), match.end(), {"词": match[0], "改": right}, right, True)


def _checks(
    *named: tuple[str, Callable[[Document, Rule], Iterable[Hit]], tuple[str, ...], tuple[str, ...]],
) -> dict[str, Check]:
    return {name: Check(find, values=values, options=options) for name, find, values, options in named}


CHECKS: dict[str, Check] = _checks(
    ("断行", find_broken, ("词", "后"), ()),
    ("叠词", find_doubled_words, ("词", "改"), ("除外", "必改")),
    ("叠字", find_doubled_particles, ("词", "改"), ()),
    ("长分句", find_long_clause, ("词", "数", "限"), ("上限", "不足")),
    ("长句", find_long_sentence, ("词", "数", "限"), ("上限", "不足", "除外")),
    ("长段", find_long_paragraph, ("数", "限"), ("上限",)),
    ("的字", find_chain, ("词", "数"), ("上限",)),
    ("段重复", find_same_paragraph, ("词", "前"), ()),
    ("句重复", find_same_sentence, ("词",), ("至少",)),
    ("分句重复", find_same_clause, ("词",), ("至少",)),
    ("近似句", find_similar, ("词",), ()),
    ("词重复", find_word_again, ("词", "数"), ("词", "上限")),
    ("标题重复", find_same_heading, ("词",), ()),
    ("标题句号", find_unequal_stops, ("词", "怎样"), ()),
    ("标题不齐", find_uneven_headings, ("词", "数", "别"), ("相差",)),
    ("套词", find_dense, ("词", "数"), ("词", "每百字", "上限")),
    ("三项", find_threes, ("词", "数"), ("上限",)),
    ("无短句", find_no_short, ("数", "限"), ("全文", "短句")),
    ("同样开头", find_same_opening, ("词", "数"), ("词",)),
    ("数字堆", find_figures, ("数", "限"), ("上限",)),
    ("概数矛盾", find_rough_twice, ("词", "前", "后"), ()),
    ("缺主语", find_no_subject, ("词",), ()),
    ("否定失误", find_twice_denied, ("词",), ("除外",)),
    ("复数", find_plural, ("词", "改"), ()),
)
