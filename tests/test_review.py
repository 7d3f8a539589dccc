"""The line that a foreign speech takes: read, check, copy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from speechgen import review
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.errors import SpeechgenError
from speechgen.model import Draft

SPEECH = "在全县安全生产工作会议上的讲话\n同志们：\n大家勿必上心,一处一处地查。\n"


def write(path: Path, said: str = SPEECH) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")
    return path


def docx(path: Path, *paragraphs: str) -> Path:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def text(draft: Draft) -> str:
    return "\n".join(block.text for block in draft.blocks)


def codes(error: SpeechgenError) -> list[str]:
    return [slip.code for slip in error.slips]


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def test_a_word_file_and_a_text_file_read_the_same(tmp_path: Path) -> None:
    plain = review.read(write(tmp_path / "稿.txt"))
    word = review.read(docx(tmp_path / "稿.docx", *SPEECH.splitlines()))
    assert text(plain) == text(word) == SPEECH.rstrip("\n")


def test_a_word_file_by_another_name_is_known_by_its_content(tmp_path: Path) -> None:
    path = docx(tmp_path / "稿.docx", "同志们：").rename(tmp_path / "稿.txt")
    assert text(review.read(path)) == "同志们："


@pytest.mark.parametrize(
    ("name", "data"),
    [("稿.docx", b"no zip"), ("稿.docx", b""), ("稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ("稿.wps", b"\xd0\xcf\x11\xe0"),
     ("稿.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ("稿.txt", b"PK\x03\x04 damaged"), ("稿.pdf", b"%PDF-1.7"), ("稿", b"")],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_clear_message(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SpeechgenError) as refused:
        review.read(path)
    (slip,) = refused.value.slips
    assert slip.message and slip.remedy


@pytest.mark.parametrize("name", ["没有.docx", "没有.txt", "没有"])
def test_a_missing_file_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(SpeechgenError) as refused:
        review.read(tmp_path / name)
    assert len(refused.value.slips) == 1


# ── what it is held against ───────────────────────────────────────────────────────────────────


def test_the_profile_near_the_speech_or_the_meeting_file_counts(tmp_path: Path) -> None:
    write(tmp_path / "甲" / "单位.yaml", "单位: {名称: 甲县, 地区: 甲县, 层级: 县}\n")
    write(tmp_path / "乙" / "单位.yaml", "单位: {名称: 乙县, 地区: 乙县, 层级: 县}\n")
    meeting = write(tmp_path / "乙" / "会议.yaml", "会议: {名称: 全县会议, 日期: 2026-12-10}\n讲话人: 县长\n")
    speech = write(tmp_path / "甲" / "旧" / "稿.txt")
    alone, held = review.grounds(None, speech), review.grounds(meeting, speech)
    assert alone.meeting is None and alone.office is not None and alone.office.name is not None
    assert alone.office.name.value == "甲县"
    assert held.meeting is not None and held.office is not None and held.office.name is not None
    assert held.office.name.value == "乙县"
    assert alone.wordings and alone.statutes


def test_a_speech_that_lies_anywhere_has_the_shipped_content(tmp_path: Path) -> None:
    found = review.grounds(None, tmp_path / "稿.txt")
    assert (found.meeting, found.office) == (None, None) and found.wordings


def test_the_other_speeches_of_a_folder_at_any_depth(tmp_path: Path) -> None:
    mine = write(tmp_path / "稿.txt")
    write(tmp_path / "2025" / "旧稿.txt", "旧话。\n")
    docx(tmp_path / "旧稿.docx", "老话。")
    for name in ("~$旧稿.docx", ".旧稿.txt", "会议.yaml", "说明.md"):
        write(tmp_path / name, "不是稿子")
    (tmp_path / "文件夹.txt").mkdir()
    found = review.against(tmp_path, [mine])
    assert {Path(speech.name).as_posix(): speech.text for speech in found} == {"2025/旧稿.txt": "旧话。", "旧稿.docx": "老话。"}


def test_every_other_speech_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path / "好.txt")
    (tmp_path / "坏.docx").write_bytes(b"damaged")
    (tmp_path / "空.txt").write_bytes(b"")
    with pytest.raises(SpeechgenError) as refused:
        review.against(tmp_path, [])
    assert len(refused.value.slips) == 2


def test_a_folder_without_other_speeches_is_said(tmp_path: Path) -> None:
    mine = write(tmp_path / "稿.txt")
    with pytest.raises(SpeechgenError) as refused:
        review.against(tmp_path, [Path(os.path.relpath(mine))])
    assert codes(refused.value) == ["nothing-against"]


# ── the copies ────────────────────────────────────────────────────────────────────────────────


def reviewed(path: Path) -> review.Reviewed:
    return review.review(path, load_rules(), Grounds())


def test_a_repaired_text_changes_what_is_mechanical_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "稿.txt", SPEECH + "\n平安事故要少。\n")
    before = path.read_bytes()
    written, chosen = review.save_repaired(reviewed(path), tmp_path / "改好.txt")
    after = review.read(written)
    assert text(after) == SPEECH.replace("勿必", "务必").replace(",", "，") + "\n平安事故要少。"
    assert {found.suggestion for found in chosen} == {"务必", "，"}
    assert path.read_bytes() == before


def test_a_repaired_text_has_nothing_left_to_repair(tmp_path: Path) -> None:
    written, _ = review.save_repaired(reviewed(write(tmp_path / "稿.txt")), tmp_path / "改好.txt")
    _, again = review.save_repaired(reviewed(written), tmp_path / "再改.txt")
    assert again == []


def test_no_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    taken = write(tmp_path / "改好.txt", "我的稿子\n")
    try:
        written, _ = review.save_repaired(reviewed(write(tmp_path / "稿.txt")), taken)
    except SpeechgenError:
        pass
    else:
        assert written != taken
    assert taken.read_text(encoding="utf-8") == "我的稿子\n"
