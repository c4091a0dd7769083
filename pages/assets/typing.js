// A long text is sent two seconds after the last key, so that its draft is kept while somebody writes: the
// keys Streamlit takes for it (Ctrl+Enter) are pressed in the field itself. Focus, caret and text stay; what
// an input method is still composing is never touched.
"use strict";

(() => {
  if (window.duongveTyping) return;
  window.duongveTyping = true;
  const REST = 2000;
  const waiting = new WeakMap();
  let composing = false;
  const send = (area) => {
    waiting.delete(area);
    if (!area.isConnected || document.activeElement !== area) return; // left: Streamlit has sent it itself
    if (composing) {
      later(area);
      return;
    }
    const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    area.dispatchEvent(new KeyboardEvent("keydown", press));
  };
  const later = (area) => {
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(send, REST, area));
  };
  document.addEventListener("compositionstart", () => { composing = true; }, true);
  document.addEventListener("compositionend", () => { composing = false; }, true);
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) later(event.target);
  });
})();
