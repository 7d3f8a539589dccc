"""The shipped examples against the speeches kept in tests/golden, part by part.

After a wanted change: ``python -m tests.golden.update``, and read the diff.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.examples import ALL
from tests.golden.speeches import GOLDEN, folder, parts


@pytest.mark.parametrize("example", ALL, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_shipped_example_gives_its_golden_speech(example: Path) -> None:
    texts = parts(example)
    for name, text in texts.items():
        kept = folder(example) / name
        assert kept.is_file(), f"no golden {kept.name}: python -m tests.golden.update"
        golden = kept.read_text(encoding="utf-8")
        if golden != text:
            diff = difflib.unified_diff(
                golden.splitlines(), text.splitlines(), f"golden/{folder(example).name}/{name}", "now", lineterm="", n=1
            )
            pytest.fail("\n".join(list(diff)[:80]), pytrace=False)
    assert sorted(p.name for p in folder(example).iterdir()) == sorted(texts)


def test_no_golden_folder_is_left_over() -> None:
    kept = {p for p in GOLDEN.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert kept == {folder(example) for example in ALL}
