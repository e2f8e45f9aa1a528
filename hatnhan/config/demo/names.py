"""Invented people: common family, middle and given names put together by a seeded die."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hatnhan.kernel.known import Known

FAMILY = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Mai Tống Huỳnh Trịnh Cao Tạ Đoàn Lâm"
).split()
WEIGHTS = [24, 11, 10, 7, 5, 5, 4, 3, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 2, 2, 1, 1, 1, 1]
MEN_MIDDLE = "Văn Đức Hữu Quang Minh Công Xuân Đình Thế Ngọc Trọng Mạnh Quốc Thanh Bá".split()
MEN_GIVEN = (
    "An Bằng Bình Chiến Chín Cường Dũng Đạt Định Đông Đức Giang Hải Hiệp Hiếu Hòa Hoàn Hùng Hưng Huy Khánh Kiên Lâm "
    "Long Lợi Mạnh Nam Nghĩa Phong Phú Phúc Quân Quý Sơn Tài Tân Thắng Thành Thiện Thịnh Thuận Tiến Toàn Trung Trường "
    "Tuấn Tùng Việt Vinh Vượng"
).split()
WOMEN_MIDDLE = "Thị Thị Thị Thị Ngọc Thu Bích Hồng Kim Thanh Minh Phương Thùy Lan".split()
WOMEN_GIVEN = (
    "Ánh Bình Châu Chi Cúc Diễm Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hòa Huệ Hương Huyền Lan Liên Linh Loan Mai "
    "My Nga Ngân Ngọc Nhàn Nhung Oanh Phương Quyên Tâm Thảo Thoa Thu Thủy Trang Tuyết Vân Xuân Yến"
).split()
PLACES = (
    "Bờ Tre|Đồng Sen|Nương Chè|Rừng Thông|Cây Đa|Đồng Chum|Đập Tràn|Cồn Cát|Bến Sim|Bãi Ngang|Đồi Cọ|Suối Mơ|"
    "Gò Mít|Vườn Cau|Hồ Cá|Bến Gạo|Đầm Súng|Núi Voi|Khe Lim|Đồng Lạc|Ngõ Trầu|Ao Làng|Trại Mía|Bãi Dâu|Lũng Hoa|"
    "Cầu Ván|Đá Bạc|Mỏ Phượng|Ruộng Bậc|Sân Kho|Xóm Lò|Giếng Đá|Chợ Mới|Thung Mây|Hang Dơi|Bản Nhài".split("|")
)
JOBS = (
    "Nông dân|Giáo viên|Công chức xã|Y sĩ|Bộ đội nghỉ hưu|Cán bộ nghỉ hưu|Công nhân|Kỹ sư|Buôn bán|Kế toán|Bác sĩ|"
    "Lái xe"
).split("|")
EDUCATION = "Trung học cơ sở|Trung học phổ thông|Trung cấp|Cao đẳng|Đại học|Thạc sĩ".split("|")
THEORY = ["", "", "Sơ cấp", "Sơ cấp", "Trung cấp", "Cao cấp"]


@dataclass(frozen=True)
class Invented:
    """A made-up member on the first day of the world."""

    name: str
    values: dict[str, Any]
    standing: str
    numbers: dict[str, str]


def person(die: Random, on: date, *, serial: int, young: bool = False, standing: str = "full") -> Invented:
    """Somebody invented; `serial` makes the numbers unique, `young` gives 18 to 35 years of age."""
    woman = die.random() < 0.42
    middle, given = (WOMEN_MIDDLE, WOMEN_GIVEN) if woman else (MEN_MIDDLE, MEN_GIVEN)
    name = f"{die.choices(FAMILY, WEIGHTS)[0]} {die.choice(middle)} {die.choice(given)}"
    age = die.randint(20, 34) if young else min(92, max(22, int(die.gauss(54, 15))))
    born = on - timedelta(days=int(365.25 * age) + die.randint(0, 364))
    joined = born + timedelta(days=int(365.25 * min(age - 1, max(19, int(die.gauss(29, 6))))) + die.randint(0, 300))
    within_the_year = on - timedelta(days=die.randint(20, 340))
    joined = min(joined, on - timedelta(days=430)) if standing == "full" else within_the_year
    official = joined.replace(year=joined.year + 1, day=min(joined.day, 28))
    values: dict[str, Any] = {
        "sex": "f" if woman else "m",
        "birth": _known(die, born),
        "hometown": f"Xã {die.choice(PLACES)}",
        "residence": f"Thôn {die.choice(PLACES)}",
        "occupation": die.choice(JOBS[4:6] if age > 62 else JOBS),
        "education": die.choices(EDUCATION, [2, 6, 4, 3, 8, 1])[0],
        "theory": die.choice(THEORY),
        "ceremony_date": Known(joined.isoformat()),
    }
    if die.random() < 0.7:
        values["decision_date"] = Known((joined - timedelta(days=die.randint(8, 30))).isoformat())
    if standing == "full":
        values["official_date"] = Known(official.isoformat())
    citizen = f"001{2 * (born.year // 100 - 19) + woman}{born.year % 100:02d}{serial:06d}"
    numbers = {} if die.random() < 0.03 else {"national_id": citizen, "card": citizen}
    return Invented(name, values, standing, numbers)


def _known(die: Random, born: date) -> Known:
    """Old records often know only the month or the year."""
    if born.year < 1960 and die.random() < 0.25:
        return Known(f"{born.year}" if die.random() < 0.6 else f"{born.year}-{born.month:02d}")
    return Known(born.isoformat())
