"""A campaign that runs in a demonstration: some cells are ahead, some late, a few stand still and were visited."""

from datetime import date, timedelta
from random import Random

from hatnhan.duties.campaigns import actions, queries
from hatnhan.duties.campaigns.rules import StepSheet
from hatnhan.duties.models import Campaign, Step, Target
from hatnhan.kernel.actor import Actor, system

from .places import Places

BEGAN = timedelta(days=24)
STEPS = (
    ("Rà soát danh sách với sổ của chi bộ", -10), ("Bổ sung số định danh, ngày vào Đảng", -2),
    ("Đối khớp với dữ liệu cấp trên", 9), ("Ký xác nhận danh sách", 20),
)  # fmt: skip
OBSTACLES = (
    ("guidance", "Chưa rõ cách ghi ngày vào Đảng của đồng chí chuyển từ quân đội về"),
    ("papers", "Thiếu quyết định kết nạp bản gốc"), ("network", "Máy ở nhà văn hóa hỏng, đang mượn"),
)  # fmt: skip
POSTS = ("Phó Bí thư Thường trực", "Trưởng Ban Xây dựng Đảng", "Tổ công tác số 2")


def run_campaign(_actor: Actor, places: Places, on: date, seed: int) -> None:
    """Planned and begun three weeks ago at the commune; told of by the cells since; and a draft beside it."""
    die, began = Random(seed), on - BEGAN
    then, now = system("demo", began), system("demo", on)
    commune = places.commune or places.province
    steps = [StepSheet(label, on + timedelta(days=days)) for label, days in STEPS]
    campaign = actions.plan_campaign(
        actor=then, unit=commune, title="Làm sạch dữ liệu đảng viên", steps=steps, document="47-KH/ĐU",
        aim="Danh sách của từng chi bộ khớp với sổ và với dữ liệu cấp trên trước khi xếp loại cuối năm.",
    )  # fmt: skip
    cells = [code for code, _label, _n in queries.kinds_below(commune, began) if code.endswith("cell")]
    actions.add_targets(actor=then, campaign=campaign, units=queries.of_kinds(commune, cells, began))
    actions.start_campaign(actor=then, campaign=campaign, on=began)
    _tell(campaign, die, began, on)
    actions.plan_campaign(
        actor=now, unit=commune, title="Chuẩn bị tổng kết năm của chi bộ",
        steps=[StepSheet("Soạn báo cáo", on + timedelta(days=12)), StepSheet("Họp tổng kết", on + timedelta(days=26))],
    )  # fmt: skip


def _tell(campaign: Campaign, die: Random, began: date, on: date) -> None:
    """Each cell does as many steps as it does; every eighth stands still, every fifth was visited."""
    actor = system("demo", on)
    steps = list(Step.objects.filter(campaign=campaign).order_by("number"))
    for target in Target.objects.filter(campaign=campaign).select_related("campaign", "unit").order_by("pk"):
        for step in steps[: die.choice((0, 1, 1, 2, 2, 2, 3, 4))]:
            day = min(on, max(began, step.due - timedelta(days=die.randrange(-3, 6))))
            actions.report_step(actor=actor, target=target, step=step, on=day)
        if target.done < len(steps) and die.random() < 1 / 8:
            kind, text = die.choice(OBSTACLES)
            actions.report_obstacle(actor=actor, target=target, kind=kind, text=text, on=on - timedelta(days=4))
        if die.random() < 1 / 5:
            actions.record_visit(
                actor=actor, target=target, on=on - timedelta(days=die.randrange(1, 20)), post=die.choice(POSTS),
                note="Xem sổ của chi bộ, thống nhất ngày xong",
            )  # fmt: skip
