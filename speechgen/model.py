"""The plain data every step hands to the next: frozen records, nothing else.

``load → compose → check → write``: `Meeting` and `Office` are what the files say, `Outline` and
`Phrase` what the content says, `Draft` the speech, `Finding` what the check has to say of it.

Records are named tuples, which take a fraction of a dataclass's time to define and to make: each run of a command
defines all and makes thousands.
"""

from __future__ import annotations

# ruff: noqa: RUF012 - no record is ever changed, so its empty dict need not be its own
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

# ── where something stands ────────────────────────────────────────────────────────────────────


class Location(NamedTuple):
    """A place in a file. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0


class Text(NamedTuple):
    """Words that somebody typed: what, under which key, and where."""

    value: str
    key: str
    location: Location


# ── the meeting file ──────────────────────────────────────────────────────────────────────────


class Quantity(NamedTuple):
    """A figure with its unit: ``7起`` is (7, 起, "7起"). ``text`` is as typed."""

    value: Decimal
    unit: str
    text: str


class Reading(NamedTuple):
    """A value and what it is measured against; ``also`` is the second of a pair (12批次86人次)."""

    now: Quantity
    before: Quantity | None = None
    total: Quantity | None = None
    target: Quantity | None = None
    also: Reading | None = None


class Figure(NamedTuple):
    """One line of 数据: a named figure as it was typed (``text``) and as it is read."""

    name: Text
    text: Text
    reading: Reading
    scope: Text | None = None
    source: Text | None = None
    standing: Text | None = None  # 预计 / 核定
    public: bool = True


class Day(NamedTuple):
    """A date that was typed (``12月31日``), with the year that it falls in."""

    value: date
    text: Text


class Report(NamedTuple):
    """One item of 议程: which unit (and person) does what before the leader speaks. Of a ``leader`` with a speech of
    their own the unit is the post."""

    unit: Text
    act: Text
    person: Text | None = None
    leader: bool = False


class Basis(NamedTuple):
    """One line of 依据: the superior's meeting or document, and what it presses."""

    name: Text
    day: Day | None = None
    points: tuple[Text, ...] = ()


class Subject(NamedTuple):
    """A place or body that a problem was found at, and who answers for it."""

    name: Text
    unit: Text | None = None


class Problem(NamedTuple):
    """One line of 问题. With ``subjects`` the text is their label (逾期未销号隐患)."""

    text: Text
    subjects: tuple[Subject, ...] = ()
    named: bool = False
    withheld: bool = False  # 不点名 was typed, not merely 点名 left out
    case: bool = False


Weight = Literal["细讲", "点到", "见方案"]


class Task(NamedTuple):
    """One line of 任务: what is to be brought about, who leads it, by when."""

    topic: Text
    goal: Text | None = None
    leads: tuple[Text, ...] = ()
    deadline: Text | None = None
    due: date | None = None
    weight: Weight = "点到"
    steps: tuple[Text, ...] = ()
    basis: Text | None = None
    weighed: bool = False  # whether the file itself says the weights
    beside: tuple[Text, ...] = ()  # in a unit's own 发言: who leads it with the unit


class Speaker(NamedTuple):
    """Who speaks; what the meeting file leaves out comes from the office profile."""

    post: Text
    name: Text | None = None
    role: str = ""
    pace: int = 0  # characters a minute; 0 = not said


class Setting(NamedTuple):
    """Where a text stands among the several of one meeting (讲话); empty for the only speech of a meeting.

    ``own`` are the keys that are typed for this text alone. A 发言 is its unit's: ``office``.
    """

    kind: str = ""  # 主持词, 部署, 发言, 讲话
    label: str = ""  # what tells the text from the others: 部署（何俊）
    own: tuple[str, ...] = ()
    office: Office | None = None
    deployed: tuple[Speaker, ...] = ()  # who has told the tasks before
    main: Speaker | None = None  # the main leader, in the texts of the others


