"""Meeting + outline + content → Draft: expand the outline, pick phrases, render, fit, number.

expand   the outline's steps, over this meeting's facts, into lines of units (sentences to be)
pick     a phrase for every unit that takes one
render   every unit once, each character with its origin; a unit that lacks a fact goes, or gets a blank
fit      to the length: what is optional is shown or hidden by priority; picks never depend on it
number   parts, points and series, after it is known which of them stand
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from speechgen import cache, engine, facts, figures, holidays, patterns, phrases
from speechgen.content import Content
from speechgen.engine import Piece, Traced, join, traced
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import nearest
from speechgen.ledger import Speech
from speechgen.model import (
    GATHERED,
    HEADING_SET,
    Block,
    Draft,
    Gap,
    HeadingSet,
    Location,
    Meeting,
    Office,
    Outline,
    Part,
    Phrase,
    Source,
    Speaker,
    Step,
)
from speechgen.phrases import NO_WISHES, Circumstances, Offer, Picks, Request, Wishes
from speechgen.schema import speaker_of

DEFAULT_PACE = 180  # characters a minute; leaders differ from 150 to 200
AD_LIB = 10  # one part in this many of the time is left for speaking freely
OVER = 3  # per cent that a speech may run over its length
MANY = 5  # tasks in one list, from which on they are told in groups
SURE = 6  # characters of a topic's words in what was typed, from which on it is no chance
CROWD = 6  # tasks of one group, beyond which each has a paragraph of its own
PARTS = "部分"  # the slot of the heading set over the parts


@dataclass
class Unit:
    """A sentence or move to be: an outline's own words, or a slot that takes a phrase."""

    step: Step
    facts: Mapping[str, Any]
    source: Source
    path: str = ""  # of a slot
    topics: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    typed: str = ""
    stated_only: bool = False  # past 至多: the facts, without an argument
    series: tuple[str, int] = ("", 0)  # which numbered series inside a paragraph, which item of it
    group: str = ""  # the units of a list that are said together or not at all
    full: Traced = field(default_factory=Traced)
    bare: Traced = field(default_factory=Traced)  # the move's facts without its argument
    shown: int = 2  # 2 = in full, 1 = bare, 0 = hidden

    @property
    def text(self) -> Traced:
        return (Traced(), self.bare, self.full)[self.shown]


@dataclass
class Line:
    """A heading or a paragraph to be."""

    kind: str  # heading, paragraph
    part: int  # 0 = opening, 1… = parts, -1 = closing
    level: int = 0
    units: list[Unit] = field(default_factory=list)
    run_in: bool = False
    numbering: str = ""  # of a paragraph among its part's: 第一，
    under: int = 1  # of a paragraph: the level of the heading that it is of, and not merely behind


# ── compose ───────────────────────────────────────────────────────────────────────────────────


def compose(
    meeting: Meeting,
    office: Office,
    content: Content,
    wishes: Wishes = NO_WISHES,
) -> Draft:
    """The speech for a meeting.

    Where the matter is more than the minutes hold even without all that is optional, small tasks are told by their
    names alone (as those 见方案 are), the last first, and the notices say which. Raises SpeechgenError when no outline
    fits the meeting, when a pin or the speaker cannot be resolved, or when there is nothing to swap a sentence for.
    """
    limit = ceiling(meeting, speaker_of(meeting, office))
    draft = _composed(meeting, office, content, wishes)
    named: list[str] = []
    while limit and _over(draft.characters, limit) and (small := _smallest(meeting, office, content)) is not None:
        tasks = list(meeting.tasks)
        named.insert(0, tasks[small].topic.value)
        tasks[small] = tasks[small]._replace(weight="见方案")
        meeting = meeting._replace(tasks=tuple(tasks))
        draft = _composed(meeting, office, content, wishes)
    if named:
        notice = f"为了不超过要求的字数，任务「{'」「'.join(named)}」只提了名称；要多说，请放宽分钟"
        draft = draft._replace(notices=(notice, *draft.notices))
    return draft


def _over(length: int, limit: int) -> bool:
    return length * 100 > limit * (100 + OVER)


def _smallest(meeting: Meeting, office: Office, content: Content) -> int | None:
    """Which task may be told by its name alone: the last that is not weighty, where the outline has words for it."""
    outline, _ = outline_for(meeting, content, facts.level_of(office, meeting))
    steps = [step for part in outline.parts for step in _all_steps(part.steps)]
    if not any(step.kind == "sentence" and "见方案" in step.text for step in steps):
        return None
    return next((n for n in reversed(range(len(meeting.tasks))) if meeting.tasks[n].weight == "点到"), None)


class _Skeleton(NamedTuple):
    """A speech laid out over its outline, before any phrase is picked."""

    walker: _Walker
    tree: dict[str, Any]
    lines: list[Line]
    units: list[Unit]
    requests: list[Request]
    bank: dict[str, Phrase]  # the phrases of use
    about: Circumstances
    notices: list[str]


def _skeleton(meeting: Meeting, office: Office, content: Content, wishes: Wishes) -> _Skeleton:
    outline, notices = outline_for(meeting, content, facts.level_of(office, meeting))
    speaker = speaker_of(meeting, office)
    tree = facts.build(meeting, office, speaker, content.topics, content.wordings.values(), content.statutes.values(),
                       content.seasons)  # fmt: skip
    about = _circumstances(meeting, office, speaker, outline)
    walker = _Walker(outline, content, about, meeting, wishes)
    lines = list(_expand(walker, tree))
    units = list(_units(lines))
    requests = list(_requests(units, content))
    bank = {p.id: p for p in cache.labelled(content.phrases, phrases.of_use(requests, meeting.pins))}
    return _Skeleton(walker, tree, lines, units, requests, bank, about, notices)


