"""Whatever happens to a batch, and in whatever order: no word of a person is lost, no file is half there, and the next
run goes on where the last one stopped.

The speeches are pretended, so that thousands of runs take minutes; the roster, the record, the ledger and the disk are
real.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from speechgen import batch, files, ledger, overview, roster
from speechgen.content import Content
from speechgen.draft import Means
from speechgen.errors import SpeechgenError
from speechgen.files import RECORD_NAME
from speechgen.phrases import Offer
from speechgen.yamlio import Mapping, Scalar
from tests.faults import Faults, Killed, Person, docx

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


def said(task: batch.Task) -> str:
    """What the pretended speech of a task says."""
    meeting = task.meeting.get("会议")
    name = meeting.get("名称") if isinstance(meeting, Mapping) else None
    return f"{task.key} {name.text if isinstance(name, Scalar) else ''}"


class Pretending(Executor):
    """Makes speeches of a line each, at once."""

    def submit(self, do: Callable[..., T], /, *given: Any, **named: Any) -> Future[T]:
        (task,) = given
        made: Any
        if do is batch.choose:
            offers = {path: [Offer(f"{path}-{n}", (0,), 1) for n in range(6)] for path in ("甲", "乙", "丙", "丁")}
            made = batch.Choices(task.key, ledger.Speech(task.key, "", "纲", 2027), f"讲话 {task.key}", offers, ())
        else:
            review = {"论": [], "用": sorted(task.wishes.allotted.values())}
            picks = dict(task.wishes.allotted)
            made = batch.Product(task.key, docx(f"{said(task)} {sorted(picks.items())}"), "", "", picks, review)
        done: Future[T] = Future()
        done.set_result(made)
        return done


@pytest.fixture(autouse=True)
def _pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)


def pretend(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(time, "sleep", lambda seconds: None)
    patch.setattr(batch, "_means", lambda *_: Means(Content(hash="一"), None))  # type: ignore[arg-type]
    patch.setattr(overview, "as_xlsx", lambda found: docx(repr(found.speeches)))
    patch.setattr(overview, "as_html", lambda found: repr(found.speeches).encode())


def write_roster(folder: Path, rows: dict[str, str]) -> Path:
    path = folder / "名册.yaml"
    lines = [f"  - {{编号: '{key}', 会议: {{名称: '{version}'}}}}" for key, version in rows.items()]
    path.write_text("名册:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(folder: Path, rows: dict[str, str]) -> batch.Ran:
    found = roster.read(write_roster(folder, rows))
    return batch.run(batch.Order(found, folder / "出"), Pretending(), 1)


def outputs(folder: Path) -> dict[str, bytes]:
    """What stands in the folder under final names, record and ledger apart."""
    ours = (RECORD_NAME, batch.LEDGER)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in ours}


ROWS = {"甲": "一", "乙": "二", "丙": "三"}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES, None])
def test_every_call_that_may_fail(tmp_path: Path, number: int | None) -> None:
    """The nth open, write, fsync or rename of a run fails, or the process is killed at it, for every n."""
    whole = tmp_path / "一气"
    whole.mkdir()
    run(whole, ROWS)
    wanted = outputs(whole / "出")
    for nth in range(1, 200):
        folder = tmp_path / str(nth)
        folder.mkdir()
        write_roster(folder, ROWS)
        with Faults(nth, None if number is None else OSError(number, "fault"))() as faults:
            try:
                run(folder, ROWS)
            except SpeechgenError as error:
                assert all(slip.message and slip.remedy for slip in error.slips)
            except Killed:
                pass
            else:
                assert not faults.happened or number == errno.EACCES  # Windows' "in use" has a way around it
        (folder / "出").mkdir(exist_ok=True)
        for name, data in outputs(folder / "出").items():
            assert data == wanted.get(name) or name.startswith((".speechgen-临时-", "审阅表")) or "（2）" in name
        run(folder, ROWS)
        found = outputs(folder / "出")
        assert {n: d for n, d in found.items() if n.startswith("讲话") and "（2）" not in n} == {
            n: d for n, d in wanted.items() if n.startswith("讲话")
        }
        assert not any(name.endswith(".tmp") for name in found)
        assert len(ledger.read(folder / "出" / batch.LEDGER)) == len(ROWS)
        if not faults.happened:
            assert nth > 20
            return
    raise AssertionError("the faults never ended")


# ── whatever happens, in whatever order ───────────────────────────────────────────────────────

KEYS = st.sampled_from("甲乙丙")
VERSIONS = st.sampled_from("一二三")
PLACES = [f"讲话 {key}{tail}.docx" for key in "甲乙丙" for tail in ("", "（2）")] + ["审阅表.xlsx", "定稿.docx"]


class Season(Person):
    """A roster and its folder, that a program and a person both work in."""

    PLACES, TORN = PLACES, 2000

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        pretend(self.patch)
        self.patch.setattr(os, "fsync", lambda handle: None)
        self.out = self.folder / "出"
        self.out.mkdir()
        self.rows = {"甲": "一", "乙": "一"}

    def teardown(self) -> None:
        self.patch.undo()
        super().teardown()

    @rule(key=KEYS, version=VERSIONS)
    def row_is_mended_or_added(self, key: str, version: str) -> None:
        self.rows[key] = version

    @precondition(lambda self: len(self.rows) > 1)
    @rule(key=KEYS)
    def row_is_taken_out(self, key: str) -> None:
        if len(self.rows) > 1:
            self.rows.pop(key, None)

    @rule()
    def run(self) -> None:
        ran = run(self.folder, self.rows)
        assert not ran.failed
        for outcome in ran.outcomes:
            assert outcome.written is not None
            if outcome.state in ("新写", "重写", "新稿另存，原来的没有动"):
                assert f"{outcome.key} {self.rows[outcome.key]}" in self.text(outcome.written.path)
        assert not any(name.endswith(".tmp") for name in outputs(self.out))
        again = run(self.folder, self.rows)
        untouched = {"没有变", "有人改过，没有动"}
        held = {o.key for o in again.outcomes if o.written and (self.out / f"~${o.written.path.name}").exists()}
        assert {o.state for o in again.outcomes if o.key not in held} <= untouched

    @staticmethod
    def text(path: Path) -> str:
        import zipfile

        with zipfile.ZipFile(path) as archive:
            return archive.read("word/document.xml").decode()

    @rule(nth=st.integers(1, 60), number=st.sampled_from([None, errno.ENOSPC, errno.EACCES]))
    def run_that_fails(self, nth: int, number: int | None) -> None:
        write_roster(self.folder, self.rows)
        with Faults(nth, None if number is None else OSError(number, "fault"))():
            with suppress(SpeechgenError, Killed):
                run(self.folder, self.rows)

    @invariant()
    def every_speech_is_whole(self) -> None:
        for name in outputs(self.out).keys() - self.persons.keys():
            if name.startswith("讲话") and name.endswith(".docx"):
                assert self.text(self.out / name).startswith("<w:document>")


class LongSeason(Season):
    """The same, for the one long run."""


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
Season.TestCase.settings = settings(max_examples=2000, stateful_step_count=8, deadline=None, suppress_health_check=QUIET)
LongSeason.TestCase.settings = settings(
    max_examples=20_000, stateful_step_count=10, deadline=None, suppress_health_check=QUIET
)
TestSeason = Season.TestCase
TestLongSeason = pytest.mark.long(LongSeason.TestCase)


# ── killed for good ───────────────────────────────────────────────────────────────────────────


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_two_hundred_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over 200 rows is killed at 200 random moments and goes on each time; the speeches are those of a run that
    nobody disturbed."""
    monkeypatch.undo()
    for name in ("单位.yaml", "会议.yaml"):
        shutil.copy(ROOT / "examples" / "towns" / name, tmp_path / name)
    rows = "".join(f"  - {{编号: '{n:03d}', 单位: {{名称: 第{n}镇, 地区: 第{n}镇}}}}\n" for n in range(200))
    (tmp_path / "名册.yaml").write_text(f"名册:\n{rows}", encoding="utf-8")

    def command(folder: str) -> list[str]:
        return [sys.executable, "-m", "speechgen", "batch", str(tmp_path / "名册.yaml"), "-o", str(tmp_path / folder)]

    subprocess.run(command("一气"), cwd=ROOT, check=False, capture_output=True)
    wanted = {path.name: files.fingerprint(path) for path in (tmp_path / "一气").glob("*.docx")}
    assert len(wanted) == 200
    chance = random.Random(1)
    kills = 0
    while kills < 200:
        if len(list((tmp_path / "多次").glob("*.docx"))) == 200:
            shutil.rmtree(tmp_path / "多次")
        process = subprocess.Popen(
            command("多次"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.3, 3))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
        for path in (tmp_path / "多次").glob("*.docx"):
            assert files.fingerprint(path) == wanted[path.name]
    subprocess.run(command("多次"), cwd=ROOT, check=False, capture_output=True)
    assert {path.name: files.fingerprint(path) for path in (tmp_path / "多次").glob("*.docx")} == wanted


