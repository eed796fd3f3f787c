import { resolveConfig } from '../../../core/config.ts';
import type { P2PConfig } from '../../../core/model/index.ts';
import { CountedEdges } from '../../kit/counted-edges.ts';
import type { ModelContent } from '../../kit/model-player.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import type { ModelViewer } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

interface Stage {
  readonly world: ModelWorld;
  readonly content: ModelContent;
  readonly other: ModelViewer;
  readonly viewer: ModelViewer;
  readonly edges: CountedEdges;
  readonly recorder: Recorder;
  metered: boolean;
  /** Says that `metered` may have changed. */
  networkChanged(): void;
  configure(config: P2PConfig): void;
}

/** A viewer beside another one who is 10 s ahead and gives what it has. */
async function stage(config: P2PConfig, metered = false): Promise<Stage> {
  const world = new ModelWorld({ originRateBps: 20_000_000 });
  const content = publishPatterned(world.origin, { segments: 60 });
  const other = world.join(content);
  await world.pass(10_000);
  const edges = new CountedEdges();
  const recorder = new Recorder(world.origin);
  let changed = (): void => undefined;
  const made = { metered };
  const viewer = world.join(content, {
    config,
    delivered: recorder.take,
    edges: (platform) =>
      edges.around({
        ...platform,
        network: {
          metered: () => made.metered,
          watch: (listener) => {
            changed = listener;
            return () => undefined;
          },
        },
      }),
  });
  return Object.assign(made, {
    world, content, other, viewer, edges, recorder,
    networkChanged: () => changed(),
    configure: (patch: P2PConfig) => viewer.engine.configure(resolveConfig({ trackers: ['wss://tracker.test'], ...config, ...patch })),
  });
}

function expectUndisturbed({ recorder, viewer }: Stage): void {
  expect(recorder.wrong).toEqual([]);
  expect(viewer.player.stalls).toBe(0);
  expect(recorder.delivered.length).toBeGreaterThan(5);
}

describe('runtime: configure', () => {
  it('before consent reaches out to nobody; after it, P2P begins', async () => {
    const made = await stage({ consent: false });
    await made.world.pass(15_000);
    expect(made.edges.connects).toBe(0);
    expect(made.edges.joins).toBe(0);
    expect(made.viewer.engine.explain().code).toBe('no-consent');
    made.configure({ consent: true });
    await made.world.pass(30_000);
    expect(made.edges.joins).toBe(1);
    expect(made.viewer.engine.getStats().peers).toBe(1);
    expect(made.viewer.engine.getStats().p2pBytes).toBeGreaterThan(0);
    expect(made.viewer.engine.explain().code).toBe('working');
    expectUndisturbed(made);
  });

  it('off ends all connections at once, on brings them back', async () => {
    const made = await stage({});
    await made.world.pass(10_000);
    expect(made.viewer.engine.getStats().peers).toBe(1);
    made.configure({ enabled: false });
    expect(made.edges.links + made.edges.handshakes + made.edges.memberships).toBe(0);
    expect(made.viewer.engine.explain().code).toBe('disabled');
    const { p2pBytes, uploadBytes } = made.viewer.engine.getStats();
    await made.world.pass(20_000);
    expect(made.viewer.engine.getStats()).toEqual(jasmine.objectContaining({ p2pBytes, uploadBytes, peers: 0 }));
    expect(made.other.engine.getStats().peers).withContext('the other side knows').toBe(0);
    made.configure({ enabled: true });
    await made.world.pass(40_000);
    expect(made.viewer.engine.getStats().peers).toBe(1);
    expect(made.viewer.engine.getStats().p2pBytes).toBeGreaterThan(p2pBytes);
    expectUndisturbed(made);
  });

  it('upload off gives nothing and still takes; on gives again', async () => {
    const made = await stage({ upload: false });
    await made.world.pass(10_000);
    const third = made.world.join(made.content);
    made.other.player.stop();
    await made.other.leave();
    await made.world.pass(25_000);
    expect(made.viewer.engine.getStats().p2pBytes).toBeGreaterThan(0);
    expect(made.viewer.engine.getStats().uploadBytes).toBe(0);
    expect(third.engine.getStats().peers).toBe(1);
    const before = third.engine.getStats().p2pBytes;
    made.configure({ upload: true });
    await made.world.pass(30_000);
    expect(made.viewer.engine.getStats().uploadBytes).toBeGreaterThan(0);
    expect(third.engine.getStats().p2pBytes).toBeGreaterThan(before);
    expectUndisturbed(made);
  });

  it('keeps upload within its caps', async () => {
    const capped = await stage({ upload: { maxMB: 1, maxKbps: 2_000 } });
    await capped.world.pass(10_000);
    const third = capped.world.join(capped.content);
    await capped.other.leave();
    const beforeBytes = capped.viewer.engine.getStats().uploadBytes;
    await capped.world.pass(3_000);
    expect(capped.viewer.engine.getStats().uploadBytes - beforeBytes).toBeLessThanOrEqual((2_000_000 / 8) * 4);
    await capped.world.pass(60_000);
    expect(capped.viewer.engine.getStats().uploadBytes).toBeLessThanOrEqual(1_000_000);
    expect(capped.viewer.engine.getStats().uploadBytes).toBeGreaterThan(900_000);
    expect(third.player.stalls).toBe(0);
  });

  it('on mobile data does nothing, or takes only, or all, as it was told', async () => {
    const off = await stage({}, true);
    await off.world.pass(15_000);
    expect(off.edges.connects + off.edges.joins).toBe(0);
    expect(off.viewer.engine.explain().code).toBe('cellular');
    off.metered = false;
    off.networkChanged();
    await off.world.pass(30_000);
    expect(off.viewer.engine.getStats().peers).withContext('on Wi-Fi again').toBe(1);
    expectUndisturbed(off);

    for (const cellular of ['download', 'on'] as const) {
      const made = await stage({ cellular }, true);
      await made.world.pass(10_000);
      const third = made.world.join(made.content);
      await made.other.leave();
      await made.world.pass(30_000);
      expect(third.engine.getStats().peers).toBe(1);
      expect(made.viewer.engine.getStats().p2pBytes).toBeGreaterThan(0);
      if (cellular === 'on') expect(made.viewer.engine.getStats().uploadBytes).toBeGreaterThan(0);
      else expect(made.viewer.engine.getStats().uploadBytes).toBe(0);
    }
  });

  it('another tracker or swarm is entered at once, and nothing else makes one leave', async () => {
    const made = await stage({});
    await made.world.pass(10_000);
    made.configure({ cache: { maxMB: 10 }, upload: { maxKbps: 9_000 } });
    expect(made.edges.joins).toBe(1);
    made.configure({ swarmId: 'elsewhere' });
    expect(made.edges.joins).toBe(2);
    expect(made.edges.memberships).toBe(1);
    await made.world.pass(20_000);
    expect(made.viewer.engine.getStats()).toEqual(jasmine.objectContaining({ peers: 0, swarmSize: 1 }));
    expectUndisturbed(made);
  });

  it('a smaller cache lets go at once', async () => {
    const made = await stage({});
    await made.world.pass(10_000);
    made.configure({ cache: { maxMB: 2 } });
    expect(made.viewer.engine.getStats().cacheBytes).toBeLessThanOrEqual(2_000_000);
    await made.world.pass(10_000);
    expectUndisturbed(made);
  });

  it('without trackers leaves everything to the player’s own loader', async () => {
    const made = await stage({ trackers: [] });
    await made.world.pass(2_000);
    expect(made.viewer.engine.explain().code).toBe('no-trackers');
    expect(made.edges.connects).toBe(0);
  });
});
