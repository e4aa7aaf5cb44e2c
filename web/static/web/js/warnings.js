/* What stands before a tweet being written: a button opens the field of its warning, which closed again is
   not sent; pictures bring the choice to cover them. */
(() => {
  "use strict";
  const start = (form) => {
    const parts = () => [...form.querySelectorAll("[data-part]")];
    const buttonOf = (part) => part.querySelector("[data-warn]") ?? form.querySelector(".composer__row [data-warn]");
    const partOf = (button) => button.closest("[data-part]") ?? form.querySelector("[data-part]");
    const warnedOf = (part) => part.querySelector("[data-warned]");
    const tell = (part) => buttonOf(part)?.setAttribute("aria-pressed", warnedOf(part).open);

    const offerCover = (part) => {
      const uploads = part.querySelector("[data-uploads]");
      if (part.querySelector(".sensitive") || !uploads.querySelector("[data-upload-item]")) return;
      const choice = Object.assign(document.createElement("label"), { className: "sensitive" });
      const name = part.querySelector("[name^=text]").name.replace("text", "is_sensitive");
      choice.innerHTML = `<input class="form-check-input" type="checkbox" name="${name}"> Cover the pictures as sensitive`;
      uploads.after(choice);
    };

    // Made here, because it is of use to nobody without scripts: they open the field itself.
    form.querySelectorAll("[data-tools]").forEach((tools) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "icon-btn icon-btn--accent", title: "Content warning" });
      button.dataset.warn = "";
      button.innerHTML = `${tools.querySelector("svg").outerHTML.replace("#picture", "#warning")}<span class="visually-hidden">Content warning</span>`;
      tools.querySelector("label").after(button);
    });

    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-warn]");
      if (!button) return;
      const part = partOf(button);
      const warned = warnedOf(part);
      warned.open = !warned.open;
      (warned.open ? warned.querySelector("input") : part.querySelector("[name^=text]")).focus();
    });
    form.addEventListener("toggle", (event) => {
      if (!event.target.matches("[data-warned]")) return;
      const field = event.target.querySelector("input");
      field.disabled = !event.target.open;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      tell(event.target.closest("[data-part]"));
    }, true);
    form.addEventListener("pictures", () => parts().forEach(offerCover));
    form.addEventListener("parts", () => parts().forEach(tell));
    parts().forEach(tell);
    parts().forEach(offerCover);
  };

  document.querySelectorAll("[data-composer]").forEach(start);
})();
