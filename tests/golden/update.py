"""python -m tests.golden.update: write the golden speeches anew. Read the diff before committing it."""

from __future__ import annotations

from tests.examples import ALL
from tests.golden.speeches import GOLDEN, folder, parts


def update() -> None:
    """Rewrite every golden folder and remove those whose example is gone."""
    wanted = {folder(example): parts(example) for example in ALL}
    for old in [path for path in GOLDEN.iterdir() if path.is_dir() and path.name != "__pycache__"]:
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
    for place, texts in wanted.items():
        place.mkdir()
        for name, text in texts.items():
            (place / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    update()
