"""The kept figures of members: one column for each, named like its code (`members.age.18_30.women` is
`age_18_30_women`), of a border figure one for each level. A column more needs a migration; its months are then counted
again by themselves."""

from django.db import models

from hatnhan.kernel.fact_models import Facts, Sums, Whole


class UnitColumns(models.Model):
    """What facts and sums of organisations hold; here, because one of them asks who leads a cell."""

    units = Whole()
    cells = Whole()
    cells_unled = Whole()

    class Meta:
        abstract = True


class UnitFacts(UnitColumns, Facts):
    """By unit, month and path."""

    class Meta(Facts.Meta):
        pass


class UnitSums(UnitColumns, Sums):
    """By path and month, with all below."""

    class Meta(Sums.Meta):
        pass


class MemberColumns(models.Model):
    """What facts and sums of members hold."""

    # standing and sex, on the month's day
    members = Whole()
    full = Whole()
    probationary = Whole()
    women = Whole()
    men = Whole()
    sex_unknown = Whole()
    # age on the month's day, all and by sex
    age_18_30 = Whole()
    age_18_30_women = Whole()
    age_18_30_men = Whole()
    age_31_35 = Whole()
    age_31_35_women = Whole()
    age_31_35_men = Whole()
    age_36_40 = Whole()
    age_36_40_women = Whole()
    age_36_40_men = Whole()
    age_41_45 = Whole()
    age_41_45_women = Whole()
    age_41_45_men = Whole()
    age_46_50 = Whole()
    age_46_50_women = Whole()
    age_46_50_men = Whole()
    age_51_55 = Whole()
    age_51_55_women = Whole()
    age_51_55_men = Whole()
    age_56_60 = Whole()
    age_56_60_women = Whole()
    age_56_60_men = Whole()
    age_over_60 = Whole()
    age_over_60_women = Whole()
    age_over_60_men = Whole()
    age_unknown = Whole()
    # Party age on the month's day
    party_age_under_5 = Whole()
    party_age_5_10 = Whole()
    party_age_10_20 = Whole()
    party_age_20_30 = Whole()
    party_age_30_40 = Whole()
    party_age_40_50 = Whole()
    party_age_50_up = Whole()
    party_age_unknown = Whole()
    # participation on the month's day
    active = Whole()
    exempt = Whole()
    temp_out = Whole()
    in_transit = Whole()
    suspended = Whole()
    abroad = Whole()
    # what somebody should look at
    probation_over = Whole()
    provisional = Whole()
    # what happened in the month
    loaded = Whole()
    admitted = Whole()
    restored = Whole()
    left = Whole()
    left_deceased = Whole()
    left_expelled = Whole()
    left_struck_off = Whole()
    left_resigned = Whole()
    left_annulled = Whole()
    # what crossed a border in the month, by how many units the paths of the two cells have in common
    in_0 = Whole()
    in_1 = Whole()
    in_2 = Whole()
    in_3 = Whole()
    in_4 = Whole()
    in_5 = Whole()
    reorganised_in_0 = Whole()
    reorganised_in_1 = Whole()
    reorganised_in_2 = Whole()
    reorganised_in_3 = Whole()
    reorganised_in_4 = Whole()
    reorganised_in_5 = Whole()
    out_0 = Whole()
    out_1 = Whole()
    out_2 = Whole()
    out_3 = Whole()
    out_4 = Whole()
    out_5 = Whole()
    reorganised_out_0 = Whole()
    reorganised_out_1 = Whole()
    reorganised_out_2 = Whole()
    reorganised_out_3 = Whole()
    reorganised_out_4 = Whole()
    reorganised_out_5 = Whole()

    class Meta:
        abstract = True


class MemberFacts(MemberColumns, Facts):
    """By unit, month and path."""

    class Meta(Facts.Meta):
        pass


class MemberSums(MemberColumns, Sums):
    """By path and month, with all below."""

    class Meta(Sums.Meta):
        pass
