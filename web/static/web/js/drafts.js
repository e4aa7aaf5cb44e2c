/* Drafts: what stands in a composer is kept on the server while one writes, and in the browser when it cannot get there. */
(() => {
  "use strict";
  const EVERY_MS = 5000;
  const OURS = ["csrfmiddlewaretoken", "key", "draft", "seen"]; // fields that say nothing of the words
  const act = document.getElementById("act");
  const token = () => act?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const owner = document.querySelector(".rail .account")?.getAttribute("href");
  const STORE = `draft:${owner}:`;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });

  const fieldsOf = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const post = (body, keepalive = false) => {
    body.set("csrfmiddlewaretoken", token());
    return fetch("/drafts/save", { method: "POST", body, keepalive, redirect: "error", headers: { "HX-Request": "true" } });
  };
  const store = (body) => {
    body.delete("csrfmiddlewaretoken");
    try {
      localStorage.setItem(STORE + body.get("key"), body);
    } catch { /* full or forbidden: nothing more can be done */ }
  };
  const forget = (key) => localStorage.removeItem(STORE + key);

  const start = (form) => {
    const { key, draft } = form.elements;
    draft.value ||= `${Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("")}.0`;
    const words = () => {
      const fields = fieldsOf(form);
      OURS.forEach((name) => fields.delete(name));
      return fields.toString();
    };
    const line = Object.assign(document.createElement("p"), { className: "composer__saved" });
    const voice = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    voice.setAttribute("role", "status");
    let kept = words();
    let typed = false;
    let busy = false;
    let sending = false;

    const say = (sentence, isTrouble = false) => {
      if (!line.parentNode) form.querySelector(".composer__row").after(line, voice);
      line.textContent = sentence;
      line.classList.toggle("composer__saved--not", isTrouble);
      voice.textContent = isTrouble ? sentence : ""; // heard only when it matters
    };
    const body = () => {
      const [writer, turn] = draft.value.split(".");
      draft.value = `${writer}.${Number(turn) + 1}`;
      return fieldsOf(form);
    };

    const save = async (aside = "") => {
      const now = words();
      if (busy || sending || !typed || now === kept) return;
      busy = true;
      const sent = body();
      try {
        const answer = await post(sent);
        const told = await answer.json();
        if (answer.status === 409) {
          // Posted already, or changed elsewhere: from here on it is a draft of its own.
          forget(key.value);
          key.value = told.key;
          form.elements.seen?.remove();
          busy = false;
          return save(told.said);
        } else if (answer.status === 422) {
          kept = now;
          say(told.said, true);
        } else if (answer.ok) {
          kept = now;
          forget(key.value);
          say(aside || `Draft saved at ${clock.format(new Date())}`, aside !== "");
        } else throw new Error();
      } catch {
        store(sent);
        say("Not saved on the server. Your words are kept in this browser, and sent when it answers again.", true);
      }
      busy = false;
    };

    // On leaving: sent without waiting, and kept here until the next page knows that it arrived.
    const leave = () => {
      if (!typed || words() === kept) return;
      const sent = body();
      store(sent);
      if (!sending) post(sent, true).then((answer) => answer.ok && forget(key.value), () => {});
    };

    const offer = async () => {
      const place = new URLSearchParams(fieldsOf(form));
      const asked = new URLSearchParams(["place", "reply_to", "quote"].filter((name) => place.get(name)).map((name) => [name, place.get(name)]));
      try {
        const answer = await fetch(`/drafts/offer?${asked}`, { headers: { "HX-Request": "true" } });
        if (answer.status !== 200) return;
        const found = document.createRange().createContextualFragment(await answer.text());
        form.querySelector(".composer__row").before(found);
        form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: form } })); // local times
      } catch { /* no answer, no offer */ }
    };

    for (const kind of ["input", "change", "pictures"]) form.addEventListener(kind, (event) => {
      if (event.isTrusted || kind === "pictures") typed = true;
    });
    if (!form.classList.contains("composer--page")) form.addEventListener("focusin", offer, { once: true });
    form.addEventListener("submit", () => {
      sending = true;
    });
    setInterval(() => save(), EVERY_MS);
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save();
    });
    addEventListener("online", () => {
      if (words() !== kept) save();
    });
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      if (sending) kept = words(); // it was sent; only what is typed from here on is new
      sending = false;
    });
  };

  // What an earlier page could not be sure of.
  const catchUp = async () => {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(STORE))) {
      try {
        const sent = new URLSearchParams(localStorage.getItem(name));
        let answer = await post(sent);
        const told = await answer.json();
        if (answer.status === 409 && told.said) {
          sent.set("key", told.key);
          sent.delete("seen");
          answer = await post(sent);
        }
        if (answer.ok || answer.status === 409 || answer.status === 422) localStorage.removeItem(name);
      } catch {
        return; // still no answer
      }
    }
  };

  if (!owner || !token()) return;
  document.querySelectorAll("form[data-composer]").forEach((form) => form.elements.draft && start(form));
  catchUp();
  addEventListener("online", catchUp);
})();
