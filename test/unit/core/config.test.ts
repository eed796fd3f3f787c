import { DEFAULT_RTC_CONFIG, DEFAULT_TRACKERS, resolveConfig, validateConfig } from '../../../core/config.ts';
import { ConfigError } from '../../../core/model/index.ts';
import type { P2PConfig } from '../../../core/model/index.ts';

function errorOf(config: unknown): ConfigError {
  try {
    validateConfig(config as P2PConfig);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new RangeError(`${JSON.stringify(config)} was taken`);
}

describe('config', () => {
  const wrong: readonly (readonly [unknown, string, RegExp])[] = [
    [{ tracker: [] }, 'tracker', /known keys \(trackers, /],
    [{ trackers: 'wss://tracker.test' }, 'trackers', /array of ws:\/\/ or wss:\/\//],
    [{ trackers: ['https://tracker.test'] }, 'trackers', /wss:\/\//],
    [{ trackers: ['wss://'] }, 'trackers', /wss:\/\//],
    [{ trackers: ['wss://tracker.test', 7] }, 'trackers', /wss:\/\//],
    [{ rtcConfig: [] }, 'rtcConfig', /RTCConfiguration/],
    [{ swarmId: '' }, 'swarmId', /text/],
    [{ enabled: 'yes' }, 'enabled', /true or false/],
    [{ upload: 'off' }, 'upload', /maxKbps/],
    [{ upload: { maxKbps: 0 } }, 'upload.maxKbps', /above 0/],
    [{ upload: { maxKbps: NaN } }, 'upload.maxKbps', /above 0/],
    [{ upload: { maxGB: 1 } }, 'upload.maxGB', /maxKbps, maxMB/],
    [{ cellular: 'maybe' }, 'cellular', /'off', 'download', 'on'/],
    [{ consent: 1 }, 'consent', /true or false/],
    [{ integrity: 'sha256' }, 'integrity', /'length' or a function/],
    [{ cache: 5 }, 'cache', /maxMB/],
    [{ cache: { maxMB: '5' } }, 'cache.maxMB', /above 0/],
    [{ request: { headers: { a: 1 } } }, 'request.headers', /header names/],
    [{ request: { credentials: 'yes' } }, 'request.credentials', /'omit'/],
    [{ request: { sign: 'no' } }, 'request.sign', /function/],
    [{ __proto__x: 1 }, '__proto__x', /known keys/],
    [{ constructor: 1 }, 'constructor', /known keys/],
    [null, 'p2p', /object/],
    ['p2p', 'p2p', /object/],
    [[], 'p2p', /object/],
  ];
  for (const [config, key, expected] of wrong) {
    it(`refuses ${JSON.stringify(config)}, and says why`, () => {
      const error = errorOf(config);
      expect(error.key).toBe(key);
      expect(error.expected).toMatch(expected);
      expect(error.message).toContain(`\`${key}\``);
      expect(error.message).toContain(error.expected);
      expect(error.code).toBe('config');
    });
  }

  it('takes what is right, and what is left out', () => {
    for (const config of [
      {},
      { trackers: [] },
      { trackers: ['ws://localhost:8000/announce', 'WSS://tracker.test'] },
      { upload: true },
      { upload: false },
      { upload: {} },
      { upload: { maxKbps: 500 } },
      { swarmId: undefined, cache: undefined },
      { integrity: () => undefined },
      { request: { headers: {}, credentials: 'include', sign: (url: string) => url } },
    ]) {
      expect(() => validateConfig(config as P2PConfig)).withContext(JSON.stringify(config)).not.toThrow();
    }
  });

  it('has defaults for everything', () => {
    expect(resolveConfig({})).toEqual({
      trackers: DEFAULT_TRACKERS, rtcConfig: DEFAULT_RTC_CONFIG, swarmId: undefined, enabled: true, uploadMaxBps: Infinity, uploadMaxBytes: Infinity,
      cellular: 'off', consent: true, integrity: 'length', cacheMaxBytes: undefined, request: {},
    });
  });

  it('says upload in bits and bytes', () => {
    expect(resolveConfig({ upload: { maxKbps: 800, maxMB: 3 }, cache: { maxMB: 50 } })).toEqual(
      jasmine.objectContaining({ uploadMaxBps: 800_000, uploadMaxBytes: 3_000_000, cacheMaxBytes: 50_000_000 }),
    );
    expect(resolveConfig({ upload: false }).uploadMaxBps).toBe(0);
    expect(resolveConfig({ upload: true }).uploadMaxBps).toBe(Infinity);
  });
});
