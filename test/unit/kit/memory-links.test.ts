import type { Link } from '../../../core/ports/index.ts';
import type { MemoryHost } from '../../kit/memory-host.ts';
import { MemoryLinks } from '../../kit/memory-links.ts';
import { MemoryNetwork, type MemoryNetworkOptions } from '../../kit/memory-network.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

interface World {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
}

function makeWorld(options: Omit<MemoryNetworkOptions, 'clock'> = {}): World {
  const clock = new VirtualClock();
  return { clock, network: new MemoryNetwork({ clock, ...options }) };
}

/** Starts connecting two hosts; the ends and failures appear in what is returned. */
function connect({ network }: World, one: MemoryHost, other: MemoryHost): { ends: Link[]; failures: string[]; openMs: number[] } {
  const ends: Link[] = [];
  const failures: string[] = [];
  const openMs: number[] = [];
  const noteOpen = (): void => void openMs.push(network.clock.nowMs());
  const failed = (reason: string): void => void failures.push(reason);
  const answering = new MemoryLinks(network, other).connect(
    { initiator: false, trickle: false },
    { signal: (data) => offering.signal(data), opened: (link) => (ends.push(link), noteOpen()), failed },
  );
  const offering = new MemoryLinks(network, one).connect(
    { initiator: true, trickle: false },
    { signal: (data) => answering.signal(data), opened: (link) => (ends.unshift(link), noteOpen()), failed },
  );
  return { ends, failures, openMs };
}

/** @returns the two ends of an open link, the first that of `one`. */
function linked(world: World, one: MemoryHost, other: MemoryHost): [Link, Link] {
  const { ends } = connect(world, one, other);
  world.clock.runUntil(() => ends.length === 2, 10_000);
  const [here, there] = ends;
  if (!here || !there) throw new Error('not connected');
  return [here, there];
}

/** Counts arrivals at a link's end. */
function receive(link: Link, clock: VirtualClock): { bytes: number; lastMs: number; closed: number } {
  const received = { bytes: 0, lastMs: 0, closed: 0 };
  link.listen({
    frame(frame) {
      received.bytes += frame.length;
      received.lastMs = clock.nowMs();
    },
    drained: () => undefined,
    closed: () => received.closed++,
  });
  return received;
}

const KIB_32 = 32 * 1024;

function sendFrames(link: Link, count: number): void {
  for (let frame = 0; frame < count; frame++) link.send(new Uint8Array(KIB_32));
}

