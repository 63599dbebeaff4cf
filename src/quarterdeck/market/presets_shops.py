"""Shops: a small one, and a middle-sized one that sells for the house and the garden."""

from __future__ import annotations

from quarterdeck.market.preset import CarryOver, ChannelTruth, DemandTruth, Habit, Lift, MetricTruth, Preset, RivalTruth, Term, Wait

ALL_YEAR = (1, 12)
ONLINE_DAYS = (1.0, 1.0, 0.98, 0.98, 1.0, 0.97, 1.07)
POST_DAYS = (0.0, 3.5, 3.5, 0.0, 0.0, 0.0, 0.0)
PAPER_DAYS = (0.0, 0.0, 0.0, 1.0, 0.0, 5.0, 1.0)

_ORDER_MARGIN = 52.0

SHOP = Preset(
    id="shop", name="Middle-sized shop for house and garden", aim="new_customers", value_per_unit=125.0, level=50.0,
    channels=(
        ChannelTruth("search", 3900, 0.150, CarryOver("weibull", 2.2, 0.8, 35), "hill", 0.70, 0.9, Habit(
            (("brand", 0.3, *ALL_YEAR), ("garden", 0.4, 2, 8), ("house", 0.35, *ALL_YEAR)), weekdays=ONLINE_DAYS, season_pull=1.0),
            harvest=0.8, exposure_cost=45.0, click_rate=0.055, price_demand=0.5, price_rival=0.35),
        ChannelTruth("shopping", 2700, 0.100, CarryOver("weibull", 1.8, 0.85, 28), "log", 1.2, 1.0, Habit(
            (("best_sellers", 0.6, *ALL_YEAR), ("furniture", 0.4, *ALL_YEAR)), weekdays=ONLINE_DAYS, season_pull=1.0),
            harvest=0.7, exposure_cost=9.0, click_rate=0.011, price_demand=0.5, price_rival=0.3),
        ChannelTruth("social", 2100, 0.070, CarryOver("negative_binomial", 5.0, 1.8, 42), "hill", 1.1, 1.2, Habit(
            (("inspiration", 0.5, *ALL_YEAR), ("garden_spring", 0.6, 2, 5), ("christmas", 0.7, 11, 12)), weekdays=ONLINE_DAYS),
            exposure_cost=7.0, click_rate=0.009, reach_group="online_reach", drift=0.15),
        ChannelTruth("display", 800, 0.014, CarryOver("negative_binomial", 4.0, 1.5, 35), "reach", 0.45, 0.9, Habit(
            (("reminders", 1.0, *ALL_YEAR),)), exposure_cost=3.0, click_rate=0.0012, reach_group="online_reach"),
        ChannelTruth("video", 1200, 0.036, CarryOver("negative_binomial", 14.0, 2.5, 84), "hill", 1.3, 1.5, Habit(
            (("rooms", 1.0, *ALL_YEAR),), bursts=(4, 7)), exposure_cost=11.0, click_rate=0.002, reach_group="online_reach"),
        ChannelTruth("radio", 1000, 0.022, CarryOver("negative_binomial", 8.0, 2.0, 56), "hill", 0.6, 1.4, Habit(
            (("drive_time", 1.0, *ALL_YEAR),), bursts=(3, 8), follows_sales=0.2), exposure_cost=6.0, price_demand=0.1, price_rival=0.1),
        ChannelTruth("print", 850, 0.024, CarryOver("weibull", 9.0, 1.5, 56), "reach", 0.9, 1.3, Habit(
            (("weekend_magazine", 0.7, *ALL_YEAR), ("garden_guide", 0.6, 3, 6)), weekdays=PAPER_DAYS), exposure_cost=22.0, price_demand=0.1, price_rival=0.0),
        ChannelTruth("direct_mail", 650, 0.028, CarryOver("negative_binomial", 11.0, 4.0, 63), "hill", 1.3, 1.25, Habit(
            (("catalogue", 0.7, *ALL_YEAR), ("new_movers", 0.3, *ALL_YEAR)), bursts=(1, 3), weekdays=POST_DAYS), exposure_cost=620.0, price_demand=0.0,
            price_rival=0.0, crowding=0.1),
    ),
    metrics=(
        MetricTruth("new_customers", (Term("response", 1.0),)),
        MetricTruth("orders", (Term("new_customers", 1.0, draw="exact"), Term("new_customers", 1.5 / 420, Wait("stays", 420), with_season=True))),
        MetricTruth("revenue", (Term("orders", 118.0, with_price=True),), money=True, basket_spread=0.8),
        MetricTruth("margin", (Term("revenue", 1.0, draw="exact"), Term("orders", _ORDER_MARGIN - 118.0, draw="exact")), money=True),
        MetricTruth("email_subscribers", (Term("response", 0.9),)),
    ),
    demand=DemandTruth(peaks=((0.55, 130, 38), (0.22, 255, 25), (0.50, 333, 16), (-0.15, 20, 18)), weekdays=(1.02, 0.97, 0.95, 0.95, 0.96, 1.02, 1.13),
                       growth=0.045, warm_lift=0.09, sales=((3, 28, 10, 0.10), (5, 24, 7, 0.12), (8, 23, 10, 0.12), (11, 22, 10, 0.18), (12, 26, 12, 0.15))),
    lifts=(Lift("video", "search", 0.06), Lift("radio", "search", 0.05), Lift("print", "search", 0.02), Lift("direct_mail", "shopping", 0.04)),
    ceilings=(("online_reach", 0.32),),
)

