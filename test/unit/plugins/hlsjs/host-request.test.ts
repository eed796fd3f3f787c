import type { LoadOptions } from '../../../../core/index.ts';
import { UnrecordableError } from '../../../../plugins/hlsjs/recorder.ts';
import { loadedSegment } from '../../../kit/fake-engine.ts';
import { rig, settle } from './loader-kit.ts';
import type { RigOptions } from './loader-kit.ts';

async function requested(options: RigOptions): Promise<LoadOptions['request']> {
  const { load, engine } = rig({ answer: () => Promise.resolve(loadedSegment(new Uint8Array(1))), ...options });
  load();
  await settle();
  return engine.loads[0]?.options.request;
}

describe("hls.js's request setups", () => {
  it('where there are none: the URL is the segment’s own, which `config.request.sign` may sign', async () => {
    expect(await requested({})).toEqual({ headers: {} });
  });

  it('keep the query and headers that hls.js itself adds (CMCD)', async () => {
    const context = { url: 'https://origin.test/3.ts?CMCD=bl%3D1', headers: { 'CMCD-Object': 'd=4' } };
    expect(await requested({ context })).toEqual({ url: context.url, headers: context.headers });
  });

  it('xhrSetup: URL, headers and credentials are recorded', async () => {
    const xhrSetup = (xhr: XMLHttpRequest, url: string) => {
      xhr.open('GET', `${url}?token=1`, true);
      xhr.setRequestHeader('X-Token', 'a');
      xhr.setRequestHeader('x-token', 'b');
      xhr.withCredentials = true;
    };
    expect(await requested({ hlsConfig: { xhrSetup } })).toEqual({
      url: 'https://origin.test/3.ts?token=1', headers: { 'X-Token': 'a, b' }, credentials: 'include',
    });
  });

  it('xhrSetup: headers without open, and promises', async () => {
    const xhrSetup = async (xhr: XMLHttpRequest) => {
      await Promise.resolve();
      if (!xhr.readyState) xhr.setRequestHeader('Authorization', 'secret');
    };
    expect(await requested({ hlsConfig: { xhrSetup } })).toEqual({ headers: { Authorization: 'secret' } });
  });

  it('fetchSetup: URL, headers and credentials of the Request', async () => {
    const fetchSetup = (context: { url: string }, init: RequestInit) => {
      const request = new Request(`${context.url}?signed`, { ...init, credentials: 'include' });
      request.headers.set('X-Token', 'a');
      return request;
    };
    expect(await requested({ transport: 'fetch', hlsConfig: { fetchSetup } })).toEqual({
      url: 'https://origin.test/3.ts?signed', headers: { 'x-token': 'a' }, credentials: 'include',
    });
  });

  it('what cannot be recorded is the host’s to send, and the page is told', async () => {
    const setups: ((xhr: XMLHttpRequest) => unknown)[] = [
      (xhr) => xhr.addEventListener('load', () => undefined),
      (xhr) => (xhr.timeout = 1000),
      (xhr) => xhr.open('POST', 'https://origin.test/3.ts'),
    ];
    for (const setup of setups) {
      const { load, host, engine, reports } = rig({ hlsConfig: { xhrSetup: (xhr) => void setup(xhr) } });
      load();
      await settle();
      expect(engine.loads).toEqual([]);
      expect(host.calls).toEqual(['load from 0']);
      expect(reports).toEqual([jasmine.any(UnrecordableError)]);
    }
  });

  it('a setup that throws or rejects throws in the host', async () => {
    for (const xhrSetup of [() => Promise.reject(new Error('no token')), () => { throw new Error('no token'); }]) {
      const { load, host, how } = rig({ hlsConfig: { xhrSetup } });
      load();
      await settle();
      expect(host.calls).toEqual(['load from 0']);
      expect(how()).toEqual([]);
    }
  });
});
