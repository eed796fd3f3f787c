/** The package's own `browser.js` reads `self` at import, which a page rendered on a server has not. */
export const { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate } = globalThis as Partial<typeof globalThis>;
