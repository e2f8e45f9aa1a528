"""When somebody is reminded. Pure: hours of the day in Vietnam in, yes or no out."""

RETRIES = 3
WAIT_MINUTES = (15, 60)  # before the second and the third attempt


def quiet(hour: int, first: int, end: int) -> bool:
    """Whether an hour lies in the quiet ones, `[first, end)` over midnight; with both the same there are none."""
    if first == end:
        return False
    return first <= hour < end if first < end else hour >= first or hour < end


def due_now(hour: int, wished: int, first: int, end: int) -> bool:
    """Whether the day's reminder may go out in this hour: from the wished one on, outside the quiet ones."""
    return hour >= wished and not quiet(hour, first, end)


def masked(address: str) -> str:
    """What is shown of an address: its first letter and where it lies."""
    name, _at, place = address.partition("@")
    return f"{name[:1]}…@{place}" if place else ""
