import { whenStarted } from '../../../core/runtime/entrance.ts';
import { CountedEdges } from '../../kit/counted-edges.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

describe('runtime: entrance into the swarm', () => {
  it('makes no connection before the player has started', async () => {
    const world = new ModelWorld({ originRateBps: 20_000_000 });
    const content = publishPatterned(world.origin);
    world.join(content);
    await world.pass(5_000);
    const edges = new CountedEdges();
    const { player } = world.join(content, { edges: edges.around });
    while (player.startUpMs === undefined) {
      expect(edges.connects + edges.joins).toBe(0);
      await world.pass(10);
    }
    expect(player.startUpMs).toBeLessThan(800);
    await world.pass(101);
    expect(edges.joins).toBe(1);
  });

  it('is not held up by a player that does not start', async () => {
    const world = new ModelWorld({ originRateBps: 10_000 });
    const edges = new CountedEdges();
    const { player } = world.join(publishPatterned(world.origin), { edges: edges.around });
    await world.pass(799);
    expect(edges.joins).toBe(0);
    await world.pass(2);
    expect(player.startUpMs).toBeUndefined();
    expect(edges.joins).toBe(1);
  });

  it('is at once where the player plays already', () => {
    let entered = 0;
    whenStarted(new VirtualClock(), () => true, () => entered++);
    expect(entered).toBe(1);
  });

  it('does not happen once it is called off', () => {
    const clock = new VirtualClock();
    let entered = 0;
    whenStarted(clock, () => false, () => entered++)();
    clock.advance(5_000);
    expect(entered).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
