"""What transfers give to the registries of the modules below."""

from django.utils.translation import gettext_lazy

from hatnhan.duties.kinds import Kind, duty_kind
from hatnhan.kernel.registries import Slot, bar, slot
from hatnhan.kernel.spoken import leads
from hatnhan.members.slots import ACTS, CARDS
from hatnhan.movements.permissions import OPEN, VIEW

from . import queries
from .cards import transfer_acts, transfer_cards
from .flows import COMPLETE, FOLLOW, PROPOSE, START, TAKE_IN
from .models import TransferCase

leads(TransferCase._meta.label_lower, "movements.transfer")
bar("transfer", queries.open_case)
slot(Slot(CARDS, "transfers", transfer_cards, VIEW), Slot(ACTS, "transfers", transfer_acts, OPEN))
duty_kind(
    Kind(START, gettext_lazy("Làm thủ tục chuyển sinh hoạt đi"), queries.describe),
    Kind(FOLLOW, gettext_lazy("Theo dõi giấy giới thiệu đã cấp"), queries.describe),
    Kind(TAKE_IN, gettext_lazy("Tiếp nhận đảng viên chuyển đến"), queries.describe),
    Kind(COMPLETE, gettext_lazy("Bổ sung hồ sơ chuyển sinh hoạt"), queries.describe),
    Kind(PROPOSE, gettext_lazy("Xem xét việc không nộp giấy giới thiệu"), queries.describe),
)
