import type { Segment } from '../../core/model/index.ts';
import type { MemoryOrigin } from './memory-origin.ts';

/** What a player was handed, compared with what the origin has. */
export class Recorder {
  /** URLs in the order in which their segments came. */
  readonly delivered: string[] = [];
  /** Those of them whose bytes were not the origin's. */
  readonly wrong: string[] = [];

  constructor(private readonly origin: MemoryOrigin) {}

  readonly take = ({ url }: Segment, { data }: { data: Uint8Array }): void => {
    this.delivered.push(url);
    const resource = this.origin.find(url);
    if (!resource || !isSame(data, resource.bytes(0, resource.sizeBytes))) this.wrong.push(url);
  };

  /** How many segments came more than once. */
  get repeated(): number {
    return this.delivered.length - new Set(this.delivered).size;
  }
}

/** Compares in words where it can: this is most of what a test of a swarm does. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  const words = one.byteOffset % 4 === 0 && other.byteOffset % 4 === 0 ? one.length >>> 2 : 0;
  const oneWords = new Uint32Array(one.buffer, words > 0 ? one.byteOffset : 0, words);
  const otherWords = new Uint32Array(other.buffer, words > 0 ? other.byteOffset : 0, words);
  for (let word = 0; word < words; word++) if (oneWords[word] !== otherWords[word]) return false;
  for (let byte = 4 * words; byte < one.length; byte++) if (one[byte] !== other[byte]) return false;
  return true;
}
