import { SeededRandom } from '../../kit/seeded-random.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

describe('kit: VirtualClock', () => {
  it('runs tasks by time, and those of one time as they were asked for', () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    clock.after(10, () => order.push('10, first'));
    clock.after(5, () => order.push('5'));
    clock.after(10, () => order.push('10, second'));
    clock.after(0, () => clock.after(10, () => order.push('10, asked for at 0')));
    clock.advance(10);
    expect(order).toEqual(['5', '10, first', '10, second', '10, asked for at 0']);
  });

  it('is at the time of the task while it runs, and at the end of the advance after it', () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    for (const delayMs of [3, 7.5, 20]) clock.after(delayMs, () => times.push(clock.nowMs()));
    clock.advance(10);
    expect(times).toEqual([3, 7.5]);
    expect(clock.nowMs()).toBe(10);
    expect(clock.nextTimeMs).toBe(20);
    clock.advance(10);
    expect(times).toEqual([3, 7.5, 20]);
    expect(clock.nextTimeMs).toBe(Infinity);
  });

  it('counts what is waiting, without what was cancelled or has run', () => {
    const clock = new VirtualClock();
    const cancels = [1, 2, 3].map((delayMs) => clock.after(delayMs, () => undefined));
    expect(clock.pending).toBe(3);
    cancels[1]?.();
    cancels[1]?.();
    expect(clock.pending).toBe(2);
    clock.advance(1);
    cancels[0]?.();
    expect(clock.pending).toBe(1);
    clock.advance(5);
    expect(clock.pending).toBe(0);
    expect(clock.step()).toBeFalse();
  });

  it('stays in order through many thousand tasks and cancellations', () => {
    const clock = new VirtualClock();
    const random = new SeededRandom(4);
    let last = -1;
    let runs = 0;
    let cancelled = 0;
    for (let task = 0; task < 20_000; task++) {
      const cancel = clock.after(random.below(1000), () => {
        if (clock.nowMs() < last) fail('went backwards');
        last = clock.nowMs();
        runs++;
      });
      if (random.below(4) > 0) {
        cancel();
        cancelled++;
      }
    }
    expect(clock.pending).toBe(20_000 - cancelled);
    clock.advance(1000);
    expect(runs).toBe(20_000 - cancelled);
  });

  it('runs until a condition holds, and no longer', () => {
    const clock = new VirtualClock();
    let ticks = 0;
    const tick = (): void => {
      ticks++;
      clock.after(10, tick);
    };
    tick();
    expect(clock.runUntil(() => ticks === 4, 1000)).toBeTrue();
    expect(clock.nowMs()).toBe(30);
    expect(clock.runUntil(() => ticks === 100, 50)).toBeFalse();
    expect(clock.nowMs()).toBe(80);
  });

  it('lets promises settle between the instants', async () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    const chain = async (): Promise<void> => {
      // Longer than the engine's own.
      for (let link = 0; link < 30; link++) await Promise.resolve();
      order.push(`settled at ${clock.nowMs()}`);
      clock.after(1, () => order.push('the task that it asked for'));
    };
    clock.after(1, () => void chain());
    clock.after(5, () => order.push('5'));
    await clock.advanceAsync(5);
    expect(order).toEqual(['settled at 1', 'the task that it asked for', '5']);
    expect(clock.nowMs()).toBe(5);
  });
});
