/** Why a load is suggested, by reason code; `{unit}` is that of the answer. */
export const LOAD_REASON_TEXTS: { readonly [code: string]: string } = {};
