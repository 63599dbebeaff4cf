"""The first reading, before any sentence was changed for it. Measured on 2026-11-22; kept as it was."""

from __future__ import annotations

FIRST_READING = (
    "| group | sentences | words | too short | mean | median | as one text | above 8 | above 12 |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    "| checks: titles and explanations | 286 | 3,454 | 39 | 5.4 | 5.2 | 5.1 | 20% | 1% |",
    "| checks: what they find | 489 | 6,504 | 21 | 5.7 | 5.8 | 5.9 | 24% | 4% |",
    "| documents: how-to, tutorial, README | 362 | 5,697 | 26 | 6.1 | 5.9 | 6.1 | 28% | 7% |",
    "| findings of fits | 108 | 1,558 | 2 | 5.4 | 5.2 | 5.2 | 17% | 1% |",
    "| forms: labels and hints | 79 | 554 | 134 | 1.8 | 0.6 | 1.7 | 3% | 0% |",
    "| glossary and metrics | 104 | 1,182 | 13 | 4.9 | 4.9 | 4.6 | 9% | 0% |",
    "| help of commands | 178 | 1,780 | 39 | 4.1 | 3.8 | 4.0 | 14% | 3% |",
    "| pages: do | 50 | 608 | 59 | 3.3 | 2.6 | 3.4 | 14% | 2% |",
    "| pages: others | 203 | 2,311 | 206 | 4.1 | 3.7 | 4.1 | 9% | 0% |",
    "| pages: plan | 166 | 1,887 | 181 | 3.7 | 3.7 | 3.6 | 12% | 1% |",
    "| pages: results | 157 | 1,859 | 80 | 4.3 | 4.6 | 4.3 | 18% | 1% |",
    "| pages: review | 93 | 1,069 | 69 | 3.9 | 3.7 | 4.0 | 10% | 1% |",
    "| pages: settings | 59 | 521 | 42 | 3.6 | 2.9 | 3.5 | 12% | 2% |",
    "| pages: strategy | 402 | 3,892 | 411 | 3.3 | 2.9 | 3.2 | 8% | 1% |",
    "| problems and refusals | 481 | 4,316 | 102 | 3.3 | 2.9 | 3.2 | 4% | 0% |",
    "| reports, notices and messages | 1,385 | 14,639 | 173 | 3.5 | 3.1 | 3.4 | 7% | 1% |",
    "| the eight steps | 50 | 537 | 24 | 3.6 | 3.7 | 3.3 | 4% | 0% |",
    "| the interview | 113 | 870 | 11 | 1.1 | 0.6 | 1.0 | 0% | 0% |",
    "| **all** | 4,765 | 53,238 | 1,632 | 4.1 | 3.8 | 4.1 | 12% | 2% |",
)
