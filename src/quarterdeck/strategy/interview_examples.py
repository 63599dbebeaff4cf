"""How owners of five kinds of business might answer each question: a shop, a service for firms, software, a local trade, a charity."""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.strategy.interview import BUSINESSES, Business

_EXAMPLES: Mapping[str, tuple[str, str, str, str, str]] = {
    "place": ("United Kingdom; English", "Austria; German", "United States; English", "Poland; Polish", "Canada; English and French"),
    "wish": ("Families come back to us for each new size.", "Firms ask us before they buy a new machine.", "Half of those who try it stay.",
             "We fill the quiet weeks in spring.", "No dog waits longer than a month for a home."),
    "counted": ("People who come back and buy again", "People or firms who ask about your work", "People who sign up or try it",
                "Booked visits or appointments", "Money that people give"),
    "numbers": ("180 came back, 220 should, 900 in the year", "14 so far, 20 next, 80 in the year", "300, then 380, and 1600 in the year",
                "90 so far, 110 next, 420 in the year", "21000 so far, 26000 next, 110000 in the year"),
    "who": ("Parents of children under six", "Plant managers of firms with 50 to 300 people", "Owners of small clinics", "People with a house in our town",
            "Families who think of taking in a dog"),
    "needs": ("Shoes that fit at once", "A price that still holds at the end", "To set up a week in ten minutes", "Somebody who comes today",
              "To know if the dog is good with children"),
    "how_known": ("I asked many of them the same thing", "I talked with them about it", "I tried it out", "It is what I believe",
                  "I talked with them about it"),
    "event": ("They have paid for a second pair.", "They have asked for an offer in writing.", "They have made their first plan.",
              "A day and hour stand in the book.", "The gift is in the bank."),
    "worth": ("48 and 17", "6200 and 2500", "900 and 780", "210 and 120", "40 and 36"),
    "left": ("38", "45", "85", "55", "92"),
    "why_us": ("We measure each foot and take back what does not fit.", "We measure first and then say what it costs.",
               "It knows the rules for rest, so nobody has to.", "The one who comes is the one you talked to.", "We know each dog, as it lived in a home."),
    "promises": ("If it does not fit, we change it free.", "The price in the offer is the price you pay.", "Your first plan stands in ten minutes.",
                 "Call by noon and we come today.", "You meet the dog three times first."),
    "proof": ("Of 400 pairs sold last year, 31 came back.", "Our last ten bills, next to the offers.", "The clock runs in the trial.",
              "Our call book of last winter.", "Ask the families of last year."),
    "rivals": ("The big web shops: here tomorrow", "Their own staff", "A sheet on the wall", "Smith and Sons: cheap", "Breeders"),
    "uses": ("Our website; Our own posts on social networks", "Other firms or groups send people to us", "Our website; Paid adverts on Google", "Our window or sign or van",
             "Fairs or open days"),
    "roles": ("Shows what is new", "Brings firms that trust us", "Found by those who look for it", "Neighbours see that we are near",
              "People meet the dogs"),
    "in_the_way": ("We have no good pictures.", "They forget that we exist.", "We do not know which words work.", "The number is too small to read.",
                   "We never ask for their address."),
    "found": ("On social networks", "At fairs, talks or open days", "On Google or a map", "In the street", "In their e-mail"),
    "wants": ("Letters by e-mail", "Fairs or open days", "Other firms or groups send people to us", "Leaflets and letters by post", "Paid adverts on social networks"),
    "tools": ("The till; the web shop", "A list of offers; the books", "The list of accounts", "A notebook", "The gift list; the dog book"),
    "sends": ("What came in this month", "Our morning in a factory", "What is new in the tool", "Check your heating", "Dogs of the week"),
    "rhythm": ("Once a month, on a Thursday", "Once a month, on a Tuesday", "Every two weeks, on a Wednesday", "Once a month, on a Monday",
               "Every week, on a Friday"),
    "money": ("900 for adverts, and 30 families", "2500 in all, and 3 firms", "9000 in all, and 100 trials", "600 for leaflets, and 8 bookings",
              "500 in all, and 1500 in gifts"),
    "people": ("Ann; Ben on Saturdays", "Eva", "Raj; Kim", "Piotr", "Dana; Lou, who helps"),
    "hours": ("6", "4", "12", "3", "8"),
    "effort": ("5", "10", "12", "2", "4"),
    "success": ("Forty more families came for a second pair.", "Two new firms signed.", "More people stay after the trial than leave.",
                "No empty day in March.", "We paid the vet without a loan."),
    "check_in": ("Every week", "Every two weeks", "Every week", "Every two weeks", "Every week"),
    "unsure": ("Why do some never come back?", "Who in the firm decides?", "Where do they stop in the trial?", "Do people still read leaflets?",
               "Who gives more than once?"),
}  # fmt: skip


def examples_of(question_id: str) -> Mapping[Business, str]:
    """One example for each kind of business."""
    return dict(zip(BUSINESSES, _EXAMPLES[question_id], strict=True))
