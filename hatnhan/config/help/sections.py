"""Which section of the guides fits a page: what the menu's entry opens from there."""

from hatnhan.kernel.pages import Page

from .guides import address

FITTING = {
    "home": "first-time#menu",
    "find": "first-time#find",
    "duties": "secretary#duties",
    "duties.unit": "office#duties",
    "duties.calendar": "administrator#holidays",
    "duties.add_day": "administrator#holidays",
    "duties.void_day": "administrator#holidays",
    "reports": "secretary#overview",
    "audit": "office#log",
    "units": "office#units",
    "units.merge": "office#merge",
    "units.split": "office#merge",
    "units.event": "office#merge",
    "units.undo": "office#merge",
    "units.log": "office#unit-mistakes",
    "units.entry": "office#unit-mistakes",
    "units.add_group": "secretary#groups",
    "units.end_group": "secretary#groups",
    "units.switch_regime": "higher#reorganise",
    "units.import": "office#units",
    "members": "secretary#record",
    "members.list": "secretary#members",
    "members.receive": "office#receive",
    "members.merge": "office#receive",
    "members.unmerge": "office#receive",
    "members.appoint": "office#appoint",
    "members.end_tenure": "office#appoint",
    "members.import": "office#import",
    "members.compare": "office#compare",
    "members.correct": "secretary#mistakes",
    "members.withdraw": "secretary#mistakes",
    "members.log": "secretary#mistakes",
    "members.entry": "secretary#mistakes",
    "members.correction": "secretary#corrections",
    "members.acknowledge_correction": "secretary#corrections",
    "members.accept_correction": "secretary#corrections",
    "members.refuse_correction": "secretary#corrections",
    "members.quality": "secretary#quality",
    "meetings": "secretary#meetings",
    "members.looks": "records#staff",
    "members.who": "records#staff",
    "members.numbers": "records#parts",
    "members.export": "records#lists",
    "members.open_account": "office#accounts",
    "members.close_account": "office#accounts",
    "exports": "records#lists",
    "questions": "higher#questions",
    "own": "member#own",
    "own.corrections": "member#follow",
    "own.ask_correction": "member#correct",
    "own.withdraw_correction": "member#follow",
    "own.looks": "records#looked",
    "own.who": "records#who",
    "own.export": "member#copy",
    "access": "office#accounts",
    "access.preferences": "first-time#safe",
    "access.unsent": "first-time#idle",
    "access.stand_in": "first-time#stand-in",
    "access.end_stand_in": "first-time#stand-in",
    "access.factor": "first-time#safe",
    "access.add_": "first-time#safe",
    "access.remove_factor": "first-time#safe",
    "access.recovery_codes": "first-time#safe",
    "access.sessions": "first-time#safe",
    "access.reset_factor": "office#lost-phone",
    "access.require": "administrator#factor",
    "access.end_sessions": "administrator#sessions",
    "access.tokens": "office#keys",
    "access.create_token": "office#keys",
    "access.revoke_": "office#keys",
    "access.account_tokens": "office#keys",
    "rulebook": "rules#read",
    "rulebook.changes": "rules#changes",
    "rulebook.override": "rules#own",
    "rulebook.withdraw": "rules#own",
    "account_": "first-time#safe",
}
"""Beginning of a page's code → guide and anchor; the longest that fits counts."""


def fitting(page: Page) -> str:
    """The address of the section that explains a page; the page of all guides where there is none."""
    near = [code for code in FITTING if page.code.startswith(code)]
    if not near:
        return ""
    guide, anchor = FITTING[max(near, key=len)].split("#")
    return address(guide, anchor)
