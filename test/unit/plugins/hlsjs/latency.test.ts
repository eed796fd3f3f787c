import Hls from 'hls.js';
import { latencyS } from '../../../../plugins/hlsjs/latency.ts';

describe("hls.js's latency", () => {
  it('is unknown, not 0, until hls.js has measured it', () => {
    const hls = new Hls();
    expect(hls.latency).toBe(0);
    expect(latencyS(hls)).toBeUndefined();
    hls.destroy();
  });

  it('is told as measured', () => expect(latencyS({ latency: 7.5 } as Hls)).toBe(7.5));
});
