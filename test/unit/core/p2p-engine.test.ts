import { ConfigError, P2PEngine } from '../../../core/index.ts';
import type { P2PConfig } from '../../../core/index.ts';

describe('P2PEngine', () => {
  it('refuses a bad configuration, at first and later, and applies nothing of it', async () => {
    expect(() => new P2PEngine({ trackers: ['http://tracker.test'] })).toThrowError(ConfigError);
    const engine = new P2PEngine({ trackers: [], enabled: true });
    expect(() => engine.configure({ enabled: false, upload: 'no' } as unknown as P2PConfig)).toThrowError(ConfigError);
    expect(engine.config).toEqual({ trackers: [], enabled: true });
    engine.configure({ enabled: false });
    expect(engine.config).toEqual({ trackers: [], enabled: false });
    expect(engine.explain().code).toBe('disabled');
    await engine.destroy();
    expect(engine.explain().code).toBe('destroyed');
  });
});
