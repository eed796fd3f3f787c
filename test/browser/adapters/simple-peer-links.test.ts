import { SimplePeerLinks } from '../../../core/adapters/simple-peer-links.ts';
import { systemClock } from '../../../core/adapters/system-clock.ts';
import type { Clock, Handshake, Link } from '../../../core/ports/index.ts';
import { realPassage } from '../../contracts/passage.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';
import { surroundings } from '../surroundings.ts';

const { pass, until } = realPassage;

function linksWith(clock: Clock = systemClock, iceServers: RTCIceServer[] = []): SimplePeerLinks {
  return new SimplePeerLinks({ clock, config: { iceServers } });
}

async function connected(links = linksWith()): Promise<{ left: Link; right: Link }> {
  const opened: { left?: Link; right?: Link } = {};
  const failed = (reason: string) => fail(reason);
  const answering: Handshake = links.connect({ initiator: false, trickle: true }, {
    signal: (data) => offering.signal(data), opened: (link) => (opened.right = link), failed,
  });
  const offering: Handshake = links.connect({ initiator: true, trickle: true }, {
    signal: (data) => answering.signal(data), opened: (link) => (opened.left = link), failed,
  });
  await until('both sides open', () => opened.left !== undefined && opened.right !== undefined);
  return opened as { left: Link; right: Link };
}

/** @returns how many of the connections that have described themselves since in this test are open now. */
function watchConnections(): () => number {
  const spy = spyOn(RTCPeerConnection.prototype, 'setLocalDescription').and.callThrough();
  return () => {
    const connections = new Set(spy.calls.all().map(({ object }) => object as RTCPeerConnection));
    return [...connections].filter(({ signalingState }) => signalingState !== 'closed').length;
  };
}

describe('SimplePeerLinks in a browser', () => {
  it('sends what is queued before it closes', async () => {
    const { left, right } = await connected();
    let arrivedBytes = 0;
    let closed = false;
    right.listen({ frame: (frame) => (arrivedBytes += frame.length), drained() {}, closed: () => (closed = true) });
    // As much as the engine ever leaves queued: the link waits a second for it, and a busy machine may send no more than that in it.
    const frames = 8;
    for (let serial = 0; serial < frames; serial++) left.send(new Uint8Array(32 * 1024));
    left.close();
    await until('the close', () => closed);
    expect(arrivedBytes).toBe(frames * 32 * 1024);
  });

  it('takes a piece with its header in one frame', async () => {
    const { left, right } = await connected();
    expect([left.maxFrameBytes, right.maxFrameBytes]).toEqual([64 * 1024, 64 * 1024]);
    left.close();
  });

  it('leaves no connection open: closed here, closed there, cancelled, failed', async () => {
    const open = watchConnections();
    const links = linksWith();
    const { left, right } = await connected(links);
    right.listen({ frame() {}, drained() {}, closed() {} });
    expect(open()).toBe(2);
    left.close();
    await until('both closed', () => open() === 0);

    let signalled = 0;
    const failures: string[] = [];
    const handlers = { signal: () => signalled++, opened: () => fail('opened'), failed: (reason: string) => failures.push(reason) };
    const cancelled = links.connect({ initiator: true, trickle: false }, handlers);
    const failing = links.connect({ initiator: true, trickle: false }, handlers);
    await until('two offers', () => signalled === 2);
    expect(open()).toBe(2);
    cancelled.cancel();
    failing.signal('nonsense');
    expect(open()).toBe(0);
    expect(failures).toEqual(['Ill-formed signal.']);
  });

  it('fails an attempt that nobody answers after 30 s, and one that does not connect after 15 s', async () => {
    const clock = new VirtualClock();
    const failures: string[] = [];
    const offer = await new Promise<string>((resolve) => {
      linksWith(clock).connect({ initiator: true, trickle: false }, {
        signal: resolve, opened: () => fail('opened'), failed: () => failures.push('unanswered'),
      });
    });
    const answering = linksWith(clock).connect({ initiator: false, trickle: false }, {
      signal() {}, opened: () => fail('opened'), failed: () => failures.push('unconnected'),
    });
    clock.advance(10_000);
    answering.signal(offer);
    clock.advance(14_999);
    expect(failures).toEqual([]);
    clock.advance(1);
    expect(failures).toEqual(['unconnected']);
    clock.advance(5_000);
    expect(failures).toEqual(['unconnected', 'unanswered']);
    expect(clock.pending).toBe(0);
  });

  const answer = JSON.stringify({ type: 'answer', sdp: 'nonsense' });
  const offer = JSON.stringify({ type: 'offer', sdp: 'nonsense' });
  const hostile = {
    'an offer to the side that offered': [offer],
    'an answer that is none': [answer],
    'two answers': [answer, answer],
    'a candidate that the browser refuses': [JSON.stringify({ type: 'candidate', candidate: { candidate: 'x' } }), answer],
    'what simple-peer would take for its own': [JSON.stringify({ transceiverRequest: { kind: 'video' } })],
    'a renegotiation': [JSON.stringify({ type: 'renegotiate', renegotiate: true })],
  };
  for (const [what, signals] of Object.entries(hostile)) {
    it(`fails on ${what}, once, and throws nothing`, async () => {
      const failures: string[] = [];
      const handshake = linksWith().connect({ initiator: true, trickle: true }, {
        signal() {}, opened: () => fail('opened'), failed: (reason) => failures.push(reason),
      });
      await pass(50);
      for (const signal of signals) handshake.signal(signal);
      await until('failed', () => failures.length > 0);
      await pass(50);
      expect(failures.length).toBe(1);
    });
  }

  it('offers within a second though the STUN server is dead', async () => {
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      const handshake = linksWith(systemClock, [{ urls: surroundings.silentStun }]).connect({ initiator: true, trickle: false }, {
        signal() {
          handshake.cancel();
          resolve();
        },
        opened() {},
        failed: (reason) => fail(reason),
      });
    });
    expect(performance.now() - startMs).toBeLessThan(1000);
  });
});
