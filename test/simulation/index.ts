/** What `run.mjs`, `worker.mjs` and `thread.mjs` run, bundled: no part of this knows Node. */
export { Crossing, crossingMemory } from './crossing.ts';
export { figuresOf } from './figures.ts';
export { plots } from './plot.ts';
export { table } from './report.ts';
export type { Outcome } from './report.ts';
export { scenariosOf } from './scenarios.ts';
export { Simulation } from './simulation.ts';
