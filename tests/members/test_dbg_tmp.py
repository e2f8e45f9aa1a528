import pytest
from tests.members.conftest import *
from tests.members.test_listing_files import taken
from tests.members.lists import import_members
from hatnhan.members.models import Person, PersonPast
def test_x(world,tmp_path):
    p=world.receive("odd", "Cao Thị Mơ", world.land.two, sex="f", birth="1990-05", phone="0900 000 001", hometown="= Xã",theory="Cao cấp", education="Đại học", note="= ghi chú", other_name="Hai Mơ")
    path=tmp_path/"a.xlsx"; path.write_bytes(taken(world,"ha","xlsx").content)
    print(import_members(path).counts)
    print([x.values for x in PersonPast.objects.filter(person=p)])
    q=Person.objects.get(pk=p.pk); print({n:getattr(q,n) for n in ("phone","hometown","theory","education","note","other_name")})
    assert 0
