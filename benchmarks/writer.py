"""Our writer and line against programs that fill a finished text into a template, on the same speeches in one run.

    python benchmarks/writer.py [SPEECHES] [ROUNDS]

The speeches are those of the shipped examples, each with other sentences (another seed) until there are enough. Each
round runs all contestants, one after the other, so that a busy machine slows all of them alike; medians of seconds for
all speeches are told, and the ratios that the project watches.

  floor           document.xml deflated at level 6, appended to static parts that are deflated already
  writer          `write_docx` on composed drafts, the static parts kept, as a batch does
  compose+write   from meeting, office and content to the bytes
  line            the same with the check
  docxtpl         on python-docx's default template   (pip install docxtpl)
  docxtpl, slim   on a template with our few styles
  docxtemplater   on the slim template, with node      (npm install docxtemplater pizzip; NODE_PATH names where)
"""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from speechgen import compose, content, schema  # noqa: E402
from speechgen.check.run import check  # noqa: E402
from speechgen.cli.messages import cache_folder  # noqa: E402
from speechgen.content import Content  # noqa: E402
from speechgen.inforce import PROFILE, grounds_of, layout_of, rules_for  # noqa: E402
from speechgen.layout import Layout  # noqa: E402
from speechgen.model import Draft, Meeting, Office  # noqa: E402
from speechgen.word.writer import build_template, write_docx  # noqa: E402

SPEECHES, ROUNDS = 300, 3
NO_MEETINGS = (PROFILE, "十处缺项.yaml", "2027年元旦春节一会多稿.yaml")
GOALS = (
    ("writer against the floor", "floor", "writer", 0.65),
    ("compose+write against docxtpl", "docxtpl", "compose+write", 10.0),
    ("compose+write against docxtpl, slim", "docxtpl, slim", "compose+write", 3.0),
    ("line against docxtpl, slim", "docxtpl, slim", "line", 2.0),
)
_NODE = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const template = fs.readFileSync(process.argv[2], "binary");
const speeches = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
const before = process.hrtime.bigint();
let size = 0;
for (const speech of speeches) {
  const doc = new Docxtemplater(new PizZip(template), { paragraphLoop: true });
  doc.render(speech);
  size += doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }).length;
}
console.log(Number(process.hrtime.bigint() - before) / 1e9);
"""


def matter(count: int) -> tuple[list[tuple[Meeting, Office]], Content]:
    """Meetings with their offices, and the content."""
    paths = [path for path in sorted((ROOT / "examples").glob("*/*.yaml")) if path.name not in NO_MEETINGS]
    library = content.load_content(content.layers_for(ROOT / "examples" / "county"), cache_folder())
    read = [(schema.load_meeting(path)[0], schema.load_office(path.with_name(PROFILE))[0]) for path in paths]
    found = []
    for number in range(count):
        meeting, office = read[number % len(read)]
        found.append((meeting._replace(seed=str(number)), office))
    return found, library


def floor(xml: list[bytes], static: bytes) -> None:
    """What any writer of these documents has to do."""
    for body in xml:
        deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(body) + deflate.flush()
        zlib.crc32(body)
        b"".join((static, packed))


def template_of(slim: bool, opening: str, text: str, closing: str, layout: Layout, example: Draft) -> bytes:
    """A template with a loop over paragraphs, on python-docx's default one or on our page."""
    import docx

    document = docx.Document(io.BytesIO(write_docx(example, layout)) if slim else None)
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    for line in ("{{ title }}" if "%" in opening else "{title}", opening, text, closing):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def docxtpl(template: bytes, drafts: list[Draft]) -> None:
    from docxtpl import DocxTemplate

    for draft in drafts:
        document = DocxTemplate(io.BytesIO(template))
        document.render({"title": draft.title, "lines": [block.text for block in draft.blocks]})
        document.save(io.BytesIO())


def docxtemplater(template: bytes, drafts: list[Draft], folder: Path) -> float:
    """Seconds, measured inside node; 0 when it is not there."""
    if not shutil.which("node"):
        return 0.0
    speeches = [{"title": d.title, "lines": [{"text": block.text} for block in d.blocks]} for d in drafts]
    (folder / "t.docx").write_bytes(template)
    (folder / "s.json").write_text(json.dumps(speeches, ensure_ascii=False), encoding="utf-8")
    (folder / "run.js").write_text(_NODE, encoding="utf-8")
    done = subprocess.run(
        ["node", str(folder / "run.js"), str(folder / "t.docx"), str(folder / "s.json")],
        capture_output=True, encoding="utf-8", env=dict(os.environ), check=False,
    )  # fmt: skip
    return float(done.stdout) if done.returncode == 0 else 0.0


def seconds(run: Callable[[], object]) -> float:
    before = time.perf_counter()
    run()
    return time.perf_counter() - before


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SPEECHES
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    speeches, library = matter(count)
    drafts = [compose.compose(meeting, office, library) for meeting, office in speeches]
    layout = layout_of(speeches[0][0], speeches[0][1], cache_folder())
    static = build_template(layout)
    xml = [zipfile.ZipFile(io.BytesIO(write_docx(draft, layout, static))).read("word/document.xml") for draft in drafts]
    rules = rules_for(ROOT / "examples" / "county", None, cache_folder(), bare=True)
    jinja = ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}")
    default = template_of(False, *jinja, layout, drafts[0])
    slim = template_of(True, *jinja, layout, drafts[0])
    for_node = template_of(True, "{#lines}", "{text}", "{/lines}", layout, drafts[0])

    def composed(checked: bool) -> None:
        for meeting, office in speeches:
            draft = compose.compose(meeting, office, library)
            if checked:
                check(draft, rules, grounds_of(meeting, office, library))
            write_docx(draft, layout, static)

    gc.freeze()  # what is made so far stays to the end, as in a batch: nobody's time goes into looking through it
    took: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for _ in range(rounds):
            runs: dict[str, Callable[[], object]] = {
                "floor": lambda: floor(xml, static),
                "writer": lambda: [write_docx(draft, layout, static) for draft in drafts],
                "compose+write": lambda: composed(False),
                "line": lambda: composed(True),
                "docxtpl": lambda: docxtpl(default, drafts),
                "docxtpl, slim": lambda: docxtpl(slim, drafts),
            }
            for name, run in runs.items():
                took.setdefault(name, []).append(seconds(run))
            took.setdefault("docxtemplater", []).append(docxtemplater(for_node, drafts, Path(place)))
    medians = {name: statistics.median(values) for name, values in took.items()}
    print(f"Python {sys.version.split()[0]}, {count} speeches, median of {rounds}")
    for name, value in medians.items():
        told = f"{value:7.2f} s   {value / count * 1000:7.2f} ms a speech" if value else "not there"
        print(f"  {name:<14} {told}")
    for told, other, ours, goal in GOALS:
        print(f"{told}: {medians[other] / medians[ours]:.2f} (goal: at least {goal})")
    if medians["docxtemplater"]:
        print(f"compose+write against docxtemplater: {medians['docxtemplater'] / medians['compose+write']:.2f}")


if __name__ == "__main__":
    main()
