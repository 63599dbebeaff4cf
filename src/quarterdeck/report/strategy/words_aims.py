"""Words of the fields of steps 1 to 3."""

from __future__ import annotations

from quarterdeck.report.strategy.field_words import FieldWords as W

AIMS = {
    "Strategy.vision": W(
        "The year in one sentence",
        "Finish it: at the end of the year, people will … Quarters come and go; this keeps them in one direction.",
        "textarea",
    ),
    "Company.name": W("Name of the company", "As your customers know it.", span=4),
    "Company.currency": W("Currency", "Three capital letters. All money here is in it.", span=2),
    "Company.website": W("Website", "Pages that adverts lead to are held against it.", span=6),
    "Company.markets": W("Countries you sell in", "Two letters each: GB, US. Holidays and seasons hang on them.", "codes", 3),
    "Company.languages": W("Languages", "Two letters each: en, uk. The first one decides how dates and money are written.", "codes", 3),
    "Company.timezone": W("Time zone", "Such as Europe/London. Days and times of sending are counted by it.", "suggest", 6, suggest="zones"),
    "Goal.statement": W(
        "What does the whole company want, in one sentence?", "With its number and its year, so that anybody can repeat it.", "textarea"
    ),
    "Goal.metric": W("What do you count?", "One figure. What is not counted cannot be reached.", span=6),
    "Goal.baseline": W("From", "Empty is “not known”.", "number", 2),
    "Goal.target": W("To", "For the whole year.", "number", 2),
    "Goal.due_on": W("By", "Mostly the end of the year.", span=2),
    "Objective.statement": W("What should change, in one sentence?", "What marketing adds to the goal in these thirteen weeks.", "textarea"),
    "Objective.metric": W("What do you count?", "Money is placed where this figure grows most.", span=3),
    "Objective.audience": W("Who is it about?", "Words for everybody reach nobody.", span=3, none="Nobody in particular"),
    "Objective.baseline": W("From", "The same weeks of last year. Empty is “not known”.", "number", 2),
    "Objective.target": W("To", "The total by that day.", "number", 2),
    "Objective.due_on": W("By", "Mostly the end of the quarter.", span=2),
    "Objective.goal": W("Which business goal does it serve?", "Work that serves no goal costs and changes nothing.", span=3),
    "Objective.owner": W("Who answers for it?", "One person, who is asked when it falls behind.", "suggest", 3, suggest="people"),
    "Objective.milestones": W(
        "On the way there", "What should have been reached by then, counted from the start of the quarter.", folded=True, add="Add a milestone"
    ),
    "Milestone.on": W("By this day", span=3),
    "Milestone.value": W("Reached", kind="number", span=3),
    "Audience.who": W("Who are they, in one sentence?", "Real people with something in common; you should be able to name one.", "textarea"),
    "Audience.rank": W("How much do they matter?", "When time is short, work for the first ones goes first.", span=3),
    "Audience.size": W("How many of them can you reach directly now?", "Empty is “not known”.", "number", 3),
    "Audience.needs": W("What do they need?", "One need a line, in their own words. Every claim answers one of them.", "lines", rows=4),
    "Audience.insights": W(
        "What do you know about them, and how do you know it?",
        "What was counted or asked weighs more than what you believe.",
        add="Add something that you know",
    ),
    "Insight.text": W("What you know", kind="textarea"),
    "Insight.evidence": W("How you know it", span=2),
    "Insight.source": W("Where it stands", "So that others can look it up.", span=2),
    "Insight.on": W("As of", span=2),
    "Audience.found_on": W("Where are they found?", "Channels where you do not meet them are wasted on them."),
    "Audience.segment": W("The rule that picks them out of your data", "Written for your tools; people never see it.", folded=True),
    "Audience.languages": W("Languages", "What they read. Two letters each: en, uk.", "codes", folded=True),
    "Conversion.group": W("Who should do something next?", "Such as: people who should buy for the first time.", "textarea"),
    "Conversion.event": W("What shows that they did it?", "Something that can be counted, such as: first order paid.", span=3),
    "Conversion.metric": W("Which figure counts it?", "It ties money to your objectives.", "suggest", 3, suggest="metrics"),
    "Conversion.value": W("Revenue of one", "What it brings in.", "money", 3),
    "Conversion.margin": W("What one leaves before marketing", "Profit, not revenue: money is placed by this.", "money", 3),
    "Conversion.audience": W("Which audience?", "Whose step it is.", none="Nobody in particular"),
    "Proposition.statement": W("Why you, in one sentence?", "All adverts and letters say this in their own words.", "textarea"),
    "Proposition.for": W("For whom", "The people whom you serve best.", "textarea"),
    "Proposition.unlike": W("Unlike whom", "What people would do without you.", "textarea"),
    "Proposition.because": W("Because of what", "What nobody else can say.", "textarea"),
    "Proposition.claims": W("Claims"),
    "Proposition.competitors": W("Competitors"),
    "Claim.text": W("What do you say?", "Something that the others do not say.", "textarea"),
    "Claim.answers": W("Which need does it answer?", "Best in the words of an audience.", "suggest", suggest="needs"),
    "Claim.proof": W("Why may it be believed?", "A figure, a test, a guarantee, somebody's word. Without one it is only praise.", "textarea"),
    "Claim.used_in": W("Where is it used?", "A claim that nobody hears wins nobody.", folded=True),
    "Competitor.name": W("Whom may people choose in your place?", "Doing nothing may be one of them."),
    "Competitor.claims": W("What do they say?", "One claim a line. What they say too does not set you apart.", "lines", rows=4),
}
