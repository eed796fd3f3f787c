import type { ExplainCode, Explanation } from '../model/index.ts';

/** What an explanation rests on. */
export interface Facts {
  readonly destroyed: boolean;
  readonly mediaSource: boolean;
  readonly webrtc: boolean;
  readonly enabled: boolean;
  readonly consent: boolean;
  readonly heldBackOnCellular: boolean;
  readonly hasContent: boolean;
  readonly hasTrackers: boolean;
  readonly trackerReachable: boolean | undefined;
  readonly trackerProblem: string | undefined;
  readonly peers: number;
  readonly connecting: number;
  readonly failures: number;
  readonly swarmSize: number;
  readonly sharedBytes: number;
}

/** Connections that fail in a row before that is taken for the reason. */
const TELLING_FAILURES = 3;

const SENTENCES: Readonly<Record<ExplainCode, string>> = {
  working: 'P2P is working.',
  'no-webrtc': 'This browser offers no WebRTC data channels, or they are switched off.',
  'no-mse': 'This browser plays the stream natively, without Media Source Extensions, so segments cannot be shared.',
  disabled: 'P2P is switched off.',
  'no-consent': 'P2P waits for the viewer’s consent.',
  cellular: 'P2P is off on mobile data and with data saver.',
  'no-content': 'Nothing is being played yet.',
  'no-trackers': 'No tracker is configured: set `trackers`.',
  'tracker-unreachable': 'No tracker can be reached',
  alone: 'No one else is watching this content now.',
  connecting: 'Connecting to other viewers.',
  'connections-fail': 'Connections to other viewers fail: a firewall or NAT may be in the way; a TURN server in `rtcConfig` would help.',
  'nothing-shared': 'Other viewers are connected; nothing has been shared yet.',
  destroyed: 'The player was closed.',
};

/** The first reason, from the nearest to the farthest, why there is no P2P; or that it works. */
export function explanation(facts: Facts): Explanation {
  const code = codeFor(facts);
  const detail = code === 'tracker-unreachable' ? `${facts.trackerProblem ? ` (${facts.trackerProblem})` : ''}; looking again.` : '';
  return { code, sentence: SENTENCES[code] + detail };
}

function codeFor(facts: Facts): ExplainCode {
  if (facts.destroyed) return 'destroyed';
  if (!facts.mediaSource) return 'no-mse';
  if (!facts.webrtc) return 'no-webrtc';
  if (!facts.enabled) return 'disabled';
  if (!facts.consent) return 'no-consent';
  if (facts.heldBackOnCellular) return 'cellular';
  if (!facts.hasContent) return 'no-content';
  if (facts.peers > 0) return facts.sharedBytes > 0 ? 'working' : 'nothing-shared';
  if (!facts.hasTrackers) return 'no-trackers';
  if (facts.connecting > 0) return 'connecting';
  if (facts.failures >= TELLING_FAILURES) return 'connections-fail';
  if (facts.trackerReachable === false) return 'tracker-unreachable';
  if (facts.swarmSize === 1) return 'alone';
  return 'connecting';
}
