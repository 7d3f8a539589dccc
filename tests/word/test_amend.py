"""Text replaced in a Word file: exactly there, in the type that was there, and nowhere else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from speechgen.errors import SpeechgenError
from speechgen.word.amend import Edit, amend
from speechgen.word.reader import read_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
# As read: 甲乙插链丙\n丁单县, an empty paragraph, 末.
TANGLED = f"""<w:document xmlns:w="{W[1:-1]}"><w:body><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲乙</w:t></w:r><w:del w:id="1" w:author="某">
<w:r><w:delText>删</w:delText></w:r></w:del><w:ins w:id="2" w:author="某"><w:r><w:rPr><w:i/></w:rPr><w:t>插</w:t></w:r></w:ins>
<w:hyperlink w:anchor="x"><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>链</w:t></w:r></w:hyperlink><w:r><w:t>丙</w:t><w:br w:clear="all"/><w:t>丁</w:t></w:r>
<w:r><w:ruby><w:rt><w:r><w:t>shàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>单县</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>
<w:p><w:pPr><w:rPr><w:ins w:id="5" w:author="某"/><w:b/></w:rPr></w:pPr></w:p><w:p><w:r><w:t>末</w:t></w:r></w:p></w:body></w:document>"""
TEXTS = ["甲乙插链丙\n丁单县", "", "末"]


def packed(document: str = TANGLED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/media/图.png", b"\x89PNG")
    return buffer.getvalue()


def saved(folder: Path, data: bytes, name: str = "稿.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def document_of(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def texts(data: bytes, folder: Path) -> list[str]:
    return [block.text for block in read_docx(saved(folder, data, "出.docx")).blocks]


def looks_of(root: Any, word: str) -> str:
    """The formatting and surroundings of the w:t with this word in it."""
    (node,) = [t for t in root.iter(f"{W}t") if word in (t.text or "")]
    look = node.getparent().find(f"{W}rPr")
    names = [] if look is None else [etree.QName(e).localname for e in look]
    return " ".join([*names, etree.QName(node.getparent().getparent()).localname])


@pytest.mark.parametrize(
    ("start", "end", "text", "look"),
    [
        (0, 1, "新", "b p"),
        (1, 3, "新", "b p"),  # from a bold run into an insertion: as its first character
        (2, 4, "新", "i ins"),
        (3, 4, "新", "u hyperlink"),
        (4, 7, "新", "p"),  # over a line break
        (5, 6, "新", "p"),  # the line break itself
        (7, 8, "新", "rubyBase"),
        (0, 9, "新", "b p"),
        (0, 0, "新", "b p"),
        (2, 2, "新", "b p"),  # an insertion: as the character before
        (3, 3, "新", "i ins"),
        (6, 6, "新", "p"),  # after a line break
        (9, 9, "新", "rubyBase"),
    ],
)
def test_text_is_replaced_in_the_type_that_was_there(start: int, end: int, text: str, look: str, tmp_path: Path) -> None:
    data = amend(saved(tmp_path, packed()), [Edit(0, start, end, text)])
    assert texts(data, tmp_path) == [TEXTS[0][:start] + text + TEXTS[0][end:], *TEXTS[1:]]
    assert looks_of(document_of(data), text) == look


def test_text_goes_and_comes_with_line_breaks_tabs_and_spaces(tmp_path: Path) -> None:
    path = saved(tmp_path, packed())
    edits = [Edit(0, 5, 6, ""), Edit(0, 0, 2, ""), Edit(0, 2, 2, " 一\n二\t三 "), Edit(2, 1, 1, "<&>\x00"), Edit(1, 0, 0, "补")]
    data = amend(path, edits)
    assert texts(data, tmp_path) == [" 一\n二\t三 插链丙丁单县", "补", "末<&>"]
    root = document_of(data)
    assert looks_of(root, "补") == "b p"  # as the paragraph's mark, which was inserted; the text is not
    assert root.find(f".//{W}delText").text == "删"


def test_nothing_else_changes_and_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    before = packed()
    path = saved(tmp_path, before)
    edits = [Edit(0, 0, 1, "新")]
    data = amend(path, edits)
    assert path.read_bytes() == before and amend(path, edits) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "word/document.xml", "word/media/图.png"]
        assert archive.read("word/media/图.png") == b"\x89PNG" and archive.read("[Content_Types].xml") == TYPES
    old, new = (etree.tostring(document_of(d), method="c14n").decode() for d in (before, data))
    assert new == old.replace("甲乙", "新乙")
    (untouched,) = document_of(data).iter(f"{W}br")
    assert untouched.get(f"{W}clear") == "all"


def test_what_cannot_be_done_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, packed())
    for edits in ([Edit(0, 0, 2, "甲"), Edit(0, 1, 3, "乙")], [Edit(0, 0, 99, "甲")], [Edit(0, 3, 2, "甲")]):
        with pytest.raises(ValueError):
            amend(path, edits)
    with pytest.raises(IndexError):
        amend(path, [Edit(9, 0, 0, "甲")])
    with pytest.raises(SpeechgenError):
        amend(saved(tmp_path, b"PK\x03\x04" + b"\0" * 50), [])


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_edits_give_the_edited_text(data: Any, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("稿")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(TEXTS[0])), max_size=8)))
    words = st.text("一二 \t\n", max_size=3)
    edits = [Edit(0, start, end, data.draw(words)) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    expected = TEXTS[0]
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert texts(amend(saved(folder, packed()), edits), folder) == [expected, *TEXTS[1:]]
