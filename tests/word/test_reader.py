"""Reading Word files: our own come back as they were, foreign ones as far as they tell, others are refused."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import draft as line
from speechgen.errors import SpeechgenError
from speechgen.model import Block, Draft, Location
from speechgen.word import reader
from speechgen.word.reader import read_docx

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(p for p in (ROOT / "examples").glob("*/*.yaml") if p.name != "单位.yaml")


@cache
def made(path: Path) -> line.Made:
    return line.make(path)


def saved(folder: Path, data: bytes, name: str = "稿.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_comes_back_as_it_was_written(path: Path, tmp_path: Path) -> None:
    draft = made(path).draft
    found = read_docx(saved(tmp_path, line.rendered(made(path), "docx")))

    def facts(blocks: tuple[Block, ...]) -> list[tuple[Any, ...]]:
        return [(b.kind, b.text, b.level, b.lead) for b in blocks]

    assert facts(found.blocks) == facts(draft.blocks)
    assert found.title == draft.title
    assert found.characters == draft.characters


def test_lead_sentences_come_back(tmp_path: Path) -> None:
    blocks = (
        Block("title", "在一次名称很长很长而且要分作两行的全县安全稳定工作会议上的讲话"),
        Block("heading", "一、形势", level=1),
        Block("paragraph", "（一）消防要严。话。", level=2, lead=8),
        Block("paragraph", "1.燃气。话。", level=3, lead=5),
        Block("paragraph", "话。"),
        Block("heading", "1.子", level=3),
        Block("heading", "（1）孙", level=4),
    )
    from speechgen.word.writer import write_docx

    found = read_docx(saved(tmp_path, write_docx(Draft(blocks), made(EXAMPLES[0]).layout)))
    assert [(b.kind, b.text, b.level, b.lead) for b in found.blocks] == [
        (b.kind, b.text, b.level, b.lead) for b in blocks
    ]


def test_each_block_rests_on_its_paragraph(tmp_path: Path) -> None:
    path = saved(tmp_path, foreign("甲", "", "乙"))
    blocks = read_docx(path).blocks
    assert [b.spans[0].source.location for b in blocks] == [Location(str(path), 1, 0), Location(str(path), 3, 0)]
    for block in blocks:
        assert [(s.start, s.end, s.source.origin) for s in block.spans] == [(0, len(block.text), "source")]


# ── files of others ───────────────────────────────────────────────────────────────────────────


def foreign(*paragraphs: str, change: Any = None) -> bytes:
    from docx import Document

    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if change:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_foreign_file_gives_paragraphs_and_headings_by_outline_level(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        document.add_heading("第一级", level=1)
        document.add_heading("第三级", level=3)
        document.add_heading("第六级", level=6)  # deeper than a speech goes
        own = document.add_paragraph("自己设的大纲级别")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        own._p.get_or_add_pPr().append(level)

    found = read_docx(saved(tmp_path, foreign("同志们：", "正文。", change=change)))
    assert [(b.kind, b.text, b.level) for b in found.blocks] == [
        ("paragraph", "同志们：", 0),
        ("paragraph", "正文。", 0),
        ("heading", "第一级", 1),
        ("heading", "第三级", 3),
        ("paragraph", "第六级", 0),
        ("heading", "自己设的大纲级别", 2),
    ]


def test_a_line_break_parts_words_but_in_a_title(tmp_path: Path) -> None:
    found = read_docx(saved(tmp_path, foreign("甲\n乙")))
    assert [b.text for b in found.blocks] == ["甲\n乙"]


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = b'<Types><Override ContentType="' + MAIN + b'"/></Types>'
LIMIT = reader.LARGEST_UNPACKED
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = foreign("话。" * 200)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty-file", "空文件"),
        (b"\0" * 4096, "empty-file", "空文件"),
        (b"just text", "not-word", "另存为"),
        ("会议:\n  名称: 甲".encode(), "not-word", "另存为"),
        (b"%PDF-1.7", "not-word", "另存为"),
        (OLE + b"\0" * 600, "old-word", ".doc"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted", "密码"),
        (WHOLE[: len(WHOLE) // 2], "damaged", "损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged", "损坏"),
        (zipped({"a.txt": b"x"}), "not-word", "Word"),
        (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "not-word", "Word"),
        (zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<broken"}), "damaged", "损坏"),
        (zipped({"[Content_Types].xml": b"<!DOCTYPE x>" + TYPES, "word/document.xml": b"<x/>"}), "damaged", "损坏"),
        (
            zipped(
                {
                    "[Content_Types].xml": TYPES.replace(b"document.main", b"document.macroEnabled.main"),
                    "word/document.xml": b"<x/>",
                }
            ),
            "macros",
            ".docm",
        ),
        (
            zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}),
            "macros",
            ".docm",
        ),
        (zipped({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (LIMIT + 1)}), "too-large", "MB"),
        (b"PK" + b"x" * reader.LARGEST_FILE, "too-large", "MB"),
    ],
)
def test_what_is_no_sound_word_file_is_refused_with_one_clear_slip(
    data: bytes, code: str, words: str, tmp_path: Path
) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(SpeechgenError) as caught:
        read_docx(path)
    (slip,) = caught.value.slips
    assert slip.code == code
    assert words in slip.message + slip.remedy and str(path) in slip.message and slip.remedy
    assert slip.location == Location(str(path))


def test_a_part_that_is_encrypted_is_refused(tmp_path: Path) -> None:
    data = bytearray(WHOLE)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(SpeechgenError) as caught:
        read_docx(saved(tmp_path, bytes(data)))
    assert caught.value.slips[0].code == "encrypted"


def test_a_missing_file_a_folder_and_one_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(SpeechgenError) as caught:
            read_docx(path)
        found.append(caught.value.slips[0].code)
    assert found == ["no-file", "is-folder"]

    def refuse(*_: object) -> None:
        raise PermissionError

    path = saved(tmp_path, WHOLE)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SpeechgenError) as caught:
        read_docx(path)
    assert caught.value.slips[0].code == "unreadable"


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_byte_gone_wrong_gives_a_draft_or_one_slip(at: int, byte: int) -> None:
    import tempfile

    data = bytearray(WHOLE)
    data[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        try:
            assert isinstance(read_docx(saved(Path(folder), bytes(data))), Draft)
        except SpeechgenError as error:
            assert len(error.slips) == 1
