import { cryptoRandom } from '../../core/adapters/crypto-random.ts';
import { realPassage } from './passage.ts';
import { describeRandomContract } from './random.ts';

describeRandomContract('cryptoRandom', () => ({ random: cryptoRandom, passage: realPassage, release() {} }));
