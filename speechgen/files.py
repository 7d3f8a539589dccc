"""The only writer of the program: whole files or none, and never over what a person wrote.

Every folder that outputs are written to holds one record, ``.speechgen-记录.jsonl``. An output is made
under a temporary name, announced in the record with its fingerprint (``intent``), moved to its final
name and noted as ``done``. Whatever moment a run is killed at, the final name holds the old or the new
whole file, and the record names the fingerprint of both. A file whose fingerprint the record does not
name is somebody's own, and the new version goes beside it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Literal, NamedTuple

from speechgen.errors import SpeechgenError
from speechgen.model import Location

RECORD_NAME = ".speechgen-记录.jsonl"
NAME_BYTES = 240

Reason = Literal["", "edited", "open", "unknown"]
State = Literal["intent", "done"]

# ── names ─────────────────────────────────────────────────────────────────────────────────────

_STAND_INS = str.maketrans({
    "<": "〈", ">": "〉", ":": "：", '"': "＂", "/": "-", "\\": "-", "|": "-", "?": "？", "*": "＊",
})  # fmt: skip

# "Naming Files, Paths, and Namespaces" (Microsoft Learn): reserved in any case and before any extension.
_RESERVED = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)"


def safe_name(text: str, suffix: str = "") -> str:
    """A file name out of any text: good on Windows, macOS and Linux, never a path and never empty.

    ``suffix`` is a constant of ours such as ``.docx``; a text that already ends with it does not get it
    twice. The name is NFC and at most 240 bytes of UTF-8, suffix included; what Windows forbids is
    replaced by a look-alike, and a leading dot or ``~`` goes, since programs hide such files.
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    stem = unicodedata.normalize("NFC", " ".join(visible.split())).translate(_STAND_INS)
    if suffix and stem.casefold().endswith(suffix.casefold()):
        stem = stem[: -len(suffix)]
    stem = stem.lstrip(" .~").rstrip(" .")
    if re.match(_RESERVED, stem, re.IGNORECASE):
        stem = f"_{stem}"
    return (_cut(stem, NAME_BYTES - len(suffix.encode())).rstrip(" .") or "未命名") + suffix


def _cut(text: str, size: int) -> str:
    """The longest beginning of ``text`` that fits into ``size`` bytes of UTF-8."""
    data = text.encode("utf-8", "surrogatepass")
    return text if len(data) <= size else data[:size].decode("utf-8", "ignore")


# ── fingerprints ──────────────────────────────────────────────────────────────────────────────

_LARGEST_UNPACKED = 256 * 1024 * 1024  # a zip bomb in place of an output must not stop the run


