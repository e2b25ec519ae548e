"""What people have done about a loan: they determine its grade, which no rule of a policy makes milder, and act on its measures."""
