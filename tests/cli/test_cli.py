"""The program as a secretary runs it: arguments in, Chinese out, an exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import files
from speechgen.errors import SpeechgenError

ROOT = Path(__file__).resolve().parents[2]
MEETING = "2027年元旦春节安全稳定.yaml"
SPEECH = "2026-12-24 全县2027年元旦春节期间安全稳定工作会议讲话稿.docx"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, run_in: Callable[[Path], Run]) -> Run:
    """Runs the program in a folder of its own; gives code, output, errors."""
    folder = tmp_path / "我的 讲话"
    # what somebody has drafted beside the examples, and its record, stays there
    shutil.copytree(ROOT / "examples" / "county", folder, ignore=shutil.ignore_patterns(".*", "*.docx", "*.txt", "*.json"))
    return run_in(folder)


# ── exit codes ────────────────────────────────────────────────────────────────────────────────


def test_zero_when_clean_and_one_when_something_is_left_to_do(run: Run) -> None:
    code, out, err = run("draft", MEETING)
    assert (code, err) == (0, "")
    assert Path(SPEECH).is_file() and SPEECH in out
    code, out, _ = run("draft", "十处缺项.yaml")
    assert code == 1 and "省去" in out


def test_two_for_wrong_usage(run: Run) -> None:
    code, out, err = run("draft")
    assert code == 2 and out == "" and "缺少" in err


def test_three_when_nothing_was_written(run: Run) -> None:
    Path("坏.yaml").write_text("会议：\n  名称: 甲\n  日期: 2026-02-30\n", encoding="utf-8")
    before = sorted(Path().iterdir())
    code, out, err = run("draft", "坏.yaml")
    assert code == 3 and out == ""
    assert "坏.yaml 第 1 行" in err
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(("code", "wanted"), [("written-unconfirmed", 1), ("disk-full", 3)])
def test_a_speech_that_was_written_is_not_denied(
    run: Run, monkeypatch: pytest.MonkeyPatch, code: str, wanted: int
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise SpeechgenError.of(code, "已经写成，但没有存稳。", None, "再运行一次。")

    monkeypatch.setattr(files, "write_output", fails)
    found, _, err = run("draft", MEETING)
    assert found == wanted
    assert "没有写" not in err and "再运行一次" in err


def test_one_bad_file_does_not_keep_the_others_from_being_written(run: Run) -> None:
    Path("坏.yaml").write_text("", encoding="utf-8")
    code, out, err = run("draft", "坏.yaml", MEETING, "-o", "出")
    assert code == 3 and "坏.yaml" in err
    assert (Path("出") / SPEECH).is_file() and SPEECH in out


# ── where it goes ─────────────────────────────────────────────────────────────────────────────


def test_into_a_folder_that_is_not_there_yet(run: Run) -> None:
    code, _, _ = run("draft", MEETING, "-o", Path("出 稿") / "2026.12")
    assert code == 0 and (Path("出 稿") / "2026.12" / SPEECH).is_file()


@pytest.mark.parametrize("name", ["稿子.docx", "稿 子.TXT", "稿子.json"])
def test_into_a_file_whose_name_tells_the_format(run: Run, name: str) -> None:
    code, _, _ = run("draft", MEETING, "-o", Path("新的") / name)
    data = (Path("新的") / name).read_bytes()
    assert code == 0
    match name[-4:].lower():
        case "docx":
            assert data.startswith(b"PK")
        case ".txt":
            assert data.startswith(b"\xef\xbb\xbf")
        case _:
            assert json.loads(data)["blocks"]


def test_the_formats(run: Run) -> None:
    for form in ("docx", "txt", "json"):
        assert run("draft", MEETING, "--format", form)[0] == 0
        assert Path(SPEECH).with_suffix(f".{form}").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "稿.txt", "--format", "docx"), "改成一样的"),
        (("-o", "稿.doc"), ".docx"),
        (("-o", "稿.pdf"), ".docx"),
        (("十处缺项.yaml", "-o", "稿.docx"), "文件夹"),
    ],
)
def test_outputs_that_cannot_be(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run("draft", MEETING, *arguments)
    assert code == 2 and words in err
    assert not list(Path().glob("稿*"))


def test_several_files_each_to_its_speech(run: Run) -> None:
    shutil.copy(ROOT / "examples" / "town" / "2027年春节前安全稳定.yaml", "镇.yaml")
    run("draft", MEETING, "镇.yaml", "-o", "出")
    assert len(list(Path("出").glob("*.docx"))) == 2


def test_an_output_of_another_meeting_is_spared(run: Run) -> None:
    run("draft", MEETING)
    before = Path(SPEECH).read_bytes()
    code, out, _ = run("draft", "十处缺项.yaml")
    assert code == 1 and "没有动它" in out
    assert Path(SPEECH).read_bytes() == before
    assert Path(SPEECH.replace(".docx", "（2）.docx")).is_file()


def test_a_rerun_says_unchanged_and_a_change_is_written(run: Run) -> None:
    run("draft", MEETING)
    assert "没有变化" in run("draft", MEETING)[1]
    text = Path(MEETING).read_text("utf-8")
    assert "126人工资付清" in text
    Path(MEETING).write_text(text.replace("126人工资付清", "全部工资付清"), encoding="utf-8")
    code, out, _ = run("draft", MEETING)
    assert code == 0 and "已写好" in out and "没有动" not in out


def test_an_edited_speech_is_never_replaced(run: Run) -> None:
    run("draft", MEETING)
    Path(SPEECH).write_bytes(b"edited by hand")
    _, out, _ = run("draft", MEETING)
    assert "有人改过" in out and "（2）" in out
    assert Path(SPEECH).read_bytes() == b"edited by hand"


def test_a_rerun_keeps_its_picks_unless_asked_to_pick_anew(run: Run) -> None:
    text = Path(MEETING).read_text("utf-8")
    Path(MEETING).write_text(text + "种子: 别的\n", encoding="utf-8")
    run("draft", MEETING, "-o", "a.txt")
    first = Path("a.txt").read_bytes()
    Path(MEETING).write_text(text, encoding="utf-8")
    assert "没有变化" in run("draft", MEETING, "-o", "a.txt")[1]
    assert run("explain", MEETING, "--slots")[1]
    assert "已写好" in run("draft", MEETING, "-o", "a.txt", "--anew")[1]
    assert Path("a.txt").read_bytes() != first


def test_a_damaged_record_is_told_and_the_speech_is_written(run: Run) -> None:
    Path(files.RECORD_NAME).write_bytes(b"{broken\n")
    code, out, _ = run("draft", MEETING)
    assert code == 0 and "1 行读不出来" in out and Path(SPEECH).is_file()


def test_a_content_folder_that_is_not_there(run: Run) -> None:
    code, _, err = run("draft", MEETING, "--content", "没有")
    assert code == 3 and "找不到文件夹" in err


# ── explain ───────────────────────────────────────────────────────────────────────────────────


def test_explain_prints_sources_and_writes_nothing(run: Run) -> None:
    before = sorted(Path().iterdir())
    code, out, _ = run("explain", MEETING)
    assert code == 0 and "所填" in out and "语料" in out
    assert sorted(Path().iterdir()) == before


def test_explained_slots_can_be_copied_into_the_file(run: Run) -> None:
    _, slots, _ = run("explain", MEETING, "--slots")
    chosen = "".join(f"  {entry}\n" for entry in slots.splitlines())
    text = Path(MEETING).read_text("utf-8")
    Path(MEETING).write_text(f"{text}种子: 别的\n选定:\n{chosen}", encoding="utf-8")
    code, again, err = run("explain", MEETING, "--slots")
    assert (code, err) == (0, "")
    assert again == slots


# ── new and demo ──────────────────────────────────────────────────────────────────────────────


def test_new_writes_starters_and_never_over_a_file(run: Run) -> None:
    code, out, _ = run("new", "信访")
    assert code == 0 and "会议-信访.yaml" in out
    written = Path("会议-信访.yaml").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and b"\r\n" in written
    code, _, err = run("new", "信访")
    assert code == 3 and "已经有了" in err
    assert run("new", "--office")[0] == 3
    assert run("new", "--office", "-o", Path("新 单位") / "单位.yaml")[0] == 0


def test_new_asks_nobody_when_there_is_no_terminal(run: Run) -> None:
    assert run("new")[0] == 0
    assert Path("会议.yaml").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_new_asks_at_a_terminal(tmp_path: Path) -> None:
    import pty

    answers = ["青峪县", "县", "陈志远", "县长"]
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "new", "--office"],
        cwd=tmp_path,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    os.close(follower)
    os.write(leader, "".join(f"{answer}\n" for answer in answers).encode())
    said = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(leader)
    assert process.wait(30) == 0
    assert "单位名称" in said.decode("utf-8", "replace")
    text = (tmp_path / "单位.yaml").read_text("utf-8-sig")
    assert all(f": {answer} " in text or f": {answer}\n" in text for answer in answers)


def test_demo_twice_in_a_folder(run: Run) -> None:
    code, out, _ = run("demo")
    assert code == 0 and "接下来" in out
    speech = next(Path("讲话稿示例").glob("*.docx"))
    meeting = Path("讲话稿示例") / MEETING
    text = meeting.read_text("utf-8-sig").replace("126人工资付清", "全部工资付清")
    meeting.write_text(text, encoding="utf-8")
    before = speech.read_bytes()
    code, out, _ = run("demo")
    assert code == 0 and "已写好" in out
    assert meeting.read_text("utf-8") == text  # what she changed stays hers
    assert speech.read_bytes() != before
    assert "没有变化" in run("demo")[1]


# ── words ─────────────────────────────────────────────────────────────────────────────────────

USAGES = [
    ("--help",),
    ("-h",),
    (),
    ("draft", "--help"),
    ("explain", "--help"),
    ("new", "--help"),
    ("demo", "--help"),
    ("draft",),
    ("explain",),
    ("draft", "没有.yaml"),
    ("draft", "."),
    ("explain", "."),
    ("drafft",),
    ("x",),
    ("-q",),
    ("draft", "-x"),
    ("draft", "--formt", "txt"),
    ("draft", "--o"),
    ("draft", "-o"),
    ("draft", "--format"),
    ("draft", "--format", "pdf", MEETING),
    ("draft", "--anew=1", MEETING),
    ("new", "甲", "乙"),
    ("new", "甲", "乙", "丙"),
    ("new", "--office=1"),
    ("demo", "甲"),
    ("explain", MEETING, MEETING),
    ("draft", "--content"),
    ("--version=1",),
    ("new", "--off"),
    ("explain", "--slot", MEETING),
    ("draft", "---"),
    ("draft", "--forma", "txt"),
]
OURS = re.compile(
    r"speechgen|--?[a-z-]+=?\d?|docx|txt|json|yaml|YAML|Word|outlines|phrasebank|drafft|draft|check|rules|explain|new|demo|season|batch|xlsx|csv|html|Ctrl|phrases|wordings|swap|avoid|ledger|WPS|pdf|\bx\b|formt?|forma"
)


@pytest.mark.parametrize("arguments", USAGES, ids=" ".join)
def test_no_english_word_of_the_library_is_left(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert code in (0, 2)
    assert not re.findall("[A-Za-z]{2,}", OURS.sub("", out + err)), out + err
    assert re.search("[\u4e00-\u9fff]", out + err)


def test_the_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0 and re.fullmatch(r"speechgen \d+\.\d+\.\d+\S*\n", out)


@pytest.mark.parametrize(
    "arguments", [("draft", MEETING), ("draft", "十处缺项.yaml"), ("explain", MEETING), ("new", "五一"), ("--help",)]
)
def test_a_gbk_console(run: Run, arguments: tuple[str, ...]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1)
    text = done.stdout.decode("gbk")
    assert re.search("[\u4e00-\u9fff]", text) and not done.stderr


def test_an_ascii_console_shows_what_it_can(run: Run) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "speechgen", "draft", MEETING],
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and Path(SPEECH).is_file() and not done.stderr


# ── nothing ends in a traceback ───────────────────────────────────────────────────────────────


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_as_a_meeting_file_end_in_a_message(run: Run, data: bytes) -> None:
    Path("随便.yaml").write_bytes(data)
    code, _, err = run("draft", "随便.yaml")
    assert code == 3 and "没有料到" not in err and err.strip()


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_example_with_a_piece_cut_out_ends_in_a_message(run: Run, data: st.DataObject) -> None:
    text = Path(MEETING).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 80)))
    Path("残.yaml").write_text(
        text[:start] + data.draw(st.sampled_from(["", "：", "\t", "{{", "「", ": ", "- "])) + text[end:],
        encoding="utf-8",
    )
    code, _, err = run("draft", "残.yaml", "-o", "残")
    assert code in (0, 1, 3) and "没有料到" not in err


def test_the_unforeseen_is_kept_for_those_who_maintain(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from speechgen import several

    def fails(_: Path) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(several, "load", fails)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    code, _, err = run("draft", MEETING)
    kept = tmp_path / "缓存" / "speechgen" / "出错记录.txt"
    assert code == 3 and str(kept) in err and "secret detail" not in err
    assert "secret detail" in kept.read_text("utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(MEETING).resolve()))
    assert "会议文件发给" in run("draft", MEETING)[2]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert "会议文件发给" in run("draft", MEETING)[2]


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 3, "已停止"),
        (UnicodeEncodeError("ascii", "甲", 0, 1, "x"), 3, "PYTHONUTF8"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_other_ways_to_end(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    from speechgen import several

    def fails(_: Path) -> None:
        raise error

    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back what a broken pipe replaces
    monkeypatch.setattr(several, "load", fails)
    found, _, err = run("draft", MEETING)
    assert found == code and words in err


def test_a_reader_that_goes_away_makes_no_noise(run: Run) -> None:
    command = f'"{sys.executable}" "{ROOT / "cli.py"}" explain "{MEETING}" | head -n 1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.stderr == b"" and done.stdout
