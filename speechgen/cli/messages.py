"""Turning errors into messages and exit codes, in one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from speechgen.errors import SpeechgenError

CLEAN, WITH_FINDINGS, WRONG_USAGE, NOTHING_WRITTEN = 0, 1, 2, 3
INTERRUPTED = 130  # as shells call what Ctrl-C ended
FORMATS = ("docx", "txt", "json")


def guarded(command: Callable[..., object]) -> int:
    """Run a click command and return the exit code; every error ends as one clear message."""
    try:
        result = command(prog_name="speechgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("已停止。", error=True)
        return NOTHING_WRITTEN
    except SpeechgenError as error:
        from speechgen import report

        say(report.slips(error.slips), error=True)
        written = all(slip.code == "written-unconfirmed" for slip in error.slips)
        return WITH_FINDINGS if written else NOTHING_WRITTEN
    except UnicodeEncodeError:
        say("这台机器的文件名不支持中文，请设置 PYTHONUTF8=1 后再运行。", error=True)
        return NOTHING_WRITTEN
    except BrokenPipeError:
        # Who read our output has gone; Python would complain once more when it closes the stream.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        return CLEAN
    except Exception as error:
        where = _remember(error)
        say(f"程序出了没有料到的错：{type(error).__name__}。您的会议文件没有改动。", error=True)
        say(f"请把这个文件发给维护人员：{where}" if where else "请把使用的会议文件发给维护人员。", error=True)
        return NOTHING_WRITTEN
    return result if isinstance(result, int) else CLEAN


def say(text: str, error: bool = False) -> None:
    """Print to the console, which may not know every character."""
    print(text, file=sys.stderr if error else sys.stdout)


def cache_folder() -> Path | None:
    """Where parsed content is kept between runs; None where the system names no such place."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.expanduser raises where there is no home
    if not base and home == "~":
        return None
    return Path(base or Path(home) / ".cache") / "speechgen"


def _remember(error: Exception) -> Path | None:
    """Keep the traceback in a file for those who maintain the program."""
    import traceback

    folder = cache_folder()
    if folder is None:
        return None
    path = folder / "出错记录.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path
