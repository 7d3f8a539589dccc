"""What the check has found, told to people and to programs; and its repairs."""

from __future__ import annotations

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from speechgen import findings
from speechgen.check.rule import Entry, Example, Rule, Rulebook, RuleSource
from speechgen.model import Block, Draft, Finding, Location, Severity

_USAGE = RuleSource("实务")
HERE = Location("规则.yaml", 1, 1)
DRAFT = Draft(
    (Block("title", "在会议上的讲话"), Block("paragraph", ""), Block("paragraph", "要把任务布署下去，压实责任。"))
)


def rule(
    code: str = "wz-01",
    message: str = "「{{ 词 }}」应为「{{ 改 }}」。",
    source: RuleSource = _USAGE,
    **more: object,
) -> Rule:
    return Rule(code, "错别字", "用词", "warning", message, HERE, source=source, **more)  # type: ignore[arg-type]


def found(start: int = 4, end: int = 6, block: int = 2, severity: Severity = "warning", **more: object) -> Finding:
    values = {"词": "布署", "改": "部署"}
    return Finding("wz-01", severity, block, start, end, values, **more)  # type: ignore[arg-type]


BOOK = Rulebook({"wz-01": rule()})


# ── one finding ───────────────────────────────────────────────────────────────────────────────


def test_a_message_names_the_values_and_the_spot() -> None:
    assert findings.excerpt(found(), DRAFT) == "布署"
    assert findings.message(found(), rule(), DRAFT) == "「布署」应为「部署」。"
    assert findings.message(found(), rule(message="{{处}}：{{ 没有 }}。"), DRAFT) == "布署：。"


def test_the_spot_is_marked_among_the_words_around() -> None:
    assert findings.around(found(), DRAFT) == "要把任务【布署】下去，压实责任。"
    long = Draft((Block("paragraph", "一" * 30 + "错" + "二" * 30),))
    assert findings.around(found(30, 31, 0), long) == "…" + "一" * 14 + "【错】" + "二" * 14 + "…"


def test_a_long_spot_is_shortened_and_line_breaks_do_not_break_the_line() -> None:
    long = Draft((Block("paragraph", "头\n" + "甲" * 50 + "乙" * 50 + "\n尾"),))
    assert findings.around(found(2, 102, 0), long) == "头 【" + "甲" * 20 + "……" + "乙" * 20 + "】 尾"
    assert findings.message(found(2, 102, 0), rule(message="{{ 处 }}"), long) == "甲" * 20 + "……" + "乙" * 20


def test_only_a_norm_is_named_as_the_basis() -> None:
    told = [
        findings.basis(rule(source=RuleSource("法律法规", "《某法》", "第三条", "应"))),
        findings.basis(rule(source=RuleSource("国标", "《标点符号用法》", "4.5", "宜"))),
        findings.basis(rule(source=RuleSource("实务", "某书"))),
        findings.basis(rule(source=RuleSource("单位"))),
        findings.basis(rule(contradiction=True)),
    ]
    assert told == [
        "依据《某法》第三条",
        "推荐写法，见《标点符号用法》 4.5",
        "通常的写法",
        "本单位的写法",
        "稿子自身或与会议文件对不上",
    ]


def test_a_comment_says_how_grave_what_and_by_which_rule() -> None:
    assert findings.comment(found(), BOOK, DRAFT) == "警告：「布署」应为「部署」。\n（wz-01 错别字；通常的写法）"


def test_a_remedy_that_the_message_does_not_show_is_added() -> None:
    book = Rulebook({"wz-01": rule(message="这里有错字，请核对。")})
    assert "\n可改为：部署\n" in findings.comment(found(suggestion="部署"), book, DRAFT)
    assert "\n可改为：，\n" in findings.comment(
        found(suggestion="，"), book, DRAFT
    )  # the message's own comma shows nothing
    assert "可改为" not in findings.comment(found(suggestion="部署"), BOOK, DRAFT)
    assert "可改为" not in findings.comment(found(), book, DRAFT)


# ── all findings ──────────────────────────────────────────────────────────────────────────────


def test_the_gravest_come_first_under_a_line_that_counts_them() -> None:
    several = [found(severity="hint"), found(0, 1, severity="error"), found(2, 3, severity="error")]
    lines = findings.text_of("稿.txt", DRAFT, several, BOOK, "13 字").splitlines()
    assert lines[0] == "稿.txt：错误 2 处，提醒 1 处；13 字"
    assert [line[:2] for line in lines if line.startswith(("错误", "警告", "提醒"))] == ["错误", "错误", "提醒"]
    assert "错误  第3段  【要】把任务" in lines[2]


def test_nothing_found_is_said() -> None:
    assert findings.text_of("稿.txt", DRAFT, [], BOOK) == "稿.txt：没有发现问题"


