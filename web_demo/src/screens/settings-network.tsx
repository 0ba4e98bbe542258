/** What the page did with the network, and whether it needs one. */
import { useOffline } from "../offline.ts";
import { useRequestCount } from "../state/network.ts";
import { T } from "../texts.ts";

/** Shown only where it was measured. */
export function NetworkSection() {
  const count = useRequestCount();
  if (!count) return null;
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.data.network}</h2>
      <p className={count.other === 0 ? "zero-bytes" : "danger"}>
        {count.other === 0 ? T.data.zeroBytes : T.data.leftPhone(count.other, count.all)}
      </p>
      {count.other === 0 && <p>{T.data.requests(count.all)}</p>}
      <p className="muted">{T.data.networkRule}</p>
    </section>
  );
}

const OFFLINE_TEXTS = {
  ready: T.settings.offlineReady,
  preparing: T.settings.offlinePreparing,
  insecure: T.settings.offlineInsecure,
  missing: T.settings.offlineMissing,
} as const;

export function OfflineSection() {
  const status = useOffline((state) => state.status);
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.settings.offline}</h2>
      <p>{OFFLINE_TEXTS[status]}</p>
    </section>
  );
}
