"""The text of a draft as the checks see it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import schema
from speechgen.check.document import Document, Grounds, typed
from speechgen.model import Block, Draft

TEXTS = st.text(st.sampled_from([*"安全。！？…\n 　”）一二、（各位：县1", "\U00020bb7"]), max_size=200)


def document(text: str, grounds: Grounds | None = None) -> Document:
    return Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))), grounds)


@given(TEXTS)
def test_the_text_is_the_blocks_joined_and_lines_and_sentences_lie_in_it(text: str) -> None:
    found = document(text)
    assert found.text == text
    for line in found.lines:
        assert text[line.start : line.end] == line.text
    covered = set()
    for start, end in found.sentences:
        assert text[start:end] == text[start:end].strip() != ""
        assert "\n" not in text[start:end]
        assert not covered & set(range(start, end))
        covered |= set(range(start, end))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered


@given(TEXTS, st.integers(0, 220))
def test_a_place_has_the_sentence_and_the_line_that_hold_it(text: str, offset: int) -> None:
    found = document(text)
    start, end = found.sentence_at(offset)
    holding = [span for span in found.sentences if span[0] <= offset < span[1]]
    assert [(start, end)] == (holding or [(offset, offset)])
    assert found.said_around(offset) == text[start:end]
    line = found.line_at(offset)
    assert line == next((one for one in found.lines if one.start <= offset <= one.end), None)


@given(TEXTS, st.lists(st.sampled_from(["安", "全。", "一、", "各位", "县1", "\U00020bb7", "没有"]), max_size=3))
def test_lines_with_a_word_are_those_that_hold_it(text: str, words: list[str]) -> None:
    found = document(text)
    assert found.lines_with(*words) == tuple(line for line in found.lines if any(word in line.text for word in words))


def test_closing_quotes_belong_to_the_sentence_that_they_close() -> None:
    found = document("他说：“要快。”大家都记着！\n第二段……没有说完")
    assert [found.text[a:b] for a, b in found.sentences] == ["他说：“要快。”", "大家都记着！", "第二段……", "没有说完"]


def test_of_a_sentence_without_end_only_what_is_near_is_looked_at() -> None:
    found = document("安" * 100_000)
    assert 0 < len(found.said_around(50_000)) <= 1000
    assert found.sentence_at(50_000) == (0, 100_000)


def test_what_is_asked_for_twice_is_made_once() -> None:
    asked = []

    def count(of: Document) -> int:
        asked.append(of)
        return len(of.text)

    found = document("安全")
    assert (found.once(count), found.once(count), asked) == (2, 2, [found])


SPEECH = """在全县安全生产工作会议上的讲话
（2026年12月24日）
同志们：
今天讲两点意见。
一、看清形势
形势不松。
二、抓实整改
整改要快。
同志们，年关到了，大家辛苦。
谢谢大家！"""


def test_opening_and_closing_are_what_stands_around_the_parts() -> None:
    found = document(SPEECH)
    assert [line.text for line in found.opening] == ["同志们：", "今天讲两点意见。"]
    assert [line.text for line in found.closing][-2:] == ["同志们，年关到了，大家辛苦。", "谢谢大家！"]
    assert "整改要快。" not in [line.text for line in found.opening]


def test_without_parts_the_last_paragraph_is_the_closing() -> None:
    assert [line.text for line in document("同志们：\n讲一件事。\n谢谢大家！").closing] == ["谢谢大家！"]


@pytest.mark.parametrize(
    ("written", "day"),
    [("（2026年12月24日）", date(2026, 12, 24)), ("二〇二六年十二月二十四日", date(2026, 12, 24)),
     ("（２０２６年１２月２４日）", date(2026, 12, 24)), ("2026 年 12 月 24 日", date(2026, 12, 24)),
     ("（2026年2月30日）", date(2020, 1, 1)), ("（20XX年X月X日）", date(2020, 1, 1)), ("陈志远", date(2020, 1, 1))],
)  # fmt: skip
def test_the_day_stands_under_the_title_else_it_is_the_one_given(written: str, day: date) -> None:
    text = f"在全县安全生产工作会议上的讲话\n{written}\n同志们：\n2025年1月1日的事大家记得。"
    assert document(text, Grounds(day=date(2020, 1, 1))).day == day


def test_a_text_without_a_date_has_none() -> None:
    assert document("同志们：\n2025年1月1日的事大家记得。").day is None


def test_the_meeting_file_tells_the_day_and_what_is_declared(tmp_path: Path) -> None:
    file = tmp_path / "会议.yaml"
    file.write_text("会议: {名称: 全县防火会议, 日期: 2026-11-20, 议程: [柳河镇 发言]}\n讲话人: 县长\n", encoding="utf-8")
    meeting, _ = schema.load_meeting(file)
    found = document(SPEECH, Grounds(meeting))
    assert found.day == date(2026, 11, 20)
    assert "全县防火会议" in found.declared and "柳河镇" in found.declared
    assert str(tmp_path) not in found.declared
    assert all(text.value for text in typed(meeting))


def test_an_empty_draft_is_a_document_too() -> None:
    for draft in (Draft(()), Draft((Block("paragraph", ""),))):
        found = Document(draft)
        assert (found.text, found.lines, found.sentences, found.opening, found.closing) == ("", (), (), (), ())
        assert found.line_at(0) is None and found.sentence_at(0) == (0, 0) and found.lines_with("安") == ()
