"""The list of mailings, and a mailing's sheet: what the proof finds, who gets it, its ledger, its buttons."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.mailing import comparing, letters, local_box, private, proofing
from portal.mailing.actions import sending
from portal.mailing.admin.mailings import buttons, kept_letters, papers
from portal.mailing.admin.mailings.forms import MailingForm
from portal.mailing.models import Delivery, Mailing

#: What the form says of the mailing itself; its words are a `Message`.
OWN_FIELDS = {"title", "is_in_both_languages", "staff_first", "few_first"}

State = Mailing.State


@admin.register(Mailing)
class MailingAdmin(admin.ModelAdmin):
    form = MailingForm
    list_display = ["title", "state", "state_since", "candidates", "accepted", "open_copies"]
    list_filter = ["state"]
    ordering = ["-pk"]
    fields = [
        "title", "subject", "language", "text", "lists", "is_in_both_languages", "staff_first", "few_first",
    ]  # fmt: skip
    change_form_template = "admin/mailing/mailing_change.html"
    change_list_template = "admin/mailing/mailing_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = Count("deliveries", filter=Q(deliveries__state=Delivery.State.ACCEPTED))
        still = Count("deliveries", filter=Q(deliveries__state__in=Delivery.UNDECIDED))
        return super().get_queryset(request).annotate(accepted_copies=counted, still=still)

    @admin.display(description=_("accepted"))
    def accepted(self, mailing: Mailing) -> int:
        return mailing.accepted_copies

    @admin.display(description=_("on their way"))
    def open_copies(self, mailing: Mailing) -> int:
        return mailing.still

    def has_change_permission(self, request: HttpRequest, obj: Mailing | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state == State.DRAFT)

    def has_delete_permission(self, request: HttpRequest, obj: Mailing | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Mailing | None = None) -> list[str]:
        frozen = obj is not None and not self.has_change_permission(request, obj)
        if frozen:
            return ["title", "lists", "is_in_both_languages"]
        closed = {"subject", "language", "text"} if obj is not None and obj.message.html else set()
        closed |= {"lists", "is_in_both_languages"} if obj is not None and obj.follows_another else set()
        return [name for name in self.fields or [] if name not in closed]

    def save_model(self, request: HttpRequest, obj: Mailing, form: Any, change: bool) -> None:
        """What has been approved meanwhile stays as it is: see `change_view`."""
        now = timezone.now()
        if change:
            sending.describe(obj, OWN_FIELDS.intersection(form.changed_data))
        if not form.has_words:
            if form.changed_data:
                sending.readdress(obj, by=request.user, now=now)
            return
        message = form.message()
        message.save()
        if change:
            sending.rewrite(obj, message, by=request.user, now=now)
        else:
            obj.message, obj.created_by, obj.state_since = message, request.user, now
            super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        staff = self.admin_site.admin_view
        own = [
            path("<int:pk>/step/", staff(self.step), name="mailing_mailing_step"),
            path("<int:pk>/letter/", staff(papers.letter), name="mailing_mailing_letter"),
            path("<int:pk>/statement.csv", staff(papers.statement), name="mailing_mailing_statement"),
            path("<int:pk>/statement.pdf", staff(papers.printed), name="mailing_mailing_statement_pdf"),
            path("local-box/", staff(kept_letters.newest), name="mailing_local_box"),
            path("local-box/<str:name>/", staff(kept_letters.letter), name="mailing_local_letter"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        mailing = self.get_object(request, object_id)
        context = self._sheet(request, mailing) if mailing else {}
        try:
            return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})
        except Refused as refusal:  # somebody approved it while this person was writing
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def _sheet(self, request: HttpRequest, mailing: Mailing) -> dict[str, Any]:
        """What stands above the form: findings, who would get it, the ledger, the buttons."""
        draft = mailing.state == State.DRAFT
        return {
            "mailing": mailing,
            "hides_names": private.hides_names(mailing, request.user),
            "findings": proofing.findings(mailing) if draft else [],
            "difference": comparing.difference(mailing) if draft else None,
            "being_addressed": _progress(mailing) if mailing.state == State.ADDRESSING else None,
            "ledger": [
                (Delivery.State(state).label, count)
                for state, count in sending.ledger(mailing).items()
                if count
            ],
            "buttons": buttons.offered(mailing, request.user),
            "copies_url": f"{reverse('admin:mailing_delivery_changelist')}?mailing__id__exact={mailing.pk}",
        }

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One button of the sheet; a refusal comes back in words."""
        mailing = get_object_or_404(Mailing, pk=pk)
        back = HttpResponseRedirect(reverse("admin:mailing_mailing_change", args=[pk]))
        name = request.POST.get("step", "")
        if request.method != "POST" or name not in {*buttons.BUTTONS, "proof"}:
            return back
        try:
            said = self._proof(request, mailing) if name == "proof" else buttons.press(name, mailing, request)
            self.message_user(request, said, messages.SUCCESS)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return back

    def _proof(self, request: HttpRequest, mailing: Mailing) -> str:
        """The very letter, to the person who asks."""
        if not self.has_view_permission(request, mailing):
            raise PermissionDenied
        now = timezone.now()
        letters.queue(
            mailing.message, key=f"proof:{mailing.message_id}:{request.user.pk}:{now:%Y%m%d%H%M%S}",
            to=request.user.email, name=request.user.get_full_name(), now=now,
        )  # fmt: skip
        return _("The letter is on its way to %(email)s.") % {"email": request.user.email}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**(extra_context or {}), "has_local_box": local_box.is_in_use()}
        )


def _progress(mailing: Mailing) -> dict[str, int]:
    """For how many of those named by the approval a copy has been made."""
    named = mailing.candidates
    return {"made": named - mailing.addressees.count(), "of": named}
