"""Who does what in the press room. The editorial roles hold here too."""

from django.utils.translation import gettext_lazy as _

from portal.editorial.roles import Role, register_role


def register() -> None:
    register_role(
        Role(
            "press officer",
            _("press officer"),
            steps=("write_vi", "write_en", "submit", "return"),
            verbs=("view", "add", "change"),
            section="pressroom",
            apart=True,
            beside=True,
            own=("run_briefing",),
            mail=(
                "view_mailing",
                "view_delivery",
                "view_returned",
                "view_mailinglist",
                "add_mailinglist",
                "change_mailinglist",
            ),
            directory=True,
            private=(
                "journalistapplication",
                "accreditationround",
                "outletquota",
                "accreditationrequest",
                "accreditationfile",
                "foreignpressrequest",
                "foreignpressstep",
            ),
        )
    )
    register_role(
        Role(
            "spokesperson",
            _("spokesperson"),
            steps=("approve_vi", "approve_en", "return", "publish", "publish_urgently", "withdraw"),
            verbs=("view",),
            section="pressroom",
            apart=True,
            beside=True,
            own=("run_briefing",),
            mail=("view_mailing", "approve_mailing", "send_mailing", "view_delivery", "view_returned"),
        )
    )
