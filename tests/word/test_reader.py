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
from speechgen.word import _package
from speechgen.word.reader import read_docx
from tests.examples import SINGLE as EXAMPLES

ROOT = Path(__file__).resolve().parents[2]


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

    # A title is broken into lines for its looks, and the breaks are in the file.
    unbroken = tuple(b._replace(text=b.text.replace("\n", "")) if b.kind == "title" else b for b in found.blocks)
    assert facts(unbroken) == facts(draft.blocks)
    assert found.title == draft.title and found.notices == ()
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
    assert [(b.kind, b.text.replace("\n", ""), b.level, b.lead) for b in found.blocks] == [
        (b.kind, b.text, b.level, b.lead) for b in blocks
    ]
    assert "\n" in found.blocks[0].text and "\n" not in found.title


def test_each_block_rests_on_its_paragraph(tmp_path: Path) -> None:
    path = saved(tmp_path, foreign("甲", "", "乙", "  "))
    blocks = read_docx(path).blocks
    assert [b.text for b in blocks] == ["甲", "", "乙", "  "]
    assert [[s.source.location for s in b.spans] for b in blocks] == [
        [Location(str(path), 1, 0)], [], [Location(str(path), 3, 0)], [Location(str(path), 4, 0)],
    ]  # fmt: skip
    for block in blocks:
        assert all((s.start, s.end, s.source.origin) == (0, len(block.text), "source") for s in block.spans)


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


def test_a_line_break_is_read_as_one(tmp_path: Path) -> None:
    found = read_docx(saved(tmp_path, foreign("甲\n乙")))
    assert [b.text for b in found.blocks] == ["甲\n乙"]


