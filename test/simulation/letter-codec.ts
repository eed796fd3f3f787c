import type { Address, Letter } from '../kit/letter.ts';
import { unseenFrame } from '../kit/unseen-media.ts';
import { seenBytes } from './frame-kinds.ts';

/** How a letter is written: most are frames and acknowledgements. */
const FRAME = 0;
const ACK = 1;
const JSON_TEXT = 2;
/** The frame's length, where a link ends. */
const NO_FRAME = 0xffffffff;

/** Letters in memory that threads share, one after the other. Of media only the length is written. */
export class LetterWriter {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private place = 0;

  constructor(memory: Uint8Array) {
    this.view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    this.bytes = memory;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.place;
  }

  /** Begins anew. */
  rewind(): void {
    this.place = 0;
  }

  /** @throws RangeError where the memory is full. */
  write(letter: Letter): void {
    if (letter.kind === 'frame') {
      const { atMs, firstByteMs, frame, from, to } = letter;
      this.u8(FRAME);
      this.address(from);
      this.address(to);
      this.f64(atMs);
      this.f64(firstByteMs);
      this.u32(frame?.length ?? NO_FRAME);
      if (frame) this.block(frame.subarray(0, seenBytes(frame)));
    } else if (letter.kind === 'ack') {
      this.u8(ACK);
      this.address(letter.from);
      this.address(letter.to);
      this.f64(letter.atMs);
      this.u32(letter.bytes);
    } else {
      this.u8(JSON_TEXT);
      this.block(new TextEncoder().encode(JSON.stringify(letter)));
    }
  }

  private address({ box, host }: Address): void {
    this.u32(host);
    this.u32(box);
  }

  private block(block: Uint8Array): void {
    this.u32(block.length);
    this.bytes.set(block, this.place);
    this.place += block.length;
  }

  private u8(value: number): void {
    this.view.setUint8(this.place, value);
    this.place += 1;
  }

  private u32(value: number): void {
    this.view.setUint32(this.place, value);
    this.place += 4;
  }

  private f64(value: number): void {
    this.view.setFloat64(this.place, value);
    this.place += 8;
  }
}

/** Reads what a `LetterWriter` has written. */
export class LetterReader {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private place = 0;

  constructor(memory: Uint8Array) {
    this.view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    this.bytes = memory;
  }

  /** The letters in the first `length` bytes, in memory of their own. */
  read(length: number, into: Letter[]): void {
    this.place = 0;
    while (this.place < length) into.push(this.letter());
  }

  private letter(): Letter {
    const how = this.u8();
    if (how === JSON_TEXT) return JSON.parse(new TextDecoder().decode(this.block())) as Letter;
    const from = this.address();
    const to = this.address();
    const atMs = this.f64();
    if (how === ACK) return { kind: 'ack', from, to, atMs, bytes: this.u32() };
    const firstByteMs = this.f64();
    return { kind: 'frame', from, to, atMs, firstByteMs, frame: this.frame() };
  }

  private frame(): Uint8Array | undefined {
    const length = this.u32();
    if (length === NO_FRAME) return undefined;
    const seen = this.block();
    return seen.length === length ? seen : unseenFrame(seen, length);
  }

  /** Hosts are numbered from 0, but for the tracker's -1. */
  private address(): Address {
    return { host: this.u32() | 0, box: this.u32() };
  }

  private block(): Uint8Array {
    const length = this.u32();
    const start = this.place;
    this.place += length;
    return this.bytes.slice(start, this.place);
  }

  private u8(): number {
    return this.view.getUint8(this.place++);
  }

  private u32(): number {
    this.place += 4;
    return this.view.getUint32(this.place - 4);
  }

  private f64(): number {
    this.place += 8;
    return this.view.getFloat64(this.place - 8);
  }
}
