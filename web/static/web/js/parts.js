/* A thread: one more tweet in the same form; moved, removed and put back without asking the server.
   The order in the form is the order of the thread, so fields keep their names wherever they move. */
(() => {
  "use strict";
  const NAMED = ["name", "id", "for", "aria-describedby", "aria-controls"];

  const start = (form) => {
    const add = form.querySelector("[data-add-part]");
    if (!add) return;
    const most = Number(add.dataset.addPart);
    const send = form.querySelector("[data-send]");
    const alone = send.dataset.alone ?? send.textContent;
    const sprite = add.querySelector("use").getAttribute("href").split("#")[0];
    const parts = () => [...form.querySelectorAll("[data-part]")];
    const textOf = (part) => part.querySelector("[name^=text]");
    const suffixOf = (part) => textOf(part).name.slice(4);
    const line = document.createElement("p");
    line.className = "composer__said";
    line.setAttribute("role", "status");
    form.querySelector(".composer__row").after(line);

    const button = (name, icon, words, turned = "") =>
      `<button class="icon-btn" type="submit" name="${name}" formnovalidate data-${name.replace("_", "-")} title="${words}"><svg class="icon${turned}" aria-hidden="true"><use href="${sprite}#${icon}"></use></svg><span class="visually-hidden">${words}</span></button>`;

    // The tools of the only tweet stand beside the button that sends; in a thread each has its own.
    const giveFoot = (part) => {
      if (part.querySelector("[data-foot]")) return;
      const foot = document.createElement("div");
      foot.className = "part__foot";
      foot.dataset.foot = "";
      foot.innerHTML = button("part_up", "arrow-up", "Move tweet up") + button("part_down", "arrow-up", "Move tweet down", " icon--up") + button("part_remove", "trash", "Remove tweet");
      foot.prepend(form.querySelector(".composer__row [data-tools]"));
      foot.append(form.querySelector(".composer__send [data-ring]"));
      part.querySelector(".composer__body").append(foot);
    };

    const freshAfter = (last) => {
      const part = last.cloneNode(true);
      const old = suffixOf(last);
      const numbers = parts().map((known) => Number(suffixOf(known).slice(1)) || 1);
      const suffix = `_${Math.max(...numbers) + 1}`;
      part.querySelectorAll("noscript, .suggest").forEach((found) => found.remove());
      part.querySelectorAll("[data-uploads], [data-upload-errors]").forEach((found) => found.replaceChildren());
      part.querySelectorAll("details[open]").forEach((found) => (found.open = false));
      for (const name of NAMED) {
        part.querySelectorAll(`[data-part] [${name}]`).forEach((found) => {
          if (name === "name" && found.localName === "button") return;
          const value = found.getAttribute(name);
          if (name === "aria-describedby" && document.getElementById(value)?.closest("[data-part]") !== last) return;
          found.setAttribute(name, (old && value.endsWith(old) ? value.slice(0, -old.length) : value) + suffix);
        });
      }
      part.querySelectorAll("input, textarea, select").forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") field.checked = field.defaultChecked;
        else if (field.localName === "select") field.selectedIndex = 0;
        else field.value = "";
      });
      const text = textOf(part);
      text.textContent = "";
      text.placeholder = "What comes next?";
      text.autofocus = false;
      return part;
    };

    const changed = () => {
      const all = parts();
      const isThread = all.length > 1;
      form.classList.toggle("composer--thread", isThread);
      all.forEach((part, at) => {
        if (isThread) {
          part.setAttribute("role", "group");
          part.setAttribute("aria-label", `Tweet ${at + 1} of ${all.length}`);
          part.querySelector(`label[for="${textOf(part).id}"]`).textContent = `Tweet ${at + 1}`;
        }
        const up = part.querySelector("[data-part-up]");
        if (!up) return;
        up.disabled = at === 0;
        part.querySelector("[data-part-down]").disabled = at === all.length - 1;
      });
      send.textContent = isThread ? "Tweet all" : alone;
      form.dispatchEvent(new Event("parts"));
      form.dispatchEvent(new Event("pictures"));
    };

    const tell = (sentence, words = "", deed = null) => {
      line.textContent = sentence;
      if (!deed) return;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-text btn-sm", textContent: words });
      button.addEventListener("click", deed);
      line.append(" ", button);
    };

    add.addEventListener("click", (event) => {
      event.preventDefault();
      const last = parts().at(-1);
      if (parts().length >= most) return tell(`A thread holds at most ${most} tweets.`);
      giveFoot(last);
      const part = freshAfter(last);
      last.after(part);
      tell("");
      changed();
      textOf(part).focus();
    });

    const remove = (part) => {
      const at = parts().indexOf(part);
      const says = textOf(part).value.trim() || part.querySelector("[data-upload-item]");
      part.remove();
      changed();
      const rest = parts();
      textOf(rest[Math.min(at, rest.length - 1)]).focus();
      tell(`Tweet ${at + 1} removed.`, "Put it back", says ? () => {
        const now = parts();
        if (now.length >= most) return tell(`A thread holds at most ${most} tweets.`);
        if (now[at]) now[at].before(part);
        else now.at(-1).after(part);
        tell("");
        changed();
        textOf(part).focus();
      } : null);
    };

    form.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-part-up], [data-part-down], [data-part-remove]");
      if (!pressed) return;
      event.preventDefault();
      const part = pressed.closest("[data-part]");
      const all = parts();
      const at = all.indexOf(part);
      if ("partRemove" in pressed.dataset) return remove(part);
      if ("partUp" in pressed.dataset) all[at - 1].before(part);
      else all[at + 1].after(part);
      tell("");
      changed();
      (pressed.disabled ? part.querySelector("[data-part-up]:enabled, [data-part-down]:enabled") : pressed).focus();
    });
    changed();
  };

  document.querySelectorAll("[data-composer]").forEach(start);
})();
