"""Content files as records: what each reader takes, and every slip a maintainer of a bank can make."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import records, yamlio
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields
from speechgen.model import Location, Outline, Phrase, Slot, Topic
from speechgen.records import Bank

HERE = Location("语料.yaml", 3, 5)
TOPICS = {"消防": Topic("消防", ("消防",), {"出口堵锁": (("出口",), ("锁",))})}
SLOTS = {
    "形势.问题": Slot("形势.问题", "论证", "问题", "陈述"),
    "结束.号召": Slot("结束.号召", "结束"),
    "开头.依据": Slot("开头.依据", "过渡", "", "依据句"),
    "领导.责任": Slot("领导.责任", "领导"),
}


def read(text: str, keys: Any = records.BANK_KEYS) -> tuple[Fields, list[Slip]]:
    slips: list[Slip] = []
    return Fields(yamlio.parse(text, "语料.yaml", keys), "", keys, slips), slips


def bank(text: str) -> Bank:
    top, slips = read(text)
    found = records.read_bank(top)
    assert slips == []
    return found


def bank_slips(text: str) -> list[tuple[str, int]]:
    top, slips = read(text)
    records.read_bank(top)
    for slip in slips:
        assert slip.message
        assert slip.remedy
    return [(s.code, s.location.line) for s in slips if s.location]


OUTLINE = """编号: jieri
名称: 节日安全
标题: 在{{ 会议.名称 }}上的讲话
篇幅: 1300—4000
场合: [元旦春节]
序号: [一、, （一）]
源自: jieri@abc
开头:
  - 今天召开{{ 会议.名称 }}。
  - {取: 开头.依据, 必说: 是}
部分:
  - 类型: 形势
    小标题: 标题组
    内容:
      - 段:
          - {每项: 问题, 序号: 一是, 做: [{取: 形势.问题, 可简: 2}], 否则: [没有通报问题。]}
          - {当: 风险表, 做: [{句: '{{ 风险表 }}。', 可省: 1}]}
  - 类型: 措施
    小标题: 抓重点
    内容:
      - {每项: 任务, 其中: 细讲, 做: [{要点: 标题组, 键: 话题, 连写: 是, 做: [甲。]}]}
