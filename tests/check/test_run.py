"""All rules over one draft: what they find, in which order, and that nothing stops them."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import findings, schema
from speechgen.check import run
from speechgen.check.document import Grounds, Speech
from speechgen.check.loader import load_rules
from speechgen.check.rule import Entry, Rule, Rulebook
from speechgen.check.run import check
from speechgen.content import layers_for, load_content
from speechgen.model import Block, Draft, Finding, Location, Origin, Severity, Source, Span

HERE = Location("规则.yaml", 1, 1)


def draft(text: str) -> Draft:
    return Draft(tuple(Block("paragraph", line) for line in text.split("\n")))


def rule(
    code: str, *wrong: str, severity: Severity = "warning", scope: tuple[str, ...] = ("全文",), right: str = ""
) -> Rule:
    entries = (Entry(wrong, right),)
    return Rule(code, code, "用词", severity, "「{{ 词 }}」", HERE, scope=scope, entries=entries)


def told(text: str, *rules: Rule) -> list[tuple[str, str, int]]:
    said = draft(text)
    return [(f.rule, findings.excerpt(f, said), f.block) for f in check(said, Rulebook({r.code: r for r in rules}))]


# ── where a rule looks ────────────────────────────────────────────────────────────────────────

SPEECH = """在布署会议上的讲话
各位布署同志：
开头布署。
一、布署标题
正文布署。
（一）主句布署。后面布署跟上。
布署结束。"""


@pytest.mark.parametrize(
    ("scope", "blocks"),
    [
        (("全文",), [0, 1, 2, 3, 4, 5, 5, 6]),
        (("标题",), [0]),
        (("称谓",), [1]),
        (("小标题",), [3, 5]),
        (("正文",), [2, 4, 5, 5, 6]),
        (("开头",), [1, 2]),
        (("结束语",), [4, 6]),
        (("标题", "称谓"), [0, 1]),
    ],
)
def test_a_rule_looks_only_where_its_scope_lets_it(scope: tuple[str, ...], blocks: list[int]) -> None:
    assert [block for _, _, block in told(SPEECH, rule("dw-01", "布署", scope=scope))] == blocks


# ── order, and several findings at one place ──────────────────────────────────────────────────


def test_findings_stand_in_the_order_of_the_text_the_graver_first() -> None:
    rules = (rule("aa-01", "安全", severity="hint"), rule("bb-01", "安全", severity="error"), rule("cc-01", "布署"))
    assert told("布署安全\n安全", *rules) == [
        ("cc-01", "布署", 0), ("bb-01", "安全", 0), ("aa-01", "安全", 0), ("bb-01", "安全", 1), ("aa-01", "安全", 1),
    ]  # fmt: skip


def test_of_one_area_only_the_graver_rule_tells_of_the_same_words() -> None:
    assert told("布署", rule("dw-01", "布署", severity="hint"), rule("dw-02", "布署", severity="error")) == [
        ("dw-02", "布署", 0)
    ]
    assert told("布署了", rule("dw-01", "布署"), rule("dw-02", "布署了")) == [
        ("dw-01", "布署", 0),
        ("dw-02", "布署了", 0),
    ]


def test_a_long_stretch_may_be_wrong_in_two_ways() -> None:
    long = "这一句话很长很长很长很长很长"
    assert len(told(long, rule("dw-01", long), rule("dw-02", long))) == 2


def test_a_stretch_over_two_paragraphs_ends_with_the_first_and_is_not_repaired() -> None:
    crossing = Rule("dw-01", "试", "式样", "warning", "试", HERE, options={"式": ("全\n安",), "正": ("好",)})
    said = draft("安全\n安全")
    (found,) = check(said, Rulebook({"dw-01": crossing}))
    assert (found.block, findings.excerpt(found, said), found.safe) == (0, "全", False)


def test_a_finding_in_our_own_draft_says_where_the_words_are_from() -> None:
    def span(start: int, end: int, origin: Origin) -> Span:
        return Span(start, end, Source(origin, origin))

    block = Block("paragraph", "我们要布署任务", (span(0, 3, "phrase"), span(3, 4, "phrase"), span(4, 7, "field")))
    book = Rulebook({"dw-01": rule("dw-01", "布署", "我们", "任务")})
    origins = [(f.start, f.source and f.source.origin) for f in check(Draft((block,)), book)]
    assert origins == [(0, "phrase"), (3, "field"), (5, "field")]  # what was typed goes first


def test_an_empty_draft_gives_nothing() -> None:
    assert check(Draft(()), whole_book()) == ()


# ── whatever the text ─────────────────────────────────────────────────────────────────────────


@cache
def whole_book() -> Rulebook:
    return load_rules()


@cache
def content_grounds() -> Grounds:
    content = load_content(layers_for(Path(__file__).parent))
    others = (Speech("旧稿.txt", "各级各部门要切实抓好安全生产工作，压实责任，严格督查。" * 3),)
    return Grounds(None, None, tuple(content.wordings.values()), tuple(content.statutes.values()), others)


PIECES = st.sampled_from(
    ["一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "（1）", "①", "②", "一是", "二是", "三是", "一要", "二要", "第一，", "第二，", "首先", "其次", "最后", "同志们：", "在全县安全生产工作会议上的讲话", "（2026年12月24日）", "2026年", "20年", "12月24日", "腊月二十三", "星期四", "春节将至", "去年", "今年", "十五五", "同比增长", "下降", "12.5%", "百分之十", "个百分点", "3163件", "126处", "1.2亿元", "从", "到", "由", "其中", "分别", "共", "占", "倍", "翻一番", "以下六个方面", "三点意见", "四个到位：", "五个一批", "“四个意识”", "我市", "我县", "我镇", "我公司", "各乡镇", "开封市", "漯河", "上海", "王建国书记", "陈志远县长", "郑怀民同志", "各位局长", "安监局", "信访条例", "《安全生产法》", "《关于做好工作的通知》", "青政发〔2026〕3号", "安全生产", "切实", "进一步", "抓好落实", "布署", "平安", "不时", "习近平新时代中国特色社会主义思想", "以人民为中心", "XX", "某某", "**", "○○", "“”", "（）", "《》", "【待补充】", "{{", "}}", "TODO", "穩(wěn)定", "?h委", "www.abc.com", "&nbsp;", "<b>", "当前位置", "、", "，", "。", "；", "：", "！", "？", "…", "——", "“", "”", "‘", "’", "（", "）", "(", ")", "《", "》", "【", "】", ",", ".", ";", ":", "!", "?", '"', "'", "-", "~", "/", "%", "％", "的", "和", "了", "十", "百", "万", "亿", "0", "1", "2", "9", "５", "a", "A", "℃", "㎡", "\n", "\n\n", " ", "\u3000", "\t", "\u200b", "\ufeff", "\x0c", "\x00", "�", "𠮷", "\ue000", "⼀"]
)
TYPED = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60)


@cache
def declared() -> tuple[Grounds, ...]:
    """Nothing known; the content; a meeting file and a profile too."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "会议.yaml").write_text(
            "会议: {名称: 全县安全生产工作会议, 日期: 2026-12-10, 场合: 春节}\n讲话人: {姓名: 陈志远, 职务: 县长}\n字数: 3000\n",
            encoding="utf-8",
        )
        (folder / "单位.yaml").write_text(
            "单位: {名称: 青峪县, 地区: 青峪县, 层级: 县}\n领导:\n  - {姓名: 郑怀民, 职务: 县委书记}\n  - {姓名: 陈志远, 职务: 县长}\n",
            encoding="utf-8",
        )
        meeting, _ = schema.load_meeting(folder / "会议.yaml")
        office, _ = schema.load_office(folder / "单位.yaml")
    return Grounds(), content_grounds(), content_grounds()._replace(meeting=meeting, office=office)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED, st.integers(0, 2))
