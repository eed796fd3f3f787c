import { silentLog } from '../../core/adapters/console-log.ts';
import { cryptoRandom } from '../../core/adapters/crypto-random.ts';
import { systemClock } from '../../core/adapters/system-clock.ts';
import { WebSocketTracker } from '../../core/adapters/websocket-tracker.ts';
import type { Membership, Tracker } from '../../core/ports/index.ts';
import { surroundings, tracker } from '../browser/surroundings.ts';
import { realPassage } from './passage.ts';
import { describeTrackerContract } from './tracker.ts';

describeTrackerContract('WebSocketTracker', () => {
  const memberships: Membership[] = [];
  return {
    viewer(): Tracker {
      const client = new WebSocketTracker({ urls: [surroundings.tracker], clock: systemClock, random: cryptoRandom, log: silentLog });
      return {
        join(...details) {
          const membership = client.join(...details);
          memberships.push(membership);
          return membership;
        },
      };
    },
    outage: { start: () => tracker('start'), stop: () => tracker('stop') },
    reannounceLimitMs: 20_000,
    passage: realPassage,
    release() {
      for (const membership of memberships) membership.leave();
    },
  };
});