def test_data_holds_offsets_into_the_text_as_read() -> None:
    data = findings.data_of("稿.txt", DRAFT, [found(suggestion="部署"), found(1, 3, 0)], BOOK)
    read = "\n".join(block.text for block in DRAFT.blocks)
    told = json.loads(json.dumps(data))
    assert told["file"] == "稿.txt"
    for one in told["findings"]:
        assert read[one["start"] : one["end"]] == one["excerpt"]
    assert told["findings"][0] == {
        "rule": "wz-01", "name": "错别字", "severity": "warning", "line": 3, "start": 13, "end": 15, "excerpt": "布署",
        "message": "「布署」应为「部署」。", "suggestion": "部署",
    }  # fmt: skip


# ── repairs ───────────────────────────────────────────────────────────────────────────────────


def safe(start: int, end: int, suggestion: str, block: int = 2) -> Finding:
    return found(start, end, block, suggestion=suggestion, safe=True)


def test_only_what_is_safe_is_repaired_and_each_repair_is_listed() -> None:
    chosen = findings.repairs([safe(4, 6, "部署"), found(0, 1, suggestion="不"), safe(13, 14, "！")])
    assert findings.repaired(DRAFT, chosen) == "在会议上的讲话\n\n要把任务部署下去，压实责任！"
    lines = list(findings.repair_lines(DRAFT, chosen, BOOK))
    assert lines[0] == "第3段  要把任务【布署】下去，压实责任。  「布署」改为「部署」（错别字）"
    assert "删去「要」" in next(findings.repair_lines(DRAFT, [safe(0, 1, "")], BOOK))


def test_of_repairs_that_overlap_the_first_is_made() -> None:
    assert findings.repairs([safe(4, 6, "甲"), safe(5, 7, "乙"), safe(4, 5, "丙")]) == [safe(4, 6, "甲")]
    assert findings.repairs([safe(4, 6, "甲"), safe(6, 7, "乙")]) == [safe(4, 6, "甲"), safe(6, 7, "乙")]


def test_a_stop_that_two_rules_put_in_is_put_in_once() -> None:
    chosen = findings.repairs([safe(14, 14, "。"), safe(14, 14, "。"), safe(0, 0, "　", 1), safe(0, 0, "　", 1)])
    assert findings.repaired(DRAFT, chosen) == "在会议上的讲话\n　\n要把任务布署下去，压实责任。。"


TEXT = st.text(st.sampled_from("安全生产，。"), min_size=1, max_size=12)


@given(st.data(), st.lists(TEXT, min_size=1, max_size=3))
def test_repairs_never_overlap_and_leave_the_rest_as_it_is(data: st.DataObject, texts: list[str]) -> None:
    draft = Draft(tuple(Block("paragraph", text) for text in texts))
    several = []
    for _ in range(data.draw(st.integers(0, 6))):
        block = data.draw(st.integers(0, len(texts) - 1))
        start = data.draw(st.integers(0, len(texts[block])))
        end = data.draw(st.integers(start, len(texts[block])))
        several.append(safe(start, end, data.draw(st.sampled_from(["", "甲", "甲乙"])), block))
    chosen = findings.repairs(several)
    expected = "\n".join(texts)
    starts = findings.starts_of(draft.blocks)
    for one in reversed(chosen):
        at = starts[one.block]
        expected = expected[: at + one.start] + one.suggestion + expected[at + one.end :]
    assert findings.repaired(draft, chosen) == expected
    for first, second in itertools.pairwise(chosen):
        assert (first.block, first.end) <= (second.block, second.start)


# ── the rules ─────────────────────────────────────────────────────────────────────────────────


def test_rules_are_listed_by_area_and_an_offices_own_come_last() -> None:
    book = Rulebook({code: rule(code) for code in ("dw-01", "wz-02", "tf-01", "wz-01")})
    assert findings.rules_list(book).splitlines() == [
        "提法与姓名（1 条）", "  tf-01  警告  错别字", "",
        "语言文字（2 条）", "  wz-01  警告  错别字", "  wz-02  警告  错别字", "",
        "本单位的规则（1 条）", "  dw-01  警告  错别字",
    ]  # fmt: skip


def test_a_rule_in_full_tells_what_why_basis_words_and_examples() -> None:
    entries = tuple(Entry((f"误{n}字",), f"正{n}字") for n in range(15))
    full = rule(what="错字。", why="难看。", entries=entries, bad=(Example("写\n错"),), good=(Example("写对"),))
    told = findings.rule_text(full)
    for words in ("wz-01 错别字（语言文字，警告）", "找什么：错字。", "为什么：难看。", "怎么说：「〔词〕」应为「〔改〕」。", "共 15 条", "误0字→正0字",
                  "不要这样写：写 / 错", "这样写没有问题：写对"):  # fmt: skip
        assert words in told


def test_the_page_of_rules_shows_signs_as_they_are() -> None:
    page = findings.rules_page(Rulebook({"kq-01": rule("kq-01", message="** 和 __ 和 <b>。")}))
    assert r"\*\* 和 \_\_ 和 \<b\>" in page and page.endswith("\n") and not page.endswith("\n\n")
