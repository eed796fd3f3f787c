import { assembleBytes } from '../../../core/adapters/assemble-bytes.ts';
import { browserNetwork } from '../../../core/adapters/browser-network.ts';
import { consoleLog, silentLog } from '../../../core/adapters/console-log.ts';
import { systemClock } from '../../../core/adapters/system-clock.ts';
import { webCryptoDigest } from '../../../core/adapters/web-crypto-digest.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('assembleBytes', () => {
  it('puts the parts together in memory of its own', async () => {
    const part = bytes('ab');
    const whole = await assembleBytes([part, bytes(''), bytes('xcx').subarray(1, 2)]);
    expect(new TextDecoder().decode(whole)).toBe('abc');
    expect(whole.buffer.byteLength).toBe(3);
    expect((await assembleBytes([part])).buffer).not.toBe(part.buffer);
  });

  it('lets the page do other things in between', async () => {
    let nowMs = 0;
    spyOn(performance, 'now').and.callFake(() => nowMs++);
    const parts = Array.from({ length: 40 }, (_, index) => Uint8Array.of(index));
    const assembled = assembleBytes(parts);
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns++;
      port2.postMessage(undefined);
    };
    port2.postMessage(undefined);
    expect([...(await assembled)]).toEqual(parts.map((_, index) => index));
    port1.close();
    expect(turns).toBeGreaterThan(3);
  });
});

describe('webCryptoDigest', () => {
  // FIPS 180-2, appendix B.1.
  const OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('digests the parts as one', async () => {
    expect(await webCryptoDigest.sha256Hex([bytes('abc')])).toBe(OF_ABC);
    expect(await webCryptoDigest.sha256Hex([bytes('a'), bytes(''), bytes('xbcx').subarray(1, 3)])).toBe(OF_ABC);
  });

  it('says what is missing in an insecure context', async () => {
    spyOnProperty(crypto, 'subtle').and.returnValue(undefined as unknown as SubtleCrypto);
    await expectAsync(webCryptoDigest.sha256Hex([])).toBeRejectedWithError(/https/);
  });
});

describe('systemClock', () => {
  it('takes a delay that a browser timer cannot hold for long, not for none', async () => {
    let called = false;
    const cancels = [Infinity, 2 ** 31].map((delayMs) => systemClock.after(delayMs, () => (called = true)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const cancel of cancels) cancel();
    expect(called).toBeFalse();
  });
});

describe('browserNetwork', () => {
  const connect = (connection: unknown) => {
    Object.defineProperty(navigator, 'connection', { configurable: true, value: connection });
  };
  afterEach(() => {
    delete (navigator as { connection?: unknown }).connection;
  });

  it('is metered on cellular or with the data saver, and not where the browser tells nothing', () => {
    const metered = [undefined, {}, { type: 'wifi' }, { type: 'cellular' }, { saveData: true }].map((connection) => {
      connect(connection);
      return browserNetwork.metered();
    });
    expect(metered).toEqual([false, false, false, true, true]);
  });

  it('tells of changes until it is stopped', () => {
    const connection = new EventTarget();
    connect(connection);
    let changes = 0;
    const stop = browserNetwork.watch(() => changes++);
    connection.dispatchEvent(new Event('change'));
    stop();
    connection.dispatchEvent(new Event('change'));
    expect(changes).toBe(1);
    connect(undefined);
    expect(() => browserNetwork.watch(() => undefined)()).not.toThrow();
  });
});

describe('logs', () => {
  it('write with a prefix, or not at all', () => {
    const debug = spyOn(console, 'debug');
    const warn = spyOn(console, 'warn');
    consoleLog.debug('said', { by: 'me' });
    consoleLog.warn('warned');
    silentLog.debug('unsaid');
    silentLog.warn('unsaid');
    expect(debug.calls.allArgs()).toEqual([['[playswarm]', 'said', { by: 'me' }]]);
    expect(warn.calls.allArgs()).toEqual([['[playswarm]', 'warned']]);
  });
});
