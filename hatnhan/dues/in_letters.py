"""Amounts in Vietnamese words, as receipts spell them: 79.500 is "bảy mươi chín nghìn năm trăm"."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def in_letters(amount: int) -> str:
    """A whole number from 0 to below a billion billion. Raises ValueError for any other."""
    if not 0 <= amount < 10**18:
        raise ValueError(amount)
    if amount == 0:
        return DIGITS[0]
    groups = []
    while amount:
        amount, group = divmod(amount, 1000)
        groups.append(group)
    highest = len(groups) - 1
    said = [
        f"{_three(group, full=place < highest)} {GROUPS[place]}".strip()
        for place, group in reversed(list(enumerate(groups))) if group
    ]  # fmt: skip
    return " ".join(said)


def _three(group: int, *, full: bool) -> str:
    """A number below a thousand; `full` says its hundreds and tens also where they are nothing."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 1:
        said.append("mười")
    elif tens:
        said.append(f"{DIGITS[tens]} mươi")
    elif ones and said:
        said.append("lẻ")
    if ones:
        said.append(_last(ones, tens))
    return " ".join(said)


def _last(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else DIGITS[ones]
