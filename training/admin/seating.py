"""The addresses of seats and people, beneath an event."""

from training.admin import hall, people

#: (route, view, name): mounted by EventAdmin as admin:training_event_<name>.
PAGES = [
    ("seats/", hall.seats, "seats"),
    ("people/", people.people, "people"),
    ("people/add/", people.add, "people_add"),
    ("people/<int:registration>/", people.one, "person"),
]
