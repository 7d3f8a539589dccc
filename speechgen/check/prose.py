"""句段: how sentences, paragraphs and headings are built and how often they say the same."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate, chain, compress, pairwise
from operator import add, not_
from typing import NamedTuple

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


def _spaced(words: str) -> frozenset[str]:
    return frozenset(words.split())


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
        if after.marker or after.text[0] in " \t\u3000\xa0" or "salutation" in (line.kind, after.kind):
            continue
        said, goes_on = line.text.rstrip(), after.text.strip()
        if len(said) < 6 or said[-1] in _ENDS or said[-1] in ".)]—-" or not _begins_inside(goes_on):
            continue
        if not _is_running(line, said) or not _is_running(after, goes_on):
            tail = line.kind != "heading" and _is_remnant(goes_on, 2)
            if tail or (_parts_word(said, goes_on) and line.kind == after.kind):
                found.append(line)
            continue
        inside = len(said) >= 12 and (
            said[-1] in "，、," or (_ends_inside(said) and _compiled(r"[，。；！？]").search(goes_on))
        )
        if inside or _parts_word(said, goes_on) or _is_remnant(goes_on, 3 if "，" in said else 2):
            found.append(line)
    return tuple(found)


def _is_running(line: Line, said: str) -> bool:
    """Whether a line is of a paragraph: in a short text a line that speaks of a report is easily taken for a title."""
    return line.kind == "paragraph" or (
        line.kind in ("title", "byline", "heading") and bool(_compiled("[，；。].*[，；。、]|[。；]").search(said))
    )


# Words that a line break must not part, by their two characters.
_PAIRS = _spaced(
    "安全 工作 落实 责任 生产 隐患 排查 整改 企业 部门 群众 干部 领导 单位 社会 稳定 问题 "
    "加强 提高 认识 措施 重点 监管 检查 会议 精神 要求 全县 全市 我们 同志 大家 进行 开展 "
    "推进 推动 建设 发展 经济 保障 保护 服务 组织 管理 治理 制度 机制 确保 坚决 坚持 切实 "
    "认真 严格 及时 全面 深入 持续 扎实 有效 积极 防范 化解 风险 矛盾 纠纷 信访 事故 发生 "
    "消防 交通 道路 运输 建筑 施工 工地 燃气 烟花 爆竹 食品 药品 应急 值班 值守 预案 演练 "
    "救援 处置 报告 信息 宣传 教育 培训 督查 考核 问责 追究 底线 红线 思想 统一 任务 目标 "
    "完成 今年 去年 以来 当前 目前 形势 严峻 复杂 基础 基层 一线 乡镇 街道 社区 农村 农民 "
    "城市 学校 医院 市场 人员 人民 生命 财产 利益 困难 帮扶 就业 收入 增长 投资 项目 产业 "
    "改革 创新 开放 环境 生态 污染 资金 时间 方面 方案 办法 情况 原因 教训 成绩 成效 效果 "
    "结果 能力 水平 作风 纪律 法律 法规 依法 规定 标准 必须 应当 可以 能够 已经 正在 进一步 "
    "特别 尤其 主要 关键 根本 重要 重大 意识 政治 政府 党委 书记 县长 局长 主任 牵头 配合 "
    "协调 联动 明确 压实 关系 国家 行业 领域 场所 设施 设备 车辆 驾驶 违法 行为 打击 整治 "
    "专项 行动 活动 春节 元旦 节日 期间 之前 以前 以后 之后 "
    "小时 作战 工程 人次 万元 亿元 公里 继续 连续 过程 全部 一切 共同 努力 奋斗 发扬 保持 "
    "清醒 头脑 担当 职责 执行 执法 验收 销号 台账 清单 停产 停业 关闭 取缔 物资 储备 供应 "
    "供暖 取暖 出行 返乡 务工 欠薪 工资 老人 儿童 学生 家庭 家长 安排 部署 准备 启动 响应 "
    "通知 通报 传达 学习 贯彻 大局 团结 协作 支持 帮助 关心 关注 掌握 研究 解决 处理 调查 "
    "走访 慰问 监测 预警 预报 预防 控制 降低 减少 杜绝 遏制 避免 防止 坚守 岗位 履行 履职 "
    "尽责 失职 渎职 追责 倒查"
)


def _parts_word(said: str, goes_on: str) -> bool:
    """Whether a line ends inside a word, or the next one begins with what nothing can begin with."""
    return said[-1] + goes_on[0] in _PAIRS or bool(
        _compiled(r"的(?![确士])|了(?![解却结不])|们|着(?![力眼重手实落急陆装])|地(?=[把抓做推开])").match(goes_on)
    )


_WHOLE = _spaced("谢谢 完毕 散会 好 不 是 对 谢谢您 再见 请讲 开会")  # lines that are short by themselves


def _is_remnant(goes_on: str, most: int) -> bool:
    """Whether a line begins with the last few characters of a sentence."""
    head = _compiled(rf"[{HAN}]{{1,3}}(?=[。；！？])|[{HAN}](?=[，、])").match(goes_on)
    return head is not None and len(head[0]) <= most and head[0] not in _WHOLE


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
    scrap = _compiled(r"[，；]\s*(?:(?:[把将对从在以由让向使]|希望|务必)?.{1,2}|把.{1,4})$").search(said)
    wide = 20 <= len(said) <= 46 and any(mark in said for mark in "，。；、") and not marker_of(said)
    return said[-1] in _HANGING or scrap is not None or wide


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
        if word in spared or word[0] == word[1] or word[0] in "一几半":  # 一个小区一个小区地看
            continue
        if any(char in "哪谁啥几" for char in word) or "怎么" in word:  # 想看哪里看哪里
            continue
        if len(word) == 2 and word[1] == "一":  # 住户一户一卡，企业一企一策
            continue
        if len(word) == 2 and word[1] == "着":  # 拖着拖着就成了大修
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
    "要要": r"(?<![重需主必纪摘提首紧险简须只就还都不])要要(?![求素件点领害道塞闻挟职义])",
    "就就": r"(?<![成造将迁高俯铸屈])就就(?![业近地读任职寝医诊餐座学])",
    "都都": r"(?<![首成古京国])都都(?![市城江督昌匀会柿])",
    "有有": r"(?<![所没拥具享共含富占现原国私公持特独只还都])有有(?![关效利力序机害所限益待意无线声形影的人名])",
    "对对": r"(?<![面针应核相绝反校比结一成配])对对(?![象策手方接口比照称立抗外话应联付偶账标岸联])",
    "由由": r"(?<![自理缘事来根])由由(?!衷)",
    "为为": r"(?<![作成认因行变称誉分改定视列人较更最以译转即极尤颇])为为(?![了何民人主官政])",
    "从从": r"(?<![服遵顺随听])从从(?![严业前属容来事优轻快重政])",
    "向向": r"(?<![方导面志取意走倾定朝动趋去风])向向(?![导上好心阳往前])",
    "以以": r"(?<![可所加予足得难给])以以(?![及上下后前来往人为外内免至便])",
    "还还": r"(?<![归退偿返])还还(?![款贷债清原本款乡])",
    "各各": "各各(?![异有自不])",
    "能能": r"(?<![功职可才智性产节动势技储效官万全核])能能(?![力源够量耗动级])",
    "给给": r"(?<![供补自])给给(?![予水养付])",
    "这这": "这这",
    "又又": "又又",
    "很很": "很很",
    "再再": r"(?<!一)再再(?![生次三接])",
    "他他": "(?<!其)他他",
    "让让": r"(?<![退礼谦转出忍])让让(?![步利渡座行])",
    "使使": r"(?<![大促迫驱即天行])使使(?![用命馆者节劲领])",
    "与与": r"(?<![参给赋授])与与(?![会此时众])",
    "不不": "不不",
    "已已": "已已",
    "或或": r"(?<!抑)或或(?!许)",
    "且且": r"(?<![而并况])且且",
    "但但": "但但(?!是凡)|但但是",
    "则则": r"(?<![原规准法细守总通])则则",
    "着着": r"着着(?![力手眼重实装落色])",
    "将将": r"(?<![部老悍干大小中上少猛名强闯战])将将(?![军士领近来校])",
    "并并": r"(?<![合兼吞])并并(?![购轨联网入存列])",
}


@cache
def _twice() -> re.Pattern[str]:
    return patterns.compiled("([" + "".join(twice[0] for twice in _PARTICLES) + r"])\1")


@cache
def _particle(twice: str) -> re.Pattern[str]:
    return patterns.compiled(_PARTICLES["等等等" if twice == "等等" else twice])


def find_doubled_particles(document: Document, rule: Rule) -> Iterator[Hit]:
    """的的, 了了, 等等等: a particle typed once too often."""
    text = document.text
    for twice in _twice().finditer(text):
        match = _particle(twice[0]).search(text, max(0, twice.start() - 1), twice.end() + 2)
        if match is None:
            continue
        right = "等等" if match[0][0] == "等" else match[0][:-1] if match[0][-1] == match[0][-2] else match[0]
        yield Hit(match.start(), match.end(), {"词": match[0], "改": right}, right, match[0][0] in "的们也而")


# ── breath ────────────────────────────────────────────────────────────────────────────────────


def find_long_clause(document: Document, rule: Rule) -> Iterator[Hit]:
    """A stretch without any pause mark longer than one breath (上限; 不足 = where a graver rule begins)."""
    most, below = max(_A_BREATH, _number(rule, "上限", 45)), _number(rule, "不足", 10_000)
    for first, last in document.once(_breaths):
        if last - first < most:
            continue
        line = document.line_at(first)
        if line is None or line.kind not in ("heading", "paragraph"):
            continue
        said = document.text[first:last]
        length = len(_said(said))
        if most < length <= below and _compiled(f"[{HAN}]").search(said):
            text = said.rstrip()
            start = last - len(said.lstrip())
            yield Hit(start, first + len(text), {"词": text, "数": str(length), "限": str(most)})


def _flat(document: Document) -> str:
    """The text with a line break for each pause mark. To replace some marks is five times as fast as a pattern."""
    text = document.text
    for mark in _MARKS + "—":
        text = text.replace(mark, "\n")
    return text


class _Pieces(NamedTuple):
    """The pieces of a text between some marks, each one character, and where each begins."""

    starts: list[int]
    said: list[str]


def _pieces(flat: str) -> _Pieces:
    said = flat.split("\n")
    return _Pieces(list(map(add, accumulate(map(len, said), initial=0), range(len(said)))), said)


def _breaths(document: Document) -> list[tuple[int, int]]:
    """The stretches between two pause marks that are not short."""
    starts, said = _pieces(document.once(_flat))
    long = compress(zip(starts, said, strict=False), map(_A_BREATH.__lt__, map(len, said)))
    return [(start, start + len(words)) for start, words in long]


_A_BREATH = 20  # characters; less is never long


def find_long_sentence(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence too long to be held together; titles, quotations and lists with 、 count little, ； parts it."""
    most, below = _number(rule, "上限", 120), _number(rule, "不足", 10_000)
    spared = _words(rule, "除外")
    text = document.text
    if _is_congress(document, rule):
        return
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
    if _is_congress(document, rule):
        return
    for line in _prose(document):
        if len(line.text) > most:
            start, end = document.sentence_at(line.start + len(line.text) - len(line.text.lstrip()))
            yield Hit(start, min(end, line.end), {"数": str(len(line.text.strip())), "限": str(most)})


