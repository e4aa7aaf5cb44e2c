"""Writing the rules of the server."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from common.errors import Invalid
from server.actions import add_rule, bring_back_rule, change_rule, withdraw_rule
from server.models import Rule
from server.queries import all_rules, rule_by_id
from web.access import staff_required
from web.forms.moderation import RuleForm
from web.views.moderation.frame import staff_of, staff_page

_editors = staff_required(Permission.EDIT_RULES)


@_editors
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_saved(request, form, None):
        return redirect("staff_rules")
    context = {"rules": all_rules(), "form": form}
    return staff_page(request, "rules.html", "rules", context, status=422 if form.errors else 200)


@_editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = rule_by_id(rule_id)
    initial = {"text": rule.text, "hint": rule.hint, "position": rule.position}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _is_saved(request, form, rule):
        return redirect("staff_rules")
    context = {"rule": rule, "form": form}
    return staff_page(request, "rule.html", "rules", context, status=422 if form.errors else 200)


@_editors
@require_POST
def withdraw(request: HttpRequest, rule_id: int) -> HttpResponse:
    withdraw_rule(staff_of(request), rule_by_id(rule_id))
    return redirect("staff_rules")


@_editors
@require_POST
def bring_back(request: HttpRequest, rule_id: int) -> HttpResponse:
    bring_back_rule(staff_of(request), rule_by_id(rule_id))
    return redirect("staff_rules")


def _is_saved(request: HttpRequest, form: RuleForm, rule: Rule | None) -> bool:
    said = form.cleaned_data
    try:
        if rule is None:
            add_rule(staff_of(request), said["text"], said["hint"], said["position"])
        else:
            change_rule(staff_of(request), rule, said["text"], said["hint"], said["position"])
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, "Saved.")
    return True
