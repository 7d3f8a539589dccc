"""批量: the speeches of a whole roster in one run, which can be stopped, mended and run again without losing a word.

1. What is new or changed since the last run is found by a hash of all that a speech is made from.
2. For each of these the choices of its slots are worked out, in processes, and allotted here, one speech after the
   other in the order of their keys, so that sisters say different things. What was allotted goes into the record
   before anything is written, and a recorded speech keeps it: the result depends neither on the number of processes
   nor on where a run was interrupted.
3. The speeches are composed, checked and rendered in processes and written here, under the folder's lock.
4. The review sheet is made from the record, for the speeches of this run and those that stayed.

Executors are those of `concurrent.futures`; any other of that shape serves.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import ExitStack, suppress
from functools import lru_cache
from heapq import nlargest
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from speechgen import (
    __version__,
    compose,
    content,
    daysoff,
    files,
    findings,
    ledger,
    likeness,
    overview,
    phrases,
    roster,
    schema,
    several,
)
from speechgen.draft import NO_PROFILE, Beside, Means, made_of, means_of, name_of, rendered
from speechgen.errors import Slip, SpeechgenError
from speechgen.inforce import PROFILE
from speechgen.model import Draft, Finding, Location, Meeting, Office
from speechgen.overview import Overview, Pair, Speech
from speechgen.phrases import Offer, Wishes, sentence_key
from speechgen.roster import Roster, Row
from speechgen.yamlio import Mapping as Keys
from speechgen.yamlio import merged, plain, read_yaml

T = TypeVar("T")
R = TypeVar("R")

LEDGER = "台账.jsonl"
OVERVIEW = "审阅表"
SISTERS = 300  # how many speeches before it one is kept apart from
_AHEAD = 4  # tasks handed out for each process beyond those at work, so that none waits
_SETTLED = 64  # outputs between two times that names are seen onto the disk
_OFFERS = 24  # of a slot, as many as a speech can have slots of one kind, and some to choose from
_ASKED = ("会议", "会议.名称", "会议.日期", "讲话人", "单位", "单位.名称")  # what every speech must have
_TOLD = 20  # pairs of speeches most alike
_MANY = 50  # times as many are gathered before the most alike are sorted out
_LONGEST = 400  # characters of a finding or blank in the record


# ── what is asked for ─────────────────────────────────────────────────────────────────────────


class Order(NamedTuple):
    """A run: the roster, the folder for the speeches, and what is given beside. ``anew`` picks all sentences again."""

    roster: Roster
    folder: Path
    extra: Path | None = None
    ledger: Path | None = None  # by default in the folder
    form: str = "docx"
    anew: bool = False
    cache_folder: Path | None = None

    @property
    def ledger_file(self) -> Path:
        return self.ledger or self.folder / LEDGER


class Piece(NamedTuple):
    """A text of the roster: a row's only one, or the one called ``label`` of the several of its meeting."""

    key: str
    row: Row
    label: str = ""


class Task(NamedTuple):
    """One speech to be made, as it is handed to a process."""

    key: str
    meeting: Keys
    office: Keys | None  # None: there is no profile and the row says nothing of the office
    place: Location  # of the row
    folder: Path  # that content, profile and rules are looked for from
    extra: Path | None
    cache_folder: Path | None
    form: str
    label: str = ""  # which text, where the meeting has several
    wishes: Wishes = Wishes()
    before: Path | None = None  # the output of an earlier run, to tell what changed


class Choices(NamedTuple):
    """What a process found out of a speech before it is composed."""

    key: str
    speech: ledger.Speech
    name: str  # of its file, without ending
    offers: dict[str, list[Offer]]
    pinned: tuple[str, ...]  # slots that are not to fall silent


class Product(NamedTuple):
    """A speech made, not yet written."""

    key: str
    data: bytes
    content: str
    seed: str
    picks: dict[str, str]
    review: dict[str, Any]


class Failure(NamedTuple):
    """Why a row gave no speech."""

    key: str
    slips: tuple[Slip, ...]


class Progress(NamedTuple):
    """How far a run is: ``stage`` 排句 or 写稿, ``done`` of ``total`` of it."""

    stage: str
    done: int
    total: int


class Outcome(NamedTuple):
    """One speech after the run: its ``state`` (新写、重写、没有变…) and where it went."""

    key: str
    state: str
    written: files.Written | None = None


