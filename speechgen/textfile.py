"""A .txt → `Draft`: every line of the file a block, for checking a speech that is there already."""

from __future__ import annotations

from pathlib import Path

from speechgen import patterns
from speechgen.encoding import decode
from speechgen.errors import SpeechgenError
from speechgen.model import Block, Draft, Location, Source, Span

LARGEST = 20 * 1024 * 1024  # bytes; a speech is some 20 kB

_LINE_BREAK = patterns.compiled("\r\n|[\r\n]")
# How files begin that only pretend to be text, in small letters.
_OTHERS = {
    b"%pdf": "PDF 文件", b"{\\rtf": "RTF 文件", b"\x89png": "图片", b"\xff\xd8\xff": "图片", b"gif8": "图片",
    b"<html": "网页", b"<!doctype html": "网页", b"mime-version:": "网页", b"<?xml": "XML 文件",
}  # fmt: skip


def read_text(path: Path) -> Draft:
    """The speech in a text file (UTF-8, UTF-16 or GB18030), a block for each line, the empty ones too.

    The blocks joined by line breaks are the text of the file, whichever line breaks it has. Raises SpeechgenError
    for what cannot be opened, is no text, holds nothing, or is far too large.
    """
    file = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _refused("no-file", path, f"找不到文件“{path}”", "请核对路径和文件名。") from error
    except OSError as error:
        if path.is_dir():  # Windows says only that access is denied
            raise _refused("is-folder", path, f"“{path}”是一个文件夹", "请写上稿子的文件名。") from error
        raise _refused("unreadable", path, f"“{path}”打不开", "请看看有没有权限，或者先关掉正在用它的程序。") from error
    if len(data) > LARGEST:
        message = f"“{path}”太大，超过 {LARGEST // 1024 // 1024} MB"
        raise _refused("too-large", path, message, "讲话稿不会这么大，可能拿错了文件。")
    if not data.strip(b"\0"):
        raise _empty(path)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, kind in _OTHERS.items():
        if head.startswith(magic):
            remedy = "请把文字复制到记事本或 Word 里，存成 .txt 或 .docx 再用。"
            raise _refused("not-text", path, f"“{path}”是{kind}", remedy)
    text, _ = decode(data, file)
    if not text.strip():
        raise _empty(path)
    lines = _LINE_BREAK.split(text)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return Draft(tuple(_block(line, number, file) for number, line in enumerate(lines, start=1)))


def _block(line: str, number: int, file: str) -> Block:
    source = Source("source", f"第{number}行", Location(file, number, 0))
    return Block("paragraph", line, (Span(0, len(line), source),) if line else ())


def _empty(path: Path) -> SpeechgenError:
    return _refused("empty-file", path, f"“{path}”是空文件", "请换一份有内容的稿子。")


def _refused(code: str, path: Path, message: str, remedy: str) -> SpeechgenError:
    return SpeechgenError.of(code, f"{message}，没有读。", Location(str(path)), remedy)
