/* A tweet holds pictures or a poll: whichever came first locks the other, and says so. */
(() => {
  "use strict";
  const look = (form) => {
    form.querySelectorAll("[data-part]").forEach((part) => {
      const fields = part.querySelector("[data-poll-fields]");
      if (!fields) return;
      const inputs = [...fields.querySelectorAll("[name^=choice]")];
      const asks = fields.open && inputs.some((input) => input.value.trim());
      const shows = Boolean(part.querySelector("[data-upload-item], [data-upload-waiting]"));
      fields.querySelector("[data-poll-locked]").hidden = !shows;
      fields.querySelector("fieldset").disabled = !fields.open || (shows && !asks);
      const tools = part.querySelector("[data-choose]") ?? form.querySelector(".composer__row [data-choose]");
      const label = tools?.closest("label");
      if (!label || shows) return;
      tools.disabled = asks;
      label.classList.toggle("icon-btn--off", asks);
      label.title = asks ? "Pictures: not with a poll" : "Add pictures";
    });
  };

  document.querySelectorAll("[data-composer]").forEach((form) => {
    for (const kind of ["input", "pictures", "parts"]) form.addEventListener(kind, () => look(form));
    look(form);
  });
})();
