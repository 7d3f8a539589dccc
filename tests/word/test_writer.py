"""The .docx as Word and a reader of its parts would see it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from speechgen.layout import SHIPPED, Layout, load_layout
from speechgen.model import Block, Draft, Source, Span
from speechgen.word.writer import build_template, estimate_pages, title_width, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLANK = Source("blank", "任务.时限")
FIELD = Source("field", "会议.名称")
TITLE = "在全县2027年元旦春节期间安全稳定工作会议上的讲话"


@pytest.fixture(scope="module")
def layout() -> Layout:
    return load_layout(SHIPPED / "gbt9704.yaml")


def block(kind, text: str, level: int = 0, lead: int = 0) -> Block:
    """A block whose 【待补充：…】 are blanks and everything else comes from the file."""
    spans, at = [], 0
    while (start := text.find("【待补充", at)) >= 0:
        end = text.index("】", start) + 1
        spans += [Span(at, start, FIELD)] if at < start else []
        spans.append(Span(start, end, BLANK))
        at = end
    if at < len(text):
        spans.append(Span(at, len(text), FIELD))
    return Block(kind, text, tuple(spans), level, lead)


SPEECH = Draft(
    (
        block("title", TITLE),
        block("byline", "清河县人民政府县长　周明远"),
        block("date", "（2026年12月24日）"),
        block("salutation", "同志们："),
        block("paragraph", "“两节”将至……1—11月，全县共发生7起。"),
        block("heading", "一、看清形势", level=1),
        block("heading", "（一）【待补充：主题】要抓实", level=2),
        block("paragraph", "正文在【待补充：时限】前完成。"),
        block("heading", "1.液化气站", level=3),
        block("heading", "（1）停用", level=4),
        block("paragraph", "（二）盯住老粮站。正文紧随其后。", level=2, lead=9),
        block("paragraph", "（三）由【待补充：牵头】盯住。正文。", level=2, lead=15),
    ),
    title=TITLE,
    properties={
        "author": "清河县政府办公室",
        "subject": "安全稳定",
        "keywords": "安全；<稳定>",
        "created": "2026-12-24",
    },
)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def style_by_name(data: bytes, name: str) -> etree._Element:
    styles = part(data, "word/styles.xml")
    return styles.xpath("w:style[w:name/@w:val=$n]", n=name, namespaces={"w": W[1:-1]})[0]


def attribute(style: etree._Element, path: str, name: str) -> str | None:
    found = style.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def text_of(data: bytes) -> list[str]:
    """Paragraphs as python-docx reads them, the title's lines joined again."""
    return [paragraph.text.replace("\n", "") for paragraph in docx.Document(BytesIO(data)).paragraphs]


# ── text and styles ───────────────────────────────────────────────────────────────────────────


def test_the_file_says_what_the_draft_says(layout: Layout):
    assert text_of(write_docx(SPEECH, layout)) == [b.text for b in SPEECH.blocks]


def test_every_kind_of_block_has_its_named_style(layout: Layout):
    document = docx.Document(BytesIO(write_docx(SPEECH, layout)))
    assert [paragraph.style.name for paragraph in document.paragraphs] == [
        "讲话标题", "讲话署名", "讲话日期", "讲话称谓", "讲话正文", "Heading 1", "Heading 2", "讲话正文",
        "Heading 3", "Heading 4", "讲话正文", "讲话正文",
    ]  # fmt: skip


def test_headings_reach_words_navigation_pane_and_the_title_does_not(layout: Layout):
    data = write_docx(SPEECH, layout)
    for level in range(1, 5):
        assert attribute(style_by_name(data, f"heading {level}"), "pPr/outlineLvl", "val") == str(level - 1)
    assert attribute(style_by_name(data, "讲话标题"), "pPr/outlineLvl", "val") is None


def test_the_gallery_shows_only_the_speechs_own_styles(layout: Layout):
    styles = part(write_docx(SPEECH, layout), "word/styles.xml")
    shown = [
        s.find(W + "name").get(W + "val")
        for s in styles.iter(W + "style")
        if s.find(W + "qFormat") is not None
    ]
    assert shown == [
        "Normal", "讲话标题", "讲话署名", "讲话日期", "讲话称谓", "讲话正文",
        "heading 1", "heading 2", "heading 3", "heading 4",
        "段首主题句", "段首主题句 一级", "段首主题句 二级", "段首主题句 三级", "段首主题句 四级",
        "待补充", "讲话页码（单页）", "讲话页码（双页）",
    ]  # fmt: skip


