import { MemoryNetwork } from '../kit/memory-network.ts';
import { MemoryTrackerServer } from '../kit/memory-tracker-server.ts';
import { MemoryTracker } from '../kit/memory-tracker.ts';
import { SeededRandom } from '../kit/seeded-random.ts';
import { VirtualClock } from '../kit/virtual-clock.ts';
import { virtualPassage } from './passage.ts';
import { describeTrackerContract } from './tracker.ts';

describeTrackerContract('memory', () => {
  const clock = new VirtualClock();
  const network = new MemoryNetwork({ clock });
  const server = new MemoryTrackerServer({ network, random: new SeededRandom(1) });
  network.tracker = server;
  return {
    viewer: () => new MemoryTracker(network, network.addHost()),
    outage: { start: () => server.restart(), stop: () => server.kill() },
    reannounceLimitMs: 40_000,
    passage: virtualPassage(clock),
    release: () => undefined,
  };
});
