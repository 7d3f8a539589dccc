"""Meeting + outline + content → Draft: expand the outline, pick phrases, render, fit, number.

    expand   the outline's steps, over this meeting's facts, into lines of units (sentences to be)
    pick     a phrase for every unit that takes one
    render   every unit once, each character with its origin; a unit that lacks a fact goes, or gets a blank
    fit      to the length: what is optional is shown or hidden by priority; picks never depend on it
    number   parts, points and series, after it is known which of them stand
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

from speechgen import engine, facts, figures, holidays, phrases
from speechgen.content import Content
from speechgen.engine import Piece, Traced, join, traced
from speechgen.errors import SpeechgenError
from speechgen.fields import nearest
from speechgen.model import (
    Block,
    Draft,
    Gap,
    HeadingSet,
    Meeting,
    Office,
    Outline,
    Part,
    Phrase,
    Source,
    Speaker,
    Step,
)
from speechgen.phrases import Circumstances, Picks, Request
from speechgen.records import HEADING_SET
from speechgen.schema import speaker_of

DEFAULT_PACE = 180  # characters a minute; leaders differ from 150 to 200
AD_LIB = 10  # one part in this many of the time is left for speaking freely
OVER = 3  # per cent that a speech may run over its length
_STATEMENT = "措施.落点"


@dataclass
class Unit:
    """A sentence or move to be: an outline's own words, or a slot that takes a phrase."""

    step: Step
    facts: Mapping[str, Any]
    source: Source
    path: str = ""  # of a slot
    topics: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    series: tuple[str, int] = ("", 0)  # which numbered series inside a paragraph, which item of it
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


# ── compose ───────────────────────────────────────────────────────────────────────────────────


def compose(
    meeting: Meeting,
    office: Office,
    content: Content,
    kept: Mapping[str, str] | None = None,
) -> Draft:
    """The speech for a meeting.

    ``kept`` are an earlier run's picks, used again where they still fit. Raises SpeechgenError when
    no outline fits the meeting, or a pin or the speaker cannot be resolved.
    """
    outline, notices = outline_for(meeting, content)
    speaker = speaker_of(meeting, office)
    tree = facts.build(
        meeting, office, speaker, content.topics, content.wordings.values(), content.statutes.values()
    )
    about = _circumstances(meeting, office, speaker, outline)
    lines = list(_expand(outline, tree, content, about, meeting))
    units = [unit for line in lines for unit in line.units]
    picks = phrases.pick(list(_requests(units, content)), content.phrases.values(), about, meeting.pins, kept)
    gaps = _render(units, picks, content, meeting)
    limit = ceiling(meeting, speaker)
    _fit(lines, limit or outline.longest)
    head, head_gaps = _head(meeting, office, outline, tree)
    gaps = list(dict.fromkeys((*head_gaps, *gaps)))
    gaps += _lacking(meeting, outline, gaps)
    blocks = (*head, *_numbered(lines, outline))
    length = Draft(blocks).characters
    notices += _length_notices(length, limit, outline) + _unanswered(tree) + _private(meeting) + _expired(picks)
    return Draft(
        blocks=blocks,
        title=head[0].text,
        properties=_properties(meeting, tree, head[0].text),
        gaps=tuple(dict.fromkeys(gaps)),
        picks={path: phrase.id for path, phrase in sorted(picks.chosen.items())},
        notices=tuple(notices),
    )


def outline_for(meeting: Meeting, content: Content) -> tuple[Outline, list[str]]:
    """The outline that the file names, else the one that occasion and name of the meeting call for."""
    if meeting.outline:
        wanted = meeting.outline.value
        named = next((o for o in content.outlines.values() if wanted in (o.id, o.name)), None)
        if named is None:
            known = [o.name for o in content.outlines.values()]
            raise SpeechgenError.of("no-outline", f"没有名为「{wanted}」的提纲", meeting.outline.location, nearest(wanted, known))
        return named, []
    occasion = _occasion(meeting)

    def score(outline: Outline) -> tuple[int, int, str]:
        hits = sum(len(word) for word in outline.keywords if word in meeting.name.value)
        return hits + (3 if occasion and occasion in outline.occasions else 0), -len(outline.occasions), outline.id

    best = max(content.outlines.values(), key=score, default=None)
    if best is None or score(best)[0] == 0:
        names = "、".join(o.name for o in content.outlines.values())
        raise SpeechgenError.of(
            "which-outline", f"从会议名称「{meeting.name.value}」看不出该用哪个提纲", meeting.name.location,
            f"请加一行「提纲: …」，可以写：{names}。",
        )  # fmt: skip
    return best, [f"用的提纲是「{best.name}」；要换一个，在会议文件里写「提纲: …」"]


