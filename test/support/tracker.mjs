// A real WebTorrent tracker (bittorrent-tracker, WebSocket only) that can die and come back on the same port.
import Server from 'bittorrent-tracker/server';

export class Tracker {
  #server;
  #sockets = new Set();
  #port;
  #host;
  #interval;

  /** @param {{ port?: number, host?: string, intervalSeconds?: number }} options intervalSeconds: what peers are told to wait between announces */
  constructor({ port = 0, host = '127.0.0.1', intervalSeconds = 10 } = {}) {
    this.#host = host;
    this.#port = port;
    // The server tells WebSocket peers a fifth of its interval, in seconds; it takes milliseconds.
    this.#interval = intervalSeconds * 5 * 1000;
  }

  get url() {
    return `ws://127.0.0.1:${this.#port}`;
  }

  get port() {
    return this.#port;
  }

  /** @returns {Promise<this>} Rejects with EADDRINUSE when the port is taken. */
  start() {
    const server = new Server({ udp: false, http: false, ws: true, stats: false, interval: this.#interval });
    return new Promise((resolve, reject) => {
      // Until it listens an error means "no"; afterwards it means a client misbehaved, which is no reason to stop.
      // It tells of a taken port twice, once for HTTP and once for WebSocket.
      server.on('error', reject);
      server.on('warning', () => {});
      server.http.on('connection', (socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
      });
      server.listen(this.#port, this.#host, () => {
        this.#port = server.http.address().port;
        this.#server = server;
        resolve(this);
      });
    });
  }

  /** Dies as a process dies: sockets are cut, nobody is told. */
  async kill() {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  async restart() {
    await this.kill();
    return this.start();
  }

  /** Swarm id (hex info hash) to number of peers. */
  get swarms() {
    const torrents = this.#server?.torrents ?? {};
    return Object.fromEntries(Object.entries(torrents).map(([id, swarm]) => [id, swarm.complete + swarm.incomplete]));
  }

  get peers() {
    return Object.values(this.swarms).reduce((sum, peers) => sum + peers, 0);
  }
}
