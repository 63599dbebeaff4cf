"""Firms that sell no parcels: software by subscription, business to business, and a local trade."""

from __future__ import annotations

from quarterdeck.market.preset import CarryOver, ChannelTruth, DemandTruth, Habit, Lift, MetricTruth, Preset, RivalTruth, Term, Wait

ALL_YEAR = (1, 12)
OFFICE_DAYS = (1.15, 1.2, 1.2, 1.15, 1.0, 0.62, 0.68)
WEEKDAYS_ONLY = (1.4, 1.4, 1.4, 1.4, 1.4, 0.0, 0.0)

SAAS = Preset(
    id="saas", name="Software by subscription", aim="paying_accounts", value_per_unit=560.0, level=24.0,
    channels=(
        ChannelTruth("search", 6000, 0.14, CarryOver("weibull", 4.0, 0.85, 42), "hill", 0.8, 0.9, Habit(
            (("brand", 0.2, *ALL_YEAR), ("compare", 0.5, *ALL_YEAR), ("integrations", 0.3, *ALL_YEAR)), weekdays=OFFICE_DAYS),
            harvest=0.8, exposure_cost=110.0, click_rate=0.04, price_demand=0.4, price_rival=0.5),
        ChannelTruth("social", 3600, 0.075, CarryOver("negative_binomial", 8.0, 1.8, 63), "hill", 1.2, 1.2, Habit(
            (("stories", 0.6, *ALL_YEAR), ("launch", 0.6, 9, 10)), weekdays=OFFICE_DAYS), exposure_cost=18.0, click_rate=0.006, reach_group="feeds", drift=0.16),
        ChannelTruth("video", 2200, 0.045, CarryOver("negative_binomial", 16.0, 2.5, 84), "hill", 1.2, 1.5, Habit(
            (("tutorials", 1.0, *ALL_YEAR),), bursts=(5, 8)), exposure_cost=14.0, click_rate=0.003, reach_group="feeds"),
        ChannelTruth("display", 1500, 0.018, CarryOver("negative_binomial", 5.0, 1.5, 42), "reach", 0.5, 0.9, Habit(
            (("reminders", 1.0, *ALL_YEAR),), weekdays=OFFICE_DAYS), exposure_cost=4.0, click_rate=0.001, reach_group="feeds"),
        ChannelTruth("review_sites", 1600, 0.052, CarryOver("weibull", 6.0, 1.2, 49), "log", 1.0, 1.0, Habit(
            (("listings", 1.0, *ALL_YEAR),), season_pull=0.3), harvest=0.5, exposure_cost=160.0, click_rate=0.05, price_rival=0.4),
    ),
    metrics=(
        MetricTruth("signups", (Term("response", 5.5),)),
        MetricTruth("paying_accounts", (Term("signups", 1 / 5.5, Wait("gamma", 16)),)),
        MetricTruth("revenue", (Term("paying_accounts", 42.0 / 30.4, Wait("stays", 520), with_price=True, draw="exact"),), money=True, basket_spread=0.5),
        MetricTruth("margin", (Term("revenue", 0.80, draw="exact"),), money=True),
    ),
    demand=DemandTruth(peaks=((0.14, 30, 25), (0.12, 265, 30), (-0.28, 358, 10), (-0.12, 215, 25)), weekdays=(1.14, 1.19, 1.17, 1.13, 1.0, 0.68, 0.69), growth=0.16,
                       slows=5.0, latent=0.04, sales=((11, 23, 8, 0.15),), sale_lift=0.12, elasticity=0.9, price_follows_demand=0.03),
    rival=RivalTruth(answers=0.35, follows_season=0.2, takes=0.09), lifts=(Lift("video", "search", 0.08), Lift("social", "search", 0.04)),
    ceilings=(("feeds", 0.30),), day_noise=0.06, years_before=3.0,
)