def offered(meeting: Meeting, office: Office, content: Content, wishes: Wishes = NO_WISHES) -> dict[str, list[Offer]]:
    """All that each slot of the speech for a meeting could say, for `phrases.allot`. Raises as `compose` does."""
    skeleton = _skeleton(meeting, office, content, wishes)
    _refuse_unknown_heading_pins(meeting, skeleton.walker)
    found = phrases.offered(skeleton.requests, skeleton.bank.values(), skeleton.about, meeting.pins, wishes)
    return found | skeleton.walker.offered()


def _composed(meeting: Meeting, office: Office, content: Content, wishes: Wishes) -> Draft:
    skeleton = _skeleton(meeting, office, content, wishes)
    walker, tree, lines, units, bank, notices = (
        skeleton.walker, skeleton.tree, skeleton.lines, skeleton.units, skeleton.bank, skeleton.notices,
    )  # fmt: skip
    outline, speaker = walker.outline, speaker_of(meeting, office)
    picks = phrases.pick(skeleton.requests, bank.values(), skeleton.about, meeting.pins, wishes)
    _refuse_unknown_heading_pins(meeting, walker)
    told = Told(meeting, office)
    gaps = _render(units, picks, content, told)
    limit = ceiling(meeting, speaker)
    head, head_gaps = _head(meeting, office, outline, tree, told)
    before = Draft(head).characters
    silent = [unit for unit in units if unit.path in wishes.silent and unit.full != unit.bare]
    for unit in silent:
        unit.full = unit.bare
    _fit(lines, outline, limit or outline.longest, before)
    withheld = len(silent)
    fixed = meeting.pins.keys() | wishes.kept.keys()
    while near := _too_near(units, picks, fixed, content, bank, wishes.siblings):
        for unit in near:
            unit.full = unit.bare
        for unit in units:
            unit.shown = 2
        _fit(lines, outline, limit or outline.longest, before)
        withheld += len(near)
    _count_parts(lines, tree, picks, content, told)
    gaps = [*head_gaps, *gaps]
    gaps += _lacking(told, outline, gaps)
    blocks = (*head, *_numbered(lines, outline))
    length = Draft(blocks).characters
    notices += _length_notices(length, limit, outline) + _unanswered(tree, _lists(outline)) + _unargued(units)
    notices += _left_out(walker, tree) + _withheld(meeting) + _private(meeting)
    notices += _expired(picks) + _withheld_from(withheld)
    return Draft(
        blocks=blocks,
        title=head[0].text,
        properties=_properties(meeting, tree, head[0].text),
        gaps=tuple(dict.fromkeys(gaps)),
        picks=walker.headings() | {path: phrase.id for path, phrase in sorted(picks.chosen.items())},
        notices=tuple(notices),
    )


OF_LEVEL = 4  # how much more the outline for a level counts there than one for all


def outline_for(meeting: Meeting, content: Content, level: str = "") -> tuple[Outline, list[str]]:
    """The outline that the file names, else the one that occasion and name of the meeting call for at this level."""
    known = cache.labels(content.outlines)
    if meeting.outline:
        wanted = meeting.outline.value
        named = next((o for o in known if wanted in (o.id, o.name)), None)
        if named is None:
            raise SpeechgenError.of(
                "no-outline", f"没有名为「{wanted}」的提纲", meeting.outline.location,
                nearest(wanted, [o.name for o in known]),
            )  # fmt: skip
        return content.outlines[named.id], []
    occasion = _occasion(meeting)

    def score(outline: Outline) -> tuple[int, int, str]:
        hits = sum(len(word) for word in outline.keywords if word in meeting.name.value)
        hits += 3 if occasion and occasion in outline.occasions else 0
        return hits * (OF_LEVEL if hits and outline.levels else 1), -len(outline.occasions), outline.id

    fitting = [o for o in known if not o.levels or level in o.levels]
    best = max(fitting, key=score, default=None)
    if best is None or score(best)[0] == 0:
        names = "、".join(o.name for o in known)
        raise SpeechgenError.of(
            "which-outline", f"从会议名称「{meeting.name.value}」看不出该用哪个提纲", meeting.name.location,
            f"请加一行「提纲: …」，可以写：{names}。",
        )  # fmt: skip
    return content.outlines[best.id], [f"用的提纲是「{best.name}」；要换一个，在会议文件里写「提纲: …」"]


def _occasion(meeting: Meeting) -> str:
    if meeting.occasion is None:
        return ""
    known = holidays.occasion(meeting.occasion.value, meeting.day.value)
    return known.name if known else meeting.occasion.value


def _circumstances(meeting: Meeting, office: Office, speaker: Speaker, outline: Outline) -> Circumstances:
    """Seed and scopes. A postponed meeting keeps its seed; a sister unit has its own."""
    basis = _identity(meeting, office, speaker, outline)
    seed = meeting.seed or hashlib.sha256("\0".join(map(str, basis)).encode()).hexdigest()
    return Circumstances(
        seed, meeting.day.value, _occasion(meeting), facts.level_of(office, meeting), speaker.role, outline.topics,
        outline.id,
    )  # fmt: skip


