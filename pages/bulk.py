"""Làm cho nhiều hồ sơ: one form filled in once for many files, tried first. Which files is in no address."""

from pages.ui import bulk


def render() -> None:
    bulk.draw()
