"""Which steps a meeting of the cell votes on."""

# step: (subject of the agenda's item, majority, what the step is when the votes are not enough).
MATTERS = {
    "review": ("admissions.review", "vote.admission.propose", "reject"),
    "propose_recognition": ("admissions.recognition", "vote.recognition.propose", "fail_recognition"),
    "propose_strike": ("admissions.strike", "vote.strike_off.propose", ""),
}