def fingerprint(path: Path) -> str:
    """The SHA-256 (hex) by which the record knows the file at ``path``.

    A .docx is hashed by its parts, so that another zlib makes no difference; any other file, and a .docx
    that cannot be unpacked, by its bytes. Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        return _fingerprint(file.read(), path.suffix)


def _fingerprint(data: bytes, suffix: str) -> str:
    parts = _hash_of_parts(data) if suffix.lower() == ".docx" else ""
    return parts or hashlib.sha256(data).hexdigest()


def _hash_of_parts(data: bytes) -> str:
    """The hash over names and contents of a zip archive, or "" when it cannot be unpacked."""
    import io
    import zipfile

    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
            if sum(member.file_size for member in members) > _LARGEST_UNPACKED:
                return ""
            digest.update(_framed(archive.comment))
            for member in members:
                digest.update(_framed(member.filename.encode("utf-8", "surrogatepass")))
                digest.update(_framed(archive.read(member)))
    except Exception:  # a damaged archive raises nearly anything; its bytes still identify it
        return ""
    return digest.hexdigest()


def _framed(piece: bytes) -> bytes:
    """A piece behind its length, so that no two lists of pieces are hashed alike."""
    return len(piece).to_bytes(8, "big") + piece


# ── the record ────────────────────────────────────────────────────────────────────────────────


class Entry(NamedTuple):
    """One speech in the record.

    ``meeting`` is the caller's name for what the speech was made from: the same at every run (the meeting
    file's path seen from the folder). ``output`` is the file's name in the folder, ``parts`` its
    fingerprint, ``content`` the hash of the content used, ``picks`` slot → phrase id. A batch also notes a hash of all
    that the speech was made from (``inputs``) and of the ledger that it was allotted by.
    """

    meeting: str
    output: str
    parts: str
    content: str = ""
    seed: str = ""
    picks: dict[str, str] = {}  # noqa: RUF012
    state: State = "intent"
    inputs: str = ""
    ledger: str = ""


_ENTRY_KEYS = Entry._fields


class Plan(NamedTuple):
    """What was allotted to one speech of a batch before it was written: the phrases of its slots, the slots that say no
    more than their facts, whose speech it is (``speech``, as the ledger calls it), and a name for its file."""

    meeting: str
    inputs: str
    picks: dict[str, str]
    silent: tuple[str, ...]
    speech: tuple[str, ...]
    name: str = ""


class Record:
    """What the record of a folder says: the newest entry of each meeting and output, the newest ``plans``, and every
    fingerprint that we ever gave an output of a meeting. All of these can be made again from that meeting's file, so
    all of them may be replaced by that meeting's next version, and by no other meeting's.

    ``damaged`` counts the lines that could not be read.
    """

    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {}
        self.damaged = 0
        self._entries: dict[tuple[str, str], Entry] = {}
        self._newest: dict[str, tuple[str, str]] = {}
        self._known: dict[tuple[str, str], set[str]] = {}
        self._owners: dict[str, str] = {}  # by name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # it grows

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The newest entry of each meeting and output, the newest last."""
        return tuple(self._entries.values())

    def newest(self, meeting: str) -> Entry | None:
        """The newest entry of a meeting, whatever its output was called."""
        place = self._newest.get(meeting)
        return self._entries[place] if place else None

    def fingerprints(self, meeting: str, output: str) -> frozenset[str]:
        """The fingerprints of all versions of a meeting's output; empty when the record knows none."""
        return frozenset(self._known.get((meeting, folded(output)), ()))

    def owner(self, output: str) -> str | None:
        """The meeting that an output's name was last given to."""
        return self._owners.get(folded(output))

    def note(self, entry: Entry) -> None:
        """Take in what a further line says."""
        place = (entry.meeting, folded(entry.output))
        self._entries.pop(place, None)  # taken out and put back, so that the newest stands last
        plan = self.plans.get(entry.meeting)
        same = plan is not None and plan.picks == entry.picks  # mostly: of ten thousand, one of each is kept
        self._entries[place] = entry._replace(picks=plan.picks if plan and same else _interned(entry.picks))
        self._newest[entry.meeting] = place
        self._owners[place[1]] = entry.meeting
        self._known.setdefault(place, set()).add(entry.parts)

    def note_plan(self, plan: Plan) -> None:
        """Take in a further plan."""
        self.plans[plan.meeting] = plan._replace(picks=_interned(plan.picks))

    def _take(self, said: dict[str, Any]) -> None:
        before = self._entries.get((said["meeting"], folded(said["output"])))
        if before and "picks" not in said and before.parts == said["parts"]:
            said = before._asdict() | said  # a "done" leaves out what its "intent" has said
        self.note(Entry(**said))


def _interned(picks: Mapping[str, str]) -> dict[str, str]:
    """The same, each text kept once however many speeches have it."""
    return {sys.intern(path): sys.intern(id_) for path, id_ in picks.items()}