class Ran(NamedTuple):
    """What a run did: the ``outcomes`` by speech, the review sheet's matter and its ``sheets``."""

    outcomes: tuple[Outcome, ...]
    overview: Overview
    sheets: tuple[files.Written, ...] = ()

    @property
    def failed(self) -> tuple[Slip, ...]:
        """Why rows gave no speech."""
        return self.overview.failed

    @property
    def to_look_at(self) -> bool:
        """Whether anything is left to fill or to look at."""
        beside = any(outcome.written and outcome.written.beside for outcome in self.outcomes)
        found = any(speech.blanks or speech.errors or speech.warnings for speech in self.overview.speeches)
        return bool(self.failed or beside or found)


# ── in a process ──────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4)
def _means(folder: Path, extra: Path | None, cache_folder: Path | None) -> Means:
    found = means_of(folder, Beside(extra), cache_folder)
    gc.freeze()  # the content stays to the end: not to look through it for garbage again and again saves a quarter
    return found


def _read(task: Task) -> tuple[Meeting, Office, list[str]]:
    """The meeting and the office of a task, and notices. Raises SpeechgenError with every slip."""
    slips: list[Slip] = []
    texts = several.read(task.meeting, task.place.file, slips)
    office, notices = Office(), [NO_PROFILE]
    if task.office is not None:
        office, notices = schema.read_office(task.office, task.place.file, slips), []
        office = office._replace(key_lines=dict.fromkeys(office.key_lines, task.place.line))
    if slips:
        raise SpeechgenError(*(_of_row(slip, task.place) for slip in slips))
    means = _means(task.folder, task.extra, task.cache_folder)
    office = office._replace(days_off=means.days_off)
    shared = several.shared_out(texts, office, means.content.topics)
    meeting = next(text for text in shared if text.setting.label == task.label)
    if meeting.setting.kind == several.MAIN:
        notices += several.notices(shared)
    meeting = meeting._replace(key_lines=dict.fromkeys(meeting.key_lines, task.place.line))
    return meeting, several.office_of(meeting, office), notices


def _of_row(slip: Slip, place: Location) -> Slip:
    """What neither the row nor what all rows share says is missing in the row."""
    lacks = slip.code == "missing-key" and any(f"「{key}」" in slip.message for key in _ASKED)
    return slip._replace(location=place) if lacks else slip


def choose(task: Task) -> Choices | Failure:
    """What the slots of a speech could say."""
    return _told_of(task, _choose)


def _choose(task: Task) -> Choices:
    meeting, office, _ = _read(task)
    library = _means(task.folder, task.extra, task.cache_folder).content
    speech = compose.identity(meeting, office, library)
    found = compose.offered(meeting, office, library, task.wishes)
    offers = {path: list(islice(some, _OFFERS)) for path, some in found.items()}
    name = " ".join(filter(None, (speech.unit, name_of(meeting))))
    return Choices(task.key, speech, name, offers, tuple(meeting.pins))


def produce(task: Task) -> Product | Failure:
    """A speech, composed, checked and rendered."""
    return _told_of(task, _produce)


def _produce(task: Task) -> Product:
    meeting, office, notices = _read(task)
    means = _means(task.folder, task.extra, task.cache_folder)
    made = made_of(meeting, office, means, task.wishes)

    def told(severity: str) -> list[str]:
        def words(found: Finding) -> str:
            around, rule = findings.around(found, made.draft), made.rulebook.rules[found.rule]
            return f"{around} {findings.message(found, rule, made.draft)}"[:_LONGEST]

        return [words(found) for found in made.findings if found.severity == severity]

    review = {
        "单位": office.name.value if office.name else "",
        "字数": made.draft.characters,
        "要求": compose.ceiling(meeting, made.speaker),
        "分钟": round(made.minutes, 1),
        "页数": made.pages,
        "待补充": [gap.what[:_LONGEST] for gap in made.draft.gaps if gap.kind == "blank"],
        "省去": sum(gap.kind == "omission" for gap in made.draft.gaps),
        "错误": told("error"),
        "警告": told("warning"),
        "提示": len(told("hint")),
        "提醒": [*notices, *made.notices],
        "论": list(likeness.argued(made.draft, means.content)),
        "用": sorted(ledger.said(made.draft)),
    }
    if task.before is not None and (changed := _changed(task.before, made.draft)):
        review["改动"] = changed
    data = rendered(made, task.form)
    seed = meeting.seed or ""
    return Product(task.key, data, means.content.hash, seed, dict(made.draft.picks), review)