结束语: [{取: 结束.号召}]
"""


def outline(text: str) -> tuple[Outline | None, list[Slip]]:
    top, slips = read(text, records.OUTLINE_KEYS)
    return records.read_outline(top), slips


# ── what is read ──────────────────────────────────────────────────────────────────────────────


def test_phrase() -> None:
    (phrase,) = bank(
        "语句:\n  - 编号: kt.1\n    位置: 形势.问题\n    话题: [消防]\n"
        "    情形: 出口堵锁\n    有词: [网吧]\n    场合: 春节\n    层级: [县, 乡镇]\n    角色: 分管领导\n"
        "    需要: [问题.数量]\n    当: 会议.听取\n    起用: 2026-01-01\n"
        "    止用: 2026-12-31\n    替代: kt.2\n    依据: 消防法\n"
        "    文:\n      - '{{ 陈述 }}'\n      - 锁住的是门。\n"
    ).phrases
    assert phrase == Phrase(
        "kt.1",
        ("{{ 陈述 }}", "锁住的是门。"),
        "形势.问题",
        Location("语料.yaml", 2, 9),
        ("消防",),
        ("出口堵锁",),
        ("网吧",),
        ("春节",),
        ("县", "乡镇"),
        ("分管领导",),
        ("问题.数量",),
        "会议.听取",
        date(2026, 1, 1),
        date(2026, 12, 31),
        "kt.2",
        ("消防法",),
    )


def test_tables() -> None:
    found = bank(
        "停用: [kt.9]\n标题组:\n  - {编号: bt.1, 位置: 部分, 标题: {形势: 看清形势, 措施: 抓实}, 通用: 抓好}\n"
        "提法:\n  - {编号: tf.1, 文: 人民至上, 来源: 某文, 查自: 某网, 起: 2026-01-01, 确认: 甲}\n"
        "法规:\n  - {编号: aq, 名称: 中华人民共和国安全生产法, 简称: 安全生产法, 施行: 2021-09-01, 查自: 某网}\n"
        "话题:\n  消防: {词: [消防], 牵头: 消防救援机构, 情形: {堵锁: {并有: [[出口, 通道], [锁]]}}}\n"
        "位置:\n  形势.问题: {说明: 甲, 类: 论证, 项: 问题}\n"
    )
    assert found.withdrawn == ("kt.9",)
    assert found.headings[0].headings == {"形势": "看清形势", "措施": "抓实", "通用": "抓好"}
    assert (found.wordings[0].text, found.wordings[0].valid_from) == ("人民至上", date(2026, 1, 1))
    assert (found.statutes[0].title, found.statutes[0].effective) == ("安全生产法", date(2021, 9, 1))
    assert found.topics == (Topic("消防", ("消防",), {"堵锁": (("出口", "通道"), ("锁",))}, "消防救援机构"),)
    assert (found.slots[0].kind, found.slots[0].item) == ("论证", "问题")


def test_outline() -> None:
    found, slips = outline(OUTLINE)
    assert slips == []
    assert found is not None
    assert (found.id, found.shortest, found.longest, found.copied_from) == ("jieri", 1300, 4000, "jieri@abc")
    assert found.numbering == ("一、", "（一）")
    assert found.salutation == "{{ 单位.称谓 }}："
    assert [s.kind for s in found.opening] == ["sentence", "take"]
    assert found.opening[1].required
    each, group = found.parts[0].steps[0].steps
    assert (each.kind, each.text, each.numbering, each.steps[0].terse) == ("each", "问题", "一是", 2)
    assert each.otherwise[0].text == "没有通报问题。"
    assert (group.kind, group.when, group.steps[0].optional) == ("group", "风险表", 1)
    point = found.parts[1].steps[0].steps[0]
    assert (point.kind, point.key, point.run_in, found.parts[1].steps[0].only) == ("point", "话题", True, "细讲")
    assert records.check_outline(found, SLOTS) == []


def test_outline_defaults() -> None:
    found, _ = outline("编号: a\n名称: 甲\n标题: 讲话\n部分: {类型: 形势, 小标题: 甲, 内容: 甲。}\n")
    assert found is not None
    assert (found.shortest, found.longest, found.numbering) == (800, 6000, ("一、", "（一）", "1.", "（1）"))


# ── slips of reading ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("语句:\n  - {编号: a, 位置: b}\n", [("missing-key", 2)]),
        ("语句:\n  - {文: 甲}\n", [("missing-key", 2), ("missing-key", 2)]),
        ("语句:\n  - 甲\n", [("not-keys", 2)]),
        (
            "语句:\n  - {编号: a, 位置: b, 文: 甲, 层级: 国, 角色: 老板, 起用: 2026-02-30}\n",
            [("not-a-choice", 2)] * 2 + [("bad-date", 2)],
        ),
        ("语句:\n  - {编号: a, 位置: b, 文: 甲, 话頭: 乙}\n", [("unknown-key", 2)]),
        ("标题组:\n  - 甲\n", [("not-keys", 2)]),
        ("标题组:\n  - {标题: 甲}\n", [("missing-key", 2), ("missing-key", 2), ("not-keys", 2)]),
        (
            "提法:\n  - 甲\n  - {编号: a}\n",
            [("not-keys", 2), ("missing-key", 3), ("missing-key", 3), ("missing-key", 3)],
        ),
        ("法规:\n  - 甲\n  - {编号: a, 名称: 甲, 查自: 乙}\n", [("not-keys", 2), ("missing-key", 3)]),
        ("法规:\n  - {编号: a, 名称: 甲, 查自: 乙, 施行: 去年}\n", [("bad-date", 2)]),
        ("话题:\n  消防: 甲\n", [("not-keys", 2)]),
        ("话题:\n  消防: {词: 甲, 情形: {乙: {并有: [丙]}}}\n", [("bad-situation", 2)]),
        ("话题:\n  消防: {词: 甲, 情形: {乙: 丙}}\n", [("bad-situation", 2)]),
        ("位置:\n  甲: 乙\n", [("not-keys", 2)]),
        ("位置:\n  甲: {项: 丙}\n", [("not-a-choice", 2)]),
        ("话题: 甲\n位置: 乙\n", [("not-keys", 1), ("not-keys", 2)]),
    ],
)
def test_bank_slips(text: str, slips: list[tuple[str, int]]) -> None:
    assert sorted(bank_slips(text)) == sorted(slips)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("{每项: 天气, 做: [甲]}", "not-a-choice"),
        ("{每项: 任务, 其中: 重要, 做: [甲]}", "not-a-choice"),
        ("{每项: 任务, 序号: ①, 做: [甲]}", "not-a-choice"),
        ("{当: 风险表}", "bad-step"),
        ("{句: 甲, 取: 乙}", "bad-step"),
        ("[甲]", "bad-step"),
        ("{句: [甲]}", "not-text"),
        ("{句: 甲, 可省: 很}", "not-number"),
        ("{句: 甲, 必说: 好}", "not-a-choice"),
        ("{句: 甲, 可以: 乙}", "unknown-key"),
    ],
)
def test_step_slips(step: str, code: str) -> None:
    _, slips = outline(f"编号: a\n名称: 甲\n标题: 讲话\n部分:\n  - {{类型: 形势, 小标题: 甲}}\n开头:\n  - {step}\n")
    assert (code, 7) in [(s.code, s.location.line) for s in slips if s.location]


def test_outline_slips_at_once() -> None:
    found, slips = outline("名称: 甲\n篇幅: 很长\n序号: [①]\n部分:\n  - 甲\n  - {类型: 天气}\n开头: [{取: }]\n")
    assert found is None
    assert {s.code for s in slips} >= {"missing-key", "bad-range", "not-a-choice", "not-keys"}
    assert outline("编号: a\n名称: 甲\n标题: 乙\n篇幅: 400-100\n")[1][0].code in ("bad-range", "missing-key")


# ── slips of one record against the others ────────────────────────────────────────────────────


def phrase(text: str = "{{ 陈述 }}甲。", slot: str = "形势.问题", **more: Any) -> Phrase:
    return Phrase("kt.1", (text,), slot, HERE, **more)


def codes(found: list[Slip]) -> list[str]:
    assert all(s.location == HERE and s.message and s.remedy for s in found)
    return [s.code for s in found]


def test_a_good_phrase_has_no_slips() -> None:
    good = phrase(topics=("消防",), situations=("出口堵锁",), needs=("问题.数量",), when="会议.听取 and not 风险表")
    assert records.check_phrase(good, SLOTS, TOPICS) == []
    assert records.check_phrase(phrase("{{ 依据句 }}", "开头.依据"), SLOTS, TOPICS) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (phrase(slot="形势.问提"), "unknown-slot"),
        (phrase(topics=("消访",)), "unknown-topic"),
        (phrase(situations=("出口",)), "unknown-situation"),
        (phrase("{{ 任务.主题 }}{{ 陈述 }}"), "name"),
        (phrase(when="会议.听"), "name"),
        (phrase(when="会议.听取 <"), "template"),
        (phrase(when="%}{% if"), "template"),
        (phrase(needs=("问题.数",)), "name"),
        (phrase("{{ 陈述"), "template"),
        (phrase("{{ 陈述 }}{{陈述}}"), "variable"),
        (phrase("{{ 陈述 | upper }}"), "template"),
        (phrase("{% for 甲 in 问题 %}{% endfor %}"), "template"),
    ],
)
def test_phrase_slips(bad: Phrase, code: str) -> None:
    assert codes(records.check_phrase(bad, SLOTS, TOPICS)) == [code]


def test_a_broken_phrase_tells_its_other_slips_too() -> None:
    found = codes(
        records.check_phrase(phrase("{{ 陈述", topics=("消访",), when="会议.听", needs=("甲",)), SLOTS, TOPICS)
    )
    assert sorted(found) == ["name", "name", "template", "unknown-topic"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  - '{{ 会议.名字 }}'", "name"),
        ("  - {取: 开头.依剧}", "unknown-slot"),
        ("  - {取: 形势.问题}", "wrong-item"),
        ("  - {当: 会议.听, 句: 甲}", "name"),
        ("  - {要点: '{{ 会议.名字 }}', 做: [甲]}", "name"),
        ("  - {每项: 任务, 做: [{取: 形势.问题}]}", "wrong-item"),
        ("  - {每项: 数据, 否则: ['{{ 任务.主题 }}']}", "name"),
        ("  - '{{ 会议.名称'", "template"),
    ],
)
def test_outline_is_checked_against_the_tables(line: str, code: str) -> None:
    found, slips = outline(f"编号: a\n名称: 甲\n标题: 讲话\n部分:\n  - {{类型: 形势, 小标题: 甲}}\n开头:\n{line}\n")
    assert slips == []
    assert found is not None
    told = records.check_outline(found, SLOTS)
    assert [(s.code, s.location.line if s.location else 0) for s in told] == [(code, 7)]


def test_outline_title_heading_and_salutation_are_checked() -> None:
    found, _ = outline(
        "编号: a\n名称: 甲\n标题: '{{ 甲 }}'\n称谓: '{{ 乙 }}'\n部分:\n  - {类型: 形势, 小标题: '{{ 丙 }}'}\n"
    )
    assert found is not None
    assert [s.message[:5] for s in records.check_outline(found, SLOTS)] == ["不认识「甲", "不认识「乙", "不认识「丙"]


def test_problems_slots_serve_cases() -> None:
    found, _ = outline(
        "编号: a\n名称: 甲\n标题: 乙\n部分:\n"
        "  - {类型: 形势, 小标题: 甲, 内容: [{每项: 案例, 做: [{取: 形势.问题}]}]}\n"
    )
    assert found is not None
    assert records.check_outline(found, SLOTS) == []


# ── whatever stands in a file ─────────────────────────────────────────────────────────────────

NODES = st.recursive(
    st.sampled_from(["", "甲", "{{ 陈述 }}", "2026-01-01", "是", "1-2", "任务", "一是"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *records.BANK_KEYS["语句"],
                    *records.OUTLINE_KEYS["开头"],
                    "标题",
                    "通用",
                    "词",
                    "情形",
                    "并有",
                    "类型",
                    "小标题",
                    "内容",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def _flow(node: Any) -> str:
    if isinstance(node, str):
        return f"'{node}'"
    if isinstance(node, list):
        return "[" + ", ".join(map(_flow, node)) + "]"
    return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in node.items()) + "}"


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*records.BANK_KEYS, *records.OUTLINE_KEYS]), NODES, min_size=1, max_size=5))
def test_any_tree_is_records_or_slips(root: dict[str, Any]) -> None:
    text = "\n".join(f"{key}: {_flow(value)}" for key, value in root.items()) + "\n"
    for keys in (records.BANK_KEYS, records.OUTLINE_KEYS):
        try:
            top, slips = read(text, keys)
        except SpeechgenError:
            continue
        found = records.read_bank(top) if keys is records.BANK_KEYS else records.read_outline(top)
        if isinstance(found, Bank):
            for one in found.phrases:
                records.check_phrase(one, SLOTS, TOPICS)
        elif found is not None:
            records.check_outline(found, SLOTS)
        assert all(slip.message and slip.location for slip in slips)
