"""一会多稿: the several texts of one meeting, each a meeting of its own that knows who else speaks.

A meeting file that lists 讲话 (主持词, 部署, 发言, 讲话, in the order of speaking) becomes one Meeting a text: the
text's own keys over the meeting's (`read`), then the matter shared out (`shared_out`): deputies have the tasks, each
their own; the main leader the situation and the weighty tasks, without how they are done; a unit what is its own; the
chair the agenda. Each text hears what came before it and knows who follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from speechgen import facts, patterns, schema
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields, nearest
from speechgen.model import Location, Meeting, Office, Problem, Report, Setting, Speaker, Task, Text, Topic
from speechgen.schema import SEVERAL, TEXT_KEYS, TEXTS
from speechgen.yamlio import Entry, Node, Scalar, merged, read_yaml, told_together
from speechgen.yamlio import Mapping as Keys
from speechgen.yamlio import Sequence as Nodes

CHAIR, DEPLOYMENT, STATEMENT, MAIN = TEXTS
COMPOSED = (MAIN, DEPLOYMENT, STATEMENT, CHAIR)  # in this order: the weightiest chooses its words first

_OUTLINES = {CHAIR: "zhuchi", DEPLOYMENT: "bushu", STATEMENT: "fayan"}
_AFTER_DEPLOYMENT = "zhujiang"
_OF_THE_MAIN_TEXT = ("分钟", "字数", "提纲", "种子", "选定")  # typed for the meeting, they are the main leader's
_NOT_A_UNITS = ("背景", "依据", "数据", "案例", "风险", "经验", "要求")  # typed for the meeting, no matter of one unit
# What a text is called by those who have heard it, and by the chair who announces it.
_ACTS = {DEPLOYMENT: ("部署", "工作部署"), STATEMENT: ("发言", "发言"), MAIN: ("讲话", "讲话")}
_HEAVY_OF_SEVERAL = 2  # of each deputy's tasks, where there are several deputies
_STEADY = "稳定"  # the kind of task that a 政法委书记 has
_CELLS = patterns.compiled(r"[｜|]")
_IS_POST = patterns.compiled(r"(?:书记|长|主任|经理|主席|总裁|支书|负责人|委员|专员)$")
_LEVEL_BY_ENDING = (
    (patterns.compiled("街道(?:办事处)?$"), "街道"),
    (patterns.compiled("(?:社区|村)$"), "村社区"),
    (patterns.compiled("(?:镇|乡)$"), "乡镇"),
    (patterns.compiled("(?:学|学校|幼儿园)$"), "学校"),
    (patterns.compiled("(?:医院|卫生院)$"), "医院"),
    (patterns.compiled("(?:公司|集团|厂|矿|车间)$"), "企业"),
    (patterns.compiled("(?:局|委|办|部|中心|大队|支队|院|会)$"), "部门"),
    (patterns.compiled("(?:县|旗)$"), "县"),
    (patterns.compiled("区$"), "区"),
    (patterns.compiled("市$"), "市"),
)
_DAY_FIRST = patterns.compiled(r"^(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)?(?:晚|夜里|凌晨)?[，]?)")
_PLACES = ("市", "县", "区", "乡镇", "街道", "村社区")
# What a bureau or a works calls itself: 我局, 我部, 我公司.
_CALLED = patterns.compiled("(?:大队|支队|中心|车间|公司|局|委|办|部|院|会|厂|矿)$")


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def load(path: Path) -> tuple[tuple[Meeting, ...], tuple[str, ...]]:
    """The texts that a meeting file asks for, one where it lists none, and notices on how it was read.

    Raises SpeechgenError with every slip of the file.
    """
    slips: list[Slip] = []
    document = read_yaml(path, schema.MEETING_KEYS, slips)
    found = read(document.root, str(path), slips)
    if slips:
        raise SpeechgenError(*told_together(slips))
    return found, document.notices


def is_several(root: Keys) -> bool:
    """Whether the keys of a meeting list several texts."""
    return bool(_listed(root.get(SEVERAL)))


def labels(root: Keys) -> tuple[str, ...]:
    """What the texts of a meeting are called, in the order in which they are composed; one empty name where it
    lists none."""
    if not is_several(root):
        return ("",)
    entries = [_entry(node, []) for node in _listed(root.get(SEVERAL))]
    found = [(_kind(entry), _label(entry)) for entry in entries if entry]
    return tuple(label for _, label in sorted(found, key=lambda one: _turn(one[0])))


def _turn(kind: str) -> int:
    return COMPOSED.index(kind) if kind in COMPOSED else len(COMPOSED)


def turn(text: Meeting) -> int:
    """When a text is composed among those of its meeting, the lowest first."""
    return _turn(text.setting.kind)


def read(root: Keys, file: str, slips: list[Slip]) -> tuple[Meeting, ...]:
    """The texts that the keys of ``root`` ask for, as typed, not yet shared out; what is wrong goes to ``slips``."""
    if not is_several(root):
        return (schema.read_meeting(_without(root, (SEVERAL,)), file, slips),)
    base = _without(root, (SEVERAL, "讲话人"))
    found: list[Slip] = []
    texts = []
    for node in _listed(root.get(SEVERAL)):
        entry = _entry(node, found)
        if entry is not None:
            texts.append(_text(base, entry, file, found))
    for label, count in Counter(text.setting.label for text in texts).items():
        if count > 1:
            found.append(Slip("same-text", f"「讲话」里有 {count} 条都是「{label}」", texts[0].speaker.post.location,
                              "请写明各是谁讲，或者删去多的。"))  # fmt: skip
    slips += dict.fromkeys(found)  # what is wrong with the meeting is wrong with each of its texts, and told once
    return tuple(texts)


def _listed(node: Node | None) -> tuple[Node, ...]:
    items = node.items if isinstance(node, Nodes) else (node,) if node is not None else ()
    return tuple(item for item in items if not (isinstance(item, Scalar) and not item.text.strip()))


def _without(root: Keys, keys: Iterable[str]) -> Keys:
    return Keys(tuple(entry for entry in root.entries if entry.key.text not in keys), root.location)


def _entry(node: Node, slips: list[Slip]) -> Keys | None:
    """An item of 讲话 as keys, its short form 「部署｜何俊｜10」 too."""
    if isinstance(node, Keys):
        fields = Fields(node, SEVERAL, TEXT_KEYS, slips)
        kind = fields.text("类型", required=True)
        if kind and kind.value not in TEXTS:
            fields.choice("类型", TEXTS)
        if kind and fields.get("讲话人") is None and not (kind.value == STATEMENT and fields.get("单位")):
            fields.slip("missing-key", f"「{kind.value}」没有写讲话人", node.location, "请补上一行「讲话人: …」。")
        if kind and kind.value == STATEMENT and fields.get("单位") is None:
            fields.slip("missing-key", "「发言」没有写是哪个单位的", node.location, "请补上一行「单位: …」。")
        if kind is None or kind.value not in TEXTS:
            return None
        typed = node.get("讲话人")
        if isinstance(typed, Scalar) and typed.text.strip():
            where, words = typed.location, typed.text.split()
            spoken = Entry(Scalar("讲话人", where, True), _speaker(words, where, kind.value))
            return merged(node, Keys((spoken,), node.location))
        return node
    if not isinstance(node, Scalar):
        slips.append(Slip("not-text", "「讲话」里这一条要写成一行，或者分行写各项", node.location,
                          "例如「- 部署｜何俊｜10」。"))  # fmt: skip
        return None
    form, who, minutes, *more = [*(cell.strip() for cell in _CELLS.split(node.text)), "", ""]
    if form not in TEXTS or not who or len(more) > 2:
        slips.append(Slip("bad-text", f"「讲话」里这一条「{node.text.strip()}」看不明白", node.location,
                          f"写成「部署｜何俊｜10」的样子：类型（{'、'.join(TEXTS)}）｜谁讲｜几分钟。"))  # fmt: skip
        return None
    return _in_full(form, who.split(), minutes, node.location)


def _in_full(kind: str, words: list[str], minutes: str, where: Location) -> Keys:
    """The keys that the short form of a text stands for. ``words`` tell who speaks: 何俊; 副县长 赵敏; of a 发言 the
    unit first, 柳河镇 党委书记 周立."""

    def said(key: str, text: str) -> Entry:
        return Entry(Scalar(key, where, True), Scalar(text, where, True))

    entries = [said("类型", kind)]
    if kind == STATEMENT:
        unit, *words = words
        entries.append(said("单位", unit))
    if words:
        entries.append(Entry(Scalar("讲话人", where, True), _speaker(words, where, kind)))
    if minutes:
        entries.append(said("分钟", minutes))
    return Keys(tuple(entries), where)


def _speaker(words: Sequence[str], where: Location, kind: str) -> Node:
    """「何俊」, 「县长」 as typed, the profile tells the rest; 「副县长 赵敏」 as post and name, as also of a 发言."""
    if len(words) == 1 and kind != STATEMENT:
        return Scalar(words[0], where, True)
    post = " ".join(word for word in words if _IS_POST.search(word))
    name = "".join(word for word in words if not _IS_POST.search(word))
    told = (("职务", post), ("姓名", name))
    return Keys(tuple(Entry(Scalar(k, where, True), Scalar(v, where, True)) for k, v in told if v), where)


def _kind(entry: Keys) -> str:
    return _word(entry, "类型")


def _label(entry: Keys) -> str:
    """「部署（何俊）」, by the words that stand in the file."""
    names = (_word(entry, "讲话人", "姓名"), _word(entry, "单位", "名称"), _word(entry, "讲话人", "职务"))
    who = next(filter(None, names if _kind(entry) != STATEMENT else names[1:]), "")
    return f"{_kind(entry)}（{who}）"


def _word(entry: Keys, key: str, below: str = "") -> str:
    node = entry.get(key)
    if isinstance(node, Keys) and below:
        node = node.get(below)
    return node.text.strip() if isinstance(node, Scalar) else ""


def _text(base: Keys, entry: Keys, file: str, slips: list[Slip]) -> Meeting:
    kind = _kind(entry)
    shared = base
    if kind != MAIN:
        shared = _without(shared, _OF_THE_MAIN_TEXT)
    if kind == STATEMENT:
        shared = _without(shared, _NOT_A_UNITS)
    own = _without(entry, ("类型", "单位"))
    unit = _word(entry, "单位", "名称")
    if kind == STATEMENT and unit and own.get("讲话人") is None:  # who will speak is not known yet
        where = entry.location
        own = Keys((*own.entries, Entry(Scalar("讲话人", where, True), Scalar(unit, where, True))), where)
    meeting = schema.read_meeting(merged(shared, _with_named_tasks(own, base, slips)), file, slips)
    typed = tuple(each.key.text for each in own.entries if not _is_empty(each.value))
    office = _office(entry, file, slips) if kind == STATEMENT else None
    speaker = meeting.speaker
    if kind == CHAIR:
        speaker = speaker._replace(role="主持人")
    elif office and office.name:
        speaker = _of_unit(speaker, office.name)
    setting = Setting(kind, _label(entry), typed, office)
    outline = meeting.outline
    if outline is None and kind in _OUTLINES:
        outline = Text(_OUTLINES[kind], "提纲", entry.location)
    return meeting._replace(setting=setting, speaker=speaker, outline=outline)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _of_unit(speaker: Speaker, unit: Text) -> Speaker:
    """「柳河镇党委书记」: the post with the unit that it is in, said once."""
    post, name = speaker.post, unit.value
    if not post.value:
        return speaker._replace(post=unit)
    twice = post.value.startswith(f"{name[-1]}党")  # 柳河镇，镇党委书记
    short = post.value[1:] if twice else post.value
    whole = post.value if name in post.value else name + short
    return speaker._replace(post=post._replace(value=whole))


def _office(entry: Keys, file: str, slips: list[Slip]) -> Office | None:
    """The unit whose 发言 it is, as a profile would describe it."""
    node = entry.get("单位")
    if isinstance(node, Scalar):
        name = Entry(Scalar("名称", node.location, True), node)
        node = Keys((name,), node.location)
    if not isinstance(node, Keys):
        return None
    office = schema.read_office(Keys((Entry(Scalar("单位", node.location, True), node),), node.location), file, slips)
    if office.level or office.name is None:
        return office
    level = next((lv for ending, lv in _LEVEL_BY_ENDING if ending.search(office.name.value)), "")
    called = _CALLED.search(office.name.value)
    if called and level in ("部门", "企业") and "自称" not in office.terms:
        terms = {**office.terms, "自称": office.name._replace(value=f"我{called[0]}")}
        return office._replace(level=level, terms=terms)
    return office._replace(level=level)


def _with_named_tasks(entry: Keys, base: Keys, slips: list[Slip]) -> Keys:
    """The entry with each task of which it says but the topic (任务: [欠薪, 燃气]) as the meeting has it."""
    known = {_topic(node): node for node in _listed(base.get("任务"))}
    node = entry.get("任务")
    if node is None or not known:
        return entry

    def found(item: Node) -> Node:
        if not isinstance(item, Scalar) or _CELLS.search(item.text):
            return item
        name = item.text.strip()
        if name not in known:
            remedy = f"{nearest(name, known)}这一篇自己的任务，请写成「主题｜办成什么｜牵头｜时限」。"
            slips.append(Slip("no-such-task", f"会议的任务里没有「{name}」", item.location, remedy))
        return known.get(name, item)

    listed = Nodes(tuple(found(item) for item in _listed(node)), node.location)
    return merged(entry, Keys((Entry(Scalar("任务", node.location, True), listed),), entry.location))


def _topic(node: Node) -> str:
    if isinstance(node, Keys):
        return _word(node, "主题")
    return _CELLS.split(node.text)[0].strip() if isinstance(node, Scalar) else ""


# ── sharing out ───────────────────────────────────────────────────────────────────────────────


def office_of(text: Meeting, office: Office) -> Office:
    """The office that a text speaks for: a 发言 for its unit, within the place and on the page of the meeting's."""
    own = text.setting.office
    if own is None:
        return office
    region = own.region or (own.name if own.level in _PLACES else office.region)
    return own._replace(file=office.file, region=region, layout=office.layout, byline=office.byline,
                        days_off=office.days_off)  # fmt: skip


