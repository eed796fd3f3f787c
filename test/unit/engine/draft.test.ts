import { Draft } from '../../../core/engine/draft.ts';
import { EngineBench } from '../../kit/engine-bench.ts';

describe('engine: a draft', () => {
  it('knows an entry that was written to no more once it is deleted, and is its own once it is set again', () => {
    const bench = new EngineBench();
    const a = bench.neighbour('a');
    const draft = new Draft(bench.state, bench.nowMs);
    const edited = draft.neighbours.edit(a);
    if (!edited) throw new Error('the neighbour is not known');
    draft.neighbours.delete(a);
    expect(draft.neighbours.edit(a)).toBeUndefined();
    draft.neighbours.set(a, edited).strikes = 7;
    expect(draft.neighbours.get(a)?.strikes).toBe(7);
    expect(draft.neighbours.edit(a)?.strikes).toBe(7);
    expect(bench.state.neighbours.get(a)?.strikes).withContext('the state it was made from').toBe(0);
  });
});
