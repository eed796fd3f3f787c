import { decodeMessage, encodeAnnounce, encodeAnswer } from '../../../core/adapters/tracker/announce-message.ts';
import { hexToBinary } from '../../../core/adapters/tracker/binary.ts';
import { hash160Hex, type PeerId, type SwarmKey } from '../../../core/model/index.ts';

const swarm = hash160Hex('swarm') as SwarmKey;
const self = hash160Hex('self') as PeerId;
const other = hash160Hex('other') as PeerId;
const offerId = hash160Hex('offer');
const data = JSON.stringify({ type: 'offer', sdp: 'v=0' });
const answer = JSON.stringify({ type: 'answer', sdp: 'v=0' });

const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** What the tracker passes on of another viewer's offer. */
const passedOn = {
  action: 'announce', info_hash: hexToBinary(swarm), peer_id: hexToBinary(other), offer_id: hexToBinary(offerId), offer: { type: 'offer', sdp: 'v=0' },
};

describe('tracker messages', () => {
  it('announces in the form that trackers take', () => {
    const announce = parsed(encodeAnnounce({ swarm, self, event: 'started', uploadBytes: 1, downloadBytes: 2, offers: [{ offerId, data }] }));
    expect(announce).toEqual({
      action: 'announce', info_hash: hexToBinary(swarm), peer_id: hexToBinary(self), event: 'started', uploaded: 1, downloaded: 2, left: 1,
      numwant: 1, offers: [{ offer: { type: 'offer', sdp: 'v=0' }, offer_id: hexToBinary(offerId) }],
    });
    expect((announce['info_hash'] as string).length).toBe(20);
  });

  it('answers in the form that trackers take', () => {
    expect(parsed(encodeAnswer({ swarm, self, to: other, offerId, data: answer }))).toEqual({
      action: 'announce', info_hash: hexToBinary(swarm), peer_id: hexToBinary(self), to_peer_id: hexToBinary(other),
      offer_id: hexToBinary(offerId), answer: { type: 'answer', sdp: 'v=0' },
    });
  });

  it('reads offers, answers, states and failures', () => {
    expect(decodeMessage(JSON.stringify(passedOn))).toEqual({ type: 'offer', swarm, from: other, offerId, data });
    const { offer: _, ...rest } = passedOn;
    expect(decodeMessage(JSON.stringify({ ...rest, answer: { type: 'answer', sdp: 'v=0' } }))).toEqual(
      { type: 'answer', swarm, from: other, offerId, data: answer },
    );
    const state = { action: 'announce', info_hash: hexToBinary(swarm), complete: 1, incomplete: 2, interval: 120 };
    expect(decodeMessage(JSON.stringify(state))).toEqual({ type: 'state', swarm, size: 3, intervalS: 120 });
    expect(decodeMessage('{"failure reason":"no"}')).toEqual({ type: 'failure', swarm: undefined, reason: 'no' });
  });

  it('keeps only what it knows of a session description', () => {
    const message = decodeMessage(JSON.stringify({ ...passedOn, offer: { type: 'offer', sdp: 'v=0', transceiverRequest: {} } }));
    expect(message?.type === 'offer' && message.data).toBe(data);
  });

  const illFormed: Record<string, unknown> = {
    'binary data': new ArrayBuffer(3),
    'no JSON': '{',
    'no object': 'null',
    'no swarm': '{"action":"announce","complete":1}',
    'another action': JSON.stringify({ ...passedOn, action: 'scrape' }),
    'a short peer id': JSON.stringify({ ...passedOn, peer_id: 'x' }),
    'characters that are no bytes': JSON.stringify({ ...passedOn, peer_id: '\u0100'.repeat(20) }),
    'no offer id': JSON.stringify({ ...passedOn, offer_id: 7 }),
    'an answer for an offer': JSON.stringify({ ...passedOn, offer: { type: 'answer', sdp: 'v=0' } }),
    'an offer of no text': JSON.stringify({ ...passedOn, offer: { type: 'offer', sdp: {} } }),
    'an endless offer': JSON.stringify({ ...passedOn, offer: { type: 'offer', sdp: 'x'.repeat(20_000) } }),
    'an endless message': `${JSON.stringify(passedOn)}${' '.repeat(65_536)}`,
  };
  for (const [what, text] of Object.entries(illFormed)) {
    it(`ignores ${what}`, () => expect(decodeMessage(text)).toBeUndefined());
  }

  it('ignores counts that are none', () => {
    const state = decodeMessage(JSON.stringify({ action: 'announce', info_hash: hexToBinary(swarm), complete: -1, incomplete: '5', interval: null }));
    expect(state).toEqual({ type: 'state', swarm, size: undefined, intervalS: undefined });
  });
});
