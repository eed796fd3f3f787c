/** Puts parts together, one after the other, in memory of their own. */
export type Join = (parts: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>;

/** The same for what is too much to be copied at once. */
export type Assemble = (parts: readonly Uint8Array[]) => Promise<Uint8Array<ArrayBuffer>>;

export const joinBytes: Join = (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};
