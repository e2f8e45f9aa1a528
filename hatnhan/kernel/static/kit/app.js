// Conveniences on top of pages that work without them. Plain ES2018; runs in Chrome 99.
(() => {
  "use strict";

  const root = document.documentElement;
  const live = document.getElementById("live");
  const toasts = document.getElementById("toasts");
  root.classList.add("js");

  /** Tell screen readers; the text is emptied first, so that the same words are read again. */
  function announce(text) {
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50);
  }

  function csrfToken() {
    const meta = document.querySelector("meta[name=csrf-token]");
    return meta ? meta.content : "";
  }

  /** A short message below, with a way back when `undo` is the address that undoes. It stays until it is closed. */
  function toast(text, undo) {
    const template = document.getElementById("toast");
    if (!template || !toasts) return;
    const shown = template.content.firstElementChild.cloneNode(true);
    shown.querySelector("span").textContent = text;
    if (undo) {
      const form = document.createElement("form");
      form.method = "post";
      form.action = undo;
      const token = document.createElement("input");
      token.type = "hidden";
      token.name = "csrfmiddlewaretoken";
      token.value = csrfToken();
      const button = document.createElement("button");
      button.className = "btn slim";
      button.textContent = template.dataset.undo;
      form.append(token, button);
      shown.querySelector("[data-close]").before(form);
    }
    toasts.append(shown);
  }

  // --- menus -------------------------------------------------------------------------------------------------------
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    });
  }

  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (menu.matches && menu.matches("details.menu") && menu.open) closeMenus(menu);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      const find = document.getElementById("find");
      if (find && find.offsetParent) {
        event.preventDefault();
        find.focus();
        find.select();
      }
    }
  });

  // --- clicks ------------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const inMenu = event.target.closest("details.menu");
    closeMenus(inMenu);

    const closer = event.target.closest("[data-close]");
    if (closer) {
      const dialog = closer.closest("dialog");
      if (dialog) dialog.close();
      else closer.closest(".toast").remove();
    }

    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }

    const copier = event.target.closest("[data-copy]");
    if (copier && navigator.clipboard) {
      navigator.clipboard.writeText(copier.dataset.copy).then(() => {
        toast(live.dataset.copied);
      });
    }
  });

  // --- forms -------------------------------------------------------------------------------------------------------
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-auto-submit]")) form.requestSubmit();
  });

  const errors = document.getElementById("errors");
  if (errors) errors.focus();

  // --- progress of a job: the piece is replaced by the answer until the answer no longer asks to be polled ------------
  const polled = new WeakSet();

  function poll(piece) {
    if (polled.has(piece)) return;
    polled.add(piece);
    ask(piece);
  }

  function ask(piece) {
    const wait = Number(piece.dataset.every || 1) * 1000;
    setTimeout(async () => {
      if (document.hidden) {
        ask(piece);
        return;
      }
      try {
        const answer = await fetch(piece.dataset.poll, { headers: { "HX-Request": "true" } });
        if (answer.redirected) {
          window.location.reload();
          return;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        const box = document.createElement("template");
        box.innerHTML = await answer.text();
        const next = box.content.querySelector("[data-poll]") || box.content.firstElementChild;
        piece.replaceWith(...box.content.childNodes);
        if (next && next.dataset.poll) poll(next);
        else if (next) {
          announce(next.textContent.trim().replace(/\s+/g, " "));
          if (window.htmx) window.htmx.process(next);
        }
      } catch (problem) {
        piece.dataset.every = String(Math.min(Number(piece.dataset.every || 1) * 2, 30));
        ask(piece);
      }
    }, wait);
  }

  document.querySelectorAll("[data-poll]").forEach(poll);

  // --- htmx --------------------------------------------------------------------------------------------------------
  let focused = "";

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  document.addEventListener("htmx:beforeSwap", () => {
    focused = document.activeElement ? document.activeElement.id : "";
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    if (!target || !target.querySelector) return;
    if (document.activeElement === document.body || !document.activeElement) {
      const wrong = target.querySelector("#errors");
      const next = wrong || (focused && document.getElementById(focused)) || target;
      if (next === target && !next.hasAttribute("tabindex")) next.tabIndex = -1;
      next.focus({ preventScroll: next !== wrong });
    }
    const said = target.matches("[data-announce]") ? target : target.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce || said.textContent.trim());
    target.querySelectorAll("[data-poll]").forEach(poll);
  });

  // The server may send HX-Trigger: {"toast": {"text": "…", "undo": "/address/"}}.
  document.addEventListener("toast", (event) => {
    toast(event.detail.text, event.detail.undo);
  });

  document.addEventListener("htmx:responseError", () => {
    toast(live.dataset.failed);
  });

  document.addEventListener("htmx:sendError", () => {
    toast(live.dataset.offline);
  });
})();