def _changed(before: Path, draft: Draft) -> str:
    """How many sentences are other than in the speech that stands there; empty when that cannot be told."""
    from speechgen.reading import read

    try:
        old = {block.text[start:end] for block, start, end in likeness.said(read(before))}
    except (OSError, SpeechgenError):
        return ""
    new = {block.text[start:end] for block, start, end in likeness.said(draft)}
    count = max(len(new - old), len(old - new))
    return f"改了 {count} 句" if count else ""


def _told_of(task: Task, make: Callable[[Task], T]) -> T | Failure:
    """What ``make`` makes, or why it could not: one row's trouble is no other's."""
    try:
        return make(task)
    except SpeechgenError as error:
        return Failure(task.key, error.slips)
    except Exception as error:
        message = f"程序在这一行出了没有料到的错：{type(error).__name__} {error}"[:_LONGEST]
        return Failure(task.key, (Slip("unforeseen", message, task.place, "请把名册发给维护人员；别的行照常。"),))


# ── the run ───────────────────────────────────────────────────────────────────────────────────


def run(order: Order, executor: Executor, workers: int, tell: Callable[[Progress], None] = lambda _: None) -> Ran:
    """Make all speeches of a roster that are missing or whose inputs changed.

    ``executor`` has ``workers`` processes. Raises SpeechgenError when nothing can be made at all: another run holds
    the folder, it cannot be written to, the shared files have slips. Whatever ends a run, what is written is whole,
    and the next run goes on.
    """
    with ExitStack() as held:
        with files.told(order.folder / files.RECORD_NAME):
            folder = held.enter_context(files.opened(order.folder))
        try:
            return _Run(order, executor, workers, tell, folder).all()
        except BrokenExecutor as error:
            raise SpeechgenError.of(
                "process-died", "一个写稿的进程意外停了，可能是内存不够；已经写好的稿子都在", None,
                "请再运行一次，会接着做；还不行，请加 --processes 1。",
            ) from error  # fmt: skip


