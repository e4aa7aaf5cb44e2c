/* Passkeys: forms that ask the browser for one (data-passkey="get") or make one ("create") before they are sent.
   The rest of the page works without: where a browser knows no passkeys, nothing of this is seen. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    excludeCredentials: named(options.excludeCredentials),
    allowCredentials: named(options.allowCredentials),
  });

  const answered = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
    const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status === 429 ? "Too many attempts. Wait a minute." : "");
    return answer.json();
  };

  const tell = (sentence) =>
    document.dispatchEvent(new CustomEvent("toast", { detail: { sentence, isError: true } }));

  const ask = async (form, button) => {
    button?.setAttribute("aria-busy", "true");
    try {
      const { publicKey } = await optionsOf(form);
      const wanted = { publicKey: asked(publicKey) };
      const credential = await (form.dataset.passkey === "create"
        ? navigator.credentials.create(wanted)
        : navigator.credentials.get(wanted));
      form.elements.credential.value = answered(credential);
      form.requestSubmit();
    } catch (error) {
      const known = { InvalidStateError: "This device has a passkey for this account already." };
      const said = error instanceof DOMException ? known[error.name] : error.message;
      tell(said || "No passkey was used. Try again, or take another way.");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  };

  document.querySelectorAll('[data-passkey="create"], [data-passkey-with]').forEach((part) => (part.hidden = false));
  document.querySelectorAll("[data-passkey-without]").forEach((words) => (words.hidden = true));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value) return;
    event.preventDefault();
    ask(form, event.submitter);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-passkey-start]");
    if (button) ask(document.querySelector('form[data-passkey="get"]'), button);
  });

  // An answer counts once: a page that comes back from the browser's memory asks anew.
  addEventListener("pageshow", () => {
    document.querySelectorAll("[data-passkey]").forEach((form) => (form.elements.credential.value = ""));
  });
})();
