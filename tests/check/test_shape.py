"""What the lines of speeches typed by others are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.check.shape import FORMS, Line, marker_of, number_value, shape
from speechgen.model import Block, BlockKind


def lines(text: str) -> tuple[Line, ...]:
    return shape([Block("paragraph", line) for line in text.split("\n")])


def kinds(text: str) -> list[str]:
    return [line.kind for line in lines(text)]


def kind_of(text: str, words: str) -> str:
    return next(line.kind for line in lines(text) if words in line.text)


# ── the head of a speech ──────────────────────────────────────────────────────────────────────


def test_a_title_over_two_lines_with_byline_date_and_salutation() -> None:
    text = "在全县安全生产工作暨\n信访稳定工作会议上的讲话\n县委副书记、县长  陈志远\n（2026年12月24日）\n\n同志们：\n今天开会，是要过好年。"
    assert kinds(text) == ["title", "title", "byline", "date", "salutation", "paragraph"]


def test_a_title_whose_last_words_are_spaced_out() -> None:
    text = "在全县防火工作会议上的\n讲　话\n县委书记  郑怀民\n同志们：\n今天开会。"
    assert kinds(text) == ["title", "title", "byline", "salutation", "paragraph"]


@pytest.mark.parametrize(
    "date",
    ["（2026年12月24日）", "(2026年12月24日)", "2026年12月24日", "2026 年 12 月 24 日", "二〇二六年十二月二十四日",
     "（２０２６年１２月２４日）", "（20XX年X月X日）", "二○二六年一月三日"],
)  # fmt: skip
def test_a_date_under_the_title(date: str) -> None:
    assert kinds(f"在全县工作会议上的讲话\n{date}\n陈志远\n同志们：\n今天开会。")[1] == "date"


@pytest.mark.parametrize(
    "salutation",
    ["同志们：", "同志们:", "各位代表、同志们：", "尊敬的各位领导、各位来宾，女士们、先生们：", "父老乡亲们，同志们：",
     "各位领导，同志们，大家上午好！", "全体干部职工：", "老师们、同学们：", "各位村支书、各位同志：", "员工同志们：", "同志们！",
     "女士们、先生们，朋友们："],
)  # fmt: skip
def test_a_salutation(salutation: str) -> None:
    assert kinds(f"在全县工作会议上的讲话\n\n　　{salutation}\n今天开会，讲三件事。") == ["title", "salutation", "paragraph"]


@pytest.mark.parametrize("line", ["一、加强领导：", "1.各位代表：", "加强组织领导，压实责任。", "大家要做好三件事。"])
def test_no_salutation(line: str) -> None:
    assert kind_of(f"在全县工作会议上的讲话\n{line}\n今天开会，讲三件事。", line) != "salutation"


def test_a_speaker_named_as_such_is_no_title() -> None:
    assert kinds("在全县工作会议上的讲话\n讲话人：陈志远\n同志们：\n今天开会。")[1] == "byline"


def test_a_town_speech_without_title() -> None:
    text = "乡亲们：\n快过年了，就说一件事，平安。\n一要看好自己的门。二要管好自己的人。\n祝大家新年好！"
    assert kinds(text) == ["salutation", "paragraph", "paragraph", "paragraph"]


def test_a_text_that_simply_begins() -> None:
    assert kinds("今天开会，讲三件事。\n第一件事是防火。") == ["paragraph", "paragraph"]


def test_page_chrome_above_is_no_title() -> None:
    text = (
        "当前位置：首页 > 领导讲话 > 正文\n发布时间：2026-11-21 来源：本站 【字号 大 中 小】\n"
        "在全市森林防火工作会议上的讲话\n市长  李明\n(2026年11月20日)\n同志们:\n这次会议很要紧。"
    )
    assert kinds(text) == ["paragraph", "paragraph", "title", "byline", "date", "salutation", "paragraph"]


def test_what_styles_say_goes_before_the_words() -> None:
    blocks = [Block("title", "在防火会上"), Block("paragraph", "（2026年12月24日）"), Block("paragraph", "同志们："),
              Block("heading", "看清形势", level=1), Block("paragraph", "今天开会，讲讲部署。")]  # fmt: skip
    assert [line.kind for line in shape(blocks)] == ["title", "date", "salutation", "heading", "paragraph"]


# ── headings and lead sentences ───────────────────────────────────────────────────────────────

HEAD = "在全县工作会议上的讲话\n同志们：\n今天开会，讲三件事。\n"


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、看清形势，增强责任感", 1), ("（一）把隐患查到底", 2), ("(二)把责任压到人", 2), ("1.抓重点", 3), ("2、重点工程", 3),
     ("（1）抓重点", 4), ("　　三、压实责任。", 1), ("１．抓重点", 3)],
)  # fmt: skip
def test_a_heading(line: str, level: int) -> None:
    found = lines(HEAD + line + "\n全县上下要动起来，一处一处地查。")[3]
    assert (found.kind, found.level, found.lead) == ("heading", level, 0)


def test_a_lead_sentence_runs_into_its_paragraph() -> None:
    found = lines(HEAD + "（一）成绩来之不易。今年以来，全县上下共同努力，形势总体平稳。")[3]
    assert (found.kind, found.level) == ("paragraph", 2)
    assert found.text[: found.lead] == "（一）成绩来之不易。"


@pytest.mark.parametrize(
    "line",
    ["1.对重大隐患，要挂牌督办，查不清不放过；", "（1）各乡镇要抓好落实，压实责任；",
     "2.要加强领导，各级党委政府要把这项工作摆上重要位置，主要领导亲自抓，分管领导具体抓，层层传导压力，逐级压实责任，形成齐抓共管的局面。",
     "3.5亿元投资已经到位", "1.2公里", "12.24事故"],
)  # fmt: skip
def test_a_numbered_paragraph_is_no_heading(line: str) -> None:
    found = lines(HEAD + line)[3]
    assert (found.kind, found.lead) == ("paragraph", 0)


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [("十二、收尾", "一、", 12), ("（二十）收尾", "（一）", 20), ("１２、收尾", "1.", 12), ("⑫收尾", "①", 12),
     ("第三，收尾", "第一，", 3), ("\u3000\u3000五、收尾", "一、", 5), ("\xa0（3）收尾", "（1）", 3)],
)  # fmt: skip
def test_a_marker_tells_form_and_number(text: str, form: str, number: int) -> None:
    found = marker_of(text)
    assert found is not None and (found.form, found.number) == (form, number)
    assert text[found.end :] == "收尾"


@pytest.mark.parametrize("text", ["一是收尾", "第一时间", "1.5亿元", "2026年", "（2026年12月24日）", "收尾", ""])
def test_no_marker(text: str) -> None:
    assert marker_of(text) is None


@given(st.integers(1, 99))
def test_a_number_means_the_same_in_every_writing(number: int) -> None:
    tens, ones = divmod(number, 10)
    han = ("" if not tens else "十" if tens == 1 else "零一二三四五六七八九"[tens] + "十") + ("零一二三四五六七八九"[ones] if ones else "")
    full = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert {number_value(han), number_value(str(number)), number_value(full)} == {number}


TYPED = st.text(st.sampled_from([*"一二三十0１9、.．（）()，。：；\n \u3000\xa0①⑳第是讲话同志们年月日领导安全>", "\U00020bb7", "\ud800"]), max_size=80)
KINDS: list[BlockKind] = ["title", "byline", "date", "salutation", "heading", "paragraph"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), TYPED).map(lambda of: Block(*of)), max_size=12))
def test_every_block_with_text_is_one_line_where_it_stands(blocks: list[Block]) -> None:
    text = "\n".join(block.text for block in blocks)
    found = shape(blocks)
    assert [line.block for line in found] == [n for n, block in enumerate(blocks) if block.text.strip()]
    for line in found:
        assert text[line.start : line.end] == line.text == blocks[line.block].text
        assert 0 <= line.lead <= len(line.text) and 0 <= line.level <= 4
        assert line.marker is None or line.marker.form in FORMS
