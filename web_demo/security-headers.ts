/**
 * The response headers that the page, its workers and its service worker are served with.
 *
 * One module, so that the preview server, the development server, the tests and the
 * documentation for static hosts cannot drift apart. They belong on *every* response: a
 * worker takes its policy from the headers of its own script, not from the page.
 */

/**
 * The one style block that a dependency injects: react-aria's scroll lock on iOS. Its
 * exact text is allowed by hash; `tests/security-headers.test.ts` recomputes the hash from
 * the installed version. Everything else has to come from our own style sheets.
 */
export const SCROLL_LOCK_STYLE_HASH = "sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg=";

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // Compiling WebAssembly is what Pyodide needs; `unsafe-eval` would be far more.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // No other origin: a training log cannot leave, whatever a dependency may try.
  "connect-src 'self'",
  `style-src 'self' '${SCROLL_LOCK_STYLE_HASH}'`,
  "img-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers for every response. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * The policy for `vite dev`: hot reloading inlines its preamble and the styles, so these
 * are let through by a nonce, and its socket is allowed. What is built needs neither.
 */
export function developmentHeaders(nonce: string): Record<string, string> {
  const policy = CONTENT_SECURITY_POLICY.replace(
    "script-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
  )
    .replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'self'", "connect-src 'self' ws: wss:");
  return { ...SECURITY_HEADERS, "Content-Security-Policy": policy };
}
