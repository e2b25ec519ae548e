"""What the bank knows about one loan on one day, and the catalogue of facts that rules read from it."""
