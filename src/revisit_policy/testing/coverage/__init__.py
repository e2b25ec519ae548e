"""Which rules and limits the tests of a policy have met, counted for single cases and frames alike."""
