"""Picking phrases: the properties that a secretary relies on without knowing them."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.engine import traced
from speechgen.errors import SpeechgenError
from speechgen.model import HeadingSet, Location, Phrase, Slot, Source, Text
from speechgen.phrases import (
    HEADINGS,
    Circumstances,
    Request,
    Wishes,
    deal,
    fits,
    heading_choices,
    pick,
    sentence_keys,
)

HERE = Location("bank.yaml", 1, 1)

DAY = date(2026, 12, 24)
ABOUT = Circumstances("种子", DAY, "元旦春节", "县", "政府主要领导")
SLOTS = ("甲", "乙")
TOPICS = ("消防", "燃气", "欠薪", "信访")


def phrase(id_: str, slot: str = "甲", **more: Any) -> Phrase:
    return Phrase(id_, (f"{id_}的话。",), slot, HERE, **more)


def request(path: str, slot: str = "甲", facts: dict[str, Any] | None = None, **more: Any) -> Request:
    return Request(path, Slot(slot, "判断"), facts or {}, **more)


def pin(id_: str) -> Text:
    return Text(id_, "选定", Location("会议.yaml", 9, 3))


def ids(picks: Any) -> dict[str, str]:
    return {path: found.id for path, found in picks.chosen.items()}


def some() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(tuple)


@st.composite
def banks(draw: st.DrawFn, most: int = 14) -> list[Phrase]:
    count = draw(st.integers(0, most))
    return [phrase(f"p-{n:03}", draw(st.sampled_from(SLOTS)), topics=draw(some())) for n in range(count)]


@st.composite
def speeches(draw: st.DrawFn, most: int = 8) -> list[Request]:
    count = draw(st.integers(0, most))
    return [request(f"形势/{n}", draw(st.sampled_from(SLOTS)), topics=draw(some())) for n in range(count)]


@given(speeches(), banks())
def test_no_phrase_stands_twice_and_each_fits_its_slot(requests: list[Request], bank: list[Phrase]) -> None:
    picks = pick(requests, bank, ABOUT)
    chosen = list(ids(picks).values())
    assert len(chosen) == len(set(chosen))
    by_path = {r.path: r for r in requests}
    assert all(fits(found, by_path[path], ABOUT) for path, found in picks.chosen.items())


@given(speeches(), banks(), st.randoms(use_true_random=False))
def test_no_order_counts(requests: list[Request], bank: list[Phrase], chance: random.Random) -> None:
    before = ids(pick(requests, bank, ABOUT))
    chance.shuffle(requests)
    chance.shuffle(bank)
    moved = [p._replace(location=Location(f"{chance.random()}.yaml", chance.randint(1, 99), 1)) for p in bank]
    assert ids(pick(requests, moved, ABOUT)) == before


@given(speeches(), banks(), st.data())
def test_a_pin_changes_its_own_slot_and_the_one_that_loses_its_phrase(
    requests: list[Request], bank: list[Phrase], data: st.DataObject
) -> None:
    pairs = [(r.path, p.id) for r in requests for p in bank if p.slot == r.slot.name]
    if not pairs:
        return
    path, id_ = data.draw(st.sampled_from(pairs))
    before = ids(pick(requests, bank, ABOUT))
    after = ids(pick(requests, bank, ABOUT, {path: pin(id_)}))
    assert after[path] == id_
    loser = {slot for slot, chosen in before.items() if chosen == id_}
    changed = {slot for slot in before.keys() | after.keys() if before.get(slot) != after.get(slot)}
    assert changed <= {path} | loser
    assert len(set(after.values())) == len(after)


@given(speeches(), banks(), st.data())
def test_many_pins_and_kept_picks_together_never_say_a_phrase_twice(
    requests: list[Request], bank: list[Phrase], data: st.DataObject
) -> None:
    pairs = [(r.path, p.id) for r in requests for p in bank if p.slot == r.slot.name]
    drawn = data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
    pins = {path: pin(id_) for path, id_ in {id_: (path, id_) for path, id_ in drawn}.values()}
    kept = dict(data.draw(st.lists(st.sampled_from(pairs), max_size=5))) if pairs else {}
    after = ids(pick(requests, bank, ABOUT, pins, Wishes(kept)))
    assert len(set(after.values())) == len(after)
    assert all(after[path] == text.value for path, text in pins.items())


@given(speeches(), banks())
def test_the_first_round_serves_as_many_slots_as_can_be(requests: list[Request], bank: list[Phrase]) -> None:
    candidates = {r.path: [p for p in bank if fits(p, r, ABOUT)] for r in requests}
    served = sum(bool(hand) for hand in deal(requests, candidates, "种子").values())
    assert served == largest_matching({path: [p.id for p in found] for path, found in candidates.items()})
    assert len(pick(requests, bank, ABOUT).chosen) == served


def largest_matching(options: dict[str, list[str]]) -> int:
    """The number of slots that can have a phrase of their own, by trying (Kuhn's algorithm)."""
    owner: dict[str, str] = {}

    def place(path: str, tried: set[str]) -> bool:
        for id_ in options[path]:
            if id_ not in tried:
                tried.add(id_)
                if id_ not in owner or place(owner[id_], tried):
                    owner[id_] = path
                    return True
        return False

    return sum(place(path, set()) for path in options)


def test_a_slot_with_a_single_candidate_gets_it() -> None:
    bank = [phrase("只能说消防", topics=("消防",)), phrase("都能说")]
    for seed in map(str, range(30)):
        about = ABOUT._replace(seed=seed)
        found = ids(pick([request("a", topics=("消防",)), request("b", topics=("燃气",))], bank, about))
        assert found == {"a": "只能说消防", "b": "都能说"}


def fact(words: str) -> Any:
    return traced(words, Source("field", "数据"))


@given(st.integers(2, 6), st.data())
def test_a_figure_that_turns_changes_no_other_slot_while_hands_last(count: int, data: st.DataObject) -> None:
    """Each slot has four cards: one whose 当 turns false leaves the others' picks where they are."""
    bank = [phrase(f"p-{n:02}", when="数据 is 上升" if n % 3 == 0 else "") for n in range(count * 4)]
    up, down = {"数据": {"方向": "上升"}}, {"数据": {"方向": "下降"}}
    turned = data.draw(st.integers(0, count - 1))
    before = ids(pick([request(f"s{n}", facts=up) for n in range(count)], bank, ABOUT))
    after = ids(pick([request(f"s{n}", facts=down if n == turned else up) for n in range(count)], bank, ABOUT))
    if f"s{turned}" not in after:
        return
    hands = deal([request(f"s{n}", facts=up) for n in range(count)], {f"s{n}": bank for n in range(count)}, "种子")
    if any(not p.when for p in hands[f"s{turned}"]):
        assert {path for path in before if before[path] != after[path]} <= {f"s{turned}"}
    held = next(p for p in bank if p.id == before[f"s{turned}"])
    if not held.when:
        assert before == after


def test_a_changed_day_keeps_every_pick_that_is_still_current() -> None:
    bank = [phrase(f"p-{n:02}", valid_until=date(2026, 12, 31) if n % 4 == 0 else None) for n in range(24)]
    requests = [request(f"s{n}") for n in range(5)]
    before = ids(pick(requests, bank, ABOUT))
    after = ids(pick(requests, bank, ABOUT._replace(day=date(2027, 1, 3))))
    still = {path for path, id_ in before.items() if int(id_[2:]) % 4}
    assert still and all(after[path] == before[path] for path in still)
    assert any(after[path] != before[path] for path in before.keys() - still)


def test_a_phrase_out_of_its_time_is_not_picked_and_is_named() -> None:
    bank = [
        phrase("旧", valid_until=date(2026, 12, 23)),
        phrase("新", valid_from=date(2026, 12, 25)),
        phrase("别处", "乙"),
    ]
    picks = pick([request("a")], bank, ABOUT)
    assert picks.chosen == {}
    assert picks.expired == ("新", "旧")
    bank.append(phrase("今"))
    assert ids(pick([request("a")], bank, ABOUT)) == {"a": "今"}


def test_the_first_and_the_last_day_count() -> None:
    picks = pick([request("a")], [phrase("一天", valid_from=DAY, valid_until=DAY)], ABOUT)
    assert ids(picks) == {"a": "一天"} and picks.expired == ()


def test_one_phrase_more_disturbs_few_slots() -> None:
    """A bank of 60 over 12 slots, one phrase added: on average under 1.5 slots change, never more than half."""
    requests = [request(f"s{n:02}", topics=(TOPICS[n % 4],)) for n in range(12)]
    bank = [phrase(f"p-{n:03}", topics=(TOPICS[n % 4],) if n % 2 else ()) for n in range(60)]
    changes = []
    for seed in map(str, range(40)):
        about = ABOUT._replace(seed=seed)
        before = ids(pick(requests, bank, about))
        after = ids(pick(requests, [*bank, phrase("p-new", topics=("消防",))], about))
        changes.append(sum(before[path] != after[path] for path in before))
    assert sum(changes) / len(changes) < 1.5
    assert max(changes) <= 6


@given(speeches(), banks(), banks())
def test_kept_picks_stay_where_they_fit(requests: list[Request], bank: list[Phrase], more: list[Phrase]) -> None:
    before = ids(pick(requests, bank, ABOUT))
    grown = [*bank, *(p._replace(id=f"new-{p.id}") for p in more)]
    after = ids(pick(requests, grown, ABOUT, None, Wishes(before)))
    assert before.items() <= after.items()


def test_a_kept_pick_that_no_longer_fits_is_replaced() -> None:
    bank = [phrase("a1"), phrase("a2", needs=("问题.数量",)), phrase("a3", valid_until=date(2026, 1, 1))]
    for kept in ({"s": "a2"}, {"s": "a3"}, {"s": "没有了"}, {"别处": "a1"}):
        assert ids(pick([request("s")], bank, ABOUT, None, Wishes(kept))) == {"s": "a1"}


def test_a_slot_whose_cards_are_all_inadmissible_takes_what_lies_open() -> None:
    down = {"数据": {"方向": "下降"}}
    bank = [phrase(f"when-{n}", when="数据 is 上升", needs=("数据.方向",)) for n in range(4)] + [phrase("平常")]
    assert ids(pick([request("s", facts=down)], bank, ABOUT)) == {"s": "平常"}


@pytest.mark.parametrize(
    ("more", "can"),
    [
        ({"occasions": ("元旦春节",)}, True),
        ({"occasions": ("五一",)}, False),
        ({"levels": ("县", "市")}, True),
        ({"levels": ("企业",)}, False),
        ({"roles": ("政府主要领导",)}, True),
        ({"roles": ("分管领导",)}, False),
        ({"topics": ("消防",)}, True),
        ({"topics": ("信访",)}, False),
        ({"situations": ("出口上锁",)}, True),
        ({"situations": ("欠薪",)}, False),
        ({"words": ("网吧", "夜市")}, True),
        ({"words": ("地坑",)}, False),
        ({"needs": ("问题.数量",)}, True),
        ({"needs": ("问题.单位",)}, False),
    ],
)
def test_scopes_and_needs(more: dict[str, Any], can: bool) -> None:
    facts = {"问题": {"数量": fact("4家")}}
    here = request("s", facts=facts, topics=("消防",), situations=("出口上锁",), typed="暗访9家网吧，4家出口上锁")
    assert fits(phrase("p", **more), here, ABOUT) is can


def order_of(here: Request, bank: list[Phrase]) -> list[str]:
    """The ids in the order in which a slot says them, one after the other being taken away."""
    said = []
    while bank:
        found = pick([here], bank, ABOUT).chosen["s"]
        said.append(found.id)
        bank.remove(found)
    return said


def test_of_an_item_the_phrase_that_knows_more_of_it_goes_first() -> None:
    bank = [
        phrase("平常"),
        phrase("话题", topics=("消防",)),
        phrase("情形", topics=("消防",), situations=("出口上锁",)),
    ]
    here = Request("s", Slot("甲", "论证", "问题"), {}, ("消防",), ("出口上锁",))
    assert order_of(here, bank) == ["情形", "话题", "平常"]


def test_of_a_meeting_what_could_be_said_at_any_comes_last() -> None:
    bank = [
        phrase("平常"),
        phrase("话题", topics=("消防",)),
        phrase("县长说", roles=("政府主要领导",)),
        phrase("有事实", needs=("重点",)),
    ]
    said = order_of(request("s", facts={"重点": fact("燃气")}, topics=("消防",)), bank)
    assert said[-1] == "平常" and sorted(said[:-1]) == sorted(["话题", "县长说", "有事实"])


# ── pins that cannot be ───────────────────────────────────────────────────────────────────────


def refused(pins: dict[str, Text], bank: list[Phrase]) -> list[tuple[str, str]]:
    with pytest.raises(SpeechgenError) as caught:
        pick([request("形势/a"), request("形势/b")], bank, ABOUT, pins)
    assert all(slip.location and slip.location.line == 9 and slip.remedy for slip in caught.value.slips)
    return [(slip.code, slip.message) for slip in caught.value.slips]


def test_every_bad_pin_is_told_at_once() -> None:
    bank = [phrase("x-1"), phrase("y-1", "乙"), phrase("old", valid_until=date(2020, 1, 1))]
    told = refused({"形势/c": pin("x-1"), "形势/a": pin("y-1"), "形势/b": pin("old")}, bank)
    assert [code for code, _ in told] == ["unknown-pin", "unknown-pin", "expired-pin"]
    assert "形势/c" in told[0][1] and "y-1" in told[1][1] and "old" in told[2][1]


def test_one_phrase_cannot_be_pinned_twice() -> None:
    assert refused({"形势/a": pin("x-1"), "形势/b": pin("x-1")}, [phrase("x-1")])[0][0] == "same-pin"


# ── heading sets ──────────────────────────────────────────────────────────────────────────────


def pick_headings(*args: Any) -> HeadingSet | None:
    return next(iter(heading_choices(*args)), None)


def headings(id_: str, *keys: str, slot: str = "领导", **more: Any) -> HeadingSet:
    return HeadingSet(id_, slot, {key: f"{id_}{key}" for key in keys}, HERE, **more)


def test_a_set_must_have_a_heading_for_every_key() -> None:
    sets = [headings("缺", "责任"), headings("全", "责任", "督查"), headings("别处", "责任", "督查", slot="部分")]
    for seed in map(str, range(10)):
        found = pick_headings("领导", sets, ABOUT._replace(seed=seed), ["责任", "督查"], {})
        assert found and found.id == "全"
    assert pick_headings("领导", sets[:1], ABOUT, ["责任", "督查"], {}) is None
    general = pick_headings("领导", [headings("通", "通用")], ABOUT, ["责任"], {})
    assert general and general.id == "通"


def test_the_set_made_for_the_occasion_goes_first_and_others_have_their_turn() -> None:
    sets = [
        headings("平常", "责任"),
        headings("五一", "责任", occasions=("五一",)),
        headings("春节一", "责任", occasions=("元旦春节",)),
        headings("春节二", "责任", occasions=("元旦春节",)),
    ]
    seen = {
        found.id
        for seed in range(30)
        if (found := pick_headings("领导", sets, ABOUT._replace(seed=str(seed)), ["责任"], {}))
    }
    assert seen == {"春节一", "春节二"}


def test_a_set_can_be_pinned_and_kept() -> None:
    sets = [headings(f"t{n}", "责任") for n in range(9)]
    for found in sets:
        pinned = pick_headings("领导", sets, ABOUT, ["责任"], {HEADINGS + "领导": pin(found.id)}, Wishes({HEADINGS + "领导": "t1"}))
        kept = pick_headings("领导", sets, ABOUT, ["责任"], {}, Wishes({HEADINGS + "领导": found.id}))
        assert pinned == kept == found
    unsuitable = pick_headings("领导", sets, ABOUT, ["责任"], {}, Wishes({HEADINGS + "领导": "没有了"}))
    assert unsuitable == pick_headings("领导", sets, ABOUT, ["责任"], {})


def test_an_unknown_set_cannot_be_pinned() -> None:
    with pytest.raises(SpeechgenError) as caught:
        pick_headings("领导", [headings("bt-ld-1", "责任")], ABOUT, [], {HEADINGS + "领导": pin("bt-ld-2")})
    assert "bt-ld-2" in caught.value.slips[0].message and "bt-ld-1" in caught.value.slips[0].remedy


def test_order_of_sets_does_not_count() -> None:
    sets = [headings(f"t{n}", "责任") for n in range(9)]
    assert pick_headings("领导", sets, ABOUT, [], {}) == pick_headings("领导", sets[::-1], ABOUT, [], {})


# ── other speeches, and the next choice ───────────────────────────────────────────────────────


def test_a_swap_goes_through_all_choices_of_its_slot_and_touches_no_other() -> None:
    bank = [phrase(f"a{n}", "甲") for n in range(5)] + [phrase("b1", "乙")]
    requests = [request("s", "甲"), request("t", "甲"), request("u", "乙")]
    first = now = ids(pick(requests, bank, ABOUT))
    seen = []
    for _ in range(4):
        seen.append(now["s"])
        now = ids(pick(requests, bank, ABOUT, None, Wishes(now, ("s",))))
        assert (now["t"], now["u"]) == (first["t"], first["u"])
    assert len(set(seen)) == 4 and first["t"] not in seen and now["s"] == seen[0]


def test_a_swap_without_another_choice_is_told() -> None:
    with pytest.raises(SpeechgenError) as caught:
        pick([request("s", "甲")], [phrase("a1", "甲")], ABOUT, None, Wishes(swapped=("s",)))
    assert caught.value.slips[0].code == "no-other-choice"


def test_what_an_earlier_speech_said_does_not_return_whatever_its_figures() -> None:
    old = phrase("a1", "甲")._replace(text=("这四家单位改了才算数，一处也不能少。",))
    new = phrase("a2", "甲")._replace(text=("改没有改到位，要到现场去看。",))
    said = frozenset(sentence_keys("同志们：\n这9家单位改了才算数，一处也不能少。好。"))
    assert ids(pick([request("s", "甲")], [old, new], ABOUT, None, Wishes(said=said))) == {"s": "a2"}
    assert ids(pick([request("s", "甲")], [old], ABOUT, None, Wishes(said=said))) == {}
    courtesy = Request("s", Slot("甲", "礼节"), {})
    assert ids(pick([courtesy], [old], ABOUT, None, Wishes(said=said))) == {"s": "a1"}


@given(st.integers(2, 12), st.integers(5, 8), st.integers(4, 12))
def test_a_ledger_keeps_any_two_speeches_apart(units: int, choices: int, slots: int) -> None:
    """As many ways as there are choices: no two speeches share more than the least that counting allows, and some."""
    bank = [phrase(f"{slot}-{n}", f"位{slot}") for slot in range(slots) for n in range(choices)]
    requests = [request(f"s{slot}", f"位{slot}") for slot in range(slots)]
    used: list[frozenset[str]] = []
    for unit in range(units):
        about = ABOUT._replace(seed=str(unit))
        used.append(frozenset(ids(pick(requests, bank, about, None, Wishes(siblings=tuple(used)))).values()))
    shared = [len(one & other) for one, other in combinations(used, 2)]
    if units <= choices:
        assert max(shared) == 0
    assert max(shared) <= max(2, slots * 2 // 5)


# ── near enough to what was typed ─────────────────────────────────────────────────────────────

TYPED = "两处临崖弯道没有护栏，去年撞坏的反光镜没有换"


def of_typed(slot: str, said: str, typed: str = TYPED, **bound: Any) -> bool:
    """Whether a phrase of the situation may be said after what was typed."""
    item = "问题" if slot == "形势.问题" else "任务"
    asked = Request("措施/1", Slot(slot, "论证", item, "落点"), {}, (), ("临崖无护栏",), typed)
    return fits(Phrase("p", (said,), slot, HERE, situations=("临崖无护栏",), **bound), asked, ABOUT)


@pytest.mark.parametrize(
    ("slot", "said", "words", "may"),
    [
        ("形势.问题", "车速一快就收不住。", (), False),
        ("形势.问题", "弯道没有护栏，车速一快就收不住。", (), False),
        ("形势.问题", "车速一快就收不住。", ("弯道",), False),
        ("形势.问题", "车速一快就收不住。", ("弯道", "护栏"), True),
        ("形势.问题", "车速一快就收不住。", ("临崖弯道",), True),
        ("形势.风险", "车速一快就收不住。", (), False),
        ("形势.风险", "车速一快就收不住。", ("弯道",), False),
        ("措施.点到", "弯道的护栏先立起来。", (), False),
        ("措施.点到", "护栏先立起来。", ("弯道",), True),
        ("措施.细讲", "标线要重新划。", (), False),
        ("措施.细讲", "弯道先立警示牌。", (), False),
        ("措施.细讲", "弯道的护栏先立起来。", (), True),
    ],
)
def test_what_is_said_of_a_thing_has_its_words(slot: str, said: str, words: tuple[str, ...], may: bool) -> None:
    assert of_typed(slot, said, words=words) == may


@pytest.mark.parametrize(("typed", "may"), [("弯道多", True), ("弯道结冰", True), ("大雾天弯道", False)])
def test_of_a_short_text_half_is_enough(typed: str, may: bool) -> None:
    assert of_typed("形势.风险", "车速一快就收不住。", typed=typed, words=("弯道",)) == may


def test_little_typed_asks_for_less_in_common() -> None:
    """The situation is told by those few words themselves."""
    assert of_typed("措施.细讲", "标线按标准重新划。", typed="弯道；立警示牌")
    unbound = Phrase("p", ("标线按标准重新划。",), "措施.细讲", HERE, topics=("道路",))
    asked = Request("措施/1", Slot("措施.细讲", "论证", "任务", "落点"), {}, ("道路",), (), "弯道；立警示牌")
    assert not fits(unbound, asked, ABOUT)
    assert fits(unbound._replace(text=("弯道按标准重新划线。",)), asked, ABOUT)


def test_a_phrase_bound_to_the_situation_and_a_word_of_it_is_near_enough() -> None:
    assert of_typed("措施.细讲", "先立警示牌，再按标准安装。", words=("弯道",))
    assert not of_typed("措施.细讲", "先立警示牌，再按标准安装。", words=("渡口",))
