import { SimplePeerLinks } from '../../core/adapters/simple-peer-links.ts';
import { systemClock } from '../../core/adapters/system-clock.ts';
import { describeLinksContract } from './links.ts';
import { realPassage } from './passage.ts';

describeLinksContract('SimplePeerLinks', () => {
  const links = () => new SimplePeerLinks({ clock: systemClock, config: { iceServers: [] } });
  return { left: links(), right: links(), passage: realPassage, release() {} };
});