def find_chain(document: Document, rule: Rule) -> Iterator[Hit]:
    """A clause with four 的 or more."""
    most = _number(rule, "上限", 3)
    text, clause, mark = document.text, _compiled(rf"[^{_MARKS}\n]+"), _compiled(rf"[{_MARKS}\n]")
    places, end = document.places("的"), 0
    for first, last in zip(places, places[most:], strict=False):
        if first < end or mark.search(text, first, last):
            continue
        low = text.rfind("\n", 0, first) + 1
        match = next(match for match in clause.finditer(text, low) if match.end() > first)
        end = match.end()
        count = len(_compiled("的(?!确)").findall(_said(match[0])))
        if count > most:
            said = match[0].strip()
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Hit(start, start + len(said), {"词": said, "数": str(count)})


# ── the same again ────────────────────────────────────────────────────────────────────────────


def _known(document: Document) -> tuple[str, ...]:
    """Wordings that are quoted whole, so may be said twice."""
    return tuple(wording.text for wording in document.grounds.wordings)


_PARAGRAPH = 20  # characters; a shorter one is told as a sentence


def _paragraph_words(line: Line) -> str:
    """What a paragraph says, without white space and without the stop at its end."""
    return "".join(line.text.split()).rstrip("。！；，.;,")


def find_same_paragraph(document: Document, rule: Rule) -> Iterator[Hit]:
    """A paragraph of some length that stands in the speech twice; the spot is the second."""
    least = _number(rule, "至少", _PARAGRAPH)
    seen: dict[str, int] = {}
    number = 0
    for line in document.lines:
        if line.kind == "heading" and line.marker:
            continue
        number += line.kind == "paragraph"
        said = _paragraph_words(line)
        if len(said) < least:
            continue
        if said in seen:
            yield Hit(line.start, line.end, {"词": said[:12], "前": str(max(1, seen[said]))})
        seen.setdefault(said, number)