def test_the_title_is_one_paragraph_in_lines(layout: Layout):
    first = docx.Document(BytesIO(write_docx(SPEECH, layout))).paragraphs[0]
    assert first.text == "在全县2027年元旦春节期间\n安全稳定工作会议上的讲话"
    assert title_width(layout) == 20


def test_the_lead_sentence_alone_is_set_like_its_heading(layout: Layout):
    paragraph = docx.Document(BytesIO(write_docx(SPEECH, layout))).paragraphs[10]
    assert [(run.text, run.style.name) for run in paragraph.runs] == [
        ("（二）盯住老粮站。", "段首主题句 二级"),
        ("正文紧随其后。", "Default Paragraph Font"),
    ]
    data = write_docx(SPEECH, layout)
    assert attribute(style_by_name(data, "段首主题句 二级"), "rPr/rFonts", "eastAsia") == "楷体_GB2312"


def test_blanks_are_yellow_wherever_they_stand_and_nothing_else_is(layout: Layout):
    document = docx.Document(BytesIO(write_docx(SPEECH, layout)))
    marked = [
        (run.text, run.style.name)
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert marked == [
        ("【待补充：主题】", "待补充"),
        ("【待补充：时限】", "待补充"),
        ("【待补充：牵头】", "段首主题句 二级"),
    ]


def test_a_blank_in_a_title_stays_yellow_over_the_line_break(layout: Layout):
    title = "在全县2027年【待补充：会议的名称】安全稳定工作会议上的讲话"
    paragraph = docx.Document(BytesIO(write_docx(Draft((block("title", title),)), layout))).paragraphs[0]
    assert paragraph.text.count("\n") == 1
    yellow = "".join(run.text for run in paragraph.runs if run.font.highlight_color is not None)
    assert yellow.replace("\n", "") == "【待补充：会议的名称】"


def test_formatting_lives_in_styles_only(layout: Layout):
    document = part(write_docx(SPEECH, layout), "word/document.xml")
    direct = {child.tag for p in document.iter(W + "pPr") for child in p}
    assert direct == {W + "pStyle"}
    for properties in document.iter(W + "rPr"):
        tags = [child.tag for child in properties]
        assert tags in ([W + "rStyle"], [W + "rStyle", W + "highlight"])


def test_bold_lead_in_bold_body_stays_bold(tmp_path: Path):
    # Bold is a toggle: asked for in both styles it would cancel itself.
    path = tmp_path / "粗.yaml"
    path.write_text(
        "基于: gbt9704\n样式:\n  正文:\n    加粗: 是\n  段首主题句:\n    加粗: 是\n", encoding="utf-8"
    )
    data = write_docx(SPEECH, load_layout(path))
    assert style_by_name(data, "讲话正文").find(f"{W}rPr/{W}b") is not None
    assert style_by_name(data, "段首主题句 二级").find(f"{W}rPr/{W}b") is None


# ── the page ──────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_the_one_that_renders_as_22_by_28(layout: Layout):
    data = write_docx(SPEECH, layout)
    section = part(data, "word/document.xml").find(f"{W}body/{W}sectPr")
    values = {
        etree.QName(c).localname: {etree.QName(k).localname: v for k, v in c.attrib.items()} for c in section
    }
    assert values["pgSz"] == {"w": "11906", "h": "16838"}
    margins = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1587", "footer": "1417"}
    assert margins.items() <= values["pgMar"].items()
    assert values["docGrid"] == {"type": "lines", "linePitch": "579"}
    body = style_by_name(data, "讲话正文")
    assert attribute(body, "pPr/ind", "firstLine") == "630"
    assert attribute(body, "pPr/ind", "firstLineChars") == "200"
    assert attribute(body, "rPr/spacing", "val") == "-5"
    assert attribute(body, "pPr/jc", "val") == "both"
    normal = style_by_name(data, "Normal")
    switches = {name: attribute(normal, f"pPr/{name}", "val") for name in (
        "widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid",
    )}  # fmt: skip
    assert switches == {
        "widowControl": "0", "overflowPunct": "1", "autoSpaceDE": "0", "autoSpaceDN": "0", "snapToGrid": "0",
    }  # fmt: skip


def test_odd_pages_are_numbered_right_and_even_pages_left(layout: Layout):
    data = write_docx(SPEECH, layout)
    assert part(data, "word/settings.xml").find(W + "evenAndOddHeaders") is not None
    section = docx.Document(BytesIO(data)).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert "PAGE" in etree.tostring(paragraph._p, encoding="unicode")
        style = style_by_name(data, paragraph.style.name)
        assert attribute(style, "pPr/jc", "val") == side
        assert attribute(style, "pPr/ind", f"{side}Chars") == "100"
        assert attribute(style, "rPr/sz", "val") == "28"


def test_named_fonts_are_never_overridden_by_a_theme(layout: Layout):
    with zipfile.ZipFile(BytesIO(write_docx(SPEECH, layout))) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Theme=" not in parts
    assert parts.count(b'w:hint="eastAsia"') == parts.count(b"<w:rFonts")


RPR_ORDER = ["rStyle", "rFonts", "b", "bCs", "spacing", "sz", "szCs", "highlight", "lang"]


def test_run_properties_stand_in_the_order_that_word_insists_on(layout: Layout):
    data = write_docx(SPEECH, layout)
    for name in ("word/document.xml", "word/styles.xml"):
        for properties in part(data, name).iter(W + "rPr"):
            places = [RPR_ORDER.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places)


# ── the package ───────────────────────────────────────────────────────────────────────────────


def test_every_part_is_declared_and_every_relation_leads_somewhere(layout: Layout):
    with zipfile.ZipFile(BytesIO(write_docx(SPEECH, layout))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert names[0] == "[Content_Types].xml"
        declared = {
            e.get("PartName").lstrip("/")
            for e in etree.fromstring(archive.read(names[0]))
            if e.get("PartName")
        }
        assert declared == {n for n in names if n.endswith(".xml") and not n.startswith("[")}
        for relations, base in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
            for relation in etree.fromstring(archive.read(relations)):
                assert base + relation.get("Target") in names


def test_core_properties_come_from_the_meeting(layout: Layout):
    core = docx.Document(BytesIO(write_docx(SPEECH, layout))).core_properties
    assert (core.title, core.author, core.subject) == (TITLE, "清河县政府办公室", "安全稳定")
    assert core.keywords == "安全；<稳定>"
    assert core.created is not None and core.created.strftime("%Y-%m-%d %H:%M") == "2026-12-24 00:00"


def test_a_meeting_without_a_proper_date_leaves_the_dates_out(layout: Layout):
    draft = Draft(SPEECH.blocks, title=TITLE, properties={"created": "12月24日"})
    assert docx.Document(BytesIO(write_docx(draft, layout))).core_properties.created is None


def test_nothing_in_the_package_tells_the_time_or_the_machine(layout: Layout):
    with zipfile.ZipFile(BytesIO(write_docx(SPEECH, layout))) as archive:
        assert {(i.date_time, i.create_system) for i in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_a_kept_template_gives_the_same_bytes(layout: Layout):
    template = build_template(layout)
    assert (
        write_docx(SPEECH, layout, template)
        == write_docx(SPEECH, layout)
        == write_docx(SPEECH, layout, template)
    )
    assert template == build_template(layout)


CHILD = """
import hashlib, sys
from speechgen.layout import SHIPPED, load_layout
from speechgen.model import Block, Draft
from speechgen.word.writer import write_docx
draft = Draft((Block("title", sys.argv[1]), Block("paragraph", "正文。")), title=sys.argv[1],
              properties={"author": "甲", "created": "2026-12-24"})
print(hashlib.sha256(write_docx(draft, load_layout(SHIPPED / "gbt9704.yaml"))).hexdigest())
print("docx" in sys.modules, "lxml" in sys.modules)
"""


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_another_process_writes_the_same_bytes_without_python_docx(layout: Layout, hash_seed: str):
    child = subprocess.run(
        [sys.executable, "-c", CHILD, TITLE],
        env={
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    draft = Draft(
        (Block("title", TITLE), Block("paragraph", "正文。")),
        title=TITLE,
        properties={"author": "甲", "created": "2026-12-24"},
    )
    expected = hashlib.sha256(write_docx(draft, layout)).hexdigest()
    assert child.stdout.split() == [expected, "False", "False"]


# ── whatever the text ─────────────────────────────────────────────────────────────────────────


def test_markup_in_the_text_stays_text(layout: Layout):
    text = "A&B <w:br/> \"引\" ']]>' &amp;"
    assert text_of(write_docx(Draft((block("paragraph", text),)), layout)) == [text]


def test_tabs_and_line_ends_become_spaces_and_controls_go(layout: Layout):
    text = "甲\t乙\n丙\r丁\x00\x08\x0b戊\ufffe\ud800己\u2028庚"
    assert text_of(write_docx(Draft((block("paragraph", text),)), layout)) == ["甲 乙 丙 丁 戊己 庚"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_draft_makes_a_file_that_reopens(data: st.DataObject):
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    kinds = st.sampled_from(["title", "byline", "date", "salutation", "heading", "paragraph"])
    blocks = []
    for _ in range(data.draw(st.integers(0, 4))):
        text = data.draw(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=60)
        )
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        spans = (Span(0, start, FIELD), Span(start, end, BLANK), Span(end, len(text), FIELD))
        level, lead = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 70))
        blocks.append(Block(data.draw(kinds), text, spans, level, lead))
    draft = Draft(tuple(blocks), title=data.draw(st.text(max_size=20)))
    written = write_docx(draft, layout)
    assert text_of(written) == [b.text for b in blocks]
    assert estimate_pages(draft, layout) >= 1


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_characters_at_all_make_well_formed_parts(text: str, title: str):
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    draft = Draft(
        (block("paragraph", "。" + text.replace("【", "")),), title=title, properties={"author": text}
    )
    data = write_docx(draft, layout)
    part(data, "word/document.xml")
    part(data, "docProps/core.xml")


# ── length in pages ───────────────────────────────────────────────────────────────────────────


def full_lines(count: int) -> Block:
    """A paragraph that fills ``count`` lines: the first is indented by two."""
    return block("paragraph", "字" * (28 * count - 2))


def test_pages_are_counted_by_the_grid(layout: Layout):
    assert estimate_pages(Draft(()), layout) == 1
    assert estimate_pages(Draft((full_lines(22),)), layout) == 1
    assert estimate_pages(Draft((full_lines(22), block("paragraph", "字"))), layout) == 2
    assert estimate_pages(Draft((full_lines(220),)), layout) == 10


def test_a_stop_hangs_at_the_end_of_a_line(layout: Layout):
    assert estimate_pages(Draft((block("paragraph", "字" * (28 * 22 - 2) + "。"),)), layout) == 1


def test_the_title_block_takes_its_lines(layout: Layout):
    head = (
        block("title", TITLE),
        block("byline", "县长"),
        block("date", "日"),
        block("salutation", "同志们："),
    )
    assert estimate_pages(Draft((*head, full_lines(15))), layout) == 1
    assert estimate_pages(Draft((*head, full_lines(16))), layout) == 2


def test_a_heading_goes_over_with_its_text_where_the_layout_says_so(layout: Layout):
    first, *others = layout.headings
    layout = layout._replace(headings=(first._replace(keep_next=True), *others))
    heading = block("heading", "一、标题", level=1)
    assert estimate_pages(Draft((full_lines(21), heading)), layout) == 1
    assert estimate_pages(Draft((full_lines(21), heading, block("paragraph", "字"))), layout) == 2
    assert estimate_pages(Draft((full_lines(21), heading, full_lines(22))), layout) == 3


@pytest.mark.render
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rendered_pages_have_22_lines_of_28_characters(layout: Layout, tmp_path: Path):
    pdfplumber = pytest.importorskip("pdfplumber")
    text = "各级各部门要把安全责任扛在肩上落到实处紧盯重点领域和薄弱环节" * 60
    draft = Draft((block("title", TITLE), block("salutation", "同志们："), block("paragraph", text)))
    (tmp_path / "稿.docx").write_bytes(write_docx(draft, layout))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "稿.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "稿.pdf") as pdf:
        assert len(pdf.pages) == estimate_pages(draft, layout)
        page = pdf.pages[1]
        rows: dict[int, int] = {}
        for character in page.chars:
            if character["top"] > 104 and character["bottom"] < 751 and character["text"].strip():
                row = round(character["bottom"] / 28.95)
                rows[row] = rows.get(row, 0) + 1
    assert len(rows) == 22
    assert set(rows.values()) == {28}
