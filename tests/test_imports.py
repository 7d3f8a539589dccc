"""The import order is the design: whoever reads from the top needs nothing from below."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "speechgen"
ORDER = (
    "__init__",
    "model",
    "errors",
    "files",
    "ledger",
    "needs",
    "patterns",
    "encoding",
    "textfile",
    "engine",
    "yamlscan",
    "yamlio",
    "figures",
    "holidays",
    "fields",
    "daysoff",
    "schema",
    "sheet",
    "workbook",
    "roster",
    "rosterstarter",
    "layout",
    "facts",
    "several",
    "records",
    "cache",
    "content",
    "phrases",
    "likeness",
    "compose",
    "rundown",
    "check",
    "findings",
    "lint",
    "catalogue",
    "word",
    "reading",
    "inforce",
    "draft",
    "overview",
    "batch",
    "review",
    "report",
    "starters",
    "season",
    "cli",
    "__main__",
)
STAGES = {"content", "compose", "check", "word"}
JOINERS = {"inforce", "draft", "review", "batch", "intake", "cli"}
HEAVY = ("jinja2", "openpyxl", "rich", "docx", "yaml", "lxml", "lunar_python", "langdetect")


def _modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "content_files" not in p.parts)


def _name(path: Path) -> str:
    """word/_oxml.py is word._oxml, cli/__init__.py is cli."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def _imported(path: Path) -> Iterator[str]:
    """The package's own modules that a file imports anywhere in it, late imports too."""
    names = {_name(p) for p in _modules()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            found = [f"{node.module}.{alias.name}" for alias in node.names] if node.module else []
        for full in found:
            if full.split(".")[0] != "speechgen":
                continue
            inner = full.removeprefix("speechgen").removeprefix(".")
            while inner and inner not in names:
                inner = inner.rpartition(".")[0]
            yield inner or "__init__"


def _top(module: str) -> str:
    return module.split(".")[0]


def test_every_module_has_its_place() -> None:
    assert {_top(_name(path)) for path in _modules()} <= set(ORDER)


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    mine = _name(path)
    for other in _imported(path):
        if _top(other) == _top(mine):
            continue  # the order inside a folder is tested below
        assert ORDER.index(_top(other)) < ORDER.index(_top(mine)), f"{mine} imports {other}"


def test_no_module_imports_in_a_circle() -> None:
    imports = {_name(path): set(_imported(path)) - {_name(path)} for path in _modules()}
    while imports:
        free = {name for name, wanted in imports.items() if not wanted & set(imports)}
        assert free, f"a circle among {sorted(imports)}"
        imports = {name: wanted for name, wanted in imports.items() if name not in free}


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_only_the_joiners_join_stages(path: Path) -> None:
    mine = _top(_name(path))
    stages = {_top(other) for other in _imported(path)} & STAGES - {mine}
    if mine not in JOINERS:
        # compose takes its Content, findings tells of the check: each knows one stage, none drives another
        assert len(stages) <= 1 or mine == "report", f"{mine} joins {stages}"
        assert not (mine == "word" and "compose" in stages)
        assert not (mine == "check" and stages & {"compose", "word"})


def test_commands_share_their_messages_and_nothing_else() -> None:
    for path in (PACKAGE / "cli").glob("*.py"):
        if path.stem not in ("__init__", "messages", "chinese"):
            others = {name for name in _imported(path) if name.startswith("cli.")}
            assert others <= {"cli.messages"}, f"{path.stem}: {others}"


def test_a_kind_of_check_knows_the_text_and_no_machinery() -> None:
    """The registry, the loader and the run know the kinds; no kind knows them, nor does what the kinds rest on."""
    imports = {path.stem: set(_imported(path)) for path in (PACKAGE / "check").glob("*.py")}
    for name, others in imports.items():
        if name not in ("kinds", "loader", "run"):
            assert not others & {"check.kinds", "check.loader", "check.run"}, f"{name}: {others}"
    assert {name for name, others in imports.items() if "check.kinds" in others} == {"loader", "run"}


@pytest.mark.parametrize("module", ["speechgen.cli", "speechgen.draft", "speechgen.review", "speechgen.check.kinds"])
def test_start_up_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent, check=True)
    assert done.stdout.split() == []
