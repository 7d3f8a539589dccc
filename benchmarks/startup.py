"""How long a draft takes, against what importing python-docx alone takes, in one run.

    python benchmarks/startup.py [ROUNDS]

Each round runs, one after the other, so that a busy machine slows all of them alike: an empty program, `import docx`,
a draft with its content in the cache, and a draft with an empty cache. Medians are told, and the ratios that the
project watches. Every draft writes a new file. Python's own compiled files are warm in all four.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "county" / "2027年元旦春节安全稳定.yaml"
GOAL = 2.5  # times `import docx`, with a warm cache
ROUNDS = 15


def seconds(arguments: list[str], cache: Path) -> float:
    """Wall-clock seconds of one run of this Python with ``arguments``, its cache kept in ``cache``."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache), "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every run compiles what docx has compiled already
    environment["PYTHONPYCACHEPREFIX"] = str(cache.parent / "pyc")
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    took = time.perf_counter() - before
    if done.returncode > ("draft" in arguments):  # 1 is a speech with gaps
        sys.exit(f"exit code {done.returncode}: {' '.join(arguments)}\n{done.stderr}")
    return took


def measure(rounds: int, folder: Path) -> dict[str, float]:
    """Median seconds of each of the four."""
    warm = folder / "warm"
    runs: dict[str, list[float]] = {"empty": [], "import docx": [], "draft, warm": [], "draft, cold": []}
    for number in range(-1, rounds):  # round -1 fills the warm cache and is not counted
        draft = ["-m", "speechgen", "draft", str(EXAMPLE), "-o"]
        took = {
            "empty": seconds(["-c", "pass"], warm),
            "import docx": seconds(["-c", "import docx"], warm),
            "draft, warm": seconds([*draft, str(folder / f"warm {number}" / "out.docx")], warm),
            "draft, cold": seconds([*draft, str(folder / f"cold {number}" / "out.docx")], folder / f"cache {number}"),
        }
        if number >= 0:
            for name, value in took.items():
                runs[name].append(value)
    return {name: statistics.median(values) for name, values in runs.items()}


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        medians = measure(rounds, Path(folder))
    print(f"Python {sys.version.split()[0]}, median of {rounds}")
    for name, value in medians.items():
        print(f"  {name:<12} {value * 1000:7.0f} ms   {value / medians['import docx']:5.2f} × import docx")
    ratio = medians["draft, warm"] / medians["import docx"]
    print(f"warm draft against import docx: {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
