"""The kind 版面 on Word files: our own are as they should be, and each slip of a foreign one is told once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from speechgen import draft as line
from speechgen import findings
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.check.page import CHECKS, face_of
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.layout import SHIPPED, Layout, load_layout
from speechgen.model import Block, Draft
from speechgen.word.reader import read_docx
from speechgen.word.writer import write_docx
from tests.examples import SINGLE as EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
RULES = {rule.look: rule for rule in load_rules().rules.values() if rule.kind == "版面"}
BOOK = Rulebook({rule.code: rule for rule in RULES.values()})

SENTENCE = "刚才，有关单位作了发言，讲得都很实在，请大家抓好落实，把各项工作做细做实。"


def told(path: Path, layout: Layout | None = None) -> dict[str, tuple[str, str]]:
    """By what the rule looks for: the words found, and the message."""
    draft = read_docx(path)
    found = check(draft, BOOK, Grounds(layout=layout))
    return {
        BOOK.rules[f.rule].look: (findings.excerpt(f, draft), findings.message(f, BOOK.rules[f.rule], draft)) for f in found
    }


# ── a Word file that is as it should be, to be spoilt ──────────────────────────────────────────


def dress(run: Any, font: str = "仿宋_GB2312", size: float = 16, latin: str | None = None) -> Any:
    run.font.size = Pt(size)
    run.font.name = latin or font
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def paragraph(document: Any, text: str, font: str = "仿宋_GB2312", size: float = 16, align: Any = None, ahead: float = 2) -> Any:
    added = document.add_paragraph()
    dress(added.add_run(text), font, size)
    added.alignment = align
    added.paragraph_format.line_spacing = Pt(29)
    added.paragraph_format.first_line_indent = Pt(ahead * size)
    return added


def number_run(paragraph: Any, text: str) -> None:
    """A run of the page number's line; 1 becomes the field."""
    run = dress(paragraph.add_run("" if text == "1" else text), "宋体", 14)
    if text == "1":
        for kind, code in (("begin", None), (None, " PAGE  \\* MERGEFORMAT "), ("separate", None), ("text", "3"), ("end", None)):
            tag = "w:instrText" if kind is None else "w:t" if kind == "text" else "w:fldChar"
            element = OxmlElement(tag)
            if code:
                element.text = code
            else:
                element.set(qn("w:fldCharType"), str(kind))
            run._r.append(element)


def sound() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        footer.paragraphs[0].alignment = side
        for text in ("— ", "1", " —"):
            number_run(footer.paragraphs[0], text)
    middle = WD_ALIGN_PARAGRAPH.CENTER
    paragraph(document, "在全县安全生产工作会议上的讲话", "方正小标宋简体", 22, middle, 0)
    paragraph(document, "县长 张三", "楷体_GB2312", 16, middle, 0)
    paragraph(document, "（2026年12月24日）", "楷体", 16, middle, 0)
    paragraph(document, "同志们：", ahead=0)
    for heading, font in (("一、提高思想认识", "黑体"), ("二、抓好工作落实", "SimHei")):
        paragraph(document, heading, font)
        paragraph(document, "（一）抓排查", "楷体_GB2312")
        paragraph(document, SENTENCE + "全县排查隐患120处。")
        paragraph(document, SENTENCE + "已经整改“老大难”118处。")
    return document


@cache
def layouts() -> tuple[Layout, ...]:
    return tuple(load_layout(path) for path in sorted(SHIPPED.glob("*.yaml")))


def saved(document: Any, folder: Path) -> Path:
    document.save(str(folder / "稿.docx"))
    return folder / "稿.docx"


# ── nothing to say ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_our_own_speeches_are_as_their_layout_says(path: Path, layout: Layout, tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(write_docx(line.make(path).draft, layout))
    assert told(tmp_path / "稿.docx", layout) == {}


def test_a_foreign_speech_set_like_the_layout_is_let_alone(tmp_path: Path) -> None:
    assert told(saved(sound(), tmp_path)) == {}


def test_a_text_file_has_no_page() -> None:
    assert check(Draft((Block("paragraph", SENTENCE),)), BOOK) == ()


def test_every_check_has_its_rule() -> None:
    assert set(RULES) == set(CHECKS)
    assert all(rule.severity in ("warning", "hint") and rule.what and rule.why for rule in RULES.values())


