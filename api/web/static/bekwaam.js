"use strict";

// The page of a question: saves each answer when it changes, says so when that fails, and counts the time down.
// Without this script the buttons of the page save the same answers.
(() => {
  const form = document.getElementById("vraag");
  if (!form || !form.dataset.bewaar) return;
  const words = form.dataset;
  const line = form.querySelector("[data-status]");
  const sign = form.querySelector("[data-teken]");
  const version = form.elements.versie;
  const draft = "antwoord " + location.pathname; // what could not be saved, in this tab only
  let saving = false, again = false, leaving = null, timer = 0, wait = 2;

  const contents = () => new URLSearchParams(new FormData(form));
  const answer = () => {
    const c = contents();
    c.delete("versie");
    return c.toString();
  };
  let saved = answer();

  // An ordering is an answer once every step has a number of its own.
  const halfOrdered = () => {
    const places = [...form.querySelectorAll(".plaats")].map((field) => field.value);
    return places.some(Boolean) && new Set(places.filter(Boolean)).size < places.length;
  };

  const say = (text, good) => {
    line.textContent = text;
    sign.textContent = good && text ? "✓" : "";
    line.parentElement.classList.toggle("goed", good);
    line.parentElement.classList.toggle("zacht", !good);
  };

  const keepDraft = () => sessionStorage.setItem(draft, contents().toString());
  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, seconds * 1000);
  };

  async function save() {
    clearTimeout(timer);
    if (saving) {
      again = true;
      return;
    }
    const now = answer();
    if (now === saved) return;
    if (halfOrdered()) {
      say(words.deels, false);
      return;
    }
    saving = true;
    try {
      const response = await fetch(words.bewaar, { method: "POST", body: contents(), keepalive: true, signal: AbortSignal.timeout(10000) });
      if (response.status >= 500) throw new Error();
      if (!response.ok && !response.headers.get("Content-Type")?.startsWith("application/json")) { // a page: trying again does not help
        keepDraft();
        say(words.weg, false);
      } else {
        const reply = await response.json();
        wait = 2;
        say(reply.status, response.ok);
        if (response.ok) {
          saved = now;
          version.value = reply.version;
          sessionStorage.removeItem(draft);
        } else if (reply.reason === "stale") {
          offerBoth();
        }
      }
    } catch {
      keepDraft();
      say(words.offline, false);
      later(wait);
      wait = Math.min(wait * 2, 60);
    }
    saving = false;
    if (leaving) form.requestSubmit(leaving);
    else if (again) later(0);
    again = false;
  }

  // Sending the form as it is shows a page with both answers.
  function offerBoth() {
    if (form.querySelector("[data-beide]")) return;
    const button = document.createElement("button");
    button.name = "doe";
    button.value = "bewaar";
    button.className = "tekstknop";
    button.dataset.beide = "";
    button.textContent = words.kies;
    line.parentElement.after(button);
  }

  form.addEventListener("change", save);
  form.addEventListener("input", (event) => {
    if (event.target.type === "text") later(1.5);
  });
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving) { // or the older answer on its way would overtake this one
      event.preventDefault();
      leaving = event.submitter;
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // the answer may have changed since
  });

  const kept = sessionStorage.getItem(draft);
  sessionStorage.removeItem(draft);
  if (kept) {
    const values = new URLSearchParams(kept);
    for (const field of form.elements) {
      if (!field.name || field.type === "submit" || field.name === "rij") continue;
      const all = values.getAll(field.name);
      if (field.type === "radio" || field.type === "checkbox") field.checked = all.includes(field.value);
      else if (all.length) field.value = all[0];
    }
    save();
  }

  const clock = form.querySelector("[data-klok]");
  if (!clock) return;
  const end = Date.now() + clock.dataset.klok * 1000;
  const shown = form.querySelector("[data-tijd]");
  const offer = form.querySelector("[data-laatste]");
  let minutes = Math.ceil(clock.dataset.klok / 60);
  const ticking = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left <= 3) save();
    if (left <= 0) {
      clearInterval(ticking);
      location.assign(words.einde);
      return;
    }
    const now = Math.ceil(left / 60);
    if (now === minutes) return;
    minutes = now;
    const text = now === 1 ? clock.dataset.een : clock.dataset.meer.replace("#", now);
    if (shown) shown.textContent = text;
    if ([10, 5, 1].includes(now)) clock.textContent = text;
    if (now === 1) offer.hidden = false;
  }, 1000);
})();

// A form with an example beside it: while it is filled in, the server works the example out and it takes its place.
(() => {
  const form = document.querySelector("form[data-voorbeeld]");
  if (!form) return;
  let timer, asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      try {
        const response = await fetch(form.dataset.voorbeeld, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(10000) });
        const example = await response.text();
        if (response.ok && mine === asked) document.getElementById(form.dataset.plaats).innerHTML = example;
      } catch {} // the button does the same
    }, 300);
  });
})();
