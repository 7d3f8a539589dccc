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


@pytest.mark.parametrize("first", ["要把各项措施落到实", "会后要当天部署、当天落", "值班要到岗到位，信息报送要及"])
def test_a_line_that_parts_a_word_is_broken_whatever_its_width(first: str) -> None:
    assert hits(
        "断行", f"{first}\n{'处' if first.endswith('实') else '实' if first.endswith('落') else '时'}。再抓整改。"
    )


def test_a_short_paragraph_under_a_heading_is_no_remnant() -> None:
    assert hits("断行", "二、强化督查问责\n要严肃。\n三、强化应急值守\n要在岗。") == []
    assert hits("断行", "督查问责\n要严肃。") == []


@pytest.mark.parametrize(
    "said", ["要要", "就就", "对对", "把把", "都都", "也也", "有有", "是是", "在在", "和和", "们们"]
)
def test_a_word_of_one_character_is_not_said_twice(said: str) -> None:
    assert excerpts("叠字", f"大家{said}这些事放在心上。") == [said]


@pytest.mark.parametrize(
    "said",
    ["重要要求", "主要要素", "成就就在眼前", "现在在岗", "所有有关单位", "面对对手", "首都都市圈", "作为为民窗口"],
)
def test_neighbours_across_words_are_no_slip(said: str) -> None:
    assert hits("叠字", f"我们说的是{said}。") == []


def test_a_sentence_said_again_with_a_change_is_told_where_it_comes_back() -> None:
    first, again = "群众的事再小也是大事，一定要放在心上。", "群众的事再小也是大事，必须要放在心上。"
    assert excerpts("近似句", f"{first}\n要多走访。\n{again}") == [again]
    assert hits("近似句", "城东有隐患12处，由县住建局负责整改。\n城西有隐患15处，由县住建局负责整改。") == []


def test_the_same_paragraph_but_for_its_stop_is_the_same() -> None:
    said = "会议的主要任务是部署岁末年初的安全稳定工作"
    assert excerpts("段重复", f"同志们：\n{said}\n{said}。") == [f"{said}。"]


def test_three_measures_in_a_row_are_hollow_but_not_three_systems() -> None:
    assert excerpts("同尾", "要有认识的高度、谋划的深度、推进的速度。") == ["要有认识的高度、谋划的深度、推进的速度"]
    assert hits("同尾", "健全值班制度、报告制度、会商制度。") == []
    assert hits("同尾", "调动积极性、主动性、创造性。") == []


def test_figures_of_a_report_to_the_congress_are_not_told() -> None:
    said = "全年检查企业320家，发现隐患1260处，整改1180处，立案56起，罚款230万元，停产12家，约谈18人。"
    assert hits("数字堆", said, None, 除外文种=("各位代表",))
    assert hits("数字堆", f"各位代表：\n{said}", None, 除外文种=("各位代表",)) == []