def _occasion(meeting: Meeting) -> str:
    if meeting.occasion is None:
        return ""
    known = holidays.occasion(meeting.occasion.value, meeting.day.value)
    return known.name if known else meeting.occasion.value


def _circumstances(meeting: Meeting, office: Office, speaker: Speaker, outline: Outline) -> Circumstances:
    """Seed and scopes. A postponed meeting keeps its seed; a sister unit has its own."""
    known = holidays.occasion(meeting.occasion.value, meeting.day.value) if meeting.occasion else None
    year = known.year if known else meeting.day.value.year
    who = speaker.name.value if speaker.name else speaker.post.value
    basis = (office.name.value if office.name else "", who, outline.id, str(year))
    seed = meeting.seed or hashlib.sha256("\0".join(basis).encode()).hexdigest()
    return Circumstances(
        seed, meeting.day.value, _occasion(meeting), facts.level_of(office, meeting), speaker.role, outline.topics
    )


def ceiling(meeting: Meeting, speaker: Speaker) -> int:
    """Characters the speech may have: 字数 as given, else the minutes at the speaker's pace less a
    tenth for speaking freely; 0 when the file says neither."""
    if meeting.characters:
        return meeting.characters
    if meeting.minutes:
        return meeting.minutes * (speaker.pace or DEFAULT_PACE) * (AD_LIB - 1) // AD_LIB
    return 0


# ── expand ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Place:
    """Where in the outline the walk is."""

    part: int
    name: str  # the part's kind, first in slot paths
    facts: Mapping[str, Any]
    item: Mapping[str, Any] | None = None
    label: str = ""
    series: tuple[str, int] = ("", 0)
    level: int = 1


def _expand(
    outline: Outline, tree: dict[str, Any], content: Content, about: Circumstances, meeting: Meeting
) -> Iterator[Line]:
    walker = _Walker(outline, content, about, meeting)
    parts = [(part, list(walker.lines(part.steps, _Place(0, part.kind, tree)))) for part in outline.parts]
    standing = [(part, lines) for part, lines in parts if lines]
    tree["部分数"] = facts.made(figures.counted(len(standing)), "计数", "部分")
    yield from walker.lines(outline.opening, _Place(0, "开头", tree))
    headings = phrases.pick_headings(
        "部分", content.headings.values(), about, [part.kind for part, _ in standing], meeting.pins
    )
    for number, (part, lines) in enumerate(standing, start=1):
        yield Line("heading", number, 1, [walker.heading(part, headings, tree)])
        for line in lines:
            yield replace(line, part=number)
    yield from walker.lines(outline.closing, _Place(-1, "结束语", tree))


