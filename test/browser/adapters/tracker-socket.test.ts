import { TrackerSocket } from '../../../core/adapters/tracker/tracker-socket.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

/** A socket that does only what the test says. */
class StillSocket {
  static readonly OPEN = 1;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: string[] = [];
  readonly url: string;

  constructor(url: string) {
    if (url.startsWith('blocked')) throw new DOMException('mixed content', 'SecurityError');
    this.url = url;
    sockets.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }
}

let sockets: StillSocket[] = [];

function begin(url = 'ws://tracker') {
  const clock = new VirtualClock();
  const heard: string[] = [];
  const socket = new TrackerSocket(
    { url, clock, random: new SeededRandom(1) },
    { opened: () => heard.push('opened'), received: ({ type }) => heard.push(type), lost: (why) => heard.push(`lost: ${why}`) },
  );
  return { clock, heard, socket };
}

const last = () => sockets.at(-1) as StillSocket;

describe('TrackerSocket', () => {
  const real = window.WebSocket;
  beforeEach(() => {
    sockets = [];
    window.WebSocket = StillSocket as unknown as typeof WebSocket;
  });
  afterEach(() => {
    window.WebSocket = real;
  });

  it('comes back after 1, 2, 4, 8, 8 s, each a quarter less or more', () => {
    const { clock } = begin();
    for (const seconds of [1, 2, 4, 8, 8]) {
      const lostAtMs = clock.nowMs();
      const attempts = sockets.length;
      last().onclose?.({ code: 1006 });
      clock.runUntil(() => sockets.length > attempts, 20_000);
      const waitedMs = clock.nowMs() - lostAtMs;
      expect(waitedMs).toBeGreaterThanOrEqual(seconds * 750);
      expect(waitedMs).toBeLessThanOrEqual(seconds * 1250);
    }
  });

  it('begins with the short wait again once the tracker has said something, not by an open socket alone', () => {
    const { clock } = begin();
    const wait = () => {
      const lostAtMs = clock.nowMs();
      const attempts = sockets.length;
      last().onclose?.({ code: 1006 });
      clock.runUntil(() => sockets.length > attempts, 20_000);
      return clock.nowMs() - lostAtMs;
    };
    wait();
    wait();
    last().open();
    expect(wait()).toBeGreaterThan(2900);
    last().open();
    last().onmessage?.({ data: 'anything' });
    expect(wait()).toBeLessThan(1300);
  });

  it('gives up an attempt that hangs', () => {
    const { clock, heard } = begin();
    clock.advance(6000);
    expect(heard).toEqual(['lost: no connection to ws://tracker within 6 s']);
    expect(last().readyState).toBe(3);
    clock.advance(1250);
    expect(sockets.length).toBe(2);
  });

  it('gives up a tracker that does not answer an announce, but waits for no answer to an answer', () => {
    const { clock, heard, socket } = begin();
    last().open();
    socket.send('answer', false);
    clock.advance(60_000);
    socket.send('announce', true);
    clock.advance(14_999);
    expect(heard).toEqual(['opened']);
    clock.advance(1);
    expect(heard[1]).toMatch(/^lost: no answer/);
    expect(sockets[0]?.sent).toEqual(['answer', 'announce']);
  });

  it('tells of an address that the browser refuses, later, and throws nothing', () => {
    const { clock, heard } = begin('blocked://tracker');
    expect(heard).toEqual([]);
    clock.advance(0);
    expect(heard[0]).toMatch(/^lost: SecurityError/);
  });

  it('is silent and waits for nothing once closed', () => {
    const { clock, heard, socket } = begin();
    const inner = last();
    inner.open();
    socket.send('announce', true);
    socket.close();
    expect([inner.onopen, inner.onmessage, inner.onclose]).toEqual([null, null, null]);
    expect([clock.pending, inner.readyState, heard]).toEqual([0, 3, ['opened']]);
    socket.send('late', true);
    expect(inner.sent).toEqual(['announce']);
  });
});
