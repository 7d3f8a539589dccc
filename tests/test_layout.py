"""The page that a layout file describes, and the slips it is told about."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechgen.errors import SpeechgenError
from speechgen.layout import SHIPPED, Layout, load_layout


@pytest.fixture
def write(tmp_path: Path):
    def write_layout(text: str) -> Path:
        path = tmp_path / "本单位.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_layout


def slips_of(path: Path) -> dict[str, str]:
    """Message → remedy of every slip of a layout that cannot be used."""
    with pytest.raises(SpeechgenError) as caught:
        load_layout(path)
    return {slip.message: slip.remedy for slip in caught.value.slips}


def test_the_shipped_page_is_the_standards_page_in_twips():
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    assert (layout.width, layout.height) == (11906, 16838)
    assert (layout.top, layout.right, layout.bottom, layout.left) == (2098, 1474, 1984, 1587)
    assert layout.footer == 1417
    assert (layout.lines, layout.columns) == (22, 28)
    assert layout.line_pitch == 579


def test_the_shipped_type_is_the_standards_type():
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    assert (layout.title.font, layout.title.size, layout.title.spacing) == ("方正小标宋简体", 44, 0)
    assert layout.byline.font == layout.date.font == "楷体_GB2312"
    assert (layout.body.font, layout.body.size, layout.body.spacing) == ("仿宋_GB2312", 32, -5)
    assert layout.body.indent == 200
    assert [style.font for style in layout.headings] == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    number = layout.page_number
    assert (number.font, number.size, number.line) == ("宋体", 28, 320)
    assert (number.before, number.after, number.place, number.indent) == ("— ", " —", "outer", 100)


def test_every_line_of_the_grid_fits_the_page():
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    assert layout.lines * layout.body.line <= layout.text_height < (layout.lines + 1) * layout.body.line
    assert layout.columns * layout.body.pitch <= layout.text_width < (layout.columns + 1) * layout.body.pitch


def test_lead_sentences_are_set_like_the_heading_of_their_level():
    layout = load_layout(SHIPPED / "gbt9704.yaml")
    assert [lead.font for lead in layout.leads[1:]] == [style.font for style in layout.headings]
    assert layout.leads[0].font == layout.body.font


def test_an_office_writes_only_what_differs(write):
    path = write(
        "基于: gbt9704\n版式: 本县讲话稿\n样式:\n  三级标题:\n    加粗: 是\n  标题:\n    行距: 35磅\n"
    )
    own, shipped = load_layout(path), load_layout(SHIPPED / "gbt9704.yaml")
    assert own.name == "本县讲话稿"
    assert own.headings[2].bold and not own.headings[1].bold
    assert own.leads[3].bold
    assert (own.title.line, own.title.font) == (700, shipped.title.font)
    assert own.body == shipped.body


def test_lead_sentences_may_have_their_own_type(write):
    layout = load_layout(write("基于: gbt9704\n样式:\n  段首主题句:\n    字体: 楷体\n    加粗: 是\n"))
    assert {(lead.font, lead.bold) for lead in layout.leads} == {("楷体", True)}
    assert not any(style.bold for style in layout.headings)


def test_fewer_lines_and_larger_type_open_the_grid(write):
    layout = load_layout(
        write("基于: gbt9704\n行数: 18\n每行字数: 22\n样式:\n  正文:\n    字号: 20\n    加粗: 是\n")
    )
    assert layout.body.size == 40
    assert layout.body.line == layout.line_pitch == 12756 // 18
    assert layout.body.pitch == 8845 // 22


@pytest.mark.parametrize(
    ("value", "half_points"),
    [("三号", 32), ("小四", 24), ("五号", 21), ("16", 32), ("10.5磅", 21), ("１６", 32)],
)
def test_type_sizes_are_typed_as_word_lists_them(write, value: str, half_points: int):
    layout = load_layout(write(f"基于: gbt9704\n样式:\n  署名:\n    字号: {value}\n"))
    assert layout.byline.size == half_points


@pytest.mark.parametrize(
    ("value", "twips"), [("2行", 1158), ("0.5行", 290), ("12磅", 240), ("0", 0), ("1 行", 579)]
)
def test_space_before_in_lines_or_points(write, value: str, twips: int):
    layout = load_layout(write(f"基于: gbt9704\n样式:\n  称谓:\n    段前: {value}\n"))
    assert layout.salutation.before == twips


def test_paper_by_name_or_millimetres(write):
    assert load_layout(write("基于: gbt9704\n纸张: 210×297\n")).height == 16838
    assert load_layout(write("基于: gbt9704\n纸张: a3\n每行字数: 40\n")).width == 16838


def test_the_name_of_the_file_serves_where_no_name_is_given(write):
    shipped = (SHIPPED / "gbt9704.yaml").read_text(encoding="utf-8")
    lines = [line for line in shipped.splitlines() if not line.startswith("版式:")]
    assert load_layout(write("\n".join(lines))).name == "本单位"


def test_layouts_are_hashable_and_equal_by_what_they_say(write):
    path = write("基于: gbt9704\n版式: 公文页面（GB/T 9704—2012）\n")
    layouts: set[Layout] = {load_layout(path), load_layout(SHIPPED / "gbt9704.yaml")}
    assert len(layouts) == 1


# ── slips ─────────────────────────────────────────────────────────────────────────────────────


def test_all_slips_of_a_file_are_told_at_once_in_order(write):
    path = write(
        "基于: gbt9704\n"
        "页边据:\n  上: 37\n"
        "行数: 很多\n"
        "样式:\n  正文:\n    字号: 大号\n    对齐: 居左\n"
        "页码:\n  样式: 第页\n"
    )
    with pytest.raises(SpeechgenError) as caught:
        load_layout(path)
    lines = [slip.location.line for slip in caught.value.slips if slip.location]
    assert lines == [2, 4, 7, 8, 10]
    assert {slip.location.file for slip in caught.value.slips if slip.location} == {str(path)}
    assert all(slip.remedy for slip in caught.value.slips)


def test_an_unknown_key_names_the_nearest_known_one(write):
    assert "是不是「页边距」？" in next(iter(slips_of(write("基于: gbt9704\n页边据: 3\n")).values()))


def test_an_unknown_base_names_the_shipped_ones(write):
    slips = slips_of(write("基于: 国标\n"))
    assert slips["没有叫「国标」的自带版式。"] == "可以写：gbt9704。"


def test_a_file_of_its_own_is_told_everything_that_is_missing(write):
    slips = slips_of(write("版式: 空的\n纸张: A4\n"))
    named = "".join(slips)
    for key in ("页边距·上", "行数", "每行字数", "样式·正文·字体", "样式·四级标题·字号", "页码·字体"):
        assert f"「{key}」" in named
    assert all("基于: gbt9704" in remedy for remedy in slips.values())


@pytest.mark.parametrize(
    "text",
    [
        "行数: 4", "行数: 22.5", "行数: -3", "行数: 1000", "每行字数: 二十八",
        "页边距:\n  上: 37厘米", "页边距:\n  上: 151", "页边距:\n  左: NaN", "页边距:\n  左: 1.2.3",
        "纸张: 信纸", "纸张: 10×10", "纸张: 99999×297", "页脚距: -1",
        "样式:\n  正文:\n    字号: 4", "样式:\n  正文:\n    字号: 16.3", "样式:\n  正文:\n    首行缩进: 20",
        "样式:\n  正文:\n    加粗: 对的", "样式:\n  正文:\n    段前: 3", "样式:\n  正文:\n    行距: 宽",
        "样式:\n  标题:\n    字体: " + "很" * 32,
        "页码:\n  样式: — 11 —", "页码:\n  位置: 左", "页码: 有",
    ],
)  # fmt: skip
def test_values_out_of_bounds_are_one_slip_with_a_remedy(write, text: str):
    slips = slips_of(write(f"基于: gbt9704\n{text}\n"))
    assert len(slips) == 1
    assert all(slips.values())


def test_margins_that_leave_no_room(write):
    path = write("基于: gbt9704\n页边距:\n  左: 100\n  右: 100\n")
    assert "页边距太大，版心不到 50 毫米见方。" in slips_of(path)


def test_type_taller_than_its_line_would_be_cut(write):
    slips = slips_of(write("基于: gbt9704\n样式:\n  标题:\n    字号: 36\n"))
    assert list(slips) == ["「标题」的字有 36 磅，行距只有 28.95 磅，字会被切掉。"]


def test_more_characters_than_a_line_holds_says_how_many_it_holds(write):
    slips = slips_of(write("基于: gbt9704\n每行字数: 40\n"))
    assert list(slips.values()) == ["「每行字数」可以写 14 到 32。"]
    assert load_layout(write("基于: gbt9704\n每行字数: 32\n")).columns == 32
