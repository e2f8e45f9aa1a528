"""What the central columns say of ethnicity and religion: one sealed value that this program carries along and never
shows, searches, counts or compares with another person's.

Sealings of one text differ and have one length, so that not even the database tells who has the same."""

from hatnhan.kernel.secrets import seal, unseal

# Bytes; nothing longer is expected, and what is longer is not cut.
# Bytes: what is longer is not cut.
LENGTH = 160


def kept(text: str) -> str:
    """The text as it is stored; an empty one stays empty."""
    return seal(text + " " * (LENGTH - len(text.encode()))) if text else ""


def holds(sealed: str, text: str) -> bool:
    """Whether a stored value is of this text: a list that comes again changes nothing."""
    return bool(sealed) == bool(text) and (not text or unseal(sealed).rstrip() == text.rstrip())
