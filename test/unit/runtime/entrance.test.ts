import { initialState } from '../../../core/engine/index.ts';
import type { State } from '../../../core/engine/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { whenPlayerCanSpareIt } from '../../../core/runtime/entrance.ts';
import { CountedEdges } from '../../kit/counted-edges.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

const POLICY = { download: true, uploadMaxBps: Infinity, uploadMaxBytes: Infinity, cacheMaxBytes: 1e8, digests: false };
const nothingKnown = (): State => initialState('self' as PeerId, POLICY, 0);

describe('runtime: entrance into the swarm', () => {
  it('makes no connection before the player has started, where that is a matter of a moment', async () => {
    const world = new ModelWorld({ originRateBps: 40_000_000 });
    const content = publishPatterned(world.origin);
    world.join(content);
    await world.pass(5_000);
    const edges = new CountedEdges();
    const { player } = world.join(content, { edges: edges.around });
    while (player.startUpMs === undefined) {
      expect(edges.connects + edges.entries).toBe(0);
      expect(edges.joins).withContext('with the tracker').toBe(1);
      await world.pass(10);
    }
    expect(player.startUpMs).toBeLessThan(800);
    await world.pass(101);
    expect(edges.entries).toBe(1);
  });

  it('is while the player still has to wait for its first segment', async () => {
    const world = new ModelWorld({ originRateBps: 8_000_000 });
    const edges = new CountedEdges();
    const { player } = world.join(publishPatterned(world.origin), { edges: edges.around });
    while (edges.entries === 0) await world.pass(10);
    expect(player.startUpMs).toBeUndefined();
    await world.pass(150);
    expect(player.startUpMs).toBeUndefined();
    await world.pass(250);
    expect(player.startUpMs).toBeDefined();
  });

  it('is not held up by a player that does not start', async () => {
    const world = new ModelWorld({ originRateBps: 10_000 });
    const edges = new CountedEdges();
    const { player } = world.join(publishPatterned(world.origin), { edges: edges.around });
    await world.pass(799);
    expect(edges.entries).toBe(0);
    await world.pass(2);
    expect(player.startUpMs).toBeUndefined();
    expect(edges.entries).toBe(1);
  });

  it('is at once where the player plays already', () => {
    let entered = 0;
    whenPlayerCanSpareIt(new VirtualClock(), () => true, nothingKnown, () => entered++);
    expect(entered).toBe(1);
  });

  it('does not happen once it is called off', () => {
    const clock = new VirtualClock();
    let entered = 0;
    whenPlayerCanSpareIt(clock, () => false, nothingKnown, () => entered++)();
    clock.advance(5_000);
    expect(entered).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
