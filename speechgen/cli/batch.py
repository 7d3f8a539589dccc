"""speechgen batch: all speeches of a roster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechgen.cli.messages import CLEAN, FORMATS, INTERRUPTED, NOTHING_WRITTEN, WITH_FINDINGS, cache_folder, say

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from speechgen.batch import Progress

_EVERY = 50  # speeches between two plain lines of progress
_MOST = 60  # processes; Windows cannot wait for more than some sixty


@click.command(options_metavar="[选项]", help="照名册（.xlsx、.csv 或 .yaml，一行一篇）成批写稿。")
@click.argument("file", metavar="名册", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    type=click.Path(file_okay=False, path_type=Path),
    help="写到哪个文件夹；不写，就在名册旁边建一个同名的文件夹。",
)
@click.option("--new", is_flag=True, help="建一个空的名册（.xlsx）和共用的会议.yaml，填好再运行。")
@click.option(
    "--base",
    metavar="会议.yaml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="各行共用的会议文件；不写，就用名册旁边的会议.yaml。",
)
@click.option("--format", "form", metavar="|".join(FORMATS), type=click.Choice(FORMATS), default="docx",
              help="docx 是 Word 文档，txt 是纯文字，json 带每句话的出处；不写就是 docx。")  # fmt: skip
@click.option("--content", "extra", metavar="文件夹", type=click.Path(path_type=Path), help="另加一层提纲和语料。")
@click.option("--ledger", metavar="台账", type=click.Path(dir_okay=False, path_type=Path),
              help="各单位说过的话记在哪里；不写，就记在输出文件夹里。")  # fmt: skip
@click.option("--anew", is_flag=True, help="所有的稿子重新选句，不沿用上一次选的。")
@click.option("--processes", metavar="几个", type=click.IntRange(1, 256), help="同时用几个进程；不写，有几个核用几个。")
def batch(
    file: Path,
    output: Path | None,
    new: bool,
    base: Path | None,
    form: str,
    extra: Path | None,
    ledger: Path | None,
    anew: bool,
    processes: int | None,
) -> int:
    """Make what is missing or changed; the exit code tells whether anything is left to fill or look at."""
    if new:
        return _new(file)
    from speechgen import patterns

    patterns.load(cache_folder())  # before the modules that need them are imported
    from speechgen import batch as line
    from speechgen import report, roster

    folder = output or file.parent / file.stem
    order = line.Order(roster.read(file, base), folder, extra, ledger, form, anew, cache_folder())
    workers = min(processes or _cores(), max(1, len(order.roster.rows)), _MOST)
    try:
        with _processes(workers) as executor, _progress() as tell:
            ran = line.run(order, executor, workers, tell)
    except KeyboardInterrupt:
        say(
            f"\n已停下。写好的稿子都在“{folder}”里，没有写完的不会留下半截文件；再运行同样的命令，会接着做。",
            error=True,
        )
        return INTERRUPTED
    patterns.keep(cache_folder())
    say(report.ran(ran, folder))
    if ran.failed or any(outcome.written is None for outcome in ran.outcomes):
        return WITH_FINDINGS if any(outcome.written for outcome in ran.outcomes) else NOTHING_WRITTEN
    return WITH_FINDINGS if ran.to_look_at else CLEAN


def _new(file: Path) -> int:
    from speechgen import content, files, holidays, rosterstarter
    from speechgen.roster import BASE_FILE

    path = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
    outlines = [o.name for o in content.load_content(content.layers_for(Path()), cache_folder()).outlines.values()]
    written = files.write_new(path, rosterstarter.workbook(outlines, list(holidays.occasions())))
    say(f"已建好：{written}")
    base = path.with_name(BASE_FILE)
    if not base.exists():
        files.write_new(base, files.secretary_text(rosterstarter.base_meeting()))
        say(f"已建好：{base}")
    say(f"请用 Excel 或 WPS 填名册，各行一样的写在{BASE_FILE}里；填好运行 speechgen batch {path.name}")
    return CLEAN


def _cores() -> int:
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """Processes for as long as the block runs; what is not yet begun is dropped when it ends early."""
    from concurrent.futures import ProcessPoolExecutor

    executor = ProcessPoolExecutor(workers, initializer=_deaf)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _deaf() -> None:
    """A process leaves Ctrl-C to the one that started it, and loads what an earlier run has kept."""
    import signal

    from speechgen import patterns

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    patterns.load(cache_folder())


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left on a terminal, else a plain line now and then."""
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn(compact=True))  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(progress.stage, total=progress.total, rate="")
            task = tasks[progress.stage]
            speed = bar.tasks[bar.task_ids.index(task)].speed
            bar.update(task, completed=progress.done, rate=f"{speed:.1f} 篇/秒" if speed else "")

        yield tell


def _plain(progress: Progress) -> None:
    if progress.done % _EVERY == 0 or progress.done == progress.total:
        say(f"{progress.stage} {progress.done}/{progress.total}", error=True)
