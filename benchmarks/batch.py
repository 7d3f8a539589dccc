"""A batch: how fast, how much faster with two processes, and how much memory, in one run.

    python benchmarks/batch.py [ROWS] [PROCESSES…]

The roster is made of the shipped examples in turn, each row with a unit of its own, so that matter and length differ
as they do in a season. Each run writes a new folder with an empty record and ledger. The numbers of processes take
turns, ROUNDS times, and the best run of each counts: other programs only make a run slower. Told are speeches a second
of the whole line (allotted, composed, checked, written, review sheet), the ratio to the first number of processes, and
the peak memory of the parent and of the largest process, after the first tenth of the rows and at the end.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from speechgen import batch, patterns, roster  # noqa: E402
from speechgen.cli.messages import cache_folder  # noqa: E402

ROWS = 300
ROUNDS = 3  # of fewer rows than MANY; of more there is one
MANY = 1_000
NO_MEETINGS = ("单位.yaml", "会议.yaml", "十处缺项.yaml", "2027年元旦春节一会多稿.yaml")
EXAMPLES = [path for path in sorted((ROOT / "examples").glob("*/*.yaml")) if path.name not in NO_MEETINGS]


def resident(pid: int | str, key: str = "VmHWM") -> float:
    """The peak memory (MiB) of a process so far, where the system tells it; 0 elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(key)), 0.0)


def make_roster(folder: Path, rows: int) -> Path:
    """A roster of ``rows`` speeches over copies of the examples."""
    listed = []
    for number in range(rows):
        example = EXAMPLES[number % len(EXAMPLES)]
        name = f"{example.parent.name} {example.name}"
        if not (folder / name).exists():
            shutil.copy(example, folder / name)
            shutil.copy(example.with_name("单位.yaml"), folder / f"{example.parent.name} 单位.yaml")
        listed.append({"编号": f"{number:06d}", "会议文件": name, "单位": {"名称": f"第{number}局"}})
    (folder / "单位.yaml").write_bytes((ROOT / "examples" / "county" / "单位.yaml").read_bytes())
    path = folder / "名册.yaml"
    lines = (f"  - {json.dumps(row, ensure_ascii=False)}\n" for row in listed)
    path.write_text("名册:\n" + "".join(lines), encoding="utf-8")
    return path


def measure(path: Path, folder: Path, workers: int) -> tuple[float, list[tuple[int, float, float]]]:
    """Seconds of a run, and the memory of parent and largest process at some points."""
    points: list[tuple[int, float, float]] = []
    found = roster.read(path)
    every = max(1, len(found.rows) // 10)

    def tell(progress: batch.Progress) -> None:
        if progress.stage == "写稿" and (progress.done % every == 0 or progress.done == progress.total):
            largest = max((resident(child.pid or 0) for child in multiprocessing.active_children()), default=0.0)
            points.append((progress.done, resident("self"), largest))

    before = time.perf_counter()
    with ProcessPoolExecutor(workers, initializer=patterns.load, initargs=(cache_folder(),)) as executor:
        ran = batch.run(batch.Order(found, folder, cache_folder=cache_folder()), executor, workers, tell)
    took = time.perf_counter() - before
    written = sum(outcome.written is not None for outcome in ran.outcomes)
    if written != len(found.rows):
        sys.exit(f"{len(found.rows) - written} rows gave no speech: {ran.failed[:3]}")
    points.append((written, resident("self"), points[-1][2] if points else 0.0))
    return took, points


def main(arguments: Iterable[str]) -> None:
    """Measure and print."""
    rows, *workers = [*map(int, arguments)] or [ROWS]
    first = 0.0
    patterns.load(cache_folder())
    with tempfile.TemporaryDirectory() as place:
        path = make_roster(Path(place), rows)
        counts = workers or [1, 2]
        best: dict[int, tuple[float, list[tuple[int, float, float]]]] = {}
        for turn in range(ROUNDS if rows < MANY else 1):
            for count in counts:
                found = measure(path, Path(place) / f"出 {count} {turn}", count)
                best[count] = min(best.get(count, found), found, key=lambda run: run[0])
        for count, (took, points) in best.items():
            rate = rows / took
            first = first or rate
            print(f"{rows} speeches, {count} process(es): {rate:.1f} a second, {rate / first:.2f} × the first")
            for done, parent, child in (points[0], points[-1]):
                print(f"    after {done}: parent {parent:.0f} MiB, largest process {child:.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