describe('kit: MemoryLinks', () => {
  it('opens after the round trips of a real connection', () => {
    const world = makeWorld({ latencyMs: () => 30, setupRoundTrips: 4 });
    const { clock, network } = world;
    const { openMs } = connect(world, network.addHost(), network.addHost());
    clock.advance(1000);
    // Gathering on both sides takes 50 ms each; this test's signalling takes none. The answering side is first.
    expect(openMs).toEqual([100 + 3.5 * 60, 100 + 4 * 60]);
  });

  it('is as fast as the slower of uplink and downlink, and as late as the latency', () => {
    for (const [upBps, downBps] of [[8e6, Infinity], [Infinity, 8e6], [8e6, 8e6]] as const) {
      const world = makeWorld({ latencyMs: () => 5 });
      const { clock, network } = world;
      const [here, there] = linked(world, network.addHost({ upBps }), network.addHost({ downBps }));
      const received = receive(there, clock);
      const startMs = clock.nowMs();
      sendFrames(here, 50);
      clock.advance(10_000);
      const idealMs = (50 * KIB_32 * 8) / 8000 + 5;
      expect(received.bytes).toBe(50 * KIB_32);
      expect(received.lastMs - startMs).withContext(`${upBps} up, ${downBps} down`).toBeGreaterThanOrEqual(idealMs - 0.01);
      expect(received.lastMs - startMs).toBeLessThan(idealMs * 1.03);
    }
  });

  it('is bound by its window on a long path', () => {
    const world = makeWorld({ latencyMs: () => 100 });
    const { clock, network } = world;
    const [here, there] = linked(world, network.addHost(), network.addHost());
    const received = receive(there, clock);
    const startMs = clock.nowMs();
    sendFrames(here, 80);
    clock.advance(10_000);
    const rateBps = (received.bytes * 8000) / (received.lastMs - startMs);
    // 256 KiB every 200 ms: 10.5 Mbit/s.
    expect(rateBps).toBeGreaterThan(9e6);
    expect(rateBps).toBeLessThan(13e6);
  });

  it('shares an uplink fairly between links, whatever is queued on each', () => {
    const world = makeWorld({ latencyMs: () => 5 });
    const { clock, network } = world;
    const sender = network.addHost({ upBps: 8e6 });
    const links = [0, 1, 2].map(() => linked(world, sender, network.addHost()));
    const receivers = links.map(([, there]) => receive(there, clock));
    links.forEach(([here], place) => sendFrames(here, 10 * (place + 1)));
    clock.advance(800);
    const [fewest, , most] = receivers.map(({ bytes }) => bytes);
    expect(fewest).toBeGreaterThan(6 * KIB_32);
    expect(most).toBe(fewest);
  });

  it('lets a short frame of one link pass the long queue of another', () => {
    const world = makeWorld({ latencyMs: () => 5 });
    const { clock, network } = world;
    const sender = network.addHost({ upBps: 1e6 });
    const [busy] = linked(world, sender, network.addHost());
    const [idle, idleEnd] = linked(world, sender, network.addHost());
    const received = receive(idleEnd, clock);
    sendFrames(busy, 20);
    clock.advance(50);
    const startMs = clock.nowMs();
    idle.send(new Uint8Array(20));
    clock.advance(50);
    // Packets of both take turns: it need not wait for more than is on the wire.
    expect(received.lastMs - startMs).toBeCloseTo(5, 2);
  });

  it('drains bufferedBytes as the uplink sends', () => {
    const world = makeWorld();
    const { clock, network } = world;
    const [here] = linked(world, network.addHost({ upBps: 8e6 }), network.addHost());
    sendFrames(here, 10);
    expect(here.bufferedBytes()).toBe(10 * KIB_32);
    clock.advance((5 * KIB_32) / 1000 + 0.001);
    expect(here.bufferedBytes()).toBe(5 * KIB_32);
    clock.advance(1000);
    expect(here.bufferedBytes()).toBe(0);
  });

  it('delays frames that lost a packet, and keeps them in order', () => {
    const world = makeWorld({ latencyMs: () => 20, loss: { rate: 0.1, random: new SeededRandom(3) } });
    const { clock, network } = world;
    const [here, there] = linked(world, network.addHost(), network.addHost());
    const order: number[] = [];
    const delaysMs: number[] = [];
    const sentMs: number[] = [];
    there.listen({
      frame: ([serial = -1]) => {
        order.push(serial);
        delaysMs.push(clock.nowMs() - (sentMs[serial] ?? 0));
      },
      drained: () => undefined,
      closed: () => undefined,
    });
    for (let serial = 0; serial < 100; serial++) {
      sentMs[serial] = clock.nowMs();
      here.send(Uint8Array.of(serial));
      clock.advance(3);
    }
    clock.advance(1000);
    expect(order).toEqual(Array.from({ length: 100 }, (_, serial) => serial));
    expect(Math.min(...delaysMs)).toBeCloseTo(20, 1);
    expect(Math.max(...delaysMs)).toBeCloseTo(60, 1);
  });

  it('fails, after a while, between hosts that cannot reach each other', () => {
    const world = makeWorld({ blocked: (one, other) => one + other === 1 });
    const { clock, network } = world;
    const hosts = [network.addHost(), network.addHost(), network.addHost()] as const;
    const blocked = connect(world, hosts[0], hosts[1]);
    const open = connect(world, hosts[0], hosts[2]);
    clock.advance(10_000);
    expect([blocked.failures.length, open.ends.length]).toEqual([0, 2]);
    clock.advance(10_000);
    expect([blocked.failures.length, blocked.ends.length]).toEqual([2, 0]);
    expect(clock.pending).toBe(0);
  });

  it('notices a host that vanished, late, and sends it no more than fits in the window', () => {
    const world = makeWorld({ vanishNoticedMs: 10_000 });
    const { clock, network } = world;
    const crashing = network.addHost();
    const [here, there] = linked(world, network.addHost(), crashing);
    const staying = receive(here, clock);
    const gone = receive(there, clock);
    crashing.vanish();
    sendFrames(here, 20);
    clock.advance(9000);
    expect([staying.closed, gone.bytes]).toEqual([0, 0]);
    expect(here.bufferedBytes()).toBeGreaterThan(0);
    clock.advance(2000);
    expect([staying.closed, gone.closed]).toEqual([1, 0]);
    expect(here.bufferedBytes()).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('gives up after a second what cannot be sent before a close', () => {
    const world = makeWorld();
    const { clock, network } = world;
    const [here, there] = linked(world, network.addHost({ upBps: 1e6 }), network.addHost());
    const received = receive(there, clock);
    sendFrames(here, 100);
    here.close();
    clock.advance(2000);
    expect(received.closed).toBe(1);
    expect(received.bytes).toBeGreaterThan(0);
    expect(received.bytes).toBeLessThan(7 * KIB_32);
    expect(clock.pending).toBe(0);
  });

  it('does the same again from the same seed', () => {
    const run = (): string[] => {
      const random = new SeededRandom(9);
      const world = makeWorld({ latencyMs: (from, to) => 5 + ((from * 7 + to) % 40), loss: { rate: 0.02, random: random.fork('loss') } });
      const { clock, network } = world;
      const hosts = Array.from({ length: 8 }, () => network.addHost({ upBps: 1e6 + random.exponential(5e6), downBps: 20e6 }));
      const log: string[] = [];
      const ends = hosts.slice(1).map((host, place) => linked(world, hosts[place] ?? host, host));
      ends.forEach(([here, there], place) => {
        there.listen({
          frame: (frame) => log.push(`${place} ${frame.length} ${clock.nowMs()}`),
          drained: () => undefined,
          closed: () => log.push(`${place} closed ${clock.nowMs()}`),
        });
        for (let frame = 0; frame < 20; frame++) here.send(new Uint8Array(1 + random.below(30_000)));
      });
      clock.advance(2000);
      for (const [here] of ends) here.close();
      clock.advance(2000);
      expect(clock.pending).withContext('after the teardown').toBe(0);
      return log;
    };
    const log = run();
    expect(log.length).toBeGreaterThan(100);
    expect(run()).toEqual(log);
  });
});
