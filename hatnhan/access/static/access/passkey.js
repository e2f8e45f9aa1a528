// Passkeys: a form with data-passkey ("create" or "get") and data-options (the server's question) asks the machine when
// it is sent, and carries the answer. Plain ES2018; runs in Chrome 99. Without it the server says that no answer came.
(() => {
  "use strict";

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  const written = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const keys = (list) => (list || []).map((one) => Object.assign({}, one, { id: bytes(one.id) }));

  function asked(given) {
    const question = Object.assign({}, given, { challenge: bytes(given.challenge) });
    if (given.user) question.user = Object.assign({}, given.user, { id: bytes(given.user.id) });
    if (given.excludeCredentials) question.excludeCredentials = keys(given.excludeCredentials);
    if (given.allowCredentials) question.allowCredentials = keys(given.allowCredentials);
    return question;
  }

  function answered(credential) {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (credential.response[name]) response[name] = written(credential.response[name]);
    });
    return {
      id: credential.id,
      rawId: written(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  function say(form, text) {
    const place = form.querySelector("[data-problem]");
    place.textContent = text;
    place.hidden = !text;
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential || !navigator.credentials) {
      say(form, form.dataset.unsupported);
      form.querySelector("button").disabled = true;
      return;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      say(form, "");
      try {
        const publicKey = asked(JSON.parse(form.dataset.options));
        const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
        form.elements.credential.value = JSON.stringify(answered(credential));
        form.submit();
      } catch (error) {
        const known = error.name === "InvalidStateError" ? form.dataset.known : "";
        say(form, known || form.dataset.cancelled);
      }
    });
  });
})();
