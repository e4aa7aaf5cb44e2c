"""Pictures as staff see them: which there are, whose, and which could not be made."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from attachments.models import Attachment


@admin.register(Attachment)
class AttachmentAdmin(admin.ModelAdmin[Attachment]):
    list_display = ("preview", "description", "uploaded_by", "state", "kind", "uploaded", "claimed_at")
    list_display_links = ("preview", "description")
    list_filter = ("state", "is_animated")
    list_select_related = ("owner",)
    list_per_page = 50
    search_fields = ("description", "owner__username")
    ordering = ("-id",)
    fields = (
        "large_preview",
        "description",
        "uploaded_by",
        "state",
        "kind",
        "uploaded",
        "claimed_at",
        "bytes_used",
    )
    readonly_fields = fields
    show_full_result_count = False

    @admin.display(description="picture")
    def preview(self, attachment: Attachment) -> SafeString:
        return format_html('<img src="{}" alt="" height="48" loading="lazy">', attachment.thumb_url)

    @admin.display(description="picture")
    def large_preview(self, attachment: Attachment) -> SafeString:
        """The picture on its own page of the admin, leading to its largest file."""
        source, full = attachment.thumb_url, attachment.full_url
        return format_html('<a href="{}"><img src="{}" alt="" height="300"></a>', full, source)

    @admin.display(description="owner", ordering="owner__username")
    def uploaded_by(self, attachment: Attachment) -> str:
        return attachment.owner.handle

    @admin.display(description="kind")
    def kind(self, attachment: Attachment) -> str:
        moving = ", moving" if attachment.is_animated else ""
        return f"{attachment.format}, {attachment.width} × {attachment.height}{moving}"

    @admin.display(description="uploaded", ordering="id")
    def uploaded(self, attachment: Attachment) -> str:
        return f"{attachment.created_at:%Y-%m-%d %H:%M} UTC"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        return False
