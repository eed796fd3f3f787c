import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

/**
 * Runs one simulation in a process of its own.
 * @param job `{ bundle, scenario, p2p, threads, profileFolder? }`; @param told what is called with its progress.
 * @returns `{ figures, effort }`.
 */
export function simulate({ profileFolder, ...job }, told = () => undefined) {
  const profiling = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const process = fork(worker, { execArgv: ['--max-old-space-size=12000', '--max-semi-space-size=64', ...profiling], serialization: 'advanced' });
  process.send(job);
  return new Promise((resolve, reject) => {
    let result;
    process.on('message', (message) => {
      if (message.progress) told(message.progress);
      else result = message;
    });
    process.on('exit', (code) => (result ? resolve(result) : reject(new Error(`${job.scenario.name}: the simulation ended with code ${code}`))));
  });
}