def shared_out(texts: Sequence[Meeting], office: Office, topics: Mapping[str, Topic]) -> tuple[Meeting, ...]:
    """The texts of a meeting, each with its speaker, its agenda and its share of the matter, in the order given.

    Raises SpeechgenError for speakers that the profile does not tell apart.
    """
    if not texts or not texts[0].setting.kind:
        return tuple(texts)
    speakers = _speakers(texts, office)
    order = _order(texts, speakers)
    tasks = _tasks(texts, speakers, topics)
    last = next((at for at in reversed(order) if isinstance(at, int) and texts[at].setting.kind == MAIN), None)
    main = speakers[last] if isinstance(last, int) else _main_of(order, office)
    done = []
    for number, (text, speaker) in enumerate(zip(texts, speakers, strict=True)):
        kind = text.setting.kind
        heard = order if kind == CHAIR else order[: order.index(number)]
        deployed = [speakers[at] for at in heard if isinstance(at, int) and texts[at].setting.kind == DEPLOYMENT]
        others = main if number != last and (kind == CHAIR or _follows(order, number, last)) else None
        setting = text.setting._replace(deployed=tuple(deployed) if kind == MAIN else (), main=others)
        outline = text.outline
        if kind == MAIN and deployed and "提纲" not in setting.own:
            outline = Text(_AFTER_DEPLOYMENT, "提纲", text.speaker.post.location)
        shared = text._replace(
            speaker=speaker, setting=setting, outline=outline, tasks=tasks[number],
            agenda=tuple(_announced(at, texts, speakers, kind == CHAIR) for at in heard if not _is_own(at, text)),
        )  # fmt: skip
        if kind == STATEMENT:
            shared = _of_its_own(shared)
        if kind == CHAIR and "要求" not in setting.own:  # the main leader says them
            shared = shared._replace(further_demands=())
        done.append(shared)
    return tuple(done)


