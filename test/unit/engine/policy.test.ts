import { EngineBench, of, told } from '../../kit/engine-bench.ts';

describe('engine: permission', () => {
  it('to take that is withdrawn takes requests back, and goes to the origin', () => {
    const bench = new EngineBench();
    bench.have(bench.neighbour('a'), 10);
    const asked = told('request', bench.demand(10).effects).length;
    const effects = bench.policy({ download: false });
    expect(told('cancel', effects).length).toBe(asked);
    expect(of('fetch', effects).length).toBe(1);
  });

  it('to take that is given asks at once', () => {
    const bench = new EngineBench({ download: false });
    const a = bench.neighbour('a');
    bench.have(a, 10);
    bench.demand(10);
    expect(told('request', bench.policy({ download: true })).length).toBeGreaterThan(0);
  });

  it('to give that is withdrawn declines what waits', () => {
    const bench = new EngineBench({ uploadMaxBps: 8_000 });
    bench.hold(0);
    const a = bench.neighbour('a');
    bench.request(a, 0, 0);
    bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
    bench.request(a, 0, 1);
    const effects = bench.policy({ uploadMaxBps: 0 });
    expect(told('decline', effects).map(({ message }) => message)).toEqual([{ type: 'decline', requestId: 1, reason: 'off' }]);
    expect(of('tellStatus', effects).length).toBe(1);
    expect(of('sendPiece', bench.pass(100_000))).toEqual([]);
  });
});
