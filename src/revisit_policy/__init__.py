"""When a housing loan is visited again after disbursement, as a policy that is a value.

A policy is a total function from a case file and a day to a decision with reasons. Importing this package reads no
file, no clock and no network, and brings in attrs and pendulum alone.
"""

__all__: tuple[str, ...] = ()
