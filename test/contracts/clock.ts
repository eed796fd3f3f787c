import type { Clock } from '../../core/ports/index.ts';
import { eachSubject, type MakeSubject, type Subject } from './passage.ts';

export interface ClockSubject extends Subject {
  readonly clock: Clock;
}

export function describeClockContract(name: string, makeSubject: MakeSubject<ClockSubject>): void {
  describe(`Clock: ${name}`, () => {
    const subject = eachSubject(makeSubject);

    it('never goes backwards, and goes on', async () => {
      const { clock, passage } = subject();
      const firstMs = clock.nowMs();
      expect(clock.nowMs()).toBeGreaterThanOrEqual(firstMs);
      await passage.pass(20);
      // Browsers blur their clocks by up to 1 ms, Firefox's timers may fire that much early.
      expect(clock.nowMs()).toBeGreaterThanOrEqual(firstMs + 18);
    });

    it('calls a task once, not before its time and never at once', async () => {
      const { clock, passage } = subject();
      const startMs = clock.nowMs();
      const calledMs: number[] = [];
      clock.after(15, () => calledMs.push(clock.nowMs()));
      clock.after(0, () => calledMs.push(clock.nowMs()));
      expect(calledMs).toEqual([]);
      await passage.pass(60);
      expect(calledMs.length).toBe(2);
      expect((calledMs[1] ?? 0) - startMs).toBeGreaterThanOrEqual(13);
    });

    it('calls tasks in the order of their times', async () => {
      const { clock, passage } = subject();
      const order: string[] = [];
      clock.after(60, () => order.push('last'));
      clock.after(5, () => order.push('first'));
      clock.after(30, () => order.push('middle'));
      await passage.until('three tasks', () => order.length === 3);
      expect(order).toEqual(['first', 'middle', 'last']);
    });

    it('does not call a cancelled task; cancelling twice or late is harmless', async () => {
      const { clock, passage } = subject();
      let calls = 0;
      const cancel = clock.after(10, () => calls++);
      const cancelLate = clock.after(1, () => calls++);
      cancel();
      cancel();
      await passage.pass(40);
      expect(calls).toBe(1);
      cancelLate();
      await passage.pass(5);
      expect(calls).toBe(1);
    });

    it('takes tasks from within a task', async () => {
      const { clock, passage } = subject();
      let done = false;
      clock.after(1, () => clock.after(1, () => (done = true)));
      await passage.until('the inner task', () => done);
      expect(done).toBeTrue();
    });
  });
}
