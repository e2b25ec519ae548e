"""The result of a visit that was made, and how long it takes by the method it was made by."""
