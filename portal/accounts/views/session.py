"""The session: staying signed in while typing, and the language of the workplace."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts import actions, idleness
from portal.accounts.staff_language import keep_language, known_language
from portal.accounts.views.pages import safe_next


@never_cache
@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """Somebody is typing. Answers {"seconds_left": n}; 401 with 0 when they are signed out already."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds_left": 0}, status=401)
    now = timezone.now()
    idleness.see(request, now)
    return JsonResponse({"seconds_left": idleness.seconds_left(request, now)})


@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak the posted `language` from now on, and go back to `next`."""
    language = known_language(request.POST.get("language", ""))
    if not language:
        return HttpResponseBadRequest(_("The portal does not speak this language."))
    if request.user.is_authenticated:
        actions.choose_language(request.user, language)
    response = redirect(safe_next(request))
    keep_language(response, language)
    return response
