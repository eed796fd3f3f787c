import type { ExplainCode } from '../../../core/index.ts';

/** Everything the menu says, in one language. */
export interface Strings {
  /** Name of the menu; every accessible name of its button contains it. */
  readonly title: string;
  /** The switch that turns P2P on and off. */
  readonly enabled: string;
  /** Heading of the choices of upload. */
  readonly upload: string;
  readonly uploadOff: string;
  readonly uploadUnlimited: string;
  /** Heading of the choices for cellular connections. */
  readonly mobile: string;
  readonly mobileOff: string;
  readonly mobileDownload: string;
  readonly mobileOn: string;
  readonly statistics: string;
  /** How many viewers are connected. */
  readonly peers: string;
  /** Part of all bytes that came from peers. */
  readonly share: string;
  readonly peerSpeed: string;
  readonly originSpeed: string;
  readonly uploadSpeed: string;
  /** Bytes that the origin did not have to send. */
  readonly saved: string;
  readonly uploaded: string;
  readonly latency: string;
  /** Accessible name of the graph. */
  readonly graph: string;
  /** Why P2P is or is not working, one sentence for each code of `explain()`. */
  readonly reasons: Readonly<Record<ExplainCode, string>>;
}
