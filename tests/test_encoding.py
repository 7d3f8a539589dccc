"""Bytes to text: what is read, what is refused, and what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.encoding import decode
from speechgen.errors import SpeechgenError

SAID = "同志们：今天开会，讲三件事。"


@pytest.mark.parametrize(
    ("data", "notice"),
    [(SAID.encode(), ""), (b"\xef\xbb\xbf" + SAID.encode(), "BOM"), (SAID.encode("gbk"), "GBK"), (SAID.encode("utf-16"), "UTF-16"),
     (b"", ""), (b"plain", "")],
)  # fmt: skip
def test_the_text_without_its_mark_and_what_encoding_it_was(data: bytes, notice: str) -> None:
    text, notices = decode(data, "稿.txt")
    assert text in (SAID, "", "plain")
    assert notice in "".join(notices) and bool(notice) == bool(notices)


@pytest.mark.parametrize("said", ["同志们：", "安全生产", "会议\r\n名称", "一、加强领导。"])
def test_a_short_text_in_gbk_is_read_too(said: str) -> None:
    assert decode(said.encode("gbk"), "稿.txt")[0] == said


def test_a_damaged_line_is_told_by_its_number() -> None:
    data = (SAID + "\r\n").encode() * 3 + b"\xff\r\n" + SAID.encode() * 3
    with pytest.raises(SpeechgenError) as refused:
        decode(data, "稿.txt")
    (slip,) = refused.value.slips
    assert slip.location is not None and slip.location.line == 4


@pytest.mark.parametrize(
    "data",
    [b"\0", "安\0".encode(), b"\xff\xfea", b"\xff\xfe\0\0", "經濟發展與社會安定的關係，請各位繼續努力。".encode("big5"),
     "日本語のテキストです。これは読めません。".encode("shift_jis"), b"\x80\x81\x82", b"\xef\xbb\xbf\xff"],
)  # fmt: skip
def test_what_is_in_doubt_is_refused(data: bytes) -> None:
    with pytest.raises(SpeechgenError) as refused:
        decode(data, "稿.txt")
    assert refused.value.slips[0].remedy


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
def test_utf8_and_marked_utf16_come_back_as_they_were(said: str) -> None:
    plain = said.removeprefix("\ufeff")
    assert decode(said.encode(), "稿.txt")[0] == plain
    assert decode(b"\xff\xfe" + said.encode("utf-16-le"), "稿.txt")[0] == said


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data, "稿.txt")
    except SpeechgenError:
        return
    text.encode("utf-8")
