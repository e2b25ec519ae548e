"""The days of results, as a plan lays them out."""