SMALL_SHOP = Preset(
    id="small_shop", name="Small shop", aim="orders", value_per_unit=17.5, level=24.0,
    channels=(
        ChannelTruth("search", 250, 0.17, CarryOver("weibull", 2.0, 0.8, 28), "hill", 0.9, 0.95, Habit(
            (("brand", 0.25, *ALL_YEAR), ("gifts", 0.75, *ALL_YEAR)), weekdays=ONLINE_DAYS), harvest=0.8, exposure_cost=32.0, click_rate=0.06, price_demand=0.5),
        ChannelTruth("social", 185, 0.125, CarryOver("negative_binomial", 4.5, 1.8, 42), "hill", 1.3, 1.25, Habit(
            (("new_in", 0.7, *ALL_YEAR), ("christmas", 0.8, 11, 12)), weekdays=ONLINE_DAYS), exposure_cost=6.5, click_rate=0.011, drift=0.15),
        ChannelTruth("print", 110, 0.04, CarryOver("weibull", 8.0, 1.5, 49), "reach", 0.75, 1.2, Habit(
            (("village_paper", 1.0, *ALL_YEAR),), bursts=(1, 2), weekdays=PAPER_DAYS, season_pull=0.3), exposure_cost=20.0, price_demand=0.0, price_rival=0.0),
        ChannelTruth("email_ads", 75, 0.055, CarryOver("weibull", 3.0, 1.3, 28), "log", 1.0, 1.0, Habit(
            (("newsletter", 1.0, *ALL_YEAR),), bursts=(1, 2), weekdays=(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0)), exposure_cost=14.0, click_rate=0.012, crowding=0.15),
    ),
    metrics=(
        MetricTruth("orders", (Term("response", 1.0),)),
        MetricTruth("new_customers", (Term("orders", 0.62, draw="share"),)),
        MetricTruth("revenue", (Term("orders", 44.0, with_price=True),), money=True, basket_spread=0.6),
        MetricTruth("margin", (Term("revenue", 1.0, draw="exact"), Term("orders", -26.0, draw="exact")), money=True),
        MetricTruth("email_subscribers", (Term("response", 0.45),)),
    ),
    demand=DemandTruth(peaks=((0.25, 125, 30), (0.95, 338, 18), (0.15, 45, 8), (-0.15, 18, 14)), weekdays=(0.93, 0.93, 0.97, 1.0, 1.06, 1.14, 0.97), growth=0.06,
                       latent=0.03, warm_lift=0.03, sales=((7, 1, 14, 0.12), (11, 24, 7, 0.15), (12, 27, 14, 0.2))),
    rival=RivalTruth(answers=0.15, takes=0.05), lifts=(Lift("print", "search", 0.08),), day_noise=0.06, years_before=3.0,
)
