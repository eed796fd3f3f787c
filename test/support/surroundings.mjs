// What the Karma suites have beside them: an origin whose faults a test picks by query (`?cut`), a tracker, a control
// address by which a test stops and starts that tracker, and a STUN server that never answers.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { Origin } from './origin.mjs';
import { Tracker } from './tracker.mjs';

const FAULTS_BY_QUERY = {
  cut: { cutAfter: 50_000 },
  stall: { bitsPerSecond: 40_000 },
  ignoreRange: { ignoreRange: true },
  missing: { status: 404 },
  noCors: { noCors: true },
  refusePreflight: { refusePreflight: true },
};

/** @param {Record<string, string>} mounts as for Origin  @returns {Promise<Record<'origin' | 'tracker' | 'control' | 'silentStun', string>>} */
export async function startSurroundings(mounts) {
  const origin = await new Origin({ mounts }).listen();
  for (const [name, fault] of Object.entries(FAULTS_BY_QUERY)) origin.faults.add(new RegExp(`[?&]${name}$`), fault);
  // Above the least distance that our client keeps, so that a test sees whether it heeds what the tracker says.
  const tracker = await new Tracker({ intervalSeconds: 6 }).start();
  return { origin: origin.url, tracker: tracker.url, control: await controlOf(tracker), silentStun: await silentStun() };
}

function controlOf(tracker) {
  const commands = { '/tracker/stop': () => tracker.kill(), '/tracker/start': () => tracker.start() };
  const server = createServer(async (request, response) => {
    const command = commands[request.url];
    await command?.();
    response.writeHead(command ? 204 : 404, { 'access-control-allow-origin': '*' }).end();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

/** A closed port would not do: the system says at once that nobody listens there, and browsers block well-known ones. */
function silentStun() {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve(`stun:127.0.0.1:${socket.address().port}`));
  });
}
