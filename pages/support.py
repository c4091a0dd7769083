"""Support: the files that wait for it."""

from pages.ui import worklist


def render() -> None:
    worklist.render("support", "Hỗ trợ")
