"""Comments stand at the exact words, and nothing else of the file changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from speechgen import draft as line
from speechgen.errors import SpeechgenError
from speechgen.word.annotate import Note, annotate
from speechgen.word.reader import read_docx

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "county" / "2027年元旦春节安全稳定.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'

# Two paragraphs with all that text may stand in; as read: 甲乙插链控丙\n丁单县 and an empty one.
TANGLED = f"""<w:document xmlns:w="{W[1:-1]}" xmlns:r="{R}"><w:body><w:p><w:pPr><w:jc w:val="center"/></w:pPr>
<w:r w:rsidR="00AA00AA"><w:rPr><w:b/></w:rPr><w:t>甲乙</w:t></w:r><w:del w:id="1" w:author="某"><w:r><w:delText>删</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="某"><w:r><w:rPr><w:i/></w:rPr><w:t>插</w:t></w:r></w:ins><w:hyperlink w:anchor="x"><w:r><w:t>链</w:t></w:r></w:hyperlink>
<w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r>
<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="10"/><w:hpsBaseText w:val="10"/><w:lid w:val="zh-CN"/></w:rubyPr>
<w:rt><w:r><w:t>shàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>单县</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p><w:p/></w:body></w:document>"""
TEXT = "甲乙插链控丙\n丁单县"


def packed(document: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/media/图.png", b"\x89PNG")
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def commented(data: bytes) -> dict[str, str]:
    """What each comment stands on, by its text, worked out from the XML alone."""
    root, comments = (etree.fromstring(part(data, f"word/{name}.xml")) for name in ("document", "comments"))
    said = {c.get(f"{W}id"): "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in c) for c in comments}
    opened: set[str] = set()
    found: dict[str, str] = {}
    referred: list[str] = []
    for element in root.iter():
        own = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            opened.add(own)
            found[said[own]] = ""
        elif element.tag == f"{W}commentRangeEnd":
            opened.remove(own)
        elif element.tag == f"{W}commentReference":
            assert own not in opened
            referred.append(own)
        elif element.tag in (f"{W}t", f"{W}br") and not any(a.tag == f"{W}rt" for a in element.iterancestors()):
            for one in opened:
                found[said[one]] += "\n" if element.tag == f"{W}br" else element.text or ""
    assert not opened and sorted(referred) == sorted(said)
    return found


def saved(folder: Path, data: bytes, name: str = "稿.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def formats(data: bytes) -> list[tuple[str, str]]:
    """Each character with the formatting of its run."""
    found = []
    for run in etree.fromstring(part(data, "word/document.xml")).iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        for element in run.iterfind(f"{W}t"):
            found += [(character, "" if look is None else etree.tostring(look).decode()) for character in element.text]
    return found


RANGES = [(0, 1), (1, 2), (0, 3), (1, 4), (2, 3), (3, 5), (4, 7), (5, 8), (6, 8), (7, 8), (0, 10), (7, 10), (8, 10)]


@pytest.mark.parametrize(("start", "end"), RANGES)
def test_a_comment_stands_on_exactly_its_words(start: int, end: int, tmp_path: Path) -> None:
    path = saved(tmp_path, packed(TANGLED))
    assert [b.text for b in read_docx(path).blocks] == [TEXT, ""]
    assert commented(annotate(path, [Note(0, start, end, "注")])) == {"注": TEXT[start:end]}


def test_overlapping_comments_each_keep_their_words(tmp_path: Path) -> None:
    path = saved(tmp_path, packed(TANGLED))
    notes = [Note(0, start, end, f"注{n}") for n, (start, end) in enumerate(RANGES + RANGES[::-1])]
    data = annotate(path, notes)
    assert commented(data) == {note.text: TEXT[note.start : note.end] for note in notes}
    assert [b.text for b in read_docx(saved(tmp_path, data, "二.docx")).blocks] == [TEXT, ""]
    assert formats(data) == formats(packed(TANGLED))


def test_an_empty_range_is_the_whole_paragraph_and_what_cannot_be_parted_is_taken_whole(tmp_path: Path) -> None:
    path = saved(tmp_path, packed(TANGLED))
    notes = [Note(0, 3, 3, "整段"), Note(1, 0, 0, "空段"), Note(0, 8, 9, "半个注音"), Note(0, 9, 99, "过头")]
    assert commented(annotate(path, notes)) == {"整段": TEXT, "空段": "", "半个注音": "单县", "过头": "单县"}


def test_nothing_else_changes_and_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    before = packed(TANGLED)
    path = saved(tmp_path, before)
    notes = [Note(0, 1, 4, "注")]
    data = annotate(path, notes)
    assert path.read_bytes() == before and annotate(path, notes) == data
    assert part(data, "word/media/图.png") == b"\x89PNG"
    root = etree.fromstring(part(data, "word/document.xml"))
    assert next(root.iter(f"{W}r")).get(f"{W}rsidR") == "00AA00AA"
    assert root.find(f".//{W}del") is not None and root.find(f".//{W}hyperlink") is not None
    same = annotate(path, [])
    assert part(same, "word/document.xml") == part(before, "word/document.xml")


def test_comments_go_beside_those_that_are_there(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    paragraph = document.add_paragraph("同志们：今天开会。")
    document.add_comment(paragraph.runs, "先前的批注", author="李四")
    document.save(str(tmp_path / "稿.docx"))
    data = annotate(tmp_path / "稿.docx", [Note(0, 4, 6, "新的批注\n第二行"), Note(0, 0, 3, "甲 & <乙>\x00\x07", "张三")])
    saved(tmp_path, data, "出.docx")
    found = [(c.author, c.text) for c in Document(str(tmp_path / "出.docx")).comments]
    assert found == [("李四", "先前的批注"), ("审校", "新的批注\n第二行"), ("张三", "甲 & <乙>")]
    assert commented(data)["新的批注\n第二行"] == "今天"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len(names) == len(set(names)) and sum("comments" in name for name in names) == 1


def test_our_own_speech_takes_comments_that_python_docx_reads(tmp_path: Path) -> None:
    from docx import Document

    path = saved(tmp_path, line.rendered(line.make(EXAMPLE), "docx"))
    draft = read_docx(path)
    notes = [Note(n, len(b.text) // 3, len(b.text) // 2 + 1, f"第{n}条") for n, b in enumerate(draft.blocks)]
    data = annotate(path, notes)
    after = saved(tmp_path, data, "出.docx")
    assert [c.text for c in Document(str(after)).comments] == [note.text for note in notes]
    assert commented(data) == {n.text: draft.blocks[n.block].text[n.start : n.end] for n in notes}
    again = read_docx(after)
    assert again.page == draft.page and [b._replace(spans=()) for b in again.blocks] == [b._replace(spans=()) for b in draft.blocks]
    assert again.notices == (f"稿子里还有 {len(notes)} 条批注没有处理",)
    types, relations = part(data, "[Content_Types].xml"), part(data, "word/_rels/document.xml.rels")
    assert types.count(b"/word/comments.xml") == 1 and relations.count(b'"comments.xml"') == 1
    assert b"w:date" not in part(data, "word/comments.xml")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    for data in (b"PK\x03\x04" + b"\0" * 50, packed("<broken")):
        with pytest.raises(SpeechgenError) as caught:
            annotate(saved(tmp_path, data), [Note(0, 0, 1, "注")])
        assert caught.value.slips[0].code == "damaged"


WORDS = st.text("甲乙丙，。 \n<&", max_size=6)


@settings(max_examples=80, deadline=None)
@given(runs=st.lists(WORDS, max_size=6), ranges=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_any_runs_and_any_ranges(runs: list[str], ranges: list[tuple[int, int]], tmp_path_factory: Any) -> None:
    def inner(words: str) -> str:
        return "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in words.split("\n"))

    body = "".join(f"<w:r><w:rPr><w:b/></w:rPr>{inner(words)}</w:r>" for words in runs)
    document = f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    path = saved(tmp_path_factory.mktemp("稿"), packed(document))
    text = read_docx(path).blocks[0].text
    assert text == "".join(runs)
    notes = [Note(0, min(pair), max(pair), f"注{n}") for n, pair in enumerate(ranges)]
    data = annotate(path, notes)
    if notes:  # of an empty range, or one beyond the text, the whole paragraph
        assert commented(data) == {note.text: text[note.start : note.end] or text for note in notes}
    assert read_docx(saved(path.parent, data, "出.docx")).blocks[0].text == text
