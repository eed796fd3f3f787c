// `npm start` as a child process, for what opens the example pages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {number} port the first that is tried  @returns {Promise<{ address: string, stop(): Promise<void> }>} */
export async function startExamples(port) {
  const server = spawn(process.execPath, ['examples/serve.mjs', '--port', String(port)], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /https?:\/\/[^/\s]+/.exec(line)?.[0];
    if (!address) continue;
    return {
      address,
      async stop() {
        server.kill();
        await ended;
      },
    };
  }
  throw new Error('The examples did not start.');
}
