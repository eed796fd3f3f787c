import { pieceBytes } from '../../../core/model/index.ts';
import { EngineBench, of, only, SEGMENT_BYTES, told } from '../../kit/engine-bench.ts';

const LINE_BPS = 625_000;

describe('engine: what the player is told of a transfer', () => {
  it('is the rate of the line, however many segments come side by side', () => {
    const bench = new EngineBench();
    bench.swarm(2);
    const peer = bench.neighbour('a');
    for (const sequence of [5, 6]) bench.have(peer, sequence);
    let asked = [5, 6].flatMap((sequence) => told('request', bench.demand(sequence).effects));
    const delivered = [];
    // First a piece of the one, then of the other.
    for (let turn = 0; asked.length > 0; turn++) {
      const next = asked.find(({ message }) => message.segment === [...new Set(asked.map((ask) => ask.message.segment))][turn % 2]) ?? only(asked.slice(0, 1));
      bench.pass((pieceBytes(SEGMENT_BYTES, next.message.index) * 8000) / LINE_BPS);
      const effects = bench.deliver(next);
      asked = [...asked.filter((ask) => ask !== next), ...told('request', effects)];
      delivered.push(...of('deliver', effects));
    }
    expect(delivered.length).toBe(2);
    for (const { truth } of delivered) {
      const toldBps = (SEGMENT_BYTES * 8000) / truth.transferMs;
      expect(toldBps).toBeGreaterThan(LINE_BPS * 0.8);
      expect(toldBps).toBeLessThan(LINE_BPS * 1.1);
    }
  });
});
