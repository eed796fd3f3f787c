import { MemoryTrackerServer } from '../kit/memory-tracker-server.ts';
import { MemoryTracker } from '../kit/memory-tracker.ts';
import { SeededRandom } from '../kit/seeded-random.ts';
import { VirtualClock } from '../kit/virtual-clock.ts';
import { virtualPassage } from './passage.ts';
import { describeTrackerContract } from './tracker.ts';

describeTrackerContract('memory', () => {
  const clock = new VirtualClock();
  const server = new MemoryTrackerServer({ clock, random: new SeededRandom(1) });
  return {
    viewer: () => new MemoryTracker(server),
    outage: { start: () => server.restart(), stop: () => server.kill() },
    reannounceLimitMs: 40_000,
    passage: virtualPassage(clock),
    release: () => undefined,
  };
});
