import { VersionedMap } from '../../core/engine/versioned-map.ts';

const frozen = new WeakSet<object>();

/**
 * Makes every attempt to change the value, or anything in it, throw: also through the methods of maps
 * and sets. Typed arrays cannot be frozen, and are left as they are.
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || frozen.has(value) || ArrayBuffer.isView(value)) return value;
  frozen.add(value);
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value) deepFreeze(entry);
    Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse });
  } else if (value instanceof VersionedMap) {
    // Keys are names and numbers.
    for (const member of value.values()) deepFreeze(member);
  }
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

function refuse(): never {
  throw new TypeError('this state is not to be changed');
}
