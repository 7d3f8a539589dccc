"""Which phrases may stand in a slot, and which one is picked.

What can be said depends first on the matter: a phrase stands only where the facts it needs are there.
Among those that fit, phrases are dealt like cards: every slot of a speech is dealt its own few, no
phrase to two slots, by a hash of seed, slot and phrase. A slot says the first of its cards that the
figures and the date of the day admit; a slot whose cards are all inadmissible takes what lies open.

What holds, and how far:
- No phrase stands twice, and no order of slots, phrases or files counts.
- The first round of the deal gives a phrase to as many slots as can have one (a `当` and the dates aside).
- A figure or date that makes a phrase inadmissible changes that slot alone, as long as every slot finds
  an admissible card of its own; slots that take what lies open may change with what lies there.
- A pin changes its own slot and the one that loses its phrase, no other.
- A fact that comes or goes, and a phrase added to the bank, change which phrases fit, hence the deal;
  mostly few slots feel it. An earlier run's picks stay wherever they are still admissible.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from speechgen import engine, facts, patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import nearest
from speechgen.model import HeadingSet, Phrase, Slot, Source, Text

T = TypeVar("T")
_DATED = ("提法.", "法规.")
# What is said of a typed fact and is not of the very thing is worse than silence. So, in some slots, what was typed
# must hold this many characters of a phrase's 有词, of a short text half of it: in readings of sixteen meetings,
# comments on a problem bound by two characters were struck 19 times of 42, by four or more 2 of 13; risks' by two
# 18 of 47, by four 1 of 7; small tasks' without any 7 of 8, with some 1 of 10. A weighty task has passages of several
# sentences, which are as near by other words.
BOUND_BY = {"形势.问题": 4, "形势.风险": 4, "措施.点到": 2}
NEAR_ENOUGH = {"措施.细讲": 2}  # pairs of characters in common (`_nearness`)
_FEW_WORDS = 8  # pairs of characters: of less that was typed, no phrase can have much in common
CARDS = 4  # how many alternatives a slot is dealt before the rest lies open to all
EXCHANGES = 6  # rounds of allotting, until nothing more is gained


class Circumstances(NamedTuple):
    """What is the same for every slot of one speech."""

    seed: str
    day: date
    occasion: str = ""
    level: str = ""
    role: str = ""
    topics: tuple[str, ...] = ()
    outline: str = ""


class Wishes(NamedTuple):
    """What is known beside the meeting when phrases are picked.

    ``kept`` are an earlier run's picks, used again where they still fit. A slot in ``swapped`` takes the next of its
    choices after that. ``said`` holds sentences (`sentence_key`) of an earlier speech, none of which may return as
    judgement or argument. ``siblings`` are the phrases that other speeches of the season have used, a set for each:
    with them phrases are allotted, so that any two speeches share as few as can be. Where that has been done already,
    for many speeches together, ``allotted`` are this one's, and slots in ``silent`` say no more than their facts.
    ``barred`` are the phrases and heading sets that other texts of the same meeting say.
    """

    kept: Mapping[str, str] = {}
    swapped: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    siblings: tuple[frozenset[str], ...] = ()
    allotted: Mapping[str, str] = {}
    silent: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


NO_WISHES = Wishes()
NO_FACTS: Mapping[str, Any] = {}


class Request(NamedTuple):
    """One slot of one speech: its path (ids and topics, never positions) and what it speaks of."""

    path: str
    slot: Slot
    facts: Mapping[str, Any]
    topics: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    typed: str = ""  # what the secretary wrote of the matter


class Picks(NamedTuple):
    """The phrase of each slot; ``expired`` names phrases whose time was over or not yet come."""

    chosen: dict[str, Phrase] = {}  # noqa: RUF012
    expired: tuple[str, ...] = ()


# ── what may stand here ───────────────────────────────────────────────────────────────────────


def fits(phrase: Phrase, request: Request, about: Circumstances) -> bool:
    """Whether a phrase can stand in a slot, all but the day's figures and dates considered."""
    return (
        phrase.slot == request.slot.name
        and _within(phrase.topics, request.topics)
        and _within(phrase.situations, request.situations)
        and _within(phrase.occasions, (about.occasion,))
        and _within(phrase.levels, (about.level,))
        and _within(phrase.roles, (about.role,))
        and (not phrase.words or any(word in request.typed for word in phrase.words))
        and all(facts.available(request.facts, need) for need in phrase.needs)
        and not (request.slot.item and request.slot.statement and _says_anything(phrase))
        and _near_enough(phrase, request)
    )


