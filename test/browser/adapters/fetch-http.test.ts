import { FetchHttp } from '../../../core/adapters/fetch-http.ts';
import type { ByteRange, OriginError } from '../../../core/model/index.ts';
import type { HttpHead } from '../../../core/ports/index.ts';
import { surroundings } from '../surroundings.ts';

const segment = `${surroundings.origin}/media/vod/1000k/seg-0.ts`;

interface Outcome {
  readonly head: HttpHead | undefined;
  readonly bytes: number;
  readonly error: OriginError | undefined;
}

function get(http: FetchHttp, url: string, range?: ByteRange): Promise<Outcome> {
  return new Promise((resolve) => {
    let head: HttpHead | undefined;
    let bytes = 0;
    http.get(
      { url, range, headers: {}, credentials: 'omit' },
      {
        head: (given) => (head = given),
        bytes: (chunk) => (bytes += chunk.length),
        done: () => resolve({ head, bytes, error: undefined }),
        failed: (error) => resolve({ head, bytes, error }),
      },
    );
  });
}

/** An answer of another origin that hides its encoding, as `fetch` gives it. */
function crossOriginAnswer(bodyBytes: number, statedBytes: number): Response {
  const response = new Response(new Uint8Array(bodyBytes), { headers: { 'Content-Length': String(statedBytes) } });
  return Object.defineProperties(response, { url: { value: segment }, type: { value: 'cors' } });
}

describe('FetchHttp in a browser', () => {
  it('asks another origin for a range without a preflight', async () => {
    const { head, bytes, error } = await get(new FetchHttp(), `${segment}?refusePreflight`, { start: 10, end: 20 });
    expect(error).toBeUndefined();
    expect([head?.status, bytes]).toEqual([206, 10]);
  });

  it('fails as the network does where CORS forbids to read', async () => {
    const { error } = await get(new FetchHttp(), `${segment}?noCors`);
    expect([error?.kind, error?.status]).toEqual(['network', 0]);
  });

  it('calls a body that broke off truncated where some of it had come', async () => {
    const { head, bytes, error } = await get(new FetchHttp(), `${segment}?cut`);
    expect(head?.bodyBytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(50_000);
    // The reset that follows the bytes may overtake them on their way through the browser.
    expect(error?.kind).toBe(bytes > 0 ? 'truncated' : 'network');
  });

  it('fails a range beyond the end with its status', async () => {
    const { error } = await get(new FetchHttp(), segment, { start: 10_000_000, end: Infinity });
    expect([error?.kind, error?.status]).toEqual(['status', 416]);
  });

  for (const [bodyBytes, statedBytes] of [[100, 90], [90, 100]] as const) {
    it(`stops believing an origin that states ${statedBytes} and sends ${bodyBytes} bytes`, async () => {
      spyOn(window, 'fetch').and.callFake(() => Promise.resolve(crossOriginAnswer(bodyBytes, statedBytes)));
      const http = new FetchHttp();
      const first = await get(http, segment);
      expect([first.head?.bodyBytes, first.error?.kind]).toEqual([statedBytes, 'truncated']);
      const second = await get(http, segment);
      expect([second.head?.bodyBytes, second.bytes, second.error]).toEqual([undefined, bodyBytes, undefined]);
    });
  }
});
