"""Every rule does what its own examples say."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechgen import schema
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.check.rule import Example, Rule, Rulebook
from speechgen.check.run import check
from speechgen.content import layers_for, load_content
from speechgen.model import Block, Draft, Source, Span

RULEBOOK = load_rules()
CONTENT = load_content(layers_for(Path(__file__).parent))


def draft_of(text: str) -> Draft:
    """A text as a file's lines, the way a reader hands it over."""
    return Draft(tuple(Block("paragraph", line, (Span(0, len(line), Source("source", "文")),)) for line in text.split("\n")))


def grounds_of(example: Example, folder: Path) -> Grounds:
    meeting = office = None
    if example.meeting:
        (folder / "会议.yaml").write_text(example.meeting, encoding="utf-8")
        meeting, _ = schema.load_meeting(folder / "会议.yaml")
    if example.office:
        (folder / "单位.yaml").write_text(example.office, encoding="utf-8")
        office, _ = schema.load_office(folder / "单位.yaml")
    return Grounds(meeting, office, tuple(CONTENT.wordings.values()), tuple(CONTENT.statutes.values()), day=example.day)


def found(rule: Rule, example: Example, folder: Path) -> list[str]:
    draft = draft_of(example.text)
    findings = check(draft, Rulebook({rule.code: rule}), grounds_of(example, folder))
    return [draft.blocks[f.block].text[f.start : f.end] for f in findings]


BAD = [(rule, example) for rule in RULEBOOK.rules.values() for example in rule.bad]
GOOD = [(rule, example) for rule in RULEBOOK.rules.values() for example in rule.good]


@pytest.mark.parametrize(("rule", "example"), BAD, ids=[f"{r.code}-{e.text[:12]}" for r, e in BAD])
def test_a_rule_finds_its_bad_examples(rule: Rule, example: Example, tmp_path: Path) -> None:
    excerpts = found(rule, example, tmp_path)
    assert excerpts, f"{rule.code} 没有发现：{example.text}"
    if example.spot:
        assert example.spot in excerpts


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=[f"{r.code}-{e.text[:12]}" for r, e in GOOD])
def test_a_rule_leaves_its_good_examples_alone(rule: Rule, example: Example, tmp_path: Path) -> None:
    assert found(rule, example, tmp_path) == []


def test_every_rule_says_what_why_and_shows_both_sides() -> None:
    bare = [
        rule.code
        for rule in RULEBOOK.rules.values()
        if rule.kind not in ("出处", "版面", "雷同") and not (rule.what and rule.why and rule.bad and rule.good)
    ]
    assert bare == []
