/** What is over in a moment needs no bar; and whether there is a network. */
import { useEffect, useState, useSyncExternalStore } from "react";

/** True once something has been going on for longer than a moment. */
export function useLate(isBusy: boolean, afterMs = 300): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isBusy) {
      setIsLate(false);
      return;
    }
    const timer = setTimeout(() => setIsLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [isBusy, afterMs]);
  return isBusy && isLate;
}

/** Whether the browser thinks that there is a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(follow, () => navigator.onLine);
}

function follow(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
