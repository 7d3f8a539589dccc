"""句段: what the examples of the rules cannot show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check.document import Document, Grounds
from speechgen.check.prose import CHECKS
from speechgen.check.rule import Hit, Rule
from speechgen.model import Block, Draft, Location, Wording


def document(text: str, grounds: Grounds | None = None) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))), grounds)


def hits(look: str, text: str, grounds: Grounds | None = None, **options: tuple[str, ...]) -> list[Hit]:
    rule = Rule(
        "xx-01", "试", "句段", "warning", "试", Location("试"), look, options={"词": ("进一步", "此外"), **options}
    )
    return list(CHECKS[look].find(document(text, grounds), rule))


def excerpts(look: str, text: str, **options: tuple[str, ...]) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(look, text, None, **options)]


def test_titles_and_quotations_cost_no_breath() -> None:
    long_title = "《" + "关于进一步加强" * 8 + "工作的通知》"
    assert hits("长分句", f"要认真贯彻落实{long_title}精神。", 上限=("45",)) == []
    assert hits("长分句", "要认真贯彻落实" + "关于进一步加强" * 8 + "精神。", 上限=("45",))


def test_a_sentence_in_parts_with_semicolons_is_no_long_sentence() -> None:
    part = "要把各项安全防范措施落实到每个岗位，把责任压实到每个人"
    assert hits("长句", "；".join([part] * 8) + "。", 上限=("120",)) == []
    assert hits("长句", "，".join([part] * 8) + "。", 上限=("120",))


def test_a_repeated_paragraph_is_not_told_again_sentence_by_sentence() -> None:
    paragraph = "各乡镇、各部门要把责任落实到人，把措施落实到位，把隐患消除在萌芽状态。"
    text = f"{paragraph}\n值班要到岗。\n{paragraph}"
    assert len(hits("段重复", text)) == 1
    assert hits("句重复", text) == []


def test_a_wording_may_be_quoted_twice() -> None:
    said = "坚持人民至上、生命至上的重要要求不动摇"
    twice = "开头这样说，" + said.replace("、", "") + "，今年如此。后来又说，" + said.replace("、", "") + "，明年如此。"
    assert hits("分句重复", twice)
    wording = Wording("a", said.replace("、", ""), "某文件", Location("x"))
    assert hits("分句重复", twice, Grounds(wordings=(wording,))) == []


@pytest.mark.parametrize("said", ["约50人左右", "超过300人以上", "近200余家", "不低于95%以上", "大约三十个左右"])
def test_a_figure_is_rough_once(said: str) -> None:
    assert excerpts("概数矛盾", f"全县{said}参加。") == [said]


@pytest.mark.parametrize("said", ["近10多年来", "节约30余万元", "超过300人", "95%以上", "公约20多条", "合约300余份"])
def test_what_is_rough_once_is_left_alone(said: str) -> None:
    assert excerpts("概数矛盾", f"全县{said}，情况很好。") == []


def test_headings_restart_with_each_part() -> None:
    text = "一、压实责任\n（一）抓排查\n要查。\n（二）抓整改\n要改。\n二、严格督查\n（一）抓考核\n要考。\n（二）抓整改\n要改。"
    assert excerpts("标题重复", text) == ["（二）抓整改"]


@pytest.mark.parametrize("text", ["高高兴兴、家家户户、天天", "一个一个查，一件一件改", "二〇二〇年", "哈哈哈哈"])
def test_reduplication_is_no_slip(text: str) -> None:
    assert hits("叠词", text) == []


def test_an_indented_line_begins_a_paragraph() -> None:
    first = "当前正值岁末年初，各类风险隐患交织叠加，我们务必要"
    assert excerpts("断行", f"{first}\n保持清醒头脑，抓好落实。") == ["我们务必要"]
    assert hits("断行", f"{first}\n　　保持清醒头脑，抓好落实。") == []


def test_endless_text_takes_no_time() -> None:
    for word in ("要", "的", "约", "“", "防止", "、要", "1", "要\n"):
        for look in CHECKS:
            hits(look, word * 10_000)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="要抓好安全第一二三约近超过以上左右防止不发生通过使的了各位同志们，。、；：？！\n　一（）50人进步此外",
        max_size=80,
    )
)
def test_any_text_gives_hits_inside_it(text: str) -> None:
    for look, check in CHECKS.items():
        for hit in hits(look, text):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) <= set(check.values)
