"""Where a file stands (the stages), and what happened to it (the history)."""

from collections.abc import Iterable
from html import escape

from services.history import Moment
from services.stages import Stage

MARKS = {"done": "✓", "now": "●", "later": "○"}


def html_stages(stages: Iterable[Stage]) -> str:
    """The stages of a file in a row; each says in a word how it stands."""
    steps = "".join(
        f'<li class="{stage.mark}"{" aria-current=step" if stage.mark == "now" else ""}>'
        f"<b>{MARKS[stage.mark]} {escape(stage.label)}</b><span>{escape(stage.words)}</span></li>"
        for stage in stages
    )
    return f'<ol class="stages" aria-label="Tiến trình hồ sơ">{steps}</ol>'


def html_history(moments: Iterable[Moment]) -> str:
    """One sentence a change, newest first."""
    lines = "".join(
        f"<li><time>{moment.at:%d/%m/%Y %H:%M}</time> <b>{escape(moment.who)}</b> {escape(moment.sentence)}</li>"
        for moment in moments
    )
    return f'<ul class="history">{lines}</ul>'
