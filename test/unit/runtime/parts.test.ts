import { MAX_PIECE_BYTES, MIN_PIECE_BYTES, pieceCount, pieceSizeBytes } from '../../../core/model/index.ts';
import { Emitter } from '../../../core/runtime/emitter.ts';
import { PieceCutter } from '../../../core/runtime/piece-cutter.ts';
import { RateMeter } from '../../../core/runtime/rates.ts';
import { patternedResource } from '../../kit/resources.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

describe('runtime: PieceCutter', () => {
  it('cuts whatever chunks come into the same pieces, wherever the stream begins', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 60; round++) {
      const sizeBytes = 1 + random.below(random.unit() < 0.5 ? 6 * MAX_PIECE_BYTES : 40 * MAX_PIECE_BYTES);
      const unitBytes = pieceSizeBytes(sizeBytes);
      const segment = patternedResource(`round ${round}`, sizeBytes).bytes(0, sizeBytes);
      const startByte = random.unit() < 0.5 ? 0 : random.below(sizeBytes);
      const pieces = new Map<number, Uint8Array>();
      const cutter = new PieceCutter(startByte, sizeBytes);
      // More may come than the segment has.
      const stream = new Uint8Array(sizeBytes - startByte + 100);
      stream.set(segment.subarray(startByte));
      for (let at = 0; at < stream.length; ) {
        const end = at + 1 + random.below(2 * MAX_PIECE_BYTES);
        for (const { bytes, index } of cutter.push(stream.subarray(at, end))) {
          expect(pieces.has(index)).toBeFalse();
          pieces.set(index, bytes);
        }
        at = end;
      }
      const first = Math.ceil(startByte / unitBytes);
      const expected = Array.from({ length: pieceCount(sizeBytes) }, (_, index) => index).slice(first);
      expect([...pieces.keys()]).toEqual(expected);
      const isRight = ([index, bytes]: [number, Uint8Array]): boolean =>
        bytes.length === Math.min(unitBytes, sizeBytes - index * unitBytes) && bytes.every((byte, offset) => byte === segment[index * unitBytes + offset]);
      expect([...pieces].every(isRight)).withContext(`round ${round}`).toBeTrue();
    }
  });

  it('gives nothing for a stream that ends within a piece', () => {
    const cutter = new PieceCutter(0, 2 * MIN_PIECE_BYTES);
    expect(cutter.push(new Uint8Array(MIN_PIECE_BYTES - 1))).toEqual([]);
    expect(cutter.push(new Uint8Array(1)).map(({ index }) => index)).toEqual([0]);
  });
});

describe('runtime: RateMeter', () => {
  const NOTHING = { httpBytes: 0, p2pBytes: 0, uploadBytes: 0 };

  it('tells rates in bit/s over the last seconds, and when anything changes', () => {
    const clock = new VirtualClock();
    let totals = NOTHING;
    let told = 0;
    const meter = new RateMeter(clock, () => totals, () => told++);
    meter.start();
    meter.start();
    for (let second = 0; second < 10; second++) {
      totals = { httpBytes: totals.httpBytes + 1_000, p2pBytes: totals.p2pBytes + 2_000, uploadBytes: 0 };
      clock.advance(1_000);
    }
    expect(meter.rates()).toEqual({ httpRate: 8_000, p2pRate: 16_000, uploadRate: 0 });
    expect(told).toBe(10);
    clock.advance(20_000);
    expect(meter.rates()).toEqual({ httpRate: 0, p2pRate: 0, uploadRate: 0 });
    expect(told).withContext('until the rates are 0 again, and no longer').toBeLessThan(18);
    meter.stop();
    expect(clock.pending).toBe(0);
  });

  it('stays stopped when whoever is told stops it', () => {
    const clock = new VirtualClock();
    let uploadBytes = 0;
    const meter: RateMeter = new RateMeter(clock, () => ({ ...NOTHING, uploadBytes: ++uploadBytes }), () => meter.stop());
    meter.start();
    clock.advance(10_000);
    expect(clock.pending).toBe(0);
    expect(uploadBytes).toBe(1);
  });
});

describe('runtime: Emitter', () => {
  it('calls listeners until they are taken off, whatever one of them does', () => {
    const warnings: string[] = [];
    const emitter = new Emitter({ debug: () => undefined, warn: (message) => warnings.push(message) });
    const heard: string[] = [];
    const once = (): void => {
      heard.push('once');
      emitter.off('configure', once);
    };
    emitter.on('configure', () => {
      throw new Error('broken');
    });
    emitter.on('configure', once);
    emitter.on('configure', () => heard.push('always'));
    emitter.emit('configure', {});
    emitter.emit('configure', {});
    expect(heard).toEqual(['once', 'always', 'always']);
    expect(warnings.length).toBe(2);
    emitter.clear();
    emitter.emit('configure', {});
    expect(heard.length).toBe(3);
  });
});