def identity(meeting: Meeting, office: Office, content: Content) -> Speech:
    """The identity of a meeting's speech. Raises what `compose` does where no outline or speaker can be told."""
    outline, _ = outline_for(meeting, content, facts.level_of(office, meeting))
    return _identity(meeting, office, speaker_of(meeting, office), outline)


def _identity(meeting: Meeting, office: Office, speaker: Speaker, outline: Outline) -> Speech:
    known = holidays.occasion(meeting.occasion.value, meeting.day.value) if meeting.occasion else None
    year = known.year if known else meeting.day.value.year
    who = speaker.name.value if speaker.name else speaker.post.value
    return Speech(office.name.value if office.name else "", who, outline.id, year)


def ceiling(meeting: Meeting, speaker: Speaker) -> int:
    """Characters the speech may have: 字数 as given, else the minutes at the speaker's pace less a
    tenth for speaking freely; 0 when the file says neither."""
    if meeting.characters:
        return meeting.characters
    if meeting.minutes:
        return meeting.minutes * (speaker.pace or DEFAULT_PACE) * (AD_LIB - 1) // AD_LIB
    return 0


# ── expand ────────────────────────────────────────────────────────────────────────────────────


class _Place(NamedTuple):
    """Where in the outline the walk is."""

    part: int
    name: str  # the part's kind, first in slot paths
    facts: Mapping[str, Any]
    item: Mapping[str, Any] | None = None
    label: str = ""
    series: tuple[str, int] = ("", 0)
    group: str = ""
    turn: int = 0  # an item's turn to be argued, where only some of a list are
    level: int = 1


def _expand(walker: _Walker, tree: dict[str, Any]) -> Iterator[Line]:
    outline = walker.outline
    parts = [(part, list(walker.lines(part.steps, _Place(0, part.kind, tree)))) for part in outline.parts]
    standing = [(part, lines) for part, lines in parts if lines]
    tree["部分数"] = _parts_counted(len(standing))
    yield from walker.lines(outline.opening, _Place(0, "开头", tree))
    asked = [part.key or part.kind for part, _ in standing if part.heading == HEADING_SET]
    headings = walker.heading_set(PARTS, asked, tree)
    for number, (part, lines) in enumerate(standing, start=1):
        if part.heading:
            yield Line("heading", number, 1, [walker.heading(part, headings, tree)])
        for line in lines:
            yield replace(line, part=number)
    yield from walker.lines(outline.closing, _Place(-1, "结束语", tree))


def _parts_counted(number: int) -> Traced:
    return facts.made(figures.counted(number), "计数", "部分")


def _refuse_unknown_heading_pins(meeting: Meeting, walker: _Walker) -> None:
    known = [phrases.HEADINGS + slot for slot in walker.sets]
    slips = [
        Slip("unknown-pin", f"「选定」里的位置「{path}」这篇稿子里没有", text.location, nearest(path, known))
        for path, text in meeting.pins.items()
        if path.startswith(phrases.HEADINGS) and path not in known
    ]
    if slips:
        raise SpeechgenError(*slips)


