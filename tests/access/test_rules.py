"""Sign-in names and one-time passwords."""

import pytest

from hatnhan.access.rules import LETTERS, one_time_password, proposed_username, username_blockers


@pytest.mark.parametrize("name", ["nguyen.van.an", "an2", "chi-bo_5", "0912345678"])
def test_a_plain_sign_in_name_is_taken(name: str) -> None:
    assert username_blockers(name) == []


@pytest.mark.parametrize("name", ["", "an", "Nguyen", "nguyễn", "a b c", ".an.", "an-", "x" * 61, "an@xa"])
def test_another_sign_in_name_is_refused_with_an_example(name: str) -> None:
    (reason,) = username_blockers(name)
    assert reason.field == "username"
    assert "nguyen.van.an" in reason.message


@pytest.mark.parametrize(
    ("label", "taken", "name"),
    [
        ("Nguyễn Văn An", [], "nguyen.van.an"),
        ("Nguyễn Văn An", ["nguyen.van.an"], "nguyen.van.an2"),
        ("Nguyễn Văn An", ["nguyen.van.an", "nguyen.van.an2", "nguyen.van.an3"], "nguyen.van.an4"),
        ("  ĐỖ   Thị Ánh ", [], "do.thi.anh"),
        ("Y", [], "y.tk"),
        ("…", [], "tai.khoan"),
        ("Văn " * 30, [], "van." * 13 + "va"),
    ],
)
def test_a_free_name_is_made_from_the_persons_name(label: str, taken: list[str], name: str) -> None:
    made = proposed_username(label, taken)
    assert made == name
    assert username_blockers(made) == []


def test_a_one_time_password_cannot_be_misread_and_does_not_repeat() -> None:
    made = {one_time_password() for _n in range(200)}
    assert len(made) == 200
    assert all(len(one) == 14 and set(one) <= set(LETTERS + "-") for one in made)
    assert not set("01ilo") & set(LETTERS)
