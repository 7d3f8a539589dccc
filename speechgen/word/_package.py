"""The zip around a Word file: opening one safely, finding its parts, writing a copy with some of them changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from speechgen.errors import SpeechgenError
from speechgen.model import Location

LARGEST_UNPACKED = 20 * 1024 * 1024  # bytes; a speech is some 10 kB, a zip bomb is not
LARGEST_FILE = 20 * 1024 * 1024

TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary: .doc, and any encrypted Office file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that ECMA-376 encryption puts the file into
_DOCUMENT = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)


class Package(NamedTuple):
    """A Word file taken apart: its zip entries in their order, the bytes of every part, the name of the main one."""

    path: Path
    entries: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    main: str

    def xml(self, name: str) -> Any:
        """The root element of a part; None when there is no such part. Raises on what is no XML."""
        return parsed(self.parts[name]) if name in self.parts else None

    def related(self, kind: str) -> dict[str, str]:
        """The parts that the document points to with a relation of ``kind`` (styles, footer …), by relation id."""
        return dict(_targets(self.parts, self.main, f"{RELATION}/{kind}"))

    def related_xml(self, kind: str) -> Any:
        """The root of the first part of that kind; None when there is none."""
        return self.xml(next(iter(self.related(kind).values()), ""))


def parsed(data: bytes) -> Any:
    """XML bytes → the root element. Nothing outside the bytes is looked at, and no entity is expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type declaration")
    return root


def written(root: Any) -> bytes:
    """An element tree → the bytes of a part."""
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def open_package(path: Path) -> Package:
    """The Word file at ``path``.

    Raises SpeechgenError for what is not a .docx, damaged, protected, with macros, or far too large.
    """
    data = _bytes_of(path)
    try:
        entries, parts = _unpacked(data, path)
        main = _main_part(parts)
    except SpeechgenError:
        raise
    except Exception as error:  # a damaged archive raises nearly anything
        raise damaged(path) from error
    types = parts.get(TYPES, b"")
    if b"macroEnabled" in types or "word/vbaProject.bin" in parts:
        raise _refused("macros", path, f"“{path}”是带宏的 Word 文件（.docm）", "请在 Word 或 WPS 里另存为 .docx 再用。")
    if any(_declares(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))):
        raise damaged(path)
    if not main or (_DOCUMENT not in parts and b"wordprocessingml.document.main" not in types):
        raise _refused("not-word", path, f"“{path}”不是 Word 文档", "请用 Word 或 WPS 打开原稿，另存为 .docx 再用。")
    if _STRICT in parts[main][:4096]:
        remedy = "请在 Word 里另存为普通的“Word 文档（.docx）”再用。"
        raise _refused("strict", path, f"“{path}”存成了“严格 Open XML”格式", remedy)
    return Package(path, entries, parts, main)


def repacked(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts changed or added. Everything else, and what a zip says of it, stays as it was; the
    same input gives the same bytes."""
    out = io.BytesIO()
    known = {entry.filename for entry in package.entries}
    with zipfile.ZipFile(out, "w") as archive:
        for entry in package.entries:
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.external_attr, copy.create_system = entry.external_attr, entry.create_system
            data = changed.get(entry.filename, package.parts[entry.filename])
            stored = entry.compress_type == zipfile.ZIP_STORED
            archive.writestr(copy, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 6)
        for name, data in changed.items():
            if name not in known:
                fresh = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                fresh.create_system = 0
                archive.writestr(fresh, data, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def damaged(path: Path) -> SpeechgenError:
    """What to say of a file that is no sound package."""
    return _refused("damaged", path, f"“{path}”已经损坏，读不出来", "请用 Word 或 WPS 打开修复，另存为 .docx 再用。")


# ── what may be opened ────────────────────────────────────────────────────────────────────────


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except IsADirectoryError as error:
        raise _refused("is-folder", path, f"“{path}”是一个文件夹", "请写上 Word 文件的名字。") from error
    except FileNotFoundError as error:
        raise _refused("no-file", path, f"找不到文件“{path}”", "请核对路径和文件名。") from error
    except OSError as error:
        raise _refused(
            "unreadable", path, f"“{path}”打不开", "请看看有没有权限，或者先在 Word、WPS 里关掉它。"
        ) from error
    if len(data) > LARGEST_FILE:
        raise _too_large(path)
    if not data.strip(b"\0"):
        raise _refused("empty-file", path, f"“{path}”是空文件", "请换一份有内容的稿子。")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _refused("encrypted", path, f"“{path}”设了打开密码", "请在 Word 或 WPS 里去掉密码，另存一份再用。")
        raise _refused("old-word", path, f"“{path}”是旧式的 .doc 文件", "请用 Word 或 WPS 打开，另存为 .docx 再用。")
    if not data.startswith(b"PK"):
        raise _refused("not-word", path, f"“{path}”不是 Word 文件", "请用 Word 或 WPS 打开原稿，另存为 .docx 再用。")
    return data


def _unpacked(data: bytes, path: Path) -> tuple[tuple[zipfile.ZipInfo, ...], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise _too_large(path)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _refused("encrypted", path, f"“{path}”设了打开密码", "请去掉密码，另存一份再用。")
        # Read with a limit: what the archive says of its sizes may be a lie.
        left = LARGEST_UNPACKED
        parts: dict[str, bytes] = {}
        for entry in entries:
            with archive.open(entry) as part:
                parts[entry.filename] = part.read(left + 1)
            left -= len(parts[entry.filename])
            if left < 0:
                raise _too_large(path)
    return tuple({entry.filename: entry for entry in entries}.values()), parts


def _declares(part: bytes) -> bool:
    """Whether XML declares a document type or an entity, which no Word file does."""
    return b"!" in part and any(word in part for word in _DECLARATIONS)


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the document's part: where the package points to, else where it always is."""
    if any(_declares(part) for part in (parts.get("_rels/.rels", b""), parts.get(TYPES, b""))):
        return _DOCUMENT  # refused below
    found = next((name for _, name in _targets(parts, "", f"{RELATION}/officeDocument") if name in parts), "")
    return found or (_DOCUMENT if _DOCUMENT in parts else "")


def core_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part with title and author; empty when there is none."""
    kind = f"{PACKAGE}/relationships/metadata/core-properties"
    return next((name for _, name in _targets(parts, "", kind) if name in parts), "")


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of ``part`` ("" is the package)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _targets(parts: Mapping[str, bytes], part: str, kind: str) -> Iterator[tuple[str, str]]:
    data = parts.get(relations_of(part))
    if data is None:
        return
    folder = posixpath.dirname(part)
    for relation in parsed(data):
        if relation.get("Type") == kind and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            name = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Id", ""), name


def _refused(code: str, path: Path, message: str, remedy: str) -> SpeechgenError:
    return SpeechgenError.of(code, f"{message}，没有读。", Location(str(path)), remedy)


def _too_large(path: Path) -> SpeechgenError:
    size = LARGEST_UNPACKED // 1024 // 1024
    return _refused("too-large", path, f"“{path}”太大，超过 {size} MB", "讲话稿不会这么大；请去掉图片，另存一份再用。")
