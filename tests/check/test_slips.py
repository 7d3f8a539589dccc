"""近音近形: one wrong character in a fixed phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.check import common, slips
from speechgen.check.document import Document
from speechgen.check.loader import load_rules
from speechgen.check.rule import Hit
from speechgen.model import Block, Draft

RULE = next(rule for rule in load_rules().rules.values() if rule.kind == "近音近形")


def hits(text: str) -> list[Hit]:
    draft = Draft(tuple(Block("paragraph", line, ()) for line in text.split("\n")))
    return list(slips.find_slips(Document(draft), RULE))


def told(text: str) -> list[tuple[str, str, str]]:
    """What is marked, what should stand there, and the phrase as it should be."""
    return [(text[hit.start : hit.end], hit.suggestion, hit.values["改"]) for hit in hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("要庵全生产。", ("庵全", "安全", "安全生产")),
        ("要安铨生产。", ("安铨", "安全", "安全生产")),
        ("要安全牲产。", ("牲产", "生产", "安全生产")),
        ("要安全生铲。", ("生铲", "生产", "安全生产")),
    ],
)
def test_each_of_the_four_characters_may_be_the_wrong_one(text: str, found: tuple[str, str, str]) -> None:
    if "铨" in text:  # 铨 is none of the 3,500 characters
        assert told(text) == []
    else:
        assert told(text) == [found]


@pytest.mark.parametrize(
    "text", ["安全生铲", "安全生铲。", "\n安全生铲", "a安全生铲\U00020000", "\U00020000安全生铲\n"]
)
def test_a_slip_is_found_at_the_ends_of_a_text_and_beside_rare_characters(text: str) -> None:
    [hit] = hits(text)
    assert text[hit.start : hit.end] == "生铲"
    assert not hit.safe


def test_a_slip_that_two_phrases_share_is_told_once() -> None:
    assert [word for word, _, _ in told("扎实做好安全生铲检查工作。")] == ["生铲"]


@pytest.mark.parametrize(
    "text",
    [
        "要抓好安全生产。",  # right
        "设备安全升级。",  # another word
        "安全生长发育。",
        "安全生狼",  # not alike
        "安铲生铲",  # two characters off
        "安全\n生铲",  # not in one line
    ],
)
def test_what_is_no_slip(text: str) -> None:
    assert told(text) == []


def test_no_phrase_of_the_table_is_a_slip_of_another() -> None:
    for phrase in common.sections()[0].split():
        assert told(f"，{phrase}。") == []


def test_the_table_is_well_formed() -> None:
    phrases, excluded, _ = common.sections()
    assert all(len(phrase) == 4 for phrase in (*phrases.split(), *excluded.split()))
    assert len(phrases.split()) == len(set(phrases.split()))
    assert not set(phrases.split()) & set(excluded.split())


def test_sounds_and_shapes_make_characters_alike() -> None:
    def alike(one: str, other: str) -> bool:
        return bool(set(slips._tables().alike[one]) & set(slips._tables().alike[other]))

    assert alike("植", "职") and alike("增", "真") and alike("己", "已") and alike("练", "炼")
    assert not alike("安", "生") and not alike("产", "全")


@given(st.text(st.sampled_from("安全生产铲牲责任贵落实。\n\U00020000a的"), max_size=40))
def test_hits_lie_within_a_line_and_hold_one_wrong_character(text: str) -> None:
    for hit in hits(text):
        written = text[hit.start : hit.end]
        assert len(written) == 2 and "\n" not in written
        assert sum(a != b for a, b in zip(written, hit.suggestion, strict=True)) == 1


@given(st.text(max_size=60))
def test_any_text_is_gone_through(text: str) -> None:
    hits(text)
