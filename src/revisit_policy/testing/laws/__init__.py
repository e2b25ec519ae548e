"""What holds for every case of a policy, tried on cases that are likely to break it."""