# ── the text as Word shows it, all changes accepted ──


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def r(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def changed(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="1" w:author="甲">{inner}</w:{kind}>'


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def p(*inner: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(inner)}</w:p>"


def with_body(body: str, styles: str = "") -> bytes:
    """A Word file whose body is this XML."""
    document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": document.encode()}
    if styles:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode()
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="/word/styles.xml"/></Relationships>'.encode()
        )
    return zipped(parts)


HIDDEN = "<w:vanish/>"
DELETED_MARK = '<w:rPr><w:del w:id="9" w:author="甲"/></w:rPr>'


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (p(r("甲"), changed("ins", r("乙")), changed("del", "<w:r><w:delText>丙</w:delText></w:r>"), r("丁")), ["甲乙丁"]),
        (p(changed("moveFrom", r("去")), changed("moveTo", r("来"))), ["来"]),
        (p(changed("ins", r("甲") + changed("del", r("乙")))), ["甲"]),
        (p(r("甲"), '<w:hyperlink w:anchor="x">' + r("链") + "</w:hyperlink>", r("乙")), ["甲链乙"]),
        (p("<w:smartTag>" + r("县") + "</w:smartTag><w:sdt><w:sdtContent>" + r("控") + "</w:sdtContent></w:sdt>"), ["县控"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p(r("块")) + p() + "</w:sdtContent></w:sdt>" + p(r("后")), ["块", "", "后"]),
        (p('<w:fldSimple w:instr=" DATE ">' + r("今天") + "</w:fldSimple>", field(" REF a ", "见上")), ["今天见上"]),
        (p(field(" IF " + "", "甲"), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("没完")) + p(r("下段")), ["甲", "下段"]),
        (p(r("显"), r("隐", HIDDEN), r("现", '<w:vanish w:val="0"/>')), ["显现"]),
        (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type='page'/><w:noBreakHyphen/></w:r>"), ["甲\n乙\t丙-"]),
        (p("<w:r><w:ruby><w:rt><w:r><w:t>shàn</w:t></w:r></w:rt><w:rubyBase>" + r("单") + "</w:rubyBase></w:ruby></w:r>", r("县")), ["单县"]),
        (
            "<w:tbl><w:tr><w:tc>" + p(r("左")) + "</w:tc><w:tc>" + p(r("右")) + p() + "</w:tc></w:tr><w:tr><w:trPr>"
            '<w:del w:id="1" w:author="甲"/></w:trPr><w:tc>' + p(r("删")) + "</w:tc></w:tr></w:tbl>" + p(r("后")),
            ["左", "右", "", "后"],
        ),
        (p(r("前半句"), look=DELETED_MARK) + p(r("后半句")) + p(r("另段")), ["前半句后半句", "另段"]),
        (p(changed("del", r("整段删")), look=DELETED_MARK) + p(r("留")), ["留"]),
        (p(r("甲")) + p(changed("del", r("末段删")), look=DELETED_MARK), ["甲"]),
        ("", []),
    ],
)  # fmt: skip
def test_text_is_what_word_shows_with_all_changes_accepted(body: str, texts: list[str], tmp_path: Path) -> None:
    assert [b.text for b in read_docx(saved(tmp_path, with_body(body))).blocks] == texts


def test_text_hidden_by_a_style_is_not_read_unless_the_run_shows_it(tmp_path: Path) -> None:
    styles = '<w:style w:type="character" w:styleId="藏"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(r("甲"), r("乙", '<w:rStyle w:val="藏"/>'), r("丙", '<w:rStyle w:val="藏"/><w:vanish w:val="false"/>'))
    assert [b.text for b in read_docx(saved(tmp_path, with_body(body, styles))).blocks] == ["甲丙"]


def test_tracked_changes_and_comments_are_told_of(tmp_path: Path) -> None:
    mark = '<w:rPr><w:ins w:id="7" w:author="甲"/></w:rPr>'
    body = p(changed("ins", r("甲")), changed("del", r("乙")), look=mark) + p(r("丙"), look=mark)
    noted = p("<w:r><w:commentReference w:id='0'/></w:r>")
    assert read_docx(saved(tmp_path, with_body(p(r("甲"))))).notices == ()
    assert read_docx(saved(tmp_path, with_body(body))).notices == ("稿子里还有 3 处修订没有接受，已按接受后的样子审校",)
    (both,) = read_docx(saved(tmp_path, with_body(body + noted))).notices
    assert "3 处修订" in both and "1 条批注" in both
    assert read_docx(saved(tmp_path, with_body(noted))).notices == ("稿子里还有 1 条批注没有处理",)


def test_a_foreign_file_reads_as_python_docx_reads_it(tmp_path: Path) -> None:
    from docx import Document

    def change(document: Any) -> None:
        paragraph = document.add_paragraph("甲")
        paragraph.add_run("乙\t丙\n丁").bold = True
        document.add_paragraph()
        document.add_heading("题", 2)
        document.add_page_break()

    path = saved(tmp_path, foreign("话。", "", " 前后空格 ", change=change))
    assert "\n".join(b.text for b in read_docx(path).blocks) == "\n".join(x.text for x in Document(str(path)).paragraphs)


def test_a_document_part_of_another_name_is_found(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="word/document2.xml"/></Relationships>'
    document = f'<w:document xmlns:w="{W}"><w:body>{p(r("甲"))}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": relations.encode(), "word/document2.xml": document.encode()}
    assert [b.text for b in read_docx(saved(tmp_path, zipped(parts))).blocks] == ["甲"]


# ── how it is set ──────────────────────────────────────────────────────────────────────────────


def test_our_own_page_is_read_as_the_layout_says(tmp_path: Path) -> None:
    layout = made(EXAMPLES[0]).layout
    draft = read_docx(saved(tmp_path, line.rendered(made(EXAMPLES[0]), "docx")))
    page = draft.page
    assert page and len(page.looks) == len(draft.blocks)
    assert (page.width, page.height, page.top, page.left) == (layout.width, layout.height, layout.top, layout.left)
    assert (page.number_text, page.mirrored, page.odd_only) == ("— 1 —", True, False)
    assert page.number and (page.number.face.font, page.number.face.size) == ("宋体", 14)
    body = next(look for block, look in zip(draft.blocks, page.looks, strict=True) if block.kind == "paragraph")
    assert (body.face.font, body.face.size, body.line, body.line_rule) == ("仿宋_GB2312", 16, layout.body.line, "exact")
    assert body.first_line == 2 * 16 * 20 and body.align == "both"


LOOKS = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体" w:ascii="Calibri" w:hAnsi="Calibri"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="480"/></w:pPr><w:rPr><w:b/><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c"><w:rPr><w:b/><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>
"""


def test_a_look_is_worked_out_through_run_styles_and_defaults(tmp_path: Path) -> None:
    styled = '<w:pStyle w:val="b"/>'
    body = (
        p(r("素"))
        + p(r("仿宋的字很多", "<w:sz w:val='28'/>"), r("黑", '<w:rStyle w:val="c"/>'), look=styled)
        + p(r("居中"), look=styled + '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>')
        + p(r("“甲”", '<w:rFonts w:hint="eastAsia"/>'))
    )
    page = read_docx(saved(tmp_path, with_body(body, LOOKS))).page
    assert page
    plain, mixed, centred, quoted = page.looks
    assert (plain.face.font, plain.face.latin, plain.face.quotes, plain.face.size) == ("宋体", "Calibri", "Calibri", 16)
    assert (plain.line, plain.line_rule, plain.first_line, plain.align) == (560, "exact", 0, "")
    assert (mixed.face.font, mixed.face.size, mixed.face.bold) == ("仿宋", 14, True)
    assert mixed.first_line == 2 * 14 * 20  # counted in its own characters
    assert [(s.start, s.end, s.face.font, s.face.bold) for s in mixed.stretches] == [(0, 6, "仿宋", True), (6, 7, "黑体", False)]
    assert (centred.first_line, centred.align) == (0, "center")
    assert quoted.face.quotes == "宋体"


WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_footer(footer: str, section: str = "") -> bytes:
    """A Word file whose only footer is this XML."""
    section = f'<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>{section}</w:sectPr>'
    document = f'<w:document xmlns:w="{W}" xmlns:r="{RELATION}"><w:body>{p(r("甲"))}{section}</w:body></w:document>'
    relations = f'<Relationships><Relationship Id="rId1" Type="{RELATION}/footer" Target="footer1.xml"/></Relationships>'
    return zipped({
        "[Content_Types].xml": TYPES,
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": relations.encode(),
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wp="{WP}">{footer}</w:ftr>'.encode(),
    })  # fmt: skip


def page_field(code: str = " PAGE ") -> str:
    return field(code, "3").replace("<w:r><w:t>码</w:t></w:r>", "")


BOX = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionH><wp:align>outside</wp:align>'
    f'</wp:positionH><w:txbxContent>{p(r("— "), page_field(), r(" —"))}</w:txbxContent></wp:anchor></w:drawing></mc:Choice>'
    f'<mc:Fallback><w:pict><w:txbxContent>{p(r("旧"), page_field())}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
)


@pytest.mark.parametrize(
    ("footer", "section", "text", "align"),
    [
        (p(page_field(), look='<w:jc w:val="center"/>'), "", "1", "center"),
        (p(r("第"), page_field("PAGE  \\* MERGEFORMAT"), r("页")), "", "第1页", "left"),
        (p(r("第"), page_field(), r("页 共"), page_field().replace("PAGE", "NUMPAGES").replace(">3<", ">9<"), r("页")), "", "第1页 共9页", "left"),
        (p(page_field(" PAGE \\* ArabicDash ")), "", "- 1 -", "left"),
        (p(page_field()), '<w:pgNumType w:fmt="numberInDash"/>', "- 1 -", "left"),
        (p('<w:fldSimple w:instr=" PAGE ">' + r("5") + "</w:fldSimple>"), "", "1", "left"),
        ("<w:sdt><w:sdtContent>" + p(page_field(), look='<w:jc w:val="right"/>') + "</w:sdtContent></w:sdt>", "", "1", "right"),
        (p(page_field(), look='<w:framePr w:xAlign="center"/>'), "", "1", "center"),
        (p(BOX), "", "— 1 —", "outside"),
    ],
)  # fmt: skip
def test_page_numbers_are_found_however_they_were_put_in(
    footer: str, section: str, text: str, align: str, tmp_path: Path
) -> None:
    page = read_docx(saved(tmp_path, with_footer(footer, section))).page
    assert page and page.number
    assert (page.number_text, page.number.align, page.mirrored) == (text, align, align == "outside")


@pytest.mark.parametrize("footer", [p(r("内部资料")), p(field(" NUMPAGES ", "9")), p(field(" PAGEREF a ", "9")), ""])
def test_a_footer_without_a_page_number_has_none(footer: str, tmp_path: Path) -> None:
    page = read_docx(saved(tmp_path, with_footer(footer))).page
    assert page and page.number is None


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = b'<Types><Override ContentType="' + MAIN + b'"/></Types>'
LIMIT = _package.LARGEST_UNPACKED
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
        (zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<x/>", "word/a.xml": b"<!DOCTYPE x><x/>"}), "damaged", "损坏"),
        (zipped({"[Content_Types].xml": TYPES, "word/document.xml": "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x><x/>".encode("utf-16")}), "damaged", "损坏"),
        (zipped({"[Content_Types].xml": TYPES, "word/document.xml": b'<w:d xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}), "strict", "另存为"),
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
        (b"PK" + b"x" * _package.LARGEST_FILE, "too-large", "MB"),
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
