"""What a loan owes on a day: the first visit, what recurs, what a trigger asks for, a valuation."""
