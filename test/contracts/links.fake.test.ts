import type { HostRates } from '../kit/memory-host.ts';
import { MemoryLinks } from '../kit/memory-links.ts';
import { MemoryNetwork, type MemoryNetworkOptions } from '../kit/memory-network.ts';
import { SeededRandom } from '../kit/seeded-random.ts';
import { VirtualClock } from '../kit/virtual-clock.ts';
import { describeLinksContract, type LinksSubject } from './links.ts';
import { virtualPassage } from './passage.ts';

function memorySubject(rates: HostRates, options: Omit<MemoryNetworkOptions, 'clock'>): LinksSubject {
  const clock = new VirtualClock();
  const network = new MemoryNetwork({ clock, ...options });
  return {
    left: new MemoryLinks(network, network.addHost(rates)),
    right: new MemoryLinks(network, network.addHost(rates)),
    passage: virtualPassage(clock),
    release: () => undefined,
  };
}

describeLinksContract('memory', () => memorySubject({}, {}));
describeLinksContract('memory, slow and lossy, short frames', () =>
  memorySubject({ upBps: 2e6, downBps: 5e6 }, { maxFrameBytes: 16 * 1024, loss: { rate: 0.02, random: new SeededRandom(1) } }),
);
