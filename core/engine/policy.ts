import { cancelAsksFor } from './asks.ts';
import type { Draft } from './draft.ts';
import { ownUploadBps } from './election.ts';
import type { Policy } from './state.ts';
import { retellEverything } from './tell.ts';

/** The viewer, the page or the connection changed what is allowed. */
export function onPolicy(draft: Draft, policy: Policy): void {
  const gaveBefore = ownUploadBps(draft) > 0;
  draft.policy = policy;
  const gives = ownUploadBps(draft) > 0;
  if (!policy.download) {
    for (const segment of draft.segments.values()) if (segment.asked.count > 0) cancelAsksFor(draft, draft.segment(segment.key));
  }
  if (gives && !gaveBefore) retellEverything(draft);
}
