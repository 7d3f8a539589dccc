"""计数: what examples of rules cannot show – which set a number counts, spots, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check.counting import CHECKS
from speechgen.check.document import Document
from speechgen.check.numbering import han, written
from speechgen.check.rule import Hit, Rule
from speechgen.model import Block, Draft, Location

RULE = Rule("xh-00", "计数", "计数", "error", "", Location("规则"))


def found(text: str) -> list[tuple[str, Hit]]:
    document = Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))
    return [(name, hit) for name, check in CHECKS.items() for hit in check.find(document, RULE)]


def spots(text: str) -> dict[str, str]:
    return {name: text[hit.start : hit.end] for name, hit in found(text)}


SPEECH = """同志们：
今天把大家请来，主要是安排节前工作。下面，我讲{}点意见。
一、认清形势
要看到以下两个变化：一是人多了；二是车多了。
二、抓好落实
重点抓好三项工作。
（一）抓防火
一是管住火源。二是备足力量。
（二）抓交通
（三）抓值守
三、加强领导
要做到两个到位：责任到位、督查到位。
以上{}点意见，请大家抓好落实。"""


def test_a_speech_whose_numbers_are_right() -> None:
    assert spots(SPEECH.format("三", "三")) == {}


def test_a_campaign_counts_like_a_task() -> None:
    text = "抓好三项整治。一是整治占道经营，让路通畅；二是整治乱搭乱建，楼顶不留。"
    assert spots(text) == {"分条": "三项整治"}
    assert spots(text.replace("三项", "两项")) == {}


def test_the_opening_is_held_against_the_parts() -> None:
    ((name, hit),) = found(SPEECH.format("四", "三"))
    assert name == "开场点数"
    assert dict(hit.values) == {"词": "四点意见", "数": "4", "实": "3", "项": "一、二、三"}


def test_the_end_is_held_against_the_parts() -> None:
    assert spots(SPEECH.format("三", "五")) == {"回指": "以上五点意见"}


def test_a_number_counts_the_set_one_level_below() -> None:
    text = SPEECH.format("三", "三").replace("三项工作", "五项工作")
    assert spots(text) == {"分条": "五项工作"}


def test_the_message_names_both_numbers_and_the_items() -> None:
    ((_, hit),) = found("要抓好以下六个方面：一是甲；二是乙；三是丙；四是丁；五是戊。")
    assert dict(hit.values) == {"词": "以下六个方面", "数": "6", "实": "5", "项": "一是…五是"}


@pytest.mark.parametrize(
    "text",
    [
        "去年办了十件实事。今年，一是抓就业；二是抓教育。",
        "全市十方面民生实事圆满完成。\n（一）就业稳中向好\n（二）教育更加均衡",
        "四个意识要增强。一是抓学习；二是抓落实。",
        "全县三个乡镇受灾。一是城关；二是东关。",
        "这三项工作，一是要快；二是要好。",
        "按照前两个阶段的做法，一是摸底；二是整改；三是销号。",
        "围绕两个目标，抓好三项工作：一是甲；二是乙；三是丙。",
        "要抓好若干工作：一是甲；二是乙。",
        "要把好关口（准入、检查），落实三个环节。",
        "推进十多项工作：一是甲；二是乙。",
        "严格“四不两直”（不发通知、不打招呼、不听汇报）。",
    ],
)
def test_uncertain_numbers_are_left_alone(text: str) -> None:
    assert spots(text) == {}


def test_a_set_in_paragraphs_counts_too() -> None:
    text = "主要存在四个问题：\n一是认识不够。\n有的单位不重视。\n二是措施不实。\n三是督查不力。"
    assert spots(text) == {"分条": "四个问题"}


def test_items_of_a_slogan_may_be_sentences() -> None:
    assert spots("要做到三个坚持：坚持标准。坚持力度。坚持尺度。") == {}
    assert spots("要做到三个坚持：坚持标准、坚持力度。") == {"重复的词": "三个坚持"}


@given(st.integers(2, 12), st.integers(2, 12), st.sampled_from(["是", "要", "第", "①"]), st.booleans())
def test_a_number_is_found_exactly_when_it_is_wrong(said: int, there: int, form: str, lines: bool) -> None:
    comma = "，" if form == "第" else ""
    items = [f"{written(form, n)}{comma}抓好落实。" for n in range(1, there + 1)]
    text = (
        f"要做好以下{'两' if said == 2 else han(said)}个方面："
        + ("\n" if lines else "")
        + ("\n" if lines else "").join(items)
    )
    assert bool(spots(text)) == (said != there)


PIECES = st.sampled_from(
    ["三个方面", "四个到位", "责任到位", "（", "）", "“", "”", "：", "、", "即", "一是", "二是", "。", "\n", "以上三点", "下面我讲三点意见", "\n一、",
     "\n——", "两个", "三", "个", "坚持", "等", "和", "甲乙", "两个维护", "4个环节", "，"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_hits_lie_inside_the_text(text: str) -> None:
    for name, hit in found(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert set(hit.values) <= set(CHECKS[name].values)


@pytest.mark.parametrize(
    "piece",
    [
        "三个",
        "三个到位：到位、",
        "甲乙、",
        "一是甲；二是乙。以上三点。",
        "三个方面：",
        "四个方面。\n——甲\n",
        "两项重点",
    ],
)
def test_long_odd_texts_take_no_longer_than_others(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    found(text)
    assert time.process_time() - start < 6