class _Walker:
    """Goes through an outline's steps; keeps the slot paths seen and the heading sets chosen."""

    def __init__(self, outline: Outline, content: Content, about: Circumstances, meeting: Meeting) -> None:
        self.outline, self.content, self.about, self.meeting = outline, content, about, meeting
        self.paths: Counter[str] = Counter()
        self.sets: dict[str, HeadingSet | None] = {}
        self.headed: set[tuple[str, str]] = set()

    def lines(self, steps: Iterable[Step], place: _Place) -> Iterator[Line]:
        """Lines of these steps; sentences that follow each other share a paragraph."""
        for apart, group in groupby(self._flat(steps, place), key=lambda entry: isinstance(entry, Line)):
            if apart:
                yield from (line for line in group if isinstance(line, Line))
            else:
                yield Line("paragraph", place.part, units=[unit for unit in group if isinstance(unit, Unit)])

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
        found = [i for i in facts.items(place.facts, step.text) if not step.only or i.get("权重") == step.only]
        for number, item in enumerate(found):
            bound = facts.bound(place.facts, step.text, item)
            if step.text == "案例":
                bound = facts.bound(bound, "问题", item)
            series = (f"{step.location.line}:{step.numbering}", number) if step.numbering else place.series
            yield from self._flat(
                step.steps, replace(place, facts=bound, item=item, label=f"{step.text}:{_label(item)}", series=series)
            )

    def _point(self, step: Step, place: _Place) -> Iterator[Line]:
        inner = list(self.lines(step.steps, replace(place, level=place.level + 1)))
        if not inner:
            return
        if step.text == HEADING_SET:
            heading = self._heading_from_set(step, place)
        else:
            heading = self._unit(step, place)
        yield Line("heading", place.part, place.level + 1, [heading], run_in=step.run_in)
        yield from inner

    def _heading_from_set(self, step: Step, place: _Place) -> Unit:
        slot = place.name
        if slot not in self.sets:
            self.sets[slot] = phrases.pick_headings(
                slot, self.content.headings.values(), self.about, [step.key] if step.key else [], self.meeting.pins
            )
        chosen = self.sets[slot]
        topics = place.item["话题"] if place.item else ()
        unused = (t for t in topics if chosen and t in chosen.headings and (slot, t) not in self.headed)
        key = step.key or next(unused, "通用")  # no heading twice: the second task of a topic is called by its own name
        self.headed.add((slot, key))
        text = chosen.headings.get(key, "") if chosen else ""
        source = Source("phrase", chosen.id, chosen.location) if chosen else self._source(step)
        return Unit(replace(step, text=text or step.key or "{{ 任务.主题 }}"), place.facts, source)

    def heading(self, part: Part, chosen: HeadingSet | None, tree: Mapping[str, Any]) -> Unit:
        """The heading of a part, its own or out of the set for parts."""
        step = Step("point", part.heading, part.location, required=True)
        if part.heading == HEADING_SET and chosen:
            step = replace(step, text=chosen.headings.get(part.kind, part.kind))
            return Unit(step, tree, Source("phrase", chosen.id, chosen.location))
        return Unit(step, tree, self._source(step))

    def _unit(self, step: Step, place: _Place) -> Unit:
        return Unit(step, place.facts, self._source(step), series=place.series)

    def _slot(self, step: Step, place: _Place) -> Unit:
        name = "/".join(part for part in (place.name, place.label, step.text) if part)
        self.paths[name] += 1
        path = name if self.paths[name] == 1 else f"{name}#{self.paths[name]}"
        topics = place.item["话题"] if place.item else self.about.topics
        situations = place.item["情形"] if place.item else ()
        return Unit(step, place.facts, self._source(step), path, topics, situations, place.series)

    def _source(self, step: Step) -> Source:
        return Source("outline", self.outline.id, step.location)


def _label(item: Mapping[str, Any]) -> str:
    """What a slot path calls an item: its topic or words without figures, which may change."""
    words = str(item.get("主题") or item.get("名称") or item.get("内容") or "")
    return re.sub(r"[\d.%％]+[年月日号时分]?", "", words)[:14]


# ── pick ──────────────────────────────────────────────────────────────────────────────────────


def _requests(units: Iterable[Unit], content: Content) -> Iterator[Request]:
    """The slots of a speech; a move that holds 落点 asks for the sentence that states its task too."""
    for unit in units:
        if not unit.path:
            continue
        slot = content.slots[unit.step.text]
        yield Request(unit.path, slot, unit.facts, unit.topics, unit.situations)
        if slot.variable == "落点":
            yield Request(f"{unit.path}/落点", content.slots[_STATEMENT], unit.facts, unit.topics, unit.situations)


# ── render ────────────────────────────────────────────────────────────────────────────────────


def _render(units: Iterable[Unit], picks: Picks, content: Content, meeting: Meeting) -> list[Gap]:
    gaps: list[Gap] = []
    for unit in units:
        if unit.path:
            _render_slot(unit, picks, content)
        else:
            unit.full = engine.render(unit.step.text, unit.facts, unit.source)
        gaps += _settle_blanks(unit, meeting, content)
    return gaps


def _render_slot(unit: Unit, picks: Picks, content: Content) -> None:
    """A picked phrase in full, and bare: only the variable that carries the facts."""
    slot = content.slots[unit.step.text]
    own = unit.facts
    if slot.variable == "落点":
        own = {**own, "落点": _statement(unit, picks)}
    phrase = picks.chosen.get(unit.path)
    bare = _value(own, slot.variable) if slot.variable else Traced()
    unit.bare = engine.within(bare, unit.source)
    unit.full = engine.within(_said(phrase, own), unit.source) if phrase else unit.bare


def _statement(unit: Unit, picks: Picks) -> Traced:
    """The sentence that states a task: the frame picked for it, else its fields in plain order."""
    frame = picks.chosen.get(f"{unit.path}/落点")
    stated = _said(frame, unit.facts) if frame else facts.plain_statement(unit.facts["任务"])
    return join([stated, unit.facts["任务"]["做法"] or Traced()])


def _said(phrase: Phrase, tree: Mapping[str, Any]) -> Traced:
    source = Source("phrase", phrase.id, phrase.location)
    return join(engine.render(line, tree, source) for line in phrase.text)


