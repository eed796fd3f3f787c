// What every other browser test stands on: the page can reach the origin and the tracker, and WebRTC connects here.

declare global {
  interface Window {
    readonly __karma__: { readonly config: { readonly playswarm: { readonly origin: string; readonly tracker: string } } };
  }
}

const { origin, tracker } = window.__karma__.config.playswarm;

describe('the test environment', () => {
  it('has an origin on another origin, with CORS', async () => {
    const response = await fetch(`${origin}/media/vod/main.m3u8`);
    expect(await response.text()).toMatch(/^#EXTM3U/);
  });

  it('answers a Range request as such', async () => {
    const response = await fetch(`${origin}/media/vod/400k/seg-0.ts`, { headers: { Range: 'bytes=0-187' } });
    expect(response.status).toBe(206);
    expect((await response.arrayBuffer()).byteLength).toBe(188);
  });

  it('has a tracker', async () => {
    const socket = new WebSocket(tracker);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`no tracker at ${tracker}`));
    });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('connects data channels without a STUN server', async () => {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => void (candidate && b.addIceCandidate(candidate));
    b.onicecandidate = ({ candidate }) => void (candidate && a.addIceCandidate(candidate));
    const channel = a.createDataChannel('test');
    const opened = new Promise((resolve) => (channel.onopen = resolve));
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
    await opened;
    expect(channel.readyState).toBe('open');
    a.close();
    b.close();
  });
});