def read_record(folder: Path) -> Record:
    """The record of ``folder``; empty when there is none. Damaged lines are skipped and counted.

    Raises SpeechgenError when the file is there but the system does not let it be read.
    """
    path = folder / RECORD_NAME
    try:
        with path.open("rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return Record()
    except OSError as error:
        raise SpeechgenError.of(
            "record-unreadable",
            f"记录文件“{path}”读不出来（系统错误 {_errno_name(error)}）。",
            Location(str(path)),
            "请检查这个文件夹的权限；记录文件丢了也不要紧，可以删除它再运行，已有的稿子不会被覆盖。",
        ) from error
    found = Record()
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        said = _parse(line) if line.strip() else {}
        if said is None:
            found.damaged += 1
        elif said.get("state") == _PLANNED:
            found.note_plan(_plan(said))
        elif said:
            found._take(said)
    return found


def reviews(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the record of a folder says beside the entries (`Folder.write`, ``more["review"]``): meeting and review, in
    the order of the lines, so that the last of a meeting is the newest."""
    try:
        with (folder / RECORD_NAME).open("rb") as file:
            for line in file:
                said = _loaded(line) if b'"review"' in line else {}
                if isinstance(said.get("review"), dict) and isinstance(said.get("meeting"), str):
                    yield said["meeting"], said["review"]
    except FileNotFoundError:
        return


def folded(output: str) -> str:
    """An output's name as Windows and macOS compare it."""
    return unicodedata.normalize("NFC", output).casefold()


def _loaded(line: bytes) -> dict[str, Any]:
    """The data of a line; empty when it is damaged."""
    try:
        found = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _parse(line: bytes) -> dict[str, Any] | None:
    """What a line says of an `Entry`, or None when it is damaged. Keys we do not know are passed over."""
    found = _loaded(line)
    if found.get("state") == _PLANNED:
        return found if _is_plan(found) else None
    said = {key: found[key] for key in _ENTRY_KEYS if key in found}
    picks = said.get("picks", {})
    texts = [value for key, value in said.items() if key != "picks"]
    if _are_texts(picks) and all(isinstance(text, str) for text in texts):
        named = "meeting" in said and said.get("output") and said.get("parts")
        return said if named and said.get("state") in ("intent", "done") else None
    return None


_PLANNED = "planned"


def _is_plan(found: Mapping[str, Any]) -> bool:
    lists = (found.get("silent"), found.get("speech"))
    return (
        isinstance(found.get("meeting"), str)
        and isinstance(found.get("inputs"), str)
        and _are_texts(found.get("picks"))
        and all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists)
    )


def _are_texts(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())


def _plan(said: Mapping[str, Any]) -> Plan:
    return Plan(said["meeting"], said["inputs"], said["picks"], tuple(said["silent"]), tuple(said["speech"]),
                str(said.get("name", "")))  # fmt: skip


def _append(record: int, *said: Mapping[str, Any], sync: bool = True) -> None:
    """Append lines to the open record in a single write, and see them onto the disk."""
    texts = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in said)
    line = b"".join(text.encode("utf-8", "surrogatepass") + b"\n" for text in texts)
    size = os.lseek(record, 0, os.SEEK_END)
    if size:
        os.lseek(record, size - 1, os.SEEK_SET)
        if os.read(record, 1) != b"\n":  # a killed run tore the last line: leave it a line of its own
            line = b"\n" + line
    if os.write(record, line) != len(line):
        raise OSError(errno.ENOSPC, "short write")
    if sync:
        os.fsync(record)


# ── one run at a time in a folder ─────────────────────────────────────────────────────────────

_APPENDING = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
_LOCK_TRIES = 50
_LOCK_PAUSE = 0.1  # seconds
_TEMPORARY = r"\.speechgen-临时-[0-9a-f]{16}\.tmp"


