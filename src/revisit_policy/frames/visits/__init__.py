"""The next visit of every row: `planning` over columns, in whole numbers of days from beginning to end.

* ``day_columns`` takes the days of rows as numbers, ``day_steps`` goes from one by weeks and months, ``plan_days`` and
  ``result_days`` by working days;
* ``signal_days`` says since when a signal has held, ``means`` how a visit is made, ``request`` all that is planned from;
* ``windows`` has what is pending and when, ``joint`` the visit that takes it together, ``result`` what comes of it;
* ``answers`` is what a plan of the frame takes from here.
"""
