import type Peer from 'simple-peer/lite.js';

/** Ends a peer at once and in silence: nothing of it stays open, and no timer of it says anything more. */
export function dispose(peer: Peer): void {
  if (peer._iceCompleteTimer) clearTimeout(peer._iceCompleteTimer);
  peer.removeAllListeners();
  peer._pc?.close(); // simple-peer would in a later task, which a page that goes away never runs.
  peer.destroy();
}
