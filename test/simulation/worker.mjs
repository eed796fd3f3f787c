// One simulation in a process of its own: the scenario comes as a message, progress and figures go back as such.
import { pathToFileURL } from 'node:url';

const TELL_EVERY_MS = 1_000;

process.once('disconnect', () => process.exit(1));

process.once('message', async ({ bundle, scenario, p2p }) => {
  const { Simulation } = await import(pathToFileURL(bundle).href);
  const startedMs = performance.now();
  let toldMs = startedMs;
  const figures = await new Simulation(scenario, p2p).run((progress) => {
    if (performance.now() - toldMs < TELL_EVERY_MS) return;
    toldMs = performance.now();
    process.send({ progress });
  });
  process.send({ figures, tookS: process.cpuUsage().user / 1e6 }, () => process.exit(0));
});
