"""Who may look after accounts, and which roles they may give: one permission for each role."""

from hatnhan.kernel.registries import permit

MANAGE = permit("access.manage", "office", "provincial", "administrator")
APPROVE_TOKEN = permit("access.approve_token", "office", "provincial", "administrator")
REQUIRE_FACTOR = permit("access.require_factor", "administrator")

GIVE = {
    "member": permit("access.give_member", "office", "provincial", "administrator"),
    "cell_secretary": permit("access.give_cell_secretary", "office", "provincial", "administrator"),
    "cell_deputy": permit("access.give_cell_deputy", "office", "provincial", "administrator"),
    "office": permit("access.give_office", "office", "provincial", "administrator"),
    "inspector": permit("access.give_inspector", "office", "provincial", "administrator"),
    "provincial": permit("access.give_provincial", "provincial", "administrator"),
    "administrator": permit("access.give_administrator", "administrator"),
}
