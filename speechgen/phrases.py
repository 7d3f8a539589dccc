"""Which phrases may stand in a slot, and which one is picked.

What can be said depends first on the matter: a phrase stands only where the facts it needs are there.
Among those that fit, phrases are dealt like cards: every slot of a speech is dealt its own few, no
phrase to two slots, by a hash of seed, slot and phrase. A slot says the first of its cards that the
figures and the date of the day admit. So nothing depends on any order; a figure or a date that changes
can change its own slot alone; and a slot that loses its phrase to a pin takes its own next card.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from speechgen import engine, facts
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import nearest
from speechgen.model import HeadingSet, Phrase, Slot, Text

CARDS = 4  # how many alternatives a slot is dealt before the rest lies open to all


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is the same for every slot of one speech."""

    seed: str
    day: date
    occasion: str = ""
    level: str = ""
    role: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One slot of one speech: its path (ids and topics, never positions) and what it speaks of."""

    path: str
    slot: Slot
    facts: Mapping[str, Any]
    topics: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picks:
    """The phrase of each slot; ``expired`` names phrases whose time was over or not yet come."""

    chosen: dict[str, Phrase] = field(default_factory=dict)
    expired: tuple[str, ...] = ()


# ── what may stand here ───────────────────────────────────────────────────────────────────────


def fits(phrase: Phrase, request: Request, about: Circumstances) -> bool:
    """Whether a phrase can stand in a slot, all but the day's figures and dates considered."""
    if phrase.slot != request.slot.name:
        return False
    scopes = (
        (phrase.occasions, (about.occasion,)),
        (phrase.levels, (about.level,)),
        (phrase.roles, (about.role,)),
        (phrase.topics, request.topics),
        (phrase.situations, request.situations),
    )
    if any(scope and not set(scope) & set(here) for scope, here in scopes):
        return False
    said_here = [name for name in request.slot.whole if facts.available(request.facts, name)]
    return all(facts.available(request.facts, need) for need in phrase.needs) and set(said_here) <= set(phrase.needs)


def _current(phrase: Phrase, about: Circumstances) -> bool:
    return (phrase.valid_from or date.min) <= about.day <= (phrase.valid_until or date.max)


def _speaks_true(phrase: Phrase, request: Request, about: Circumstances) -> bool:
    """Whether the day's figures and date admit a phrase that fits."""
    return _current(phrase, about) and (not phrase.when or engine.holds(phrase.when, request.facts))


def _rank(phrase: Phrase, request: Request) -> tuple[int, int, int, int]:
    """The more a phrase knows of the matter, the sooner it is said: its situation before its topic,
    the weightiest topic first, then the facts it argues from, then speaker, level and occasion."""
    topic = min((request.topics.index(t) for t in phrase.topics if t in request.topics), default=len(request.topics))
    special = bool(phrase.roles) + bool(phrase.levels) + bool(phrase.occasions)
    return (0 if phrase.situations else 1, topic, -len(phrase.needs), -special)


def _lot(seed: str, *names: str) -> bytes:
    return hashlib.sha256("\0".join((seed, *names)).encode()).digest()


# ── the deal ──────────────────────────────────────────────────────────────────────────────────


