// The surroundings of the conformance suite: an origin that also serves its pages, and a tracker.
import { Swarm } from '../../support/swarm.mjs';
import { bundleHosts, FOLDER } from './hosts.mjs';

export async function startStage(browser = 'chromium') {
  await bundleHosts();
  return Swarm.start({
    browsers: [browser],
    trackerIntervalSeconds: 2,
    mounts: { '/conformance/': 'test/swarm/conformance/page', '/hosts/': FOLDER },
  });
}
