"""What others have published about returns: one row a figure, with where it stands and what it measured. Data only; `published` reads it.

A figure whose text was not found is not here. `docs/explanation/published-returns.md` is the same table, held to it by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Measure = Literal["revenue_per_money", "profit_per_money", "cost_per_lead"]
Basis = Literal["experiments", "modelled", "attributed", "assumed"]
"""experiments: switched off and on by chance; modelled: media mix models or matched households; attributed: what a platform or a
sender credits to itself; assumed: the default of another tool."""

ANY_PAID = ("search_ads", "shopping_ads", "social_ads", "display_ads", "video_ads", "audio_ads", "tv", "radio", "print", "direct_mail")
_ONLINE = ("search_ads", "shopping_ads", "social_ads", "display_ads", "video_ads")

_THINKBOX = "Profit Ability 2 (Thinkbox; Ebiquity, EssenceMediacom, Gain Theory, Mindshare, Wavemaker UK)"
_THINKBOX_AT = "https://www.abc.org.uk/news/abc-data/print-beats-other-media-channels-to-deliver-largest-roi"
_NCS = "Yes, Advertising Works. Now, What's My ROAS Across Media Platforms? (Nielsen Catalina Solutions)"
_NCS_AT = "https://www.nexttv.com/news/tv-tops-generating-incremental-sales-157301"
_CASSANDRA = "Google Ads Benchmarks 2026 (Cassandra)"
_CASSANDRA_AT = "https://cassandra.app/resources/google-ads-benchmarks-2026"
_ANA = "Response Rate Report 2021 (ANA)"
_ANA_AT = "https://www.ana.net/content/show/id/71311"
_LOCALIQ = "Search Advertising Benchmarks (WordStream by LocaliQ)"
_LOCALIQ_2023 = "https://www.mediapost.com/publications/article/385409/search-ads-cost-per-lead-rise-conversions-fall.html"
_LOCALIQ_2024 = "https://www.blogarama.com/tools-blogs/256999-digital-information-world-blog/58639083-understanding-trends-search-advertising-conversion-rates-costs"
_LOCALIQ_2025 = "https://ppcchief.com/blog/google-ads-cost-per-lead-2026"
_SOCIAL_2025 = "https://admanage.ai/blog/facebook-ads-cost-per-lead-benchmarks"
_LINKEDIN = "https://www.yirla.com/en-us/blog/linkedin-ad-benchmarks-for-b2b-tech-what-december-2025-data-actually-shows"


@dataclass(frozen=True)
class PublishedReturn:
    """One figure. `kinds`: kinds of channels that it speaks of; `figure`: in the unit of `measure`, costs in US dollars; `industry`: None for all."""

    kinds: tuple[str, ...]
    measure: Measure
    figure: float
    basis: Basis
    year: int
    source: str
    address: str
    measured: str
    industry: str | None = None


def _profit(kind: tuple[str, ...], figure: float, medium: str) -> PublishedReturn:
    measured = f"{medium}: profit within 13 weeks per £1, econometrics of 141 UK brands, 2021 to 2023"
    return PublishedReturn(kind, "profit_per_money", figure, "modelled", 2024, _THINKBOX, _THINKBOX_AT, measured)


def _grocery(kind: tuple[str, ...], figure: float, medium: str) -> PublishedReturn:
    measured = f"{medium}: incremental sales per $1, exposed against matched households, 1,400 US grocery campaigns, 2004 to 2015"
    return PublishedReturn(kind, "revenue_per_money", figure, "modelled", 2016, _NCS, _NCS_AT, measured, "grocery brands")


def _google(kind: tuple[str, ...], figure: float, what: str) -> PublishedReturn:
    measured = f"{what}: median incremental return of 253 media mix models, 59 advertisers"
    return PublishedReturn(kind, "revenue_per_money", figure, "modelled", 2026, _CASSANDRA, _CASSANDRA_AT, measured)


def _survey(kind: tuple[str, ...], figure: float, what: str) -> PublishedReturn:
    measured = f"{what}: return that US marketers say they get (their return of {figure - 1:.0%} and the money itself)"
    return PublishedReturn(kind, "revenue_per_money", figure, "attributed", 2022, _ANA, _ANA_AT, measured)


def _search_lead(figure: float, industry: str | None, year: int = 2025, address: str = _LOCALIQ_2025) -> PublishedReturn:
    measured = "cost per lead of US search campaigns (Google and Microsoft), as the platform counts leads"
    return PublishedReturn(("search_ads",), "cost_per_lead", figure, "attributed", year, _LOCALIQ, address, measured, industry)


PUBLISHED: tuple[PublishedReturn, ...] = (
    _profit(("print",), 2.74, "print"),
    _profit(("tv",), 1.82, "linear TV"),
    _profit(("radio", "audio_ads"), 2.47, "audio"),
    _profit(("search_ads",), 2.29, "generic paid search"),
    _profit(("video_ads",), 1.76, "online video"),
    _profit(("social_ads",), 1.62, "paid social"),
    _profit(("display_ads",), 1.50, "online display"),
    PublishedReturn(
        ANY_PAID,
        "profit_per_money",
        1.87,
        "modelled",
        2024,
        _THINKBOX,
        "https://ebiquity.com/?p=22280",
        "all media: profit within 13 weeks per £1 (4.11 within two years)",
    ),
    _grocery(("print",), 3.94, "magazines"),
    _grocery(("display_ads",), 2.63, "display"),
    _grocery(("tv",), 2.55, "linear TV"),
    _grocery(("video_ads",), 1.53, "digital video"),
    PublishedReturn(
        ("radio",),
        "revenue_per_money",
        6.0,
        "modelled",
        2014,
        "From Airways to Aisles (Nielsen Catalina Solutions)",
        "https://byrnesmedia.com/2014/04/25/proof-that-radio-advertising-drives-sales-share-and-roi/",
        "radio: sales per $1 from listeners in the 28 days after, ten US brands",
        "grocery brands",
    ),
    PublishedReturn(
        _ONLINE,
        "revenue_per_money",
        2.31,
        "experiments",
        2025,
        "225 geo tests (Stella)",
        "https://www.stellaheystella.com/blog/how-to-conduct-an-incrementality-study-for-google-ads-a-step-by-step-guide",
        "all online channels: median incremental return of US shops, half of the tests between 1.36 and 3.24",
    ),
    _google(("search_ads",), 5.21, "search without the own name"),
    _google(("shopping_ads",), 4.64, "Performance Max"),
    _google(("video_ads",), 2.70, "YouTube"),
    PublishedReturn(
        ANY_PAID,
        "revenue_per_money",
        1.22,
        "assumed",
        2025,
        "Default prior distributions (Google Meridian)",
        "https://developers.google.com/meridian/docs/advanced-modeling/default-prior-distributions",
        "any paid channel: median of the default prior LogNormal(0.2, 0.9)",
    ),
    PublishedReturn(
        ("direct_mail",),
        "revenue_per_money",
        3.20,
        "attributed",
        2025,
        "Response Rate Tracker (Jicmail)",
        "https://www.decisionmarketing.co.uk/news/brands-warm-to-cold-mail-and-door-drops-as-roi-soars",
        "cold direct mail: return per £1, 3,800 UK campaigns (mail to own customers 9.00, door drops 2.90)",
    ),
    _survey(("direct_mail",), 2.12, "letters to prospects"),
    _survey(("sms",), 2.02, "SMS"),
    _survey(("email",), 1.93, "e-mail"),
    PublishedReturn(
        ("email",),
        "revenue_per_money",
        29.64,
        "attributed",
        2016,
        "Marketer Email Tracker (DMA UK)",
        "https://dma.org.uk/press-release/email-aeur-itaeurtms-never-been-so-important-but-marketers-struggle-to-demonstrate-its-value",
        "e-mail: return per £1 that UK marketers say they get",
    ),
    _search_lead(70.11, None),
    _search_lead(30.0, "restaurants"),
    _search_lead(30.0, "arts and entertainment"),
    _search_lead(32.0, "animals and pets"),
    _search_lead(63.0, "health and fitness"),
    _search_lead(90.0, "education"),
    _search_lead(100.0, "real estate"),
    _search_lead(104.0, "business services"),
    _search_lead(122.0, "furniture"),
    _search_lead(132.0, "legal services"),
    _search_lead(42.95, "cars", 2024, _LOCALIQ_2024),
    _search_lead(83.10, "fashion and jewellery", 2024, _LOCALIQ_2024),
    _search_lead(90.02, "finance and insurance", 2023, _LOCALIQ_2023),
    _search_lead(132.95, "career and employment", 2023, _LOCALIQ_2023),
    PublishedReturn(
        ("social_ads",),
        "cost_per_lead",
        27.66,
        "attributed",
        2025,
        "Facebook Ads Benchmarks (WordStream)",
        _SOCIAL_2025,
        "cost per lead of 1,000 US campaigns that ask for leads, as the platform counts them",
    ),
    PublishedReturn(
        ("social_ads",),
        "cost_per_lead",
        41.53,
        "attributed",
        2025,
        "Facebook Ads Cost per Lead (Superads)",
        "https://www.superads.ai/facebook-ads-costs/cost-per-lead",
        "cost per lead in all countries, as the platform counts them",
    ),
    PublishedReturn(
        ("social_ads",),
        "cost_per_lead",
        371.0,
        "attributed",
        2025,
        "LinkedIn benchmarks for technology, December 2025",
        _LINKEDIN,
        "median cost per lead of picture ads in the Americas (EMEA 205, Asia 79)",
        "technology for firms",
    ),
)


@dataclass(frozen=True)
class PublishedFinding:
    """A finding that is no return of a channel, and what is done because of it."""

    source: str
    year: int
    address: str
    found: str
    therefore: str


FINDINGS: tuple[PublishedFinding, ...] = (
    PublishedFinding(
        "Lewis & Rao, The Unfavorable Economics of Measuring the Returns to Advertising, Quarterly Journal of Economics 130(4)",
        2015,
        "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2367103",
        "25 large field experiments: the median confidence interval of the return is over 100 percentage points wide",
        "published returns are told with a factor, not with a percentage",
    ),
    PublishedFinding(
        "Gordon, Moakler & Zettelmeyer, Close Enough? A Large-Scale Exploration of Non-Experimental Approaches to Advertising Measurement",
        2022,
        "https://arxiv.org/abs/2201.07055",
        "663 experiments at Facebook: the best observational methods are off by 62 to 115 points of lift in the median, while true lifts are 6 to 28 %",
        "attributed figures are widened, not only discounted",
    ),
    PublishedFinding(
        "How to conduct an incrementality study for Google Ads (Stella)",
        2026,
        "https://www.stellaheystella.com/blog/how-to-conduct-an-incrementality-study-for-google-ads-a-step-by-step-guide",
        "tested returns differ from those of the platforms, often by 30 to 70 %",
        "attributed figures count 0.6",
    ),
    PublishedFinding(
        "Incrementality over attribution (Bluesense)",
        2026,
        "https://www.bluesensedigital.com/framework-incrementality.html",
        "platforms overstate what they brought by 25 to 60 %",
        "attributed figures count 0.6",
    ),
    PublishedFinding(
        "Within-brand iROAS analysis (Common Thread Collective)",
        2026,
        "https://research.commonthreadco.com/",
        "lift tests of 17 brands found 0.55 to 1.84 times what Facebook reported, 1.13 in the median",
        "the discount itself is uncertain: 8 of 10 between half and twice of it",
    ),
    PublishedFinding(
        "Blake, Nosko & Tadelis, Consumer Heterogeneity and Paid Search Effectiveness, Econometrica 83(1)",
        2015,
        "https://www.nber.org/papers/w20171",
        "ads on the own name brought nothing measurable in the short run; other keywords a fraction of what was believed, at a loss on average",
        "no published return is used for ads on the own name; search that follows demand is told as a finding of the fit",
    ),
    PublishedFinding(
        "2025 geo tests of branded search (Stella, quoted by Digital Applied)",
        2026,
        "https://www.digitalapplied.com/blog/incrementality-testing-paid-media-causal-lift-2026",
        "median incremental return of ads on the own name 0.70, the lowest of all channels",
        "as above",
    ),
    PublishedFinding(
        "Sethuraman, Tellis & Briesch, How Well Does Advertising Work?, Journal of Marketing Research 48(3)",
        2011,
        "http://www.imresearchcenter.com/docs/how-well-does-advertising-work-generalizations-meta-analysis-brand-advertising-elasticities",
        "mean elasticity of sales to advertising 0.12 in the short run (751 estimates), 0.24 in the long run (402)",
        "what paid media bring in all by default lies between this and the 40 % of Meridian (see SHARE_OF_MEDIA)",
    ),
    PublishedFinding(
        "Shapiro, Hitsch & Tuchman, TV Advertising Effectiveness and Profitability, Econometrica 89(4)",
        2021,
        "https://doi.org/10.3982/ecta17674",
        "288 grocery brands on TV: median long-run elasticity 0.014; more spend loses money for more than 80 %",
        "half of what is believed lies below a published figure: it may be far too high",
    ),
)
