"""Finds and loads outlines, phrases, 提法 and statutes, in layers; parsed once and cached.

The shipped content comes first, the office's own over it, `--content DIR` over that. In a later
layer the same id replaces, a new id adds, 停用 withdraws.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from speechgen import __version__, cache, engine, patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import GATHERED, HeadingSet, Outline, Phrase, Season, Slot, Statute, Step, Topic, Wording

if TYPE_CHECKING:
    from speechgen import records
    from speechgen.fields import Fields
    from speechgen.yamlio import Keys


class Content(NamedTuple):
    """Everything a speech can be made from, one record an id. What there is most of comes from the cache on shelves:
    a speech needs one outline, and of the phrases those of its slots and topics."""

    phrases: Mapping[str, Phrase] = {}
    headings: dict[str, HeadingSet] = {}  # noqa: RUF012
    wordings: dict[str, Wording] = {}  # noqa: RUF012
    statutes: dict[str, Statute] = {}  # noqa: RUF012
    topics: dict[str, Topic] = {}  # noqa: RUF012
    slots: dict[str, Slot] = {}  # noqa: RUF012
    seasons: dict[str, Season] = {}  # noqa: RUF012
    outlines: Mapping[str, Outline] = {}
    layers: tuple[str, ...] = ()
    hash: str = ""
    trees: dict[str, bytes] = {}  # noqa: RUF012 - sentence → what engine.kept makes of it


# ── layers ────────────────────────────────────────────────────────────────────────────────────


def shipped_root() -> Path:
    """The folder that holds the shipped outlines/ and phrasebank/: the checkout's, else the wheel's."""
    package = Path(__file__).resolve().parent
    return package.parent if _is_checkout(package.parent) else package / "content_files"


def _is_checkout(folder: Path) -> bool:
    program = (folder / "pyproject.toml").is_file() and (folder / "speechgen" / "__init__.py").is_file()
    return program and (folder / "phrasebank").is_dir()


def nearest_above(folder: Path, name: str) -> Path | None:
    """``name`` in ``folder`` or the nearest folder above that has it."""
    resolved = folder.resolve()
    return next((above / name for above in (resolved, *resolved.parents) if (above / name).exists()), None)


class Layer(NamedTuple):
    """One layer's folders and how the run's last lines call it."""

    name: str
    folders: tuple[Path, ...]


def layers_for(meeting_folder: Path, extra: Path | None = None) -> tuple[Layer, ...]:
    """The layers for a meeting file in this folder, a folder never twice. Raises SpeechgenError
    when ``extra`` (--content) is no folder."""
    if extra is not None and not extra.is_dir():
        raise SpeechgenError.of("no-content", f"找不到文件夹「{extra}」", None, "请核对 --content 后面的路径。")
    above = (meeting_folder.resolve(), *meeting_folder.resolve().parents)
    root = next(filter(_is_checkout, above), None) or shipped_root()  # in a checkout its own folders win
    layers = [Layer("自带", (root / "phrasebank", root / "outlines"))]
    near = [nearest_above(meeting_folder, name) for name in ("phrasebank", "outlines")]
    layers.append(Layer("本单位", tuple(f for f in near if f and f.is_dir())))
    if extra is not None:
        layers.append(Layer(str(extra), (extra / "phrasebank", extra / "outlines")))
    seen: set[Path] = set()
    kept = []
    for layer in layers:
        folders = tuple(f for f in layer.folders if f.resolve() not in seen and f.is_dir())
        seen |= {f.resolve() for f in folders}
        if folders:
            kept.append(Layer(layer.name, folders))
    return tuple(kept)


# ── loading ───────────────────────────────────────────────────────────────────────────────────


def load_content(layers: Iterable[Layer], cache_folder: Path | None = None) -> Content:
    """All layers put over each other. Raises SpeechgenError with every slip of every file.

    ``cache_folder`` keeps the parsed form, found again by the files' names and bytes.
    """
    found, hash_, key = _files(layers)
    content = cache.through(cache_folder, "content", key, Content, lambda: _parse(found, hash_, cache_folder))
    engine.remember(content.trees)
    return content


class Quoted(NamedTuple):
    """What of the content is quoted word for word, which is all that the check of a foreign speech needs."""

    wordings: dict[str, Wording]
    statutes: dict[str, Statute]


def load_quoted(layers: Iterable[Layer], cache_folder: Path | None = None) -> Quoted:
    """The formulations and statutes of `load_content`; only files that hold any are read."""
    found, hash_, key = _files(layers)

    def make() -> Quoted:
        from speechgen.yamlio import told_together

        slips: list[Slip] = []
        content, _ = _gathered((one for one in found if _may_quote(one[1])), hash_, slips, None)
        if slips:
            raise SpeechgenError(*told_together(slips))
        return Quoted(content.wordings, content.statutes)

    return cache.through(cache_folder, "quoted", key, Quoted, make)


def _may_quote(path: Path) -> bool:
    """Whether a bank file has, as far as can be told before it is read, formulations or statutes, or withdraws any."""
    from speechgen.yamlio import decode

    try:
        text, _ = decode(path.read_bytes(), str(path))
    except (OSError, SpeechgenError):
        return True  # reading it tells what is the matter
    return path.parent.name != "outlines" and bool(_QUOTING.search(text))


_QUOTING = patterns.compiled(r"^[^\w\n]*(?:提法|法规|停用)(?![\w.])", re.MULTILINE)


def _files(layers: Iterable[Layer]) -> tuple[list[tuple[Layer, Path]], str, str]:
    """The content files of the layers, a hash of what they hold, and one of that and where they stand."""
    found = [(layer, path) for layer in layers for folder in layer.folders for path in sorted(folder.glob("*.yaml"))]
    whole, here = hashlib.sha256(__version__.encode()), hashlib.sha256(__version__.encode())
    for layer, path in found:
        with suppress(OSError):  # what cannot be opened is told of, by name, when it is read
            whole.update(f"\0{layer.name}\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        here.update(f"\0{path}".encode())  # records remember the files they stand in, so the cache is of this place
    hash_ = whole.hexdigest()
    return found, hash_, hash_ + here.hexdigest()


def sentences(content: Content) -> Iterator[str]:
    """Every sentence and condition of the content that has something to fill in, and the one that code adds."""
    yield GATHERED
    yield from _bank_sentences(content.phrases.values(), content.headings.values())
    for outline in content.outlines.values():
        yield from (outline.title, outline.salutation, *(part.heading for part in outline.parts))
        for steps in (outline.opening, *(part.steps for part in outline.parts), outline.closing):
            yield from _step_sentences(steps)


def _bank_sentences(phrases: Iterable[Phrase], sets: Iterable[HeadingSet]) -> Iterator[str]:
    for phrase in phrases:
        yield from phrase.text
        if phrase.when:
            yield engine.as_sentence(phrase.when)
    for headings in sets:
        yield from headings.headings.values()


def _step_sentences(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        yield step.text
        if step.when:
            yield engine.as_sentence(step.when)
        yield from _step_sentences((*step.steps, *step.otherwise))


Made = TypeVar("Made")
T = TypeVar("T", Phrase, HeadingSet, Wording, Statute, Outline)


def _gathered(
    found: Iterable[tuple[Layer, Path]], key: str, slips: list[Slip], cache_folder: Path | None
) -> tuple[Content, set[str]]:
    """What files hold, put over each other, not yet checked against each other; and the ids that are withdrawn."""
    from speechgen import records

    phrases: dict[str, Phrase] = {}
    outlines: dict[str, Outline] = {}
    content = Content(phrases, {}, {}, {}, {}, {}, {}, outlines, hash=key)
    names: list[str] = []
    kinds: dict[str, str] = {}  # topic → its kind
    tables: tuple[dict[str, Any], ...] = (
        phrases, content.headings, content.wordings, content.statutes, outlines,
    )  # fmt: skip
    own: dict[str, tuple[str, str]] = {}  # id → the layer and file that gave it
    withdrawn: set[str] = set()
    for layer, path in found:
        names.append(layer.name)
        is_outline = path.parent.name == "outlines"
        if is_outline:
            outline = _read(path, slips, records.OUTLINE_KEYS, records.read_outline)
            _add(outlines, [outline] if outline else [], layer, own, slips)
            continue
        bank = _bank(path, slips, cache_folder)
        if bank is None:
            continue
        withdrawn.update(bank.withdrawn)
        for id_ in bank.withdrawn:
            for table in tables:
                table.pop(id_, None)
        withdrawn.difference_update(wording.id for wording in bank.wordings)
        withdrawn.difference_update(statute.id for statute in bank.statutes)
        _add(phrases, bank.phrases, layer, own, slips)
        _add(content.headings, bank.headings, layer, own, slips)
        _add(content.wordings, bank.wordings, layer, own, slips)
        _add(content.statutes, bank.statutes, layer, own, slips)
        content.topics.update({topic.name: topic for topic in bank.topics})
        content.slots.update({slot.name: slot for slot in bank.slots})
        content.seasons.update({season.occasion: season for season in bank.seasons})
        kinds.update({topic: kind for kind, topics in bank.kinds for topic in topics})
    content.topics.update({t.name: t._replace(kind=kinds.get(t.name, "")) for t in content.topics.values()})
    return content._replace(layers=tuple(dict.fromkeys(names))), withdrawn


def _read(path: Path, slips: list[Slip], keys: Keys, make: Callable[[Fields], Made | None]) -> Made | None:
    """What ``make`` makes of a file; None where it cannot be read at all."""
    from speechgen.fields import Fields, check_format
    from speechgen.yamlio import read_yaml

    try:
        document = read_yaml(path, keys, slips)
    except SpeechgenError as error:
        slips += error.slips
        return None
    top = Fields(document.root, "", keys, slips)
    check_format(top)
    return make(top)


def _bank(path: Path, slips: list[Slip], cache_folder: Path | None) -> records.Bank | None:
    """What a bank file holds. A faultless one is kept, so that after an edit the others need not be read again."""
    from speechgen import records

    def faultless() -> records.Bank:
        found: list[Slip] = []
        bank = _read(path, found, records.BANK_KEYS, records.read_bank)
        if bank is None or found:
            raise SpeechgenError(*found)
        texts = (text for text in _bank_sentences(bank.phrases, bank.headings) if engine.has_expression(text))
        return bank._replace(trees={text: engine.kept(text) for text in texts})

    if cache_folder is None:
        return _read(path, slips, records.BANK_KEYS, records.read_bank)
    try:
        key = f"{path}\0{hashlib.sha256(path.read_bytes()).hexdigest()}"
        name = f"bank-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
        bank = cache.through(cache_folder, name, key, records.Bank, faultless)
    except (OSError, SpeechgenError):
        return _read(path, slips, records.BANK_KEYS, records.read_bank)
    engine.remember(bank.trees)
    return bank


def _parse(found: Iterable[tuple[Layer, Path]], key: str, cache_folder: Path | None) -> Content:
    from speechgen import records
    from speechgen.yamlio import told_together

    slips: list[Slip] = []
    content, withdrawn = _gathered(found, key, slips, cache_folder)
    phrases = dict(content.phrases)
    for phrase in content.phrases.values():
        slips += records.check_phrase(phrase, content.slots, content.topics)
        unknown = _unknown_ids(phrase, content)
        if unknown and withdrawn.issuperset(unknown):
            del phrases[phrase.id]  # what quotes a withdrawn wording goes with it
        else:
            slips += unknown.values()
    for outline in content.outlines.values():
        slips += records.check_outline(outline, content.slots)
    if slips:
        raise SpeechgenError(*told_together(slips))
    content = content._replace(phrases=phrases)
    trees = {text: engine.kept(text) for text in sentences(content) if engine.has_expression(text)}
    return content._replace(trees=trees)


def _add(
    table: dict[str, T], new: Iterable[T], layer: Layer, own: dict[str, tuple[str, str]], slips: list[Slip]
) -> None:
    for record in new:
        kind = type(record).__name__
        before = own.get(f"{kind}/{record.id}")
        if before and before[0] == layer.name:
            slips.append(Slip("same-id", f"编号「{record.id}」用了两次，另一处在 {before[1]}", record.location,
                              "请给其中一条换一个编号。"))  # fmt: skip
        own[f"{kind}/{record.id}"] = (layer.name, f"{Path(record.location.file).name} 第 {record.location.line} 行")
        table[record.id] = record


def _unknown_ids(phrase: Phrase, content: Content) -> dict[str, Slip]:
    """The 提法 and 法规 that a phrase quotes or rests on and that no layer holds: id → its slip."""
    from speechgen.fields import nearest

    try:
        asked = engine.names(*phrase.text)
    except SpeechgenError:
        return {}  # told already as no sentence of ours
    tables: dict[str, Mapping[str, Any]] = {"提法": content.wordings, "法规": content.statutes}
    found: dict[str, Slip] = {}
    for name in asked:
        kind, _, id_ = name.partition(".")
        if kind in tables and id_ not in tables[kind]:
            found[id_] = Slip("unknown-id", f"语料「{phrase.id}」引用的{kind}「{id_}」不在库里", phrase.location,
                              nearest(id_, tables[kind]))  # fmt: skip
    for id_ in phrase.basis:
        if id_ not in content.statutes and id_ not in content.wordings:
            found[id_] = Slip("unknown-id", f"语料「{phrase.id}」的依据「{id_}」不在法规表里", phrase.location,
                              nearest(id_, content.statutes))  # fmt: skip
    return found
