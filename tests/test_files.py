"""The writer: whole files or none, and no word that a person wrote is ever lost."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import re
import stat
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from speechgen import files
from speechgen.errors import SpeechgenError
from speechgen.files import (
    RECORD_NAME,
    Written,
    fingerprint,
    read_record,
    safe_name,
    secretary_text,
    write_new,
    write_output,
)
from tests.faults import Faults, Killed, Person, docx

NAME = "全县元旦春节安全稳定工作会议讲话.docx"
PICKS = {"措施/欠薪": "wage-001", "结束语": "close-004"}


def write(path: Path, data: bytes, **details: Any) -> Written:
    return write_output(
        path, data, **{"meeting": "会议.yaml", "content": "c0ffee", "seed": "7", "picks": PICKS} | details
    )


def names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()} - {RECORD_NAME}


def slip(error: pytest.ExceptionInfo[SpeechgenError]) -> Any:
    (only,) = error.value.slips
    assert only.message
    assert only.remedy
    assert only.location is not None
    return only


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("全县元旦春节安全稳定工作会议", ".docx", "全县元旦春节安全稳定工作会议.docx"),
        ("2026-12-24 12:30 会议", ".docx", "2026-12-24 12：30 会议.docx"),
        ("12/24会议\\讲话", "", "12-24会议-讲话"),
        ("../../etc/passwd", "", "-..-etc-passwd"),
        ("关于“安全”的<讲话>？*|", ".docx", "关于“安全”的〈讲话〉？＊-.docx"),
        ("会议\n讲话\t稿\u3000", ".docx", "会议 讲话 稿.docx"),
        ("CON", ".docx", "_CON.docx"),
        ("nul.txt", "", "_nul.txt"),
        ("Com1 .tar.gz", "", "_Com1 .tar.gz"),
        ("COM¹", "", "_COM¹"),
        ("COM10", "", "COM10"),
        ("console", "", "console"),
        ("讲话稿. . .", "", "讲话稿"),
        ("~$讲话稿", ".docx", "$讲话稿.docx"),
        (".隐藏", "", "隐藏"),
        ("", ".docx", "未命名.docx"),
        ("...", "", "未命名"),
        ("\u202e\u200b", "", "未命名"),
        ("讲话.docx", ".docx", "讲话.docx"),
        ("讲话.DOCX", ".docx", "讲话.docx"),
        ("e\u0301", "", "é"),
    ],
)
def test_names(text: str, suffix: str, expected: str) -> None:
    assert safe_name(text, suffix) == expected


def test_long_names_are_cut_between_characters() -> None:
    name = safe_name("讲" * 200, ".docx")
    assert name == "讲" * 78 + ".docx"
    assert len(name.encode()) <= 240


AWKWARD = st.text(
    st.one_of(
        st.sampled_from(list('<>:"/\\|?*. ~$\0\n\r\t\x7f\u3000\u200d\u202e\u2028\ud800e\u0301讲😀conau1¹')),
        st.characters(),
    ),
    max_size=300,
)


@settings(max_examples=500)
@given(AWKWARD, st.sampled_from(["", ".docx", ".txt", ".yaml"]))
@example("讲" * 79 + " . ", "")
@example("a" * 239 + "é", "")
@example("con\u200b.x", "")
@example("x.docx.docx", ".docx")
def test_names_are_always_safe(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    assert 0 < len(name.encode("utf-8")) <= 240
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)
    assert not name.endswith((".", " "))
    assert not name.startswith((".", " ", "~"))
    assert name.endswith(suffix)
    assert name != suffix
    reserved = r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])"
    assert not re.fullmatch(reserved, name.split(".")[0].rstrip(" "), re.IGNORECASE)
    assert os.path.basename(name) == name
    assert safe_name(name, suffix) == name


# ── text for secretaries ──────────────────────────────────────────────────────────────────────


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@example("\ufeff一\r\n二\r三\n")
def test_secretary_text(text: str) -> None:
    data = secretary_text(text)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert data.decode("utf-8-sig").replace("\r\n", "\n") == unified


def test_secretary_text_never_fails_on_an_undecodable_path() -> None:
    assert secretary_text("\udcff") == b"\xef\xbb\xbf?"


# ── fingerprints ──────────────────────────────────────────────────────────────────────────────


def test_another_zlib_does_not_make_another_docx(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx("一", level=1))
    (tmp_path / "b.DOCX").write_bytes(docx("一", level=9))
    (tmp_path / "c.docx").write_bytes(docx("二", level=1))
    assert (tmp_path / "a.docx").read_bytes() != (tmp_path / "b.DOCX").read_bytes()
    assert fingerprint(tmp_path / "a.docx") == fingerprint(tmp_path / "b.DOCX")
    assert fingerprint(tmp_path / "a.docx") != fingerprint(tmp_path / "c.docx")


def test_other_files_are_known_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(docx("一", level=1))
    (tmp_path / "b.txt").write_bytes(docx("一", level=9))
    assert fingerprint(tmp_path / "a.txt") != fingerprint(tmp_path / "b.txt")


def test_moving_bytes_between_parts_shows(tmp_path: Path) -> None:
    for name, parts in (("a.docx", {"ab": "c"}), ("b.docx", {"a": "bc"}), ("c.docx", {"a": "", "bc": ""})):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
    assert len({fingerprint(tmp_path / name) for name in ("a.docx", "b.docx", "c.docx")}) == 3


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(0, 400), byte=st.integers(0, 255), cut=st.integers(0, 400))
def test_a_damaged_docx_still_has_a_fingerprint(tmp_path: Path, where: int, byte: int, cut: int) -> None:
    data = bytearray(docx("安全生产"))
    data[where % len(data)] = byte
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(data[: len(data) - cut % len(data)]))
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(path))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LARGEST_UNPACKED", 10)
    (tmp_path / "a.docx").write_bytes(docx("一", level=1))
    (tmp_path / "b.docx").write_bytes(docx("一", level=9))
    assert fingerprint(tmp_path / "a.docx") != fingerprint(tmp_path / "b.docx")  # by bytes


# ── writing ───────────────────────────────────────────────────────────────────────────────────


def test_first_write_makes_folders_and_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "春节 讲话" / "县长" / NAME
    assert write(path, docx("一")) == Written(path)
    assert path.read_bytes() == docx("一")
    assert names(path.parent) == {NAME}
    record = read_record(path.parent)
    (entry,) = record.entries
    assert record.newest("会议.yaml") == entry
    assert (entry.meeting, entry.output, entry.state) == ("会议.yaml", NAME, "done")
    assert (entry.content, entry.seed, entry.picks) == ("c0ffee", "7", PICKS)
    assert entry.parts == fingerprint(path)
    assert record.damaged == 0


@pytest.mark.parametrize("suffix", [".docx", ".txt", ".json"])
def test_an_untouched_output_is_replaced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"讲话{suffix}"
    for text in ("一", "二", "三", "一"):
        assert write(path, docx(text)) == Written(path)
        assert path.read_bytes() == docx(text)
    assert names(tmp_path) == {path.name}


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一", level=1))
    before = path.stat(), (tmp_path / RECORD_NAME).read_bytes()
    assert write(path, docx("一", level=9)) == Written(path, unchanged=True)
    assert (path.stat(), (tmp_path / RECORD_NAME).read_bytes()) == before


def test_the_same_content_from_other_picks_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    assert write(path, docx("一"), picks={}, seed="8").unchanged
    newest = read_record(tmp_path).newest("会议.yaml")
    assert newest is not None
    assert (newest.picks, newest.seed, newest.state) == ({}, "8", "done")
    size = (tmp_path / RECORD_NAME).stat().st_size
    assert write(path, docx("一"), picks={}, seed="8").unchanged
    assert (tmp_path / RECORD_NAME).stat().st_size == size


def test_back_to_an_output_that_is_there_already(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"), picks={"s": "1"})
    (tmp_path / f"~${NAME}").write_bytes(b"x")
    write(path, docx("二"), picks={"s": "2"})
    assert write(path, docx("一"), picks={"s": "1"}) == Written(path, unchanged=True)
    newest = read_record(tmp_path).newest("会议.yaml")
    assert newest is not None
    assert (newest.output, newest.picks) == (NAME, {"s": "1"})


def test_an_edited_output_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    path.write_bytes(docx("书记亲手改过"))
    second = path.with_name(f"{path.stem}（2）.docx")
    assert write(path, docx("二")) == Written(second, path, "edited")
    assert path.read_bytes() == docx("书记亲手改过")
    assert second.read_bytes() == docx("二")
    # the one beside is ours: it is kept up to date instead of making ever more …
    assert write(path, docx("三")) == Written(second, path, "edited")
    assert write(path, docx("三")) == Written(second, path, "edited", unchanged=True)
    # … until it is edited too
    second.write_bytes(docx("又改了"))
    assert write(path, docx("四")).path == path.with_name(f"{path.stem}（3）.docx")
    assert second.read_bytes() == docx("又改了")
    assert len(names(tmp_path)) == 3


def test_a_file_the_record_does_not_know_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(docx("去年的稿子"))
    assert write(path, docx("一")) == Written(path.with_name(f"{path.stem}（2）.docx"), path, "unknown")
    assert path.read_bytes() == docx("去年的稿子")


def test_our_output_under_another_name_is_somebodys_own(tmp_path: Path) -> None:
    path, kept = tmp_path / NAME, tmp_path / "定稿.docx"
    write(path, docx("一"))
    path.rename(kept)
    assert write(kept, docx("二")).reason == "unknown"
    assert kept.read_bytes() == docx("一")


def test_a_read_only_output_is_spared(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    path.chmod(stat.S_IRUSR)
    assert write(path, docx("二")).reason == "edited"
    assert path.read_bytes() == docx("一")
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_never_replaced(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / NAME, tmp_path / "原稿.docx"
    write(path, docx("一"))
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert write(path, docx("二")).reason == "unknown"
    assert path.is_symlink()
    assert elsewhere.read_bytes() == docx("一")


@pytest.mark.parametrize(
    "owner", [f"~${NAME}", f"~${NAME[1:]}", f"~${NAME[2:]}", f".~{NAME}", f".~lock.{NAME}#"]
)
def test_an_open_output_is_never_replaced(tmp_path: Path, owner: str) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    (tmp_path / owner).write_bytes(b"x")
    assert write(path, docx("一")) == Written(path, unchanged=True)
    assert write(path, docx("二")) == Written(path.with_name(f"{path.stem}（2）.docx"), path, "open")
    assert path.read_bytes() == docx("一")
    (tmp_path / owner).unlink()
    assert write(path, docx("二")) == Written(path)


def test_an_output_that_windows_holds_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use", str(target))

    monkeypatch.setattr(os, "replace", refuse)
    second = path.with_name(f"{path.stem}（2）.docx")
    assert write(path, docx("二")) == Written(second, path, "open")
    assert path.read_bytes() == docx("一")
    assert second.read_bytes() == docx("二")
    assert names(tmp_path) == {path.name, second.name}
    monkeypatch.undo()
    assert write(path, docx("三")) == Written(path)


def test_a_virus_scanner_holds_the_new_file_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, refused = os.rename, [1, 2, 3]

    def refuse(source: Path, target: Path) -> None:
        if refused:
            raise PermissionError(errno.EACCES, refused.pop(), str(target))
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    path = tmp_path / NAME
    assert write(path, docx("一")) == Written(path)


@pytest.mark.parametrize("there_before", [True, False])
def test_saved_by_somebody_while_we_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    path = tmp_path / NAME
    if there_before:
        write(path, docx("一"))
    prepare = files._write_temporary

    def saved_meanwhile(folder: Path, data: bytes) -> Path:
        path.write_bytes(docx("刚刚保存的修改"))
        return prepare(folder, data)

    monkeypatch.setattr(files, "_write_temporary", saved_meanwhile)
    written = write(path, docx("二"))
    assert (written.beside, written.reason) == (path, "edited")
    assert path.read_bytes() == docx("刚刚保存的修改")
    assert written.path.read_bytes() == docx("二")


def test_the_name_beside_a_long_one_still_fits(tmp_path: Path) -> None:
    path = tmp_path / safe_name("讲" * 100, ".docx")
    path.write_bytes(b"mine")
    beside = write(path, docx("一")).path
    assert len(beside.name.encode()) <= 240
    assert beside.name.endswith("（2）.docx")


def test_several_meetings_and_outputs_share_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", docx("一"), meeting="甲.yaml", picks={"s": "1"})
    write(tmp_path / "b.docx", docx("一"), meeting="乙.yaml", picks={"s": "2"})
    write(tmp_path / "c.docx", docx("三"), meeting="甲.yaml", picks={"s": "3"})
    record = read_record(tmp_path)
    assert [(e.meeting, e.output) for e in record.entries] == [
        ("甲.yaml", "a.docx"), ("乙.yaml", "b.docx"), ("甲.yaml", "c.docx"),
    ]  # fmt: skip
    newest = record.newest("甲.yaml")
    assert newest is not None
    assert newest.picks == {"s": "3"}
    assert record.newest("丙.yaml") is None
    write(tmp_path / "a.docx", docx("四"), meeting="甲.yaml", picks={"s": "4"})
    newest = read_record(tmp_path).newest("甲.yaml")
    assert newest is not None
    assert (newest.output, newest.picks) == ("a.docx", {"s": "4"})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fsync for folders")
def test_everything_is_on_the_disk_before_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    steps: list[str] = []
    opened: dict[int, str] = {}

    def watch(name: str, real: Callable[..., Any]) -> None:
        def call(*args: Any) -> Any:
            result = real(*args)
            if name == "open":
                opened[result] = Path(args[0]).suffix or "folder"
            else:
                steps.append(f"{name} {opened.get(args[0]) or Path(args[0]).suffix}")
            return result

        monkeypatch.setattr(os, name, call)

    for name in ("open", "write", "fsync", "replace"):
        watch(name, getattr(os, name))
    write(path, docx("二"))
    monkeypatch.undo()
    assert steps == [
        "write .tmp", "fsync .tmp", "write .jsonl", "fsync .jsonl",
        "replace .tmp", "fsync folder", "write .jsonl", "fsync .jsonl",
    ]  # fmt: skip


def test_names_are_known_however_the_system_spells_them(tmp_path: Path) -> None:
    write(tmp_path / "Café.docx", docx("一"))
    record = read_record(tmp_path)
    known = record.entries[0].meeting
    assert record.fingerprints(known, "CAFE\u0301.DOCX") == record.fingerprints(known, "Café.docx") != frozenset()


def test_another_meetings_output_is_not_replaced(tmp_path: Path) -> None:
    first = write(tmp_path / "稿.docx", docx("甲会议"), meeting="甲.yaml")
    second = write(tmp_path / "稿.docx", docx("乙会议"), meeting="乙.yaml")
    assert (second.reason, second.beside) == ("unknown", first.path)
    again = write(tmp_path / "稿.docx", docx("乙会议改了"), meeting="乙.yaml")
    assert again.path == second.path
    assert fingerprint(first.path) == first_print(tmp_path, "甲.yaml")


def first_print(folder: Path, meeting: str) -> str:
    newest = read_record(folder).newest(meeting)
    assert newest is not None
    return newest.parts


# ── starters ──────────────────────────────────────────────────────────────────────────────────


def test_a_starter_is_created_but_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "新 文件夹" / "会议.yaml"
    assert write_new(path, b"1") == path
    with pytest.raises(SpeechgenError) as error:
        write_new(path, b"2")
    assert slip(error).code == "file-exists"
    assert path.read_bytes() == b"1"
    assert {item.name for item in path.parent.iterdir()} == {"会议.yaml"}


def test_a_starter_made_by_somebody_else_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, prepare = tmp_path / "会议.yaml", files._write_temporary

    def other(folder: Path, data: bytes) -> Path:
        path.write_bytes(b"theirs")
        return prepare(folder, data)

    monkeypatch.setattr(files, "_write_temporary", other)
    with pytest.raises(SpeechgenError) as error:
        write_new(path, b"ours")
    assert slip(error).code == "file-exists"
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"会议.yaml"}


# ── the record, damaged ───────────────────────────────────────────────────────────────────────


def test_no_record_no_folder(tmp_path: Path) -> None:
    assert read_record(tmp_path) == read_record(tmp_path / "没有") == files.Record()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "torn last line": lambda data: data + b'{"meeting":"\xe4\xbc',
    "noise": lambda data: b"\x00\xff\xfe\n[1]\nnull\n" + data,
    "deep nesting": lambda data: b"[" * 100_000 + b"\n" + data,
    "huge number": lambda data: b'{"n":' + b"9" * 10_000 + b"}\n" + data,
    "wrong types": lambda data: b'{"meeting":1,"output":"a","parts":"b","state":"done"}\n' + data,
    "wrong picks": lambda data: (
        b'{"meeting":"m","output":"a","parts":"b","state":"done","picks":[1]}\n' + data
    ),
    "missing keys": lambda data: b'{"meeting":"m","state":"done"}\n' + data,
    "another state": lambda data: b'{"meeting":"m","output":"a","parts":"b","state":"?"}\n' + data,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_record_stops_nothing(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path, file = tmp_path / NAME, tmp_path / RECORD_NAME
    write(path, docx("一"))
    healthy = read_record(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    record = read_record(tmp_path)
    assert record.damaged >= 1
    assert record.entries == healthy.entries
    assert write(path, docx("二")) == Written(path)  # appended behind the torn line, not onto it
    newest = read_record(tmp_path).newest("会议.yaml")
    assert newest is not None
    assert newest.parts == fingerprint(path)
    assert newest.picks == PICKS
    assert read_record(tmp_path).damaged == record.damaged


def test_a_record_saved_by_notepad_or_a_later_program(tmp_path: Path) -> None:
    path, file = tmp_path / NAME, tmp_path / RECORD_NAME
    write(path, docx("一"))
    healthy = read_record(tmp_path)
    lines = [json.dumps({**json.loads(line), "以后": [1]}) for line in file.read_bytes().splitlines()]
    file.write_bytes(secretary_text("\n".join(lines) + "\n\n"))
    assert read_record(tmp_path) == healthy
    assert write(path, docx("二")) == Written(path)


def test_each_write_is_whole_lines_only(tmp_path: Path) -> None:
    for text in ("一", "二"):
        write(tmp_path / NAME, docx(text))
    data = (tmp_path / RECORD_NAME).read_bytes()
    assert data.endswith(b"\n")
    assert [json.loads(line)["state"] for line in data.splitlines()] == ["intent", "done"] * 2


def test_a_lost_record_costs_nobody_a_word(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    (tmp_path / RECORD_NAME).unlink()
    assert write(path, docx("二")).reason == "unknown"
    assert path.read_bytes() == docx("一")


def test_the_same_run_again_restores_a_lost_record(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, docx("一"))
    (tmp_path / RECORD_NAME).unlink()
    assert write(path, docx("一")) == Written(path, unchanged=True)
    assert write(path, docx("二")) == Written(path)


def test_a_name_that_is_no_text_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.txt"
    try:
        path.write_bytes(b"")
        path.unlink()
    except OSError:
        pytest.skip("the file system refuses such names")
    write(path, b"1")
    assert write(path, b"2") == Written(path)


# ── several runs ──────────────────────────────────────────────────────────────────────────────


def _write_many(folder: str, who: int) -> None:
    files._LOCK_TRIES = 100_000  # a slow disk is no failure
    for number in range(15):
        write(Path(folder) / f"{who}.txt", f"{who} {number}".encode(), meeting=f"{who}.yaml")
        write(Path(folder) / "同一个.txt", f"{who} {number}".encode(), meeting="同一个.yaml")


def test_runs_at_the_same_time_keep_the_record_whole(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_write_many, args=(str(tmp_path), who)) for who in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
        assert run.exitcode == 0
    record = read_record(tmp_path)
    assert record.damaged == 0
    assert names(tmp_path) == {"0.txt", "1.txt", "2.txt", "3.txt", "同一个.txt"}
    for name in names(tmp_path):
        assert fingerprint(tmp_path / name) in record.fingerprints(name.replace(".txt", ".yaml"), name)
        assert any(entry.output == name and entry.state == "done" for entry in record.entries)
    assert len(record.fingerprints("同一个.yaml", "同一个.txt")) == 60


def test_a_folder_that_another_run_holds(tmp_path: Path) -> None:
    with files.opened(tmp_path), pytest.raises(SpeechgenError) as error:
        write(tmp_path / NAME, docx("一"))
    assert slip(error).code == "folder-busy"
    assert names(tmp_path) == set()


def test_left_over_temporary_files_are_swept(tmp_path: Path) -> None:
    stale = tmp_path / ".speechgen-临时-0123456789abcdef.tmp"
    theirs = tmp_path / ".speechgen-临时-笔记.tmp"
    for path in (stale, theirs):
        path.write_bytes(b"x")
    write(tmp_path / NAME, docx("一"))
    assert names(tmp_path) == {NAME, theirs.name}


def test_without_locks_nothing_is_swept_but_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(record: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(files, "_try_lock", no_locks)
    other = tmp_path / ".speechgen-临时-0123456789abcdef.tmp"
    other.write_bytes(b"another run's")
    for text in ("一", "二"):
        assert write(tmp_path / NAME, docx(text)) == Written(tmp_path / NAME)
    assert names(tmp_path) == {NAME, other.name}


# ── the system refuses ────────────────────────────────────────────────────────────────────────


def test_the_target_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(SpeechgenError) as error:
        write(tmp_path / NAME, docx("一"))
    assert slip(error).code == "is-folder"
    assert names(tmp_path) == {NAME}


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "稿子").write_bytes(b"mine")
    for path in (tmp_path / "稿子" / NAME, tmp_path / "稿子" / "下级" / NAME):
        with pytest.raises(SpeechgenError) as error:
            write(path, docx("一"))
        assert slip(error).code == "not-folder"
    assert (tmp_path / "稿子").read_bytes() == b"mine"


def test_a_path_too_long(tmp_path: Path) -> None:
    with pytest.raises(SpeechgenError) as error:
        write(tmp_path / ("长" * 300 + ".docx"), docx("一"))
    assert slip(error).code == "name-too-long"
    assert names(tmp_path) == set()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write anywhere"
)
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SpeechgenError) as error:
        write(tmp_path / NAME, docx("一"))
    tmp_path.chmod(0o700)
    assert slip(error).code == "no-permission"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EROFS, "no-permission"),
        (errno.EINVAL, "bad-name"),
        (errno.EIO, "write-failed"),
        (None, "write-failed"),
    ],
)
def test_every_refusal_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None, code: str
) -> None:
    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        raise OSError(number, "words of the system", str(path)) if number else OSError("no number")

    monkeypatch.setattr(os, "open", refuse)
    for call in (lambda: write(tmp_path / NAME, b"1"), lambda: write_new(tmp_path / NAME, b"1")):
        with pytest.raises(SpeechgenError) as error:
            call()
        told = slip(error)
        assert told.code == code
        assert NAME in told.message
        assert "words of the system" not in told.message + told.remedy


@pytest.mark.parametrize("watched", [*((name,) for name in Faults.WATCHED), Faults.WATCHED])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("edited", [False, True])
def test_every_call_that_may_fail(
    tmp_path: Path, watched: tuple[str, ...], number: int, edited: bool
) -> None:
    old, new = docx("旧"), docx("新")
    for nth in range(1, 100):
        folder = tmp_path / str(nth)
        path, beside = folder / NAME, folder / f"{Path(NAME).stem}（2）.docx"
        write(path, old)
        if edited:
            path.write_bytes(docx("改"))
        with Faults(nth, OSError(number, "fault"), watched)() as faults:
            try:
                written = write(path, new)
            except SpeechgenError as error:
                (told,) = error.slips
                assert told.message
                assert told.remedy
                landed = told.code == "written-unconfirmed"
            else:
                landed = True
                # only Windows' "in use" has a way around it
                assert number == errno.EACCES or not faults.happened
                assert written.path.read_bytes() == new
        if edited:
            assert path.read_bytes() == docx("改")
            assert not beside.exists() or beside.read_bytes() == new
        else:
            assert path.read_bytes() in ((new,) if landed and not beside.exists() else (old,))
        assert names(folder) <= {path.name, beside.name}
        # and the next run is as good as ever
        again = write(path, docx("再"))
        assert again.beside == (path if edited else None)
        assert again.path.read_bytes() == docx("再")
        assert len(names(folder)) <= 2
        if not faults.happened:
            assert nth > 1 or watched == ("rename",) or (watched == ("replace",) and edited)
            return
    raise AssertionError("the faults never ended")


@pytest.mark.parametrize("first", [True, False])
def test_killed_at_every_step(tmp_path: Path, first: bool) -> None:
    for nth in range(1, 100):
        folder = tmp_path / str(nth)
        path = folder / NAME
        if not first:
            write(path, docx("旧"))
        with Faults(nth, None)() as faults:
            with suppress(Killed):
                write(path, docx("新"))
        found = path.read_bytes() if path.exists() else None
        assert found in ((None if first else docx("旧")), docx("新"))
        # a re-run knows either state as its own
        assert write(path, docx("再")) == Written(path)
        assert names(folder) == {NAME}
        newest = read_record(folder).newest("会议.yaml")
        assert newest is not None
        assert (newest.parts, newest.picks) == (fingerprint(path), PICKS)
        if not faults.happened:
            assert nth > 8
            return
    raise AssertionError("the kills never ended")


def test_a_starter_is_whole_or_not_there(tmp_path: Path) -> None:
    for failure in (OSError(errno.ENOSPC, "full"), None):
        for nth in range(1, 30):
            path = tmp_path / f"{failure} {nth}" / "会议.yaml"
            with Faults(nth, failure)() as faults:
                try:
                    write_new(path, b"whole")
                except (SpeechgenError, Killed):
                    assert faults.happened
                else:
                    assert not faults.happened
            assert not path.exists() or path.read_bytes() == b"whole"
            assert failure is None or names(path.parent) <= {path.name}
            if not faults.happened:
                break
        else:
            raise AssertionError("the faults never ended")


# ── whatever happens, in whatever order ───────────────────────────────────────────────────────

OUTPUTS = ("讲话.docx", "讲话.txt")
PLACES = ("讲话.docx", "讲话（2）.docx", "讲话（3）.docx", "讲话.txt", "讲话（2）.txt", "定稿.docx")
VERSIONS = st.sampled_from("一二三四")


class Season(Person):
    """A folder that a program and a person both work in."""

    PLACES, TORN = PLACES, 400

    def __init__(self) -> None:
        super().__init__()
        self.versions: set[bytes] = set()

    @rule(output=st.sampled_from(OUTPUTS), version=VERSIONS)
    def run(self, output: str, version: str) -> None:
        path, data = self.folder / output, docx(version)
        self.versions.add(data)
        theirs, held = output in self.persons, self.there(f"~${output}")
        written = write(path, data, meeting=output, picks={"结束语": version})
        assert written.path.read_bytes() == data
        assert (written.beside is None) == (written.path == path) == (not written.reason)
        if theirs:
            assert written.beside == path
            assert written.reason in ("edited", "unknown")
        if written.reason == "open":
            assert held
        newest = read_record(self.folder).newest(output)
        assert newest is not None
        assert (newest.output, newest.parts) == (written.path.name, fingerprint(written.path))
        assert newest.picks == {"结束语": version}
        assert not any(name.endswith(".tmp") for name in names(self.folder))

    @rule(
        output=st.sampled_from(OUTPUTS),
        version=VERSIONS,
        nth=st.integers(1, 16),
        number=st.sampled_from([None, errno.ENOSPC, errno.EACCES]),
    )
    def run_that_fails(self, output: str, version: str, nth: int, number: int | None) -> None:
        self.versions.add(docx(version))
        with Faults(nth, None if number is None else OSError(number, "fault"))():
            with suppress(SpeechgenError, Killed):
                write(self.folder / output, docx(version), meeting=output)

    @invariant()
    def every_output_is_whole(self) -> None:
        for name in names(self.folder) - set(self.persons):
            if not name.startswith(("~$", ".speechgen-临时-")):
                assert (self.folder / name).read_bytes() in self.versions


Season.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestSeason = Season.TestCase
