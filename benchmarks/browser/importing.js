// Added to the page: when a file was chosen, reported, kept and told about, and every task
// that held the main thread up (a long task is one above 50 ms).
{
  const at = {};
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  /** Note when something is painted for the first time since the last choice of a file. */
  const painted = (name) => {
    if (at[name] !== undefined) return;
    at[name] = null;
    requestAnimationFrame(() => setTimeout(() => (at[name] = performance.now())));
  };
  document.addEventListener(
    "change",
    ({ target }) => {
      if (target?.type !== "file") return;
      for (const name of Object.keys(at)) delete at[name];
      at.chosen = performance.now();
    },
    true,
  );
  document.addEventListener(
    "click",
    ({ target }) => {
      if (target?.closest?.(".import-actions .button-primary")) at.kept ??= performance.now();
    },
    true,
  );
  new MutationObserver(() => {
    if (document.getElementById("import-found")) painted("reported");
    if (document.querySelector(".arrival")) painted("arrived");
  }).observe(document, { childList: true, subtree: true });

  globalThis.importing = { at, tasks };
}
