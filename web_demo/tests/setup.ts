/** Tests run against the real log store, over an IndexedDB in memory. */
import "fake-indexeddb/auto";
