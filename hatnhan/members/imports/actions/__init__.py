"""What imports write: the list itself, questions and their answers, and what is kept of an upload."""

from .applying import apply, undo
from .asking import answer, open_questions

__all__ = ["answer", "apply", "open_questions", "undo"]
