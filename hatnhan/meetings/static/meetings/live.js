// A meeting that goes on: sends forms quietly, saves what is typed, keeps it while there is no network, asks whether
// anything changed. Plain ES2018; the pages work without it, only they do not follow by themselves.
(() => {
  "use strict";

  const QUIET = { "X-Live": "1" };
  const PAUSE = 1200; // ms of rest after a letter before the field is saved
  let page = document.getElementById("live-page");
  if (!page) return;
  let busy = 0;
  let timer = 0;

  const token = () => document.querySelector("meta[name=csrf-token]").content;
  const post = (address, body) =>
    fetch(address, { method: "POST", body, headers: { ...QUIET, "X-CSRFToken": token() }, redirect: "follow" });

  function toast(text) {
    document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
  }

  // --- showing the piece that came back, without losing what is being typed -----------------------------------------
  function show(text, source) {
    const box = document.createElement("template");
    box.innerHTML = text;
    const fresh = box.content.getElementById("live-page");
    if (!fresh) {
      const part = box.content.querySelector("[data-part]");
      const old = part && document.getElementById(part.id);
      if (old) {
        const pressed = document.activeElement && document.activeElement.id;
        old.replaceWith(part);
        const again = pressed && document.getElementById(pressed);
        if (again) again.focus({ preventScroll: true });
      } else window.location.reload();
      return;
    }
    const kept = new Map();
    page.querySelectorAll("input[id], textarea[id]").forEach((field) => {
      const typed = field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
      if (typed && !(source && source.contains(field))) kept.set(field.id, [field.value, field.checked, field.dataset.seen]);
    });
    const open = new Map();
    page.querySelectorAll("details[id]").forEach((one) => open.set(one.id, one.open));
    const focus = document.activeElement && document.activeElement.id;
    const caret = document.activeElement && "selectionStart" in document.activeElement
      ? [document.activeElement.selectionStart, document.activeElement.selectionEnd] : null;
    const place = window.scrollY;
    page.replaceWith(fresh);
    page = fresh;
    open.forEach((was, id) => {
      const one = document.getElementById(id);
      if (one && !one.classList.contains("menu")) one.open = was || one.open;
    });
    kept.forEach(([value, checked, seen], id) => {
      const field = document.getElementById(id);
      if (!field) return;
      field.value = value;
      field.checked = checked;
      if (seen !== undefined) {
        field.dataset.seen = seen;
        later(field);
      }
    });
    const again = focus && document.getElementById(focus);
    if (again) {
      again.focus({ preventScroll: true });
      if (caret && "setSelectionRange" in again && again.type !== "checkbox") again.setSelectionRange(caret[0], caret[1]);
    }
    window.scrollTo(0, place);
    const told = document.querySelector("#live-page .told");
    if (told) told.focus();
    tick();
  }

  async function refresh() {
    const answer = await fetch(page.dataset.page, { headers: QUIET });
    if (answer.redirected && !(await answer.clone().text()).includes("live-page")) {
      window.location.reload();
      return;
    }
    if (answer.ok) show(await answer.text());
  }

  // --- has anything changed? ----------------------------------------------------------------------------------------
  async function ask() {
    clearTimeout(timer);
    if (!document.hidden && !busy) {
      try {
        const answer = await fetch(page.dataset.ask);
        if (answer.status === 403 || "always" in page.dataset) await refresh();
        else if (answer.ok && (await answer.text()) !== page.dataset.version) await refresh();
      } catch (problem) { /* no network: asked again below, and at once when it is back */ }
    }
    timer = setTimeout(ask, Number(page.dataset.every || 15) * 1000);
  }

  // --- forms --------------------------------------------------------------------------------------------------------
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("#live-page form");
    if (!form) return;
    if (form.matches("[data-texts]")) {
      event.preventDefault();
      form.querySelectorAll("[data-save]").forEach((field) => save(field));
      return;
    }
    if (!form.matches("[data-quiet]")) return;
    event.preventDefault();
    const body = new FormData(form);
    const pressed = event.submitter;
    if (pressed && pressed.name) body.append(pressed.name, pressed.value);
    form.querySelectorAll("button").forEach((one) => { one.disabled = true; });
    busy += 1;
    try {
      if (form.dataset.ticket && (await intoBox(form, body.get("choice")))) {
        busy -= 1;
        return;
      }
      const answer = await post(form.action, body);
      if (answer.status >= 500) throw new Error(String(answer.status));
      if (answer.redirected) window.location.assign(answer.url);
      else show(await answer.text(), answer.ok ? form : null);
    } catch (problem) {
      toast(page.dataset.offline);
      form.querySelectorAll("button").forEach((one) => { one.disabled = false; });
    }
    busy -= 1;
  });

  // A vote goes the short way, with the page's ticket; whatever is not simply written down goes the long way and is
  // answered in words. Both are one vote.
  async function intoBox(form, choice) {
    const answer = await fetch(form.dataset.box, {
      method: "POST", credentials: "omit", body: new URLSearchParams({ ticket: form.dataset.ticket, choice }),
    });
    if (answer.status !== 200) return false;
    const said = await answer.json();
    const ballot = form.closest("[data-part]");
    form.querySelectorAll("button").forEach((one) => {
      const mine = one.value === said.choice;
      one.disabled = false;
      one.setAttribute("aria-pressed", String(mine));
      one.querySelectorAll("small").forEach((mark) => mark.remove());
      if (mine) one.append(Object.assign(document.createElement("small"), { textContent: ballot.dataset.chosen }));
      if (mine) one.focus({ preventScroll: true });
    });
    const noted = ballot.querySelector("[data-noted]");
    noted.querySelector("p").textContent = said.told;
    noted.hidden = false;
    return true;
  }

  // --- what is typed saves itself -----------------------------------------------------------------------------------
  const waits = new Map();
  const key = (field) => `live:${page.dataset.page}:${field.dataset.save}`;

  function say(field, text) {
    const place = field.form && field.form.querySelector("[data-state]");
    if (place) place.textContent = text;
  }

  function later(field) {
    clearTimeout(waits.get(field.id));
    waits.set(field.id, setTimeout(() => {
      const now = document.getElementById(field.id);
      if (now) save(now);
    }, PAUSE));
  }

  async function save(field) {
    clearTimeout(waits.get(field.id));
    const text = field.value;
    if (text === field.defaultValue && field.tagName !== "SELECT") return;
    const body = new FormData();
    body.append(`text.${field.dataset.save}`, text);
    body.append(`seen.${field.dataset.save}`, field.dataset.seen);
    say(field, page.dataset.saving);
    try {
      const answer = await post(field.form.action, body);
      if (answer.status >= 500 || answer.redirected) throw new Error(String(answer.status));
      const said = await answer.json();
      const now = document.getElementById(field.id) || field;
      if (answer.status === 422) {
        say(now, said.told);
        return;
      }
      if (answer.status === 409 && now.value !== text) {
        await save(now); // what was typed meanwhile belongs to the text that is kept beside
        return;
      }
      localStorage.removeItem(key(now));
      now.dataset.seen = said.revision;
      if (now.tagName !== "SELECT") now.defaultValue = answer.status === 409 ? said.text : text;
      if (answer.status === 409) {
        now.value = said.text;
        toast(said.told);
        await refresh();
      } else if (now.value !== text) later(now);
      say(now, page.dataset.saved);
    } catch (problem) {
      say(document.getElementById(field.id) || field, page.dataset.kept);
      setTimeout(() => later(field), 8000);
    }
  }

  function typed(event) {
    const field = event.target;
    if (!field.dataset || !field.dataset.save) return;
    try {
      localStorage.setItem(key(field), JSON.stringify([field.value, field.dataset.seen]));
    } catch (problem) { /* no room in the browser: it is still sent */ }
    later(field);
  }

  document.addEventListener("input", typed);
  document.addEventListener("change", typed);

  function bringBack() {
    page.querySelectorAll("[data-save]").forEach((field) => {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(key(field)) || "null");
      } catch (problem) { /* not ours */ }
      if (!kept || kept[0] === field.value) {
        localStorage.removeItem(key(field));
        return;
      }
      field.value = kept[0];
      field.dataset.seen = kept[1];
      say(field, page.dataset.kept);
      later(field);
    });
  }

  // --- clocks -------------------------------------------------------------------------------------------------------
  function tick() {
    page.querySelectorAll("[data-since]").forEach((clock) => {
      const minutes = Math.max(0, Math.floor((Date.now() / 1000 - Number(clock.dataset.since)) / 60));
      clock.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    });
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  window.addEventListener("online", () => {
    page.querySelectorAll("[data-save]").forEach((field) => { if (field.value !== field.defaultValue) save(field); });
    ask();
  });
  setInterval(tick, 15000);
  bringBack();
  timer = setTimeout(ask, Number(page.dataset.every || 15) * 1000);
})();
