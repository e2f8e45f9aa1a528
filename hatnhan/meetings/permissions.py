"""Who sees a cell's meetings, who reads the roll, who records. A member sees the own cell's, without the roll."""

from hatnhan.kernel.registries import permit

VIEW = permit("meetings.view", "member", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
ROLL = permit("meetings.roll", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
MONTH = permit("meetings.month", "office", "inspector", "provincial")
RECORD = permit("meetings.record", "cell_secretary", "cell_deputy")
# Planning, preparing and inviting: of a cell its own people, of a committee its office.
PLAN = permit("meetings.plan", "cell_secretary", "cell_deputy", "office", "provincial")
# The superior's confirmation is another person's right than the cell's own score.
SCORE = permit("meetings.score", "cell_secretary", "cell_deputy")
CONFIRM = permit("meetings.confirm_score", "office")
TABLES = permit("meetings.score_tables", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
SET_TABLE = permit("meetings.set_score_table", "office", "provincial")
# How one member attended, on the member's page: only where the roll is called, never above the own cell.
MEMBER = permit("meetings.member_attendance", "cell_secretary", "cell_deputy")
# Who follows which cells, how far they are, reminders, conferences: the committee's own business.
FOLLOWED = permit("meetings.following", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
FOLLOW = permit("meetings.follow", "office", "provincial")
REMIND = permit("meetings.remind", "office", "provincial")
CONFERENCES = permit("meetings.conferences", "office", "inspector", "provincial")
CONFER = permit("meetings.confer", "office", "provincial")
ASSIGN = permit("meetings.assign", "cell_secretary", "cell_deputy")
# What was said at a meeting: the draft of the minutes stays with those of the cell who write it.
MINUTES = permit("meetings.minutes", "cell_secretary", "cell_deputy")
# A committee's packet for its cells, and the answers to their proposals.
PUBLISH = permit("meetings.publish", "office", "provincial")
ANSWER_PROPOSAL = permit("meetings.answer_proposal", "office", "provincial")
