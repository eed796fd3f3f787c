import type { HttpRequest } from '../../../core/ports/index.ts';
import type { HostRates } from '../../kit/memory-host.ts';
import { MemoryHttp } from '../../kit/memory-http.ts';
import { linkHosts } from '../../kit/memory-link.ts';
import { MemoryNetwork } from '../../kit/memory-network.ts';
import { MemoryOrigin } from '../../kit/memory-origin.ts';
import { patternedResource, zeroResource } from '../../kit/resources.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const url = 'https://origin.example/segment';
/** One second at 8 Mbit/s. */
const SIZE_BYTES = 1_000_000;

function makeWorld({ rateBps = Infinity }: { rateBps?: number } = {}) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork({ clock });
  const origin = new MemoryOrigin({ clock, rateBps });
  origin.serve(url, zeroResource(SIZE_BYTES));
  const addHttp = (rates: HostRates): MemoryHttp => new MemoryHttp(origin, network.addHost(rates));
  const get = (http: MemoryHttp, range?: HttpRequest['range']) => {
    const result = { bytes: 0, end: '', endMs: 0, abort: () => undefined as void };
    const end = (how: string): void => {
      result.end += how;
      result.endMs = clock.nowMs();
    };
    result.abort = http.get({ url, range, headers: {}, credentials: 'omit' }, {
      head: () => undefined,
      bytes: (chunk) => (result.bytes += chunk.length),
      done: () => end('done'),
      failed: (error) => end(error.kind),
    }).abort;
    return result;
  };
  return { clock, network, origin, addHttp, get };
}

describe('kit: MemoryHttp', () => {
  it('takes a round trip and the time of the slower of origin and downlink', () => {
    for (const [rateBps, downBps] of [[8e6, Infinity], [Infinity, 8e6]] as const) {
      const { addHttp, clock, get } = makeWorld({ rateBps });
      const result = get(addHttp({ downBps }));
      clock.advance(5000);
      expect(result.end).toBe('done');
      expect(result.endMs).toBeCloseTo(1040, 0);
    }
  });

  it('shares the origin fairly between all its clients', () => {
    const { addHttp, clock, get } = makeWorld({ rateBps: 16e6 });
    const results = [0, 1, 2, 3].map(() => get(addHttp({})));
    clock.advance(5000);
    for (const { endMs } of results) expect(endMs).toBeCloseTo(2040, 0);
  });

  it('shares the downlink with the links of the host', () => {
    const { clock, get, network, origin } = makeWorld();
    const host = network.addHost({ downBps: 8e6 });
    const sender = network.addHost({ upBps: 4e6 });
    const [uploading, receiving] = linkHosts(network, sender, host);
    let linkBytes = 0;
    receiving.listen({ frame: (frame) => (linkBytes += frame.length), drained: () => undefined, closed: () => undefined });
    for (let frame = 0; frame < 100; frame++) uploading.send(new Uint8Array(32 * 1024));
    const result = get(new MemoryHttp(origin, host));
    clock.advance(1000);
    expect(linkBytes + result.bytes).toBeLessThanOrEqual(SIZE_BYTES);
    expect(linkBytes + result.bytes).toBeGreaterThan(0.9 * SIZE_BYTES);
    expect(linkBytes).toBeGreaterThan(0.15 * SIZE_BYTES);
  });

  it('counts requests and bytes, also of what was aborted', () => {
    const { addHttp, clock, get, origin } = makeWorld({ rateBps: 8e6 });
    const http = addHttp({});
    const aborted = get(http);
    clock.advance(520);
    aborted.abort();
    clock.advance(5000);
    const abortedBytes = origin.sentBytes;
    expect(abortedBytes).toBeGreaterThanOrEqual(aborted.bytes);
    expect(abortedBytes).toBeGreaterThan(0.45 * SIZE_BYTES);
    expect(abortedBytes).toBeLessThan(0.6 * SIZE_BYTES);
    expect(aborted.end).toBe('');
    get(http, { start: 10, end: 1010 });
    get(http);
    clock.advance(5000);
    expect(origin.count(url)).toEqual({ requests: 3, sentBytes: abortedBytes + 1000 + SIZE_BYTES });
    expect(origin.requests).toBe(3);
    expect(origin.copies).toBeCloseTo(1 + (abortedBytes + 1000) / SIZE_BYTES, 6);
    expect(clock.pending).toBe(0);
  });

  it('fails as it is told to', () => {
    const { addHttp, clock, get, origin } = makeWorld();
    const http = addHttp({});
    const range = { start: 0, end: 100 };
    origin.faultOf = ({ range: asked }) => (asked ? { kind: 'refuses-range' } : { kind: 'status', status: 503, statusText: 'Unavailable' });
    const [ranged, whole] = [get(http, range), get(http)];
    clock.advance(1000);
    expect([ranged.end, whole.end]).toEqual(['network', 'status']);
    origin.faultOf = () => ({ kind: 'hang', afterBytes: undefined });
    const hanging = get(http);
    clock.advance(1000);
    expect([hanging.bytes, hanging.end]).toEqual([0, '']);
    origin.faultOf = () => undefined;
    const beyond = get(http, { start: SIZE_BYTES, end: Infinity });
    clock.advance(1000);
    expect(beyond.end).toBe('status');
    origin.withdraw(url);
    const gone = get(http);
    clock.advance(1000);
    expect(gone.end).toBe('status');
    expect(clock.pending).toBe(0);
  });

  it('ends silently with a host that vanishes', () => {
    const { clock, get, network, origin } = makeWorld({ rateBps: 8e6 });
    const host = network.addHost();
    const result = get(new MemoryHttp(origin, host));
    clock.advance(300);
    host.vanish();
    clock.advance(5000);
    expect(result.end).toBe('');
    expect(origin.sentBytes).toBeLessThan(0.5 * SIZE_BYTES);
    expect(clock.pending).toBe(0);
  });

  it('has bytes that follow from URL and offset alone', () => {
    const resource = patternedResource(url, 1000);
    const whole = resource.bytes(0, 1000);
    expect(resource.bytes(333, 777)).toEqual(whole.subarray(333, 777));
    expect(patternedResource(url, 1000).bytes(0, 1000)).toEqual(whole);
    expect(patternedResource(`${url}2`, 1000).bytes(0, 1000)).not.toEqual(whole);
    expect(new Set(whole).size).toBeGreaterThan(200);
  });
});
