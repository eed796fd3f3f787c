// One simulation in a process of its own, on one or more threads: the scenario comes as a message, progress and figures go back as such.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const TELL_EVERY_MS = 1_000;

process.once('disconnect', () => process.exit(1));

/** @returns what the thread has seen, and how long it waited for others. */
function run(workerData, told) {
  const thread = new Worker(fileURLToPath(new URL('thread.mjs', import.meta.url)), { workerData });
  return new Promise((resolve, reject) => {
    thread.on('message', ({ progress, result }) => (progress ? told(progress) : resolve(result)));
    thread.on('error', reject);
  });
}

/** Puts together how far the threads are, and passes it on now and then. */
function progressOf(threads) {
  const latest = [];
  let toldMs = performance.now();
  return (here) => (progress) => {
    latest[here] = progress;
    if (performance.now() - toldMs < TELL_EVERY_MS || Object.keys(latest).length < threads) return;
    toldMs = performance.now();
    const viewers = latest.reduce((sum, part) => sum + part.viewers, 0);
    process.send({ progress: { simulatedMs: Math.min(...latest.map((part) => part.simulatedMs)), viewers } });
  };
}

process.once('message', async ({ bundle, scenario, p2p, threads }) => {
  const { crossingMemory, figuresOf } = await import(pathToFileURL(bundle).href);
  const startedMs = performance.now();
  const memory = crossingMemory(threads);
  const told = progressOf(threads);
  const parts = await Promise.all(Array.from({ length: threads }, (_, here) => run({ bundle, scenario, p2p, memory, here }, told(here))));
  const wallMs = performance.now() - startedMs;
  const figures = figuresOf(scenario, parts.map(({ takings }) => takings));
  const waitedShare = parts.reduce((sum, { waitedMs }) => sum + waitedMs, 0) / wallMs / threads;
  const effort = { threads, tookS: process.cpuUsage().user / 1e6, wallS: wallMs / 1000, waitedShare };
  process.send({ figures, effort }, () => process.exit(0));
});