class Folder:
    """A folder of outputs that only this run writes to, until it is closed (`opened`).

    Outputs are made and moved only under the record's lock, so a temporary file seen after taking it was left by
    a run that was killed, and is swept away. Without locks (some network drives) nothing is swept.
    """

    def __init__(self, path: Path, file: int) -> None:
        self.path, self._file = path, file
        self.record = read_record(path)
        self._unsettled: list[Entry] = []

    def write(self, name: str, data: bytes, entry: Entry, more: Mapping[str, Any] | None = None) -> Written:
        """Write an output, or its new version beside one that is not ours to replace, and record it; ``entry`` has no
        output, parts and state yet. ``more`` is noted in the same line. Until `settle` a power cut may lose the name.
        Raises OSError, with the old file whole, when the system does not let it be written."""
        entry = entry._replace(parts=_fingerprint(data, Path(name).suffix))
        return self._write(self.path / name, data, entry, more or {})

    def settle(self) -> None:
        """See all names onto the disk, and note what was announced as done. Raises OSError."""
        if self._unsettled:
            _sync_folder(self.path)
            done = [
                {"meeting": e.meeting, "output": e.output, "parts": e.parts, "state": "done"} for e in self._unsettled
            ]
            _append(self._file, *done)
            self._unsettled.clear()

    def to_settle(self, entry: Entry) -> None:
        """Settle an output, too, that an earlier run wrote and did not come to settle."""
        self._unsettled.append(entry)

    def plan(self, plan: Plan) -> None:
        """Note what was allotted. Not seen onto the disk at once: what a power cut loses is allotted again, alike."""
        _append(self._file, {**plan._asdict(), "state": _PLANNED}, sync=False)
        self.record.note_plan(plan)

    def _write(self, path: Path, data: bytes, entry: Entry, more: Mapping[str, Any]) -> Written:
        """`write`: take the first name that is free or holds an output of ours."""
        beside: Path | None = None
        reason: Reason = ""
        temporary: Path | None = None
        try:
            for target in _candidates(path):
                entry = entry._replace(output=target.name)
                before = _stamp(target)
                standing = _standing(target, entry, self.record)
                if standing == "same":
                    done = entry._replace(state="done")
                    if self.record.newest(entry.meeting) != done:
                        _append(self._file, {**done._asdict(), **more})
                        self.record.note(done)
                    return Written(target, beside, reason, unchanged=True)
                if standing == "free" or standing == "ours":
                    temporary = temporary or _write_temporary(path.parent, data)
                    _append(self._file, {**entry._asdict(), **more})
                    self.record.note(entry)
                    if _stamp(target) not in (before, None):
                        standing = "edited"  # saved by somebody since we looked
                    elif _moved(temporary, target, fresh=standing == "free"):
                        self.record.note(entry._replace(state="done"))
                        self._unsettled.append(entry)
                        return Written(target, beside, reason)
                    else:
                        standing = "open"
                if beside is None:
                    beside, reason = target, standing
        finally:
            if temporary is not None:
                _discard(temporary)
        raise AssertionError("the names beside an output never end")


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """A folder held for this run alone; it is made where it is missing. Raises SpeechgenError when another run holds
    it, and what `read_record` does; OSError when the system does not let it be written."""
    path.mkdir(parents=True, exist_ok=True)
    record = os.open(path / RECORD_NAME, _APPENDING, 0o666)
    try:
        if _locked(record, path):
            _sweep(path)
        yield Folder(path, record)
    finally:
        os.close(record)  # which also gives the lock back


def _locked(record: int, folder: Path) -> bool:
    """Take the lock, waiting some seconds for another run; False where the file system has no locks."""
    for _ in range(_LOCK_TRIES):
        try:
            _try_lock(record)
        except (BlockingIOError, PermissionError):
            time.sleep(_LOCK_PAUSE)
        except OSError:
            return False
        else:
            return True
    raise SpeechgenError.of(
        "folder-busy",
        f"另一个 speechgen 正在往文件夹“{folder}”里写，这一次没有写成。",
        Location(str(folder)),
        "请等它结束后再运行一次，或用 -o 换一个文件夹。",
    )


