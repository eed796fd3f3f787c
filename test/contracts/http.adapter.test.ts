import { FetchHttp } from '../../core/adapters/fetch-http.ts';
import { surroundings } from '../browser/surroundings.ts';
import { describeHttpContract } from './http.ts';
import { realPassage } from './passage.ts';

const segment = `${surroundings.origin}/media/vod/1000k/seg-0.ts`;

describeHttpContract('FetchHttp', async () => ({
  http: new FetchHttp(),
  body: new Uint8Array(await (await fetch(segment)).arrayBuffer()),
  urls: {
    whole: segment,
    ignoringRange: `${segment}?ignoreRange`,
    missing: `${segment}?missing`,
    truncated: `${segment}?cut`,
    stalling: `${segment}?stall`,
    // A port that nobody listens on and that browsers do not block.
    unreachable: 'http://127.0.0.1:59999/',
  },
  passage: realPassage,
  release() {},
}));
