"""Formulations of the centre: where a slip is shown, what is said of it, and what is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check import wordings
from speechgen.check.document import Document, Grounds
from speechgen.check.rule import Hit, Rule
from speechgen.content import layers_for, load_content
from speechgen.model import Block, Draft, Location, Wording

CONTENT = load_content(layers_for(Path(__file__).parent))
SHIPPED = tuple(CONTENT.wordings.values())
NOWHERE = Location("提法.yaml", 1)
DAY = date(2026, 8, 1)


def document(text: str, of: tuple[Wording, ...] = SHIPPED, day: date | None = DAY) -> Document:
    blocks = tuple(Block("paragraph", line) for line in text.split("\n"))
    return Document(Draft(blocks), Grounds(wordings=of, statutes=tuple(CONTENT.statutes.values()), day=day))


def rule(**options: tuple[str, ...]) -> Rule:
    return Rule("tf-01", "提法", "提法", "warning", "", NOWHERE, options=options)


def hits(
    look: str, text: str, of: tuple[Wording, ...] = SHIPPED, day: date | None = DAY, **options: tuple[str, ...]
) -> list[Hit]:
    return list(wordings.CHECKS[look].find(document(text, of, day), rule(**options)))


def said(look: str, text: str, **more: object) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(look, text, **more)]  # type: ignore[arg-type]


def wording(text: str, since: date | None = None, until: date | None = None) -> Wording:
    return Wording("tf_one", text, "某文件", NOWHERE, since, until)


def test_no_formulation_of_the_list_is_a_slip_of_itself_or_of_another() -> None:
    for one in SHIPPED:
        if one.valid_until is None:
            text = f"要坚持{one.text}，抓好落实。"
            found = [
                (look, text[hit.start : hit.end])
                for look in ("改字", "缺项", "换序", "标点")
                for hit in hits(look, text)
            ]
            assert found == [], one.text


@pytest.mark.parametrize("one", [w for w in SHIPPED if len(w.text) >= 12 and w.valid_until is None], ids=lambda w: w.id)
def test_a_wrong_character_in_the_middle_is_found(one: Wording) -> None:
    middle = next(n for n in range(len(one.text) // 2, len(one.text) - 1) if "\u4e00" <= one.text[n] <= "\u9fff")
    wrong = one.text[:middle] + "龘" + one.text[middle + 1 :]
    found = hits("改字", f"会议要求，{wrong}。")
    assert [hit.suggestion for hit in found] == [one.text] or any("龘" in hit.values["差"] for hit in found)


def test_the_slip_is_said_in_words_and_never_mended_by_itself() -> None:
    (hit,) = hits("改字", "要把保护人民生命安全放在首位。")
    assert hit.values["差"] == "「放」应为「摆」"
    assert hit.suggestion == "把保护人民生命安全摆在首位" and not hit.safe


def test_what_was_left_out_is_named() -> None:
    (hit,) = hits("缺项", "落实党政同责、一岗双责、失职追责。")
    assert hit.values["差"] == "少了「齐抓共管」"


def test_a_formulation_counts_only_while_it_is_in_force() -> None:
    one = (wording("安全第一、预防为主、综合治理", since=date(2026, 1, 1), until=date(2026, 12, 31)),)
    text = "坚持预防为主、安全第一、综合治理。"
    assert said("换序", text, of=one, day=DAY)
    assert not said("换序", text, of=one, day=date(2025, 6, 1))
    assert not said("换序", text, of=one, day=date(2027, 6, 1))
    assert said("换序", text, of=one, day=None)


def test_an_outdated_formulation_is_found_from_the_next_day_on() -> None:
    one = (wording("某某攻坚三年行动", until=date(2026, 12, 31)),)
    assert not said("过期", "推进某某攻坚三年行动。", of=one, day=date(2026, 12, 31))
    (hit,) = hits("过期", "推进某某攻坚三年行动。", of=one, day=date(2027, 1, 1))
    assert hit.values["止"] == "2026年12月31日"


def test_a_list_that_only_shares_members_is_another_list() -> None:
    assert not said("缺项", "坚持高端化、智能化、绿色化、集群化发展。")
    assert not said("换序", "既要综合治理，也要预防为主、安全第一。")


def test_a_permitted_variant_is_left_alone() -> None:
    text = "坚持创新、协调、绿色、共享，抓好落实。"
    assert said("缺项", text)
    assert not said("缺项", text, 除外=("创新、协调、绿色、共享",))


def test_formulations_do_not_run_over_a_full_stop_or_a_line() -> None:
    assert not said("换序", "要生命至上。\n人民至上、安全也至上。")
    assert not said("缺项", "落实一岗双责。党政同责是前提。")


def test_titles_of_places_and_by_laws_are_others() -> None:
    text = "落实《河南省消防条例》《青峪县信访工作条例》《〈信访工作条例〉实施办法》《安全生产法》《中华人民共和国安全生产法》。"
    assert not said("书名", text)
    (hit,) = hits("书名", "学习《信访工作条列》。")
    assert hit.suggestion == "《信访工作条例》"


def test_order_and_a_small_cut_at_once() -> None:
    assert said("换序", "要政治执行、政治判断力、政治领悟力一起提高。") == ["政治执行、政治判断力、政治领悟力"]


def test_a_list_between_a_head_and_a_tail_lacks_a_member_or_has_one_out_of_place() -> None:
    assert said("缺项", "健全自治、德治相结合的体系。") == ["自治、德治相结合"]
    assert said("缺项", "健全自治、法治相结合的体系。") == ["自治、法治相结合"]
    assert said("换序", "健全法治、自治、德治相结合的体系。") == ["法治、自治、德治相结合"]
    assert not said("缺项", "推动人防、技防相结合。") and not said("换序", "健全自治、法治、德治相结合的体系。")


def test_half_of_a_formulation_counts_unless_that_half_is_one_itself() -> None:
    assert said("缺项", "坚持预防为主、积极消灭的方针。") == ["预防为主、积极消灭"]
    assert not said("缺项", "严格落实党政同责、一岗双责。")
    assert not said("缺项", "坚持稳就业、稳企业。")


@pytest.mark.parametrize("mark", ["、", "，"])
def test_the_halves_of_a_quotation_crossed(mark: str) -> None:
    assert said("换序", f"做到大事不出村{mark}小事不出镇。") == [f"大事不出村{mark}小事不出镇"]
    assert not said("换序", f"做到小事不出村{mark}大事不出镇。")


def test_a_word_left_out_of_a_long_name_is_named() -> None:
    (hit,) = hits("改字", "学习习近平新时代社会主义思想。")
    assert hit.values["差"] == "少了「中国特色」"


def test_what_stands_in_quotes_is_compared_as_a_whole() -> None:
    assert said("改字", "牢记“人民至上、生命第一”。") == ["人民至上、生命第一"]
    assert not said("改字", "牢记“人民至上”，做到“事事有回音、件件有着落”。")


PIECES = st.sampled_from(
    ["人民至上", "、", "，", "生命至上", "增强“四个意识”", "坚定“四个自信”", "做到“两个维护”", "。", "\n", "《信访工作条例》",
     "预防为主", "安全第一", "综合治理", "的", "党政同责、一岗双责", "统筹发展", "和安全", "“", "2026年", "是"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_without_trouble_and_hits_lie_inside_it(text: str) -> None:
    for look, check in wordings.CHECKS.items():
        for hit in check.find(document(text), rule()):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) == set(check.values), look
