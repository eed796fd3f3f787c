import { VirtualClock } from '../kit/virtual-clock.ts';
import { describeClockContract } from './clock.ts';
import { virtualPassage } from './passage.ts';

describeClockContract('virtual', () => {
  const clock = new VirtualClock();
  return { clock, passage: virtualPassage(clock), release: () => undefined };
});