def test_no_text_stops_the_check_and_every_finding_lies_in_its_block(text: str, ground: int) -> None:
    said = draft(text)
    found = check(said, whole_book(), declared()[ground])
    for finding in found:
        block = said.blocks[finding.block]
        assert 0 <= finding.start <= finding.end <= len(block.text)
        assert finding.rule in whole_book().rules
        _tell(said, finding)
    assert list(found) == sorted(found, key=lambda f: (f.block, f.start))
    mended = findings.repaired(said, findings.repairs(found))
    assert mended == text or findings.repairs(found)


def _tell(said: Draft, finding: Finding) -> None:
    """A finding can be told in every way, and no message keeps a hole."""
    rule = whole_book().rules[finding.rule]
    assert findings.message(finding, rule, said)
    assert set(re.findall(r"\{\{ *(.*?) *\}\}", rule.message)) <= {*finding.values, "处"}
    assert findings.comment(finding, whole_book(), said)
    assert findings.around(finding, said)


@pytest.mark.parametrize(
    "text",
    ["安", "一", "1", "\n", " ", "“", "“”", "（", "《", "，", "。", "、", "x", "*", "的", "①", "切实", "我县我市，", "一是", "王建国书记、", "2026年",
     "12%", "各级各部门要切实抓好安全生产工作落实责任", "一、加强领导\n", "（一）抓好落实。压实责任\n", "安\n", "要抓好落实，压实责任。", "《关于安全的通知》", "领(lǐng)",
     "下降12.5%，上升13件，", "以下六个方面", "四个到位：", "首先，", "\ud800", "開發", "<b>", "www.", "1,", "春节将至"],
    ids=repr,
)  # fmt: skip
def test_a_very_long_strange_text_takes_a_moment(text: str) -> None:
    said = draft(text * (20_000 // len(text)))
    begun = time.perf_counter()
    check(said, whole_book(), content_grounds())
    assert time.perf_counter() - begun < 5


def test_the_vocabulary_is_every_word_of_every_list() -> None:
    book = Rulebook({"dw-01": rule("dw-01", "布署", "佈署"), "dw-02": replace_entries()})
    assert run.vocabulary(book).occurrences("布署佈署倍受") == {"布署": [0], "佈署": [2], "倍受": [4]}


def replace_entries() -> Rule:
    return rule("dw-02", "倍受")._replace(severity="hint")


def test_a_finding_can_be_changed_by_nobody() -> None:
    (found,) = check(draft("布署"), Rulebook({"dw-01": rule("dw-01", "布署")}))
    with pytest.raises(AttributeError):
        found.start = 1  # type: ignore[misc]
    assert found._replace(start=1).start == 1
