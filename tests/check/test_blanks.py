"""The patterns of the blanks on long and odd texts: they stay fast, and the rules of one place do not pile up."""

from __future__ import annotations

import time

import pytest

from speechgen.check.document import Document
from speechgen.check.kinds import KINDS
from speechgen.check.loader import load_rules
from speechgen.model import Block, Draft

BLANKS = {code: rule for code, rule in load_rules().rules.items() if code.startswith("kq-")}


def told(text: str) -> list[tuple[str, str]]:
    document = Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))
    return [
        (code, text[hit.start : hit.end])
        for code, rule in BLANKS.items()
        if rule.kind == "式样"
        for hit in KINDS[rule.kind][rule.look].find(document, rule)
    ]


@pytest.mark.parametrize("unit", ["X", "*", "_", "○", "20年", "、", "（", "排查隐患", "{{", "年 ", "……"])
def test_a_pathological_text_costs_little(unit: str) -> None:
    began = time.perf_counter()
    told(unit * (20_000 // len(unit)))
    assert time.perf_counter() - began < 5


def test_a_year_with_letters_is_told_as_a_year_only() -> None:
    assert told("现将20xx年的情况通报如下。") == [("kq-02", "20xx")]


def test_a_masked_name_is_told_once() -> None:
    assert told("刚才，XX同志作了发言。") == [("kq-01", "XX")]
