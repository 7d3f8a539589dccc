"""The shipped bank against its own gates, and the gates against phrases that break them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from speechgen import content as contents
from speechgen.content import Content
from speechgen.errors import Slip
from speechgen.lint import lint
from speechgen.lint.language import demands, simplified
from speechgen.model import HeadingSet, Location, Phrase, Slot, Statute

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
HERE = Location("bank.yaml", 5, 1)


@cache
def slips_of_the_shipped_bank() -> list[Slip]:
    published = "\n".join(p.read_text("utf-8") for p in sorted(CORPUS.rglob("*.txt"))) if CORPUS.is_dir() else ""
    return lint(contents.load_content(contents.layers_for(ROOT / "examples" / "county")), published)


def told(wanted: list[Slip]) -> list[str]:
    return [f"{Path(s.location.file).name}:{s.location.line} {s.message}" for s in wanted if s.location]


def test_the_shipped_bank_breaks_no_gate() -> None:
    assert (
        told([s for s in slips_of_the_shipped_bank() if s.code != "borrowed" and not s.code.startswith("warn-")]) == []
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the published texts are not in this checkout")
def test_the_shipped_bank_borrows_from_no_published_text() -> None:
    assert told([s for s in slips_of_the_shipped_bank() if s.code == "borrowed"]) == []


def test_few_phrases_of_the_shipped_bank_are_long() -> None:
    """Warnings are for a second look; a bank with many of them has not been read aloud."""
    assert len([s for s in slips_of_the_shipped_bank() if s.code.startswith("warn-")]) <= 10


# ── the gates ─────────────────────────────────────────────────────────────────────────────────

SLOTS = {"形势.转折": Slot("形势.转折", "判断"), "形势.问题": Slot("形势.问题", "论证", "问题", "陈述"),
         "形势.风险": Slot("形势.风险", "论证", "风险"), "措施.点到": Slot("措施.点到", "措施", "任务", "落点")}  # fmt: skip


def codes(*lines: str, slot: str = "形势.转折", corpus: str = "", **more: Any) -> set[str]:
    phrase = Phrase("p-1", lines, slot, HERE, **({"words": ("夜市",)} | more if SLOTS[slot].item else more))
    statutes = {"xf": Statute("xf", "中华人民共和国突发公共卫生事件应对法", date(2025, 11, 1), HERE)}
    return {slip.code for slip in lint(Content({"p-1": phrase}, slots=SLOTS, statutes=statutes), corpus)}


def test_a_good_phrase_passes() -> None:
    assert codes("先把人的事想明白，再去想物的事。", "{{ 陈述 }}", slot="形势.问题") == set()


@pytest.mark.parametrize("words", ["三天以内办完。", "每周查两次。", "12月底前办完。", "走访35户。"])
def test_figures_of_its_own(words: str) -> None:
    assert "own-figure" in codes(words)


def test_a_figure_does_not_grow_out_of_two_stretches() -> None:
    assert codes("共{{ 任务数 }}项任务。") == set()


@pytest.mark.parametrize("words", ["先看,再做。", "看一看(再看)。", '他说"好"。', "先看:再做。"])
def test_half_width_punctuation(words: str) -> None:
    assert "half-width" in codes(words)


@pytest.mark.parametrize("words", ["他说“好。", "他说好”。", "《法律。", "（看一看。", "”好“。"])
def test_unbalanced_punctuation(words: str) -> None:
    assert "unbalanced" in codes(words)


def test_a_fact_that_is_argued_from_must_be_declared() -> None:
    said = "这{{ 问题.数量 }}都要有人去看。"
    assert "undeclared" in codes(said, slot="形势.问题")
    assert codes(said, slot="形势.问题", needs=("问题.数量",)) == set()
    assert codes("{% if 问题.数量 %}这{{ 问题.数量 }}都要有人去看。{% endif %}", slot="形势.问题") == set()


def test_what_is_said_of_an_item_knows_more_than_its_topic() -> None:
    """只写话题的一句，同一话题的任何事都会碰上它。"""
    assert codes("门要推得开。", slot="形势.问题", topics=("消防",), words=()) == {"any-matter"}
    assert codes("门要推得开。", slot="形势.问题", topics=("消防",), words=(), situations=("安全出口堵锁",)) == set()
    assert codes("门要推得开。", slot="形势.转折", topics=("消防",)) == set()


def test_where_no_statement_goes_before_a_phrase_names_its_matter() -> None:
    assert "silent" in codes("人一多就容易乱。", slot="形势.风险")
    assert codes("{{ 风险.内容 }}，人一多就容易乱。", slot="形势.风险") == set()


def test_long_clauses_and_sentences_ask_for_a_second_look() -> None:
    assert codes("话" * 28 + "。") == {"warn-long-clause"}
    assert codes("，".join(["话" * 20] * 5) + "。") == {"warn-long-sentence"}
    assert codes("，".join(["话" * 20] * 3) + "。") == set()


def test_a_run_shared_with_published_text() -> None:
    published = "前面。坚持把群众的事情放在心上办在实处，后面。"
    assert codes("坚持把群众的事情放在心上办在实处。", corpus=published) == {"borrowed"}
    assert codes("坚持把群众的事情放在心上。", corpus=published) == set()
    title = "中华人民共和国突发公共卫生事件应对法"
    assert codes(f"要学{title}。", corpus=f"《{title}》施行。") == set()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("每天巡查一遍通道。", "frequency"),
        ("定期会商研判。", "frequency"),
        ("发现的问题当天整改。", "deadline"),
        ("三个工作日之内答复。", "deadline"),
        ("检查要全覆盖。", "quota"),
        ("干不好的要追责。", "sanction"),
        ("请公安机关去办。", "own-body"),
        ("找派出所帮忙。", "own-body"),
        ("要踔厉奋发。", "rare-character"),
        ("羣众的事要办好。", "traditional"),
        ("要切实抓、不断抓、着力抓。", "worn-words"),
    ],
)
def test_what_only_the_meeting_file_may_say_and_how_nothing_is_said(words: str, code: str) -> None:
    assert code in codes(words)


@pytest.mark.parametrize(
    "words", ["路上天天有人过。", "年底事情多。", "要推动落实，不能推诿。", "请{{ 部门.公安 }}去办。"]
)
def test_what_only_looks_like_a_promise(words: str) -> None:
    assert codes(words) == set()


def test_a_duty_of_the_law_may_be_told_with_its_basis() -> None:
    assert codes("拒不改正的，依法追究责任。", basis=("xf",)) == set()


def test_every_measure_says_what_is_done_to_what() -> None:
    assert demands("检查人员把通道从头走一遍") and demands("能修的修好，不能修的换掉")
    assert not demands("从根本上、从源头上、从长远上")
    assert "no-verb-object" in codes("从根本上、从源头上、从长远上。", slot="措施.点到")
    assert "no-verb-object" not in codes("从根本上、从源头上、从长远上。", slot="形势.问题")


def test_near_duplicates_in_a_slot() -> None:
    first = Phrase("a", ("先把人的事想明白，再去想物的事。",), "形势.转折", HERE)
    second = Phrase("b", ("先把人的事想明白，再来想物的事。",), "形势.转折", HERE)
    elsewhere = Phrase("c", first.text, "结束.号召", HERE)
    found = lint(Content({p.id: p for p in (first, second, elsewhere)}))
    assert [(s.code, "「a」" in s.message) for s in found] == [("near-duplicate", True)]


@pytest.mark.parametrize("words", ["先看 check 结果。", "あれを見る。", "안녕。"])
def test_other_scripts(words: str) -> None:
    assert "not-chinese" in codes(words)


SIMPLE = "群众的事情无小事，办起来要有耐心，说清楚哪里难、难在什么地方，能办的马上办，一时办不了的讲明白。" * 5
TRADITIONAL = "群眾的事情無小事，辦起來要有耐心，說清楚哪裡難、難在什麼地方，能辦的馬上辦，一時辦不了的講明白。" * 5


def test_simplified_is_told_from_traditional_and_other_languages() -> None:
    assert simplified(SIMPLE)
    assert not simplified(TRADITIONAL)
    assert not simplified("The quick brown fox jumps over the lazy dog. " * 10)
    assert not simplified("これは日本語の文章です。安全第一で作業を進めてください。" * 10)
    assert codes(*[TRADITIONAL]) >= {"not-simplified"}


@pytest.mark.parametrize("language", ["ko", "ja", "vi"])
def test_what_langdetect_mistakes_for_its_neighbours_is_chinese(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import langdetect

    monkeypatch.setattr(langdetect, "detect", lambda _: language)
    assert simplified(SIMPLE) and not simplified(TRADITIONAL)


def test_heading_sets() -> None:
    def found(**headings: str) -> list[str]:
        return [s.code for s in lint(Content(headings={"bt": HeadingSet("bt", "措施", headings, HERE)}))]

    assert found(消防="把火看住", 通用="{{ 任务.主题 }}办好") == []
    assert found(消防="三天看住火") == ["own-figure"]
    assert found(消防="看住(火)") == ["half-width"]
    assert found(消防="看住火", 燃气="把管子和阀门都看住了再说") == ["warn-uneven"]
