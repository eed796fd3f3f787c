import { SeededRandom } from '../kit/seeded-random.ts';
import { realPassage } from './passage.ts';
import { describeRandomContract } from './random.ts';

describeRandomContract('seeded', () => ({ random: new SeededRandom(1), passage: realPassage, release: () => undefined }));
