import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import {
  CONTENT_SECURITY_POLICY,
  developmentHeaders,
  SCROLL_LOCK_STYLE_HASH,
  SECURITY_HEADERS,
} from "../security-headers.ts";

const reactAria = dirname(createRequire(import.meta.url).resolve("react-aria/package.json"));
const source = (path: string): string =>
  readFileSync(join(reactAria, "dist/private", path), "utf8");

it("allows exactly the scroll-lock style of the installed react-aria", () => {
  const found = source("overlays/usePreventScroll.mjs").match(
    /style\.textContent = `([\s\S]*?)`\.trim\(\)/,
  );
  const hash = createHash("sha256")
    .update(found?.[1]?.trim() ?? "")
    .digest("base64");
  expect(SCROLL_LOCK_STYLE_HASH).toBe(`sha256-${hash}`);
});

it("keeps react-aria from injecting its press style: the page has the element it looks for", () => {
  const id = source("interactions/usePress.mjs").match(/STYLE_ID = '([^']+)'/)?.[1];
  const page = readFileSync(new URL("../index.html", import.meta.url), "utf8");
  expect(id).toBeTruthy();
  expect(page).toContain(`id="${id}"`);
});

it("names nothing but the own origin, and no eval", () => {
  for (const directive of CONTENT_SECURITY_POLICY.split("; ")) {
    const [name, ...sources] = directive.split(" ");
    const allowed = ["'none'", "'self'", "'wasm-unsafe-eval'", `'${SCROLL_LOCK_STYLE_HASH}'`];
    expect(allowed, name).toEqual(expect.arrayContaining(sources));
  }
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
});

it("lets hot reloading through in development only, by a nonce", () => {
  const policy = developmentHeaders("abc")["Content-Security-Policy"];
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'");
  expect(policy).toContain("style-src 'self' 'nonce-abc'");
  expect(policy).not.toContain("unsafe-inline");
  expect(CONTENT_SECURITY_POLICY).not.toContain("nonce");
});

it("is what the how-to tells the owners of servers to send", () => {
  const guide = readFileSync(new URL("../../docs/how-to/serve-it.md", import.meta.url), "utf8");
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    expect(guide, name).toMatch(new RegExp(`add_header ${name} `));
    expect(guide, name).toContain(value);
  }
});