def _value(tree: Mapping[str, Any], name: str) -> Traced:
    value: Any = tree
    for part in name.split("."):
        value = value[part]
    return value if isinstance(value, Traced) else traced(str(value), Source("computed", name))


def _settle_blanks(unit: Unit, meeting: Meeting, content: Content) -> list[Gap]:
    """A unit with a blank stays where it must be said, carries a fact of the file, or lacks a name that
    the office profile owes; else it goes. Either way what was missing is told, with the line to fill."""
    blanks = [piece for piece in unit.full.pieces if piece.source.origin == "blank"]
    if not blanks:
        return []
    carries = bool(unit.path) and bool(content.slots[unit.step.text].variable)
    stays = unit.step.required or carries or all(piece.source.name.startswith("单位.") for piece in blanks)
    if stays:
        unit.step = replace(unit.step, optional=0, terse=0)
    else:
        unit.full = unit.bare = Traced()
    return [_gap("blank" if stays else "omission", piece, meeting) for piece in blanks]


def _gap(kind: Literal["blank", "omission"], blank: Piece, meeting: Meeting) -> Gap:
    """A blank as a gap: its key, what is wanted, and where it would be filled in."""
    what = blank.text.removeprefix("【待补充：").removesuffix("】")
    return Gap(kind, blank.source.name, what, facts.location_of(blank.source, meeting))


def _lacking(meeting: Meeting, outline: Outline, told: Iterable[Gap]) -> list[Gap]:
    """Omissions that no sentence ran into, save those already told."""
    known = {(gap.key, gap.location.line) for gap in told}
    steps = (step for steps in (outline.opening, *(p.steps for p in outline.parts), outline.closing) for step in steps)
    gaps = [_gap("omission", m.pieces[0], meeting) for m in facts.lacking(meeting, _lists(steps))]
    return [gap for gap in gaps if (gap.key, gap.location.line) not in known]


def _lists(steps: Iterable[Step]) -> Iterator[str]:
    """The lists that steps go through, in order."""
    for step in steps:
        if step.kind == "each":
            yield step.text
        yield from _lists((*step.steps, *step.otherwise))


# ── fit ───────────────────────────────────────────────────────────────────────────────────────


def _fit(lines: list[Line], limit: int) -> None:
    """Hide what is optional, the highest priority number and the latest first, until the speech fits;
    then show again, in reverse, whatever still fits."""
    most = limit * (100 + OVER) // 100
    units = list(_units(lines))
    spare = sorted(
        ((priority, at, level) for at, unit in enumerate(units) for priority, level in _choices(unit)),
        key=lambda choice: (choice[0], choice[1]),
        reverse=True,
    )
    hidden = []
    for _, at, level in spare:
        if _length(lines) <= most:
            break
        hidden.append((at, units[at].shown))
        units[at].shown = min(units[at].shown, level)
    for at, before in reversed(hidden):
        now, units[at].shown = units[at].shown, max(before, units[at].shown)
        if _length(lines) > most:
            units[at].shown = now


def _length_notices(length: int, limit: int, outline: Outline) -> list[str]:
    if not limit:
        return []
    if length * 100 > limit * (100 + OVER):
        return [f"材料多，稿子 {length} 字，比要求的 {limit} 字多；可以把几项任务的权重改成「见方案」，或者放宽分钟"]
    if length < limit * 9 // 10:
        short = f"材料不够说满：稿子 {length} 字，要求是 {limit} 字；可以补充任务的「做法」，或者「问题」「数据」「风险」"
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


def _length(lines: Iterable[Line]) -> int:
    """Characters of what is shown, near enough: a heading's number is counted as three."""
    return sum(sum(len(unit.text) for unit in line.units) + 3 * (line.kind == "heading") for line in lines)


# ── number ────────────────────────────────────────────────────────────────────────────────────


