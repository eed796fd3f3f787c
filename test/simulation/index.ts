/** What `run.mjs` and `worker.mjs` run, bundled: no part of this knows Node. */
export { plots } from './plot.ts';
export { table } from './report.ts';
export type { Outcome } from './report.ts';
export { scenariosOf } from './scenarios.ts';
export { Simulation } from './simulation.ts';
