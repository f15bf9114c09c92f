"""Who runs training. The editorial roles hold here too."""

from django.utils.translation import gettext_lazy as _

from portal.editorial.roles import Role, register_role


def register() -> None:
    register_role(
        Role(
            "training officer",
            _("training officer"),
            steps=("write_vi", "write_en", "submit", "return"),
            verbs=("view", "add", "change"),
            section="training",
            beside=True,
            own=("run_event",),
            mail=("view_mailing", "add_mailing", "change_mailing", "view_delivery", "view_returned"),
            directory=True,
            private=("quota", "registration", "rightsrequest"),
        )
    )
