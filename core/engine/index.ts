export { decide } from './decide.ts';
export type { Decision } from './decide.ts';
export type { Effect } from './effects.ts';
export type { CloseReason, EngineEvent, Verdict } from './events.ts';
export { initialState } from './state.ts';
export type { Policy, State } from './state.ts';
export { dispensable, introducedTo, keepsOurs, MAX_NEIGHBOURS, neighboursWanted, useless, WANTED_NEIGHBOURS } from './neighbourhood.ts';
