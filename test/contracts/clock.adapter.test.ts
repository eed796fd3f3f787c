import { systemClock } from '../../core/adapters/system-clock.ts';
import { describeClockContract } from './clock.ts';
import { realPassage } from './passage.ts';

describeClockContract('systemClock', () => ({ clock: systemClock, passage: realPassage, release() {} }));