if sys.platform == "win32":
    import msvcrt

    def _try_lock(record: int) -> None:
        # Windows keeps others from reading locked bytes: lock one far behind the end, where nobody reads.
        os.lseek(record, 2**30, os.SEEK_SET)
        msvcrt.locking(record, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(record: int) -> None:
        fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(folder: Path) -> None:
    with os.scandir(folder) as found:
        stale = [Path(item.path) for item in found if re.fullmatch(_TEMPORARY, item.name) and item.is_file()]
    for path in stale:
        with suppress(OSError):
            path.unlink()


# ── writing ───────────────────────────────────────────────────────────────────────────────────

_MOVE_TRIES = 5
_MOVE_PAUSE = 0.1  # seconds


class Written(NamedTuple):
    """Where an output went.

    ``beside`` is the output that was asked for but not replaced, and ``reason`` says why: somebody
    edited it or marked it read-only (``edited``), a program holds it (``open``), or the record does not
    know it (``unknown``). ``unchanged``: ``path`` held this very content already, and was not touched.
    """

    path: Path
    beside: Path | None = None
    reason: Reason = ""
    unchanged: bool = False


def write_output(
    path: Path,
    data: bytes,
    *,
    meeting: str,
    content: str = "",
    seed: str = "",
    picks: Mapping[str, str] | None = None,
) -> Written:
    """Write an output, or its new version beside one that is not ours to replace, and record it.

    ``data`` is the whole file; the other arguments are those of `Entry`. Missing folders are made. Raises
    SpeechgenError, with the old file whole, when the system does not let it be written.
    """
    entry = Entry(meeting, "", "", content, seed, dict(picks or {}))
    with told(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
        with opened(path.parent) as folder:
            written = folder.write(path.name, data, entry)
            try:
                folder.settle()
            except OSError as error:
                raise _unconfirmed(error, written.path) from error
            return written


def append_lines(path: Path, said: Iterable[Mapping[str, Any]]) -> None:
    """Append JSON lines to a file, which is made where it is not there, one run at a time.

    Raises SpeechgenError when the system does not let it be written.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        record = os.open(path, _APPENDING, 0o666)
        try:
            _locked(record, path.parent)
            _append(record, *said)
        finally:
            os.close(record)


def write_new(path: Path, data: bytes) -> Path:
    """Write a file that must not be there yet (a starter, an example); missing folders are made.

    Raises SpeechgenError when something stands at ``path`` or the system does not let it be written.
    """
    with told(path):
        if os.path.lexists(path):
            raise _exists(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_temporary(path.parent, data)
        try:
            _move(temporary, path, fresh=True)
        except FileExistsError as error:
            raise _exists(path) from error
        finally:
            _discard(temporary)
    try:
        _sync_folder(path.parent)
    except OSError as error:
        raise _unconfirmed(error, path) from error
    return path


def secretary_text(text: str) -> bytes:
    """Text as Notepad and Excel on a Chinese Windows read it best: UTF-8 with BOM, CRLF."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "\r\n").encode("utf-8-sig", "replace")


def _candidates(path: Path) -> Iterator[Path]:
    """The name asked for, then 名称（2）, 名称（3）… in the same folder."""
    yield path
    for number in count(2):
        tail = f"（{number}）{path.suffix}"
        yield path.with_name(_cut(path.stem, NAME_BYTES - len(tail.encode("utf-8", "surrogatepass"))) + tail)


def _standing(
    target: Path, entry: Entry, record: Record
) -> Literal["free", "same", "ours", "edited", "open", "unknown"]:
    """What holds the name ``target``: nothing, this very content, an output of ours, or what we must spare."""
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return "free"
    if not stat.S_ISREG(status.st_mode):
        return "unknown"
    try:
        found = fingerprint(target)
    except PermissionError:  # WPS on Windows opens files for itself alone
        return "open"
    if found == entry.parts:
        return "same"
    ours = record.fingerprints(entry.meeting, target.name)
    if not ours:
        return "unknown"
    if found not in ours or not status.st_mode & stat.S_IWUSR:
        return "edited"
    return "open" if _is_open(target) else "ours"


def _is_open(path: Path) -> bool:
    """Whether an owner file stands beside ``path``, as Word, WPS and LibreOffice put one while editing.

    Word's is ``~$`` and the name, without its first one or two characters when it is long.
    """
    name = path.name
    owners = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~{name[2:]}", f".~lock.{name}#")
    return any(os.path.lexists(path.with_name(owner)) for owner in owners)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when somebody saves a file; None when there is no file."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _write_temporary(folder: Path, data: bytes) -> Path:
    """A new hidden file in ``folder`` that holds ``data`` and is on the disk."""
    path = folder / f".speechgen-临时-{os.urandom(8).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
        finally:
            os.close(file)
    except BaseException:
        _discard(path)
        raise
    return path


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink()


def _moved(temporary: Path, target: Path, *, fresh: bool) -> bool:
    """Move into place; False when the system keeps ``target`` from being replaced, as for an open file."""
    try:
        _move(temporary, target, fresh=fresh)
    except (PermissionError, FileExistsError):
        if os.path.lexists(target):
            return False
        raise
    return True


def _move(temporary: Path, target: Path, *, fresh: bool) -> None:
    """Rename; tried again for half a second, since virus scanners on Windows hold new files for a moment.

    With ``fresh`` a target that is there raises FileExistsError; Windows sees to that by itself, elsewhere
    an instant is left between looking and renaming.
    """
    if fresh and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "exists", str(target))
    move = os.rename if fresh else os.replace
    for left in reversed(range(_MOVE_TRIES)):
        try:
            move(temporary, target)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(_MOVE_PAUSE)


def _sync_folder(folder: Path) -> None:
    """See a new name onto the disk, where the system can (Windows does it by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise
    finally:
        os.close(handle)


# ── what the system refused, in words ─────────────────────────────────────────────────────────


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell an OSError while writing ``path`` as a SpeechgenError."""
    try:
        yield
    except OSError as error:
        raise _refusal(error, path) from error


def _exists(path: Path) -> SpeechgenError:
    return SpeechgenError.of(
        "file-exists",
        f"“{path}”已经有了，没有改动它。",
        Location(str(path)),
        "想重新生成，请先把原来的文件改名或移走，或者换一个文件名。",
    )


def _unconfirmed(error: OSError, path: Path) -> SpeechgenError:
    return SpeechgenError.of(
        "written-unconfirmed",
        f"“{path}”已经写成，但系统在收尾时报错（{_errno_name(error)}），不能保证它已存稳。",
        Location(str(path)),
        "请检查磁盘空间，网络盘或U盘是否正常，然后再运行一次；再运行不会弄丢稿子。",
    )


def _folder(path: Path) -> str:
    """The folder of ``path`` as a message names it."""
    return "当前文件夹" if path.parent == Path() else f"文件夹“{path.parent}”"


def _refusal(error: OSError, path: Path) -> SpeechgenError:
    code, message, remedy = _words(error, path)
    return SpeechgenError.of(code, message, Location(str(path)), remedy)


def _words(error: OSError, path: Path) -> tuple[str, str, str]:
    """Code, message and remedy. Not the system's own words: those depend on the locale."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return (
                "disk-full",
                f"磁盘满了，“{path}”没有写成；原来的文件没有动。",
                "请清理磁盘，或用 -o 换一个盘上的文件夹，再运行一次。",
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                "no-permission",
                f"{_folder(path)}不让写入（只读，或没有权限），“{path.name}”没有写成。",
                "请用 -o 换一个能写入的文件夹，比如“文档”里或桌面上的文件夹。",
            )
        case errno.EISDIR:
            return (
                "is-folder",
                f"“{error.filename or path}”是一个文件夹，不能当作文件来写。",
                "请在 -o 里写上文件名，或先把这个文件夹改名。",
            )
        case errno.ENOTDIR | errno.EEXIST:
            return (
                "not-folder",
                f"“{path.parent}”里有一段是文件，不是文件夹，“{path.name}”没有地方可写。",
                "请用 -o 换一个文件夹，或先把那个同名的文件改名。",
            )
        case errno.EINVAL:
            return (
                "bad-name",
                f"系统不接受“{path}”这个文件名，没有写成。",
                '请用 -o 换一个文件名，不要带 < > : " / \\ | ? * 这些符号。',
            )
    if error.errno == errno.ENAMETOOLONG or (error.errno == errno.ENOENT and len(str(path)) > NAME_BYTES):
        return (
            "name-too-long",
            f"文件名或路径太长，“{path.name}”没有写成。",
            "请用 -o 给一个短一些的文件名，或换到层次浅一些的文件夹。",
        )
    return (
        "write-failed",
        f"“{path}”没有写成（系统错误 {_errno_name(error)}）；原来的文件没有动。",
        "请检查磁盘、U盘或网络盘是否正常，再运行一次；还不行就用 -o 换一个文件夹。",
    )


def _errno_name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, str(error.errno))


def write_cache(path: Path, data: bytes) -> None:
    """Write a file that is ours alone and can be made again. Raises OSError or SpeechgenError."""
    temporary = _write_temporary(path.parent, data)
    try:
        temporary.replace(path)
    finally:
        _discard(temporary)
