import { MIN_PIECE_BYTES } from '../../core/model/index.ts';
import { LOW_WATER_BYTES, type Link, type LinkHandlers, type Links } from '../../core/ports/index.ts';
import { eachSubject, TEST_TIMEOUT_MS, type MakeSubject, type Subject } from './passage.ts';

export interface LinksSubject extends Subject {
  /** Two viewers that can reach each other. */
  readonly left: Links;
  readonly right: Links;
}

export function describeLinksContract(name: string, makeSubject: MakeSubject<LinksSubject>): void {
  describe(`Links: ${name}`, () => {
    const subject = eachSubject(makeSubject);

    for (const trickle of [false, true]) {
      it(`opens on both sides ${trickle ? 'with' : 'without'} trickle`, async () => {
        const { leftSignals, rightSignals } = await connectPair(subject(), trickle);
        if (!trickle) expect([leftSignals, rightSignals]).toEqual([1, 1]);
      }, TEST_TIMEOUT_MS);
    }

    it('carries frames in order and intact, up to maxFrameBytes, both ways', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      const atRight = listenTo(right);
      const atLeft = listenTo(left);
      const sizesBytes = [1, 2, 1000, left.maxFrameBytes - 1, left.maxFrameBytes, 3, 16 * 1024];
      expect(left.maxFrameBytes).toBeGreaterThanOrEqual(16 * 1024);
      for (const sizeBytes of sizesBytes) {
        left.send(patterned(sizeBytes));
        right.send(patterned(Math.min(sizeBytes, right.maxFrameBytes)));
      }
      await passage.until('all frames', () => atRight.frames.length === 7 && atLeft.frames.length === 7);
      expect(atRight.frames.map((frame) => frame.length)).toEqual(sizesBytes);
      for (const frame of [...atRight.frames, ...atLeft.frames]) expect(isPatterned(frame)).toBeTrue();
    }, TEST_TIMEOUT_MS);

    it('sends a part of a larger buffer as that part', async () => {
      const { left, right } = await connectPair(subject());
      const atRight = listenTo(right);
      left.send(Uint8Array.of(9, 1, 2, 9).subarray(1, 3));
      await subject().passage.until('the frame', () => atRight.frames.length === 1);
      expect(atRight.frames).toEqual([Uint8Array.of(1, 2)]);
    }, TEST_TIMEOUT_MS);

    it('keeps frames that come before listen, and their order', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      for (let serial = 0; serial < 5; serial++) left.send(Uint8Array.of(serial));
      await passage.pass(300);
      const atRight = listenTo(right);
      expect(atRight.frames.map((frame) => frame[0])).toEqual([0, 1, 2, 3, 4]);
      left.send(Uint8Array.of(5));
      await passage.until('the last frame', () => atRight.frames.length === 6);
      expect(atRight.frames[5]).toEqual(Uint8Array.of(5));
    }, TEST_TIMEOUT_MS);

    it('counts queued bytes and tells when they have drained', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      const atLeft = listenTo(left);
      const atRight = listenTo(right);
      const frameCount = 40;
      for (let serial = 0; serial < frameCount; serial++) left.send(patterned(16 * 1024));
      expect(left.bufferedBytes()).toBeGreaterThan(LOW_WATER_BYTES);
      expect(atLeft.drained).withContext('not from within send').toBe(0);
      await passage.until('drained', () => atLeft.drained > 0);
      expect(left.bufferedBytes()).toBeLessThanOrEqual(LOW_WATER_BYTES);
      await passage.until('all frames', () => atRight.frames.length === frameCount);
      await passage.until('nothing queued', () => left.bufferedBytes() === 0);
      expect(atRight.drained).toBe(0);
    }, TEST_TIMEOUT_MS);

    it('tells also when a single piece of the smallest size has drained', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      const atLeft = listenTo(left);
      const atRight = listenTo(right);
      left.send(patterned(MIN_PIECE_BYTES));
      await passage.until('drained', () => atLeft.drained > 0);
      await passage.until('the frame', () => atRight.frames.length === 1);
    }, TEST_TIMEOUT_MS);

    it('tells the other side of a close exactly once, after what was queued, and not its own', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      const atLeft = listenTo(left);
      const atRight = listenTo(right);
      left.send(patterned(1000));
      left.send(Uint8Array.of(1));
      left.close();
      left.close();
      await passage.until('closed', () => atRight.closed > 0);
      await passage.pass(300);
      expect(atRight.frames.map((frame) => frame.length)).toEqual([1000, 1]);
      expect(atRight.closed).toBe(1);
      expect(atLeft.closed).toBe(0);
    }, TEST_TIMEOUT_MS);

    it('drops frames on a closed link, at either end, and throws nothing', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      const atRight = listenTo(right);
      const atLeft = listenTo(left);
      left.close();
      left.send(Uint8Array.of(1));
      await passage.until('closed', () => atRight.closed > 0);
      right.send(Uint8Array.of(2));
      right.close();
      await passage.pass(100);
      expect([atLeft.frames, atRight.frames]).toEqual([[], []]);
      expect([atLeft.closed, atRight.closed]).toEqual([0, 1]);
    }, TEST_TIMEOUT_MS);

    it('tells of a close that came before listen', async () => {
      const { left, right } = await connectPair(subject());
      const { passage } = subject();
      left.send(Uint8Array.of(1));
      left.close();
      await passage.pass(1500);
      const atRight = listenTo(right);
      await passage.until('closed', () => atRight.closed > 0);
      expect(atRight.frames).toEqual([Uint8Array.of(1)]);
      expect(atRight.closed).toBe(1);
    }, TEST_TIMEOUT_MS);

    for (const data of ['', 'not JSON', '{}', '[]', 'null', '{"type":"offer"}', '{"type":"offer","sdp":"nonsense"}']) {
      it(`fails on the signal ${JSON.stringify(data)}`, async () => {
        const { passage, right } = subject();
        const ends: string[] = [];
        const handshake = right.connect(
          { initiator: false, trickle: false },
          { signal: () => undefined, opened: () => ends.push('opened'), failed: () => ends.push('failed') },
        );
        handshake.signal(data);
        await passage.until('failed', () => ends.length > 0);
        handshake.signal(data);
        await passage.pass(100);
        expect(ends).toEqual(['failed']);
      }, TEST_TIMEOUT_MS);
    }

    it('is silent after cancel', async () => {
      const { left, passage, right } = subject();
      const calls: string[] = [];
      const log = (side: string) => ({
        signal: () => calls.push(`${side} signal`),
        opened: () => calls.push(`${side} opened`),
        failed: () => calls.push(`${side} failed`),
      });
      const offering = left.connect({ initiator: true, trickle: true }, log('left'));
      const answering = right.connect({ initiator: false, trickle: true }, log('right'));
      offering.cancel();
      answering.cancel();
      offering.cancel();
      const callsAtCancel = calls.length;
      answering.signal('{"type":"offer","sdp":"nonsense"}');
      await passage.pass(500);
      expect(calls.slice(callsAtCancel)).toEqual([]);
    }, TEST_TIMEOUT_MS);

    it('keeps several links apart', async () => {
      const { passage } = subject();
      const pairs = [await connectPair(subject()), await connectPair(subject())];
      const receivers = pairs.map((pair) => listenTo(pair.right));
      pairs.forEach((pair, serial) => pair.left.send(Uint8Array.of(serial)));
      await passage.until('both frames', () => receivers.every((receiver) => receiver.frames.length === 1));
      expect(receivers.map((receiver) => receiver.frames[0])).toEqual([Uint8Array.of(0), Uint8Array.of(1)]);
      pairs[0]?.left.close();
      await passage.until('closed', () => receivers[0]?.closed === 1);
      expect(receivers[1]?.closed).toBe(0);
    }, TEST_TIMEOUT_MS);
  });
}