class Meeting(NamedTuple):
    """Everything that a speech may claim."""

    file: str
    name: Text
    day: Day
    speaker: Speaker
    occasion: Text | None = None
    place: Text | None = None
    audience: tuple[Text, ...] = ()
    agenda: tuple[Report, ...] = ()
    background: tuple[Text, ...] = ()
    bases: tuple[Basis, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    risks: tuple[Text, ...] = ()
    lessons: tuple[Text, ...] = ()  # 经验: what was done that worked
    tasks: tuple[Task, ...] = ()
    demands: dict[str, Text] = {}  # 要求: 值班电话, 报送…
    further_demands: tuple[Text, ...] = ()
    minutes: int | None = None
    characters: int | None = None
    outline: Text | None = None
    layout: Text | None = None
    seed: str | None = None
    pins: dict[str, Text] = {}  # 选定: slot → phrase id
    key_lines: dict[str, int] = {}  # where each key stands, to say where to add
    unfilled: tuple[str, ...] = ()  # keys that stand in the file with nothing after them
    setting: Setting = Setting()


# ── the office profile ────────────────────────────────────────────────────────────────────────


class Leader(NamedTuple):
    """A leader as 单位.yaml lists them, in rank order."""

    name: Text
    post: Text
    role: str = ""
    pace: int = 0


class DaysOff(NamedTuple):
    """The days off for a festival (``first`` to ``last``), and the weekend days ``worked`` for them, as announced.
    ``festivals`` are two where they share them (国庆、中秋)."""

    festivals: tuple[str, ...]
    first: date
    last: date
    worked: tuple[date, ...]
    source: str
    location: Location


class Office(NamedTuple):
    """An office as its 单位.yaml (and for the days off its 调休.yaml) describes it; every field may be empty in the
    neutral one."""

    file: str = ""
    name: Text | None = None
    region: Text | None = None
    level: str = ""  # 县, 乡镇, 企业 …
    terms: dict[str, Text] = {}  # 自称, 全境, 党政, 下级 …
    departments: dict[str, Text] = {}  # 信访 → 县信访局
    leaders: tuple[Leader, ...] = ()
    salutation: Text | None = None
    layout: Text | None = None
    byline: tuple[str, ...] = ("讲话人", "日期")
    key_lines: dict[str, int] = {}
    days_off: tuple[DaysOff, ...] = ()


# ── content ───────────────────────────────────────────────────────────────────────────────────


class Season(NamedTuple):
    """What usually goes wrong at the time of an occasion: words that a secretary may take into 风险."""

    occasion: str
    risks: tuple[str, ...]
    location: Location


class Topic(NamedTuple):
    """What a task, problem, risk or figure can be about, and the words that tell it.

    A situation holds when of each of its word groups at least one word occurs.
    """

    name: str
    words: tuple[str, ...]
    situations: dict[str, tuple[tuple[str, ...], ...]] = {}
    lead: str = ""  # who usually leads: a suggestion to the secretary, never put into a text
    kind: str = ""  # 话题类: 安全, 稳定, 民生 …


class Slot(NamedTuple):
    """A function that phrases serve (形势.问题), and what each of its phrases must hold.

    ``item`` is the kind of matter it speaks of. ``statement`` names the sentence that states its facts:
    it comes first, unless a phrase itself says where; ``told``: the outline has stated the matter before the slot.
    """

    name: str
    kind: str
    item: str = ""
    statement: str = ""
    told: bool = False


class Phrase(NamedTuple):
    """A sentence or a move (two to eight sentences written as one unit) of the bank."""

    id: str
    text: tuple[str, ...]
    slot: str
    location: Location
    topics: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # 有词: one of them must stand in what was typed of the matter
    occasions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    when: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    replaced_by: str = ""
    basis: tuple[str, ...] = ()

    @property
    def label(self) -> tuple[str, ...]:
        """Slot and topics: phrases that have these in common are kept together (`cache.Shelf`)."""
        return (self.slot, *self.topics)


class HeadingSet(NamedTuple):
    """Parallel headings chosen together: the key is a part, a slot or a topic."""

    id: str
    slot: str
    headings: dict[str, str]
    location: Location
    topics: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    outlines: tuple[str, ...] = ()


class Wording(NamedTuple):
    """提法: an exact text, quoted whole or not at all."""

    id: str
    text: str
    source: str
    location: Location
    valid_from: date | None = None
    valid_until: date | None = None
    looked_up: str = ""
    confirmed_by: str = ""


class Statute(NamedTuple):
    """A law or rule by its full title, with the day its present text took effect."""

    id: str
    title: str
    effective: date
    location: Location
    until: date | None = None
    replaced_by: str = ""
    looked_up: str = ""


HEADING_SET = "标题组"  # 小标题 or 要点 written so takes its words from a heading set
GATHERED = "{{ 归并 }}"  # the sentence before tasks that are told together; its words are worked out

StepKind = Literal["sentence", "take", "paragraph", "each", "point", "group"]


class Step(NamedTuple):
    """One step of an outline. ``text`` is a sentence, a slot, a list's name or a heading."""

    kind: StepKind
    text: str
    location: Location
    steps: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    when: str = ""
    only: str = ""  # 其中: of a list, the items of this weight
    kinds: tuple[str, ...] = ()  # 类: of a list, the items whose topic is of one of these kinds (安全, 稳定 …)
    gather: str = ""  # 归并: tasks told in groups of one kind (类) or of one month (时限)
    key: str = ""  # which heading of the set
    numbering: str = ""  # 序号 of the items inside a paragraph
    optional: int = 0  # 可省: the higher, the sooner it is hidden; 0 = never
    terse: int = 0  # 可简: the same, for keeping the facts of a move and hiding its argument
    most: int = 0  # 至多: of a slot, how many items are argued; the others only state their facts
    together: bool = False  # 同进退: of a list, all items are said or none
    required: bool = False  # 必说: said with a blank where a fact is missing
    run_in: bool = False  # 连写: the heading runs into its paragraph


class Part(NamedTuple):
    """A part of a speech: its kind is 形势, 措施, 领导 or 其他. One without a heading has none in the text either."""

    kind: str
    heading: str
    steps: tuple[Step, ...]
    location: Location
    key: str = ""  # which heading of the set; empty: that of its kind


class Outline(NamedTuple):
    """What is said in which order; ``shortest`` and ``longest`` are characters it can honestly fill."""

    id: str
    name: str
    location: Location
    title: str
    salutation: str
    opening: tuple[Step, ...]
    parts: tuple[Part, ...]
    closing: tuple[Step, ...]
    occasions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    numbering: tuple[str, ...] = ("一、", "（一）", "1.", "（1）")
    levels: tuple[str, ...] = ()  # 层级: taken by itself only there
    shortest: int = 800
    longest: int = 6000
    copied_from: str = ""

    @property
    def label(self) -> Outline:
        """All that an outline is chosen by: it without its steps (`cache.Shelf`)."""
        return self._replace(opening=(), parts=(), closing=())


# ── the speech ────────────────────────────────────────────────────────────────────────────────

Origin = Literal[
    "outline", "phrase", "wording", "field", "computed", "table", "calendar", "statute",
    "numbering", "blank", "source",
]  # fmt: skip


class Source(NamedTuple):
    """What a stretch of text rests on: a phrase id, a meeting key, a computation."""

    origin: Origin
    name: str
    location: Location | None = None


class Span(NamedTuple):
    """``text[start:end]`` of a block (code points) and where it comes from.

    ``via`` is the chain around it, outermost first: a field inside a phrase inside an outline.
    """

    start: int
    end: int
    source: Source
    via: tuple[Source, ...] = ()


BlockKind = Literal["title", "byline", "date", "salutation", "heading", "paragraph"]


class Block(NamedTuple):
    """One Word paragraph. ``level`` is a heading's (1–4); the first ``lead`` characters of a
    paragraph are its lead sentence (段首主题句), set like a heading of ``level``."""

    kind: BlockKind
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    lead: int = 0


class Face(NamedTuple):
    """The type that a stretch of a Word file is set in; "" = the file does not say."""

    font: str = ""  # of Han characters
    latin: str = ""  # of letters and digits
    quotes: str = ""  # of “ ” ‘ ’, which Word sets as Western characters unless told otherwise
    size: float = 0.0  # points
    bold: bool = False


class Stretch(NamedTuple):
    """``text[start:end]`` of a block, all in one face."""

    start: int
    end: int
    face: Face


class Look(NamedTuple):
    """How a paragraph of a Word file is set. ``face`` is that of most of its characters, ``stretches`` say it in full.
    Indents and spacing are twentieths of a point; "" or 0 = the file does not say."""

    face: Face = Face()
    align: str = ""  # left, center, right, both
    first_line: int = 0  # negative: hanging
    line: int = 0  # of line_rule auto: 240ths of a line
    line_rule: str = ""  # exact, atLeast, auto
    stretches: tuple[Stretch, ...] = ()
    in_table: bool = False


class Page(NamedTuple):
    """The page of a Word file as read: distances in twentieths of a point (0 = not said), ``looks`` a block each."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    looks: tuple[Look, ...]
    grid: int = 0  # height of a line of the page's grid, 0 when there is none
    number: Look | None = None  # of the page number, None when there is none
    number_text: str = ""  # how it is written: "— 1 —", "1"
    mirrored: bool = False  # it stands on the outer side of odd and even pages
    odd_only: bool = False  # even pages have none


class Gap(NamedTuple):
    """A fact that was missing: a blank left in the text, or a sentence left out for it."""

    kind: Literal["blank", "omission"]
    key: str
    what: str
    location: Location


class Draft(NamedTuple):
    """A whole speech, and what was learned while making it."""

    blocks: tuple[Block, ...]
    title: str = ""
    properties: dict[str, str] = {}
    gaps: tuple[Gap, ...] = ()
    picks: dict[str, str] = {}
    notices: tuple[str, ...] = ()
    page: Page | None = None  # of a speech that was read from a Word file

    @property
    def characters(self) -> int:
        """Characters spoken aloud: everything but title, byline and date, without white space."""
        spoken = (b.text for b in self.blocks if b.kind in ("salutation", "heading", "paragraph"))
        return sum(len("".join(text.split())) for text in spoken)


# ── the check ─────────────────────────────────────────────────────────────────────────────────


Severity = Literal["error", "warning", "hint"]


class Finding(NamedTuple):
    """Something the check found at ``draft.blocks[block].text[start:end]``.

    ``values`` are what the rule's message names. ``suggestion`` is what should stand there instead, where that
    is known; ``safe`` says that putting it there can never be wrong.
    """

    rule: str
    severity: Severity
    block: int
    start: int
    end: int
    values: dict[str, str] = {}
    source: Source | None = None
    suggestion: str = ""
    safe: bool = False
