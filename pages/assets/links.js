// Links between our own screens open without loading the page anew: the address changes, and Streamlit
// is told as if the person had gone back or forward in the history. Everything else stays a plain link.
"use strict";

(() => {
  if (window.duongveLinks) return;
  window.duongveLinks = true;
  // A form that was saved is gone: its address gives its place in the history to that of its file, so that
  // going back does not open an empty form. Streamlit changes the address through this very function.
  const push = window.history.pushState.bind(window.history);
  const openForm = (address) => new URLSearchParams(address.search).has("do");
  window.history.pushState = (state, title, url) => {
    const next = url ? new URL(url, window.location.href) : window.location;
    const closed = next.pathname === window.location.pathname && openForm(window.location) && !openForm(next);
    if (closed) window.history.replaceState(state, title, url);
    else push(state, title, url);
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('[data-testid="stHtml"] a[href^="/"]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
    event.preventDefault();
    push({}, "", link.getAttribute("href"));
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    window.scrollTo(0, 0);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    if (openForm(link)) toForm(".st-key-open_form", Date.now());
    if (link.matches(".first-field")) setTimeout(toForm, 600, '[data-testid="stMain"]', Date.now()); // drawn anew by then
  });
  // A form that was asked for takes the keyboard when it appears.
  const toForm = (where, asked) => {
    const field = document.querySelector(`${where} input, ${where} textarea`);
    if (field) field.focus();
    else if (Date.now() - asked < 4000) setTimeout(toForm, 80, where, asked);
  };
  // The form of the next person takes the keyboard when the one before it is gone: both stand there for a
  // moment, until everything is drawn.
  const nextPerson = (asked) => {
    const state = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state");
    if (state === "running" && Date.now() - asked < 8000) setTimeout(nextPerson, 60, asked);
    else setTimeout(toForm, 120, ".st-key-next_person", Date.now());
  };
  // What was refused takes the keyboard to its field, unless somebody is typing already.
  const toProblem = () => {
    const now = document.activeElement;
    if (now && now !== document.body && !now.matches("button")) return;
    const cell = document.querySelector("p.problem")?.closest('[data-testid="stGridCell"]');
    cell?.querySelector("input, textarea")?.focus();
  };
  // What says that something was saved is seen, however far down the form its button stood.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (!(node instanceof Element)) continue;
        const box = node.matches(".done-box") ? node : node.querySelector(".done-box");
        if (box) box.scrollIntoView({ block: "center" });
        if (node.matches("p.problem") || node.querySelector("p.problem")) setTimeout(toProblem, 150);
        if (window.innerWidth > 640) node.querySelectorAll("details.unfold").forEach((part) => (part.open = true));
        if (node.matches(".focus-form") || node.querySelector(".focus-form")) nextPerson(Date.now());
      }
    }
  }).observe(document.documentElement, { subtree: true, childList: true });
  // A row of a list opens its file wherever it is clicked, unless text is being selected.
  document.addEventListener("click", (event) => {
    const row = event.target instanceof Element && event.target.closest("table.rows.open tbody tr");
    if (!row || event.target.closest("a") || String(window.getSelection())) return;
    row.querySelector("a")?.click();
  });
})();
