import type { ByteRange } from '../../model/index.ts';
import type { HttpHead } from '../../ports/index.ts';
import { parseContentRange } from './content-range.ts';

/** Types that servers compress as a matter of course; media types are not among them. */
const COMPRESSIBLE = /^\s*(text\/|application\/([\w.-]+\+)?(json|xml|javascript))/i;

const WHOLE: ByteRange = { start: 0, end: Infinity };

type ResponseHead = Pick<Response, 'status' | 'url' | 'type' | 'headers'>;

/**
 * Reads what a successful response says about its body.
 *
 * Across origins a page sees only some headers unless the server exposes more: `Content-Length` it
 * sees, `Content-Range` and `Content-Encoding` it does not. Then a 206 is taken to begin where it
 * was asked to, unless its length shows otherwise, and the length of a full body that may be
 * compressed is not believed. A request with `Range` is never answered compressed: browsers then
 * send `Accept-Encoding: identity` (Fetch, "HTTP-network-or-cache fetch").
 *
 * @param lengthsMislead this origin has been seen to compress what it should not.
 * @returns `undefined` where the answer is not (a beginning of) the range that was asked for.
 */
export function readHead(response: ResponseHead, asked: ByteRange | undefined, lengthsMislead: boolean): HttpHead | undefined {
  const { status, url, headers } = response;
  const stated = statedLength(response, asked !== undefined, lengthsMislead);
  if (status !== 206) {
    return { status, url, bodyStart: 0, bodyBytes: stated, resourceBytes: stated };
  }
  const { start, end } = asked ?? WHOLE;
  const contentRange = headers.get('Content-Range');
  if (contentRange === null) {
    const hasOtherShape = headers.get('Content-Type')?.startsWith('multipart/byteranges') ?? false;
    if (hasOtherShape || (stated ?? 0) > end - start) return undefined;
    // An open range runs to the end of the resource (RFC 9110, 14.1.2).
    const resourceBytes = end === Infinity && stated !== undefined ? start + stated : undefined;
    return { status, url, bodyStart: start, bodyBytes: stated, resourceBytes };
  }
  const given = parseContentRange(contentRange);
  if (!given || given.start !== start || given.end > end) return undefined;
  return { status, url, bodyStart: start, bodyBytes: given.end - given.start, resourceBytes: given.resourceBytes };
}

function statedLength({ headers, type }: ResponseHead, ranged: boolean, lengthsMislead: boolean): number | undefined {
  const length = headers.get('Content-Length');
  if (length === null || !/^\d+$/.test(length)) return undefined;
  const encoding = headers.get('Content-Encoding');
  if (encoding !== null && encoding !== 'identity') return undefined;
  const encodingHidden = type === 'cors' && !ranged;
  if (encodingHidden && (lengthsMislead || COMPRESSIBLE.test(headers.get('Content-Type') ?? ''))) return undefined;
  return Number(length);
}