class _Run:
    """One run over a roster: what it knows and has done so far."""

    def __init__(
        self, order: Order, executor: Executor, workers: int, tell: Callable[[Progress], None], folder: files.Folder
    ) -> None:
        self.order, self.executor, self.workers, self.tell, self.folder = order, executor, workers, tell, folder
        self.record = folder.record
        self.root = order.roster.path.resolve().parent
        self.content = _means(self.root, order.extra, order.cache_folder).content
        self.bases: dict[Path, Keys] = {}
        self.profile = self._profile()
        self.common = self._common()
        self.failed: list[Slip] = list(order.roster.slips)
        self._argued: dict[str, int] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.inputs: dict[str, str] = {}
        self.names: dict[str, str] = {}  # of files, where the row says one, by meeting
        self.spoken: list[tuple[ledger.Speech, list[str]]] = []  # not yet in the ledger
        self.pieces = [piece for row in order.roster.rows for piece in self._pieces(row)]
        self.meetings: dict[str, list[str]] = {}  # the texts of each text's meeting
        for _, same in groupby(self.pieces, key=lambda piece: piece.row.key):
            keys = [piece.key for piece in same]
            self.meetings |= dict.fromkeys(keys, keys)

    def all(self) -> Ran:
        self._make(self._plan(self._due()))
        told = tuple(dict.fromkeys(roster.in_words(slip, self.order.roster) for slip in self.failed))
        notices = (*self.order.roster.notices, *self._damaged())
        found = self._gathered(told, notices)
        return Ran(tuple(self.outcomes.values()), found, self._review_sheets(found))

    def _damaged(self) -> tuple[str, ...]:
        if not self.record.damaged:
            return ()
        return (f"记录文件有 {self.record.damaged} 行读不出来，已跳过，不影响稿子",)

    # ── what is to be done ──

    def _profile(self) -> Keys | None:
        path = content.nearest_above(self.root, PROFILE)
        return self._keys(path, schema.OFFICE_KEYS) if path else None

    def _keys(self, path: Path, known: Any) -> Keys:
        slips: list[Slip] = []
        root = read_yaml(path, known, slips).root
        if slips:
            raise SpeechgenError(*slips)
        return root

    def _base(self, path: Path | None) -> Keys:
        if path is None:
            return Keys((), Location(str(self.order.roster.path)))
        if path not in self.bases:
            self.bases[path] = self._keys(path, schema.MEETING_KEYS)
        return self.bases[path]

    def _common(self) -> str:
        """What all inputs have in common: program, content, days off, layouts beside."""
        digest = hashlib.sha256(f"{__version__}\0{self.content.hash}\0{self.order.form}".encode())
        if announced := content.nearest_above(self.root, daysoff.FILE):
            digest.update(announced.read_bytes())
        for path in sorted(self.root.glob("*.yaml")):
            if path != self.order.roster.path and path.name not in (roster.BASE_FILE, PROFILE):
                with suppress(OSError):
                    digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def _pieces(self, row: Row) -> list[Piece]:
        """The texts of a row: one, or those that its meeting lists under 讲话, in the order of their composing."""
        labels: tuple[str, ...] = ("",)
        with suppress(SpeechgenError):  # told when the row is read
            said = roster.nodes(self.order.roster, row)
            labels = several.labels(merged(self._base(said.base), said.meeting)) or labels
        return [Piece(" ".join(filter(None, (row.key, label))), row, label) for label in dict.fromkeys(labels)]

    def _task(self, piece: Piece) -> Task | Failure:
        """The task of a text; its inputs and the name for its file are noted."""
        row = piece.row
        try:
            said = roster.nodes(self.order.roster, row)
            meeting = merged(self._base(said.base), said.meeting)
        except SpeechgenError as error:
            return Failure(piece.key, error.slips)
        office = self.profile
        if said.office.entries:
            office = merged(office or Keys((), row.location), said.office)
        digest = hashlib.sha256(self.common.encode())
        for node in (meeting, office):
            digest.update(json.dumps(plain(node), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        name = meeting_of(piece.key)
        self.inputs[name] = digest.hexdigest()
        if said.file_name:
            self.names[name] = " ".join(filter(None, (said.file_name, piece.label)))
        return Task(piece.key, meeting, office, row.location, self.root, self.order.extra,
                    self.order.cache_folder, self.order.form, piece.label)  # fmt: skip

    def _due(self) -> list[Piece]:
        """The texts that are missing, or made from other inputs, in the order of their rows' keys."""
        due = []
        for piece in sorted(self.pieces, key=lambda piece: piece.row.key):
            task = self._task(piece)
            if isinstance(task, Failure):
                self._note_failure(task)
            elif not self._stands(task):
                due.append(piece)
        return due

    def _tasks(self, pieces: Iterable[Piece]) -> Iterator[Task]:
        """The tasks of texts, made when they are asked for: of ten thousand they would fill the memory."""
        for piece in pieces:
            task = self._task(piece)
            assert isinstance(task, Task)
            yield task

    def _stands(self, task: Task) -> bool:
        """Whether a speech needs nothing done: it is there, made from the same inputs, edited since or not."""
        name = meeting_of(task.key)
        entry = self.record.newest(name)
        if entry is None or entry.inputs != self.inputs[name] or self.order.anew:
            return False
        path = self.folder.path / entry.output
        try:
            same = files.fingerprint(path) == entry.parts
        except FileNotFoundError:
            return False
        except OSError:
            same = False  # held open: it is somebody's
        plan = self.record.plans.get(name)
        if plan and entry.state == "intent":
            self.spoken.append((_speech(plan), [id_ for path, id_ in plan.picks.items() if path not in plan.silent]))
            self.folder.to_settle(entry)
        self.outcomes[task.key] = Outcome(task.key, "没有变" if same else "有人改过，没有动", files.Written(path))
        return True

    # ── sentences allotted ──

    def _plan(self, due: Sequence[Piece]) -> list[Piece]:
        """Allot to each text that is due what it is to say; those that can be made."""
        names = {meeting_of(piece.key) for piece in self.pieces}
        valid = {
            name for name in names if (plan := self.record.plans.get(name)) and plan.inputs == self.inputs.get(name)
        }
        if self.order.anew:
            valid -= {meeting_of(piece.key) for piece in due}
        book = ledger.read(self.order.ledger_file)
        sisters = _Sisters(self.argued, book, [self.record.plans[name] for name in sorted(valid)])
        open_ = [piece for piece in due if meeting_of(piece.key) not in valid]
        asked = (task._replace(wishes=Wishes(kept=self._kept(task.key))) for task in self._tasks(open_))
        bad: set[str] = set()
        for number, found in enumerate(self._in_order(choose, asked), start=1):
            self.tell(Progress("排句", number, len(open_)))
            if isinstance(found, Failure):
                self._note_failure(found)
                bad.add(found.key)
                continue
            name = meeting_of(found.key)
            self._argued |= {one.id: one.argued for some in found.offers.values() for one in some}
            with files.told(self.folder.path / files.RECORD_NAME):
                barred = self._said_by_others(found.key, valid)
                self.folder.plan(sisters.allot(found, name, self.inputs[name], self._kept(found.key), barred))
            valid.add(name)
        return [piece for piece in due if piece.key not in bad]

    def _said_by_others(self, key: str, planned: Collection[str]) -> frozenset[str]:
        """What the other texts of the same meeting say, of those ``planned``."""
        others = (meeting_of(other) for other in self.meetings[key] if other != key)
        plans = (self.record.plans[name] for name in others if name in planned)
        return frozenset(id_ for plan in plans for id_ in plan.picks.values())

    def _kept(self, key: str) -> Mapping[str, str]:
        """What an earlier run had picked for a speech, which stays where it still fits."""
        entry = None if self.order.anew else self.record.newest(meeting_of(key))
        return entry.picks if entry else {}

    def _with_plan(self, task: Task) -> Task:
        plan = self.record.plans[meeting_of(task.key)]
        entry = self.record.newest(meeting_of(task.key))
        before = self.folder.path / entry.output if entry else None
        barred = self._said_by_others(task.key, self.record.plans)
        wishes = Wishes(self._kept(task.key), allotted=plan.picks, silent=frozenset(plan.silent), barred=barred)
        return task._replace(wishes=wishes, before=before)

    # ── speeches made and written ──

    def _make(self, pieces: Sequence[Piece]) -> None:
        names = self._file_names(pieces)
        digest = self._ledger_hash()
        tasks = map(self._with_plan, self._tasks(pieces))
        for number, found in enumerate(self._as_completed(produce, tasks), start=1):
            if isinstance(found, Failure):
                self._note_failure(found)
            else:
                self._write(found, names[found.key], digest)
            self.tell(Progress("写稿", number, len(pieces)))
            if number % _SETTLED == 0:
                self._settle()
        self._settle()

    def _write(self, product: Product, file_name: str, digest: str) -> None:
        name = meeting_of(product.key)
        first = self.record.newest(name) is None
        entry = files.Entry(name, "", "", product.content, product.seed, product.picks,
                            inputs=self.inputs[name], ledger=digest)  # fmt: skip
        with files.told(self.folder.path / file_name):
            written = self.folder.write(file_name, product.data, entry, {"review": product.review})
        state = "没有变" if written.unchanged else "新写" if first else "重写"
        if written.beside:
            state = "新稿另存，原来的没有动"
        self.outcomes[product.key] = Outcome(product.key, state, written)
        self.spoken.append((_speech(self.record.plans[name]), product.review["用"]))

    def _settle(self) -> None:
        """See what is written onto the disk, and what it has said into the ledger. A run killed before leaves its
        outputs announced and not done, and the next one does this for them."""
        if self.spoken:
            ledger.keep_all(self.order.ledger_file, self.spoken)
            self.spoken.clear()
        with files.told(self.folder.path / files.RECORD_NAME):
            self.folder.settle()

    def _file_names(self, pieces: Iterable[Piece]) -> dict[str, str]:
        """A name for each output: the row's, or one of unit, day and meeting; distinct as Windows and macOS compare
        them, and none that another speech has."""
        found: dict[str, str] = {}
        given: dict[str, str] = {}
        for piece in pieces:
            name = meeting_of(piece.key)
            wanted = files.safe_name(self.names.get(name) or self.record.plans[name].name, f".{self.order.form}")
            if given.setdefault(files.folded(wanted), name) != name or self.record.owner(wanted) not in (None, name):
                stem = wanted.removesuffix(f".{self.order.form}")
                wanted = files.safe_name(f"{stem}（{piece.key}）", f".{self.order.form}")
                given.setdefault(files.folded(wanted), name)
            found[piece.key] = wanted
        return found

    def _ledger_hash(self) -> str:
        try:
            return hashlib.sha256(self.order.ledger_file.read_bytes()).hexdigest()
        except OSError:
            return ""

    def _note_failure(self, failure: Failure) -> None:
        self.failed += failure.slips
        self.outcomes[failure.key] = Outcome(failure.key, "没有写成")

    # ── tasks in processes ──

    def _in_order(self, do: Callable[[Task], R], tasks: Iterable[Task]) -> Iterator[R]:
        """The results in the order of the tasks, a few tasks being at work at a time."""
        waiting: deque[Future[R]] = deque()
        for task in tasks:
            waiting.append(self.executor.submit(do, task))
            if len(waiting) > self.workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _as_completed(self, do: Callable[[Task], R], tasks: Iterable[Task]) -> Iterator[R]:
        """The results as they come, a few tasks being at work at a time."""
        rest = iter(tasks)
        working = {self.executor.submit(do, task) for task in islice(rest, self.workers * _AHEAD)}
        while working:
            done, working = wait(working, return_when=FIRST_COMPLETED)
            for future in done:
                working |= {self.executor.submit(do, task) for task in islice(rest, 1)}
                yield future.result()

    # ── the review sheet ──

    def _review_sheets(self, found: Overview) -> tuple[files.Written, ...]:
        written = []
        for form, render in (("xlsx", overview.as_xlsx), ("html", overview.as_html)):
            name = f"{OVERVIEW}.{form}"
            with files.told(self.folder.path / name):
                written.append(self.folder.write(name, render(found), files.Entry(OVERVIEW, "", "")))
        self._settle()
        return tuple(written)

    def _gathered(self, failed: tuple[Slip, ...], notices: tuple[str, ...]) -> Overview:
        """The review sheet's matter, from the newest line of each speech in the record."""
        keys = {meeting_of(piece.key): piece.key for piece in self.pieces}
        book = ledger.read(self.order.ledger_file)
        lines: dict[str, Speech] = {}
        argued: dict[str, frozenset[str]] = {}
        for name, review in files.reviews(self.folder.path):
            if name in keys:
                key = keys[name]
                lines[key] = self._line(key, review, book)
                argued[key] = frozenset(sys.intern(sentence_key(sentence)) for sentence in review["论"])
        likest = _Likest(argued)
        for key in keys.values():
            line = lines.get(key) or self._line(key, {}, book)
            if pair := likest.nearest.get(key):
                line = line._replace(nearest=pair.other if pair.one == key else pair.one, share=pair.share)
            lines[key] = line
        pairs = self._pairs(likest.pairs(), keys)
        speeches = tuple(lines[key] for key in keys.values())
        return Overview(self.order.roster.path.stem, speeches, failed, pairs, notices)

    def _pairs(self, most: Sequence[likeness.Pair], keys: Mapping[str, str]) -> tuple[Pair, ...]:
        """The speeches most alike with the sentences that both say, read from the record once more."""
        asked = {key for pair in most for key in (pair.one, pair.other)}
        said: dict[str, dict[str, str]] = {}
        for name, review in files.reviews(self.folder.path):
            if keys.get(name) in asked:
                said[keys[name]] = {sentence_key(sentence): sentence for sentence in review["论"]}
        return tuple(
            Pair(p.one, p.other, p.share, tuple(text for key, text in said[p.one].items() if key in said[p.other]))
            for p in most
        )

    def _line(self, key: str, review: Mapping[str, Any], book: dict[ledger.Speech, frozenset[str]]) -> Speech:
        outcome = self.outcomes.get(key, Outcome(key, "没有写成"))
        plan = self.record.plans.get(meeting_of(key))
        made_now = outcome.state not in ("没有变", "有人改过，没有动")
        return Speech(
            key=key,
            unit=review.get("单位", ""),
            file=outcome.written.path.name if outcome.written else "",
            state=outcome.state,
            characters=review.get("字数", 0),
            asked=review.get("要求", 0),
            minutes=review.get("分钟", 0.0),
            pages=review.get("页数", 0),
            blanks=tuple(review.get("待补充", ())),
            omissions=review.get("省去", 0),
            errors=tuple(review.get("错误", ())),
            warnings=tuple(review.get("警告", ())),
            hints=review.get("提示", 0),
            last_year=self._like_last_year(_speech(plan), book) if plan else None,
            changed=review.get("改动", "") if made_now else "",
            notices=tuple(review.get("提醒", ())),
        )

    def _like_last_year(self, speech: ledger.Speech, book: dict[ledger.Speech, frozenset[str]]) -> int | None:
        """Per cent of what the unit argues now that it argued at the same occasion of an earlier year, too."""
        earlier = [
            used for other, used in book.items()
            if (other.unit, other.outline) == (speech.unit, speech.outline) and other.year < speech.year
        ]  # fmt: skip
        now = book.get(speech, frozenset())
        whole = sum(map(self.argued, now))
        if not (earlier and whole):
            return None
        return max(sum(map(self.argued, now & used)) for used in earlier) * 100 // whole

    def argued(self, id_: str) -> int:
        """How many judgements and arguments a phrase holds; one that is no more in the bank, about one."""
        if id_ not in self._argued:
            phrase = self.content.phrases.get(id_)
            known = phrases.argued_in(phrase, self.content.slots[phrase.slot]) if phrase else 1
            self._argued[id_] = 0 if id_ in self.content.headings else known
        return self._argued[id_]


class _Likest:
    """For each speech the one most like it, and the most alike of all."""

    def __init__(self, argued: Mapping[str, frozenset[str]]) -> None:
        self.nearest: dict[str, likeness.Pair] = {}
        self._most: list[likeness.Pair] = []
        for pair in likeness.pairs(argued):
            for key in (pair.one, pair.other):
                if key not in self.nearest or pair.share > self.nearest[key].share:
                    self.nearest[key] = pair
            self._most.append(pair)
            if len(self._most) > _MANY * _TOLD:
                self._most = self.pairs()

    def pairs(self) -> list[likeness.Pair]:
        """The pairs to be told, the most alike first."""
        return nlargest(_TOLD, self._most, key=lambda pair: (pair.share, pair.one, pair.other))


class _Sisters:
    """What the speeches of a season have said so far, by outline, in the order in which they were allotted."""

    def __init__(
        self, argued: Callable[[str], int], book: Mapping[ledger.Speech, frozenset[str]], fixed: Iterable[files.Plan]
    ) -> None:
        self.argued = argued
        self.said: dict[str, deque[tuple[ledger.Speech, frozenset[str]]]] = {}
        plans = list(fixed)
        own = {_speech(plan) for plan in plans}
        for speech, used in sorted(book.items()):
            if speech not in own:
                self._add(speech, used)
        for plan in plans:
            self._add(_speech(plan), _used(plan))

    def _add(self, speech: ledger.Speech, used: frozenset[str]) -> None:
        argued = frozenset(id_ for id_ in used if self.argued(id_))
        self.said.setdefault(speech.outline, deque(maxlen=SISTERS)).append((speech, argued))

    def allot(
        self, choices: Choices, name: str, inputs: str, kept: Mapping[str, str], barred: frozenset[str]
    ) -> files.Plan:
        """What a speech is to say, such that it shares little with any sister so far and nothing that is ``barred``;
        it is a sister then."""
        sisters = [used for speech, used in self.said.get(choices.speech.outline, ()) if speech != choices.speech]
        offers = {
            path: [one for one in some if one.id not in barred or path in choices.pinned]
            for path, some in choices.offers.items()
        }
        picks = phrases.allot(offers, sisters)
        said = {path: Offer(id_, argued=self.argued(id_)) for path, id_ in picks.items()}
        fixed = {path for path, id_ in picks.items() if kept.get(path) == id_ or path in choices.pinned}
        silent = phrases.shared_too_often(said, fixed, sisters, self.argued)
        plan = files.Plan(name, inputs, picks, tuple(sorted(silent)), tuple(map(str, choices.speech)), choices.name)
        self._add(choices.speech, _used(plan))
        return plan


def _used(plan: files.Plan) -> frozenset[str]:
    return frozenset(id_ for path, id_ in plan.picks.items() if path not in plan.silent)


def _speech(plan: files.Plan) -> ledger.Speech:
    unit, speaker, outline, year = plan.speech
    return ledger.Speech(unit, speaker, outline, int(year))


def meeting_of(key: str) -> str:
    """How the record calls a row's speech: by its key, so that the roster's file may be renamed."""
    return f"名册 {key}"
