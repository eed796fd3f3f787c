import { MAX_PIECE_BYTES } from '../../../core/model/index.ts';
import { decodeMessage, encodeMessage } from '../../../core/wire/index.ts';
import { zeroBytes } from '../../kit/resources.ts';
import { joinUnseen } from '../../kit/unseen-media.ts';

describe('kit: joinUnseen', () => {
  it('makes frames with their own heads and lengths, however many there are', () => {
    const frames = Array.from({ length: 300_000 }, (_, requestId) =>
      encodeMessage({ type: 'piece', requestId, payload: zeroBytes(1 + (requestId % MAX_PIECE_BYTES)) }, joinUnseen),
    );
    frames.forEach((frame, requestId) => {
      const message = decodeMessage(frame);
      if (message.type !== 'piece' || message.requestId !== requestId || message.payload.length !== 1 + (requestId % MAX_PIECE_BYTES)) {
        fail(`frame ${requestId} is not what it was made as`);
      }
    });
    expect(new Set(frames.map(({ buffer }) => buffer)).size).toBeLessThan(5);
  });

  it('makes segments as long as their pieces', () => {
    expect(joinUnseen([zeroBytes(MAX_PIECE_BYTES), zeroBytes(MAX_PIECE_BYTES), zeroBytes(7)]).length).toBe(2 * MAX_PIECE_BYTES + 7);
  });
});
