"""What every produced speech must be, whatever the outline, the minutes and the seed."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from speechgen import compose as composing
from speechgen import content as contents
from speechgen import inforce, ledger, schema
from speechgen.check.run import check
from speechgen.compose import compose
from speechgen.content import Content
from speechgen.model import Draft, Meeting, Office, Outline
from speechgen.phrases import ARGUED, Wishes
from tests.examples import SINGLE as MEETINGS

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ("甲", "乙", "丙")
OUR = ("outline", "phrase", "wording", "computed", "table", "calendar", "statute", "numbering")


@cache
def shipped() -> Content:
    return contents.load_content(contents.layers_for(ROOT / "examples" / "county"))


@cache
def read(path: Path) -> tuple[Meeting, Office]:
    profile = contents.nearest_above(path.parent, "单位.yaml")
    return schema.load_meeting(path)[0], schema.load_office(profile)[0] if profile else Office()


def drafted(path: Path, seed: str, minutes: int | None = None) -> Draft:
    meeting, office = read(path)
    changed = meeting._replace(seed=seed, **({"minutes": minutes, "characters": None} if minutes else {}))
    return compose(changed, office, shipped())


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


# ── length ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", MEETINGS, ids=named)
@pytest.mark.parametrize("minutes", [7, 10, 13, 16, 20])
def test_the_minutes_are_kept_or_the_run_says_what_to_supply(path: Path, minutes: int) -> None:
    """Within -10 and +3 per cent of what the minutes hold; above never, below only where the matter is too little."""
    meeting, office = read(path)
    limit = composing.ceiling(meeting._replace(minutes=minutes, characters=None), schema.speaker_of(meeting, office))
    made = drafted(path, "甲", minutes)
    if limit >= outline_of(path).shortest:
        assert made.characters * 100 <= limit * (100 + composing.OVER)
    if made.characters * 10 < limit * 9:
        assert any(notice.startswith("材料不够") for notice in made.notices)
        assert made.characters == drafted(path, "甲", minutes * 3).characters  # all there is has been said


def outline_of(path: Path) -> Outline:
    return composing.outline_for(read(path)[0], shipped())[0]


# ── the check has nothing to say of our own words ─────────────────────────────────────────────

@pytest.mark.parametrize("path", MEETINGS, ids=named)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_the_check_finds_is_ours(path: Path, seed: str) -> None:
    meeting, office = read(path)
    made = drafted(path, seed)
    rulebook = inforce.rules_for(path.parent)
    found = check(made, rulebook, inforce.grounds_of(meeting, office, shipped()))
    ours = [
        (finding.rule, made.blocks[finding.block].text[finding.start : finding.end])
        for finding in found
        if finding.source is not None and finding.source.origin in OUR
    ]
    assert ours == []


@pytest.mark.parametrize("path", MEETINGS, ids=named)
def test_one_question_at_most_and_no_sentence_twice(path: Path) -> None:
    for seed in SEEDS:
        said = [s for block in drafted(path, seed).blocks for s in sentences(block.text) if block.kind == "paragraph"]
        assert sum(s.endswith("？") for s in said) <= 1
        again = [s for s in said if said.count(s) > 1 and len(s) > 8]
        assert again == []


def sentences(text: str) -> list[str]:
    return [s for s in re.findall("[^。！？]+[。！？]?", text) if s.strip()]


# ── sister speeches ───────────────────────────────────────────────────────────────────────────

UNITS = 40


@cache
def argued() -> frozenset[str]:
    return frozenset(p.id for p in shipped().phrases.values() if shipped().slots[p.slot].kind in ARGUED)


def judged(made: Draft) -> frozenset[str]:
    """The sentences of a draft that rest, for the greater part, on a judgement or argument of the bank."""
    found = set()
    for block in (block for block in made.blocks if block.kind == "paragraph"):
        ours = [span.source.name in argued() for span in block.spans for _ in range(span.start, span.end)]
        for sentence in re.finditer("[^。！？]+[。！？]?", block.text):
            if sum(ours[sentence.start() : sentence.end()]) * 2 > len(sentence[0]):
                found.add(sentence[0])
    return frozenset(found)


def shares(said: list[frozenset[str]]) -> list[float]:
    return [len(one & other) / max(1, min(len(one), len(other))) for one, other in combinations(said, 2)]


@pytest.mark.long
@pytest.mark.parametrize("path", [p for p in MEETINGS if "主持词" not in p.stem], ids=named)
def test_sister_units_with_the_same_tasks_do_not_sound_alike(path: Path) -> None:
    """Forty units. The goal is three tenths of the judgements and arguments shared on average and half at worst, and
    with one ledger three tenths at worst; what holds now, with what was measured, stands in docs/quality.md."""
    drawn = shares([judged(drafted(path, str(unit))) for unit in range(UNITS)])
    assert mean(drawn) <= 0.45
    meeting, office = read(path)
    said, used = [], []
    for unit in range(UNITS):
        made = compose(meeting._replace(seed=str(unit)), office, shipped(), Wishes(siblings=tuple(used)))
        said.append(judged(made))
        used.append(ledger.said(made))
    assert mean(shares(said)) <= mean(drawn)
    assert max(shares(said)) <= max(drawn)
