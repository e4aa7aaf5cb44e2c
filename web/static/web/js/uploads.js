/* Pictures of the composer: chosen, dropped or pasted ones travel at once; order and removal need no reload. */
(() => {
  "use strict";
  const KINDS = ["image/jpeg", "image/png", "image/gif", "image/webp"];

  const start = (form) => {
    const most = Number(form.dataset.maxPictures);
    const partOf = (place) => place.closest("[data-part]") ?? form.querySelector("[data-part]");
    const listOf = (part) => part.querySelector("[data-uploads]");
    // The tools of the only tweet stand beneath it.
    const chooserOf = (part) => part.querySelector("[data-choose]") ?? form.querySelector(".composer__row [data-choose]");

    const settle = (part) => {
      const list = listOf(part);
      const suffix = part.querySelector("[name^=text]").name.slice(4);
      [...list.querySelectorAll("[data-upload-item]")].forEach((item, index, all) => {
        item.querySelector("[name^=attachments]").name = `attachments${suffix}`;
        item.querySelector("[data-number]").textContent = index + 1;
        item.querySelector('[data-move="up"]').disabled = index === 0;
        item.querySelector('[data-move="down"]').disabled = index === all.length - 1;
        item.draggable = all.length > 1;
      });
      const choose = chooserOf(part);
      const full = list.children.length >= most;
      choose.disabled = full;
      choose.closest("label").classList.toggle("icon-btn--off", full);
    };

    const changed = () => form.dispatchEvent(new Event("pictures"));

    const complain = (part, sentence) => {
      const line = document.createElement("p");
      line.className = "form-error";
      line.textContent = sentence;
      part.querySelector("[data-upload-errors]").append(line);
    };

    const take = (part, files) => {
      part.querySelector("[data-upload-errors]").replaceChildren();
      for (const file of files) {
        if (!KINDS.includes(file.type)) complain(part, `${file.name || "This file"} is not a jpg, png, gif or webp picture.`);
        else if (listOf(part).children.length >= most) {
          complain(part, `A tweet holds up to ${most} pictures.`);
          break;
        } else send(part, file);
      }
    };

    const send = (part, file) => {
      const waiting = document.createElement("li");
      waiting.className = "upload upload--waiting";
      waiting.dataset.uploadWaiting = "";
      waiting.innerHTML = '<div class="upload__picture" aria-hidden="true">…</div><div class="field"><label class="small"><span></span><progress class="upload__progress" max="100" value="0"></progress></label></div>';
      waiting.querySelector("span").textContent = `Uploading ${file.name || "the pasted picture"}`;
      listOf(part).append(waiting);
      changed();

      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      body.append("picture", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.dataset.upload);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) waiting.querySelector("progress").value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        const parts = fragment(request.responseText);
        const item = request.status < 300 && parts.querySelector("[data-upload-item]");
        if (item) waiting.replaceWith(item);
        else {
          waiting.remove();
          const told = parts.querySelectorAll(".form-error");
          if (told.length) part.querySelector("[data-upload-errors]").append(...told);
          else complain(part, reason(request.status, file));
        }
        changed();
      });
      request.send(body);
    };

    form.addEventListener("pictures", () => form.querySelectorAll("[data-part]").forEach(settle));
    form.addEventListener("change", ({ target }) => {
      if (!target.matches("[data-choose]")) return;
      take(partOf(target), target.files);
      target.value = "";
    });
    form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      take(partOf(event.target), event.clipboardData.files);
    });

    form.addEventListener("click", (event) => {
      const item = event.target.closest("[data-upload-item]");
      const move = event.target.closest("[data-move]");
      const remove = event.target.closest("[data-remove]");
      if (!item || !(move || remove)) return;
      event.preventDefault();
      const part = partOf(item);
      if (remove) {
        const next = item.nextElementSibling ?? item.previousElementSibling;
        item.remove();
        (next?.querySelector("[data-remove]") ?? part.querySelector("[name^=text]")).focus();
      } else if (move.dataset.move === "up") item.previousElementSibling.before(item);
      else item.nextElementSibling.after(item);
      changed();
      if (move) (move.disabled ? item.querySelector("[data-move]:not(:disabled)") : move)?.focus();
    });

    dragging(form, (place, files) => take(partOf(place), files), changed);
    changed();
  };

  // Files dragged in from outside, and pictures dragged among themselves.
  const dragging = (form, take, changed) => {
    let moved = null;
    const hasFiles = (event) => event.dataTransfer.types.includes("Files") && !moved;

    form.addEventListener("dragstart", (event) => {
      moved = event.target.closest?.("[data-upload-item]") ?? null;
      if (!moved) return;
      moved.classList.add("upload--dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    form.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-upload-item]"); // within one tweet
      if (!moved || !over || over === moved || over.parentNode !== moved.parentNode) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(moved);
      else over.after(moved);
    });
    form.addEventListener("dragend", () => {
      moved?.classList.remove("upload--dragged");
      moved = null;
      changed();
    });

    form.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      form.classList.add("composer--over");
    });
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget)) form.classList.remove("composer--over");
    });
    form.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      form.classList.remove("composer--over");
      take(event.target, event.dataTransfer.files);
    });
  };

  const fragment = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  const reason = (status, file) => {
    const name = file.name || "The picture";
    if (status === 0) return `${name} did not arrive. Check your connection and try again.`;
    if (status === 413) return `${name} is too large: a picture may have up to 5 MB.`;
    if (status === 429) return "That were many pictures. Wait a moment and try again.";
    return `${name} could not be taken. Try again, or choose another picture.`;
  };

  document.querySelectorAll("[data-composer]").forEach(start);
})();