@pytest.mark.parametrize(
    ("font", "face"),
    [
        ("仿宋_GB2312", "仿宋"), ("方正仿宋_GBK", "仿宋"), ("方正仿宋简体", "仿宋"), ("华文仿宋", "仿宋"), ("FangSong_GB2312", "仿宋"),
        ("STFangsong", "仿宋"), ("仿宋;宋体", "仿宋"), ("方正小标宋_GBK", "小标宋"), ("FZXiaoBiaoSong-B05S", "小标宋"), ("KaiTi_GB2312", "楷体"),
        ("华文楷体", "楷体"), ("方正楷体_GBK", "楷体"), ("SimHei", "黑体"), ("方正黑体简体", "黑体"), ("SimSun", "宋体"), ("新宋体", "宋体"),
        ("方正书宋_GBK", "宋体"), ("华文中宋", "华文中宋"), ("微软雅黑", "微软雅黑"), ("华文行楷", "华文行楷"), ("Times New Roman", "Times New Roman"),
    ],
)  # fmt: skip
def test_cuts_of_one_face_are_the_same(font: str, face: str) -> None:
    assert face_of(font) == face


# ── one slip each ─────────────────────────────────────────────────────────────────────────────


def heading_in(document: Any, which: int, font: str) -> None:
    dress(document.paragraphs[which].runs[0], font)


def letter(document: Any) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(215.9), Mm(279.4)


def sideways(document: Any) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(297), Mm(210)


def narrow(document: Any) -> None:
    document.sections[0].left_margin = Mm(31.8)


def all_body(change: Callable[[Any], None]) -> Callable[[Any], None]:
    def spoil(document: Any) -> None:
        for found in document.paragraphs:
            if found.text.startswith(SENTENCE):
                change(found)

    return spoil


def footers(change: Callable[[Any], None]) -> Callable[[Any], None]:
    def spoil(document: Any) -> None:
        for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
            change(footer.paragraphs[0])

    return spoil


def pasted(document: Any) -> None:
    dress(document.paragraphs[6].add_run("这一句是从网页上粘贴来的"), "宋体", 14)


def pasted_whole(document: Any) -> None:
    dress(document.paragraphs[7].runs[0], "宋体", 16)


def western_quotes(found: Any) -> None:
    dress(found.runs[0], latin="Times New Roman")


def other_digits(document: Any) -> None:
    dress(document.paragraphs[7].add_run("还有99件。"), latin="Arial")


def odd_only(document: Any) -> None:
    document.sections[0].even_page_footer.paragraphs[0].clear()


def indented(found: Any, ahead: float) -> None:
    found.paragraph_format.first_line_indent = Pt(ahead)


def spaced(found: Any, spacing: Any) -> None:
    found.paragraph_format.line_spacing = spacing


def aligned(found: Any, side: Any) -> None:
    found.alignment = side


TITLE = "在全县安全生产工作会议上的讲话"
SLIPS: list[tuple[str, Callable[[Any], Any], str, tuple[str, ...]]] = [
    ("纸张", letter, TITLE, ("Letter", "A4")),
    ("纸张", sideways, TITLE, ("横放的 A4",)),
    ("页边距", narrow, TITLE, ("左 31.8 毫米", "左 28 毫米")),
    ("标题字体", lambda d: dress(d.paragraphs[0].runs[0], "宋体", 22), TITLE, ("宋体", "方正小标宋简体")),
    ("标题字号", lambda d: dress(d.paragraphs[0].runs[0], "方正小标宋简体", 18), TITLE, ("小二（18磅）", "二号（22磅）")),
    ("标题对齐", lambda d: aligned(d.paragraphs[0], None), TITLE, ("靠左", "居中")),
    ("署名字体", lambda d: heading_in(d, 1, "宋体"), "县长 张三", ("宋体", "楷体_GB2312")),
    ("小标题字体", lambda d: heading_in(d, 4, "仿宋"), "一、提高思想认识", ("第一级", "仿宋", "黑体")),
    ("小标题字体", lambda d: heading_in(d, 9, "仿宋"), "（一）抓排查", ("第二级", "楷体_GB2312")),
    ("正文字体", all_body(lambda p: dress(p.runs[0], "宋体")), SENTENCE[:10], ("宋体（4 段）", "仿宋_GB2312")),
    ("正文字号", all_body(lambda p: dress(p.runs[0], size=14)), SENTENCE[:10], ("四号（14磅）", "三号（16磅）", "4 段")),
    ("字体混用", pasted, "这一句是从网页上粘贴来的", ("宋体四号", "仿宋_GB2312三号", "1 处")),
    ("字体混用", pasted_whole, SENTENCE[:10], ("宋体，", "仿宋_GB2312")),
    ("行距", all_body(lambda p: spaced(p, 1.5)), SENTENCE[:10], ("1.5 倍行距", "固定值 28.95 磅", "4 段")),
    ("行距", all_body(lambda p: spaced(p, Pt(24))), SENTENCE[:10], ("固定值 24 磅",)),
    ("首行缩进", all_body(lambda p: indented(p, 0)), SENTENCE[:10], ("没有缩进", "4 段", "空 2 个字")),
    ("首行缩进", all_body(lambda p: indented(p, 64)), SENTENCE[:10], ("空 4 个字",)),
    ("引号字体", all_body(western_quotes), "“", ("Times New Roman", "4 个")),
    ("数字字体", other_digits, "99", ("Arial", "仿宋")),
    ("页码有无", footers(lambda p: p.clear()), TITLE, ("没有页码", "— 1 —")),
    ("页码有无", odd_only, TITLE, ("双页没有页码",)),
    ("页码字体", footers(lambda p: [dress(r, "宋体", 9) for r in p.runs]), TITLE, ("小五（9磅）", "四号（14磅）")),
    ("页码字体", footers(lambda p: [dress(r, "宋体", 14, "Calibri") for r in p.runs]), TITLE, ("Calibri", "宋体")),
    ("页码样式", footers(lambda p: [p._p.remove(p.runs[n]._r) for n in (2, 0)]), TITLE, ("“1”", "— 1 —")),
    ("页码位置", footers(lambda p: aligned(p, WD_ALIGN_PARAGRAPH.CENTER)), TITLE, ("居中", "单页靠右、双页靠左")),
]  # fmt: skip


