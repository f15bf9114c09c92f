"""The addresses of the day and after, beneath an event."""

from training.admin import attendance, certificates, check_in, door, paper, surveys

#: (route, view, name): mounted by EventAdmin as admin:training_event_<name>.
PAGES = [
    ("check-in/", check_in.check_in, "check_in"),
    ("door/", door.door, "door"),
    ("door/worker.js", door.worker, "door_worker"),
    ("door/manifest.webmanifest", door.manifest, "door_manifest"),
    ("door/list.json", door.taken_along, "door_list"),
    ("door/scans.json", door.receive, "door_scans"),
    ("paper/", paper.paper, "paper"),
    ("paper/badges.pdf", paper.badges, "badges"),
    ("paper/sheets/<int:number>.pdf", paper.sheet, "sheet"),
    ("attendance/", attendance.attendance, "attendance"),
    ("certificates/", certificates.certificates, "certificates"),
    ("certificates/all.pdf", certificates.together, "certificates_pdf"),
    ("certificates/all.zip", certificates.one_by_one, "certificates_zip"),
    ("certificates/<int:certificate>/", certificates.certificate, "certificate"),
    ("survey/", surveys.survey, "survey"),
]
