"""The shipped meeting files."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALL = sorted(p for p in (ROOT / "examples").glob("*/*.yaml") if p.name != "单位.yaml")
SEVERAL = [path for path in ALL if "一会多稿" in path.stem]  # meetings with several texts
SINGLE = [path for path in ALL if path not in SEVERAL]
