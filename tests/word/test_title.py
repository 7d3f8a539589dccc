"""Titles in lines: what a director would send back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.word.title import break_title

WIDTH = 20

BROKEN = [
    "在全县2027年元旦春节期间／安全稳定工作会议上的讲话",
    "在全县元旦春节期间／安全稳定工作会议上的讲话",
    "在全市安全生产暨消防安全工作／电视电话会议上的讲话",
    "在清河县2027年春节期间／烟花爆竹禁限放工作动员部署会上的讲话",
    "在全县冬春火灾防控暨今冬明春／森林草原防灭火工作会议上的讲话",
    "在城东化工集团有限公司2026年第四季度／安全生产委员会全体会议上的讲话",
    "在全区根治欠薪冬季专项行动／动员部署会议上的讲话",
    "在全市农村工作会议暨巩固拓展脱贫攻坚成果／同乡村振兴有效衔接工作推进会上的讲话",
    "在全县贯彻落实《信访工作条例》／专题会议上的讲话",
    "在全镇岁末年初安全生产重大隐患／排查整治工作会议上的讲话",
    "在青山区第十九次安全生产委员会／全体（扩大）会议上的讲话",
    "在全县“两节”期间走访慰问／和市场保供工作会议上的讲话",
    "在实验中学2026—2027学年度／第二学期开学典礼上的讲话",
    "在全县食品药品安全和特种设备安全／工作联席会议上的讲话",
    "在全县清明节期间森林防火工作／紧急视频会议上的讲话提纲",
]
WHOLE = [
    "在县委常委会扩大会议上的讲话",
    "在全县重点项目集中开工仪式上的讲话",
    "在柳河镇森林草原防灭火工作推进会上的讲话",
    "在县政府第三十二次常务会议上的讲话",
]


def width_of(line: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in line)


@pytest.mark.parametrize("lines", BROKEN)
def test_titles_break_where_a_secretary_would(lines: str):
    assert break_title(lines.replace("／", ""), WIDTH) == tuple(lines.split("／"))


@pytest.mark.parametrize("title", WHOLE)
def test_a_title_that_fits_stays_on_one_line(title: str):
    assert break_title(title, WIDTH) == (title,)


@pytest.mark.parametrize("lines", BROKEN)
@pytest.mark.parametrize("width", range(12, 26))
def test_no_width_breaks_a_number_a_pair_or_strands_a_word(lines: str, width: int):
    title = lines.replace("／", "")
    broken = break_title(title, width)
    assert "".join(broken) == title
    for line in broken:
        assert width_of(line) <= width
        assert not line.startswith(("的", "讲话", "上的", "，", "、", "》", "”", "）", "年", "期间"))
        assert not line.endswith(("在", "暨", "和", "《", "“", "（"))
        assert not re.search(r"\d$", line)
    assert width_of(broken[-1]) > 2


def test_a_place_that_nobody_listed_is_kept_whole():
    broken = break_title("在北川羌族自治县擂鼓镇城乡建设用地增减挂钩项目现场推进会上的讲话", WIDTH)
    assert all("羌族" not in line or "北川羌族自治县" in line for line in broken)


def test_no_more_lines_than_needed():
    assert len(break_title("在全县2027年元旦春节期间安全稳定工作会议上的讲话", WIDTH)) == 2


def test_a_book_title_longer_than_a_line_still_fits():
    broken = break_title("学习《" + "某" * 50 + "》", WIDTH)
    assert max(map(width_of, broken)) <= WIDTH


def test_nothing_gives_no_line_and_no_width_is_refused():
    assert break_title("", WIDTH) == ()
    with pytest.raises(ValueError, match="at least one"):
        break_title("讲话", 0)


TITLES = st.text("在全县安全生产暨工作会议上的讲话《》“”（）2027年春节期间、某镇Ab ", max_size=90)


@given(TITLES | st.text(max_size=60), st.integers(1, 40))
def test_no_character_is_lost_and_no_line_is_too_long(title: str, width: int):
    broken = break_title(title, width)
    assert "".join(broken) == title
    assert all(broken)
    assert all(width_of(line) <= width for line in broken)