def _told(document: Document) -> list[str]:
    """What each sentence of a paragraph says, without the stop and white space around; "" for any other sentence."""
    text, sentences, strange = document.text, document.sentences, _ENDS + " \u3000"
    told = [text[start:end].strip(strange) for start, end in sentences]
    for line in document.lines:
        if line.kind != "paragraph":
            first = bisect_left(sentences, (line.start, 0))
            last = bisect_right(sentences, (line.end, sys.maxsize), first)
            told[first:last] = [""] * (last - first)
    return told


def _again(words: Iterable[str]) -> set[str]:
    """Those that stand there more than once."""
    return {word for word, count in Counter(words).items() if count > 1}


def _without_numbers(numbers: str, told: list[str]) -> list[str]:
    """Sentences without the 一是 or 第一， at their heads."""
    pattern = _compiled(numbers)
    return [pattern.sub("", said) if said[:1] in _COUNTING else said for said in told]


_COUNTING = frozenset("一二三四五六七八九十第")


def find_same_sentence(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence said twice word for word (the paragraph as a whole not)."""
    least = _number(rule, "至少", 12)
    numbers = r"^(?:[一二三四五六七八九十]+[、是要]|第[一二三四五六七八九十]+[，、])"
    told = document.once(_told)
    bare = _without_numbers(numbers, told)
    again = _again(bare)
    if not again:
        return
    words = {line.start: _paragraph_words(line) for line in document.lines}
    paragraphs = Counter(words.values())
    known = _known(document)
    seen: set[str] = set()
    for number in compress(range(len(bare)), map(again.__contains__, bare)):
        said, (start, end) = bare[number], document.sentences[number]
        if len(told[number]) < least:
            continue
        if said in seen:
            line = document.line_at(start)
            whole = words[line.start] if line else ""
            in_whole = paragraphs[whole] > 1 and len(whole) >= _PARAGRAPH
            if line and not in_whole and not any(said in other for other in known):
                yield Hit(start, end, {"词": told[number][:20]})
        seen.add(said)


def _is_prose(document: Document, at: int) -> bool:
    line = document.line_at(at)
    return line is not None and line.kind == "paragraph"


def find_same_clause(document: Document, rule: Rule) -> Iterator[Hit]:
    """A clause of some length said twice in sentences that differ."""
    least, apart = _number(rule, "至少", 12), _number(rule, "相隔", 2000)
    text = document.text
    spared = _words(rule, "除外")
    seen: dict[str, int] = {}
    sentences: set[str] = set()
    known = _known(document)
    for start, end in document.once(_with_clause_again):
        if end - start < least:
            continue
        whole = text[start:end].strip(_ENDS)
        if whole in sentences:
            continue  # told as a sentence
        sentences.add(whole)
        first, last, told = -1, -1, start
        for match in _clause().finditer(text, start, end):
            said = match[0].strip()
            joined = last >= 0 and match.start() - last == 1 and text[last] in "，；" and len(said) >= _SHORT_CLAUSE
            pair = text[first : match.end()].strip() if joined and match.end() - first >= least else ""
            first, last = (match.start() if len(said) >= _SHORT_CLAUSE else -1), match.end()
            if first < 0:
                last = -1
            for words in (said, pair):
                if len(words) < least or words.isascii():
                    continue
                again = words in seen and seen[words] != start and len(words) < len(whole)
                end_of = match.start() + len(match[0].rstrip())
                again = again and start - seen[words] <= apart and end_of - len(words) >= told
                if again and not words.startswith(spared) and not any(words in other for other in known):
                    yield Hit(end_of - len(words), end_of, {"词": words})
                    told = end_of
                seen[words] = start


def _clause() -> re.Pattern[str]:
    return _compiled(rf"[^{_MARKS}\n—“”《》（）]+")


def _clauses(document: Document) -> _Pieces:
    flat = document.once(_flat)
    for mark in "“”《》（）":
        flat = flat.replace(mark, "\n")
    return _pieces(flat)


def _with_clause_again(document: Document) -> list[tuple[int, int]]:
    """The sentences of paragraphs with a clause, not too short, that stands in the text more than once."""
    clauses, sentences, told = document.once(_clauses), document.sentences, document.once(_told)
    bare = list(map(str.strip, clauses.said))
    again = _again(compress(bare, map((_SHORT_CLAUSE - 1).__lt__, map(len, bare))))
    starts = compress(clauses.starts, map(again.__contains__, bare))
    numbers = {bisect_right(sentences, (start, sys.maxsize)) - 1 for start in starts}
    numbers |= {number + 1 for number in numbers}  # a clause may begin with the white space before its sentence
    return [sentences[number] for number in sorted(numbers) if number < len(told) and told[number]]


_SHORT_CLAUSE = 5  # characters; two clauses said again together are of so many at least
_SAME_HEAD = 5  # characters; two sentences that say the same begin or end so
_MOST_ALIKE = 6  # sentences with one beginning that are compared


# Who leads each of many tasks is said in one form: 这件事由县住建局、柳河镇牵头.
_WHO_LEADS = patterns.compiled(r"^(?:这[件项][\u4e00-\u9fff]{0,3})?由.{2,}(?:牵头|负责)$")


def find_similar(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence that says nearly the same as one before it, in a row or further apart; the spot is the later one."""
    numbers = r"^[一二三四五六七八九十]{1,2}[是要][，、]?|^第[一二三四五六七八九十]{1,2}[，、]"
    told = _without_numbers(numbers, document.once(_told))
    looked_at = [15 <= len(said) <= 200 and not _WHO_LEADS.match(said) for said in told]
    keys = [
        (said[:_SAME_HEAD], "$" + said[-_SAME_HEAD:]) if looked else ()
        for said, looked in zip(told, looked_at, strict=True)
    ]
    alike: dict[str, list[str]] = {key: [] for key in _again(chain.from_iterable(keys))}
    known = _known(document)
    for number in compress(range(len(told)), map(not_, map(alike.keys().isdisjoint, keys))):
        said = told[number]
        before = told[number - 1] if number and keys[number - 1] else ""
        found = False
        for others in (alike[key] for key in keys[number] if key in alike):
            found = found or any(_is_similar(said, other, 0.85 if other == before else 0.78) for other in others)
            if len(others) < _MOST_ALIKE and said not in others:
                others.append(said)
        if found and not any(said in other or other in said for other in known):
            start, end = document.sentences[number]
            yield Hit(start, end, {"词": said[:20]})


def _is_similar(said: str, other: str, least: float) -> bool:
    if said == other or abs(len(other) - len(said)) > max(4, len(said) // 4):
        return False
    pairs, its_pairs = _pairs(said), _pairs(other)
    if 2 * len(pairs & its_pairs) < least * (len(pairs) + len(its_pairs)):
        return False
    figures = _compiled("[0-9]+")
    return figures.findall(said) == figures.findall(other)


def _pairs(said: str) -> set[str]:
    return set(map(add, said, said[1:]))


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


_TOPIC = (
    "^(?:关于|对于|就)|的(?:问题|情况|意义|措施|安排|打算|形势|重要性|必要性)$|问题$|^(?:为什么|怎样|如何|怎么)|[？?]$"
)
_ASKS = "^(?:关于|对于|怎样|如何|为什么)|[？?]$"
_NAMES_TOPIC = "^(?:关于|对于|就).*的?(?:问题|情况|意见|工作|措施|安排)$|^(?:为什么|怎样|如何).*|[？?]$"
_FEW_TIMES = 3  # a heading so many times as long as any other stands out


def _stands_out(said: str, others: list[str]) -> bool:
    """Whether a heading is a topic (关于…的问题) among sentences, a sentence among topics, or many times as long."""
    topic = _compiled(_TOPIC)
    topics = [topic.search(other) is not None for other in others]
    if all(topics) and not topic.search(said):
        return all(_compiled(_ASKS).search(other) for other in others)
    if not any(topics) and _compiled(_NAMES_TOPIC).search(said):
        return True
    longest = max(map(len, others))
    return len(said) >= _FEW_TIMES * longest and len(said) - longest >= 10


def find_uneven_headings(document: Document, rule: Rule) -> Iterator[Hit]:
    """One heading of a set that differs from all others in length (over 相差) and in build, or stands out at once."""
    most = _number(rule, "相差", 6)
    for lines in document.once(_siblings):
        if len(lines) < 3:
            continue
        said = [_heading_text(line) for line in lines]
        for number, line in enumerate(lines):
            others = said[:number] + said[number + 1 :]
            lengths = [len(other) for other in others]
            odd = _stands_out(said[number], others)
            if not odd and max(lengths) - min(lengths) <= 4 and len({_syntax(other) for other in others}) == 1:
                apart = min(abs(len(said[number]) - length) for length in lengths)
                odd = apart > most and _syntax(said[number]) != _syntax(others[0])
            if odd:
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


def find_stock_words(document: Document, rule: Rule) -> Iterator[Hit]:
    """A sentence with so many of the rule's words (词) as 上限 says or more; the spot is from the first to the last."""
    most, within, spared = _number(rule, "上限", 4), _number(rule, "字内", 100), _words(rule, "除外")
    pattern = _compiled("|".join(map(re.escape, [*spared, *_words(rule, "词")])))
    free = frozenset(spared)
    of_sentence: dict[tuple[int, int], list[re.Match[str]]] = {}
    for match in pattern.finditer(document.text):
        if match[0] not in free:
            of_sentence.setdefault(document.sentence_at(match.start()), []).append(match)
    for found in of_sentence.values():
        close = any(found[n + most - 1].end() - found[n].start() <= within for n in range(len(found) - most + 1))
        if close and _is_prose(document, found[0].start()):
            words = "、".join(dict.fromkeys(match[0] for match in found))
            yield Hit(found[0].start(), found[-1].end(), {"词": words, "数": str(len(found))})


_PHRASE = 16  # characters; a phrase of a parallel with the mark after it


def _runs(text: str, suffix: str, most: int) -> Iterator[tuple[int, int]]:
    """Where a character stands so often, each time close to the one before: from the first to after the last."""
    first = last = text.find(suffix)
    count = 1
    while last >= 0:
        at = text.find(suffix, last + 1)
        if 0 <= at - last <= _PHRASE and "\n" not in text[last:at]:
            count += 1
        else:
            if count >= most:
                yield first, min(len(text), last + 2)
            first, count = at, 1
        last = at


# Three that everybody says together.
_SET_THREES = _spaced(
    "积极主动创造 系统整体协同 普惠基础兜底 针对有效实 针对实效 针对有效 前瞻针对有效 前瞻系统 "
    "原则系统预见创造 时代系统整体 市场法治国际 高端智能绿色 智能绿色融合 智能绿色高端 数字智能绿色 "
    "制度规范程序 规范制度常态 制度规范常态 科学规范法治 标准规范精细 科学精细智能 专业职业规范 "
    "社会法治智能专业 规模标准品牌 特色品牌规模 智能高端绿色 绿色智能高端 获得幸福安全 责任使命紧迫 "
    "责任紧迫使命 使命责任紧迫 工业信息城镇现代 结构体制素质 政治判断领悟执行 判断领悟执行 基础普惠兜底 "
    "凝聚创造战斗 凝聚向心战斗"
)


def find_parallels(document: Document, rule: Rule) -> Iterator[Hit]:
    """…的高度、…的深度、…的力度: three phrases or more in a row that end with one and the same suffix."""
    text = document.text
    most = _number(rule, "上限", 3)
    item, gap = rf"[{HAN}]{{1,14}}?", r"(?:[、，；]|[、，；]?[和及与]|以及)"
    for suffix in "度性化力感":
        if text.count(suffix) < most:
            continue
        pattern = _compiled(rf"(?:{item}{suffix}{gap}){{{most - 1},8}}{item}{suffix}(?![{HAN}])"
                            rf"|(?:{item}{suffix}{gap}){{{most - 1},8}}{item}{suffix}")  # fmt: skip
        for start, end in _runs(text, suffix, most):
            line = document.line_at(start)
            if line is None or line.kind not in ("paragraph", "heading"):
                continue
            for match in pattern.finditer(text, max(line.start, start - _PHRASE), end):
                parts = _compiled(gap).split(match[0])
                words = [part[-3:-1] for part in parts if part.endswith(suffix)]
                if len(words) < most or len(set(words)) < most:
                    continue
                spread = suffix == "度" or match[0].count("的") > 1 or len(words) > most
                ends = suffix in "性感" and text[match.end() : match.end() + 1] in tuple("，。；！")
                if not (spread or ends) or "".join(words) in _SET_THREES:
                    continue
                if any(word in _REAL_DEGREES for word in (part[-2:] for part in parts)):
                    continue
                yield Hit(match.start(), match.end(), {"词": match[0], "数": str(len(words))})


_REAL_DEGREES = _spaced(
    "制度 年度 季度 月度 湿度 浓度 密度 额度 进度 调度 印度 跨度 长度 宽度 厚度 浊度 满意度 "
    "电力 动力 人力 财力 物力 水力 火力 风力 变化 绿化 美化 亮化 净化 文化 硬化 男性 女性"
)


def find_threes(document: Document, rule: Rule) -> Iterator[Hit]:
    """Lists of exactly three items, one after the other and no other list between; the spot is the last one."""
    most = _number(rule, "上限", 5)
    clauses = _compiled(r"[^，。；：！？\n]+")
    if not _may_be_threes(document, most):
        return
    run = 0
    for line in _prose(document):
        for match in clauses.finditer(document.text, line.start, line.end):
            if "、" not in match[0]:
                continue
            run = run + 1 if match[0].count("、") == 2 else 0
            if run == most:
                yield Hit(match.start(), match.end(), {"词": match[0], "数": str(run)})


def _may_be_threes(document: Document, most: int) -> bool:
    """Whether so many lists of three items follow each other."""
    flat = "\n".join(line.text for line in _prose(document))
    for mark in "，。；：！？":
        flat = flat.replace(mark, "\n")
    return b"\1" * most in bytes(clause.count("、") == 2 for clause in flat.split("\n") if "、" in clause)


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
    """More figures in a sentence than an ear can hold; the spot is the sentence. Reports to a congress are spared."""
    most = _number(rule, "上限", 5)
    if _is_congress(document, rule):
        return
    text = document.text
    figure = _compiled(
        r"(?<![0-9０-９,.])[0-9０-９][0-9０-９,.．]{0,15}\s?(?:%|％|‰|个百分点|[多余]?[万亿]{0,2}[多余]?"
        r"[元起件人次处家户个名批宗吨亩公米辆台套项所座条村份场期天岁年日月斤千平立])"
    )
    for start, end in document.sentences:
        if end - start < 30 or not _is_prose(document, start):
            continue
        count = sum(1 for match in figure.finditer(text, start, end) if match[0][-1] not in "年月日")
        if count > most:
            yield Hit(start, end, {"数": str(count), "限": str(most)})


def _is_congress(document: Document, rule: Rule) -> bool:
    """Whether the head of the text names one of 除外文种: what is handed out in print is built otherwise."""
    words = _words(rule, "除外文种")
    if not words or not document.lines:
        return False
    head = document.text[: document.lines[min(20, len(document.lines) - 1)].end]
    return any(word in head for word in words)


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
    ("长句", find_long_sentence, ("词", "数", "限"), ("上限", "不足", "除外", "除外文种")),
    ("长段", find_long_paragraph, ("数", "限"), ("上限", "除外文种")),
    ("的字", find_chain, ("词", "数"), ("上限",)),
    ("段重复", find_same_paragraph, ("词", "前"), ("至少",)),
    ("句重复", find_same_sentence, ("词",), ("至少",)),
    ("分句重复", find_same_clause, ("词",), ("至少", "相隔", "除外")),
    ("近似句", find_similar, ("词",), ()),
    ("词重复", find_word_again, ("词", "数"), ("词", "上限")),
    ("标题重复", find_same_heading, ("词",), ()),
    ("标题句号", find_unequal_stops, ("词", "怎样"), ()),
    ("标题不齐", find_uneven_headings, ("词", "数", "别"), ("相差",)),
    ("套词", find_dense, ("词", "数"), ("词", "每百字", "上限")),
    ("三项", find_threes, ("词", "数"), ("上限",)),
    ("无短句", find_no_short, ("数", "限"), ("全文", "短句")),
    ("同样开头", find_same_opening, ("词", "数"), ("词",)),
    ("数字堆", find_figures, ("数", "限"), ("上限", "除外文种")),
    ("句中套词", find_stock_words, ("词", "数"), ("词", "上限", "字内", "除外")),
    ("同尾", find_parallels, ("词", "数"), ("上限",)),
    ("概数矛盾", find_rough_twice, ("词", "前", "后"), ()),
    ("缺主语", find_no_subject, ("词",), ()),
    ("否定失误", find_twice_denied, ("词",), ("除外",)),
    ("复数", find_plural, ("词", "改"), ()),
)
