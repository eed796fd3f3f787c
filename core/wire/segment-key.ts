import { MAX_SEGMENT_KEY_LENGTH, ProtocolError, type SegmentKey } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/**
 * Segment keys are most of the control bytes, so they are packed: `<11 base64url>/<position>` takes
 * 9 bytes for the track and half a byte for each character of the position: 13 bytes for
 * `AbCdEfGhIjK/1234.0`, not 19. A key of any other form travels as it is.
 *
 *     packed:  u8 0x80 | n   n = length of the position, 1 to 52
 *              9 bytes       track: 11 digits of 6 bits, most significant first, then 6 zero bits
 *              ceil(n/2)     position: one half byte each, high half first, then a zero half
 *     plain:   u8 n          n = length of the key, 1 to 64
 *              n bytes       printable ASCII without space
 */
const PACKED = 0x80;
const TRACK_LENGTH = 11;
const TRACK_BYTES = 9;
const MAX_POSITION_LENGTH = MAX_SEGMENT_KEY_LENGTH - TRACK_LENGTH - 1;
const SLASH = 0x2f;

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const POSITION = '0123456789.t@-';

/** The most bytes that a key takes. */
export const MAX_SEGMENT_KEY_BYTES = 1 + MAX_SEGMENT_KEY_LENGTH;

export function writeSegmentKey(writer: Writer, key: SegmentKey): void {
  if (key.length === 0 || key.length > MAX_SEGMENT_KEY_LENGTH) throw new RangeError(`segment key of ${key.length} characters`);
  if (isPackable(key)) writePacked(writer, key);
  else writePlain(writer, key);
}

export function readSegmentKey(reader: Reader): SegmentKey {
  const head = reader.u8();
  return (head & PACKED ? readPacked(reader, head & ~PACKED) : readPlain(reader, head)) as SegmentKey;
}

function writePlain(writer: Writer, key: string): void {
  writer.u8(key.length);
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (!isPrintable(code)) throw new RangeError(`segment key with character ${code}`);
    writer.u8(code);
  }
}

function readPlain(reader: Reader, length: number): string {
  if (length === 0 || length > MAX_SEGMENT_KEY_LENGTH) throw new ProtocolError(`segment key of ${length} characters`);
  let key = '';
  for (let index = 0; index < length; index++) {
    const code = reader.u8();
    if (!isPrintable(code)) throw new ProtocolError(`segment key with character ${code}`);
    key += String.fromCharCode(code);
  }
  if (isPackable(key)) throw new ProtocolError('segment key not packed');
  return key;
}

function writePacked(writer: Writer, key: string): void {
  writer.u8(PACKED | (key.length - TRACK_LENGTH - 1));
  let bits = 0;
  let bitCount = 0;
  for (let index = 0; index < TRACK_LENGTH; index++) {
    bits = (bits << 6) | (BASE64URL_VALUE[key.charCodeAt(index)] ?? 0);
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    writer.u8((bits >>> bitCount) & 0xff);
  }
  writer.u8((bits << (8 - bitCount)) & 0xff);
  for (let index = TRACK_LENGTH + 1; index < key.length; index += 2) {
    const high = POSITION_VALUE[key.charCodeAt(index)] ?? 0;
    const low = index + 1 < key.length ? (POSITION_VALUE[key.charCodeAt(index + 1)] ?? 0) : 0;
    writer.u8((high << 4) | low);
  }
}

function readPacked(reader: Reader, positionLength: number): string {
  if (positionLength === 0 || positionLength > MAX_POSITION_LENGTH) throw new ProtocolError(`position of ${positionLength} characters`);
  const length = TRACK_BYTES + ((positionLength + 1) >>> 1);
  // FNV-1a (Fowler, Noll, Vo).
  let hash = 0x811c9dc5 ^ positionLength;
  for (let index = 0; index < length; index++) {
    const byte = reader.u8();
    scratch[index] = byte;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  const place = (hash >>> 16) % RECENT_KEYS;
  const known = recent[place];
  if (known?.positionLength === positionLength && isInScratch(known.packed)) return known.key;
  const key = unpacked(positionLength);
  recent[place] = { packed: scratch.slice(0, length), positionLength, key };
  return key;
}

/** Keys read lately: most messages are about the same few, which are then the same strings, made once. */
const RECENT_KEYS = 256;
const recent: { readonly packed: Uint8Array; readonly positionLength: number; readonly key: string }[] = [];

/** The bytes of the key that is being read. */
const scratch = new Uint8Array(TRACK_BYTES + MAX_POSITION_LENGTH);

function isInScratch(packed: Uint8Array): boolean {
  for (let index = 0; index < packed.length; index++) if (packed[index] !== scratch[index]) return false;
  return true;
}

function unpacked(positionLength: number): string {
  // Collected and joined in one go, not character by character.
  const codes: number[] = [];
  let bits = 0;
  let bitCount = 0;
  for (let index = 0; index < TRACK_BYTES; index++) {
    bits = (bits << 8) | (scratch[index] ?? 0);
    for (bitCount += 8; bitCount >= 6 && codes.length < TRACK_LENGTH; bitCount -= 6) {
      codes.push(BASE64URL.charCodeAt((bits >>> (bitCount - 6)) & 63));
    }
  }
  if ((bits & ((1 << bitCount) - 1)) !== 0) throw new ProtocolError('padding in a segment key');
  codes.push(SLASH);
  for (let index = 0; index < positionLength; index += 2) {
    const pair = scratch[TRACK_BYTES + (index >>> 1)] ?? 0;
    codes.push(positionCode(pair >>> 4));
    if (index + 1 < positionLength) codes.push(positionCode(pair & 15));
    else if ((pair & 15) !== 0) throw new ProtocolError('padding in a segment key');
  }
  return String.fromCharCode(...codes);
}

function isPackable(key: string): boolean {
  if (key.length < TRACK_LENGTH + 2 || key.charCodeAt(TRACK_LENGTH) !== SLASH) return false;
  for (let index = 0; index < TRACK_LENGTH; index++) if (BASE64URL_VALUE[key.charCodeAt(index)] === undefined) return false;
  for (let index = TRACK_LENGTH + 1; index < key.length; index++) if (POSITION_VALUE[key.charCodeAt(index)] === undefined) return false;
  return true;
}

function positionCode(value: number): number {
  if (value >= POSITION.length) throw new ProtocolError(`position with the half byte ${value}`);
  return POSITION.charCodeAt(value);
}

function isPrintable(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** @returns the index in `alphabet` by character code; holes for all other ASCII characters. */
function valuesByCode(alphabet: string): readonly (number | undefined)[] {
  const values = new Array<number | undefined>(128).fill(undefined);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}

const BASE64URL_VALUE = valuesByCode(BASE64URL);
const POSITION_VALUE = valuesByCode(POSITION);
