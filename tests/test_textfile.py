"""A text file as a secretary has it, read line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import textfile
from speechgen.errors import SpeechgenError
from speechgen.model import Draft
from speechgen.textfile import read_text

SPEECH = "在全县安全生产工作会议上的讲话\n同志们：\n\n　　今天开会，讲三件事。\n"
LINES = ["在全县安全生产工作会议上的讲话", "同志们：", "", "　　今天开会，讲三件事。"]


def read(folder: Path, data: bytes) -> Draft:
    path = folder / "旧 稿.txt"
    path.write_bytes(data)
    return read_text(path)


def lines(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def code(path: Path) -> str:
    with pytest.raises(SpeechgenError) as refused:
        read_text(path)
    (slip,) = refused.value.slips
    assert slip.message and slip.remedy and slip.location is not None
    return slip.code


@pytest.mark.parametrize(
    "data",
    [SPEECH.encode(), SPEECH.encode("utf-8-sig"), SPEECH.encode("gbk"), SPEECH.encode("gb18030"), SPEECH.encode("utf-16"),
     b"\xfe\xff" + SPEECH.encode("utf-16-be"), SPEECH.replace("\n", "\r\n").encode(), SPEECH.replace("\n", "\r").encode("gbk"),
     SPEECH.replace("\n", "\r\n").encode("utf-16"), SPEECH.rstrip("\n").encode()],
    ids=["utf-8", "BOM", "gbk", "gb18030", "utf-16", "utf-16-be", "CRLF", "CR", "utf-16 CRLF", "no last break"],
)  # fmt: skip
def test_every_encoding_and_line_break_reads_the_same(tmp_path: Path, data: bytes) -> None:
    assert lines(read(tmp_path, data)) == LINES


def test_each_line_says_which_it_is(tmp_path: Path) -> None:
    draft = read(tmp_path, SPEECH.encode())
    assert [block.spans[0].source.name if block.spans else "" for block in draft.blocks] == ["第1行", "第2行", "", "第4行"]
    location = draft.blocks[3].spans[0].source.location
    assert location is not None and location.line == 4 and location.file.endswith("旧 稿.txt")
    assert all(span.end == len(block.text) for block in draft.blocks for span in block.spans)


def test_a_page_break_and_an_odd_line_sign_are_part_of_the_line(tmp_path: Path) -> None:
    assert lines(read(tmp_path, "第一页\x0c第二页\u2028完\x0b。\n".encode())) == ["第一页\x0c第二页\u2028完\x0b。"]


def test_empty_lines_at_the_end_are_kept(tmp_path: Path) -> None:
    assert lines(read(tmp_path, "完。\n\n\n".encode())) == ["完。", "", ""]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0\ufeff"), max_size=20), min_size=1, max_size=6))
def test_the_blocks_joined_are_the_text(tmp_path_factory: pytest.TempPathFactory, said: list[str]) -> None:
    text = "安\n" + "\n".join(said)
    draft = read(tmp_path_factory.getbasetemp(), text.encode())
    assert "\n".join(lines(draft)) == text.removesuffix("\n")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b" \t\r\n", "　　\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\r\0\n\0", b"\0" * 4096, b"\x0c"],
    ids=["nothing", "breaks", "spaces", "indent", "BOM", "utf-16 BOM", "utf-16 break", "zeros", "form feed"],
)
def test_a_file_without_a_word_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(data)
    assert code(path) == "empty-file"


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"%PDF-1.7\n", "not-text"), (b"{\\rtf1\\ansi", "not-text"), (b"\x89PNG\r\n\x1a\n\0", "not-text"), (b"\xff\xd8\xff\xe0\0", "not-text"),
     ("<html><body>讲话</body></html>".encode(), "not-text"), (b"\xef\xbb\xbf\r\n<!doctype HTML><p>", "not-text"),
     (b"MIME-Version: 1.0\r\n", "not-text"), (b"<?xml version='1.0'?>", "not-text"), ("安\0全".encode(), "text-binary"),
     (b"\xff\xfe\x00\xd8a\0", "text-encoding"), ("讲話的內容就是這樣，請各位同事繼續努力工作。".encode("big5", "ignore"), "text-encoding"),
     ("安全生产".encode() + b"\xff" + "安全生产工作会议要抓好落实".encode(), "text-encoding"), (bytes(range(128, 256)), "text-encoding")],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(data)
    assert code(path) == told


def test_a_missing_file_a_folder_and_a_huge_file_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(tmp_path / "没有.txt") == "no-file"
    assert code(tmp_path) == "is-folder"
    monkeypatch.setattr(textfile, "LARGEST", 100)
    path = tmp_path / "大.txt"
    path.write_bytes(b"a" * 101)
    assert code(path) == "too-large"


@given(st.binary(max_size=80))
def test_no_bytes_end_in_an_unexpected_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    try:
        draft = read(tmp_path_factory.getbasetemp(), data)
    except SpeechgenError as refused:
        assert refused.slips[0].message
    else:
        assert "\n" not in "".join(lines(draft)) and "\r" not in "".join(lines(draft)) and "".join(lines(draft)).strip()
