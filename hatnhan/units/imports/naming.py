"""Names of organisations as lists write them."""

from hatnhan.kernel.vietnamese import bare, nfc, plain

# In a name written in capitals these words are no names.
_GENERAL = frozenset(
    [
        "chi",
        "bộ",
        "đảng",
        "ủy",
        "uỷ",
        "ban",
        "cơ",
        "sở",
        "bộ",
        "phận",
        "thôn",
        "xóm",
        "bản",
        "ấp",
        "làng",
        "buôn",
        "khóm",
        "khu",
        "phố",
        "tổ",
        "dân",
        "tiểu",
        "xã",
        "phường",
        "đặc",
        "huyện",
        "tỉnh",
        "thị",
        "trấn",
        "trường",
        "trạm",
        "y",
        "tế",
        "công",
        "an",
        "quân",
        "sự",
        "cơ",
        "quan",
        "các",
        "trung",
        "tâm",
        "học",
        "tiểu",
        "mầm",
        "non",
        "thcs",
        "thpt",
        "công",
        "ty",
        "hợp",
        "tác",
        "và",
        "trực",
        "thuộc",
        "ủy",
        "nhân",
    ]
)
_ALWAYS = frozenset({"thcs", "thpt", "tnhh", "ubnd", "hđnd", "htx", "mtv", "ubmttq"})


def written(name: str) -> str:
    """A name in capitals as it is written in running text: "CHI BỘ THÔN BỜ TRE" → "Chi bộ thôn Bờ Tre"."""
    name = nfc(name)
    if not name.isupper() or len(name) < 4:
        return name
    words = []
    for word in name.lower().split():
        if word in _ALWAYS or any(map(str.isdigit, word)):
            words.append(word.upper())
        else:
            words.append(word if word in _GENERAL else word[0].upper() + word[1:])
    whole = " ".join(words)
    return whole[0].upper() + whole[1:]


def renames(name: str, stored: str) -> bool:
    """Whether a list gives another name, or the same one with the marks that the record lacks."""
    if not name or name == stored:
        return False
    return plain(name) != plain(stored) or (bare(stored) == stored and bare(name) != name)
