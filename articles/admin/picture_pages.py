"""What the editor asks for about pictures, as JSON: those that are here, a new one, and how one looks."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from articles.admin.desk import staff
from articles.admin.forms import PictureForm, ShelfForm
from articles.models import Picture

ON_THE_SHELF = 24


def narrowest(picture: Picture) -> str:
    """The address of the smallest rendition."""
    return default_storage.url(picture.renditions[0]["webp"])


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.view_picture"):
        raise PermissionDenied
    form = ShelfForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"pictures": []}, status=400)
    words = form.cleaned_data["q"]
    found = Picture.objects.filter(Q(alt__icontains=words) | Q(credit__icontains=words))[:ON_THE_SHELF]
    return JsonResponse({"pictures": [{"id": p.pk, "src": narrowest(p), "name": str(p)} for p in found]})


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.add_picture"):
        raise PermissionDenied
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            picture = Picture.objects.upload(by=staff(request), key=form.key, **form.said)
            return JsonResponse({"id": picture.pk})
        except ValidationError as error:
            form.add_error(None, error)
    return JsonResponse({"errors": form.errors}, status=400)


@require_safe
def show(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Lead to the picture, for the editor to show. Anybody on the staff who may see the desk may see it."""
    if not request.user.has_perm("articles.view_picture"):
        raise PermissionDenied
    return HttpResponseRedirect(narrowest(get_object_or_404(Picture, pk=picture_id)))
