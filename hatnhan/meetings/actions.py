"""Everything that changes meetings."""

from hatnhan.meetings.calendars.actions import (
    Address,
    add_theme,
    create_feed,
    end_fixed_day,
    fix_day,
    revoke_feed,
    withdraw_theme,
)
from hatnhan.meetings.conferences.actions.assignments import assign, end_assignment
from hatnhan.meetings.conferences.actions.conferences import confer, report_conference_task, withdraw_conference
from hatnhan.meetings.live.actions.notes import settle, write
from hatnhan.meetings.live.actions.roll import arrive, call_roll, confirm, mark_rest
from hatnhan.meetings.live.actions.sittings import (
    Ending,
    close_sitting,
    move_to,
    open_now,
    open_sitting,
    put_off,
    put_on,
)
from hatnhan.meetings.live.actions.tasks import drop_task, give_task, hear_report
from hatnhan.meetings.live.actions.votes import ask_vote, close_vote, reserve, vote, withdraw_vote
from hatnhan.meetings.minutes.actions.loading import Held, load
from hatnhan.meetings.minutes.actions.minutes import add_addendum, adopt, change, record, withdraw
from hatnhan.meetings.minutes.actions.reports import report_result
from hatnhan.meetings.minutes.actions.tasks import report_task
from hatnhan.meetings.oversight.actions import assign_following, end_following, mark_observers, remind
from hatnhan.meetings.packets.actions.month_reports import hand_in_report, write_report
from hatnhan.meetings.packets.actions.packets import change_packet, draft_packet, publish_packet
from hatnhan.meetings.packets.actions.proposals import answer_proposal, propose, withdraw_proposal
from hatnhan.meetings.plan.actions.agendas import add_item, change_item, lay_template, move_item, remove_item
from hatnhan.meetings.plan.actions.plans import cancel, change_plan, invite, plan
from hatnhan.meetings.plan.actions.preparing import add_chore, call_about, finish_chore, prepare, ring
from hatnhan.meetings.plan.actions.replies import answer, forget_remarks, remark, withdraw_remark
from hatnhan.meetings.scores.actions import (
    Scored,
    confirm_score,
    end_score_table,
    load_scores,
    reopen_score,
    self_score,
    set_score_table,
    vote_score,
)

__all__ = [
    "Address", "Ending", "Held", "Scored", "add_addendum", "add_chore", "add_item", "add_theme", "adopt",
    "answer", "answer_proposal", "arrive", "ask_vote", "assign", "assign_following", "call_about", "call_roll",
    "cancel", "change", "change_item", "change_packet", "change_plan", "close_sitting", "close_vote", "confer",
    "confirm", "confirm_score", "create_feed", "draft_packet", "drop_task", "end_assignment", "end_fixed_day",
    "end_following", "end_score_table", "finish_chore", "fix_day", "forget_remarks", "give_task",
    "hand_in_report", "hear_report", "invite", "lay_template", "load", "load_scores", "mark_observers",
    "mark_rest", "move_item", "move_to", "open_now", "open_sitting", "plan", "prepare", "propose",
    "publish_packet", "put_off", "put_on", "record", "remark", "remind", "remove_item", "reopen_score",
    "report_conference_task", "report_result", "report_task", "reserve", "revoke_feed", "ring", "self_score",
    "set_score_table", "settle", "vote", "vote_score", "withdraw", "withdraw_conference", "withdraw_proposal",
    "withdraw_remark", "withdraw_theme", "withdraw_vote", "write", "write_report",
]  # fmt: skip
