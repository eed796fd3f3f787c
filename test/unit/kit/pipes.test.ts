import { Downlink } from '../../kit/downlink.ts';
import { Uplink } from '../../kit/uplink.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

/** 8 Mbit/s: 1 byte a microsecond, 1000 bytes a millisecond. */
const RATE_BPS = 8e6;

describe('kit: Uplink', () => {
  const sendAll = (sends: readonly (readonly [atMs: number, bytes: number])[]): { times: number[]; clock: VirtualClock; uplink: Uplink } => {
    const clock = new VirtualClock();
    const uplink = new Uplink(clock, RATE_BPS);
    const times: number[] = [];
    sends.forEach(([atMs, bytes], place) => {
      clock.after(atMs, () => uplink.send(bytes, () => (times[place] = Number(clock.nowMs().toFixed(6)))));
    });
    clock.advance(1e6);
    return { times, clock, uplink };
  };

  it('sends at its rate, after idle times too', () => {
    const { times, uplink, clock } = sendAll([[0, 10_000], [50, 1000]]);
    expect(times).toEqual([10, 51]);
    expect(uplink.carriedBytes).toBe(11_000);
    expect(clock.pending).toBe(0);
  });

  it('shares the rate equally while several send', () => {
    // Together until the short one is out at 4 (2 each); then the long one has 8 more to send.
    expect(sendAll([[0, 10_000], [0, 2000]]).times).toEqual([12, 4]);
  });

  it('does not hold a short one up behind a long one that is under way', () => {
    // From 10 on at half the rate.
    expect(sendAll([[0, 100_000], [10, 1000]]).times).toEqual([101, 12]);
  });

  it('loses no time with many that come and go', () => {
    const sends = Array.from({ length: 300 }, (_, place) => [place % 17, 100 + ((place * 37) % 900)] as const);
    const totalBytes = sends.reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(Math.max(...sendAll(sends).times)).toBeCloseTo(totalBytes / 1000, 3);
  });

  it('takes Infinity, and no time then', () => {
    const clock = new VirtualClock();
    let outMs = -1;
    new Uplink(clock, Infinity).send(1e6, () => (outMs = clock.nowMs()));
    expect(outMs).withContext('never at once').toBe(-1);
    clock.advance(1);
    expect(outMs).toBeCloseTo(0, 2);
  });

  it('refuses a rate of 0', () => {
    expect(() => new Uplink(new VirtualClock(), 0)).toThrowError(RangeError);
  });
});

describe('kit: Downlink', () => {
  it('delays what comes faster than its rate', () => {
    const clock = new VirtualClock();
    const downlink = new Downlink(clock, RATE_BPS);
    const times: number[] = [];
    const arrive = (bytes: number, firstByteMs: number): void => downlink.receive(bytes, firstByteMs, () => times.push(clock.nowMs()));
    clock.after(100, () => arrive(10_000, 99)); // sent in 1 ms, takes 10
    clock.after(101, () => arrive(5000, 100)); // queues behind it
    clock.after(200, () => arrive(5000, 150)); // trickled in while it was sent
    clock.advance(1000);
    expect(times).toEqual([109, 114, 200]);
    expect(downlink.carriedBytes).toBe(20_000);
  });

  it('lets a message through at once where the line is free, and behind what came before where it is not', () => {
    const clock = new VirtualClock();
    const downlink = new Downlink(clock, RATE_BPS);
    const arrivals: string[] = [];
    const arrive = (what: string, bytes: number): void => downlink.receive(bytes, clock.nowMs(), () => arrivals.push(`${what} at ${clock.nowMs().toFixed(2)}`));
    clock.after(100, () => {
      arrive('message', 200);
      arrive('piece', 5_000);
    });
    clock.after(105.1, () => arrive('next message', 40)); // the piece has 0.1 ms to go
    clock.advance(1000);
    expect(arrivals).toEqual(['message at 100.00', 'piece at 105.20', 'next message at 105.24']);
  });
});
