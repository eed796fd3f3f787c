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

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, offset) => byte === other[offset]);
}