def pick(
    requests: Collection[Request],
    phrases: Iterable[Phrase],
    about: Circumstances,
    pins: Mapping[str, Text] | None = None,
    kept: Mapping[str, str] | None = None,
) -> Picks:
    """A phrase for every slot that one fits; a slot that none fits is absent from the result.

    ``pins`` (选定) go before everything; ``kept`` (an earlier run's picks) go before the deal where
    they still fit. Raises SpeechgenError for a pin to an unknown slot or phrase.
    """
    bank = {phrase.id: phrase for phrase in phrases}
    candidates = {r.path: [p for p in bank.values() if fits(p, r, about)] for r in requests}
    hands = deal(requests, candidates, about.seed)
    by_path = {r.path: r for r in requests}
    pinned = _pinned(pins or {}, by_path, bank)

    chosen: dict[str, Phrase] = dict(pinned)
    taken = {phrase.id for phrase in pinned.values()}
    for path, id_ in sorted((kept or {}).items()):
        phrase = bank.get(id_)
        if phrase and path in by_path and path not in chosen and id_ not in taken:
            if phrase in candidates[path] and _speaks_true(phrase, by_path[path], about):
                chosen[path] = phrase
                taken.add(id_)
    waiting = []
    for path in sorted(by_path):
        if path in chosen:
            continue
        first = _first_true(hands[path], by_path[path], about, taken)
        if first:
            chosen[path] = first
        else:
            waiting.append(path)
    taken |= {phrase.id for phrase in chosen.values()}
    for path in waiting:  # its own cards are used up: what no slot took lies open
        rest = sorted(candidates[path], key=lambda p: (_rank(p, by_path[path]), _lot(about.seed, path, p.id)))
        if found := _first_true(rest, by_path[path], about, taken):
            chosen[path] = found
            taken.add(found.id)
    expired = {p.id for found in candidates.values() for p in found if not _current(p, about)}
    return Picks(chosen, tuple(sorted(expired)))


def _first_true(
    hand: Iterable[Phrase], request: Request, about: Circumstances, taken: Collection[str]
) -> Phrase | None:
    return next((p for p in hand if p.id not in taken and _speaks_true(p, request, about)), None)


def _pinned(pins: Mapping[str, Text], by_path: Mapping[str, Request], bank: Mapping[str, Phrase]) -> dict[str, Phrase]:
    slips, pinned = [], {}
    for path, text in pins.items():
        if path.startswith(HEADINGS):
            continue
        if path not in by_path:
            slips.append(Slip("unknown-pin", f"「选定」里的位置「{path}」这篇稿子里没有", text.location, nearest(path, by_path)))
        elif text.value not in bank or bank[text.value].slot != by_path[path].slot.name:
            same = [id_ for id_, phrase in bank.items() if phrase.slot == by_path[path].slot.name]
            slips.append(Slip("unknown-pin", f"位置「{path}」没有编号为「{text.value}」的语料", text.location, nearest(text.value, same)))
        else:
            pinned[path] = bank[text.value]
    if slips:
        raise SpeechgenError(*slips)
    return pinned


def deal(
    requests: Collection[Request], candidates: Mapping[str, list[Phrase]], seed: str
) -> dict[str, list[Phrase]]:
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


def pick_headings(
    slot: str, sets: Iterable[HeadingSet], about: Circumstances, keys: Collection[str], pins: Mapping[str, Text]
) -> HeadingSet | None:
    """The set whose headings stand together over the parts (部分) or points (措施, 领导) of a speech.

    A set must have a heading, or a 通用 one, for every key. Raises SpeechgenError for a pin to an
    unknown set.
    """
    here = {s.id: s for s in sets if s.slot == slot}
    pin = pins.get(HEADINGS + slot)
    if pin is not None:
        if pin.value not in here:
            raise SpeechgenError.of("unknown-pin", f"没有编号为「{pin.value}」的标题组", pin.location, nearest(pin.value, here))
        return here[pin.value]

    def suits(found: HeadingSet) -> bool:
        scopes = ((found.occasions, (about.occasion,)), (found.levels, (about.level,)), (found.roles, (about.role,)),
                  (found.topics, about.topics))  # fmt: skip
        complete = "通用" in found.headings or set(keys) <= set(found.headings)
        return complete and all(not scope or set(scope) & set(to) for scope, to in scopes)

    def special(found: HeadingSet) -> int:
        return -sum(map(bool, (found.topics, found.occasions, found.levels, found.roles)))

    suitable = sorted((s for s in here.values() if suits(s)), key=lambda s: (special(s), _lot(about.seed, HEADINGS + slot, s.id)))
    return suitable[0] if suitable else None
