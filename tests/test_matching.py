"""What secretaries type, and the matter that the bank takes it for: lines of typed.yaml, labelled by a reader.

Words cannot tell everything; the floors below are what was reached (docs/quality.md), so that no change of a word
group makes the bank deaf, or makes it speak of a neighbouring matter, without being seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from speechgen import content, facts
from speechgen.model import Location, Text, Topic

ROOT = Path(__file__).resolve().parents[1]
NONE = "无"


class Line(NamedTuple):
    """One line as typed, and the topics and situations that would be right; none for 无."""

    typed: str
    topics: tuple[str, ...]
    situations: tuple[str, ...]


def listed(value: Any) -> tuple[str, ...]:
    return tuple(one for one in (value if isinstance(value, list) else [value]) if one != NONE)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    records = yaml.safe_load(Path(__file__).with_name("typed.yaml").read_text(encoding="utf-8"))
    return [Line(r["原文"], listed(r["话题"]), listed(r["情形"])) for r in records]


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return content.load_content(content.layers_for(ROOT / "examples" / "county")).topics


def told(line: Line, topics: dict[str, Topic]) -> dict[str, Any]:
    texts = [Text(part, "问题", Location("会议.yaml", 1, 1)) for part in line.typed.split("｜")]
    return facts._told(topics, *texts)


def test_every_label_names_a_topic_and_a_situation_of_the_bank(lines: list[Line], topics: dict[str, Topic]) -> None:
    known = {name: set(topic.situations) for name, topic in topics.items()}
    for line in lines:
        assert set(line.topics) <= known.keys(), line
        assert set(line.situations) <= set().union(*(known[name] for name in line.topics)), line


def test_a_situation_that_is_told_is_the_right_one(lines: list[Line], topics: dict[str, Topic]) -> None:
    """A wrong one puts a wrong comment into the leader's mouth."""
    fired = [(line, name) for line in lines for name in told(line, topics)["情形"]]
    wrong = [(line.typed, name) for line, name in fired if name not in line.situations]
    assert len(wrong) <= len(fired) * MOST_WRONG, wrong[:20]


def test_most_lines_are_told(lines: list[Line], topics: dict[str, Topic]) -> None:
    labelled = [line for line in lines if line.situations]
    heard = [line for line in labelled if set(line.situations) & set(told(line, topics)["情形"])]
    assert len(heard) >= len(labelled) * LEAST_TOLD


def test_what_is_of_no_topic_gets_no_situation(lines: list[Line], topics: dict[str, Topic]) -> None:
    foreign = [line for line in lines if not line.topics]
    spoken_of = [line.typed for line in foreign if told(line, topics)["情形"]]
    assert len(spoken_of) <= len(foreign) * MOST_WRONG, spoken_of


MOST_WRONG = 0.1  # of the situations told
LEAST_TOLD = 0.75  # of the lines that have one
