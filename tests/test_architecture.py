"""The one rule: `app.py → pages → services → db`. Nothing points upward; no query hides in a screen."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "pyproject.toml", "app.py", "pages", "db", "services", "tests", ".streamlit", "README.md",
    ".ci", ".gitignore", ".gitattributes", ".python-version", "uv.lock", "LICENSE",
}  # fmt: skip
FORBIDDEN = {
    "db": {"streamlit", "services", "pages", "app"},
    "services": {"streamlit", "pages", "app"},
    "pages": {"db", "sqlalchemy", "sqlmodel", "app"},
}


def modules(room: str) -> Iterator[Path]:
    return (path for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_nothing_points_upward(room: str) -> None:
    wrong = [(path.name, name) for path in modules(room) for name in imported(path) if name in FORBIDDEN[room]]
    assert not wrong


def test_commit_stands_in_one_file() -> None:
    calls = {
        path.relative_to(ROOT).as_posix()
        for room in ("db", "services", "pages")
        for path in modules(room)
        if ".commit(" in path.read_text("utf-8")
    }
    assert calls == {"services/work.py"}


def test_a_state_changes_in_one_place() -> None:
    setters = set()
    for path in modules("services"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
                setters.add(path.name)
    assert setters <= {"lifecycle.py", "issuing.py"}  # the second: a document has a state of its own


def test_pages_draw_nothing_at_import() -> None:
    """A page module only defines: `st.…` calls stand inside functions (the shell is the one script)."""
    for path in modules("pages"):
        if path.name == "shell.py":
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            assert not called or "register" in ast.unparse(node), (path.name, ast.unparse(node))


def test_the_top_level_is_the_house() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP
