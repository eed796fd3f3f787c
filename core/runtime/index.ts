export { EngineRuntime } from './engine-runtime.ts';