@pytest.mark.parametrize(("look", "spoil", "spot", "words"), SLIPS, ids=[f"{n}-{slip[0]}" for n, slip in enumerate(SLIPS)])
def test_one_slip_gives_one_finding(
    look: str, spoil: Callable[[Any], Any], spot: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    document = sound()
    spoil(document)
    found = told(saved(document, tmp_path))
    assert set(found) == {look}
    excerpt, message = found[look]
    assert excerpt.startswith(spot)
    assert all(word in message for word in words), message


def test_slips_of_a_short_title_do_not_hide_each_other(tmp_path: Path) -> None:
    document = Document()
    paragraph(document, "在大会上的讲话", "宋体", 18, ahead=0)
    paragraph(document, "同志们：", ahead=0)
    paragraph(document, SENTENCE)
    found = told(saved(document, tmp_path))
    assert {"纸张", "页边距", "标题字体", "标题字号", "标题对齐", "页码有无"} <= set(found)
    assert all(found[look][0] == "在大会上的讲话" for look in ("纸张", "标题字体", "页码有无"))


# ── what is meant so ──────────────────────────────────────────────────────────────────────────


def lead_sentence(document: Any) -> None:
    found = document.paragraphs[6]
    dress(found.insert_paragraph_before().add_run("一是抓排查。"), "楷体_GB2312")
    dress(document.paragraphs[6].add_run(SENTENCE))
    spaced(document.paragraphs[6], Pt(28))
    indented(document.paragraphs[6], 32)


def emphasis(document: Any) -> None:
    dress(document.paragraphs[6].add_run("这件事必须年底前办完。"), "黑体").bold = True


def typed_indents(found: Any) -> None:
    indented(found, 0)
    found.runs[0].text = "　　" + found.runs[0].text


def in_a_table(document: Any) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    dress(cell.paragraphs[0].add_run(SENTENCE), "宋体", 10.5)


def in_a_frame(document: Any) -> None:
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        frame = OxmlElement("w:framePr")
        frame.set(qn("w:xAlign"), "outside")
        footer.paragraphs[0].alignment = None
        footer.paragraphs[0]._p.get_or_add_pPr().insert(0, frame)


MEANT = [lead_sentence, emphasis, all_body(typed_indents), in_a_table, in_a_frame, all_body(lambda p: spaced(p, Pt(30)))]


@pytest.mark.parametrize("change", MEANT)
def test_what_is_meant_so_is_let_alone(change: Callable[[Any], None], tmp_path: Path) -> None:
    document = sound()
    change(document)
    assert told(saved(document, tmp_path)) == {}


def test_an_office_with_its_own_layout_is_held_to_that(tmp_path: Path) -> None:
    own = tmp_path / "本单位.yaml"
    own.write_text("基于: gbt9704\n样式:\n  正文:\n    字体: 宋体\n", encoding="utf-8")
    found = told(saved(sound(), tmp_path), load_layout(own))
    assert set(found) == {"正文字体"} and "版式用宋体" in found["正文字体"][1]