class _Walker:
    """Goes through an outline's steps; keeps the slot paths seen and the heading sets chosen."""

    def __init__(
        self, outline: Outline, content: Content, about: Circumstances, meeting: Meeting, wishes: Wishes
    ) -> None:
        self.outline, self.content, self.about, self.meeting, self.wishes = outline, content, about, meeting, wishes
        self.paths: Counter[str] = Counter()
        self.sets: dict[str, tuple[HeadingSet, ...]] = {}  # by slot, the chosen one first
        self.said: set[tuple[str, str]] = set()  # headings of a set that stand already
        self.told: set[int] = set()  # items (`id`) that some step has gone through

    def headings(self) -> dict[str, str]:
        """The heading sets chosen, as picks."""
        return {phrases.HEADINGS + slot: sets[0].id for slot, sets in sorted(self.sets.items()) if sets}

    def offered(self) -> dict[str, list[Offer]]:
        """The heading sets that could be chosen, for `phrases.allot`."""
        return {
            phrases.HEADINGS + slot: [Offer(one.id, (rank,)) for rank, one in enumerate(sets)]
            for slot, sets in self.sets.items() if sets
        }  # fmt: skip

    def heading_set(self, slot: str, keys: Iterable[str], tree: Mapping[str, Any]) -> HeadingSet | None:
        """The set for a slot, chosen when it is first asked for; all that its headings name is in the tree."""
        if slot not in self.sets:
            self.sets[slot] = phrases.heading_choices(
                slot, self.content.headings.values(), self.about, list(keys), self.meeting.pins,
                self.wishes, tree,
            )  # fmt: skip
        return next(iter(self.sets[slot]), None)

    def lines(self, steps: Iterable[Step], place: _Place) -> Iterator[Line]:
        """Lines of these steps; sentences that follow each other share a paragraph."""
        for apart, group in groupby(self._flat(steps, place), key=lambda entry: isinstance(entry, Line)):
            if apart:
                yield from (line for line in group if isinstance(line, Line))
            else:
                units = [unit for unit in group if isinstance(unit, Unit)]
                yield Line("paragraph", place.part, units=units, under=place.level)

    def _flat(self, steps: Iterable[Step], place: _Place) -> Iterator[Line | Unit]:
        for step in steps:
            if step.when and not engine.holds(step.when, place.facts):
                yield from self._flat(step.otherwise, place)
                continue
            match step.kind:
                case "group":
                    yield from self._flat(step.steps, place)
                case "sentence":
                    yield self._unit(step, place)
                case "take":
                    yield self._slot(step, place)
                case "paragraph":
                    for line in self.lines(step.steps, place):
                        yield replace(line, numbering=step.numbering or line.numbering)
                case "point":
                    yield from self._point(step, place)
                case "each":
                    yield from self._each(step, place)

    def _each(self, step: Step, place: _Place) -> Iterator[Line | Unit]:
        found = [
            item for item in facts.items(place.facts, step.text)
            if (not step.only or item.get("权重") == step.only) and (not step.kinds or item.get("类") in step.kinds)
        ]  # fmt: skip
        one_kind = step.gather == "类" and bool(self.outline.topics)  # nothing to tell apart
        self.told.update(map(id, found))
        if not step.gather or one_kind or len(found) < MANY:
            yield from self._items(step, found, place)
            return
        for lead, group in facts.gathered(found, step.gather):
            told = Unit(Step("sentence", GATHERED, step.location), {**place.facts, "归并": lead}, self._source(step))
            if len(group) > CROWD:  # too many for one paragraph: one for each
                yield Line("paragraph", place.part, units=[told], under=place.level)
                each = step._replace(numbering="")
                for task in group:
                    units = [unit for unit in self._items(each, [task], place) if isinstance(unit, Unit)]
                    yield Line("paragraph", place.part, units=units, numbering="第一，", under=place.level)
                continue
            units = [unit for unit in self._items(step, group, place, str(lead)) if isinstance(unit, Unit)]
            yield Line("paragraph", place.part, units=[told, *units], under=place.level)

    def _items(
        self, step: Step, found: Sequence[Mapping[str, Any]], place: _Place, series: str = ""
    ) -> Iterator[Line | Unit]:
        """The steps for each item; ``series`` tells the numbered series of one group from those of the others."""
        # of figures the worst are argued first; of superiors the last named, since an argument ends their row
        order = -1 if step.text == "依据" else 1
        turns = sorted(range(len(found)), key=lambda n: (found[n].get("评价") != "变差", order * n))
        together = f"{step.location.file}:{step.location.line}" if step.together else place.group
        for number, item in enumerate(found):
            bound = facts.bound(place.facts, step.text, item)
            if step.text == "案例":
                bound = facts.bound(bound, "问题", item)
            numbered = (f"{step.location.line}{series}:{step.numbering}", number) if step.numbering else place.series
            label, turn = f"{step.text}:{_label(item)}", turns.index(number)
            here = place._replace(facts=bound, item=item, label=label, series=numbered, group=together, turn=turn)
            yield from self._flat(step.steps, here)

    def _point(self, step: Step, place: _Place) -> Iterator[Line]:
        inner = list(self.lines(step.steps, place._replace(level=place.level + 1)))
        if not inner:
            return
        heading = self._heading_from_set(step, place) if step.text == HEADING_SET else self._unit(step, place)
        yield Line("heading", place.part, place.level + 1, [heading], run_in=step.run_in)
        yield from inner

    def _heading_from_set(self, step: Step, place: _Place) -> Unit:
        """A heading out of the set; none of the set's own headings stands twice, 通用 names its matter."""
        chosen = self.heading_set(place.name, self._keys(place.name), place.facts)
        own = chosen.headings if chosen else {}
        matter = self._named(place.item) if place.item else ()
        key = step.key or next((t for t in matter if t in own and (place.name, t) not in self.said), "通用")
        self.said.add((place.name, key))
        source = Source("phrase", chosen.id, chosen.location) if chosen else self._source(step)
        return Unit(step._replace(text=own.get(key) or step.key or "{{ 任务.主题 }}"), place.facts, source)

    def _named(self, item: Mapping[str, Any]) -> tuple[str, ...]:
        """The situations and topics of an item by which a heading may call it: what its own name tells (有限空间 in a
        pickle works is no 食品药品), and the topics of the outline."""
        topics, situations = self._matter(item)
        named = facts.told_by(self.content.topics, str(item["主题"])) if "主题" in item else ()
        near = [topic for topic in topics if topic in named or topic in self.outline.topics]
        of_these = {situation for topic in near for situation in self.content.topics[topic].situations}
        return (*(situation for situation in situations if situation in of_these), *near)

    def _keys(self, kind: str) -> list[str]:
        """The 键 of all points in the parts of a kind: a set must have a heading for each."""
        steps = [step for part in self.outline.parts if part.kind == kind for step in _all_steps(part.steps)]
        return list(dict.fromkeys(step.key for step in steps if step.kind == "point" and step.key))

    def heading(self, part: Part, chosen: HeadingSet | None, tree: Mapping[str, Any]) -> Unit:
        """The heading of a part, its own or out of the set for parts."""
        step = Step("point", part.heading, part.location, required=True)
        if part.heading != HEADING_SET:
            return Unit(step, tree, self._source(step))
        key = part.key or part.kind
        if chosen is None:
            return Unit(step._replace(text=key), tree, self._source(step))
        return Unit(step._replace(text=chosen.headings.get(key, key)), tree,
                    Source("phrase", chosen.id, chosen.location))  # fmt: skip

    def _unit(self, step: Step, place: _Place) -> Unit:
        return Unit(step, place.facts, self._source(step), series=place.series, group=place.group)

    def _slot(self, step: Step, place: _Place) -> Unit:
        name = "/".join(part for part in (place.name, place.label, step.text) if part)
        self.paths[name] += 1
        path = name if self.paths[name] == 1 else f"{name}#{self.paths[name]}"
        topics, situations = self._matter(place.item) if place.item else (self.about.topics, ())
        paired = bool(place.item and place.item.get("成对"))  # two figures in one sentence: which would be meant?
        past = 0 < step.most <= place.turn or paired
        typed = "".join(place.item["原文"]) if place.item else self.meeting.name.value
        source = self._source(step)
        return Unit(step, place.facts, source, path, topics, situations, typed, past, place.series, place.group)

    def _matter(self, item: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The topics and situations that an item is spoken of under.

        In a speech on one thing its own topics come first, also where a situation alone tells them: 网吧后门焊死了,
        at a meeting on fire. One of another kind counts only when more than a word tells it: 取暖补贴 at a meeting
        on petitions is no matter of fire.
        """
        own, table = self.outline.topics, self.content.topics
        if not own:
            return item["话题"], item["情形"]
        kinds = {table[topic].kind for topic in own if topic in table}
        near = [t for t in item["话题"] if t in own or table[t].kind in kinds or item["把握"][t] >= SURE]
        typed = "".join(item["原文"])
        told = {topic: facts.situations_in(typed, table[topic]) for topic in own if topic in table}
        near += [topic for topic, found in told.items() if found and topic not in near]
        near.sort(key=lambda topic: topic not in own)
        near = near or [topic for topic in own if topic in table]  # 大风天气多, at a meeting on forest fires
        situations = {situation for topic in near for situation in table[topic].situations}
        known = dict.fromkeys([*(s for found in told.values() for s in found), *item["情形"]])
        return tuple(near), tuple(s for s in known if s in situations)

    def _source(self, step: Step) -> Source:
        return Source("outline", self.outline.id, step.location)


def _all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _all_steps((*step.steps, *step.otherwise))


def _label(item: Mapping[str, Any]) -> str:
    """What a slot path calls an item."""
    return labelled(str(item.get("主题") or item.get("名称") or item.get("内容") or ""))


def labelled(words: str) -> str:
    """An item's topic or words as slot paths call it: without figures, which may change."""
    return patterns.compiled(r"[\d.%％]+[年月日号时分]?").sub("", words)[:14]


# ── pick ──────────────────────────────────────────────────────────────────────────────────────


def _requests(units: Iterable[Unit], content: Content) -> Iterator[Request]:
    """The slots of a speech; a unit past its step's 至多 takes no phrase."""
    for unit in units:
        if unit.path and not unit.stated_only:
            slot = content.slots[unit.step.text]
            yield Request(unit.path, slot, unit.facts, unit.topics, unit.situations, unit.typed)


# ── render ────────────────────────────────────────────────────────────────────────────────────


class Told(NamedTuple):
    """The files that gaps are told of."""

    meeting: Meeting
    office: Office

    def gap(self, kind: Literal["blank", "omission"], blank: Piece) -> Gap:
        """A blank as a gap: its key, what is wanted, and where it would be filled in."""
        what = blank.text.removeprefix("【待补充：").removesuffix("】")
        return Gap(kind, blank.source.name, what, self._location(blank.source))

    def _location(self, blank: Source) -> Location:
        if blank.location is None and blank.name.startswith(("单位.", "部门.")):
            line = self.office.key_lines.get(blank.name) or self.office.key_lines.get(blank.name.partition(".")[0], 0)
            return Location(self.office.file or str(Path(self.meeting.file).with_name("单位.yaml")), line)
        return facts.location_of(blank, self.meeting)


def _render(units: Sequence[Unit], picks: Picks, content: Content, told: Told) -> list[Gap]:
    gaps: list[Gap] = []
    for unit in units:
        if unit.path:
            _render_slot(unit, picks, content)
        else:
            unit.full = engine.render(unit.step.text, unit.facts, unit.source)
        gaps += _settle_blanks(unit, told, content)
    for band in _bands(list(units)):
        if not all(unit.full for unit in band):
            for unit in band:
                unit.full = unit.bare = Traced()
    return gaps


def _render_slot(unit: Unit, picks: Picks, content: Content) -> None:
    """A picked phrase in full, and bare: the sentence that states the facts, without the argument.

    The statement comes first unless the phrase itself says where it, or a risk's few words, stand.
    """
    name = content.slots[unit.step.text].statement
    stated = _value(unit.facts, name) if name else Traced()
    phrase = picks.chosen.get(unit.path)
    said = _said(phrase, unit.facts) if phrase else Traced()
    asked = engine.names(*phrase.text) if phrase else ()
    woven = bool(name) and (name in asked or "风险.内容" in asked)  # a risk is few words, said inside a sentence
    unit.bare = engine.within(stated, unit.source)
    unit.full = engine.within(said if woven else join([stated, said]), unit.source)


def _said(phrase: Phrase, tree: Mapping[str, Any]) -> Traced:
    source = Source("phrase", phrase.id, phrase.location)
    return join(engine.render(line, tree, source) for line in phrase.text)


def _value(tree: Mapping[str, Any], name: str) -> Traced:
    value: Any = tree
    for part in name.split("."):
        value = value[part]
    return value if isinstance(value, Traced) else traced(str(value), Source("computed", name))


def _settle_blanks(unit: Unit, told: Told, content: Content) -> list[Gap]:
    """A unit with a blank stays where it must be said, carries a fact of the file, or lacks a name that
    the office profile owes; else it goes. Either way what was missing is told, with the line to fill."""
    blanks = [piece for piece in unit.full.pieces if piece.source.origin == "blank"]
    if not blanks:
        return []
    carries = bool(unit.path) and bool(content.slots[unit.step.text].statement)
    stays = unit.step.required or carries or all(piece.source.name.startswith("单位.") for piece in blanks)
    if stays:
        unit.step = unit.step._replace(optional=0, terse=0)
    else:
        unit.full = unit.bare = Traced()
    return [told.gap("blank" if stays else "omission", piece) for piece in blanks]


def _lacking(told: Told, outline: Outline, gaps: Iterable[Gap]) -> list[Gap]:
    """Omissions that no sentence ran into, save those already told. A list that the outline goes through only where
    there is one (每项: 问题, 当: 问题) is no loss."""
    known = {(gap.key, gap.location.line) for gap in gaps}
    steps = [step for steps in (outline.opening, *(p.steps for p in outline.parts), outline.closing) for step in steps]
    lists = [step.text for step in _all_steps(steps) if step.kind == "each" and step.when != step.text]
    found = [told.gap("omission", m.pieces[0]) for m in facts.lacking(told.meeting, lists)]
    return [gap for gap in found if (gap.key, gap.location.line) not in known]


def _count_parts(lines: list[Line], tree: dict[str, Any], picks: Picks, content: Content, told: Told) -> None:
    """Say the number of parts that stand in the end: one may have lost all its sentences."""
    count = sum(line.kind == "heading" and line.level == 1 and _stands(lines, at) for at, line in enumerate(lines))
    counted = _parts_counted(count)
    if counted == tree["部分数"]:
        return
    tree["部分数"] = counted
    for unit in list(_units(line for line in lines if line.part == 0)):
        unit.facts = {**unit.facts, "部分数": counted}
        _render([unit], picks, content, told)


# ── fit ───────────────────────────────────────────────────────────────────────────────────────


def _fit(lines: list[Line], outline: Outline, limit: int, before: int) -> None:
    """Hide what is optional, the highest priority number and the latest first, until the speech fits;
    then show again, in reverse, whatever still fits. ``before`` are characters spoken before the lines."""
    most = limit * (100 + OVER) // 100 - before
    bands = list(_bands(list(_units(lines))))
    spare = sorted(
        ((priority, at, level) for at, band in enumerate(bands) for priority, level in _choices(band[0])),
        key=lambda choice: (choice[0], choice[1]),
        reverse=True,
    )
    hidden = []
    for _, at, level in spare:
        if _length(lines, outline) <= most:
            break
        hidden.append((at, bands[at][0].shown))
        _show(bands[at], min(bands[at][0].shown, level))
    for at, shown in reversed(hidden):
        now = bands[at][0].shown
        _show(bands[at], max(shown, now))
        if _length(lines, outline) > most:
            _show(bands[at], now)


def _too_near(
    units: Sequence[Unit],
    picks: Picks,
    fixed: Collection[str],
    content: Content,
    bank: Mapping[str, Phrase],
    siblings: Sequence[frozenset[str]],
) -> list[Unit]:
    """The units that must say no more than their facts, because sister speeches have argued the same already."""
    spoken = (unit for unit in units if unit.shown == 2 and unit.full != unit.bare)
    arguing = {unit.path: unit for unit in spoken if unit.path in picks.chosen}

    def argued(id_: str) -> int:
        """How many judgements and arguments a phrase holds; one of another matter's, which is not here, about one."""
        phrase = bank.get(id_)
        return phrases.argued_in(phrase, content.slots[phrase.slot]) if phrase else 1

    said = {path: Offer(picks.chosen[path].id, argued=argued(picks.chosen[path].id)) for path in arguing}
    used = [one - content.headings.keys() for one in siblings]
    return [arguing[path] for path in phrases.shared_too_often(said, fixed, used, argued)]


def _bands(units: list[Unit]) -> Iterator[list[Unit]]:
    """What is shown or hidden as one: a unit, or all units of a list that are said together (同进退)."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        if not unit.group:
            yield [unit]
        else:
            groups.setdefault(unit.group, []).append(unit)
    yield from groups.values()


def _show(band: list[Unit], level: int) -> None:
    for unit in band:
        unit.shown = level


def _length_notices(length: int, limit: int, outline: Outline) -> list[str]:
    if not limit:
        return []
    if _over(length, limit):
        return [f"材料多，稿子 {length} 字，比要求的 {limit} 字多；可以把几项任务的权重改成「见方案」，或者放宽分钟"]
    if length < limit * 9 // 10:
        short = (
            f"材料不够说满：稿子 {length} 字，要求是 {limit} 字；可以补充任务的「做法」，或者「问题」「数据」「风险」"
        )
        beyond = f"；这个提纲本来只适合 {outline.shortest} 到 {outline.longest} 字" if limit > outline.longest else ""
        return [short + beyond]
    return []


def _units(lines: Iterable[Line]) -> Iterator[Unit]:
    return (unit for line in lines for unit in line.units)


def _choices(unit: Unit) -> Iterator[tuple[int, int]]:
    if unit.step.optional:
        yield unit.step.optional, 0
    if unit.step.terse and unit.bare:
        yield unit.step.terse, 1


def _length(lines: list[Line], outline: Outline) -> int:
    """Characters spoken of what is shown, its numbers included."""
    return sum(len("".join(part.split())) for laid in _laid_out(lines, outline) for part in laid.parts)


# ── number ────────────────────────────────────────────────────────────────────────────────────


class _Laid(NamedTuple):
    """A block to be, its parts not yet joined; the first ``lead`` parts are its lead sentence."""

    kind: Literal["heading", "paragraph"]
    parts: list[Traced]
    level: int = 0
    lead: int = 0


def _numbered(lines: list[Line], outline: Outline) -> Iterator[Block]:
    for laid in _laid_out(lines, outline):
        whole = join(laid.parts)
        lead = sum(map(len, laid.parts[: laid.lead]))
        yield Block(laid.kind, engine.plain(whole), engine.spans(whole), laid.level, lead)


def _laid_out(lines: list[Line], outline: Outline) -> Iterator[_Laid]:
    """What stands, with its numbers. A heading with nothing under it is left out, and what has no
    sibling gets no number: a lone （一） promises a （二）."""
    standing = [line for at, line in enumerate(lines) if _stands(lines, at)]
    above = _headings_above(standing)
    siblings = Counter((line.kind, line.numbering, above[at]) for at, line in enumerate(standing))
    ordinals: Counter[tuple[str, str, int]] = Counter()
    pending: _Laid | None = None
    for at, line in enumerate(standing):
        series = (line.kind, line.numbering, above[at])
        ordinals[series] += 1
        style = _heading_style(outline, line.level) if line.kind == "heading" else line.numbering
        marks = [_mark(style, ordinals[series])] if style and siblings[series] > 1 else []
        if line.kind == "heading":
            if pending:
                yield pending
            pending = None
            laid = _Laid("heading", [*marks, *(unit.text for unit in line.units)], line.level)
            if line.run_in:
                pending = laid
            else:
                yield laid
            continue
        first, *more = _paragraphs(line)
        body = _Laid("paragraph", [*marks, *first])
        if pending:
            stop = [] if pending.parts[-1].endswith(("。", "！", "？")) else [facts.made("。", "句号")]
            body = _Laid(
                "paragraph", [*pending.parts, *stop, *body.parts], pending.level, len(pending.parts) + len(stop)
            )
            pending = None
        yield body
        for parts in more:
            yield _Laid("paragraph", parts)


def _headings_above(standing: list[Line]) -> list[int]:
    """For each line the place of the heading it stands under; the same for all siblings."""
    path: list[int] = []  # places of the headings open at this point, one a level
    above = []
    for at, line in enumerate(standing):
        if line.kind == "heading":
            path = [place for place in path if standing[place].level < line.level]
        elif line.part < 1:
            path = []
        above.append(path[-1] if path else line.part - len(standing) if line.kind == "paragraph" else -1)
        if line.kind == "heading":
            path.append(at)
    return above


def _heading_style(outline: Outline, level: int) -> str:
    usual = ("一、", "（一）", "1.", "（1）")
    return outline.numbering[level - 1] if level <= len(outline.numbering) else usual[min(level, 4) - 1]


def _mark(style: str, number: int) -> Traced:
    return traced(numeral(style, number), Source("numbering", style))


def _stands(lines: list[Line], at: int) -> bool:
    line = lines[at]
    if line.kind == "paragraph":
        return any(unit.text for unit in line.units)
    for later in lines[at + 1 :]:
        if later.part != line.part or (later.kind == "heading" and later.level <= line.level):
            return False
        if later.kind == "paragraph" and later.under >= line.level and any(unit.text for unit in later.units):
            return True
    return False


LONG = 400  # characters, beyond which a paragraph that counts 一是, 二是 is set in one for each


def _paragraphs(line: Line) -> list[list[Traced]]:
    """A line's units in order, in one paragraph; where that is long and counts its items, in one for each item."""
    parts, begins = _paragraph(line)
    if sum(map(len, parts)) <= LONG or len(begins) < 2:
        return [parts]
    cuts = [0, *(at for at in begins if at), len(parts)]
    return [parts[first:last] for first, last in pairwise(cuts)]


def _paragraph(line: Line) -> tuple[list[Traced], list[int]]:
    """A paragraph's units in order; the items of a series get 一是, 二是 when there are two or more. Also where in
    the list these begin."""
    visible = _named_last([unit for unit in line.units if unit.text])
    named = [at for at, unit in enumerate(visible) if _merely_named(unit)]
    told = sum(map(_of_a_risk, visible)) - len(named)
    numbered = told > 1  # else those that are merely named would be a list of stubs: they are one sentence
    items: dict[str, list[int]] = {}
    for at, unit in enumerate(visible):
        name, number = unit.series
        if name and number not in items.setdefault(name, []) and (numbered or at not in named):
            items[name].append(number)
    together = facts.merely_named([visible[at].facts["风险"]["内容"] for at in named], told > 0, numbered)
    texts = dict(zip(named, together, strict=True))
    said: set[tuple[str, int]] = set()
    parts: list[Traced] = []
    begins = []
    for at, unit in enumerate(visible):
        name, number = unit.series
        if name and number in items[name] and len(items[name]) > 1 and unit.series not in said:
            said.add(unit.series)
            if at not in named[1:]:
                begins.append(len(parts))
            parts.append(_mark(name.partition(":")[2], items[name].index(number) + 1))
        parts.append(engine.within(texts[at], unit.source) if at in texts else unit.text)
    return parts, begins


def _of_a_risk(unit: Unit) -> bool:
    return bool(unit.path) and "风险" in unit.facts


def _merely_named(unit: Unit) -> bool:
    """Whether a unit is a risk of which no phrase tells more."""
    return _of_a_risk(unit) and unit.text == unit.bare


def _named_last(units: Sequence[Unit]) -> list[Unit]:
    """The units with the risks that are merely named behind the other risks."""
    places = [at for at, unit in enumerate(units) if _of_a_risk(unit)]
    order = dict(zip(places, sorted(places, key=lambda at: _merely_named(units[at])), strict=True))
    return [units[order.get(at, at)] for at in range(len(units))]


def numeral(style: str, number: int) -> str:
    """The ``number``-th mark of a style: 一、 （一） 1. （1） 一是 一要 第一，."""
    return style.replace("一", figures.chinese_count(number)) if "一" in style else style.replace("1", str(number))


# ── head and tail matter ──────────────────────────────────────────────────────────────────────


def _head(
    meeting: Meeting, office: Office, outline: Outline, tree: Mapping[str, Any], told: Told
) -> tuple[tuple[Block, ...], list[Gap]]:
    source = Source("outline", outline.id, outline.location)
    who = join([tree["讲话人"]["职务"], traced("　", source), tree["讲话人"]["姓名"]])
    when = join([traced("（", source), tree["会议"]["年月日"], traced("）", source)])
    lines: list[tuple[Any, Traced]] = [("title", engine.render(outline.title, tree, source))]
    lines += [("byline", who) if name == "讲话人" else ("date", when) for name in office.byline]
    lines.append(("salutation", engine.render(outline.salutation, tree, source)))
    gaps = [told.gap("blank", piece) for _, text in lines for piece in text.pieces if piece.source.origin == "blank"]
    return tuple(Block(kind, engine.plain(text), engine.spans(text)) for kind, text in lines), gaps


def _properties(meeting: Meeting, tree: Mapping[str, Any], title: str) -> dict[str, str]:
    return {
        "title": title,
        "subject": meeting.name.value,
        "author": engine.plain(tree["单位"]["名称"]) if tree["单位"]["名称"] else "",
        "created": meeting.day.value.isoformat(),
    }


# ── what the run should say ───────────────────────────────────────────────────────────────────


def _unanswered(tree: Mapping[str, Any], told: Collection[str]) -> list[str]:
    """Problems that no task answers, neither by topic nor by its words: each should meet a measure."""
    if "问题" not in told:
        return []
    return [
        f"问题「{problem['内容']}」没有一项任务来回应" for problem in tree["问题"]
        if tree["任务"] and not any(facts.answers(task, problem) for task in tree["任务"])
    ]  # fmt: skip


def _unargued(units: Iterable[Unit]) -> list[str]:
    """Weighty tasks that no phrase fits: they are stated and not padded."""
    tasks = [unit.facts["任务"] for unit in units if unit.path and unit.full and unit.full == unit.bare]
    names = [str(task["主题"]) for task in tasks if isinstance(task, Mapping) and task["权重"] == "细讲"]
    said = "」「".join(names)
    return [f"没有合适的语料来细讲「{said}」，只说了任务本身；可以在任务里写「做法」"] if names else []


def _lists(outline: Outline) -> set[str]:
    """The lists that an outline's parts go through."""
    steps = (step for part in outline.parts for step in _all_steps(part.steps))
    return {step.text for step in steps if step.kind == "each"}


def _left_out(walker: _Walker, tree: Mapping[str, Any]) -> list[str]:
    """What the file says and the outline has no place for: a kind that none of its parts is about, cases where it goes
    through problems alone. Lists that the outline does not ask for at all are another text's matter."""
    outline = walker.outline
    setting = walker.meeting.setting
    others = {"任务"} if setting.deployed or setting.kind == "主持词" else set()  # another text's matter
    asked = _lists(outline) - others
    asked |= {"案例"} if "问题" in asked else set()
    left = [
        f"{kind}「{_label(item)}」"
        for kind in facts.ITEMS if kind in asked
        for item in facts.items(tree, kind) if id(item) not in walker.told and item.get("权重") != "见方案"
    ]  # fmt: skip
    return [f"提纲「{outline.name}」里没有地方说，没有写进稿子：{'、'.join(left)}"] if left else []


_BODIES = patterns.compiled("[\u4e00-\u9fff]{1,2}(?:分厂|车间|镇|乡|村|街道|公司|学校|医院|夜市|市场|工地|局|站|厂)")


def _withheld(meeting: Meeting) -> list[str]:
    """Problems marked 不点名 whose own words seem to name somebody: only she can say."""
    found = [(p.text.value, _BODIES.search(p.text.value)) for p in meeting.problems if p.withheld]
    return [f"问题「{words}」注明不点名，句子里却有「{body[0]}」，请看看要不要改" for words, body in found if body]


def _private(meeting: Meeting) -> list[str]:
    names = [figure.name.value for figure in meeting.figures if not figure.public]
    return [f"不公开的数据没有写进稿子：{'、'.join(names)}"] if names else []


def _expired(picks: Picks) -> list[str]:
    return [f"下列语料在会议日期不能用，没有采用：{'、'.join(picks.expired)}"] if picks.expired else []


def _withheld_from(count: int) -> list[str]:
    if not count:
        return []
    return [f"有 {count} 处没有展开：能说的话台账里别的讲话已经说过；可以在本单位的 phrasebank 里添几条"]
