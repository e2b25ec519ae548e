"""Values: money, ratio, dates and months, working days, labels, citations. No arithmetic here knows of mortgages."""
