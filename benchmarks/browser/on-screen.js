// Runs before the demo page's own scripts: notes when the suggestions of the first screen are
// painted, and whether they are marked as earlier ones.
window.onScreen = new Promise((resolve) => {
  const observer = new MutationObserver(() => {
    const list = document.querySelector("section[aria-labelledby=next-up]");
    if (!list?.querySelector("li button")) return;
    observer.disconnect();
    const marked = list.querySelector("[role=status]")?.textContent ?? "";
    // A task after the frame: by then it is painted.
    requestAnimationFrame(() => setTimeout(() => resolve({ ms: performance.now(), marked })));
  });
  observer.observe(document, { childList: true, subtree: true });
});