# Neighbouring characters, pair after pair, that tell no matter from another: phrases on anything hold them.
_EVERYWHERE = (
    "没有的人人员单位不能有人检查现场安排以后出来要有什么问题哪里安全负责一起下来时间情况企业地方清楚"
    "也要都要一遍发现不得容易来的的时及时的地部门的先时候在哪讲清处理核对知道怎么作业规定自己危险联系"
    "提前当面责任要看哪一落实报告合格有没要先主管先把解决由谁依法一个当场工作的要一次先看到现告诉岗位"
    "任务查清人的上的马上人要以前一步要求整改责人的事可能去看原因多少办法的不到的核实使用说明恢复管理"
    "还是的是集中起来处置用的先停到位需要的问提醒同志或者了的重点今天不了夜间人看操作记录看一影响已经"
    "重新人数还要要把人和按规得上夜里管部反映上门班的分开结果哪些的当群众本人条件要提不上通知队伍这些"
    "组织说清确认材料停下就要对照位要下的不到问清同一有关牵头里的要查多的困难召开明确时段位的期间的工"
    "的单个人补上异常的车的由可以接着不合验收格的能只一样员要要一到人逐项意见防护查到统一施工几家值守"
    "后再到哪调整几个领导要到完成变化要逐一并同样员和抓紧资金同时对这停止不在过的改完业人主要人手不够"
    "管单发生信息人不场所涉及一家办的要在位和的部设施线路专人再看人管讲到先查专业分清大家出的放在措施"
    "看到的情不清跟着人多逐个必须来源往往的停回来业的期的从哪帮着人接临时不出协调天召要说定下的路还有"
    "告知走一环节清的要按工的不会其他法处定的之前出去少了里面任单每一样的遇到和人要分到场这一得出撤人"
    "实际到了车的看不能不的同办理弄清地点力量要对场看清点位置家里的办要讲面的由专到期上岗照着人在修好"
    "下一增加不要研究的一的补到一帮助基层查出的依多了的安反复平时件的熟悉在岗好的几样一段哪几实到在一"
    "进入清理上来看得立即的马么时事故标准要跟接到个问改的得到要知看护查的全部逐家逐户逐件逐一全县全市"
    "全区各乡乡镇镇街街道各县县区各社一处两处三处两个三个四个五个节日假期月底去年今年一天每天晚上白天"
    "有的没人"
)
_COMMON = frozenset(first + second for first, second in zip(_EVERYWHERE[::2], _EVERYWHERE[1::2], strict=True))


@cache
def _telling(typed: str) -> tuple[str, ...]:
    """The pairs of characters by which typed words tell their matter: 电梯, 头盔, 渡口."""
    pairs = dict.fromkeys(first + second for first, second in pairwise(typed))
    return tuple(pair for pair in pairs if pair not in _COMMON and not _NO_WORDS.search(pair))


def _nearness(phrase: Phrase, request: Request) -> int:
    """How much of the very thing a phrase speaks: the pairs of characters that it has in common with what was typed.
    To be bound to a word of it counts as one, to the situation and a word as two."""
    bound = bool(phrase.words) * (1 + bool(phrase.situations))
    whole = "".join(phrase.text)
    return max(bound, sum(pair in whole for pair in _telling(request.typed)))


