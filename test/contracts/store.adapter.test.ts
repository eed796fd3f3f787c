import { MemoryStore } from '../../core/adapters/memory-store.ts';
import { realPassage } from './passage.ts';
import { describeStoreContract } from './store.ts';

describeStoreContract('MemoryStore', () => {
  const store = new MemoryStore();
  return { store, passage: realPassage, release: () => store.close() };
});