def _speakers(texts: Sequence[Meeting], office: Office) -> list[Speaker]:
    slips: list[Slip] = []
    found = []
    for text in texts:
        try:
            found.append(schema.speaker_of(text, office_of(text, office)))
        except SpeechgenError as error:
            slips += error.slips
    if slips:
        raise SpeechgenError(*slips)
    return found


def _order(texts: Sequence[Meeting], speakers: Sequence[Speaker]) -> list[Report | int]:
    """The whole agenda, each text's turn by its number: where the agenda itself names it, else before the next text
    that it names, else at the end. The chair has no turn."""
    order: list[Report | int] = list(texts[0].agenda)
    for number, (text, speaker) in enumerate(zip(texts, speakers, strict=True)):
        found = (at for at, one in enumerate(order) if isinstance(one, Report) and _is_turn(one, text, speaker))
        place = next(found, None)
        if place is not None and text.setting.kind != CHAIR:
            order[place] = number
    for number in reversed(range(len(texts))):
        if number not in order and texts[number].setting.kind != CHAIR:
            following = [order.index(other) for other in range(number + 1, len(texts)) if other in order]
            order.insert(min(following, default=len(order)), number)
    return order


def _is_turn(report: Report, text: Meeting, speaker: Speaker) -> bool:
    """Whether an item of the agenda is this text's turn."""
    if report.person and speaker.name:
        return report.person.value == speaker.name.value
    own = text.setting.office
    return bool(own and own.name and own.name.value == report.unit.value and "发言" in report.act.value)


