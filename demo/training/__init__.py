"""The training of the demonstration: the record of earlier years, a seminar just held, two events to register for."""
