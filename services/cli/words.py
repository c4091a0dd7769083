"""The command line in Vietnamese: Typer's own words, its complaints, and how things are printed."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from services.errors import AppError

WORDS = {
    "Usage: ": "Cách dùng: ",
    "Arguments:": "Tham số:",
    "Options:": "Tùy chọn:",
    "Commands:": "Lệnh:",
    "Show this message and exit.": "Hiện trợ giúp này rồi thôi.",
    "[OPTIONS] COMMAND [ARGS]...": "[TÙY CHỌN] LỆNH [THAM SỐ]...",
    "[OPTIONS]": "[TÙY CHỌN]",
    "[required]": "[bắt buộc]",
    "[default: ": "[mặc định: ",
}
COMPLAINTS = {
    "MissingParameter": "thiếu {hint}",
    "NoSuchOption": "không có tùy chọn {option}",
    "BadOptionUsage": "tùy chọn {option} dùng chưa đúng",
    "BadParameter": "{hint} không hợp lệ",
}


class WrongUse(AppError):
    """The command was written wrongly: exit code 2."""


class _Vietnamese:
    """Help with Typer's English words replaced."""

    def format_help(self, context: Any, formatter: Any) -> None:
        super().format_help(context, formatter)  # type: ignore[misc]
        formatter.buffer = [_translated(text) for text in formatter.buffer]


class Command(_Vietnamese, TyperCommand):
    pass


class Group(_Vietnamese, TyperGroup):
    pass


def complaint(error: TyperException) -> str:
    """What was wrong with the command, as a sentence."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return _translated(str(error))
    hint = "tham số"
    if (parameter := getattr(error, "param", None)) is not None:
        hint = str(parameter.get_error_hint()).strip("'")
    option = getattr(error, "option_name", "")
    text = COMPLAINTS.get(kind, "lệnh hoặc tham số không đúng").format(hint=hint, option=option)
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "duongve")
    if str(error).startswith("No such command"):
        text = "không có lệnh này"
    return f"Dùng sai lệnh: {text}. Xem: {path} --help"


def say(text: str = "") -> None:
    """To the person (standard output)."""
    print(text)


def tell(text: str) -> None:
    """Beside the result (standard error): progress, warnings, errors."""
    print(text, file=sys.stderr)


def progress(title: str) -> Callable[[int, int], None]:
    """A line that counts up where a person looks, silent in a pipe."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{title}: {done}/{total}" + ("\n" if done >= total else ""))
            sys.stderr.flush()

    return show


def columns(rows: Iterable[tuple[str, ...]]) -> None:
    """Prints rows with their columns aligned."""
    lines = list(rows)
    widths = [max(len(row[place]) for row in lines) for place in range(len(lines[0]))] if lines else []
    for row in lines:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _translated(text: str) -> str:
    for english, ours in WORDS.items():
        text = text.replace(english, ours)
    return text
