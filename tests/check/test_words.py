"""用词 and 式样: the contexts in which a word or a pattern counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from speechgen import schema
from speechgen.check.document import Document, Grounds, Vocabulary
from speechgen.check.rule import Entry, Hit, Rule
from speechgen.check.words import find_pattern, find_words
from speechgen.model import Block, Draft, Location, Meeting

HERE = Location("规则.yaml", 1, 1)


def draft(text: str) -> Draft:
    return Draft(tuple(Block("paragraph", line) for line in text.split("\n")))


def found(text: str, *entries: Entry, day: date | None = None, meeting: Meeting | None = None, **options: tuple[str, ...]) -> list[Hit]:
    rule = Rule("dw-01", "试", "用词", "warning", "试", HERE, entries=entries, options=options)
    words = Vocabulary(word for entry in entries for word in entry.wrong)
    return list(find_words(Document(draft(text), Grounds(meeting, day=day), words), rule))


def words(text: str, *entries: Entry, day: date | None = None) -> list[str]:
    return [text[hit.start : hit.end] for hit in found(text, *entries, day=day)]


def patterns(text: str, **options: tuple[str, ...]) -> list[str]:
    rule = Rule("dw-01", "试", "式样", "warning", "试", HERE, options=options)
    return [text[hit.start : hit.end] for hit in find_pattern(Document(draft(text)), rule)]


@pytest.mark.parametrize(
    ("entry", "counts", "spared"),
    [
        (Entry(("倍受",), before=("大家", "群众")), "群众倍受鼓舞", "这是倍受鼓舞"),
        (Entry(("权力",), after=("和义务",)), "公民的权力和义务", "公民的权力"),
        (Entry(("权力",), not_before=("行使", "公")), "群众的权力", "依法行使权力"),
        (Entry(("权力",), not_after=("清单", "运行")), "群众的权力", "权力清单要公开"),
        (Entry(("安监",), within=("保安监督", "公安监管")), "县安监部门", "公安监管支队和保安监督"),
        (Entry(("一票否决",), beside=("考核", "评先")), "考核上一票否决", "一票否决要慎用"),
        (Entry(("截访",), not_beside=("严禁", "不得")), "组织人员截访。", "严禁组织截访。"),
    ],
)  # fmt: skip
def test_a_context_lets_a_word_count_or_spares_it(entry: Entry, counts: str, spared: str) -> None:
    assert words(counts, entry) == [entry.wrong[0]]
    assert words(spared, entry) == []


def test_the_same_sentence_ends_at_its_stop_and_at_the_line() -> None:
    entry = Entry(("截访",), not_beside=("严禁",))
    assert words("严禁弄虚作假。组织截访。", entry) == ["截访"]
    assert words("严禁弄虚作假\n组织截访", entry) == ["截访"]
    assert words("严禁弄虚作假，严禁截访。", entry) == []


def test_a_context_at_the_very_edge_of_the_text_does_not_count() -> None:
    assert words("倍受", Entry(("倍受",), before=("大家",))) == []
    assert words("倍受", Entry(("倍受",), after=("鼓舞",))) == []
    assert words("倍受", Entry(("倍受",), not_before=("大家",), not_after=("鼓舞",))) == ["倍受"]


def test_a_longer_word_spares_only_where_it_stands() -> None:
    entry = Entry(("安监",), within=("公安监管",))
    hits = found("公安监管支队和县安监局", entry)
    assert [(hit.start, hit.end) for hit in hits] == [(8, 10)]


def test_a_word_is_wrong_from_its_day_on_and_until_its_day() -> None:
    entry = Entry(("安监局",), "应急管理局", since=date(2018, 3, 17))
    assert words("县安监局", entry, day=date(2018, 3, 17)) == ["安监局"]
    assert words("县安监局", entry, day=date(2018, 3, 16)) == []
    assert words("县安监局", entry) == ["安监局"]  # of an undated speech the lists' own day counts
    until = Entry(("安监局",), until=date(2018, 3, 16))
    assert words("县安监局", until, day=date(2018, 3, 16)) == ["安监局"]
    assert words("县安监局", until, day=date(2018, 3, 17)) == []


def test_a_find_tells_word_remedy_remark_and_day() -> None:
    (hit,) = found("把任务布署下去", Entry(("布署",), "部署", since=date(2018, 3, 17), note="形近", safe=True))
    assert dict(hit.values) == {"词": "布署", "改": "部署", "注": "形近", "日期": "2018年3月17日"}
    assert (hit.suggestion, hit.safe) == ("部署", True)


def test_every_spelling_and_every_place_is_found() -> None:
    assert words("布署、佈署、布署", Entry(("布署", "佈署"), "部署")) == ["布署", "布署", "佈署"]


def test_what_the_meeting_file_holds_is_declared(tmp_path: Path) -> None:
    file = tmp_path / "会议.yaml"
    file.write_text("会议: {名称: 全县责任书签订会议, 日期: 2026-11-20}\n讲话人: 县长\n", encoding="utf-8")
    meeting, _ = schema.load_meeting(file)
    entry = Entry(("责任书",))
    assert found("都要签责任书", entry, meeting=meeting, 无依据=("是",)) == []
    assert len(found("都要签责任书", entry, meeting=meeting)) == 1
    assert len(found("都要签责任书", entry, 无依据=("是",))) == 1


# ── patterns ──────────────────────────────────────────────────────────────────────────────────


def test_a_pattern_is_found_whole_or_at_its_spot() -> None:
    assert patterns("第12条和第3条", 式=("第[0-9]+条",)) == ["第12条", "第3条"]
    assert patterns("第12条和第3条", 式=("第(?P<处>[0-9]+)条",)) == ["12", "3"]


def test_a_pattern_is_spared_only_where_an_exception_covers_all_of_it() -> None:
    assert patterns("A股和A县", 式=("[A-Z]",), 除外=("A股",)) == ["A"]
    assert patterns("AB股", 式=("AB",), 除外=("B股",)) == ["AB"]
    assert patterns("A股\nA县", 式=("A",), 除外=("A股", "没有的")) == ["A"]
    assert patterns("AAA股A", 式=("A",), 除外=("A{1,3}股", "A股")) == ["A"]


def test_lines_begin_and_end_for_a_pattern() -> None:
    assert patterns("第一篇\n见第一篇", 式=("^第一篇",)) == ["第一篇"]
    assert patterns("完\n完了", 式=("完$",)) == ["完"]


def test_an_empty_match_is_nothing() -> None:
    assert patterns("安全", 式=("x*",)) == []


def test_many_matches_and_exceptions_in_one_line_take_no_time() -> None:
    assert patterns("A股" * 50_000, 式=("A",), 除外=("A股",)) == []
