"""Bytes of a text file → text: UTF-8, UTF-16 or GB18030, refused when in doubt."""

from __future__ import annotations

import re

from speechgen.errors import SpeechgenError
from speechgen.model import Location

_SAVE_AS_UTF8 = "请用记事本打开，选“文件→另存为”，把下方的“编码”改成“UTF-8”，保存后再试。"


def decode(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text in ``data`` (without a byte order mark), and notices about its encoding.

    Reads UTF-8, UTF-16 with a byte order mark, and GB18030 (GBK). Raises SpeechgenError for anything that is not
    text, and whenever the encoding is in doubt.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_utf16(data, file), ("文件是 UTF-16 编码（记事本里叫“Unicode”），已照常读取；建议另存为 UTF-8。",)
    if b"\0" in data:
        raise _not_text(file)
    if data.startswith(b"\xef\xbb\xbf"):
        try:
            text = data[3:].decode("utf-8")
        except UnicodeDecodeError as error:
            raise _damaged_utf8(data, error.start + 3, file) from None
        return text, ("文件是带 BOM 标记的 UTF-8 编码（记事本常这样保存），已照常读取，不必改动。",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _damaged_utf8(data, error.start, file) from None
    return _decode_gb18030(data, file), ("文件是 GBK 编码，已照常读取；建议另存为 UTF-8。",)


def _decode_utf16(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        message = "文件开头标明是 UTF-16 编码，里面却有不合规的内容，可能已经损坏。"
        raise SpeechgenError.of("text-encoding", message, Location(file), _SAVE_AS_UTF8) from None
    if "\0" in text:
        raise _not_text(file)
    return text


def _decode_gb18030(data: bytes, file: str) -> str:
    """GB18030 gives a meaning to nearly any bytes, so the outcome must also read like Chinese: most of its
    characters common ones (GB 2312 level 1), and more of them than if the bytes were Big5."""
    try:
        text = data.decode("gb18030")
        gb = _share_of_common(text, "gbk", range(0xB0, 0xD8), range(0xA1, 0xAA))
    except UnicodeDecodeError:
        text, gb = "", 0.0
    try:
        big5 = _share_of_common(data.decode("big5"), "big5", range(0xA4, 0xC7), range(0xA1, 0xA4))
    except UnicodeDecodeError:
        big5 = 0.0
    if gb >= 0.75 and gb >= big5:
        return text
    if big5 >= 0.75:
        message = "文件像是 Big5（繁体中文）编码，程序不敢确定，没有读取。"
    else:
        message = "认不出文件是什么编码，勉强读取会出现乱码，所以没有读取。"
    raise SpeechgenError.of("text-encoding", message, Location(file), _SAVE_AS_UTF8)


def _share_of_common(text: str, encoding: str, ideographs: range, signs: range) -> float:
    """Of the characters beyond ASCII, the share that stands in the given rows of a double-byte set."""
    from collections import Counter

    counts = Counter(char for char in text[:50_000] if ord(char) > 127)
    common = 0
    for char, count in counts.items():
        code = char.encode(encoding, "ignore")
        upper_half = encoding == "big5" or code[-1:] >= b"\xa1"
        if len(code) == 2 and (code[0] in ideographs or code[0] in signs) and upper_half:
            common += count
    return common / max(counts.total(), 1)


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(ord(char) > 127 for char in text) >= 10 * damaged


def _damaged_utf8(data: bytes, offset: int, file: str) -> SpeechgenError:
    line = len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1
    message = "文件是 UTF-8 编码，但这一行有损坏的字，读不出来。"
    remedy = "请用记事本打开，把这一行的乱码改好，再以 UTF-8 编码保存。"
    return SpeechgenError.of("text-encoding", message, Location(file, line, 1), remedy)


def _not_text(file: str) -> SpeechgenError:
    message = "这不是文字文件，或者是程序认不出的编码。"
    return SpeechgenError.of("text-binary", message, Location(file), _SAVE_AS_UTF8)