def _is_own(turn: Report | int, text: Meeting) -> bool:
    """Whether a unit has another turn beside its 发言, of which it does not speak as of somebody else's."""
    return isinstance(turn, Report) and _is_unit(text, turn.unit)


def _main_of(order: Sequence[Report | int], office: Office) -> Speaker | None:
    """The main leader whose speech the agenda names, where no text is it."""
    spoken = [one for one in order if isinstance(one, Report) and one.person and one.act.value.endswith("讲话")]
    if not spoken or spoken[-1].person is None:
        return None
    name = spoken[-1].person
    known = next((leader for leader in office.leaders if leader.name.value == name.value), None)
    return Speaker(known.post if known else spoken[-1].unit, name)


def _follows(order: Sequence[Report | int], number: int, last: int | None) -> bool:
    return last is None or order.index(number) < order.index(last)


def _announced(turn: Report | int, texts: Sequence[Meeting], speakers: Sequence[Speaker], by_chair: bool) -> Report:
    """A turn as an item of the agenda, as the chair announces it or those after it have heard it."""
    if isinstance(turn, Report):
        return turn
    text, speaker = texts[turn], speakers[turn]
    own, act = text.setting.office, Text(_ACTS[text.setting.kind][by_chair], SEVERAL, speaker.post.location)
    if own and own.name and not by_chair:
        return Report(own.name, act)
    return Report(speaker.post, act, speaker.name, leader=True)


