import { ModelWorld } from '../../kit/model-world.ts';
import { publishPatterned } from '../../kit/patterned-content.ts';
import { Recorder } from '../../kit/recorder.ts';

describe('runtime: on demand', () => {
  it('gives six viewers every segment once, byte for byte, from about one copy of the origin', async () => {
    const world = new ModelWorld({ originRateBps: 50_000_000 });
    const content = publishPatterned(world.origin);
    const viewers = [];
    for (let joined = 0; joined < 6; joined++) {
      const recorder = new Recorder(world.origin);
      viewers.push({ recorder, ...world.join(content, { rates: { upBps: 10_000_000, downBps: 30_000_000 }, delivered: recorder.take }) });
      await world.pass(3_000);
    }
    await world.pass(65_000);

    for (const { engine, player, recorder } of viewers) {
      expect(recorder.delivered.length).withContext('segments').toBe(15);
      expect(recorder.repeated).toBe(0);
      expect(recorder.wrong).toEqual([]);
      expect(player.stalls).toBe(0);
      expect(player.startUpMs).toBeLessThan(1_000);
      expect(engine.getStats().rejectedPieces + engine.getStats().bannedPeers).toBe(0);
    }
    // A newcomer has no slack for its first segment: that one it takes from the origin.
    const firstBytes = world.origin.find(content.segmentUrl(0))?.sizeBytes ?? 0;
    const wholeBytes = world.origin.sentBytes / world.origin.copies;
    expect(world.origin.sentBytes).toBeLessThan(1.1 * wholeBytes + 5 * firstBytes);
    for (const { engine } of viewers.slice(1)) expect(engine.explain().code).toBe('working');
    await Promise.all(viewers.map((viewer) => viewer.leave()));
    expect(world.clock.pending).toBe(0);
  });
});
