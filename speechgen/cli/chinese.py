"""click's own words in Chinese: its messages pass through a gettext-style function, replaced here."""

from __future__ import annotations

from typing import Any

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示这段说明。",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}",
    "Missing argument": "缺少",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing command.": "没有写命令。",
    "Show the version and exit.": "显示版本。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 项，只写了 1 项。",
    "Option {name!r} requires {nargs} arguments.": "选项「{name}」后面要写 {nargs} 项。",
    "Positional arguments": "参数",
    "No such command {name!r}.": "没有「{name}」这个命令。",
    "No such option: {name}": "没有「{name}」这个选项。",
    "No such option {name!r}.": "没有「{name}」这个选项。",
    "Did you mean {possibility}?": "是不是{possibility}？",
    "(Did you mean one of: {possibilities}?)": "（相近的：{possibilities}）",
    "(Possible options: {possibilities})": "（相近的选项：{possibilities}）",
    "Invalid value: {message}": "写法不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}：{message}",
    "Option {name!r} requires an argument.": "选项「{name}」后面要写内容。",
    "Option {name!r} does not take a value.": "选项「{name}」后面不写内容。",
    "Got unexpected extra argument ({args})": "多写了内容：{args}",
    "Got unexpected extra arguments ({args})": "多写了内容：{args}",
    "{name} {filename!r} does not exist.": "找不到「{filename}」，请核对路径。",
    "{name} {filename!r} is a directory.": "「{filename}」是文件夹，这里要写文件。",
    "{name} {filename!r} is a file.": "「{filename}」是文件，这里要写文件夹。",
    "{name} {filename!r} is not readable.": "「{filename}」打不开，请看看有没有权限。",
    "{name} {filename!r} is not writable.": "「{filename}」不能写入，请看看有没有权限。",
    "Could not open file {filename!r}: {message}": "打不开「{filename}」。",
    "{value!r} is not {choice}.": "「{value}」不对，这里要写 {choice}。",
    "{value!r} is not one of {choices}.": "「{value}」不在可选的范围里：{choices}。",
    "Aborted!": "已停止。",
    "{text} {deprecated_message}": "{text} {deprecated_message}",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
}


def install() -> None:
    """Put the Chinese words in the place of click's English ones."""
    from click import core, decorators, exceptions, formatting, parser, termui, types

    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        for name, function in (("_", _said), ("ngettext", _said_many)):
            if hasattr(module, name):
                setattr(module, name, function)


def _said(message: str) -> str:
    return _WORDS.get(message, message).replace("{name!r}", "{name}")


def _said_many(one: str, many: str, number: int, *_: Any) -> str:
    return _said(one if number == 1 else many)
