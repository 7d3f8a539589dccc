"""序号: what examples of rules cannot show – nesting, spots, and that no text is too odd."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check.document import Document
from speechgen.check.numbering import CHECKS, han, series_of, written
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import number_value
from speechgen.model import Block, Draft, Location

RULE = Rule("xh-00", "序号", "序号", "error", "", Location("规则"))


def document_of(text: str) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))


def hits(text: str) -> dict[str, list[str]]:
    """What each check finds in a text, those that find nothing left out."""
    document = document_of(text)
    found = {name: list(check.find(document, RULE)) for name, check in CHECKS.items()}
    return {name: [text[hit.start : hit.end] for hit in some] for name, some in found.items() if some}


def first_hit(name: str, text: str) -> Hit:
    return next(iter(CHECKS[name].find(document_of(text), RULE)))


def groups(text: str) -> list[list[str]]:
    return [[mark.written for mark in series.marks] for series in series_of(document_of(text))]


NESTED = """一、认清形势
（一）成绩要看到
一是事故少了。二是隐患清了。
（二）问题要看清
1.认识有差距
2.措施有漏洞
二、抓好落实
（一）抓排查
一是查企业。
二是查学校。第一，查门卫；第二，查食堂。
三是查车站。
（二）抓整改
三、加强领导"""


def test_marks_are_sorted_by_form_and_heading() -> None:
    assert groups(NESTED) == [
        ["一、", "二、", "三、"],
        ["（一）", "（二）"],
        ["一是", "二是"],
        ["1.", "2."],
        ["（一）", "（二）"],
        ["一是", "二是", "三是"],
        ["第一", "第二"],
    ]


def test_a_rightly_nested_speech_has_no_findings() -> None:
    assert hits(NESTED) == {}


def test_second_level_may_run_on_through_all_parts() -> None:
    text = "一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅\n（四）卯\n三、丙\n（五）辰\n（六）巳"
    assert hits(text) == {}
    assert hits(text.replace("（五）", "（六）").replace("（六）巳", "（七）巳")) != {}


def test_a_higher_level_may_carry_arabic_numbers() -> None:
    assert hits("1.甲\n（一）子\n（二）丑\n2.乙\n（一）寅\n（二）卯") == {}


def test_one_slip_is_told_once() -> None:
    text = "\n".join(f"{number}是抓好这项工作。" for number in "一二三五六七")
    assert hits(text) == {"跳号": ["五是"]}


def test_the_missing_numbers_are_named() -> None:
    hit = first_hit("跳号", "一、甲\n二、乙\n五、丙")
    assert dict(hit.values) == {"前": "二", "缺": "「三」、「四」", "号": "五"}


def test_a_number_written_another_way_is_not_missing() -> None:
    assert "跳号" not in hits("一是抓排查，这里面二是抓整改也很重要。三是抓执法。")


def test_a_mixture_is_told_with_what_the_set_needs() -> None:
    hit = first_hit("混用", "第一，要统一思想。二是要落实责任。第三，要严格督查。")
    assert (hit.values["号"], hit.values["改"]) == ("二是", "第二")


@pytest.mark.parametrize(
    "text",
    [
        "第一时间报告，第一责任人到场，第一书记带头。",
        "按照统一要求，一要素一清单。",
        "一是一、二是二，不能含糊。",
        "首先要讲政治，再次重申纪律。",
        "一、二、三产业融合发展。",
        "5.5%左右的目标已经完成。\n3、4月份再看一次。",
        "总书记强调，“二要抓落实”。",
        "依照第二十六条第（三）项处理。",
        "产量居全国第二，质量居第五。",
    ],
)
def test_what_only_looks_like_a_sequence(text: str) -> None:
    assert hits(text) == {}


LONG = "各单位要把排查整改抓到底，问题不解决不放手。\n" * 40


def test_a_long_text_needs_an_end() -> None:
    assert hits(LONG + "同志们，让我们共同努力，把工作做好！") == {}
    assert hits(LONG + "各部门要按照分工，认真抓好落实，")["没有结尾"] == ["各部门要按照分工，认真抓好落实，"]
    assert "没有结尾" in hits("一、甲\n" + LONG + "二、加强组织领导")
    assert "没有结尾" in hits("一、甲\n" + LONG + "二、抓督查。各单位要跟上去，一抓到底。")


def test_lines_after_the_speech_are_not_its_end() -> None:
    assert hits(LONG + "谢谢大家！\n来源：某某网\n2026年12月1日\n上一篇 下一篇") == {}


def test_a_short_text_may_stop_anywhere() -> None:
    assert hits("各部门要按照分工，认真抓好落实，") == {}


WHOLE = """在全县防火会议上的讲话
同志们：
秋收已过，防火不能松。下面，我讲两点意见。
一、看清形势
当前风大物燥。
二、落实责任
一是盯住山头。护林员要上岗。
二是盯住坟头。各村要登记造册。"""


def test_a_short_speech_that_is_whole_needs_an_end() -> None:
    def ends(text: str) -> list[str]:
        title, salutation, *lines = text.split("\n")
        head = (Block("title", title), Block("salutation", salutation))
        document = Document(Draft((*head, *(Block("paragraph", line) for line in lines))))
        return [text[hit.start : hit.end] for hit in CHECKS["没有结尾"].find(document, RULE)]

    assert ends(WHOLE) == ["各村要登记造册。"]
    assert ends(WHOLE + "\n防火工作人人有责，请大家抓好落实。") == []
    assert ends(WHOLE + "我就讲这些。") == []


@pytest.mark.parametrize("form", ["一、", "（一）", "1.", "（1）", "①", "第", "其", "是", "要", "部分"])
def test_a_number_is_written_as_it_is_read(form: str) -> None:
    for number in range(1, 7):
        digits = written(form, number).strip("、（）.第其是要部分")
        assert number_value(digits) == number


def test_han_numbers() -> None:
    assert [han(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]


PIECES = st.sampled_from(
    ["一是", "二是", "三是", "一要", "二要", "第一，", "第二，", "首先，", "其次，", "最后，", "（1）", "（二）", "①", "③", "\n", "\n一、", "\n三、",
     "\n（一）", "\n2.", "\n2、", "甲", "。", "；", "：", "“", "”", " ", "\u3000", "十", "1", "第一部分", "以上三点", "三个方面"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_hits_lie_inside_the_text(text: str) -> None:
    for check in CHECKS.values():
        for hit in check.find(document_of(text), RULE):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) <= set(check.values)


@given(st.integers(2, 12), st.sampled_from(["是", "要", "第", "其", "①"]), st.data())
def test_a_whole_set_is_right_and_one_without_an_inner_item_is_not(count: int, form: str, data: st.DataObject) -> None:
    if form == "其":
        count = min(count, 6)
    comma = "，" if form in ("第", "其") else ""
    items = [f"{written(form, n)}{comma}抓好落实。" for n in range(1, count + 1)]
    assert hits("".join(items)) == {}
    if count > 2:
        gone = data.draw(st.integers(1, count - 2))
        assert hits("".join(items[:gone] + items[gone + 1 :])) == {"跳号": [written(form, gone + 2)]}


@pytest.mark.parametrize(
    "piece", ["二是甲。", "一是", "“", "一、甲\n（二）乙\n", "一是甲三是，二是，九是，", "1.甲\n1、乙\n", "1", "\n"]
)
def test_long_odd_texts_take_no_longer_than_others(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    hits(text)
    assert time.process_time() - start < 6
