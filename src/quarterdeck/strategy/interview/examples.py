"""How owners of five kinds of business might answer each question: a shop, a service for firms, software, a local trade, a charity."""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.strategy.interview.interview import BUSINESSES, Business

_EXAMPLES: Mapping[str, tuple[str, str, str, str, str]] = {
    "place": ("United Kingdom; English", "Austria; German", "United States; English", "Poland; Polish", "Canada; English and French"),
    "wish": ("Families come back to us for each new size.", "Firms ask us before they buy a new machine.", "Half of those who try it stay.",
             "We fill the quiet weeks in spring.", "No dog waits longer than a month for a home."),
    "counted": ("People who come back and buy again", "People or firms who ask about your work", "People who sign up or try it",
                "Booked visits or appointments", "Money that people give"),
    "who": ("Parents of children under six", "Plant managers of firms with 50 to 300 people", "Owners of small clinics", "People with a house in our town",
            "Families who think of taking in a dog"),
    "numbers": ("From 180 to 220, and from 760 to 900 in the year", "From 14 to 20, and from 61 to 80 in the year",
                "From 300 to 380; of the year before I know nothing", "From 90 to 110, and from 380 to 420 in the year",
                "From 21000 to 26000, and from 98000 to 110000 in the year"),
    "one": ("A second pair is paid for: 48, and 17 are left", "They ask for an offer in writing: 6200, and 2500 are left",
            "The first plan is made: 900, and 780 are left", "A day and hour stand in the book: 210, and 120 are left", "The gift is in the bank; 92 of 100 are left"),
    "needs": ("Shoes that fit at once; I asked many of them", "A price that still holds at the end; I talked with them", "To set up a week in ten minutes; I tried it out",
              "Somebody who comes today; it is what I believe", "To know if the dog is good with children; I talked with them"),
    "why_us": ("We take back what does not fit. Else they go to the big web shops.", "We measure first and then say what it costs. Else their own staff does it.",
               "It knows the rules for rest. Else they use a sheet on the wall.", "The one who comes is the one you talked to. Else Smith and Sons: cheap.",
               "We know each dog, as it lived in a home. Else they go to breeders."),
    "promises": ("If it does not fit, we change it free. Of 400 pairs 31 came back.", "The price in the offer is the price you pay. Our last ten bills show it.",
                 "Your first plan stands in ten minutes. The clock runs in the trial.", "Call by noon and we come today. Look at our call book.",
                 "You meet the dog three times first. Ask the families of last year."),
    "voice": ("Warm and short, like at the till", "Calm, exact, no big words", "Clear and a little dry", "Like a neighbour", "Cheerful, never sad"),
    "uses": ("Our website; Our own posts on social networks", "Other firms or groups send people to us", "Our website; Paid adverts on Google", "Our window or sign or van",
             "Fairs or open days"),
    "roles": ("Shows what is new", "Brings firms that trust us", "Found by those who look for it", "Neighbours see that we are near",
              "People meet the dogs"),
    "found": ("On social networks", "At fairs, talks or open days", "On Google or a map", "In the street", "In their e-mail"),
    "wants": ("Letters by e-mail", "Fairs or open days", "Other firms or groups send people to us", "Leaflets and letters by post", "Paid adverts on social networks"),
    "tools": ("The till; the web shop", "A list of offers; the books", "The list of accounts", "A notebook", "The gift list; the dog book"),
    "sends": ("What came in this month", "Our morning in a factory", "What is new in the tool", "Check your heating", "Dogs of the week"),
    "rhythm": ("Once a month, on a Thursday", "Once a month, on a Tuesday", "Every two weeks, on a Wednesday", "Once a month, on a Monday",
               "Every week, on a Friday"),
    "in_the_way": ("We have no good pictures: 5 hours", "They forget that we exist: 10 hours", "We do not know which words work: 12 hours",
                   "The number is too small to read: 2 hours", "We never ask for their address: 4 hours"),
    "money": ("900 for adverts, and 30 families", "2500 in all, and 3 firms", "9000 in all, and 100 trials", "600 for leaflets, and 8 bookings",
              "500 in all, and 1500 in gifts"),
    "people": ("Ann 6; Ben 2", "Eva 4", "Raj 12; Kim 5", "Piotr 3", "Dana 8; Lou 2"),
    "success": ("Forty more families came for a second pair; I look every week", "Two new firms signed; I look every two weeks",
                "More people stay after the trial than leave; every week", "No empty day in March; every two weeks", "We paid the vet without a loan; every week"),
    "unsure": ("Why do some never come back?", "Who in the firm decides?", "Where do they stop in the trial?", "Do people still read leaflets?",
               "Who gives more than once?"),
}  # fmt: skip


def examples_of(question_id: str) -> Mapping[Business, str]:
    """One example for each kind of business."""
    return dict(zip(BUSINESSES, _EXAMPLES[question_id], strict=True))
