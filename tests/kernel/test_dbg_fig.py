import pytest
from datetime import date, timedelta
from tests import worlds
from tests.worlds import *
from hatnhan.kernel import figures
from hatnhan.kernel.figures import *
from hatnhan.members.figures import BALANCE
@pytest.mark.django_db
def test_x():
    worlds.found_base()
    print(worlds.build([('split', 18, 24, FIRST + timedelta(31)), ('transfer', 32, 35, FIRST + timedelta(62)),('found', 13, 34, date(2025, 12, 2))]))
    w=Window(date(2025,9,1),date(2025,10,2)); u=Unit.objects.order_by("pk")[0]
    print(table(["members",*BALANCE],u,w,date(2025,10,1)))
    for m in Membership.objects.unvoided().filter(valid_to__lt=date(9999,1,1)) | Membership.objects.unvoided().filter(came__in=("transferred","reorganised")): print(vars(m))
    for p in Placement.objects.unvoided().order_by("unit_id"): print(p.unit_id,p.parent_id,p.kind,p.stands,p.path,p.valid_from,p.valid_to)
    assert 0
