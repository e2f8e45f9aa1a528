"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password


class OneTimeHasher(Argon2PasswordHasher):
    """Argon2 at little cost, for one-time passwords alone: they are random (59 bits), so slow hashing adds nothing, and
    a commune's slips are made while one waits. Django hashes anew at full cost when the password is first used."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1


def kept_one_time(password: str) -> str:
    """A one-time password as it is stored."""
    return make_password(password, hasher=OneTimeHasher())


def take_as_long(kept: str, password: str) -> None:
    """After a wrong password: spend the time that comparing with a one-time password did not take, so that the time of
    an answer does not tell which accounts still have one."""
    if identify_hasher(kept).must_update(kept):
        make_password(password)
