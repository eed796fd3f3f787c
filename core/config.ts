import { ConfigError } from './model/index.ts';
import type { P2PConfig, ResolvedConfig } from './model/index.ts';

/** Public WebTorrent trackers: nothing need be installed to try it. Run your own in production. */
export const DEFAULT_TRACKERS: readonly string[] = [
  'wss://tracker.novage.com.ua',
  'wss://tracker.webtorrent.dev',
  'wss://tracker.openwebtorrent.com',
];

export const DEFAULT_RTC_CONFIG: RTCConfiguration = {
  iceServers: [{ urls: ['stun:stun.l.google.com:19302', 'stun:global.stun.twilio.com:3478'] }],
};

/** What a value must be, in words, and whether it is. */
interface Rule {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isPositive = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value > 0;
const oneOf = (...values: readonly string[]): Rule => ({
  expected: `one of ${values.map((value) => `'${value}'`).join(', ')}`,
  holds: (value) => typeof value === 'string' && values.includes(value),
});

const BOOLEAN: Rule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const POSITIVE: Rule = { expected: 'a number above 0', holds: isPositive };
const TEXT: Rule = { expected: 'a text that is not empty', holds: isText };
const FUNCTION: Rule = { expected: 'a function', holds: (value) => typeof value === 'function' };

/** An object with rules for its members, or alternatively something simpler. */
interface GroupRule {
  readonly expected: string;
  readonly members: Rules;
  readonly or?: Rule;
}

type Rules = Readonly<Record<string, Rule | GroupRule>>;

/** Keyed by the members of P2PConfig: a member without a rule does not compile. */
const RULES: Readonly<Record<keyof P2PConfig, Rule | GroupRule>> = {
  trackers: { expected: 'an array of ws:// or wss:// tracker URLs', holds: (value) => Array.isArray(value) && value.every(isTrackerUrl) },
  rtcConfig: { expected: 'an RTCConfiguration object', holds: isRecord },
  swarmId: TEXT,
  enabled: BOOLEAN,
  upload: { expected: 'true, false or { maxKbps, maxMB }', or: BOOLEAN, members: { maxKbps: POSITIVE, maxMB: POSITIVE } },
  cellular: oneOf('off', 'download', 'on'),
  consent: BOOLEAN,
  integrity: {
    expected: "'length' or a function that gives a segment's SHA-256",
    holds: (value) => value === 'length' || typeof value === 'function',
  },
  cache: { expected: '{ maxMB }', members: { maxMB: POSITIVE } },
  request: {
    expected: '{ headers, credentials, sign }',
    members: {
      headers: {
        expected: 'an object of header names and text values',
        holds: (value) => isRecord(value) && Object.values(value).every((header) => typeof header === 'string'),
      },
      credentials: oneOf('omit', 'same-origin', 'include'),
      sign: FUNCTION,
    },
  },
};

/** @throws ConfigError that names the first key that is unknown or ill-typed. */
export function validateConfig(config: P2PConfig): void {
  if (!isRecord(config)) throw new ConfigError('p2p', 'an object', describe(config));
  validate(config, RULES, '');
}

function validate(value: Readonly<Record<string, unknown>>, rules: Rules, path: string): void {
  for (const [name, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new ConfigError(path + name, `one of the known keys (${Object.keys(rules).join(', ')})`, 'not known');
    if (member === undefined) continue;
    if ('holds' in rule) {
      if (!rule.holds(member)) throw new ConfigError(path + name, rule.expected, describe(member));
    } else if (!rule.or?.holds(member)) {
      if (!isRecord(member)) throw new ConfigError(path + name, rule.expected, describe(member));
      validate(member, rule.members, `${path}${name}.`);
    }
  }
}

function isTrackerUrl(value: unknown): boolean {
  return typeof value === 'string' && /^wss?:\/\/[^/\s]+/i.test(value);
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Fills in the defaults. The configuration must have been validated. */
export function resolveConfig(config: P2PConfig): ResolvedConfig {
  const limits = typeof config.upload === 'object' ? config.upload : {};
  return {
    trackers: config.trackers ?? DEFAULT_TRACKERS,
    rtcConfig: config.rtcConfig ?? DEFAULT_RTC_CONFIG,
    swarmId: config.swarmId,
    enabled: config.enabled ?? true,
    uploadMaxBps: config.upload === false ? 0 : (limits.maxKbps ?? Infinity) * 1000,
    uploadMaxBytes: (limits.maxMB ?? Infinity) * 1_000_000,
    cellular: config.cellular ?? 'off',
    consent: config.consent ?? true,
    integrity: config.integrity ?? 'length',
    cacheMaxBytes: config.cache?.maxMB === undefined ? undefined : config.cache.maxMB * 1_000_000,
    request: config.request ?? {},
  };
}
