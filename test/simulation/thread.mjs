// One thread of a simulation.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, here, memory, p2p, scenario } = workerData;
const { Crossing, Simulation } = await import(pathToFileURL(bundle).href);
const crossing = new Crossing(memory, here);
const takings = await new Simulation(scenario, p2p, crossing).run((progress) => parentPort.postMessage({ progress }));
parentPort.postMessage({ result: { takings, waitedMs: crossing.waitedMs } });
