"""The sentence language: what it says, where each character comes from, and all that it refuses."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import engine
from speechgen.engine import Missing, Piece, Traced, join, traced
from speechgen.errors import SpeechgenError
from speechgen.model import Location, Source

HERE = Location("语料.yaml", 7, 3)
PHRASE = Source("phrase", "kt.1", HERE)
OUTLINE = Source("outline", "jieri", Location("提纲.yaml", 2, 1))
NAME = Source("field", "会议.名称", Location("会议.yaml", 2, 9))


def tree(**more: Any) -> dict[str, Any]:
    return {
        "会议": {"名称": traced("全县安全会议", NAME), "地点": Missing("会议.地点", "会议地点")},
        "数据": {"方向": "下降", "评价": "向好", "差": traced("2起", Source("computed", "差"))},
        "任务": ({"主题": traced("燃气", NAME)},),
        **more,
    }


def refused(sentence: str) -> SpeechgenError:
    with pytest.raises(SpeechgenError) as caught:
        engine.render(sentence, tree(), PHRASE)
    assert all(slip.message and slip.location == HERE for slip in caught.value.slips)
    return caught.value


# ── what it says ──────────────────────────────────────────────────────────────────────────────


def test_a_field_keeps_its_source_inside_the_phrase() -> None:
    said = engine.render("今天召开{{ 会议.名称 }}。", tree(), PHRASE)
    assert said == "今天召开全县安全会议。"
    assert [(p.text, p.source, p.via) for p in said.pieces] == [
        ("今天召开", PHRASE, ()),
        ("全县安全会议", NAME, (PHRASE,)),
        ("。", PHRASE, ()),
    ]


def test_provenance_survives_nesting() -> None:
    point = traced("126人工资付清", Source("field", "任务", Location("会议.yaml", 20, 5)))
    landing = engine.render("{{ 内容 }}。", {"内容": point}, Source("computed", "落点"))
    move = engine.render("拖不得。{{ 落点 }}", {"落点": landing}, PHRASE)
    whole = engine.within(move, OUTLINE)
    assert whole == "拖不得。126人工资付清。"
    field = next(p for p in whole.pieces if p.source.origin == "field")
    assert field.text == "126人工资付清"
    assert [v.name for v in field.via] == ["jieri", "kt.1", "落点"]
    assert [s.source.origin for s in engine.spans(whole)] == ["phrase", "field", "computed"]


def test_conditions_choose() -> None:
    sentence = "{% if 数据 is 下降 and not 会议.地点 %}下降{{ 数据.差 }}{% elif 会议.地点 %}甲{% else %}乙{% endif %}"
    assert engine.render(sentence, tree(), PHRASE) == "下降2起"
    assert engine.render('{{ "甲" if 会议.地点 else "乙" }}', tree(), PHRASE) == "乙"
    assert engine.holds('会议.名称 == "全县安全会议" and 数据 is 向好', tree())
    assert not engine.holds("会议.地点", tree())
    assert not engine.holds("会议.名称 is 上升", tree())


@pytest.mark.parametrize(
    ("counted", "by"),
    [("4家", "论家"), ("126名", "论人"), ("9位", "论人"), ("两处", "论处"), ("3个", "论处"), ("9件", "论件"), ("三批", "论件"),
     ("7户", "论户")],
)  # fmt: skip
def test_a_quantity_is_told_by_what_it_counts(counted: str, by: str) -> None:
    facts = {"问题": {"数量": traced(counted, Source("field", "问题")), "单位": Missing("问题", "单位")}}
    assert [kind for kind in ("论人", "论户", "论家", "论处", "论件") if engine.holds(f"问题.数量 is {kind}", facts)] == [by]
    assert not engine.holds(f"问题.单位 is {by}", facts)


def test_a_missing_fact_prints_its_blank_and_is_false() -> None:
    blank = Missing("会议.地点", "会议地点", HERE)
    assert not blank
    said = engine.render("在{{ 会议.地点 }}召开", tree(会议={"地点": blank}), PHRASE)
    assert said == "在【待补充：会议地点】召开"
    assert said.pieces[1].source == Source("blank", "会议.地点", HERE)
    assert Missing("会议.地点") == "【待补充：会议.地点】"


def test_the_list_filter_joins_words_and_leaves_joined_ones() -> None:
    words = (traced("燃气", NAME), traced("欠薪", NAME))
    said = engine.render("{{ 表 | 列 }}", {"表": words}, PHRASE)
    assert said == "燃气、欠薪"
    assert [p.source.origin for p in said.pieces] == ["field", "computed", "field"]
    assert engine.render("{{ 会议.名称 | 列 }}", tree(), PHRASE) == "全县安全会议"


def test_unknown_names_and_whole_branches_are_refused() -> None:
    for sentence in ("{{ 会场 }}", "{{ 会议.会场 }}", "{{ 会议.名称.长度 }}", "{% if 会场 %}甲{% endif %}"):
        assert "不认识" in refused(sentence).slips[0].message
    for sentence in ("{{ 会议 }}", "{{ 任务 }}", "{{ 任务 | 列 }}", "{{ true }}", "{{ 数据 is 下降 }}"):
        refused(sentence)
    with pytest.raises(SpeechgenError):
        engine.holds("会场", tree())


def test_plain_sentences_are_never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(engine, "parse", never)
    assert engine.render("同志们，{一}起干 100%。", tree(), PHRASE).pieces == (
        Piece("同志们，{一}起干 100%。", PHRASE),
    )
    assert engine.names("同志们") == ()
    assert engine.slips("同志们", HERE, ()) == []


# ── what it refuses ───────────────────────────────────────────────────────────────────────────

OUTSIDE = (
    "{{ 会议.__class__ }}",
    "{{ 会议['_x'] }}",
    "{{ _x }}",
    "{{ 会议[0] }}",
    "{{ 会议[会议] }}",
    "{{ 任务[0:1] }}",
    "{{ 会议() }}",
    "{{ 会议.名称.upper() }}",
    "{{ range(9) }}",
    "{{ 会议.名称 ~ '。' }}",
    "{{ 1 + 1 }}",
    "{{ -1 }}",
    "{{ 2 ** 9 }}",
    "{{ 9 * '好' }}",
    "{{ 会议.名称 | upper }}",
    "{{ 任务 | 列('、') }}",
    "{{ 任务 | map('upper') }}",
    "{{ 1 < 2 }}",
    "{{ 1 >= 2 }}",
    "{{ 会议 in 任务 }}",
    "{{ 会议 is defined }}",
    "{{ [1] }}",
    "{{ {'甲': 1} }}",
    "{{ (1, 2) }}",
    "{{ 1.5 }}",
    "{{ none }}",
    "{{ self }}",
    "{{ loop }}",
    "{{ '甲' if 会议 }}",
    "{% for 项 in 任务 %}{{ 项 }}{% endfor %}",
    "{% set 甲 = 1 %}{{ 甲 }}",
    "{% macro 甲() %}{% endmacro %}",
    "{% include '甲' %}",
    "{% import '甲' as 乙 %}",
    "{% extends '甲' %}",
    "{% block 甲 %}{% endblock %}",
    "{% call 会议() %}{% endcall %}",
    "{% filter 列 %}甲{% endfilter %}",
    "{% raw %}{{ 甲 }}{% endraw %}",
    "{% with %}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{# 注 #}{{ 会议.名称 }}",
    "{{",
    "{{ }}",
    "{{ 会议. }}",
    "{% if %}甲{% endif %}",
    "{% if 会议 %}甲",
    "{{ 会议.名称 }",
    "{{ 会议.名称 %}",
    "{{ 甲" + "甲" * engine.MAX_SENTENCE + " }}",
)


@pytest.mark.parametrize("sentence", OUTSIDE)
def test_the_guard_refuses_what_is_outside_the_language(sentence: str) -> None:
    refused(sentence)
    assert engine.slips(sentence, HERE), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "{{ " + "(" * 900 + "会议" + ")" * 900 + " }}",
        "{% if " + "not " * 400 + "会议 %}甲{% endif %}",
        "{% if " + "会议 and " * 200 + "会议 %}甲{% endif %}",
        "{% if 会议 %}" * 70 + "{% endif %}" * 70,
        "{{ 会议" + ".甲" * 600 + " }}",
    ],
)
def test_deep_nesting_is_a_slip(sentence: str) -> None:
    assert "太深" in refused(sentence).slips[0].message


PARTS = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        " ",
        "会议",
        ".",
        "名称",
        "地点",
        "数据",
        "任务",
        "if ",
        "elif ",
        "else",
        "endif",
        "not ",
        "and ",
        "or ",
        "is ",
        "下降",
        "==",
        "!=",
        "'甲'",
        '"乙"',
        "(",
        ")",
        "[",
        "]",
        "|",
        "列",
        "~",
        "+",
        "-",
        "1",
        "0x",
        "_",
        "set ",
        "for ",
        "in ",
        "raw",
        "\n",
        "#}",
        "{#",
        "。",
        "\\",
        "ﬁ",
        "豈",
        "\x00",
        "1e9",
        "%",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS, max_size=14).map("".join) | st.text(max_size=30).map(lambda t: "{{" + t + "}}"))
def test_any_text_renders_or_is_refused(sentence: str) -> None:
    engine.slips(sentence, HERE, ["会议.名称"])
    engine.condition_slips(sentence, HERE, ["会议.名称"])
    try:
        said = engine.render(sentence, tree(), PHRASE)
    except SpeechgenError:
        return
    values = ("全县安全会议", "【待补充：会议地点】", "2起")
    longest = sum(sentence.count("{{") * len(value) for value in values)
    assert len(said) <= len(sentence) + longest
    assert "".join(p.text for p in said.pieces) == said


@settings(deadline=None)
@given(st.lists(st.text("甲乙丙", max_size=40), min_size=1, max_size=8))
def test_output_is_no_longer_than_template_and_values(values: list[str]) -> None:
    facts = {f"值{n}": traced(value, NAME) for n, value in enumerate(values)}
    sentence = "，".join(f"{{% if 值{n} %}}{{{{ 值{n} }}}}{{% endif %}}" for n in range(len(values)))
    assert len(engine.render(sentence, facts, PHRASE)) <= len(sentence) + sum(map(len, values))


# ── slips ─────────────────────────────────────────────────────────────────────────────────────


def test_slips_name_the_unknown_name_and_the_nearest() -> None:
    found = engine.slips("{{ 会议.名字 }}与{{ 部门.信访 }}", HERE, ["会议.名称", "部门.*"])
    assert [(s.code, s.location) for s in found] == [("name", HERE)]
    assert "会议.名字" in found[0].message
    assert found[0].remedy == "是不是「会议.名称」？"
    assert "语料写法" in engine.slips("{{ 甲乙丙丁 }}", HERE, ["会议.名称"])[0].remedy


@pytest.mark.parametrize("sentence", ["会议.名称 }}", "｛｛会议.名称｝｝", "甲%}", "{# 注", "注 #}"])
def test_stray_marks_are_told_of(sentence: str) -> None:
    assert engine.slips(sentence, HERE)[0].code == "template"


def test_condition_slips_show_what_was_typed() -> None:
    assert engine.condition_slips("会议.名称 and 数据 is 下降", HERE, ["会议.名称", "数据"]) == []
    (slip,) = engine.condition_slips("会议.名子", HERE, ["会议.名称"])
    assert slip.message == "不认识「会议.名子」：会议.名子"
    for condition in ("会议.名称 <", "a %}甲{% if b", "{{ 会议.名称 }}", "会议.名称 > 3", "会议.名称()"):
        (slip,) = engine.condition_slips(condition, HERE, ["会议.名称", "a", "b"])
        assert slip.location == HERE
        assert slip.message.endswith(condition)  # nothing but what was typed
    with pytest.raises(SpeechgenError):
        engine.holds("a %}甲{% if b", {"a": 1, "b": 1})


# ── traced text ───────────────────────────────────────────────────────────────────────────────

SOURCES = st.sampled_from([NAME, PHRASE, OUTLINE])
TRACED = st.lists(st.builds(Piece, st.text("甲乙𠀀a", max_size=4), SOURCES), max_size=6).map(Traced)


@given(TRACED)
def test_spans_cover_the_text_exactly(text: Traced) -> None:
    spans = engine.spans(text)
    assert [s.start for s in spans] + [len(text)] == [0] + [s.end for s in spans]
    assert "".join(text[s.start : s.end] for s in spans) == engine.plain(text)
    assert all((a.source, a.via) != (b.source, b.via) for a, b in pairwise(spans))
    by_character = [piece.source for piece in text.pieces for _ in piece.text]
    assert [s.source for s in spans for _ in range(s.end - s.start)] == by_character


@given(TRACED, st.integers(0, 30), st.integers(0, 30) | st.none())
def test_cut_keeps_each_character_with_its_source(text: Traced, start: int, end: int | None) -> None:
    part = engine.cut(text, start, end)
    assert part == engine.plain(text)[start:end]
    whole = [piece.source for piece in text.pieces for _ in piece.text]
    assert [piece.source for piece in part.pieces for _ in piece.text] == whole[start:end]


@given(st.lists(TRACED, max_size=4))
def test_join_is_the_texts_with_the_mark_between(texts: list[Traced]) -> None:
    assert join(texts, "、", NAME) == "、".join(engine.plain(t) for t in texts)
    assert join(["甲", *texts]).pieces[0].source.origin == "computed"


def test_within_begins_every_chain() -> None:
    assert [p.via for p in engine.within(traced("甲", NAME), OUTLINE, PHRASE).pieces] == [(OUTLINE, PHRASE)]
    assert type(engine.plain(traced("甲", NAME))) is str
