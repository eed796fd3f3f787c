import { ProtocolError } from '../model/index.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Words of a closed list travel as their place in it; words are added to the list's end only. */
export interface ReasonCodec<Word extends string> {
  write(writer: Writer, word: Word): void;
  /** @throws ProtocolError on a place beyond the list. */
  read(reader: Reader): Word;
}

export function reasonCodec<Word extends string>(words: readonly Word[]): ReasonCodec<Word> {
  return {
    write(writer, word) {
      writer.u8(words.indexOf(word));
    },
    read(reader) {
      const place = reader.u8();
      const word = words[place];
      if (word === undefined) throw new ProtocolError(`unknown reason ${place}`);
      return word;
    },
  };
}
