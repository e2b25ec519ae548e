"""What a home is worth today: appraisals, index series, and what covers the debt."""