def _tasks(
    texts: Sequence[Meeting], speakers: Sequence[Speaker], topics: Mapping[str, Topic]
) -> list[tuple[Task, ...]]:
    """Each text's tasks: those typed for it; of the others a deputy has his share, a unit what it leads."""
    whole = next((text.tasks for text in texts if "任务" not in text.setting.own and text.setting.kind != STATEMENT),
                 max((text.tasks for text in texts), key=len))  # fmt: skip
    deputies = [n for n, text in enumerate(texts) if text.setting.kind == DEPLOYMENT]
    free = [n for n in deputies if "任务" not in texts[n].setting.own]
    named = {task.topic.value for n in deputies if n not in free for task in texts[n].tasks}
    shares = _shares([task for task in whole if task.topic.value not in named], free, speakers, topics)
    found = []
    for number, text in enumerate(texts):
        if number in shares:
            found.append(shares[number] if len(deputies) < 2 else _weighed(shares[number]))
        elif text.setting.kind == STATEMENT and "任务" not in text.setting.own:
            found.append(tuple(task for task in whole if _leads(text, task)))
        else:
            found.append(text.tasks)
    return found


def _shares(
    tasks: Sequence[Task], free: Sequence[int], speakers: Sequence[Speaker], topics: Mapping[str, Topic]
) -> dict[int, tuple[Task, ...]]:
    """The tasks that nobody was named for: a 政法委书记 has those of stability, the others have the rest in turn, as
    many each as can be."""
    steady = next((n for n in free if speakers[n].role == "政法委书记" and len(free) > 1), None)
    shares: dict[int, tuple[Task, ...]] = {}
    rest = list(tasks)
    if steady is not None:
        shares[steady] = tuple(task for task in rest if _kind_of(task, topics) == _STEADY)
        rest = [task for task in rest if task not in shares[steady]]
    others = [n for n in free if n != steady]
    for at, number in enumerate(others):
        shares[number] = tuple(rest[at * len(rest) // len(others) : (at + 1) * len(rest) // len(others)])
    return shares


def _kind_of(task: Task, topics: Mapping[str, Topic]) -> str:
    return facts.kind_of(topics, *filter(None, (task.topic, task.goal)))


def _weighed(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """A deputy's own weighty tasks, unless the file says the weights."""
    if any(task.weighed for task in tasks):
        return tasks
    return tuple(task._replace(weight="细讲" if at < _HEAVY_OF_SEVERAL else "点到") for at, task in enumerate(tasks))


def _leads(text: Meeting, task: Task) -> bool:
    return any(_is_unit(text, lead) for lead in task.leads)


def _is_unit(text: Meeting, typed: Text) -> bool:
    """Whether typed words name the unit whose 发言 it is, or a part of that place (陶岭县卫健局)."""
    own = text.setting.office
    if own is None or own.name is None:
        return False
    part = own.level in _PLACES and typed.value.startswith(own.name.value)
    return part or own.name.value == typed.value


def _of_its_own(text: Meeting) -> Meeting:
    """A unit's text with its own problems alone, and its tasks as it would tell them."""
    problems = text.problems
    if "问题" not in text.setting.own:
        problems = tuple(own for problem in problems if (own := _own_problem(text, problem)))
    if "案例" not in text.setting.own:
        problems = tuple(problem for problem in problems if not problem.case)
    tasks = tuple(task._replace(weight="点到", beside=_beside(text, task)) for task in text.tasks)
    if "任务" not in text.setting.own:  # how it is done, the deputy says for all who lead it
        tasks = tuple(task._replace(steps=()) for task in tasks)
    return text._replace(problems=problems, tasks=tasks)


def _beside(text: Meeting, task: Task) -> tuple[Text, ...]:
    """Who else leads a task that the unit leads."""
    return tuple(lead for lead in task.leads if not _is_unit(text, lead)) if _leads(text, task) else ()


def _own_problem(text: Meeting, problem: Problem) -> Problem | None:
    """What a problem says of the unit; None where it is none of its own, or not to be named."""
    if problem.withheld:
        return None
    own = tuple(subject for subject in problem.subjects if subject.unit and _is_unit(text, subject.unit))
    if own:
        return problem._replace(subjects=own) if problem.named else None
    name = text.setting.office.name if text.setting.office else None
    alone = name and not problem.subjects and _DAY_FIRST.sub("", problem.text.value).startswith(name.value)
    return problem if alone and "、" not in problem.text.value.partition("，")[0] else None


def notices(texts: Sequence[Meeting]) -> tuple[str, ...]:
    """What is unusual in how a meeting is shared out among its texts."""
    if not texts or not texts[0].setting.kind:
        return ()
    told = []
    mains = [text for text in texts if text.setting.kind == MAIN]
    if len(mains) > 1:
        told.append("有两篇「讲话」：一个会一般只有一位主要领导讲话，其他领导的写成「部署」")
    longest = max((text.minutes or 0 for text in mains), default=0)
    for text in texts:
        if longest and text.setting.kind in (DEPLOYMENT, STATEMENT) and (text.minutes or 0) > longest:
            told.append(f"{text.setting.label} {text.minutes} 分钟，比主要领导的 {longest} 分钟还长")
    deputies = [text for text in texts if text.setting.kind == DEPLOYMENT]
    if deputies and mains:
        spoken = {task.topic.value for text in deputies for task in text.tasks}
        left = [task.topic.value for task in mains[-1].tasks if task.topic.value not in spoken]
        if left:
            told.append(f"没有人部署的任务：{'、'.join(left)}；请写进哪一篇「部署」的「任务」里")
    for text in texts:
        if text.setting.kind == STATEMENT:
            told += _to_supply(text, texts)
    return tuple(told)


def _to_supply(text: Meeting, texts: Sequence[Meeting]) -> Iterator[str]:
    """What only the unit itself can say in its 发言."""
    label, own = text.setting.label, text.setting.own
    if not text.tasks and "任务" not in own:
        yield f"{label}：会议文件里没有由这个单位牵头的任务，请在这一篇下面写「任务」"
    shared = [task.topic.value for task in text.tasks if task.beside]
    if shared:
        named = "」「".join(shared)
        yield f"{label}：「{named}」是几家牵头的，只说了名称和时限；本单位那一份，请在这一篇下面写「任务」"
    name = text.setting.office.name if text.setting.office else None
    if name is None or "问题" in own:
        return
    whole = max((other.problems for other in texts), key=len)
    known = {problem.text for problem in text.problems}
    for problem in whole:
        if name.value in problem.text.value and problem.text not in known and not (problem.withheld or problem.case):
            yield f"{label}：问题「{problem.text.value}」也说到这个单位；要在发言里认领，请在这一篇下面写「问题」"


def text_called(texts: Sequence[Meeting], office: Office, file_name: str) -> Meeting:
    """The text that a file is named after, else the main leader's; all who speak are of its agenda. Raises as
    `shared_out` does."""
    shared = shared_out(texts, office, {})
    found = next((text for text in shared if text.setting.label and text.setting.label in file_name), None)
    found = found or next((text for text in reversed(shared) if text.setting.kind == MAIN), shared[-1])
    spoken = (report for text in shared for report in text.agenda)
    own = (Report(text.speaker.post, Text(text.setting.kind, SEVERAL, text.speaker.post.location), text.speaker.name)
           for text in shared if text.setting.kind)  # fmt: skip
    return found._replace(agenda=tuple(dict.fromkeys((*spoken, *own))))
