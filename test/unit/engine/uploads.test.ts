import * as TUNING from '../../../core/engine/tuning.ts';
import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import type { PeerId } from '../../../core/model/index.ts';
import { EngineBench, keyOf, of, only, PIECE_BYTES, SEGMENT_BYTES, SEGMENT_S, told, TRACK } from '../../kit/engine-bench.ts';
import type { Policy } from '../../../core/engine/index.ts';

/** Holds segments 0 to 3; two neighbours. */
function benchHolding(policy: Partial<Policy> = {}): { bench: EngineBench; a: PeerId; b: PeerId } {
  const bench = new EngineBench(policy);
  for (let sequence = 0; sequence < 4; sequence++) bench.hold(sequence);
  return { bench, a: bench.neighbour('a'), b: bench.neighbour('b') };
}

describe('engine: uploads', () => {
  it('serve what is held', () => {
    const { a, bench } = benchHolding();
    expect(only(of('sendPiece', bench.request(a, 0, 4, { requestId: 77 })))).toEqual({ type: 'sendPiece', peer: a, requestId: 77, segment: keyOf(0), index: 4, lengthBytes: 1000 });
    expect(bench.state.counters.uploadBytes).toBe(SEGMENT_BYTES - 4 * PIECE_BYTES);
  });

  it('decline what is not held, at once', () => {
    const { a, bench } = benchHolding();
    expect(only(told('decline', bench.request(a, 9, 0))).message.reason).toBe('missing');
    expect(only(told('decline', bench.request(a, 0, 99))).message.reason).toBe('missing');
  });

  it('decline everything while uploading is off', () => {
    const { a, bench } = benchHolding();
    bench.policy({ uploadMaxBps: 0 });
    expect(only(told('decline', bench.request(a, 0, 0))).message.reason).toBe('off');
  });

  it('exclude who uses a request id twice at a time', () => {
    const { a, bench } = benchHolding({ uploadMaxBps: 8_000 });
    bench.request(a, 0, 0, { requestId: 0 });
    bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
    bench.request(a, 0, 0, { requestId: 1 });
    expect(only(of('ban', bench.request(a, 0, 1, { requestId: 1 }))).reason).toBe('protocol');
  });

  it('put the most urgent first', () => {
    const { a, b, bench } = benchHolding();
    bench.request(a, 0, 0, { requestId: 1, slackMs: 5_000 });
    bench.request(a, 0, 1, { requestId: 2, slackMs: 5_000 });
    bench.request(a, 0, 2, { requestId: 3, slackMs: 100 });
    const served = of('sendPiece', bench.step({ type: 'drained', peer: a, bufferedBytes: 0 }));
    expect(served[0]?.requestId).toBe(3);
    expect(bench.request(b, 0, 0, { requestId: 1 }).length).withContext('another link').toBe(1);
  });

  it('among equals, serve whoever has been given least', () => {
    const { a, b, bench } = benchHolding({ uploadMaxBps: 8e6 });
    bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 8e6, tokensBytes: -1e5, refilledAtMs: bench.nowMs } };
    for (const [peer, index] of [[a, 0], [a, 1], [b, 0], [b, 1]] as const) bench.request(peer, 0, index);
    expect(of('sendPiece', bench.pass(1_000)).map(({ peer }) => peer)).toEqual([a, b, a, b]);
  });

  for (const pieceRate of [0.25, 1, 4]) {
    it(`keep to a cap of ${pieceRate} pieces a second`, () => {
      const { a, bench } = benchHolding({ uploadMaxBps: pieceRate * PIECE_BYTES * 8 });
      let requestId = 0;
      let sent = 0;
      for (let tick = 0; tick < 600; tick++) {
        const effects = [...bench.request(a, tick % 4, tick % 4, { requestId: requestId++ }), ...bench.pass(100)];
        for (const effect of of('sendPiece', effects)) {
          sent += effect.type === 'sendPiece' ? 1 : 0;
          bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
        }
      }
      expect(sent).withContext('of what the cap would allow').toBeGreaterThan(pieceRate * 60 * 0.7);
      // The bucket is full at first.
      expect(sent).toBeLessThanOrEqual(pieceRate * 61 + 1);
    });
  }

  it('end for good when the cap on all of them is reached, and never go beyond it', () => {
    const { a, bench } = benchHolding({ uploadMaxBytes: 2 * PIECE_BYTES + MAX_PIECE_BYTES + 10 });
    const effects = [0, 1, 2, 3].flatMap((index) => [...bench.request(a, 0, index), ...bench.step({ type: 'drained', peer: a, bufferedBytes: 0 })]);
    expect(of('sendPiece', effects).length).toBe(3);
    expect(only(told('decline', effects)).message.reason).toBe('off');
    expect(bench.state.counters.uploadBytes).toBe(3 * PIECE_BYTES);
    expect(bench.state.upload.toldBps).withContext('as others weigh it').toBe(0);
  });

  it('decline rather than queue for longer than another peer would take', () => {
    const { a, b, bench } = benchHolding();
    bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 2_000_000 } };
    const asked = Array.from({ length: 16 }, (_, index) => bench.request(index % 2 ? a : b, index % 4, Math.floor(index / 4), { requestId: index, slackMs: 5_000 }));
    const declined = told('decline', asked.flat());
    expect(declined.every(({ message }) => message.reason === 'busy')).toBeTrue();
    const accepted = asked.length - declined.length;
    expect(accepted * PIECE_BYTES * 8).toBeLessThanOrEqual((2_000_000 * TUNING.maxUploadQueueMs) / 1_000);
    expect(accepted).toBeGreaterThan(2);
  });

  it('let one piece wait behind the one that a slow line sends, unless that takes too long', () => {
    const acceptedAt = (nextQueueMs: number): number => {
      const { a, b, bench } = benchHolding();
      bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: (2 * PIECE_BYTES * 8_000) / nextQueueMs } };
      const asked = [0, 1, 2, 3].flatMap((index) => bench.request(index % 2 ? a : b, index, 0, { requestId: index, slackMs: 5_000 }));
      return 4 - told('decline', asked).length;
    };
    expect(acceptedAt(TUNING.nextUploadQueueMs)).toBe(2);
    expect(acceptedAt(TUNING.nextUploadQueueMs + 1)).toBe(1);
  });

  it('queue for longer for whoever is about to run dry', () => {
    const acceptedMs = (slackMs: number): number => {
      const { a, b, bench } = benchHolding();
      bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 2_000_000 } };
      const asked = Array.from({ length: 30 }, (_, index) => bench.request(index % 2 ? a : b, index % 4, 0, { requestId: index, slackMs }));
      return ((30 - told('decline', asked.flat()).length) * PIECE_BYTES * 8) / 2_000;
    };
    expect(acceptedMs(TUNING.pressingSlackMs - 1)).toBeGreaterThan(TUNING.pressingQueueMs * 0.8);
    expect(acceptedMs(TUNING.pressingSlackMs - 1)).toBeLessThanOrEqual(TUNING.pressingQueueMs);
    expect(acceptedMs(TUNING.pressingSlackMs)).withContext('has time').toBeLessThanOrEqual(TUNING.maxUploadQueueMs);
    expect(acceptedMs(0)).withContext('has run dry').toBeLessThanOrEqual(TUNING.maxUploadQueueMs);
  });

  it('are not held up by what links may still hold, and will not tell of', () => {
    const { bench } = benchHolding();
    bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 500_000 } };
    const served = Array.from({ length: 12 }, (_, number) => {
      const peer = bench.neighbour(`asker ${number}`);
      const effects = bench.request(peer, 0, number % 4, { slackMs: 5_000 });
      bench.step({ type: 'drained', peer, bufferedBytes: PIECE_BYTES / 2 });
      return of('sendPiece', effects).length;
    });
    expect(served).toEqual(served.map(() => 1));
  });

  it('keep what waits out of the links, so that whoever is about to run dry comes next', () => {
    const { a, b, bench } = benchHolding();
    const rateBps = 2_000_000;
    bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps } };
    const calm = [0, 1, 2, 3].flatMap((index) => bench.request(a, index, 0, { requestId: index, slackMs: 5_000 }));
    const inLinks = of('sendPiece', calm).length;
    expect((inLinks - 1) * PIECE_BYTES * 8).withContext('all but the last').toBeLessThan((rateBps * TUNING.inLinksMs) / 1_000);
    expect(bench.state.neighbours.get(a)?.queue.length).toBe(4 - inLinks);
    bench.request(b, 0, 1, { requestId: 9, slackMs: TUNING.pressingSlackMs - 1 });
    expect(of('sendPiece', bench.step({ type: 'drained', peer: a, bufferedBytes: 0 }))[0]?.requestId).toBe(9);
  });

  it('go to few links at a time as long as nobody knows how fast this viewer is', () => {
    const { bench } = benchHolding();
    const askers = Array.from({ length: 16 }, (_, number) => bench.neighbour(`asker ${number}`));
    const asked = askers.flatMap((peer, number) => bench.request(peer, number % 4, Math.floor(number / 4), { slackMs: 5_000 }));
    const sentBytes = of('sendPiece', asked).length * PIECE_BYTES;
    expect(sentBytes).toBeGreaterThan(0);
    expect(sentBytes).toBeLessThanOrEqual(TUNING.unmeasuredInLinksBytes);
    // All of it goes over one line of 256 kbit/s, and is out after two seconds rather than after four.
    let inLinks = of('sendPiece', asked).map(({ peer }) => peer);
    const lineBps = 256_000;
    for (let first = inLinks[0]; first && bench.state.upload.rateBps === 0; first = inLinks[0]) {
      bench.nowMs += (PIECE_BYTES * 8_000) / lineBps;
      inLinks = [...inLinks.slice(1), ...of('sendPiece', bench.step({ type: 'drained', peer: first, bufferedBytes: 0 })).map(({ peer }) => peer)];
    }
    expect(bench.state.upload.rateBps).withContext('measured').toBeCloseTo(lineBps, -3);
    expect(bench.state.upload.toldBps).toBeLessThanOrEqual(2 ** 18);
  });

  it('do not wait for those few links where they send nothing any more', () => {
    const { bench } = benchHolding();
    const askers = Array.from({ length: 9 }, (_, number) => bench.neighbour(`asker ${number}`));
    const asked = askers.flatMap((peer, number) => bench.request(peer, number % 4, Math.floor(number / 4), { slackMs: 5_000 }));
    expect(of('sendPiece', asked).length).withContext('the ninth waits').toBe(8);
    expect(of('sendPiece', bench.pass(TUNING.stalledLinkMs + 1_000)).map(({ peer }) => peer)).toEqual(askers.slice(8));
  });

  it('are queued for whoever is about to run dry behind those only who run dry earlier', () => {
    const asked = (others: boolean): number => {
      const { a, b, bench } = benchHolding();
      bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 2_000_000 } };
      if (others) for (let index = 0; index < 4; index++) bench.request(a, index, 0, { requestId: index, slackMs: 5_000 });
      const effects = Array.from({ length: 30 }, (_, index) => bench.request(b, index % 4, 1, { requestId: index, slackMs: 1_500 })).flat();
      return 30 - told('decline', effects).length;
    };
    const alone = asked(false);
    expect(alone).toBeGreaterThan(8);
    expect(asked(true)).withContext('others have asked before').toBeGreaterThanOrEqual(alone - 2);
  });

  describe('over a link that sends nothing any more', () => {
    /** Neighbour a was given pieces, and its link has not moved since. */
    function stalled(): ReturnType<typeof benchHolding> {
      const made = benchHolding();
      made.bench.state = { ...made.bench.state, upload: { ...made.bench.state.upload, rateBps: 500_000 } };
      made.bench.request(made.a, 0, 0, { requestId: 300, slackMs: 5_000 });
      made.bench.nowMs += TUNING.stalledLinkMs + 1_000;
      return made;
    }

    it('do not keep the others from being served', () => {
      const { b, bench } = stalled();
      const effects = [1, 2, 3].flatMap((index) => [
        ...bench.request(b, 0, index, { requestId: index, slackMs: 5_000 }),
        ...bench.step({ type: 'drained', peer: b, bufferedBytes: 0 }),
      ]);
      expect(of('sendPiece', effects).map(({ requestId }) => requestId)).toEqual([1, 2, 3]);
    });

    it('are refused, and begin again when it moves', () => {
      const { a, bench } = stalled();
      expect(only(told('decline', bench.request(a, 0, 1, { slackMs: 5_000 }))).message.reason).toBe('busy');
      bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
      expect(of('sendPiece', bench.request(a, 0, 1, { slackMs: 5_000 })).length).toBe(1);
    });

    it('are not such just because it does not tell when the last of it is out', () => {
      const { a, bench } = benchHolding();
      bench.request(a, 0, 0, { slackMs: 5_000 });
      bench.step({ type: 'drained', peer: a, bufferedBytes: PIECE_BYTES / 2 });
      bench.nowMs += TUNING.stalledLinkMs * 10;
      expect(of('sendPiece', bench.request(a, 0, 1, { slackMs: 5_000 })).length).toBe(1);
    });

    it('are declined that wait for it', () => {
      const { a, b, bench } = benchHolding();
      bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 1_000_000 } };
      for (const index of [0, 1]) bench.request(a, 0, index, { requestId: index, slackMs: 5_000 });
      expect(bench.state.neighbours.get(a)?.queue.length).withContext('waits').toBe(1);
      const effects = bench.pass(TUNING.stalledLinkMs + 1_000);
      expect(told('decline', effects).map(({ message }) => message.requestId)).toEqual([1]);
      expect(of('sendPiece', bench.request(b, 0, 0, { slackMs: 5_000 })).length).toBe(1);
    });

    it('do not count in how fast this viewer is', () => {
      const { b, bench } = stalled();
      bench.request(b, 0, 1, { requestId: 1, slackMs: 5_000 });
      for (let index = 0; index < 40; index++) {
        bench.nowMs += (PIECE_BYTES * 8000) / 800_000;
        bench.step({ type: 'drained', peer: b, bufferedBytes: 0 });
        bench.request(b, index % 4, 2, { requestId: index + 2, slackMs: 5_000 });
      }
      expect(bench.state.upload.rateBps).toBeGreaterThan(700_000);
      expect(bench.state.upload.rateBps).toBeLessThan(900_000);
    });
  });

  describe('of a segment that is new', () => {
    /** Holds segment 0, and is giving a piece of it away; so many neighbours have faster uplinks than b. */
    function besideStronger(count: number, { live = true } = {}): ReturnType<typeof benchHolding> & { stronger: readonly PeerId[] } {
      const made = benchHolding();
      made.bench.play(0, { live });
      made.bench.request(made.a, 0, 0, { requestId: 100, slackMs: 5_000 });
      return { ...made, stronger: Array.from({ length: count }, (_, place) => made.bench.neighbour(`strong ${place}`, { uploadBps: 2 ** 24 })) };
    }

    const isServed = (bench: EngineBench, peer: PeerId): boolean => of('sendPiece', bench.request(peer, 0, 4, { slackMs: 5_000 })).length === 1;

    it('go, live, to the strongest of those that want it, who pass on most', () => {
      const { b, bench, stronger } = besideStronger(TUNING.strongerFirst);
      expect(only(told('decline', bench.request(b, 0, 4, { slackMs: 5_000 }))).message.reason).toBe('busy');
      const [strong] = stronger;
      if (!strong) throw new RangeError('none');
      expect(isServed(bench, strong)).toBeTrue();
    });

    it('go to everyone where few are stronger, on demand, and who is in a hurry', () => {
      const few = besideStronger(TUNING.strongerFirst - 1);
      expect(isServed(few.bench, few.b)).withContext('few').toBeTrue();
      const onDemand = besideStronger(TUNING.strongerFirst, { live: false });
      expect(isServed(onDemand.bench, onDemand.b)).withContext('on demand').toBeTrue();
      const hurried = besideStronger(TUNING.strongerFirst);
      expect(of('sendPiece', hurried.bench.request(hurried.b, 0, 4, { slackMs: TUNING.pressingSlackMs - 1 })).length).withContext('in a hurry').toBe(1);
    });

    it('go to everyone once the stronger have it, or want nothing, or it is new no more', () => {
      const whole = besideStronger(TUNING.strongerFirst);
      for (const peer of whole.stronger) whole.bench.have(peer, 0);
      expect(isServed(whole.bench, whole.b)).withContext('they have it').toBeTrue();

      const old = besideStronger(TUNING.strongerFirst);
      for (let place = 0; place < TUNING.youngCopies + 3; place++) old.bench.have(old.bench.neighbour(`old ${place}`), 0, [0, 1, 2, 3]);
      expect(isServed(old.bench, old.b)).withContext('new no more').toBeTrue();

      const idle = besideStronger(TUNING.strongerFirst);
      idle.bench.pass(15_000);
      idle.bench.step({ type: 'drained', peer: idle.a, bufferedBytes: 0 });
      idle.bench.request(idle.a, 0, 1, { requestId: 101, slackMs: 5_000 });
      expect(isServed(idle.bench, idle.b)).withContext('they want nothing').toBeTrue();
    });
  });

  describe('of pieces that nobody else has', () => {
    /** The one holder of segment 0; neighbour a has been given piece 0, which is still on its way. */
    function source(): ReturnType<typeof benchHolding> {
      const made = benchHolding();
      made.bench.request(made.a, 0, 0, { requestId: 100, slackMs: 5_000 });
      return made;
    }

    it('go first: who asks for one that others have by now is sent there', () => {
      const { b, bench } = source();
      expect(only(told('decline', bench.request(b, 0, 0, { slackMs: 5_000 }))).message.reason).toBe('elsewhere');
      expect(of('sendPiece', bench.request(b, 0, 1, { slackMs: 5_000 })).length).withContext('one that nobody has').toBe(1);
    });

    it('are as scarce as before once somebody was given them who gives hardly anything', () => {
      const { bench } = benchHolding();
      bench.state = { ...bench.state, trackRates: new Map([[TRACK, SEGMENT_BYTES / SEGMENT_S]]) };
      const bitrateBps = (SEGMENT_BYTES * 8) / SEGMENT_S;
      const slow = bench.neighbour('slow', { uploadBps: bitrateBps / 2 });
      const fit = bench.neighbour('fit', { uploadBps: bitrateBps * 2 });
      bench.request(slow, 0, 0, { requestId: 200, slackMs: 5_000 });
      expect(of('sendPiece', bench.request(fit, 0, 0, { requestId: 201, slackMs: 5_000 })).length).toBe(1);
      expect(only(told('decline', bench.request(slow, 0, 0, { requestId: 202, slackMs: 5_000 }))).message.reason).toBe('elsewhere');
    });

    /** Holds segment 0, of which two neighbours have nothing: one that passes nothing on, and one that does. */
    function besideOneThatPassesOn({ live = true } = {}): { bench: EngineBench; slow: PeerId; fit: PeerId } {
      const { a, b, bench } = benchHolding();
      for (const peer of [a, b]) bench.step({ type: 'neighbourLeft', peer });
      bench.state = { ...bench.state, trackRates: new Map([[TRACK, SEGMENT_BYTES / SEGMENT_S]]) };
      bench.play(0, { live });
      const bitrateBps = (SEGMENT_BYTES * 8) / SEGMENT_S;
      return { bench, slow: bench.neighbour('slow', { uploadBps: bitrateBps / 2 }), fit: bench.neighbour('fit', { uploadBps: bitrateBps * 2 }) };
    }

    it('are kept, live, for those who pass them on, until these have them all', () => {
      const { bench, fit, slow } = besideOneThatPassesOn();
      expect(only(told('decline', bench.request(slow, 0, 0, { slackMs: 5_000 }))).message.reason).toBe('busy');
      bench.have(fit, 0, [0, 1, 2]);
      expect(only(told('decline', bench.request(slow, 0, 0, { slackMs: 5_000 }))).message.reason).withContext('3 and 4 are scarce').toBe('busy');
      bench.have(fit, 0);
      expect(of('sendPiece', bench.request(slow, 0, 0, { slackMs: 5_000 })).length).toBe(1);
    });

    it('are not kept from the urgent, nor where nobody passes anything on, nor on demand', () => {
      const { bench, fit, slow } = besideOneThatPassesOn();
      expect(of('sendPiece', bench.request(slow, 0, 0, { slackMs: TUNING.pressingSlackMs - 1 })).length).withContext('urgent').toBe(1);
      bench.step({ type: 'drained', peer: slow, bufferedBytes: 0 });
      bench.step({ type: 'neighbourLeft', peer: fit });
      expect(of('sendPiece', bench.request(slow, 0, 1, { slackMs: 5_000 })).length).withContext('alone').toBe(1);
      const idle = besideOneThatPassesOn();
      expect(told('decline', idle.bench.request(idle.slow, 0, 1, { slackMs: 5_000 })).length).withContext('declined').toBe(1);
      idle.bench.pass(15_000);
      expect(of('sendPiece', idle.bench.request(idle.slow, 0, 1, { slackMs: 5_000 })).length).withContext('beside one that wants nothing').toBe(1);
      const onDemand = besideOneThatPassesOn({ live: false });
      expect(of('sendPiece', onDemand.bench.request(onDemand.slow, 0, 1, { slackMs: 5_000 })).length).withContext('on demand').toBe(1);
    });

    it('do not keep the urgent from being served, nor anyone from an idle uplink', () => {
      const { a, b, bench } = source();
      expect(of('sendPiece', bench.request(b, 0, 0, { slackMs: TUNING.pressingSlackMs - 1 })).length).withContext('urgent').toBe(1);
      for (const peer of [a, b]) bench.step({ type: 'drained', peer, bufferedBytes: 0 });
      expect(of('sendPiece', bench.request(b, 0, 0, { requestId: 101, slackMs: 5_000 })).length).withContext('idle').toBe(1);
    });

    it('are such no more once all have been given, or told of by others', () => {
      const { a, b, bench } = source();
      bench.have(b, 0, [1, 2, 3]);
      expect(only(told('decline', bench.request(b, 0, 0, { slackMs: 5_000 }))).message.reason).withContext('piece 4 is still scarce').toBe('elsewhere');
      bench.request(a, 0, 4, { requestId: 104, slackMs: 5_000 });
      expect(of('sendPiece', bench.request(b, 0, 0, { requestId: 105, slackMs: 5_000 })).length).toBe(1);
    });

    it('are told from those that few have: who needs one of these is sent elsewhere for what three times as many have', () => {
      const { b, bench } = source();
      bench.have(bench.neighbour('c'), 0, [1, 2, 3, 4]);
      bench.have(bench.neighbour('d'), 0, [0]);
      expect(of('sendPiece', bench.request(b, 0, 0, { requestId: 101, slackMs: 5_000 })).length).withContext('two against one').toBe(1);
      bench.have(bench.neighbour('e'), 0, [0]);
      expect(only(told('decline', bench.request(b, 0, 0, { requestId: 102, slackMs: 5_000 }))).message.reason).withContext('three against one').toBe('elsewhere');
      expect(told('decline', bench.request(b, 0, 1, { requestId: 103, slackMs: 5_000 }))).withContext('of which there is one').toEqual([]);
    });

    it('do not keep from anyone who has them what many have', () => {
      const { b, bench } = source();
      bench.have(b, 0, [1, 2, 3, 4]);
      for (const name of ['d', 'e', 'f']) bench.have(bench.neighbour(name), 0, [0]);
      expect(of('sendPiece', bench.request(b, 0, 0, { requestId: 101, slackMs: 5_000 })).length).toBe(1);
    });

    it('are such again when the one who was given them leaves', () => {
      const { a, b, bench } = source();
      bench.request(b, 0, 1, { slackMs: 5_000 });
      bench.step({ type: 'neighbourLeft', peer: a });
      expect(told('decline', bench.request(b, 0, 0, { requestId: 106, slackMs: 5_000 }))).toEqual([]);
    });
  });

  it('serve one piece at a time, however slow this viewer is', () => {
    const { a, bench } = benchHolding();
    bench.state = { ...bench.state, upload: { ...bench.state.upload, rateBps: 64_000 } };
    expect(of('sendPiece', bench.request(a, 0, 0)).length).toBe(1);
    expect(only(told('decline', bench.request(a, 0, 1))).message.reason).toBe('busy');
  });

  it('answer a request that is taken back before its turn, so that the asker can close its books', () => {
    const { a, bench } = benchHolding({ uploadMaxBps: 8_000 });
    bench.request(a, 0, 0, { requestId: 4 });
    bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
    expect(bench.request(a, 0, 0, { requestId: 5 })).toEqual([]);
    const cancelled = bench.step({ type: 'requestCancelled', peer: a, requestId: 5 });
    expect(only(told('decline', cancelled)).message.requestId).toBe(5);
    expect(bench.step({ type: 'requestCancelled', peer: a, requestId: 5 })).withContext('one answer').toEqual([]);
    expect(of('sendPiece', bench.pass(100_000))).toEqual([]);
  });

  it('never have more under way than the link can be given', () => {
    const { a, bench } = benchHolding();
    let sent = 0;
    for (let index = 0; index < TUNING.maxWindowPieces; index++) sent += of('sendPiece', bench.request(a, index % 4, 0, { requestId: index })).length;
    expect(sent * PIECE_BYTES).toBeLessThanOrEqual(TUNING.maxLinkBufferBytes + PIECE_BYTES);
    expect(bench.state.neighbours.get(a)?.queue.length).toBeLessThanOrEqual(TUNING.maxWindowPieces);
  });

  it('are measured while they go out, and not while nothing is to be sent', () => {
    const { a, bench } = benchHolding();
    const uploadAt = (rateBps: number): void => {
      for (let index = 0; index < 4; index++) bench.request(a, 0, index, { requestId: index });
      while ((bench.state.neighbours.get(a)?.bufferedBytes ?? 0) > 0) {
        bench.nowMs += (PIECE_BYTES * 8000) / rateBps;
        const left = Math.max(0, (bench.state.neighbours.get(a)?.bufferedBytes ?? 0) - PIECE_BYTES);
        // Links do not tell when the last of it is out.
        bench.step({ type: 'drained', peer: a, bufferedBytes: left === 0 && bench.state.neighbours.get(a)?.queue.length === 0 ? 3_000 : left });
        if ((bench.state.neighbours.get(a)?.bufferedBytes ?? 0) === 3_000) break;
      }
    };
    for (let burst = 0; burst < 12; burst++) {
      uploadAt(8e6);
      bench.nowMs += 20_000;
      bench.step({ type: 'drained', peer: a, bufferedBytes: 0 });
    }
    expect(bench.state.upload.rateBps).toBeGreaterThan(6e6);
    expect(bench.state.upload.rateBps).toBeLessThan(9e6);
  });

  it('that wait are dropped when the neighbour leaves', () => {
    const { a, bench } = benchHolding({ uploadMaxBps: 8_000 });
    bench.request(a, 0, 0);
    bench.step({ type: 'neighbourLeft', peer: a });
    expect(bench.pass(100_000)).toEqual([]);
    expect(bench.request(a, 0, 1)).withContext('late').toEqual([]);
  });
});
