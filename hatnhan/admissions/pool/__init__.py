"""The pool: who is listed, who helps, which class was attended, who is erased."""
