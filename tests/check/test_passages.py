"""How much of what is wrong the check finds: passages with one known defect each, written without knowing the rules.

The first set was written before the rules, the second and third by others while the rules grew; what was missed in them has
since been learned from, so that they measure what must not be lost again. clean2.yaml holds whole clean speeches.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from speechgen import schema
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.check.run import check
from speechgen.content import layers_for, load_content
from speechgen.model import Block, Draft, Finding, Source, Span

HERE = Path(__file__).parent / "passages"
AREAS = {"tf": 1, "zg": 2, "xh": 3, "sz": 4, "kq": 5, "wy": 6, "yy": 7, "wz": 8, "ld": 9, "bm": 10, "lt": 11}
CONTENT = load_content(layers_for(HERE))
RULEBOOK = load_rules()


def passages(name: str) -> list[dict[str, Any]]:
    """The passages of one file; dates as text, like everything else in our files."""
    path = HERE / name
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) if path.is_file() else []


DEFECTIVE = [passage for name in ("first.yaml", "second.yaml", "third.yaml") for passage in passages(name)]


def findings(passage: dict[str, Any], folder: Path) -> tuple[Draft, tuple[Finding, ...]]:
    meeting = office = None
    if passage.get("会议"):
        (folder / "会议.yaml").write_text(passage["会议"], encoding="utf-8")
        meeting, _ = schema.load_meeting(folder / "会议.yaml")
    if passage.get("单位"):
        (folder / "单位.yaml").write_text(passage["单位"], encoding="utf-8")
        office, _ = schema.load_office(folder / "单位.yaml")
    day = date.fromisoformat(passage["日期"]) if passage.get("日期") else None
    blocks = tuple(
        Block("paragraph", line, (Span(0, len(line), Source("source", "文")),)) for line in passage["文"].split("\n")
    )
    grounds = Grounds(meeting, office, tuple(CONTENT.wordings.values()), tuple(CONTENT.statutes.values()), day=day)
    draft = Draft(blocks)
    return draft, check(draft, RULEBOOK, grounds)


def is_found(passage: dict[str, Any], folder: Path) -> bool:
    """A finding of the passage's area overlaps the defect, or an equally right spot."""
    draft, found = findings(passage, folder)
    starts = [0]
    for block in draft.blocks:
        starts.append(starts[-1] + len(block.text) + 1)
    for spot in (passage["处"], *passage.get("又", ())):
        at = passage["文"].find(spot)
        while at >= 0:
            for f in found:
                start, end = starts[f.block] + f.start, starts[f.block] + f.end
                in_area = AREAS.get(f.rule.partition("-")[0]) in _areas(passage)
                if in_area and start < at + len(spot) and at < max(end, start + 1):
                    return True
            at = passage["文"].find(spot, at + 1)
    return False


def _areas(passage: dict[str, Any]) -> set[int]:
    return {int(passage["区"]), *(int(area) for area in passage.get("或区", ()))}


def test_at_least_95_of_100_defects_are_found(tmp_path: Path) -> None:
    missed = [passage["号"] for passage in DEFECTIVE if not is_found(passage, tmp_path)]
    assert len(missed) <= len(DEFECTIVE) * 0.05, missed


def test_clean_passages_that_look_dangerous_raise_no_error(tmp_path: Path) -> None:
    told = []
    for passage in (*passages("clean.yaml"), *passages("clean2.yaml")):
        draft, found = findings(passage, tmp_path)
        told += [
            (passage["号"], f.rule, draft.blocks[f.block].text[f.start : f.end])
            for f in found
            if f.severity in ("error", "warning")
        ]
    assert told == []
