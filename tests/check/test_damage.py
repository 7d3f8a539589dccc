"""What the examples of the rules cannot show: the exact stretch, many finds told once, and that nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check import damage
from speechgen.check.document import Document
from speechgen.check.rule import Hit, Rule
from speechgen.model import Block, Draft, Location

RULE = Rule("wy-00", "试", "残留", "warning", "", Location("x.yaml"))


def find(look: str, text: str) -> list[Hit]:
    document = Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))))
    return list(damage.CHECKS[look].find(document, RULE))


def spots(look: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(look, text)]


def test_a_watermark_inside_a_word_is_cut_out_exactly() -> None:
    text = "同志们：\n排查不〔本文来自文秘家园网〕稳定因素，化解矛盾。"
    (hit,) = find("水印", text)
    assert text[: hit.start] + text[hit.end :] == "同志们：\n排查不稳定因素，化解矛盾。"


def test_a_line_of_chrome_is_not_told_as_a_watermark_too() -> None:
    text = "谢谢大家！\n版权所有 某某范文网 www.example.com"
    assert spots("网页栏目", text) == ["版权所有 某某范文网 www.example.com"]
    assert spots("水印", text) == []


def test_a_bar_of_buttons_is_one_find() -> None:
    text = "下载\n打印\n【字号：\n大\n中\n小\n】\n在全县消防工作会议上的讲话\n同志们："
    assert spots("网页栏目", text) == ["下载\n打印\n【字号：\n大\n中\n小\n】"]


def test_a_word_that_buttons_use_is_not_chrome_alone() -> None:
    assert spots("网页栏目", "同志们：\n大\n家好。\n返回\n再讲一点。") == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("保持穩(wěn)定", "稳"), ("各級領（lǐng）导", "领"), ("要稳(wěn)住", "稳")],
)
def test_pinyin_goes_and_the_character_becomes_simplified(text: str, suggestion: str) -> None:
    assert suggestion in [hit.suggestion for hit in find("注音", text)]


def test_a_lost_byte_is_told_from_its_reading_or_not_at_all() -> None:
    assert [hit.suggestion for hit in find("字节错位", "F(xiàn)在开会。")] == ["现"]
    assert [hit.suggestion for hit in find("字节错位", "?h委决定。")] == [""]


def test_annotated_characters_are_not_told_as_traditional_too() -> None:
    assert spots("繁体字", "保持穩(wěn)定，認真落实。") == ["認"]


def test_a_text_that_is_traditional_throughout_is_told_once() -> None:
    hits = find("繁体字", "認真落實，加強領導，維護穩定。" * 20)
    assert len(hits) == 1 and "转换成简体" in hits[0].values["注"] and hits[0].suggestion == ""


def test_radicals_are_replaced_by_the_characters_they_look_like() -> None:
    hits = find("部首字符", "安全⽣产⼯作，县⻓出席。")
    assert [(hit.suggestion, hit.safe) for hit in hits] == [("生", True), ("工", True), ("长", True)]


def test_names_with_rare_characters_are_no_damage() -> None:
    text = "李堃、王淏、陈喆、赵昇、孙淼、周玥同志作了发言。"
    assert not any(spots(look, text) for look in damage.CHECKS)


def test_utf8_read_as_gbk_is_gibberish() -> None:
    text = "安全生产责任重于泰山".encode().decode("gbk", "replace")
    assert spots("乱码", text)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "安全領導們(wěn)?h委、，。X*“”（）〔〕本文来自网www.com<>&;{}\n 　臵锛銆鐨\u200b\ufffd⼯下载大"
        )
    )
)
def test_any_text_gives_finds_inside_the_text(text: str) -> None:
    for look in damage.CHECKS:
        for hit in find(look, text):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) == {"词", "改", "注"}


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_breaks_a_look(text: str) -> None:
    for look in damage.CHECKS:
        find(look, text)


@pytest.mark.parametrize(
    "said", ["【好写作网 整理】", "[天天文库]", "（范文先生）", "〔某某讲话稿网收集〕", "【工作汇报网】"]
)
def test_a_stretch_in_brackets_that_names_a_site_is_cut_out_with_them(said: str) -> None:
    assert spots("水印", f"压实安全生{said}产责任。") == [said]


@pytest.mark.parametrize(
    "said", ["（县政府网站可查）", "〔2026〕15号", "（县融媒体中心负责）", "【待补充：网址】", "（含电网、水网）"]
)
def test_brackets_that_belong_to_the_speech_stay(said: str) -> None:
    assert spots("水印", f"压实安全生产责任{said}。") == []


def test_zhu_becomes_zhe_where_it_follows_a_verb_only() -> None:
    found = find("著字", "随著形势变化，要著力抓好，跟著著名专家学，有著作为证，显著提高。")
    assert [hit.suggestion for hit in found] == ["随着", "着力", "跟着"]


def test_every_site_is_among_the_words_that_are_looked_for() -> None:
    names = damage._site().removeprefix("(?:").removesuffix(")").split("|")
    for form in {form for name in names for form in (name.replace("网?", ""), name.replace("?", ""))}:
        assert any(sign in form for sign in damage.WORDS), form
