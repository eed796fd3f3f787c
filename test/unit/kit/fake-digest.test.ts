import { fakeDigest } from '../../kit/fake-digest.ts';

describe('kit: fakeDigest', () => {
  it('follows from the bytes, however they are cut, and differs with them', async () => {
    const whole = await fakeDigest.sha256Hex([Uint8Array.of(1, 2, 3, 4)]);
    expect(whole).toMatch(/^[0-9a-f]{64}$/);
    expect(await fakeDigest.sha256Hex([Uint8Array.of(1), Uint8Array.of(2, 3, 4)])).toBe(whole);
    expect(await fakeDigest.sha256Hex([Uint8Array.of(1, 2, 3, 5)])).not.toBe(whole);
  });
});
