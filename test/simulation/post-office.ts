import type { Letter } from '../kit/letter.ts';
import type { Crossing } from './crossing.ts';
import { WINDOWS_AHEAD } from './windows.ts';

/**
 * Takes the letters of a thread's hosts and hands over those to its hosts, window by window. Those
 * that stay in the thread go the same way: what is there at the same time is then in the order of who
 * sent it and when, however many threads there are.
 */
export class PostOffice {
  private window = 0;
  /** Letters from this thread to this thread, by the window that they were posted in. */
  private readonly own: Letter[][] = Array.from({ length: WINDOWS_AHEAD }, () => []);

  constructor(private readonly crossing: Crossing) {}

  /** Whether the host is one of this thread's; the tracker counts as host of the first. */
  isHere(host: number): boolean {
    return this.threadOf(host) === this.crossing.here;
  }

  readonly post = (letter: Letter): void => {
    const thread = this.threadOf(letter.to.host);
    if (thread === this.crossing.here) this.own[this.window % WINDOWS_AHEAD]?.push(letter);
    else this.crossing.write(letter, thread, this.window);
  };

  /** Begins a window: hands over what no later one could in time. */
  begin(expect: (letter: Letter) => void): void {
    const place = this.window % WINDOWS_AHEAD;
    const letters = this.own[place] ?? [];
    this.own[place] = [];
    if (this.window >= WINDOWS_AHEAD) this.crossing.collect(this.window - WINDOWS_AHEAD, letters);
    // Stable: the letters of one sender, who is in one thread, stay in order.
    letters.sort((one, other) => one.from.host - other.from.host);
    for (const letter of letters) expect(letter);
  }

  end(): void {
    this.crossing.publish(this.window++);
  }

  private threadOf(host: number): number {
    return Math.max(0, host) % this.crossing.threads;
  }
}
