"""The README prints the plan, clause by clause, and stays true (`DUONGVE_WRITE=1 pytest …` rewrites it)."""

import os
from pathlib import Path

from services import law

README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- plan -->\n", "<!-- /plan -->"


def plan_table() -> str:
    """Clause → the screen that serves it, as Markdown."""
    plan = law.plan("2016-2020")
    lines = [
        "## The plan, clause by clause",
        "",
        f"{plan.number}; *later* = a clause a coming release serves, kept by hand until then.",
        "",
        "| clause | text | screen |",
        "|---|---|---|",
    ]
    for clause in plan.clauses:
        served = "*later*" if clause.later else f"`/{clause.screen}`" if clause.screen is not None else "–"
        lines.append(f"| {clause.id} | {clause.text.replace('|', '/')} | {served} |")
    return "\n".join(lines) + "\n"


def test_the_readme_prints_the_plan() -> None:
    text = README.read_text("utf-8")
    before, rest = text.split(START)
    _, after = rest.split(END)
    true = before + START + plan_table() + END + after
    if os.environ.get("DUONGVE_WRITE"):
        README.write_text(true, "utf-8")
    assert text == true or os.environ.get("DUONGVE_WRITE")


def test_the_readme_names_both_commands() -> None:
    text = README.read_text("utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/duongve demo" in text
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -q" in text
