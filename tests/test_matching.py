"""What secretaries type, and the matter that the bank takes it for: lines labelled by readers.

The word groups were fitted on typed.yaml; typed_unseen.yaml was written afterwards by somebody who saw neither. Words
cannot tell everything; the floors below are a little under what was reached (docs/quality.md), so that no change of a
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


class Floor(NamedTuple):
    """Of a set of lines: how many of those with a situation must be told one that is right, and how many of the
    situations told may be wrong; shares."""

    told: float
    wrong: float


FLOORS = {"typed": Floor(0.8, 0.1), "typed_unseen": Floor(0.6, 0.33)}


@pytest.fixture(scope="module", params=FLOORS)
def lines(request: pytest.FixtureRequest) -> tuple[list[Line], Floor]:
    records = yaml.safe_load(Path(__file__).with_name(f"{request.param}.yaml").read_text(encoding="utf-8"))
    return [Line(r["原文"], listed(r["话题"]), listed(r["情形"])) for r in records], FLOORS[request.param]


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return content.load_content(content.layers_for(ROOT / "examples" / "county")).topics


def told(line: Line, topics: dict[str, Topic]) -> dict[str, Any]:
    texts = [Text(part, "问题", Location("会议.yaml", 1, 1)) for part in line.typed.split("｜")]
    return facts._told(topics, *texts)


Lines = tuple[list[Line], Floor]


def test_every_label_names_a_topic_and_a_situation_of_the_bank(lines: Lines, topics: dict[str, Topic]) -> None:
    known = {name: set(topic.situations) for name, topic in topics.items()}
    for line in lines[0]:
        assert set(line.topics) <= known.keys(), line
        assert set(line.situations) <= set().union(*(known[name] for name in line.topics)), line


def test_a_situation_that_is_told_is_the_right_one(lines: Lines, topics: dict[str, Topic]) -> None:
    """A wrong one puts a wrong comment into the leader's mouth."""
    fired = [(line, name) for line in lines[0] for name in told(line, topics)["情形"]]
    wrong = [(line.typed, name) for line, name in fired if name not in line.situations]
    assert len(wrong) <= len(fired) * lines[1].wrong, wrong[:20]


def test_most_lines_are_told(lines: Lines, topics: dict[str, Topic]) -> None:
    labelled = [line for line in lines[0] if line.situations]
    heard = [line for line in labelled if set(line.situations) & set(told(line, topics)["情形"])]
    assert len(heard) >= len(labelled) * lines[1].told


def test_what_is_of_no_topic_gets_no_situation(lines: Lines, topics: dict[str, Topic]) -> None:
    foreign = [line for line in lines[0] if not line.topics]
    spoken_of = [line.typed for line in foreign if told(line, topics)["情形"]]
    assert len(spoken_of) <= len(foreign) // 20, spoken_of
