// `npm start`: on a fresh clone, one command from nothing to a page of examples that play.
// A local origin and a local tracker: nothing leaves this machine.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from '../test/support/fresh.mjs';
import { readOptions } from '../test/support/options.mjs';

const HELP = `npm start -- [options]
  --port <n>         8080       the first free one from there on
  --host <address>   127.0.0.1  to listen at; 0.0.0.0: for other machines, too`;

const values = readOptions(HELP, { port: { type: 'string', default: '8080' }, host: { type: 'string', default: '127.0.0.1' } });
const root = fileURLToPath(new URL('..', import.meta.url));

ensureInstalled();
ensureBuilt();

// Only now is there anything to import.
const { Origin } = await import('../test/support/origin.mjs');
const { Tracker } = await import('../test/support/tracker.mjs');

/** Tries the port and the ones after it, for somebody else may be listening. */
async function onFreePort(first, start) {
  for (let port = first; ; port++) {
    try {
      return await start(port);
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port >= first + 100) throw error;
    }
  }
}

const mounts = {
  '/': path.join(root, 'examples') + path.sep,
  '/dist/': path.join(root, 'dist') + path.sep,
  '/vendor/': path.join(root, 'node_modules') + path.sep,
};
const firstPort = Number(values.port);
const tracker = await onFreePort(firstPort + 1, (port) => new Tracker({ port, host: values.host, intervalSeconds: 5 }).start());
const documents = { '/local.json': () => JSON.stringify({ trackerPort: tracker.port }) };
const origin = await onFreePort(firstPort, (port) => new Origin({ mounts, documents }).listen(port, values.host));

const address = values.host === '0.0.0.0' || values.host === '127.0.0.1' ? 'localhost' : values.host;
console.log(`\nPlayswarm examples: http://${address}:${origin.port}/   (Ctrl-C ends)\n`);

async function end() {
  await Promise.all([origin.close(), tracker.kill()]);
  process.exit(0);
}
process.once('SIGINT', end);
process.once('SIGTERM', end);
