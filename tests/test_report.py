"""What a run says in the end, and what explain prints."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from speechgen import draft as line
from speechgen import likeness, report
from speechgen.errors import Slip
from speechgen.files import Written
from speechgen.model import Block, Draft, Finding, Gap, Location, Source, Span

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "examples" / "county" / "2027年元旦春节安全稳定.yaml"
GAPS = COUNTY.with_name("十处缺项.yaml")


@cache
def made(path: Path = COUNTY) -> line.Made:
    return line.make(path)


def last(path: Path = COUNTY, **written: object) -> list[str]:
    return report.last_lines(made(path), Written(Path("出/稿.docx"), **written)).splitlines()  # type: ignore[arg-type]


def test_the_last_lines_say_file_length_minutes_pages_and_layers() -> None:
    lines = last()
    result = made()
    assert lines[0] == f"已写好：{Path('出/稿.docx')}"
    assert lines[1].startswith(f"{result.draft.characters} 字，按每分钟 180 字约讲 {result.minutes:.1f} 分钟")
    assert "要求 18 分钟" in lines[1] and "一成" in lines[1] and "2916 字" in lines[1]
    assert lines[1].endswith(f"约 {result.pages} 页")
    assert any(words.startswith("语料：自带；用了 ") for words in lines)


def test_a_length_in_characters_is_told_as_such() -> None:
    result = made()
    asked = result._replace(meeting=result.meeting._replace(minutes=None, characters=2500))
    lines = report.last_lines(asked, Written(Path("稿.docx"))).splitlines()
    assert "要求 2500 字" in lines[1]
    free = result._replace(meeting=result.meeting._replace(minutes=None))
    assert "要求" not in report.last_lines(free, Written(Path("稿.docx"))).splitlines()[1]


def test_only_phrases_that_stand_in_the_speech_are_counted() -> None:
    short = made()._replace(
        draft=Draft(
            (Block("paragraph", "甲", (Span(0, 1, Source("phrase", "p-1")),)),), picks={"a": "p-1", "b": "p-2"}
        ),
    )
    assert "用了 1 条" in report.last_lines(short, Written(Path("稿.docx")))


@pytest.mark.parametrize(("reason", "words"), [("edited", "有人改过"), ("open", "正开着"), ("unknown", "别的文件")])
def test_an_output_that_was_spared_is_named_with_the_reason(reason: str, words: str) -> None:
    lines = last(beside=Path("出/旧.docx"), reason=reason)
    assert words in lines[0] and "旧.docx" in lines[0]
    assert "稿.docx" in lines[1]


def test_an_unchanged_speech_is_told() -> None:
    assert "没有变化" in last(unchanged=True)[0]


def test_blanks_and_omissions_are_listed_with_key_and_line() -> None:
    lines = last(GAPS)
    text = "\n".join(lines)
    assert "省去" in text and "待补充" in text
    assert any("会议议程" in words and "十处缺项.yaml 第 6 行" in words and "「会议.议程」" in words for words in lines)
    gap = Gap("blank", "单位.地区", "地区", Location("单位.yaml", 0))
    other = made()._replace(draft=Draft((), gaps=(gap,)))
    assert "请在 单位.yaml 里补上「单位.地区」" in report.last_lines(other, Written(Path("稿.docx")))


def test_findings_are_told_with_the_words_around_them() -> None:
    block = Block(
        "paragraph", "各单位要在三天以内办完。", (Span(0, 12, Source("phrase", "p-1", Location("a/safety.yaml", 7))),)
    )
    found = Finding("sz-90", "error", 0, 5, 9, {"词": "三天以内", "出处": "p-1"}, block.spans[0].source)
    other = made()._replace(draft=Draft((block,)), findings=(found,))
    text = report.last_lines(other, Written(Path("稿.docx")))
    assert "审校：错误 1 处" in text and "【三天以内】" in text and "safety.yaml 第 7 行" in text


def test_notices_end_with_one_full_stop() -> None:
    told = made()._replace(notices=("没有句号", "有句号。"))
    assert report.last_lines(told, Written(Path("稿.docx"))).splitlines()[-2:] == ["提醒：没有句号。", "提醒：有句号。"]


def test_slips_are_told_in_the_order_of_the_file_with_their_remedy() -> None:
    text = report.slips(
        [
            Slip("b", "第二处", Location("夹/会议.yaml", 9, 1), "改法二"),
            Slip("a", "第一处", Location("夹/会议.yaml", 2, 1)),
            Slip("c", "没有地方"),
            Slip("d", "整个文件", Location("夹/会议.yaml")),
        ]
    )
    assert text.splitlines() == [
        "没有地方",
        "会议.yaml：整个文件",
        "会议.yaml 第 2 行：第一处",
        "会议.yaml 第 9 行：第二处",
        "    改法二",
    ]


def test_explain_prints_sentence_by_sentence_what_each_rests_on() -> None:
    lines = report.explain(made().draft).splitlines()
    said, rests = lines[::2], lines[1::2]
    assert "".join(said) == "".join(block.text for block in made().draft.blocks)
    assert all(words.startswith("    ") and words.strip() for words in rests)
    at = said.index("（二）" + next(s for s in said if s.startswith("（二）"))[3:])
    assert "序号" in rests[at]
    wages = next(n for n, words in enumerate(said) if "126人工资付清" in words)
    assert "所填 " in rests[wages] and "2027年元旦春节安全稳定.yaml 第" in rests[wages]


def test_sentences_cover_a_block() -> None:
    for text in ("甲。乙！”丙？（丁。）戊", "没有句号", "“一句。”", "。"):
        block = Block("paragraph", text)
        assert "".join(text[a:b] for a, b in likeness.sentences(block)) == text
    assert [(a, b) for a, b in likeness.sentences(Block("paragraph", "“甲。”乙。"))] == [(0, 4), (4, 6)]


def test_a_place_is_as_much_as_is_known() -> None:
    assert report.place(None) == ""
    assert report.place(Location("夹/会议.yaml")) == "会议.yaml"
    assert report.place(Location("夹/会议.yaml", 7, 3)) == "会议.yaml 第 7 行"
