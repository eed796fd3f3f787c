import { cancelAsksFor } from './asks.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import type { Policy } from './state.ts';
import { tellEverything } from './tell.ts';

/** The viewer, the page or the connection changed what is allowed. */
export function onPolicy(draft: Draft, policy: Policy): void {
  const gaveBefore = ownUploadBps(draft) > 0;
  draft.policy = policy;
  const gives = ownUploadBps(draft) > 0;
  if (!policy.download) {
    for (const segment of draft.segments.current.values()) if (segment.asked.size > 0) cancelAsksFor(draft, draft.segment(segment.key));
  }
  for (const { peer } of draft.neighbours.current.values()) {
    if (gives && !gaveBefore) tellEverything(draft, peer);
    if (!gives && gaveBefore) dropQueue(draft, peer);
  }
}

function dropQueue(draft: Draft, peer: Parameters<typeof tellEverything>[1]): void {
  const neighbour = draft.neighbours.edit(peer);
  if (!neighbour) return;
  for (const { requestId } of neighbour.queue) draft.emit({ type: 'send', peer, message: { type: 'decline', requestId, reason: 'off' } });
  neighbour.queue = [];
}
