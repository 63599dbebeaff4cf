"""A strategy that every check is content with: a garden shop in its first planned quarter. Tests change one thing in it."""

from __future__ import annotations

from datetime import date
from functools import cache

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy

QUARTER = Quarter(date(2027, 1, 4))
AS_OF = date(2027, 1, 3)

HARBOUR_TEXT = """\
# Harbour Home & Garden: one document for the year
company:
  name: Harbour Home & Garden
  website: https://harbour.example
  markets: [GB]
  currency: GBP
  timezone: Europe/London

vision: Every small garden in the country has heard of us.   # agreed in December

# Step 1: what the whole company wants
goals:
  - id: grow
    statement: Sell a tenth more than last year.
    metric: revenue
    baseline: 1450000
    target: 1600000
    due_on: 2027-12-31

objectives:
  # the one that the money is placed for
  - id: more-customers
    goal: grow
    statement: Win 5,200 new customers by the end of March.
    metric: new_customers
    audience: new-gardeners
    baseline: 4300
    target: 5200   # was 4,800
    due_on: 2027-03-28
    owner: Olena
    milestones:
      - {on: 2027-01-31, value: 1600}
      - {on: 2027-02-28, value: 3300}

# Step 2
audiences:
  - id: new-gardeners
    rank: primary
    who: People with their first garden.
    needs: [Know what to plant when, Not waste money on the wrong things]
    insights:
      - {text: Two in three ask what to plant now., evidence: survey, source: Shop survey, on: 2026-11-02}
    found_on: [search, newsletter]
    size: 41000
  - id: regulars
    rank: secondary
    who: People who bought twice or more.
    needs: [Hear first about what is new]
    insights:
      - {text: They open one letter in two., evidence: counted, source: Mail tool}
    found_on: [newsletter]

conversions:
  - {id: first-order, group: Visitors who should buy once, event: purchase, metric: new_customers, value: 62.50, margin: 21, audience: new-gardeners}

# Step 3
proposition:
  statement: The plants that grow where you live, with a plan for the year.
  for: people with small gardens
  unlike: big stores
  because: we test every plant in six regions
  claims:
    - text: A planting plan with every order
      answers: Know what to plant when
      proof: 3,100 plans sent in 2026
      used_in: [spring-letter, spring]
    - {text: We say what will not grow with you, answers: Not waste money on the wrong things, proof: 212 orders talked out of in 2026, used_in: [spring]}
    - {text: Regulars read it a week before the others, answers: Hear first about what is new, proof: Mail tool, used_in: [spring]}
  competitors:
    - {name: GreenBarn, claims: [Lowest prices]}

# Step 4
tools:
  - {id: analytics, name: Google Analytics, kind: analytics}
  - {id: mailer, name: Mail tool, kind: email, cost: 90}
  - {id: ads-account, name: Google Ads, kind: ads}

channels:
  - id: search
    name: Search ads
    kind: search_ads
    tool: ads-account
    role: Be there when people look for plants
    ownership: paid
    goals: [grow]
    objectives: [more-customers]
    challenges:
      - {text: Orders are counted twice, task: mend-tracking}
    spend: {floor: 2000, cap: 20000}   # the bank's limit
  - id: newsletter
    kind: email
    tool: mailer
    role: Bring people back
    ownership: owned
    objectives: [more-customers]

campaigns:
  - id: spring
    name: Spring sale
    objective: more-customers
    audiences: [new-gardeners, regulars]
    offer: ten-off
    channels: [search, newsletter]
    starts_on: 2027-03-01
    ends_on: 2027-03-28
    keywords: [garden plants, plants for shade]
    landing_page: https://harbour.example/spring

offers:
  - {id: ten-off, text: Ten per cent off the first order, value: 6.25}

ads:
  brand_terms: [harbour garden]
  guardrails: {max_daily_spend: 400, max_change_share: 0.2}

# Step 5
content:
  themes: [What to do this month]
  voice: A neighbour who knows plants
  languages: [en]
  items:
    - id: spring-letter
      title: What to plant in March
      campaign: spring
      audience: regulars
      language: en
      channel: newsletter
      format: letter
      deliver: {on: 2027-03-02, at: "09:00", zone: Europe/London}
      needs: [write-letter]

# Step 6
management:
  budget: {quarter: 30000, reserve: 2000}
  teams:
    - id: shop
      people:
        - {id: olena, skills: [copy, analytics], hours_per_week: 20}
        - {id: sam, skills: [design], hours_per_week: 10, away: [{first_day: 2027-02-15, last_day: 2027-02-19}]}
  tasks:
    - id: mend-tracking
      title: Count every order once
      serves: more-customers
      importance: 5
      effort_hours: 12
      skills: [analytics]
      due_on: 2027-01-15
    - id: write-letter
      title: Write the spring letter
      serves: spring-letter
      effort_hours: 6
      skills: [copy]
      after: [mend-tracking]
      due_on: 2027-02-26
      budget: 150
  contact_rules:
    at_most:
      - {channels: [newsletter], times: 2, days: 7}
    quiet_hours: {}
  kpis:
    - {metric: new_customers, channel: search, baseline: 300, target: 400, owner: Olena}

# Steps 7 and 8
evaluation:
  - {step: overall, question: Did we win the customers that we wanted?, metric: new_customers, threshold: 5200, on: 2027-03-31}
  - {step: 1, question: Was the target right?, metric: new_customers, threshold: 4300, on: 2027-03-31}
  - {step: 2, question: Do we reach first gardens?, metric: visits, threshold: 90000, on: 2027-03-31}
  - {step: 3, question: Is the planting plan believed?, metric: nps, threshold: 40, on: 2027-03-31}
  - {step: 4, question: Does search pay?, channel: search, metric: cost_per_customer, threshold: 18, on: 2027-03-31}
  - {step: 5, question: Is the letter read?, metric: visits, threshold: 4000, on: 2027-03-31}
  - {step: 6, question: Was the work done on time?, metric: hours_per_result, threshold: 0.1, on: 2027-03-31}
  - {step: 7, question: Could every question be answered?, metric: nps, threshold: 30, on: 2027-03-31}
  - {step: 8, question: Did we correct something?, metric: revenue, threshold: 400000, on: 2027-03-31}

opportunities:
  - {id: shade-guide, text: A guide for shady gardens, from: Sam, expected: 200 new readers, effort: 3 days}

questions:
  - {id: phone-orders, step: 2, text: How many orders come by phone?, owner: Olena, due_on: 2027-02-01}

review: {every_weeks: 13, check_in_days: 7, weekday: monday}
"""


@cache
def harbour() -> Strategy:
    """The shop's strategy, read once: it is frozen."""
    return parse_strategy(HARBOUR_TEXT)
