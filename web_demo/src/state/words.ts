/** A text as it is compared: without case, accents and punctuation. */
export function fold(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** What two names have in common that mean the same; a name of signs alone is its own key. */
export function nameKey(name: string): string {
  return fold(name) || name.trim();
}
