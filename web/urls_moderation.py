"""The addresses of staff, what the server says of itself, and what a measure's mail leads to."""

from django.urls import URLPattern, path

from web.views import announcements, documents, measures, rules, setup
from web.views.moderation import announcements as staff_announcements
from web.views.moderation import appeals, audit, automatic, doctor, held, joining, people, reports, team
from web.views.moderation import documents as staff_documents
from web.views.moderation import rules as staff_rules
from web.views.moderation import server as staff_server
from web.views.moderation import statistics as staff_statistics

urlpatterns: list[URLPattern] = [
    path("setup/", setup.setup, name="setup"),
    path("rules/", rules.show, name="rules"),
    path("about/<str:day>/", documents.about_on, name="about_on"),
    path("terms/", documents.terms, name="terms"),
    path("terms/<str:day>/", documents.terms_on, name="terms_on"),
    path("privacy/", documents.privacy, name="privacy"),
    path("privacy/<str:day>/", documents.privacy_on, name="privacy_on"),
    path("announcements/", announcements.index, name="announcements"),
    path("announcements/<int:announcement_id>/dismiss", announcements.dismiss, name="dismiss_announcement"),
    path("announcements/<int:announcement_id>/react", announcements.react, name="react"),
    path("announcements/<int:announcement_id>/unreact", announcements.unreact, name="unreact"),
    path("settings/measures/", measures.measures, name="settings_measures"),
    path("measures/<str:token>/", measures.measure, name="measure"),
    path("moderation/", reports.home, name="moderation"),
    path("moderation/reports/", reports.reports, name="staff_reports"),
    path("moderation/reports/<int:report_id>/", reports.report, name="staff_report"),
    path(
        "moderation/reports/<int:report_id>/pictures/<int:picture_id>",
        reports.picture,
        name="report_picture",
    ),
    path("moderation/reports/<int:report_id>/assign", reports.assign, name="assign_report"),
    path("moderation/reports/<int:report_id>/note", reports.note, name="note_report"),
    path("moderation/reports/<int:report_id>/close", reports.close, name="close_report"),
    path("moderation/reports/<int:report_id>/open", reports.reopen, name="open_report"),
    path("moderation/reports/<int:report_id>/decide", reports.decide, name="decide_report"),
    path("moderation/people/", people.people, name="staff_people"),
    path("moderation/people/@<str:handle>/", people.person, name="staff_person"),
    path("moderation/measures/<int:measure_id>/lift", people.lift, name="lift_measure"),
    path("moderation/appeals/", appeals.appeals, name="staff_appeals"),
    path("moderation/appeals/<int:measure_id>/decide", appeals.decide, name="decide_appeal"),
    path("moderation/automatic/", automatic.index, name="automatic_rules"),
    path("moderation/automatic/new", automatic.create, name="add_automatic_rule"),
    path("moderation/automatic/held/", held.index, name="held_tweets"),
    path("moderation/automatic/held/<int:held_id>/appear", held.appear, name="let_appear"),
    path("moderation/automatic/held/<int:held_id>/take-down", held.take_down, name="take_down_held"),
    path("moderation/automatic/hits/<int:hit_id>/decide", automatic.decide, name="decide_hit"),
    path("moderation/automatic/<int:automatic_id>/", automatic.show, name="automatic_rule"),
    path("moderation/automatic/<int:automatic_id>/edit", automatic.edit, name="edit_automatic_rule"),
    path("moderation/automatic/<int:automatic_id>/rehearse", automatic.begin_rehearsal, name="rehearse_rule"),
    path("moderation/automatic/<int:automatic_id>/start", automatic.start, name="start_automatic_rule"),
    path("moderation/automatic/<int:automatic_id>/stop", automatic.stop, name="stop_automatic_rule"),
    path("moderation/rules/", staff_rules.rules, name="staff_rules"),
    path("moderation/rules/<int:rule_id>/", staff_rules.edit, name="edit_rule"),
    path("moderation/rules/<int:rule_id>/withdraw", staff_rules.withdraw, name="withdraw_rule"),
    path("moderation/rules/<int:rule_id>/bring-back", staff_rules.bring_back, name="bring_back_rule"),
    path("moderation/announcements/", staff_announcements.index, name="staff_announcements"),
    path(
        "moderation/announcements/<int:announcement_id>/", staff_announcements.edit, name="edit_announcement"
    ),
    path(
        "moderation/announcements/<int:announcement_id>/end", staff_announcements.end, name="end_announcement"
    ),
    path("moderation/documents/", staff_documents.index, name="staff_documents"),
    path("moderation/documents/<str:kind>/", staff_documents.edit, name="edit_document"),
    path("moderation/server/", staff_server.show, name="staff_server"),
    path("moderation/joining/", joining.requests, name="staff_joining"),
    path("moderation/joining/<int:request_id>/decide", joining.decide, name="decide_joining"),
    path("moderation/joining/policy", joining.edit_policy, name="joining_policy"),
    path("moderation/joining/invites", joining.invites, name="staff_invites"),
    path("moderation/joining/blocks", joining.turned_away, name="join_blocks"),
    path("moderation/statistics/", staff_statistics.show, name="staff_statistics"),
    path("moderation/statistics/days.csv", staff_statistics.days_csv, name="staff_statistics_days"),
    path("moderation/doctor/", doctor.show, name="staff_doctor"),
    path("moderation/doctor/housekeeping", doctor.count, name="count_housekeeping"),
    path("moderation/team/", team.show, name="staff_team"),
    path("moderation/audit/", audit.audit, name="staff_audit"),
    path("moderation/audit/<int:entry_id>/undo", audit.undo, name="undo_deed"),
]