B2B = Preset(
    id="b2b", name="Business to business", aim="qualified_leads", value_per_unit=485.0, level=14.0,
    channels=(
        ChannelTruth("search", 3600, 0.16, CarryOver("weibull", 5.0, 0.9, 49), "hill", 0.7, 0.95, Habit(
            (("brand", 0.2, *ALL_YEAR), ("solutions", 0.8, *ALL_YEAR)), weekdays=OFFICE_DAYS), harvest=0.8, exposure_cost=140.0, click_rate=0.035, price_rival=0.3),
        ChannelTruth("social", 2900, 0.10, CarryOver("negative_binomial", 10.0, 2.0, 70), "hill", 1.2, 1.25, Habit(
            (("white_paper", 0.6, *ALL_YEAR), ("webinar", 0.5, 2, 6), ("webinar_autumn", 0.5, 9, 11)), weekdays=OFFICE_DAYS), exposure_cost=48.0,
            click_rate=0.005, drift=0.15),
        ChannelTruth("trade_press", 1100, 0.033, CarryOver("weibull", 15.0, 1.6, 84), "reach", 0.5, 1.2, Habit(
            (("advertorial", 1.0, *ALL_YEAR),), bursts=(1, 4), weekdays=(0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 0.0)), exposure_cost=95.0, price_demand=0.0, price_rival=0.0),
        ChannelTruth("events", 1500, 0.052, CarryOver("negative_binomial", 18.0, 3.0, 84), "hill", 1.1, 1.3, Habit(
            (("trade_fair", 1.0, 2, 6), ("autumn_fair", 1.0, 9, 11)), bursts=(1, 6), weekdays=(0.0, 2.3, 2.4, 2.3, 0.0, 0.0, 0.0)), exposure_cost=2500.0,
            crowding=0.1, price_demand=0.0, price_rival=0.0),
        ChannelTruth("email_ads", 700, 0.042, CarryOver("weibull", 4.0, 1.3, 35), "log", 1.0, 1.0, Habit(
            (("sponsored_news", 1.0, *ALL_YEAR),), bursts=(1, 2), weekdays=(0.0, 3.5, 0.0, 3.5, 0.0, 0.0, 0.0)), exposure_cost=40.0, click_rate=0.01),
    ),
    metrics=(
        MetricTruth("leads", (Term("response", 2.6),)),
        MetricTruth("qualified_leads", (Term("leads", 1 / 2.6, Wait("gamma", 6)),)),
        MetricTruth("revenue", (Term("qualified_leads", 0.11 * 9800.0, Wait("gamma", 62)),), money=True, basket_spread=3.6),
        MetricTruth("margin", (Term("revenue", 0.45, draw="exact"),), money=True),
    ),
    demand=DemandTruth(peaks=((0.18, 75, 30), (0.20, 280, 28), (-0.45, 359, 9), (-0.28, 220, 22)), weekdays=(1.22, 1.32, 1.3, 1.24, 1.02, 0.42, 0.48), growth=0.07,
                       latent=0.03, elasticity=0.6, price_follows_demand=0.02),
    rival=RivalTruth(answers=0.2, takes=0.06), lifts=(Lift("trade_press", "search", 0.06), Lift("events", "social", 0.08)), day_noise=0.05,
)

LOCAL_TRADE = Preset(
    id="local_trade", name="Local trade", aim="bookings", value_per_unit=58.0, level=20.0,
    channels=(
        ChannelTruth("search", 900, 0.20, CarryOver("weibull", 1.5, 0.8, 21), "hill", 0.75, 0.9, Habit(
            (("emergency", 0.5, *ALL_YEAR), ("services", 0.5, *ALL_YEAR)), season_pull=0.9), harvest=0.9, exposure_cost=65.0, click_rate=0.07, price_demand=0.6,
            price_rival=0.4),
        ChannelTruth("social", 350, 0.07, CarryOver("negative_binomial", 5.0, 1.8, 42), "hill", 1.3, 1.25, Habit((("neighbours", 1.0, *ALL_YEAR),)), exposure_cost=6.0,
                     click_rate=0.01, drift=0.15),
        ChannelTruth("directories", 250, 0.035, CarryOver("weibull", 3.0, 1.0, 28), "reach", 0.6, 0.9, Habit(
            (("listings", 1.0, *ALL_YEAR),), season_pull=0.0, follows_sales=0.0, wobble=0.03), exposure_cost=55.0, click_rate=0.05),
        ChannelTruth("leaflets", 280, 0.055, CarryOver("negative_binomial", 12.0, 3.0, 70), "hill", 1.2, 1.3, Habit(
            (("doors", 1.0, *ALL_YEAR),), bursts=(1, 3), weekdays=(0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0)), exposure_cost=75.0, price_demand=0.0, price_rival=0.0,
            crowding=0.1),
        ChannelTruth("radio", 280, 0.035, CarryOver("negative_binomial", 9.0, 2.0, 56), "hill", 0.6, 1.4, Habit(
            (("morning", 1.0, *ALL_YEAR),), bursts=(3, 9), weekdays=WEEKDAYS_ONLY), exposure_cost=5.0, price_demand=0.1, price_rival=0.0),
    ),
    metrics=(
        MetricTruth("leads", (Term("response", 1.8),)),
        MetricTruth("bookings", (Term("leads", 1 / 1.8, Wait("gamma", 3)),)),
        MetricTruth("revenue", (Term("bookings", 165.0, with_price=True),), money=True, basket_spread=0.9),
        MetricTruth("margin", (Term("revenue", 1.0, draw="exact"), Term("bookings", -107.0, draw="exact")), money=True),
    ),
    demand=DemandTruth(peaks=((0.40, 15, 35), (0.15, 290, 25), (-0.12, 215, 25)), weekdays=(1.2, 1.08, 1.04, 1.02, 1.0, 0.88, 0.78), growth=0.04, warm_lift=-0.10, latent=0.04,
                       elasticity=0.8, price_follows_demand=0.15),
    rival=RivalTruth(answers=0.25, takes=0.10), lifts=(Lift("radio", "search", 0.06), Lift("leaflets", "search", 0.03)), day_noise=0.07, years_before=8.0,
)
