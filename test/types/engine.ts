import { ConfigError, DEFAULT_TRACKERS, P2PEngine } from 'playswarm';
import type { Explanation, P2PConfig, P2PStats } from 'playswarm';

const config: P2PConfig = {
  trackers: [...DEFAULT_TRACKERS],
  rtcConfig: { iceServers: [{ urls: 'stun:stun.example.com' }] },
  swarmId: 'title',
  upload: { maxKbps: 2000, maxMB: 100 },
  cellular: 'download',
  consent: false,
  cache: { maxMB: 64 },
  request: { credentials: 'include' },
};
const engine = new P2PEngine(config);
engine.configure({ consent: true, upload: false });
// @ts-expect-error a key that there is not
engine.configure({ uplaod: false });
// @ts-expect-error a value that there is not
engine.configure({ cellular: 'sometimes' });

export const stats: P2PStats = engine.getStats();
export const { code, sentence }: Explanation = engine.explain();
export const problem = new ConfigError('upload', 'false', 'a text');
export const ended: Promise<void> = engine.destroy();