def _numbered(lines: list[Line], outline: Outline) -> Iterator[Block]:
    """Blocks with their numbers; a heading with nothing under it is left out."""
    standing = [line for at, line in enumerate(lines) if _stands(lines, at)]
    counters: Counter[int] = Counter()
    ordinals: Counter[tuple[int, str]] = Counter()
    lead: Traced | None = None
    level = 0
    for line in standing:
        if line.kind == "heading":
            counters[line.level] += 1
            for deeper in range(line.level + 1, 5):
                counters[deeper] = 0
            style = outline.numbering[line.level - 1] if line.level <= len(outline.numbering) else "（1）"
            number = traced(numeral(style, counters[line.level]), Source("numbering", style))
            heading = join([number, join(unit.text for unit in line.units)])
            if line.run_in:
                stop = "" if heading.endswith(("。", "！", "？")) else "。"
                lead, level = join([heading, facts.made(stop, "句号")]), line.level
            else:
                yield Block("heading", engine.plain(heading), engine.spans(heading), line.level)
            continue
        body = _paragraph(line)
        if line.numbering and sum(other.numbering == line.numbering and other.part == line.part for other in standing) > 1:
            ordinals[line.part, line.numbering] += 1
            mark = numeral(line.numbering, ordinals[line.part, line.numbering])
            body = join([traced(mark, Source("numbering", line.numbering)), body])
        if lead is not None:
            whole = join([lead, body])
            yield Block("paragraph", engine.plain(whole), engine.spans(whole), level, len(lead))
            lead = None
        else:
            yield Block("paragraph", engine.plain(body), engine.spans(body))


def _stands(lines: list[Line], at: int) -> bool:
    line = lines[at]
    if line.kind == "paragraph":
        return any(unit.text for unit in line.units)
    for later in lines[at + 1 :]:
        if later.part != line.part or (later.kind == "heading" and later.level <= line.level):
            return False
        if later.kind == "paragraph" and any(unit.text for unit in later.units):
            return True
    return False


def _paragraph(line: Line) -> Traced:
    """A paragraph's units joined; the items of a series get 一是, 二是 when there are two or more."""
    visible = [unit for unit in line.units if unit.text]
    items: dict[str, list[int]] = {}
    for unit in visible:
        name, number = unit.series
        if name and number not in items.setdefault(name, []):
            items[name].append(number)
    said: set[tuple[str, int]] = set()
    parts = []
    for unit in visible:
        name, number = unit.series
        if name and len(items[name]) > 1 and unit.series not in said:
            said.add(unit.series)
            style = name.partition(":")[2]
            parts.append(traced(numeral(style, items[name].index(number) + 1), Source("numbering", style)))
        parts.append(unit.text)
    return join(parts)


def numeral(style: str, number: int) -> str:
    """The ``number``-th mark of a style: 一、 （一） 1. （1） 一是 一要 第一，."""
    return style.replace("一", figures.chinese_count(number)) if "一" in style else style.replace("1", str(number))


# ── head and tail matter ──────────────────────────────────────────────────────────────────────


def _head(
    meeting: Meeting, office: Office, outline: Outline, tree: Mapping[str, Any]
) -> tuple[list[Block], list[Gap]]:
    source = Source("outline", outline.id, outline.location)
    who = join([tree["讲话人"]["职务"], traced("　", source), tree["讲话人"]["姓名"]])
    when = join([traced("（", source), tree["会议"]["年月日"], traced("）", source)])
    lines: list[tuple[Any, Traced]] = [("title", engine.render(outline.title, tree, source))]
    lines += [("byline", who) if name == "讲话人" else ("date", when) for name in office.byline]
    lines.append(("salutation", engine.render(outline.salutation, tree, source)))
    gaps = [
        _gap("blank", piece, meeting) for _, text in lines for piece in text.pieces if piece.source.origin == "blank"
    ]
    return [Block(kind, engine.plain(text), engine.spans(text)) for kind, text in lines], gaps


def _properties(meeting: Meeting, tree: Mapping[str, Any], title: str) -> dict[str, str]:
    return {
        "title": title,
        "subject": meeting.name.value,
        "author": engine.plain(tree["单位"]["名称"]) if tree["单位"]["名称"] else "",
        "created": meeting.day.value.isoformat(),
    }


# ── what the run should say ───────────────────────────────────────────────────────────────────


def _unanswered(tree: Mapping[str, Any]) -> list[str]:
    """Problems that no task answers: each named problem should meet a measure."""
    answered = {topic for task in tree["任务"] for topic in task["话题"]}
    return [
        f"问题「{problem['内容']}」没有一项任务来回应" for problem in tree["问题"]
        if tree["任务"] and problem["话题"] and not set(problem["话题"]) & answered
    ]  # fmt: skip


def _private(meeting: Meeting) -> list[str]:
    names = [figure.name.value for figure in meeting.figures if not figure.public]
    return [f"不公开的数据没有写进稿子：{'、'.join(names)}"] if names else []


def _expired(picks: Picks) -> list[str]:
    return [f"下列语料在会议日期不能用，没有采用：{'、'.join(picks.expired)}"] if picks.expired else []
