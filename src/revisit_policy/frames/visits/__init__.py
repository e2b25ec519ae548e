"""The next visit of every row: `planning` over columns, in whole numbers of days from beginning to end.

* ``days`` goes from one day to another by working days and months, all in numbers;
* ``signal_days`` says since when a signal has held, ``means`` how a visit is made, ``request`` all that is planned from;
* ``owed`` and ``owing`` have what is pending of any kind and when, ``windows`` of the usual visits alone, ``desk`` what a desk does;
* ``joint`` is the visit that takes it together, ``result`` what comes of it;
* ``answers`` is what a plan of the frame takes from here.
"""
