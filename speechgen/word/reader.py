"""A .docx → `Draft`: the paragraphs of a Word file as blocks, for checking a speech that is there already."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from speechgen.errors import SpeechgenError
from speechgen.model import Block, BlockKind, Draft, Location, Source, Span
from speechgen.word import _oxml

LARGEST_UNPACKED = 20 * 1024 * 1024  # bytes; a speech is some 10 kB, a zip bomb is not
LARGEST_FILE = 20 * 1024 * 1024

_KINDS: dict[str, BlockKind] = {
    _oxml.TITLE: "title",
    _oxml.BYLINE: "byline",
    _oxml.DATE: "date",
    _oxml.SALUTATION: "salutation",
    _oxml.BODY: "paragraph",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary: .doc, and any encrypted Office file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that ECMA-376 encryption puts the file into
_DOCUMENT = "word/document.xml"
_HEADING = re.compile(r"heading ([1-4])", re.IGNORECASE)


def read_docx(path: Path) -> Draft:
    """The speech in a Word file, a block for each paragraph that has text.

    Paragraphs in our own styles become blocks of that kind; in other files a paragraph with an outline
    level from 1 to 4 is a heading and every other one a paragraph. Every block rests on one ``source``
    span whose location is the file and the paragraph's number, counted from 1 with the empty ones.
    Raises SpeechgenError for what is not a .docx, damaged, protected, with macros, or far too large.
    """
    package = _checked(path)
    try:
        from docx import Document

        document = Document(io.BytesIO(package))
        paragraphs = list(document.paragraphs)
        blocks = tuple(_blocks(paragraphs, path))
        title = document.core_properties.title or ""
    except Exception as error:  # the library raises nearly anything on a damaged part
        raise _damaged(path) from error
    first = next((block.text for block in blocks if block.kind == "title"), "")
    return Draft(blocks, title=title or first)


# ── what may be opened ────────────────────────────────────────────────────────────────────────


def _checked(path: Path) -> bytes:
    """The bytes of a .docx that is safe to unpack."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except IsADirectoryError as error:
        raise _refused("is-folder", path, f"“{path}”是一个文件夹", "请写上 Word 文件的名字。") from error
    except FileNotFoundError as error:
        raise _refused("no-file", path, f"找不到文件“{path}”", "请核对路径和文件名。") from error
    except OSError as error:
        raise _refused(
            "unreadable", path, f"“{path}”打不开", "请看看有没有权限，或者先在 Word、WPS 里关掉它。"
        ) from error
    if len(data) > LARGEST_FILE:
        raise _too_large(path)
    if not data.strip(b"\0"):
        raise _refused("empty-file", path, f"“{path}”是空文件", "请换一份有内容的稿子。")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _refused("encrypted", path, f"“{path}”设了打开密码", "请在 Word 或 WPS 里去掉密码，另存一份再用。")
        raise _refused("old-word", path, f"“{path}”是旧式的 .doc 文件", "请用 Word 或 WPS 打开，另存为 .docx 再用。")
    if not data.startswith(b"PK"):
        raise _refused("not-word", path, f"“{path}”不是 Word 文件", "请用 Word 或 WPS 打开原稿，另存为 .docx 再用。")
    _check_package(data, path)
    return data


def _check_package(data: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise _too_large(path)
            names = {member.filename for member in members}
            if any(member.flag_bits & 1 for member in members):
                raise _refused("encrypted", path, f"“{path}”设了打开密码", "请去掉密码，另存一份再用。")
            # Read with a limit: what the archive says of its sizes may be a lie.
            left = LARGEST_UNPACKED
            for member in members:
                with archive.open(member) as part:
                    left -= len(part.read(left + 1))
                if left < 0:
                    raise _too_large(path)
            types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except SpeechgenError:
        raise
    except Exception as error:  # a damaged archive raises nearly anything
        raise _damaged(path) from error
    if b"macroEnabled" in types or "word/vbaProject.bin" in names:
        raise _refused("macros", path, f"“{path}”是带宏的 Word 文件（.docm）", "请在 Word 或 WPS 里另存为 .docx 再用。")
    if b"<!DOCTYPE" in types or b"<!ENTITY" in types:
        raise _damaged(path)
    if _DOCUMENT not in names and b"wordprocessingml.document.main" not in types:
        raise _refused("not-word", path, f"“{path}”不是 Word 文档", "请用 Word 或 WPS 打开原稿，另存为 .docx 再用。")


def _refused(code: str, path: Path, message: str, remedy: str) -> SpeechgenError:
    return SpeechgenError.of(code, f"{message}，没有读。", Location(str(path)), remedy)


def _damaged(path: Path) -> SpeechgenError:
    return _refused("damaged", path, f"“{path}”已经损坏，读不出来", "请用 Word 或 WPS 打开修复，另存为 .docx 再用。")


def _too_large(path: Path) -> SpeechgenError:
    size = LARGEST_UNPACKED // 1024 // 1024
    return _refused("too-large", path, f"“{path}”太大，超过 {size} MB", "讲话稿不会这么大；请去掉图片，另存一份再用。")


# ── paragraphs → blocks ───────────────────────────────────────────────────────────────────────


def _blocks(paragraphs: list[Any], path: Path) -> Iterator[Block]:
    for number, paragraph in enumerate(paragraphs, start=1):
        style = paragraph.style
        style_id = style.style_id if style is not None else ""
        kind = _KINDS.get(style_id, "paragraph")
        # A title is broken into lines for its looks only; elsewhere a line break parts words.
        text = _text(paragraph, "" if kind == "title" else "\n")
        if not text.strip():
            continue
        level = _outline_level(paragraph) if style_id not in _KINDS else 0
        lead = 0
        if level:
            kind = "heading"
        elif kind == "paragraph":
            lead, level = _lead(paragraph)
        source = Source("source", f"第{number}段", Location(str(path), number, 0))
        yield Block(kind, text, (Span(0, len(text), source),), level, lead)


def _text(paragraph: Any, line_break: str) -> str:
    return str(paragraph.text).replace("\n", line_break)


def _outline_level(paragraph: Any) -> int:
    """1 to 4 for a heading, else 0: the paragraph's own outline level, its style's, or the style's name."""
    own = _outline_of(paragraph._p.pPr)
    if own is not None:
        return own
    style = paragraph.style
    while style is not None:
        found = _outline_of(style.element.pPr)
        if found is not None:
            return found
        if named := _HEADING.fullmatch(style.name or ""):
            return int(named[1])
        style = style.base_style
    return 0


def _outline_of(properties: Any) -> int | None:
    from docx.oxml.ns import qn

    found = properties.find(qn("w:outlineLvl")) if properties is not None else None
    if found is None:
        return None
    value = found.get(qn("w:val"), "9")
    return int(value) + 1 if value in ("0", "1", "2", "3") else 0


def _lead(paragraph: Any) -> tuple[int, int]:
    """How many characters at the beginning are in one of our lead styles, and of which level."""
    length, level = 0, 0
    for run in paragraph.runs:
        style_id = run.style.style_id if run.style is not None else ""
        if style_id not in _oxml.LEADS:
            break
        length, level = length + len(run.text), _oxml.LEADS.index(style_id)
    return length, level
