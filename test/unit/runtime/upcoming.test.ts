import { segmentKey, trackKey } from '../../../core/model/index.ts';
import type { SegmentKey } from '../../../core/model/index.ts';
import { ModelWorld } from '../../kit/model-world.ts';
import type { ModelViewer } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';

describe('runtime: a live segment that the list does not name yet', () => {
  it('is had of peers before, and is there when the list names it', async () => {
    const world = new ModelWorld();
    const content = publishPatterned(world.origin, { segments: 40, live: { windowSegments: 10 } });
    const keyAt = (sequence: number): SegmentKey => segmentKey(trackKey(content.track), { mediaSequence: sequence, discontinuitySequence: 0 });
    const viewers: ModelViewer[] = [];
    // Each reloads its list half a second after the one before.
    for (let viewer = 0; viewer < 6; viewer++) {
      viewers.push(world.join(content));
      await world.pass(500);
    }
    await world.pass(30_000);
    const newest = Math.floor((world.clock.nowMs() + 40_000) / 4_000);
    const [first] = viewers;
    const last = viewers[5];
    if (!first || !last) throw new RangeError('none');
    while (!first.engine.has(keyAt(newest + 1))) await world.pass(50);
    expect(last.engine.has(keyAt(newest + 1))).withContext('not to be asked for: it has no address').toBeFalse();
    const before = last.engine.getStats().p2pBytes;
    while (!last.engine.has(keyAt(newest + 1))) await world.pass(50);
    expect(last.engine.getStats().p2pBytes - before).withContext('all of it, and nothing else was new').toBeGreaterThan(100_000);
    await world.pass(1_000);
    expect(last.player.stallMs).toBe(0);
  });
});