interface Pair {
  readonly left: Link;
  readonly right: Link;
  readonly leftSignals: number;
  readonly rightSignals: number;
}

/** Connects the subject's two viewers, each signal passed on as it comes. */
async function connectPair({ left, passage, right }: LinksSubject, trickle = true): Promise<Pair> {
  const links: { left?: Link; right?: Link } = {};
  const failures: string[] = [];
  const failed = (reason: string): void => void failures.push(reason);
  let leftSignals = 0;
  let rightSignals = 0;
  // The answering side first: the offering one may signal from within `connect`.
  const answering = right.connect(
    { initiator: false, trickle },
    {
      signal: (data) => {
        rightSignals++;
        offering.signal(data);
      },
      opened: (link) => (links.right = link),
      failed,
    },
  );
  const offering = left.connect(
    { initiator: true, trickle },
    {
      signal: (data) => {
        leftSignals++;
        answering.signal(data);
      },
      opened: (link) => (links.left = link),
      failed,
    },
  );
  await passage.until('both sides open', () => failures.length > 0 || (links.left !== undefined && links.right !== undefined));
  if (!links.left || !links.right) throw new Error(`The pair did not connect: ${failures.join(', ')}`);
  return { left: links.left, right: links.right, leftSignals, rightSignals };
}

interface Received {
  readonly frames: Uint8Array[];
  drained: number;
  closed: number;
}

function listenTo(link: Link): Received {
  const received: Received = { frames: [], drained: 0, closed: 0 };
  const handlers: LinkHandlers = {
    frame: (frame) => received.frames.push(frame),
    drained: () => received.drained++,
    closed: () => received.closed++,
  };
  link.listen(handlers);
  return received;
}

function patterned(sizeBytes: number): Uint8Array {
  return new Uint8Array(sizeBytes).map((_, index) => (index * 7 + sizeBytes) & 255);
}

function isPatterned(frame: Uint8Array): boolean {
  return frame.every((byte, index) => byte === ((index * 7 + frame.length) & 255));
}
