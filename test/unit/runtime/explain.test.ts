import type { ExplainCode } from '../../../core/model/index.ts';
import { explanation } from '../../../core/runtime/explain.ts';
import type { Facts } from '../../../core/runtime/explain.ts';

const WELL: Facts = {
  destroyed: false, mediaSource: true, webrtc: true, enabled: true, consent: true, heldBackOnCellular: false, hasContent: true, hasTrackers: true,
  trackerReachable: true, trackerProblem: undefined, peers: 3, connecting: 0, failures: 0, swarmSize: 9, sharedBytes: 1,
};

describe('runtime: explain', () => {
  const cases: readonly (readonly [ExplainCode, Partial<Facts>])[] = [
    ['working', {}],
    ['nothing-shared', { sharedBytes: 0 }],
    ['destroyed', { destroyed: true, enabled: false }],
    ['no-mse', { mediaSource: false, webrtc: false }],
    ['no-webrtc', { webrtc: false, enabled: false }],
    ['disabled', { enabled: false, consent: false }],
    ['no-consent', { consent: false, heldBackOnCellular: true }],
    ['cellular', { heldBackOnCellular: true, hasContent: false }],
    ['no-content', { hasContent: false, peers: 0 }],
    ['no-trackers', { hasTrackers: false, peers: 0 }],
    ['connecting', { peers: 0, connecting: 1, failures: 9 }],
    ['connections-fail', { peers: 0, failures: 3, trackerReachable: false }],
    ['tracker-unreachable', { peers: 0, trackerReachable: false, trackerProblem: 'connection refused' }],
    ['alone', { peers: 0, swarmSize: 1 }],
    ['connecting', { peers: 0, swarmSize: 0, trackerReachable: undefined }],
  ];
  for (const [code, facts] of cases) {
    it(`says ${code} for ${JSON.stringify(facts)}`, () => {
      const explained = explanation({ ...WELL, ...facts });
      expect(explained.code).toBe(code);
      expect(explained.sentence).toMatch(/^[A-Z].*\.$/);
    });
  }

  it('says why the tracker cannot be reached', () => {
    expect(explanation({ ...WELL, peers: 0, trackerReachable: false, trackerProblem: 'connection refused' }).sentence).toContain('connection refused');
  });
});
