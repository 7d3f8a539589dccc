"""Acts against people who petition: what the neighbouring sentences decide."""

from __future__ import annotations

from speechgen.check import people_rights
from speechgen.check.document import Document
from speechgen.check.rule import Rule
from speechgen.model import Block, Draft, Location, Source, Span


def told(text: str) -> list[str]:
    lines = text.split("\n")
    document = Document(
        Draft(tuple(Block("paragraph", line, (Span(0, len(line), Source("source", "文")),)) for line in lines))
    )
    rule = Rule("yy-28", "", "维权", "warning", "", Location("x", 1))
    hits = [hit for check in people_rights.CHECKS.values() for hit in check.find(document, rule)]
    return [document.text[hit.start : hit.end] for hit in sorted(hits, key=lambda hit: hit.start)]


def test_an_act_counts_only_near_petitioning() -> None:
    act = "第一时间把人拦下来。"
    assert told(f"有群众要上访。{act}") and not told(f"有群众要下河。{act}")
    far = "今天天气很好。" * 5
    assert not told(f"有群众要上访。{far}{act}")


def test_what_an_act_itself_forbids_excuses_nothing_after_it() -> None:
    assert told("对要上访的，绝不能让他们离开本县，专人跟着他们。") == ["绝不能让他们离开", "专人跟着"]


def test_a_ban_excuses_all_that_it_names() -> None:
    assert not told("任何单位不得把上访的人拦回来，收走手机，停发低保。")


def test_each_act_is_told_once() -> None:
    spots = told("对要进京上访的几名群众，守住家门，不让他们出村，手机收上来，停发低保。")
    assert len(spots) == len(set(spots)) == 4


def test_endless_sentences_cost_nothing() -> None:
    assert told("信访人要把他们" * 20_000) == []
