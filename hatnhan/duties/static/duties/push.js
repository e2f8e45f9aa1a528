// Asks the browser to be told of what waits. Without this script the page says how else one is reminded.
(() => {
  "use strict";

  const button = document.querySelector("[data-push-key]");
  if (!button || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  button.hidden = false;
  const said = document.getElementById("push-said");

  function bytes(text) {
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - text.length % 4) % 4));
    return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const worker = await navigator.serviceWorker.register(button.dataset.worker, { scope: button.dataset.scope });
      const found = await worker.pushManager.subscribe({
        userVisibleOnly: true, applicationServerKey: bytes(button.dataset.pushKey),
      });
      const keys = found.toJSON().keys;
      const answer = await fetch(button.dataset.send, {
        method: "POST",
        headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content },
        body: new URLSearchParams({ endpoint: found.endpoint, p256dh: keys.p256dh, auth: keys.auth }),
      });
      if (answer.status === 204) window.location.reload();
      else said.textContent = await answer.text();
    } catch (problem) {
      said.textContent = button.dataset.refused;
    }
    button.disabled = false;
  });
})();
