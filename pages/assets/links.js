// Links between our own screens open without loading the page anew: the address changes, and Streamlit
// is told as if the person had gone back or forward in the history. Everything else stays a plain link.
"use strict";

(() => {
  if (window.duongveLinks) return;
  window.duongveLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('[data-testid="stHtml"] a[href^="/"]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    window.scrollTo(0, 0);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    if (/[?&]do=/.test(link.search)) toForm(Date.now());
  });
  // A form that was asked for takes the keyboard when it appears.
  const toForm = (asked) => {
    const field = document.querySelector(".st-key-open_form input, .st-key-open_form textarea");
    if (field) field.focus();
    else if (Date.now() - asked < 4000) setTimeout(toForm, 80, asked);
  };
  // A row of a list opens its file wherever it is clicked, unless text is being selected.
  document.addEventListener("click", (event) => {
    const row = event.target instanceof Element && event.target.closest("table.rows.open tbody tr");
    if (!row || event.target.closest("a") || String(window.getSelection())) return;
    row.querySelector("a")?.click();
  });
})();
