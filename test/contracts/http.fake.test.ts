import { MemoryHttp } from '../kit/memory-http.ts';
import { MemoryNetwork } from '../kit/memory-network.ts';
import { MemoryOrigin, type Fault } from '../kit/memory-origin.ts';
import { patternedResource } from '../kit/resources.ts';
import { VirtualClock } from '../kit/virtual-clock.ts';
import { describeHttpContract } from './http.ts';
import { virtualPassage } from './passage.ts';

const at = (name: string): string => `https://origin.example/${name}`;

describeHttpContract('memory', () => {
  const clock = new VirtualClock();
  const host = new MemoryNetwork({ clock }).addHost({ downBps: 50e6 });
  const origin = new MemoryOrigin({ clock, rateBps: 100e6 });
  const resource = patternedResource('shared', 150_000);
  const faults: Readonly<Record<string, Fault>> = {
    'ignoring-range': { kind: 'ignores-range' },
    truncated: { kind: 'truncated', afterBytes: 70_000 },
    stalling: { kind: 'hang', afterBytes: 70_000 },
    unreachable: { kind: 'network' },
  };
  for (const name of ['whole', ...Object.keys(faults)]) origin.serve(at(name), resource);
  origin.faultOf = ({ url }) => faults[url.slice(at('').length)];
  return {
    http: new MemoryHttp(origin, host),
    body: resource.bytes(0, resource.sizeBytes),
    urls: {
      whole: at('whole'),
      ignoringRange: at('ignoring-range'),
      missing: at('missing'),
      truncated: at('truncated'),
      stalling: at('stalling'),
      unreachable: at('unreachable'),
    },
    passage: virtualPassage(clock),
    release: () => undefined,
  };
});