def _near_enough(phrase: Phrase, request: Request) -> bool:
    """Whether a phrase is near enough for its slot; where little was typed, that tells the situation by itself."""
    if near := NEAR_ENOUGH.get(request.slot.name):
        little = len(_telling(request.typed)) < _FEW_WORDS
        found = _nearness(phrase, request)
        return found >= near or (little and bool(found or phrase.situations))
    if near := BOUND_BY.get(request.slot.name, 0):
        found = sum(len(word) for word in phrase.words if word in request.typed)
        return found >= min(near, (len(request.typed) + 1) // 2)
    return True


def _says_anything(phrase: Phrase) -> bool:
    """Whether a phrase knows nothing of an item: after a stated fact it is better to say nothing than that."""
    return not (phrase.topics or phrase.situations or phrase.words)


def _within(scope: tuple[str, ...], here: tuple[str, ...]) -> bool:
    """Whether a scope, where one is given, holds any of what is here."""
    return not scope or not set(scope).isdisjoint(here)


def _current(phrase: Phrase, about: Circumstances) -> bool:
    return (phrase.valid_from or date.min) <= about.day <= (phrase.valid_until or date.max)


def _speaks_true(phrase: Phrase, request: Request, about: Circumstances) -> bool:
    """Whether the day's figures and date admit a phrase that fits."""
    return _timely(phrase, request, about) and (not phrase.when or engine.holds(phrase.when, request.facts))


def _timely(phrase: Phrase, request: Request, about: Circumstances) -> bool:
    return _current(phrase, about) and _in_force(phrase, request)


def _in_force(phrase: Phrase, request: Request) -> bool:
    """Whether every statute and 提法 that a phrase quotes or rests on holds on the day."""
    whole = "".join(phrase.text)
    quoted = [n for n in engine.names(*phrase.text) if n.startswith(_DATED)] if any(d in whole for d in _DATED) else []
    known = request.facts.get("法规", {})
    quoted += [f"法规.{id_}" for id_ in phrase.basis if id_ in known]
    return all(facts.available(request.facts, name) for name in quoted)


def _rank(phrase: Phrase, request: Request) -> tuple[int, ...]:
    """The more a phrase knows of the matter, the sooner it is said. Of an item: the weightiest topic first, there what
    knows the situation before the topic alone. Of a whole meeting: what knows its topic, speaker, occasion or facts
    before what could be said at any. Among equals the hash decides, so that sister speeches differ."""
    if not request.slot.item:
        scopes = (phrase.topics, phrase.situations, phrase.words, phrase.roles, phrase.levels, phrase.occasions)
        return 0, not (any(scopes) or phrase.needs)
    unsaid = 0 if phrase.situations else len(request.topics)  # a situation without a topic is the matter itself
    topic = min((request.topics.index(t) for t in phrase.topics if t in request.topics), default=unsaid)
    unknowing = not (phrase.situations or phrase.words)
    return topic, unknowing


def _lot(seed: str, *names: str) -> bytes:
    return hashlib.sha256("\0".join((seed, *names)).encode()).digest()


ARGUED = ("判断", "论证")  # kinds of slots that must not sound alike from speech to speech
_STOPS = patterns.compiled("[。！？\n]")
_NO_WORDS = patterns.compiled("[^\u4e00-\u9fff]|[〇零一二三四五六七八九十百千万亿两]")
_MARK = patterns.compiled(
    "^(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]+[，、]|[（(]?[0-9]+[）).])"
)
_A_SENTENCE = 6  # characters
_NOWHERE = Source("phrase", "")


def of_use(requests: Iterable[Request], pins: Mapping[str, Text]) -> Callable[[tuple[str, ...]], bool]:
    """Tells of a phrase's label (slot and topics) whether the phrase could stand in one of the slots. A slot that a pin
    is for may be given any of its phrases."""
    topics: dict[str, set[str]] = {}
    pinned = set()
    for request in requests:
        topics.setdefault(request.slot.name, set()).update(request.topics)
        if request.path in pins:
            pinned.add(request.slot.name)

    def wanted(label: tuple[str, ...]) -> bool:
        slot, *about = label
        return slot in topics and (not about or slot in pinned or not topics[slot].isdisjoint(about))

    return wanted


# ── the deal ──────────────────────────────────────────────────────────────────────────────────


def pick(
    requests: Collection[Request],
    phrases: Iterable[Phrase],
    about: Circumstances,
    pins: Mapping[str, Text] | None = None,
    wishes: Wishes = NO_WISHES,
) -> Picks:
    """A phrase for every slot that one fits; a slot that none fits is absent from the result.

    What was ``kept`` goes before the deal where it still fits. ``pins`` (选定) come last and go before all: a slot that
    loses its phrase to one takes another, every other slot stays. Raises SpeechgenError for a pin to an unknown slot
    or phrase, to one phrase twice, or to one out of its time, and for a swap that has no other choice.
    """
    bank = {phrase.id: phrase for phrase in phrases}
    by_path = {r.path: r for r in requests}
    candidates = _candidates(requests, bank, about, wishes)
    pinned = _pinned(pins or {}, by_path, bank, about)
    if wishes.allotted:
        hands = {path: [bank[id_] for id_ in (wishes.allotted.get(path),) if id_ in bank] for path in by_path}
        hands = {path: [p for p in hand if p in candidates[path]] for path, hand in hands.items()}
    elif wishes.siblings:
        given = allot(offers(requests, candidates, about), wishes.siblings)
        hands = {path: [bank[given[path]]] if path in given else [] for path in by_path}
    else:
        hands = deal(requests, candidates, about.seed)

    def choices(path: str) -> list[Phrase]:
        """All that a slot could say, in its order: its own cards, then what lies open."""
        request = by_path[path]
        open_ = sorted(candidates[path], key=lambda p: (_rank(p, request), _lot(about.seed, path, p.id)))
        return [*hands[path], *(p for p in open_ if p not in hands[path])]

    def first(path: str, taken: Collection[str]) -> Phrase | None:
        return _first_true(choices(path), by_path[path], about, taken)

    chosen: dict[str, Phrase] = {}
    taken: set[str] = set()
    for path, id_ in sorted(wishes.kept.items()):
        phrase = bank.get(id_)
        if (
            phrase
            and id_ not in taken
            and phrase in candidates.get(path, ())
            and _speaks_true(phrase, by_path[path], about)
        ):
            chosen[path] = phrase
            taken.add(id_)
    held = dict(chosen)
    for path in sorted(by_path.keys() - chosen.keys()):
        if card := _first_true(hands[path], by_path[path], about, taken):
            chosen[path] = card
    taken |= {phrase.id for phrase in chosen.values()}
    for path in sorted(by_path.keys() - chosen.keys()):
        if found := first(path, taken):
            chosen[path] = found
            taken.add(found.id)

    claimed = {phrase.id for phrase in pinned.values()}
    losers = sorted(path for path, phrase in chosen.items() if phrase.id in claimed and path not in pinned)
    chosen = {path: phrase for path, phrase in chosen.items() if path not in losers} | pinned
    for path in losers:
        if found := first(path, {phrase.id for phrase in chosen.values()}):
            chosen[path] = found
    chosen = _without_echoes(chosen, held.keys() | pinned.keys(), lambda path: [
        p for p in choices(path) if _speaks_true(p, by_path[path], about)
    ])  # fmt: skip
    for path in (path for path in wishes.swapped if not path.startswith(HEADINGS)):
        request, used = by_path[path], {p.id for other, p in chosen.items() if other != path}
        order = [p for p in choices(path) if p.id not in used and _speaks_true(p, request, about)]
        chosen[path] = _following(order, chosen.get(path), path)
    expired = {p.id for path, found in candidates.items() for p in found if not _timely(p, by_path[path], about)}
    return Picks(chosen, tuple(sorted(expired)))


def _candidates(
    requests: Iterable[Request], bank: Mapping[str, Phrase], about: Circumstances, wishes: Wishes
) -> dict[str, list[Phrase]]:
    """For each slot the phrases that fit it, all but the day's figures and dates considered."""
    of_label: dict[tuple[str, str], list[Phrase]] = {}  # by slot and topic; of no topic: ""
    for stored in bank.values():
        for topic in stored.topics or ("",):
            of_label.setdefault((stored.slot, topic), []).append(stored)

    def fitting(r: Request) -> list[Phrase]:
        labelled = (of_label.get((r.slot.name, topic), ()) for topic in ("", *r.topics))
        here = {p.id: p for some in labelled for p in some if p.id not in wishes.barred}
        return [p for p in here.values() if fits(p, r, about) and not _returns(p, r, wishes.said)]

    return {r.path: fitting(r) for r in requests}


class Offer(NamedTuple):
    """A phrase that a slot could say: how well it knows the matter, and how many judgements and arguments it holds."""

    id: str
    rank: tuple[int, ...] = ()
    argued: int = 0


def offers(
    requests: Iterable[Request], candidates: Mapping[str, Iterable[Phrase]], about: Circumstances
) -> dict[str, list[Offer]]:
    """All that each slot could say on this day, what knows the matter best first, then by the seed's lot."""
    found = {}
    for r in requests:
        true = [
            (_rank(p, r), _lot(about.seed, r.path, p.id), p) for p in candidates[r.path] if _speaks_true(p, r, about)
        ]
        true.sort(key=lambda one: one[:2])
        found[r.path] = [Offer(p.id, rank, argued_in(p, r.slot)) for rank, _, p in true]
    return found


def offered(
    requests: Collection[Request],
    phrases: Iterable[Phrase],
    about: Circumstances,
    pins: Mapping[str, Text],
    wishes: Wishes,
) -> dict[str, list[Offer]]:
    """The `offers` of a speech whose phrases are to be allotted together with its sisters': what is pinned or kept is
    the one offer of its slot, and no other's. Raises SpeechgenError as `pick` does."""
    bank = {phrase.id: phrase for phrase in phrases}
    by_path = {r.path: r for r in requests}
    found = offers(requests, _candidates(requests, bank, about, wishes), about)
    held = {path: p.id for path, p in _pinned(pins, by_path, bank, about).items()}
    for path, id_ in sorted(wishes.kept.items()):
        if path not in held and id_ not in held.values() and any(one.id == id_ for one in found.get(path, ())):
            held[path] = id_
    taken = set(held.values())
    for path, one in found.items():
        found[path] = [offer for offer in one if (offer.id == held[path] if path in held else offer.id not in taken)]
    return found


def argued_in(phrase: Phrase, slot: Slot) -> int:
    """How many judgements and arguments a phrase holds."""
    return len(_STOPS.findall("".join(phrase.text))) if slot.kind in ARGUED else 0


# Per cent of its judgements and arguments that a speech may share with any sister: a little under the 30 that readers
# may count, for a sentence that is mostly a typed fact counts here and not there.
APART = 26


def shared_too_often(
    said: Mapping[str, Offer],
    fixed: Collection[str],
    siblings: Sequence[frozenset[str]],
    argued: Callable[[str], int],
) -> list[str]:
    """Of the slots and what they say those that must say nothing, so that of no two sisters one has more than a given
    share of its sentences from the other: those first that most of the sisters too near have in common. Slots that
    are ``fixed`` stay. ``argued`` tells how many judgements and arguments a sister's phrase holds."""
    theirs = [sum(map(argued, used)) for used in siblings]
    mine = {path: offer for path, offer in said.items() if offer.argued}
    out: list[str] = []
    while True:
        whole = sum(offer.argued for offer in mine.values())
        near = [
            used for used, all_ in zip(siblings, theirs, strict=True)
            if sum(offer.argued for offer in mine.values() if offer.id in used) * 100 > APART * min(whole, all_)
        ]  # fmt: skip
        users = {path: sum(offer.id in used for used in near) for path, offer in mine.items() if path not in fixed}
        path = max(users, key=lambda path: (users[path], path), default=None)
        if path is None or not users[path]:
            return out
        out.append(path)
        del mine[path]


# How often a speech may name these: chanted, the list of its chief tasks gives the machine away.
AT_MOST = {
    "重点": 2, "风险表": 1, "点名单位": 2, "分工.多家事项": 1, "期限.最早事项": 1, "期限.最晚事项": 1,
    "期限.最早": 2, "节日.倒数": 1, "问题数": 2,
}  # fmt: skip


def _without_echoes(
    chosen: Mapping[str, Phrase], fixed: Collection[str], choices: Callable[[str], list[Phrase]]
) -> dict[str, Phrase]:
    """The picks with every phrase that names a list once too often replaced by the next that does not, or taken out.
    Slots that are ``fixed``, by a pin or an earlier run, stay."""
    named: Counter[str] = Counter()
    kept: dict[str, Phrase] = {}

    def lists(phrase: Phrase) -> set[str]:
        return {"重点" if name == "重点事" else name for name in engine.names(*phrase.text)} & AT_MOST.keys()

    def echoes(phrase: Phrase) -> bool:
        return any(named[name] >= AT_MOST[name] for name in lists(phrase))

    for path in sorted(chosen, key=lambda path: (path not in fixed, path)):
        phrase: Phrase | None = chosen[path]
        if phrase and path not in fixed and echoes(phrase):
            taken = {p.id for p in (*chosen.values(), *kept.values())}
            phrase = next((p for p in choices(path) if p.id not in taken and not echoes(p)), None)
        if phrase:
            kept[path] = phrase
            named.update(lists(phrase))
    return kept


def _following(order: Sequence[T], now: T | None, path: str) -> T:
    """The choice after the present one, after the last the first. Raises SpeechgenError when there is no other."""
    if now not in order:
        order = [now, *order] if now is not None else list(order)
    if len(order) < 2:
        raise SpeechgenError.of(
            "no-other-choice", f"位置「{path}」没有别的语料可换", None, "可以在本单位的 phrasebank 里添一条。"
        )
    found = order[(order.index(now) + 1) % len(order)] if now is not None else order[0]
    assert found is not None
    return found


def _returns(phrase: Phrase, request: Request, said: frozenset[str]) -> bool:
    """Whether a judgement or argument would be said that an earlier speech has said already."""
    if not said or request.slot.kind not in ARGUED:
        return False
    text = "".join(str(engine.render(line, request.facts, _NOWHERE)) for line in phrase.text)
    return not said.isdisjoint(sentence_keys(text))


def sentence_keys(text: str) -> set[str]:
    """What tells the sentences of a text apart whatever figures stand in them: their Han characters, numerals and the
    marks of a series (一是, 第二，) left out. Sentences of a few characters, which everybody says, have none."""
    return {key for sentence in _STOPS.split(text) if (key := sentence_key(sentence))}


def sentence_key(sentence: str) -> str:
    """The key of a single sentence, empty for one that everybody says."""
    key = _NO_WORDS.sub("", _MARK.sub("", sentence))
    return key if len(key) >= _A_SENTENCE else ""


def _first_true(
    hand: Iterable[Phrase], request: Request, about: Circumstances, taken: Collection[str]
) -> Phrase | None:
    return next((p for p in hand if p.id not in taken and _speaks_true(p, request, about)), None)


def _pinned(
    pins: Mapping[str, Text], by_path: Mapping[str, Request], bank: Mapping[str, Phrase], about: Circumstances
) -> dict[str, Phrase]:
    slips: list[Slip] = []
    pinned: dict[str, Phrase] = {}
    for path, text in pins.items():
        if path.startswith(HEADINGS):
            continue
        found = bank.get(text.value)
        if path not in by_path:
            slips.append(
                Slip("unknown-pin", f"「选定」里的位置「{path}」这篇稿子里没有", text.location, nearest(path, by_path))
            )
        elif found is None or found.slot != by_path[path].slot.name:
            same = sorted(id_ for id_, phrase in bank.items() if phrase.slot == by_path[path].slot.name)
            slips.append(
                Slip(
                    "unknown-pin",
                    f"位置「{path}」没有编号为「{text.value}」的语料",
                    text.location,
                    nearest(text.value, same),
                )
            )
        elif not _timely(found, by_path[path], about):
            slips.append(
                Slip(
                    "expired-pin",
                    f"「选定」里的语料「{found.id}」在会议日期不能用",
                    text.location,
                    "请换一条，或者删掉这一行。",
                )
            )
        elif found in pinned.values():
            slips.append(
                Slip(
                    "same-pin",
                    f"「选定」里的语料「{found.id}」用了两次",
                    text.location,
                    "一篇稿子里同一条语料只用一次，请换一条。",
                )
            )
        else:
            pinned[path] = found
    if slips:
        raise SpeechgenError(*slips)
    return pinned


def deal(requests: Collection[Request], candidates: Mapping[str, list[Phrase]], seed: str) -> dict[str, list[Phrase]]:
    """Each slot's own cards, best first; no phrase in two hands.

    In each round every slot gets at most one more. The pairs of slot and phrase are taken in the order
    of (how well the phrase knows the matter, hash), so no order of slots or files counts. In the first
    round a slot left empty-handed may send others to their next choice, so that as many slots as can
    be have a phrase.
    """
    pairs = sorted(
        ((_rank(p, r), _lot(seed, r.path, p.id), r.path, p) for r in requests for p in candidates[r.path]),
        key=lambda pair: pair[:3],
    )
    hands: dict[str, list[Phrase]] = {r.path: [] for r in requests}
    dealt: set[str] = set()
    for round_ in range(CARDS):
        got: dict[str, Phrase] = {}
        used: set[str] = set()
        for _, _, path, phrase in pairs:
            if path not in got and phrase.id not in used and phrase.id not in dealt:
                got[path] = phrase
                used.add(phrase.id)
        if round_ == 0:
            _fill_empty_hands(sorted(hands), candidates, got, lambda path, p: _lot(seed, path, p.id))
        for path, phrase in got.items():
            hands[path].append(phrase)
            dealt.add(phrase.id)
    return hands


def allot(offers: Mapping[str, Sequence[Offer]], siblings: Sequence[frozenset[str]]) -> dict[str, str]:
    """For each slot one of its offers, such that no sibling shares much with this speech; no phrase for two slots.

    Slots with few choices come first, and each takes, of the phrases that know the matter equally well, the one whose
    users share least so far. Then cards are exchanged for open ones as long as that helps. What is shared with a
    sibling weighs by its fourth power, so that the nearest sibling counts most.
    """
    users: dict[str, list[int]] = {}
    shared = [0] * len(siblings)
    hands: dict[str, Offer] = {}
    dealt: set[str] = set()

    def using(id_: str) -> list[int]:
        if id_ not in users:
            users[id_] = [number for number, used in enumerate(siblings) if id_ in used]
        return users[id_]

    def more(offer: Offer) -> int:
        """What it costs to say a phrase beside all that is said already."""
        added = offer.argued
        return sum((shared[n] + added) ** 4 - shared[n] ** 4 for n in using(offer.id)) if added else 0

    def say(offer: Offer, times: int = 1) -> None:
        if offer.argued:
            for number in using(offer.id):
                shared[number] += times * offer.argued

    def best(path: str) -> Offer | None:
        free = [offer for offer in offers[path] if offer.id not in dealt]
        return min((offer for offer in free if offer.rank == free[0].rank), key=more, default=None)

    order = sorted(offers, key=lambda path: (len(offers[path]), path))
    exchanged = True
    for _ in range(EXCHANGES):
        if not exchanged:
            break
        exchanged = False
        for path in order:
            held = hands.pop(path, None)
            if held:
                dealt.discard(held.id)
                say(held, -1)
            if found := best(path):
                hands[path] = found
                dealt.add(found.id)
                say(found)
            exchanged |= found is not held
    return {path: offer.id for path, offer in hands.items()}


def _fill_empty_hands(
    paths: Iterable[str],
    candidates: Mapping[str, list[Phrase]],
    got: dict[str, Phrase],
    lot: Callable[[str, Phrase], bytes],
) -> None:
    """Augmenting paths: let a slot with nothing take a phrase whose owner has another to go to."""

    def place(path: str, tried: set[str]) -> bool:
        for phrase in sorted(candidates[path], key=lambda p: lot(path, p)):
            if phrase.id in tried:
                continue
            tried.add(phrase.id)
            owner = next((o for o, held in got.items() if held.id == phrase.id), None)
            if owner is None or place(owner, tried):
                got[path] = phrase
                return True
        return False

    for path in paths:
        if path not in got and candidates[path]:
            place(path, set())


# ── heading sets ──────────────────────────────────────────────────────────────────────────────

HEADINGS = "标题组/"
_OF_OUTLINE = 3  # scopes that a set made for the outline itself outweighs


def heading_choices(
    slot: str,
    sets: Iterable[HeadingSet],
    about: Circumstances,
    keys: Collection[str],
    pins: Mapping[str, Text],
    wishes: Wishes = NO_WISHES,
    tree: Mapping[str, Any] = NO_FACTS,
) -> tuple[HeadingSet, ...]:
    """The sets whose headings could stand together over the parts (部分) or points (措施, 领导) of a speech, the one
    to take first.

    A set must have a heading, or a 通用 one, for every key, and name nothing that the ``tree`` lacks. An earlier run's
    set is used again where it still suits. Raises SpeechgenError for a pin to an unknown set, and for a swap that has
    no other choice.
    """
    here = {s.id: s for s in sets if s.slot == slot}
    pin = pins.get(HEADINGS + slot)
    if pin is not None:
        if pin.value not in here:
            raise SpeechgenError.of(
                "unknown-pin", f"没有编号为「{pin.value}」的标题组", pin.location, nearest(pin.value, here)
            )
        return (here[pin.value],)

    def suits(found: HeadingSet) -> bool:
        if found.id in wishes.barred:
            return False
        scopes = ((found.occasions, (about.occasion,)), (found.levels, (about.level,)), (found.roles, (about.role,)),
                  (found.topics, about.topics), (found.outlines, (about.outline,)))  # fmt: skip
        complete = "通用" in found.headings or set(keys) <= set(found.headings)
        if not complete or not all(_within(scope, here) for scope, here in scopes):
            return False
        asked = engine.names(*found.headings.values())
        return all(name.startswith("任务.") or facts.available(tree, name) for name in asked)

    def special(found: HeadingSet) -> int:
        scopes = sum(map(bool, (found.topics, found.occasions, found.levels, found.roles)))
        return -(_OF_OUTLINE * bool(found.outlines) + scopes)

    def order(found: HeadingSet) -> tuple[int, bool, int, bytes]:
        users = sum(found.id in used for used in wishes.siblings)
        returns = any(not wishes.said.isdisjoint(sentence_keys(heading)) for heading in found.headings.values())
        return special(found), returns, users, _lot(about.seed, path, found.id)

    path = HEADINGS + slot
    suiting = sorted(filter(suits, here.values()), key=order)
    held = [here.get(found.get(path, "")) for found in (wishes.kept, wishes.allotted)]
    chosen = next((one for one in (*held, *suiting) if one in suiting), None)
    if path in wishes.swapped:
        chosen = _following(suiting, chosen, path)
    return tuple(sorted(suiting, key=lambda one: one is not chosen))
