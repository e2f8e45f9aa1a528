"""What imports write: the list itself, questions and their answers, and what is kept of an upload."""

from .applying import apply, ask_elsewhere, undo
from .asking import answer, open_questions

__all__ = ["answer", "apply", "ask_elsewhere", "open_questions", "undo"]
