// A bare RTCDataChannel that is kept full: what the browser and the machine can carry.

/** Enough that the channel never runs dry between two events, however busy the page. */
const HIGH_WATER_BYTES = 1024 * 1024;
const LOW_WATER_BYTES = 512 * 1024;

export function rawEnd() {
  const connection = new RTCPeerConnection();
  let channel;
  let received;

  async function gathered() {
    while (connection.iceGatheringState !== 'complete') await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }));
    return connection.localDescription.toJSON();
  }

  /** @returns what came, timed from the first message to the last. */
  const receive = (incoming, totalBytes) =>
    new Promise((resolve) => {
      let [bytes, sinceMs] = [0, 0];
      incoming.binaryType = 'arraybuffer';
      incoming.addEventListener('message', ({ data }) => {
        sinceMs ||= performance.now();
        bytes += data.byteLength;
        if (bytes >= totalBytes) resolve({ bytes, ms: performance.now() - sinceMs });
      });
    });

  return {
    async rawOffer() {
      channel = connection.createDataChannel('raw');
      await connection.setLocalDescription();
      return gathered();
    },
    async rawAnswer(offer, totalBytes) {
      received = new Promise((resolve) => connection.addEventListener('datachannel', (event) => resolve(receive(event.channel, totalBytes))));
      await connection.setRemoteDescription(offer);
      await connection.setLocalDescription();
      return gathered();
    },
    async rawPump(answer, totalBytes, messageBytes) {
      const opened = new Promise((resolve) => channel.addEventListener('open', resolve));
      await connection.setRemoteDescription(answer);
      await opened;
      channel.bufferedAmountLowThreshold = LOW_WATER_BYTES;
      const message = crypto.getRandomValues(new Uint8Array(messageBytes));
      for (let sent = 0; sent < totalBytes; sent += messageBytes) {
        if (channel.bufferedAmount > HIGH_WATER_BYTES) await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }));
        channel.send(message);
      }
    },
    rawReceived: () => received,
  };
}
