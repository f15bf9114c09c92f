"""A mailing in the admin: its words, what the proof finds, who gets it, its ledger, its buttons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.mailing import audiences, letters, local_box, proofing, statements
from portal.mailing.actions import pausing, sending
from portal.mailing.composing import STAND_IN, own_mail_url
from portal.mailing.models import Delivery, Mailing, Message
from portal.mailing.statement_pdf import statement_pdf
from portal.printing import NotTypeset

Stage = Delivery.Stage
State = Mailing.State

#: Button → (its words, the right it needs, the states it stands in, what it does).
BUTTONS: dict[str, tuple[Any, str, set[Any], Callable[..., Any]]] = {
    "approve": (_("Approve words and recipients"), "approve_mailing", {State.DRAFT},
                lambda mailing, by, now, note: _approve(mailing, by, now)),
    "staff": (_("Send to own staff"), "send_mailing", {State.APPROVED},
              lambda mailing, by, now, note: sending.release(mailing, Stage.OWN_STAFF, by=by, now=now)),
    "few": (_("Send to a few"), "send_mailing", {State.APPROVED, State.SENDING},
            lambda mailing, by, now, note: sending.release(mailing, Stage.A_FEW, by=by, now=now)),
    "all": (_("Send to all posts"), "send_mailing", {State.APPROVED, State.SENDING},
            lambda mailing, by, now, note: sending.release(mailing, Stage.ALL, by=by, now=now)),
    "public": (_("Send to the public too"), "send_mailing", {State.APPROVED, State.SENDING},
               lambda mailing, by, now, note: sending.release(mailing, Stage.PUBLIC, by=by, now=now)),
    "pause": (_("Pause"), "send_mailing", {State.SENDING},
              lambda mailing, by, now, note: pausing.pause(mailing, by=by, now=now, why=note)),
    "resume": (_("Go on"), "send_mailing", {State.PAUSED},
               lambda mailing, by, now, note: pausing.resume(mailing, by=by, now=now)),
    "cancel": (_("Recall what has not gone out"), "send_mailing",
               {State.ADDRESSING, State.APPROVED, State.SENDING, State.PAUSED},
               lambda mailing, by, now, note: pausing.cancel(mailing, by=by, now=now, why=note)),
    "close": (_("Close the account"), "send_mailing", {State.SENDING, State.CANCELLED},
              lambda mailing, by, now, note: sending.close(mailing, by=by, now=now)),
}  # fmt: skip


#: Button → the stage it lets go; one that holds nobody back has no button.
STAGES = {"staff": Stage.OWN_STAFF, "few": Stage.A_FEW, "all": Stage.ALL, "public": Stage.PUBLIC}


def _approve(mailing: Mailing, by: User, now: Any) -> Mailing:
    blocking = [finding.message for finding in proofing.findings(mailing) if finding.blocks]
    if blocking:
        raise Refused(" ".join(blocking))
    return sending.approve(mailing, by=by, now=now)


class MailingForm(forms.ModelForm):
    """The words beside the mailing; where the reader's own page stands, they say {page}."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", _("Vietnamese")), ("en", _("English"))])
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 18, "cols": 78}),
        help_text=_("Write {page} where the address of the reader's own page shall stand: there they leave the list."),
    )  # fmt: skip

    class Meta:
        model = Mailing
        fields = ["title", "lists", "staff_first", "few_first"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.message.html:
            self._close("subject", "language", "text")
        elif self.instance.pk:
            message = self.instance.message
            self.initial |= {
                "subject": message.subject,
                "language": message.language,
                "text": message.text.replace(own_mail_url(), "{page}"),
            }

        if self.instance.resends_id:
            self._close("lists")

    def _close(self, *names: str) -> None:
        """What was composed elsewhere is not written here."""
        for name in names:
            self.fields.pop(name, None)

    @property
    def has_words(self) -> bool:
        return "text" in self.fields

    def message(self) -> Message:
        """The words as they are sent."""
        said = self.cleaned_data
        return Message(
            subject=said["subject"], text=said["text"].replace("{page}", own_mail_url()), language=said["language"],
            sender=letters.sender(said["language"]), list_id="portal", created_at=timezone.now(),
        )  # fmt: skip


@admin.register(Mailing)
class MailingAdmin(admin.ModelAdmin):
    form = MailingForm
    list_display = ["title", "state", "state_since", "candidates", "accepted", "open_copies"]
    list_filter = ["state"]
    ordering = ["-pk"]
    filter_horizontal = ["lists"]
    fields = ["title", "subject", "language", "text", "lists", "staff_first", "few_first"]
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
            return ["title", "lists"]
        closed = {"subject", "language", "text"} if obj is not None and obj.message.html else set()
        closed |= {"lists"} if obj is not None and obj.resends_id else set()
        return [name for name in self.fields or [] if name not in closed]

    def save_model(self, request: HttpRequest, obj: Mailing, form: Any, change: bool) -> None:
        if not form.has_words:
            super().save_model(request, obj, form, change)
            if form.changed_data:
                sending.readdress(obj, by=request.user, now=timezone.now())
            return
        message, now = form.message(), timezone.now()
        message.save()
        if change:
            super().save_model(request, obj, form, change)
            sending.rewrite(obj, message, by=request.user, now=now)
        else:
            obj.message, obj.created_by, obj.state_since = message, request.user, now
            super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        own = [
            path("<int:pk>/step/", self.admin_site.admin_view(self.step), name="mailing_mailing_step"),
            path("<int:pk>/letter/", self.admin_site.admin_view(self.letter), name="mailing_mailing_letter"),
            path("local-box/", self.admin_site.admin_view(self.local_box), name="mailing_local_box"),
            path("local-box/<str:name>/", self.admin_site.admin_view(self.local_letter), name="mailing_local_letter"),
            path("<int:pk>/statement.csv", self.admin_site.admin_view(self.statement), name="mailing_mailing_statement"),
            path("<int:pk>/statement.pdf", self.admin_site.admin_view(self.printed), name="mailing_mailing_statement_pdf"),
        ]  # fmt: skip
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
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def _sheet(self, request: HttpRequest, mailing: Mailing) -> dict[str, Any]:
        """What stands above the form: findings, who would get it, the ledger, the buttons."""
        draft = mailing.state == State.DRAFT
        held = set(
            mailing.deliveries.filter(state=Delivery.State.QUEUED, due_at=None).values_list(
                "stage", flat=True
            )
        )
        return {
            "mailing": mailing,
            "findings": proofing.findings(mailing) if draft else [],
            "difference": audiences.difference(mailing, audiences.staged(mailing)) if draft else None,
            "being_addressed": {
                "made": mailing.candidates - mailing.addressees.count(),
                "of": mailing.candidates,
            }
            if mailing.state == State.ADDRESSING
            else None,
            "ledger": [
                (Delivery.State(state).label, count)
                for state, count in sending.ledger(mailing).items()
                if count
            ],
            "buttons": [
                (name, words, name in {"pause", "cancel"})
                for name, (words, right, states, _deed) in BUTTONS.items()
                if mailing.state in states
                and request.user.has_perm(f"mailing.{right}")
                and (name not in STAGES or STAGES[name] in held)
            ],
            "copies_url": f"{reverse('admin:mailing_delivery_changelist')}?mailing__id__exact={mailing.pk}",
        }

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One button of the sheet; a refusal comes back in words."""
        mailing = get_object_or_404(Mailing, pk=pk)
        back = HttpResponseRedirect(reverse("admin:mailing_mailing_change", args=[pk]))
        name = request.POST.get("step", "")
        if request.method != "POST" or name not in {*BUTTONS, "proof"}:
            return back
        try:
            said = self._proof(request, mailing) if name == "proof" else self._do(request, mailing, name)
            self.message_user(request, said, messages.SUCCESS)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return back

    def _do(self, request: HttpRequest, mailing: Mailing, name: str) -> str:
        words, right, _states, deed = BUTTONS[name]
        if not request.user.has_perm(f"mailing.{right}"):
            raise PermissionDenied
        deed(mailing, request.user, timezone.now(), request.POST.get("note", ""))
        return _("Done: %(step)s.") % {"step": words}

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

    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The words as their reader sees them."""
        mailing = get_object_or_404(Mailing.objects.select_related("message"), pk=pk)
        if not self.has_view_permission(request, mailing):
            raise PermissionDenied
        message = mailing.message
        words, kind = (message.html, "html") if message.html else (message.text, "plain")
        return HttpResponse(words.replace(STAND_IN, "…"), content_type=f"text/{kind}; charset=utf-8")

    def local_box(self, request: HttpRequest) -> HttpResponse:
        """What would have been sent, where no mail server is named."""
        self._check_local_box(request)
        context = {**self.admin_site.each_context(request), "title": _("Letters kept on this machine")}
        return TemplateResponse(request, "mailing/local_box.html", {**context, "letters": local_box.newest()})

    def local_letter(self, request: HttpRequest, name: str) -> HttpResponse:
        self._check_local_box(request)
        found = local_box.letter(name)
        if found is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": local_box.header(found, "Subject"),
            "head": [(name, local_box.header(found, name)) for name in ("From", "To", "Date", "Message-ID")],
            "text": local_box.part(found, "plain"),
            "html": local_box.part(found, "html"),
        }
        return TemplateResponse(request, "mailing/local_letter.html", context)

    def _check_local_box(self, request: HttpRequest) -> None:
        if not local_box.is_in_use():
            raise Http404
        if not request.user.has_perm("mailing.view_mailing"):
            raise PermissionDenied

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**(extra_context or {}), "has_local_box": local_box.is_in_use()}
        )

    def statement(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailing = self._accounted(request, pk)
        # The mark at the beginning tells Excel that this is UTF-8.
        response = HttpResponse(
            "\ufeff" + statements.statement(mailing), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="mailing-{pk}.csv"'
        return response

    def printed(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailing = self._accounted(request, pk)
        try:
            content = statement_pdf(mailing, get_language() or "vi")
        except NotTypeset:
            said = _("This account is too long to be printed; the CSV has all of it.")
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:mailing_mailing_change", args=[pk]))
        response = HttpResponse(content, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="mailing-{pk}.pdf"'
        return response

    def _accounted(self, request: HttpRequest, pk: int) -> Mailing:
        mailing = get_object_or_404(
            Mailing.objects.select_related("message", "created_by", "approved_by"), pk=pk
        )
        if not self.has_view_permission(request, mailing):
            raise PermissionDenied
        return mailing
